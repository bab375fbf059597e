using Touchstone.Quality.Categorical;

namespace Touchstone.Quality.Agreements;

/// <summary>Kappa beside AC1, with a warning where one label prevails so much that kappa is low although nearly all votes agree.</summary>
/// <remarks>
/// The trap: A. R. Feinstein, D. V. Cicchetti, Journal of Clinical Epidemiology 43(6), 1990. Kappa's chance agreement nears 1 as one label prevails, so that a few
/// disagreements cost nearly all of it; AC1 (K. L. Gwet, British Journal of Mathematical and Statistical Psychology 61, 2008) does not fall with it.
/// </remarks>
public static class PrevalenceCheck
{
    private const double HighAgreement = 0.8;
    private const double LargeGap = 0.2;

    /// <summary>Compares Fleiss' kappa and AC1 on the same votes.</summary>
    public static PrevalenceResult Of(Votes votes, AgreementOptions? options = null)
    {
        var plain = (options ?? AgreementOptions.Default) with { Weights = null, Distance = null };
        var kappa = AgreementCoefficients.Of(votes, AgreementMetric.Fleiss, plain);
        var ac1 = AgreementCoefficients.Of(votes, AgreementMetric.Gwet, plain);
        var tally = new int[votes.LabelCount];
        foreach (var label in votes.Labels) tally[label]++;
        var largest = 0;
        for (var k = 1; k < tally.Length; k++)
            if (tally[k] > tally[largest]) largest = k;
        double? share = votes.Count == 0 ? null : (double)tally[largest] / votes.Count;
        var trapped = ac1.ObservedAgreement >= HighAgreement && ac1.Value is { } a && (kappa.Value is not { } k2 || a - k2 >= LargeGap);
        return new PrevalenceResult(kappa, ac1, votes.Count == 0 ? null : largest, share, trapped);
    }
}

/// <summary>Kappa beside AC1.</summary>
/// <param name="Kappa">Fleiss' kappa.</param>
/// <param name="Ac1">Gwet's AC1.</param>
/// <param name="CommonestLabel">Index of the commonest label; null without votes.</param>
/// <param name="CommonestShare">Its share of the votes.</param>
/// <param name="IsTrapped">Observed agreement is at least 0.8, yet kappa lies 0.2 or more below AC1 or is not defined: judge by AC1 and by agreement per label.</param>
public sealed record PrevalenceResult(Agreement Kappa, Agreement Ac1, int? CommonestLabel, double? CommonestShare, bool IsTrapped);
