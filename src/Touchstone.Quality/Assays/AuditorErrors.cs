using Touchstone.Statistics;

namespace Touchstone.Quality.Assays;

/// <summary>How often auditors err, learnt from items that two of them judged without seeing each other's answer.</summary>
/// <param name="Errors">Probability that one auditor's judgement is wrong, in [0, 0.5).</param>
/// <param name="Lower">Lower end of its interval.</param>
/// <param name="Upper">Upper end of its interval.</param>
/// <param name="AuditedTwice">Items judged twice.</param>
/// <param name="Disagreements">Of them, those on which the two disagreed.</param>
public sealed record AuditorErrors(double Errors, double Lower, double Upper, int AuditedTwice, int Disagreements)
{
    private const double MostDisagreement = 0.49;

    /// <summary>Nobody was checked: auditors are taken at their word.</summary>
    public static readonly AuditorErrors Unknown = new(0, 0, 0, 0, 0);

    /// <summary>
    /// From disagreements. Two auditors who err independently with probability e, whether the label is right or wrong, disagree with probability 2 e (1 - e); so e = (1 - sqrt(1 - 2 d)) / 2, and the interval of d (Wilson's) becomes
    /// that of e.
    /// </summary>
    /// <param name="auditedTwice">Items judged twice; 0 gives <see cref="Unknown"/>.</param>
    /// <param name="disagreements">In [0, <paramref name="auditedTwice"/>].</param>
    /// <param name="quantile">In standard deviations, such as 1.96.</param>
    public static AuditorErrors From(int auditedTwice, int disagreements, double quantile)
    {
        if (auditedTwice == 0) return Unknown;
        var interval = ProportionInterval.Score(disagreements, auditedTwice, quantile);
        return new AuditorErrors(Of(disagreements / (double)auditedTwice), Of(interval.Lower), Of(interval.Upper), auditedTwice, disagreements);
    }

    /// <summary>The share of right labels, given the share that auditors called right: (a - e) / (1 - 2 e). Not clamped to [0, 1].</summary>
    internal static double Corrected(double called, double errors) => (called - errors) / (1 - 2 * errors);

    private static double Of(double disagreement) => (1 - Math.Sqrt(1 - 2 * Math.Min(disagreement, MostDisagreement))) / 2;
}
