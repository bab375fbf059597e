using Touchstone.Quality.Categorical;
using Touchstone.Statistics;

namespace Touchstone.Quality.Masks;

/// <summary>One mask from several of the same thing. All methods work on runs and draw nothing at random; two empty masks overlap wholly.</summary>
public static class MaskConsensus
{
    private const double Tolerance = 1e-5;

    /// <summary>Pixels that half of the weight or more has inside; a tie is inside.</summary>
    /// <param name="masks">One for each contributor, as runs (see <see cref="MaskRuns"/>), of one size; at most 64, may be none.</param>
    /// <param name="weights">Weight of each contributor, 0 or more; empty is alike for all.</param>
    public static MaskResult Majority(IReadOnlyList<int[]> masks, ReadOnlySpan<double> weights = default)
    {
        if (!weights.IsEmpty && weights.Length != masks.Count) throw new ArgumentException($"There are {masks.Count} masks but {weights.Length} weights.", nameof(weights));
        var patterns = new MaskPatterns(masks);
        var shares = Normalised(weights.IsEmpty ? [.. masks.Select(_ => 1.0)] : weights.ToArray());
        var inside = Shares(patterns, shares);
        return Result("mask-majority", patterns, inside, shares, null, 1, true);
    }

    /// <summary>Expectation maximisation with one accuracy for each contributor, in the region that anybody marked.</summary>
    /// <param name="masks">As in <see cref="Majority"/>.</param>
    /// <param name="maxRounds">Stop after so many rounds.</param>
    /// <remarks>
    /// D. J.-L. Lee, Quality Evaluation Methods for Crowdsourced Image Segmentation, Stanford 2018, in the form that crowd-kit made known: a pixel's prior is
    /// its share of votes in the first round and its posterior of the round before in later ones, so that the same evidence counts again and again and
    /// few rounds are run. <see cref="Staple(IReadOnlyList{int[]}, int)"/> counts it once.
    /// </remarks>
    public static MaskResult OneCoin(IReadOnlyList<int[]> masks, int maxRounds = 10)
    {
        var patterns = new MaskPatterns(masks);
        if (patterns.Union == 0) return Result("mask-em", patterns, new double[patterns.Counts.Length], Ones(patterns), null, 0, true);
        var (inside, accuracies, rounds, converged) = OneCoinRounds.Fit(patterns, maxRounds, Tolerance);
        return Result("mask-em", patterns, inside, accuracies, null, rounds, converged);
    }

    /// <summary>Simultaneous truth and performance level estimation: each contributor has a sensitivity and a specificity, in the region that anybody marked.</summary>
    /// <param name="masks">As in <see cref="Majority"/>.</param>
    /// <param name="maxRounds">Stop after so many rounds.</param>
    /// <remarks>
    /// S. K. Warfield, K. H. Zou, W. M. Wells, IEEE Transactions on Medical Imaging 23(7), 2004, with the share of inside pixels estimated and each rate under a
    /// Beta(2, 2) prior, so that no contributor is infallible. The posterior density never falls.
    /// </remarks>
    /// <returns>Reliabilities are the contributors' probabilities of being right about a pixel.</returns>
    public static MaskResult Staple(IReadOnlyList<int[]> masks, int maxRounds = 1_000) =>
        Staple([new([.. masks], [.. Enumerable.Range(0, masks.Count)])], masks.Count, maxRounds)[0];

    /// <summary>As <see cref="Staple(IReadOnlyList{int[]}, int)"/> over many images at once: what a contributor's masks of other images show of them counts in each.</summary>
    /// <param name="images">Masks of each image with their contributors.</param>
    /// <param name="contributorCount">Number of contributors.</param>
    /// <param name="maxRounds">Stop after so many rounds.</param>
    /// <returns>A result for each image; its likelihood is of that image's masks.</returns>
    public static MaskResult[] Staple(IReadOnlyList<ImageMasks> images, int contributorCount, int maxRounds = 1_000)
    {
        for (var i = 0; i < images.Count; i++)
        {
            if (images[i].Masks.Length != images[i].Contributors.Length)
                throw new ArgumentException($"Image {i} has {images[i].Masks.Length} masks but {images[i].Contributors.Length} contributors.", nameof(images));
            foreach (var c in images[i].Contributors)
                if ((uint)c >= (uint)contributorCount) throw new ArgumentOutOfRangeException(nameof(images), c, $"Image {i}: contributors must lie in [0, {contributorCount}).");
        }

        MaskPatterns[] patterns = [.. images.Select(i => new MaskPatterns(i.Masks))];
        var model = new StapleModel(patterns, [.. images.Select(i => i.Contributors)], contributorCount);
        if (patterns.Any(p => p.Union > 0)) model.Run(maxRounds);
        return
        [
            .. patterns.Select((p, i) => p.Union == 0
                ? Result("mask-staple", p, new double[p.Counts.Length], Ones(p), 0, 0, true)
                : Result("mask-staple", p, model.Inside[i], model.Accuracies(i), model.LogLikelihoods[i], model.Rounds, model.Converged)),
        ];
    }

