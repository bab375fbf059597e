namespace Touchstone.Quality.Categorical;

/// <summary>Chooses how strongly contributors are believed to be alike, from the votes alone.</summary>
internal static class ShrinkageChoice
{
    private const double Least = 0.5;
    private const double Most = 65_536;

    /// <summary>The strength of highest marginal likelihood, to within a factor of 2^(1/4).</summary>
    /// <param name="logMarginal">Of a strength; has one maximum.</param>
    /// <param name="guess">Where to begin.</param>
    public static double Of(Func<double, double> logMarginal, double guess)
    {
        var (best, value) = (Math.Clamp(guess, Least, Most), logMarginal(Math.Clamp(guess, Least, Most)));
        foreach (var factor in new[] { 4.0, 2.0, 1.4142135623730951, 1.189207115002721 })
        {
            var (up, moved) = (best, false);
            while (best * factor <= Most && logMarginal(best * factor) is var above && above > value) (best, value, moved) = (best * factor, above, true);
            if (moved && up < best) continue;
            while (best / factor >= Least && logMarginal(best / factor) is var below && below > value) (best, value) = (best / factor, below);
        }

        return best;
    }
}
