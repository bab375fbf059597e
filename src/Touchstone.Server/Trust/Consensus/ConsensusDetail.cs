using System.Text.Json;
using Touchstone.Annotations.Answers;
using Touchstone.Annotations.Ontologies;
using Touchstone.Quality.Consensus;

namespace Touchstone.Server.Trust.Consensus;

/// <summary>How sure each part of a consensus is and what it was made from, as it is stored beside the answers.</summary>
internal sealed record ConsensusDetail
{
    /// <summary>By id of each answered question.</summary>
    public required IReadOnlyDictionary<string, QuestionDetail> Questions { get; init; }

    /// <summary>The objects of the answers, in their order.</summary>
    public required IReadOnlyList<ObjectDetail> Objects { get; init; }

    /// <summary>What somebody marked and is believed not to be there.</summary>
    public required IReadOnlyList<ObjectDetail> Rejected { get; init; }

    /// <summary>The shapes of <see cref="Rejected"/>, written as answers.</summary>
    public required JsonElement RejectedAnswers { get; init; }

    /// <summary>Probability that every decision is right and nothing was missed.</summary>
    public required double AllRight { get; init; }

    /// <summary>Objects expected to be there that nobody marked.</summary>
    public required double ExpectedMissed { get; init; }

    public sealed record QuestionDetail(double Confidence, IReadOnlyDictionary<string, double> Distribution, int Opinions);

    /// <param name="Question">The shapes question.</param>
    /// <param name="Shape">Id in the answers.</param>
    /// <param name="Confidence">Probability that it is there and of its class.</param>
    /// <param name="Existence">Probability that it is there.</param>
    /// <param name="Classes">Probability of each class.</param>
    /// <param name="Attributes">Probability of each attribute's answer.</param>
    /// <param name="Looked">Responses that looked.</param>
    /// <param name="Support">The shapes that it was made from.</param>
    public sealed record ObjectDetail(
        string Question, string Shape, double Confidence, double Existence, IReadOnlyDictionary<string, double> Classes,
        IReadOnlyDictionary<string, double> Attributes, int Looked, IReadOnlyList<SupportDetail> Support);

    public sealed record SupportDetail(string Response, string Shape);

    public static ConsensusDetail Of(Ontology ontology, ConsensusResult result) => new()
    {
        Questions = result.Questions.ToDictionary(q => q.Key, q => new QuestionDetail(q.Value.Confidence, q.Value.Distribution, q.Value.OpinionCount)),
        Objects = [.. result.Objects.Select(Of)],
        Rejected = [.. result.Rejected.Select(Of)],
        RejectedAnswers = ShapesOf(ontology, result.Rejected),
        AllRight = result.AllRight,
        ExpectedMissed = result.ExpectedMissed,
    };

    public string ToJson() => JsonSerializer.Serialize(this, StoredJson.Options);

    public static ConsensusDetail Parse(string json) => JsonSerializer.Deserialize<ConsensusDetail>(json, StoredJson.Options)!;

    private static ObjectDetail Of(ConsensusObject found) => new(
        found.QuestionId, found.Shape.Id, found.Confidence, found.Existence, found.Classes, found.Attributes, found.LookedCount,
        [.. found.Support.Select(s => new SupportDetail(s.ResponseId, s.ShapeId))]);

    private static JsonElement ShapesOf(Ontology ontology, IReadOnlyList<ConsensusObject> objects)
    {
        var answers = objects.GroupBy(o => o.QuestionId).ToDictionary(g => g.Key, g => (Answer)new ShapesAnswer([.. g.Select(o => o.Shape)]));
        return JsonElement.Parse(new AnswerSet(ontology, answers).ToJson());
    }
}

/// <summary>A consensus as a reviewer saw it, kept with the decision.</summary>
internal sealed record ReviewBasis(JsonElement Answers, ConsensusDetail Detail)
{
    public static string Of(string answers, string detail) => JsonSerializer.Serialize(new ReviewBasis(JsonElement.Parse(answers), ConsensusDetail.Parse(detail)), StoredJson.Options);

    public static ReviewBasis Parse(string json) => JsonSerializer.Deserialize<ReviewBasis>(json, StoredJson.Options)!;
}
