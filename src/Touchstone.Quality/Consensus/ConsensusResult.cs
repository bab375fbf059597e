using Touchstone.Annotations.Answers;
using Touchstone.Annotations.Geometry;

namespace Touchstone.Quality.Consensus;

/// <summary>The estimate from all opinions on a task. Every number is rounded to the decimals of a digest.</summary>
public sealed record ConsensusResult
{
    /// <summary>The answers believed to be right. Shapes are called o1, o2, ... from top to bottom, then from left to right.</summary>
    public required AnswerSet Answers { get; init; }

    /// <summary>The objects that are part of the answers, in their order.</summary>
    public required IReadOnlyList<ConsensusObject> Objects { get; init; }

    /// <summary>What somebody marked and is believed not to be there, called r1, r2, ...; what the reviewer should see beside the answers.</summary>
    public required IReadOnlyList<ConsensusObject> Rejected { get; init; }

    /// <summary>By id of each answered question: the probability that its answer is right. Of shapes, of the least sure decision about any of them.</summary>
    public required IReadOnlyDictionary<string, QuestionConsensus> Questions { get; init; }

    /// <summary>
    /// The probability that the least sure single decision in the answers is right: that an object is there or is not, its class, each attribute, each
    /// question, and that an object would have been seen by anybody at all. Every other decision is surer. 0 where nobody answered anything.
    /// </summary>
    /// <remarks>
    /// It asks "is there anything here worth another look?" and does not sink merely because a scene is busy, as <see cref="AllRight"/> does.
    /// </remarks>
    public required double Confidence { get; init; }

    /// <summary>The probability that every decision is right and no object was missed, taking decisions as independent.</summary>
    public required double AllRight { get; init; }

    /// <summary>The objects expected to be there that nobody marked, from the detection rates of those who looked.</summary>
    public required double ExpectedMissed { get; init; }

    /// <summary>The probability from which an object became part of the answers.</summary>
    public required double ExistenceThreshold { get; init; }

    /// <summary>Number of opinions.</summary>
    public required int OpinionCount { get; init; }
}

/// <summary>What is believed of one question's answer.</summary>
/// <param name="Confidence">Probability that it is right.</param>
/// <param name="Distribution">Probability of each label, of choices; empty for other kinds. Of a multiple choice, each option's probability of being chosen.</param>
/// <param name="OpinionCount">Opinions that answered it.</param>
public sealed record QuestionConsensus(double Confidence, IReadOnlyDictionary<string, double> Distribution, int OpinionCount);

/// <summary>An object that at least one contributor marked.</summary>
public sealed record ConsensusObject
{
    /// <summary>The shapes question.</summary>
    public required string QuestionId { get; init; }

    /// <summary>The fused shape.</summary>
    public required Shape Shape { get; init; }

    /// <summary>Probability that it is there.</summary>
    public required double Existence { get; init; }

    /// <summary>Probability of each class, if it is there.</summary>
    public required IReadOnlyDictionary<string, double> Classes { get; init; }

    /// <summary>Probability of each attribute's answer, by attribute id.</summary>
    public required IReadOnlyDictionary<string, double> Attributes { get; init; }

    /// <summary>Probability that it is there and of this class.</summary>
    public required double Confidence { get; init; }

    /// <summary>The shapes that it was made from.</summary>
    public required IReadOnlyList<Support> Support { get; init; }

    /// <summary>How many opinions looked.</summary>
    public required int LookedCount { get; init; }
}

/// <summary>One shape of one response.</summary>
/// <param name="ResponseId">The response.</param>
/// <param name="ShapeId">The shape's id in it.</param>
public sealed record Support(string ResponseId, string ShapeId);