    /// <summary>Reliability-aware aggregation: contributors weigh by how much their masks overlap the result of the round before.</summary>
    /// <param name="masks">As in <see cref="Majority"/>.</param>
    /// <param name="maxRounds">Stop after so many rounds.</param>
    /// <remarks>The weight is log(1 / (1 - overlap + 1e-5) + 1), as crowd-kit carries RASA over from texts.</remarks>
    public static MaskResult Rasa(IReadOnlyList<int[]> masks, int maxRounds = 10)
    {
        var patterns = new MaskPatterns(masks);
        var weights = Normalised([.. masks.Select(_ => 1.0)]);
        var (rounds, converged) = (0, masks.Count == 0);
        double[] inside = new double[patterns.Counts.Length], before = inside;
        while (!converged && rounds < maxRounds)
        {
            inside = Shares(patterns, weights);
            var overlaps = patterns.OverlapsWith(Cut(inside));
            weights = Normalised([.. overlaps.Select(o => PortableMath.Log(1 / (1 - o + 1e-5) + 1))]);
            rounds++;
            converged = rounds > 1 && Moved(patterns, inside, before) < Tolerance;
            before = inside;
        }

        return Result("mask-rasa", patterns, inside, weights, null, rounds, converged);
    }

    private static double Moved(MaskPatterns patterns, double[] inside, double[] before)
    {
        double moved = 0, size = 0;
        for (var p = 0; p < inside.Length; p++)
        {
            moved += patterns.Counts[p] * (inside[p] - before[p]) * (inside[p] - before[p]);
            size += patterns.Counts[p] * inside[p] * inside[p];
        }

        return size > 0 ? moved / size : 0;
    }

    private static double[] Shares(MaskPatterns patterns, double[] weights)
    {
        var shares = new double[patterns.Counts.Length];
        for (var p = 0; p < shares.Length; p++)
            for (var m = 0; m < weights.Length; m++)
                if (patterns.IsMarked(p, m)) shares[p] += weights[m];
        return shares;
    }

    private static bool[] Cut(double[] inside) => [.. inside.Select(share => share >= 0.5 - 1e-12)];

    private static double[] Normalised(double[] weights)
    {
        var total = StableSum.Of(weights);
        if (weights.Length > 0 && !(total > 0)) throw new ArgumentException("The weights must not be negative and must not all be zero.", nameof(weights));
        return [.. weights.Select(w => w / total)];
    }

    private static double[] Ones(MaskPatterns patterns) => [.. Enumerable.Repeat(1.0, patterns.MaskCount)];

    private static MaskResult Result(string method, MaskPatterns patterns, double[] inside, double[] reliabilities, double? logLikelihood, int rounds, bool converged)
    {
        var cut = Cut(inside);
        double sure = 0;
        for (var p = 0; p < cut.Length; p++)
            if (patterns.Marks[p] != 0) sure += patterns.Counts[p] * (cut[p] ? inside[p] : 1 - inside[p]);
        return new MaskResult
        {
            Method = method,
            Runs = patterns.RunsOf(cut),
            Overlaps = patterns.OverlapsWith(cut),
            Reliabilities = reliabilities,
            Confidence = patterns.Union > 0 ? Math.Min(1, sure / patterns.Union) : 1,
            LogLikelihood = logLikelihood,
            Rounds = rounds,
            Converged = converged,
            Warnings = Warnings(patterns, converged),
        };
    }

    private static List<TruthWarning> Warnings(MaskPatterns patterns, bool converged)
    {
        List<TruthWarning> warnings = [];
        if (patterns.MaskCount == 0) warnings.Add(new("no_votes", "There are no masks."));
        else if (patterns.MaskCount == 1) warnings.Add(new("single_votes", "There is one mask only, which is passed through."));
        else if (patterns.Union == 0) warnings.Add(new("all_empty", "All masks are empty."));
        else if (patterns.Areas.Count(a => a == 0) * 2 >= patterns.MaskCount) warnings.Add(new("mostly_empty", "Half of the masks or more are empty: whether there is anything to mark is the question."));
        if (!converged) warnings.Add(new("not_converged", "The mask had not settled within the rounds allowed."));
        return warnings;
    }
}
