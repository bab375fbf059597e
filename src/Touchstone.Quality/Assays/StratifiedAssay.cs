using Touchstone.Statistics;

namespace Touchstone.Quality.Assays;

/// <summary>The accuracy of labels from gold, a random audit stratified by class and confidence, and audits made twice.</summary>
/// <remarks>
/// For categorical labels, item by item; <see cref="AssayEstimator"/>, which grades images of shapes and stands in published releases, is another estimator and is not touched by this one.
/// Each audited item counts as many items as it was drawn from (<see cref="StratifiedProportion"/>); gold that is part of the release is known and counts as itself, never for others. Posteriors decide only how
/// items are grouped, not what is found: a model that is too sure of itself costs precision, not truth. The same holds of how many votes an item got: the audit is drawn after labels are final, so a rule that stops
/// early biases nothing. Auditors' errors are taken out (<see cref="AuditorErrors"/>), and what is not known of them widens the interval (variances recovered from both intervals: G. Zou and A. Donner,
/// Statistics in Medicine 27(10), 2008).
/// </remarks>
public static class StratifiedAssay
{
    private const double MostCorrelation = 0.9;

    /// <summary>Estimates.</summary>
    /// <param name="strata">The parts; together with <paramref name="known"/> they are the release.</param>
    /// <param name="known">Items whose truth is known.</param>
    /// <param name="confidence">Of the interval (two-sided) and of the bound (one-sided), in (0.5, 1).</param>
    /// <exception cref="ArgumentException">Counts contradict each other, or there is neither an audited nor a known item.</exception>
    public static StratifiedAssayResult Estimate(IReadOnlyList<AuditedStratum> strata, KnownItems known = default, double confidence = 0.95)
    {
        if (!(confidence > 0.5 && confidence < 1)) throw new ArgumentOutOfRangeException(nameof(confidence), confidence, "A confidence lies between 0.5 and 1, such as 0.95.");
        if (known.Correct < 0 || known.Correct > known.Count) throw new ArgumentException($"{known.Correct} correct items do not lie between 0 and the {known.Count} known.", nameof(known));
        foreach (var stratum in strata) stratum.Check();
        AuditedStratum[] audited = [.. strata.Where(s => s.Audited > 0)];
        var missing = strata.Where(s => s.Audited == 0).Sum(s => (long)s.Population);
        if (audited.Length == 0 && known.Count == 0) throw new ArgumentException("Nothing was audited and nothing is known: draw a random sample of the release and audit it.", nameof(strata));

        var frame = new Frame(known, audited.Sum(s => (long)s.Population), missing);
        var part = audited.Length == 0 ? Part.Nothing : Part.Of(audited, confidence);
        return new StratifiedAssayResult
        {
            Accuracy = frame.Whole(part.Estimate, part.Estimate),
            Lower = frame.Whole(part.Lower, 0),
            Upper = frame.Whole(part.Upper, 1),
            LowerBound = frame.Whole(part.Bound, 0),
            Confidence = confidence,
            Items = frame.Items,
            Audited = audited.Sum(s => s.Audited),
            Known = known.Count,
            CalledCorrect = part.Called,
            Auditors = part.Auditors,
            IfAuditorsOnlyMiss = frame.Whole(part.IfOnlyMisses, part.IfOnlyMisses),
            IfAuditorsOnlyAccuse = frame.Whole(part.IfOnlyAccusations, part.IfOnlyAccusations),
            Caveats = Caveats(audited, part, missing, strata),
        };
    }

    private static List<AssayCaveat> Caveats(AuditedStratum[] audited, Part part, long missing, IReadOnlyList<AuditedStratum> strata)
    {
        List<AssayCaveat> caveats = [];
        if (missing > 0)
            caveats.Add(new("strata_not_audited", $"{missing} items lie in parts of which none was audited ({string.Join(", ", strata.Where(s => s.Audited == 0 && s.Population > 0).Select(s => s.Name))}); the interval allows for all or none of them being right."));
        if (part.Auditors.AuditedTwice == 0 && audited.Length > 0)
            caveats.Add(new("auditor_error", "No item was audited twice: auditors are taken at their word, and each of their mistakes counts as an error of the labels or hides one."));
        else if (part.Auditors.Errors >= 0.25)
            caveats.Add(new("auditors_disagree", $"Auditors disagreed on {part.Auditors.Disagreements} of {part.Auditors.AuditedTwice} items: they say little. Clear up the instructions before relying on this figure."));
        if (part.Auditors.AuditedTwice > 0)
            caveats.Add(new("auditor_error_both_ways", "Auditors are assumed to miss an error as often as they raise a false one; the figures for misses alone and for false ones alone stand beside the estimate."));
        var errors = audited.Sum(s => s.Audited - s.Correct);
        if (errors < 5 && audited.Length > 0) caveats.Add(new("few_errors", $"Auditors called {errors} labels wrong: so few say little of which kinds of error there are."));
        return caveats;
    }

    /// <summary>The audited parts beside what is known and what was not looked at.</summary>
    private readonly record struct Frame(KnownItems Known, long Audited, long Missing)
    {
        public long Items => Known.Count + Audited + Missing;

        /// <summary>The share in the whole release, given it in the audited parts and in those not audited.</summary>
        public double Whole(double audited, double missing) =>
            Math.Clamp((Known.Correct + Audited * Math.Clamp(audited, 0, 1) + Missing * Math.Clamp(missing, 0, 1)) / Items, 0, 1);
    }

    /// <summary>What audits say of the parts that were audited.</summary>
    private sealed record Part(double Estimate, double Lower, double Upper, double Bound, double Called, AuditorErrors Auditors, double IfOnlyMisses, double IfOnlyAccusations)
    {
        public static readonly Part Nothing = new(0, 0, 1, 0, double.NaN, AuditorErrors.Unknown, 0, 0);

