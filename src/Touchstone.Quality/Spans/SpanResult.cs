using Touchstone.Quality.Categorical;

namespace Touchstone.Quality.Spans;

/// <summary>What several contributors' spans of one text come to.</summary>
public sealed record SpanResult
{
    /// <summary>The spans that enough of the contributors' weight stands behind, by start, end and label. They may overlap, and nest.</summary>
    public required IReadOnlyList<ConsensusSpan> Spans { get; init; }

    /// <summary>The spans that too little weight stands behind, in the same order: what to show an adjudicator.</summary>
    public required IReadOnlyList<ConsensusSpan> Rejected { get; init; }

    /// <summary>Mean F1 of all pairs of contributors, their spans matched one to one; 1 for a pair who both marked nothing. Null below two contributors.</summary>
    public required double? Agreement { get; init; }

    /// <summary>F1 of each contributor's spans against the consensus.</summary>
    public required double[] Scores { get; init; }

    /// <summary>What a reader should know before trusting the result.</summary>
    public required IReadOnlyList<TruthWarning> Warnings { get; init; }
}

/// <summary>One span made of several contributors' marks of it.</summary>
/// <param name="Start">First character: weighted median of the marks' starts.</param>
/// <param name="End">One past the last character: weighted median of the marks' ends.</param>
/// <param name="Label">Class.</param>
/// <param name="Confidence">Share of the contributors' weight that marked it, in [0, 1].</param>
/// <param name="Overlap">Mean overlap of the marks with it, in [0, 1].</param>
/// <param name="Marks">Numbers of the marks it is made of, ascending.</param>
public sealed record ConsensusSpan(int Start, int End, int Label, double Confidence, double Overlap, int[] Marks);
