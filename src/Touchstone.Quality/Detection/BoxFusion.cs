namespace Touchstone.Quality.Detection;

/// <summary>One set of boxes out of several models' or contributors': by fusing, or by keeping the best.</summary>
/// <remarks>
/// Equal scores keep the order of models and of their lists (the Python package leaves that to NumPy's unstable sort); arithmetic is in double precision (there partly in
/// single). Boxes turned inside out are put right, all are cut at the picture's edges, boxes without area are left out.
/// </remarks>
public static class BoxFusion
{
    /// <summary>Weighted boxes fusion.</summary>
    /// <param name="models">Boxes of each model.</param>
    /// <param name="options">Settings; null is <see cref="BoxFusionOptions.Default"/>.</param>
    /// <returns>Fused boxes, highest score first; of equal scores by class as met and by the order of fusing.</returns>
    /// <remarks>R. Solovyev, W. Wang, T. Gabruseva, Weighted boxes fusion, Image and Vision Computing 107, 2021.</remarks>
    public static IReadOnlyList<FusedBox> Weighted(IReadOnlyList<IReadOnlyList<ScoredBox>> models, BoxFusionOptions? options = null)
    {
        options ??= BoxFusionOptions.Default;
        var weights = WeightsOf(models, options) ?? [.. Enumerable.Repeat(1.0, models.Count)];
        List<FusedBox> fused = [];
        foreach (var boxes in BoxSet.ByLabel(models, options, weights, b => b.Score))
        {
            List<BoxCluster> clusters = [];
            foreach (var box in boxes)
            {
                var best = Nearest(clusters, box.Box, options.IouThreshold);
                if (best is null) clusters.Add(new BoxCluster(box));
                else best.Add(box);
            }

            fused.AddRange(clusters.Select(c => new FusedBox(c.Fused with { Score = c.ScoreOf(options, weights) }, c.Sources)));
        }

        return [.. fused.OrderByDescending(f => f.Box.Score)];
    }

    /// <summary>Non-maximum suppression: a box stays unless a better one of its class overlaps it by more than the threshold.</summary>
    /// <param name="models">Boxes of each model.</param>
    /// <param name="options">Settings; weights scale the models' scores by their share of all weights.</param>
    /// <returns>Boxes as they were, by class ascending, then highest score first.</returns>
    public static IReadOnlyList<FusedBox> Suppress(IReadOnlyList<IReadOnlyList<ScoredBox>> models, BoxFusionOptions? options = null)
    {
        options ??= BoxFusionOptions.Default;
        List<FusedBox> kept = [];
        foreach (var boxes in BoxSet.ByLabel(models, options, SharesOf(models, options), b => b.Score).OrderBy(b => b[0].Box.Label))
        {
            var first = kept.Count;
            foreach (var box in boxes)
            {
                var overlaps = false;
                for (var k = first; k < kept.Count && !overlaps; k++) overlaps = !(BoxSet.Iou(kept[k].Box, box.Box) <= options.IouThreshold);
                if (!overlaps) kept.Add(new FusedBox(box.Box, [box.Source]));
            }
        }

        return kept;
    }

