using System.Text.Json;
using System.Text.Json.Serialization;

namespace Touchstone.Formats.Labels;

/// <summary>One line of <c>labels.ndjson</c>: everything that a release says of one task. Members stand in the file in snake_case and in a fixed
/// order; what is null is left out.</summary>
/// <param name="Task">The task's id.</param>
/// <param name="Image">What was looked at.</param>
/// <param name="Origin">Where the released answers come from.</param>
/// <param name="Answers">The released answers: one object with a member for each question answered, canonical as the annotations room writes it.</param>
/// <param name="Confidence">How sure each answer is, in the order of the ontology's questions.</param>
/// <param name="Lineage">What the answers rest on.</param>
/// <param name="ExternalId">The id that its owner gave it on import; stands second in the file.</param>
/// <param name="Review">The decision of the person who reviewed it, if one did.</param>
public sealed record LabelRecord(
    [property: JsonPropertyOrder(-2)] string Task,
    LabelledAsset Image,
    LabelOrigin Origin,
    JsonElement Answers,
    IReadOnlyList<AnswerConfidence> Confidence,
    LabelLineage Lineage,
    [property: JsonPropertyOrder(-1)] string? ExternalId = null,
    LabelReview? Review = null);

/// <summary>Whose work an answer is. Names in the file are the members' names in lower case.</summary>
public enum LabelOrigin
{
    /// <summary>People's.</summary>
    Human,

    /// <summary>A model's, whether or not a person accepted it.</summary>
    Model,

    /// <summary>At least one simulated contributor's.</summary>
    Simulated,

    /// <summary>Known before the work began.</summary>
    Gold,
}

/// <summary>The picture of a task.</summary>
/// <param name="Sha256">SHA-256 of its bytes.</param>
/// <param name="FileName">Its path in the release or as imported, with <c>/</c> between names.</param>
/// <param name="Width">Width in pixels as a person sees it: the frame of the answers' coordinates.</param>
/// <param name="Height">Height in pixels as a person sees it.</param>
/// <param name="Orientation">Its EXIF orientation, 1-8; 5-8 store width and height the other way round.</param>
/// <param name="Synthetic">Whether it was rendered and shows no real place.</param>
public sealed record LabelledAsset(string Sha256, string FileName, int Width, int Height, int Orientation, bool Synthetic);

/// <summary>How sure the answer to one question is.</summary>
/// <param name="Question">The question's id.</param>
/// <param name="Value">Probability in [0, 1] that the whole answer is right, four decimals; null where there is no estimate.</param>
/// <param name="Shapes">Of a shapes question, one entry for each shape of the answer, in its order; otherwise null.</param>
public sealed record AnswerConfidence(string Question, double? Value = null, IReadOnlyList<ShapeConfidence>? Shapes = null);

/// <summary>How sure one shape is and what it was made of.</summary>
/// <param name="Shape">The shape's id in the answers.</param>
/// <param name="Support">The shapes of responses that were fused into it; empty when a reviewer drew it.</param>
/// <param name="Value">Probability in [0, 1] that it is right, four decimals; null where there is no estimate.</param>
public sealed record ShapeConfidence(string Shape, IReadOnlyList<ShapeSupport> Support, double? Value = null);

/// <summary>One shape of one response.</summary>
/// <param name="Response">The response's id.</param>
/// <param name="Shape">The shape's id in that response.</param>
public sealed record ShapeSupport(string Response, string Shape);

/// <summary>What a released answer rests on.</summary>
/// <param name="Ontology">Digest of the ontology version that it is valid under.</param>
/// <param name="Responses">The responses that were asked, in order of their ids.</param>
public sealed record LabelLineage(string Ontology, IReadOnlyList<LabelResponse> Responses);

/// <summary>One response.</summary>
/// <param name="Response">Its id.</param>
/// <param name="Contributor">A pseudonym of its contributor, the same throughout one release.</param>
/// <param name="Origin">Whose work it is.</param>
public sealed record LabelResponse(string Response, string Contributor, LabelOrigin Origin);

/// <summary>A reviewer's decision.</summary>
/// <param name="Review">The review's id.</param>
/// <param name="Decision">What was decided.</param>
/// <param name="Reviewer">A pseudonym of the reviewer, the same throughout one release.</param>
public sealed record LabelReview(string Review, ReviewDecision Decision, string Reviewer);

/// <summary>What a review decided, of answers that are released.</summary>
public enum ReviewDecision
{
    /// <summary>As they were.</summary>
    Accepted,

    /// <summary>Changed by the reviewer.</summary>
    Edited,
}
