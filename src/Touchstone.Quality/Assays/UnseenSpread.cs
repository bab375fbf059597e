using Touchstone.Statistics;

namespace Touchstone.Quality.Assays;

/// <summary>
/// An interval for a mean when all images that were drawn have the same value, so that no variance can be estimated: what could be otherwise without having been met.
/// </summary>
/// <remarks>
/// Of n images drawn at random none differed, so that at confidence 1 - α at most the share 1 - (α/2)^(1/n) of the release's differ: Clopper and Pearson's bound for no success in n trials, Biometrika 26(4), 1934,
/// of which the rule of three is the short form (J. A. Hanley and A. Lippman-Hand, JAMA 249(13), 1983). Drawing without replacement makes it wider than need be. Those that differ are taken to be as far off as values can be; they can be
/// no more than what was not drawn.
/// </remarks>
internal static class UnseenSpread
{
    /// <summary>Standard errors below this are the rounding of sums of equal values.</summary>
    private const double RoundingMost = 1e-9;

    /// <summary>Whether a variance shows no difference between images.</summary>
    public static bool IsIn(double variance) => Math.Sqrt(variance) <= RoundingMost;

    /// <param name="mean">What every image has.</param>
    /// <param name="least">The least that a value can be; the most is 1.</param>
    /// <param name="images">Images drawn that have a value, at least 1.</param>
    /// <param name="unseen">Share of the release that was not drawn, in [0, 1].</param>
    /// <param name="confidence">In (0, 1).</param>
    public static Interval Around(double mean, double least, int images, double unseen, double confidence)
    {
        var share = Math.Min(unseen, 1 - Math.Pow((1 - confidence) / 2, 1.0 / images));
        return new Interval(Math.Max(least, mean - share * (mean - least)), Math.Min(1, mean + share * (1 - mean)));
    }
}