    /// <summary>Soft non-maximum suppression: the score of a box falls with its overlap with better ones.</summary>
    /// <param name="models">Boxes of each model.</param>
    /// <param name="options">Settings; weights scale the models' scores by their share of all weights.</param>
    /// <param name="method">How scores fall.</param>
    /// <param name="sigma">Width of the Gaussian; greater than 0.</param>
    /// <param name="keepAbove">Boxes whose score falls to this or below are left out.</param>
    /// <returns>Boxes with their lowered scores, by class ascending, then in the order of choosing.</returns>
    /// <remarks>N. Bodla and others, Soft-NMS, ICCV 2017. The Python package chooses by the lowered scores but gives back the original ones; here they are lowered, as in the paper.</remarks>
    public static IReadOnlyList<FusedBox> SuppressSoftly(
        IReadOnlyList<IReadOnlyList<ScoredBox>> models, BoxFusionOptions? options = null, SoftSuppression method = SoftSuppression.Gaussian, double sigma = 0.5, double keepAbove = 0.001)
    {
        options ??= BoxFusionOptions.Default;
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(sigma);
        List<FusedBox> kept = [];
        foreach (var boxes in BoxSet.ByLabel(models, options, SharesOf(models, options), _ => 0).OrderBy(b => b[0].Box.Label))
        {
            var left = boxes.ToArray();
            for (var i = 0; i < left.Length; i++)
            {
                var best = i;
                for (var j = i + 1; j < left.Length; j++)
                    if (left[j].Box.Score > left[best].Box.Score) best = j;
                (left[i], left[best]) = (left[best], left[i]);
                for (var j = i + 1; j < left.Length; j++)
                {
                    var iou = BoxSet.Iou(left[i].Box, left[j].Box);
                    var factor = method == SoftSuppression.Gaussian ? Math.Exp(-(iou * iou) / sigma) : iou > options.IouThreshold ? 1 - iou : 1;
                    left[j] = left[j] with { Box = left[j].Box with { Score = left[j].Box.Score * factor } };
                }
            }

            kept.AddRange(left.Where(b => b.Box.Score > keepAbove).Select(b => new FusedBox(b.Box, [b.Source])));
        }

        return kept;
    }

    /// <summary>Non-maximum weighted: as suppression, but the suppressed boxes move the kept one, by their score and overlap with it.</summary>
    /// <param name="models">Boxes of each model.</param>
    /// <param name="options">Settings; weights scale the models' scores in units of the heaviest.</param>
    /// <returns>Boxes with the score of the best of each, highest score first.</returns>
    /// <remarks>H. Zhou and others, CAD: scale invariant framework for real-time object detection, ICCV workshops 2017.</remarks>
    public static IReadOnlyList<FusedBox> SuppressWeighted(IReadOnlyList<IReadOnlyList<ScoredBox>> models, BoxFusionOptions? options = null)
    {
        options ??= BoxFusionOptions.Default;
        var scaled = WeightsOf(models, options) is { } weights ? Array.ConvertAll(weights, w => w / weights.Max()) : null;
        List<FusedBox> fused = [];
        foreach (var boxes in BoxSet.ByLabel(models, options, scaled, b => b.Score))
        {
            List<BoxCluster> clusters = [];
            foreach (var box in boxes)
            {
                var best = Nearest(clusters, box.Box, options.IouThreshold);
                if (best is null) clusters.Add(new BoxCluster(box, isFixed: true));
                else best.Add(box);
            }

            fused.AddRange(clusters.Select(c => new FusedBox(c.AroundBest(), c.Sources)));
        }

        return [.. fused.OrderByDescending(f => f.Box.Score)];
    }

    /// <summary>The cluster whose box overlaps most, of equal ones the first; null where none is above the threshold.</summary>
    private static BoxCluster? Nearest(List<BoxCluster> clusters, ScoredBox box, double threshold)
    {
        BoxCluster? best = null;
        foreach (var cluster in clusters)
        {
            var iou = BoxSet.Iou(cluster.Fused, box);
            if (iou > threshold) (best, threshold) = (cluster, iou);
        }

        return best;
    }

    private static double[]? WeightsOf(IReadOnlyList<IReadOnlyList<ScoredBox>> models, BoxFusionOptions options)
    {
        if (options.Weights is not { } weights) return null;
        if (weights.Length != models.Count) throw new ArgumentException($"There are {models.Count} models but {weights.Length} weights.", nameof(options));
        if (!weights.All(w => w >= 0 && double.IsFinite(w)) || !(weights.Sum() > 0)) throw new ArgumentException("Weights must be finite, not negative and not all 0.", nameof(options));
        return weights;
    }

    private static double[]? SharesOf(IReadOnlyList<IReadOnlyList<ScoredBox>> models, BoxFusionOptions options) =>
        WeightsOf(models, options) is { } weights ? [.. weights.Select(w => w / weights.Sum())] : null;
}