        public static Part Of(AuditedStratum[] strata, double confidence)
        {
            SampledStratum[] sample = [.. strata.Select(s => new SampledStratum(s.Population, s.Audited, s.Correct))];
            var (twice, differ) = (strata.Sum(s => s.Twice.Count), strata.Sum(s => s.Twice.Disagreements));
            var (both, one) = (Normal.Quantile(0.5 + confidence / 2), Normal.Quantile(confidence));
            var auditors = AuditorErrors.From(twice, differ, both);
            var noise = auditors.Errors * (1 - auditors.Errors);
            var called = StratifiedProportion.Estimate(sample);
            var correlation = Correlation(strata, sample, called, noise, differ / Math.Max(1.0, twice));
            var interval = StratifiedProportion.Score(sample, both, noise);
            var cautious = StratifiedProportion.CautiousLower(sample, confidence, noise);
            return new Part(
                AuditorErrors.Corrected(called, auditors.Errors),
                Limit(called, interval.Lower, auditors.Errors, auditors.Lower, correlation), Limit(called, interval.Upper, auditors.Errors, auditors.Upper, correlation),
                Limit(called, cautious, auditors.Errors, AuditorErrors.From(twice, differ, one).Lower, correlation),
                called, auditors, OnlyMisses(called, twice, differ), OnlyAccusations(called, twice, differ));
        }

        private static double Limit(double called, double calledLimit, double errors, double errorLimit, double correlation)
        {
            var estimate = AuditorErrors.Corrected(called, errors);
            var byLabels = AuditorErrors.Corrected(calledLimit, errors) - estimate;
            var byAuditors = AuditorErrors.Corrected(called, errorLimit) - estimate;
            var distance = Math.Sqrt(Math.Max(0, byLabels * byLabels + byAuditors * byAuditors + 2 * correlation * byLabels * byAuditors));
            return estimate + (calledLimit < called || (calledLimit == called && errorLimit < errors) ? -distance : distance);
        }

        /// <summary>Items on which auditors disagree are called right less often: the two estimates lean against each other.</summary>
        private static double Correlation(AuditedStratum[] strata, SampledStratum[] sample, double called, double noise, double disagreement)
        {
            double population = strata.Sum(s => (long)s.Population), twice = strata.Sum(s => s.Twice.Count), covariance = 0;
            if (twice == 0 || disagreement is <= 0 or >= 1) return 0;
            foreach (var s in strata)
            {
                var mean = s.Correct / (double)s.Audited;
                var sum = (1 - mean) * (s.Twice.BothCorrect * -disagreement + s.Twice.OnlyFirstCorrect * (1 - disagreement))
                    - mean * (s.Twice.OnlySecondCorrect * (1 - disagreement) - s.Twice.BothWrong * disagreement);
                covariance += s.Population / population / s.Audited / twice * sum;
            }

            var variance = StratifiedProportion.VarianceAt(sample, Math.Clamp(called, 1e-9, 1 - 1e-9), noise);
            var deviation = Math.Sqrt(variance * disagreement * (1 - disagreement) / twice);
            return deviation > 0 ? Math.Clamp(covariance / deviation, -MostCorrelation, 0) : 0;
        }

        /// <summary>Were all auditors' errors misses of wrong labels: the share m of misses solves d = 2 m (1 - a), and of labels (1 - a) / (1 - m) are wrong.</summary>
        private static double OnlyMisses(double called, int twice, int differ)
        {
            if (twice == 0 || called >= 1) return called;
            var misses = Math.Min(0.99, differ / (double)twice / (2 * (1 - called)));
            return Math.Max(0, 1 - (1 - called) / (1 - misses));
        }

        /// <summary>Were all auditors' errors false accusations of right labels: their share f solves d = 2 f a, and a / (1 - f) labels are right.</summary>
        private static double OnlyAccusations(double called, int twice, int differ)
        {
            if (twice == 0 || called <= 0) return called;
            var accusations = Math.Min(0.99, differ / (double)twice / (2 * called));
            return Math.Min(1, called / (1 - accusations));
        }
    }
}

/// <summary>A measured accuracy.</summary>
public sealed record StratifiedAssayResult
{
    /// <summary>Share of right labels in the release, in [0, 1].</summary>
    public required double Accuracy { get; init; }

    /// <summary>Lower end of the two-sided interval.</summary>
    public required double Lower { get; init; }

    /// <summary>Upper end of the two-sided interval.</summary>
    public required double Upper { get; init; }

    /// <summary>One-sided lower bound, for promises such as "at least 98 % with 95 % confidence": cautious where few errors were seen.</summary>
    public required double LowerBound { get; init; }

    /// <summary>Confidence of interval and bound.</summary>
    public required double Confidence { get; init; }

    /// <summary>Items of the release.</summary>
    public required long Items { get; init; }

    /// <summary>Items audited.</summary>
    public required int Audited { get; init; }

    /// <summary>Items known without an audit.</summary>
    public required int Known { get; init; }

    /// <summary>Weighted share that auditors called right, before their errors are taken out; NaN where nothing was audited.</summary>
    public required double CalledCorrect { get; init; }

    /// <summary>How often auditors err.</summary>
    public required AuditorErrors Auditors { get; init; }

    /// <summary>The estimate, were all errors of auditors misses.</summary>
    public required double IfAuditorsOnlyMiss { get; init; }

    /// <summary>The estimate, were all errors of auditors false accusations.</summary>
    public required double IfAuditorsOnlyAccuse { get; init; }

    /// <summary>What it does not know.</summary>
    public required IReadOnlyList<AssayCaveat> Caveats { get; init; }
}
