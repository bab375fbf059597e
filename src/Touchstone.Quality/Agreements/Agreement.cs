using Touchstone.Statistics;

namespace Touchstone.Quality.Agreements;

/// <summary>A coefficient of agreement with all that is needed to judge it. One shape for every coefficient.</summary>
public sealed record Agreement
{
    /// <summary>The coefficient's name as the command line spells it, such as <c>krippendorff</c>.</summary>
    public required string Coefficient { get; init; }

    /// <summary>1 for full agreement, 0 for what chance gives, below 0 for less; null when it is not defined, and <see cref="Undefined"/> says why.</summary>
    public required double? Value { get; init; }

    /// <summary>Observed agreement in [0, 1]; weighted where the coefficient is. Of alpha 1 minus the observed disagreement over the largest possible one.</summary>
    public required double? ObservedAgreement { get; init; }

    /// <summary>Agreement that chance would give, on the same scale.</summary>
    public required double? ExpectedAgreement { get; init; }

    /// <summary>Standard error over items: analytic, or the spread of the bootstrap where one was asked for; null where neither is defined, as with one item alone.</summary>
    public double? StandardError { get; init; }

    /// <summary>Interval at <see cref="Confidence"/>; null where it is not defined.</summary>
    public Interval? Interval { get; init; }

    /// <summary>Where the interval comes from: <c>student_t</c>, <c>bootstrap_percentile</c> or <c>f_distribution</c>; null without interval.</summary>
    public string? IntervalMethod { get; init; }

    /// <summary>Level of the interval, such as 0.95.</summary>
    public double Confidence { get; init; } = 0.95;

    /// <summary>Items with at least one vote.</summary>
    public required int Items { get; init; }

    /// <summary>Items with at least two votes: those that tell of agreement.</summary>
    public required int PairedItems { get; init; }

    /// <summary>Contributors with at least one vote.</summary>
    public required int Raters { get; init; }

    /// <summary>Votes, or ratings.</summary>
    public required int Votes { get; init; }

    /// <summary>Votes beyond the first of the same contributor on the same item. Coefficients that know contributors (Cohen, Scott, Conger) leave them out; the others count them.</summary>
    public int DuplicateVotes { get; init; }

    /// <summary>Bootstrap samples drawn; 0 without bootstrap.</summary>
    public int Replicates { get; init; }

    /// <summary>Bootstrap samples whose coefficient was not defined; they are left out of the interval.</summary>
    public int UndefinedReplicates { get; init; }

    /// <summary>Seed of the bootstrap; null without one.</summary>
    public ulong? Seed { get; init; }

    /// <summary>Why there is no value; null when there is one.</summary>
    public UndefinedAgreement? Undefined { get; init; }
}

/// <summary>Why a coefficient has no value.</summary>
/// <param name="Code">Stable word for programs, such as <c>one_label_only</c>.</param>
/// <param name="Message">A sentence for people.</param>
public sealed record UndefinedAgreement(string Code, string Message)
{
    internal static readonly UndefinedAgreement NoVotes = new("no_votes", "There are no votes.");

    internal static readonly UndefinedAgreement NoPairs = new("no_paired_item", "No item has two votes, so there is nothing to compare.");

    internal static readonly UndefinedAgreement OneLabel =
        new("one_label_only", "Chance alone would give full agreement here (only one label was used), so agreement beyond chance cannot be measured.");

    internal static readonly UndefinedAgreement OneLabelInSet = new("one_label_in_set", "The label set has fewer than two labels.");

    internal static UndefinedAgreement NeedsTwo(string coefficient, string instead, int raters) =>
        new("needs_two_contributors", $"{coefficient} compares exactly two contributors and there are {raters}; for any number use {instead}.");
}
