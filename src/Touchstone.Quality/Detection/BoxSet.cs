namespace Touchstone.Quality.Detection;

/// <summary>Boxes of several models, put right and gathered by class.</summary>
internal static class BoxSet
{
    /// <summary>A box with its weighted score.</summary>
    public readonly record struct Weighed(ScoredBox Box, double Weight, (int Model, int Index) Source);

    /// <summary>Lists by class in the order met, each highest first by <paramref name="rank"/>, equal ones as given.</summary>
    public static IReadOnlyList<Weighed[]> ByLabel(IReadOnlyList<IReadOnlyList<ScoredBox>> models, BoxFusionOptions options, double[]? weights, Func<ScoredBox, double> rank)
    {
        List<Weighed> all = [];
        for (var m = 0; m < models.Count; m++)
        {
            for (var i = 0; i < models[m].Count; i++)
            {
                var box = models[m][i];
                if (!(double.IsFinite(box.X1) && double.IsFinite(box.Y1) && double.IsFinite(box.X2) && double.IsFinite(box.Y2) && box.Score >= 0 && double.IsFinite(box.Score)))
                    throw new ArgumentException($"Box {i} of model {m} is {box}; coordinates must be finite and the score finite and not negative.", nameof(models));
                if (box.Score < options.MinScore) continue;
                var cut = Cut(box, options);
                if ((cut.X2 - cut.X1) * (cut.Y2 - cut.Y1) == 0) continue;
                var weight = weights?[m] ?? 1;
                all.Add(new Weighed(cut with { Score = cut.Score * weight }, weight, (m, i)));
            }
        }

        return [.. all.GroupBy(b => b.Box.Label).Select(g => g.OrderByDescending(b => rank(b.Box)).ToArray())];
    }

    /// <summary>Intersection over union; 0 of boxes without area.</summary>
    public static double Iou(ScoredBox first, ScoredBox second)
    {
        var both = Math.Max(0, Math.Min(first.X2, second.X2) - Math.Max(first.X1, second.X1)) * Math.Max(0, Math.Min(first.Y2, second.Y2) - Math.Max(first.Y1, second.Y1));
        if (both == 0) return 0;
        return both / ((first.X2 - first.X1) * (first.Y2 - first.Y1) + (second.X2 - second.X1) * (second.Y2 - second.Y1) - both);
    }

    private static ScoredBox Cut(ScoredBox box, BoxFusionOptions options) => box with
    {
        X1 = Math.Clamp(Math.Min(box.X1, box.X2), 0, options.Width),
        X2 = Math.Clamp(Math.Max(box.X1, box.X2), 0, options.Width),
        Y1 = Math.Clamp(Math.Min(box.Y1, box.Y2), 0, options.Height),
        Y2 = Math.Clamp(Math.Max(box.Y1, box.Y2), 0, options.Height),
    };
}

/// <summary>Boxes taken for one object.</summary>
internal sealed class BoxCluster
{
    private readonly List<BoxSet.Weighed> _members;
    private readonly bool _isFixed;

    public BoxCluster(BoxSet.Weighed first, bool isFixed = false)
    {
        _members = [first];
        _isFixed = isFixed;
        Fused = first.Box;
    }

    /// <summary>The box that others are compared with: the mean of all by score, or the first where it is fixed.</summary>
    public ScoredBox Fused { get; private set; }

    public IReadOnlyList<(int Model, int Index)> Sources => [.. _members.Select(m => m.Source)];

    public void Add(BoxSet.Weighed box)
    {
        _members.Add(box);
        if (!_isFixed) Fused = Mean(m => m.Box.Score) ?? Fused;
    }

    /// <summary>The mean of all by score times overlap with the best, with the best's score.</summary>
    public ScoredBox AroundBest() => Mean(m => m.Box.Score * BoxSet.Iou(m.Box, _members[0].Box)) ?? _members[0].Box;

    public double ScoreOf(BoxFusionOptions options, double[] weights)
    {
        var sum = _members.Sum(m => m.Box.Score);
        var models = _members.Select(m => m.Source.Model).Distinct().ToArray();
        var weight = _members.Sum(m => m.Weight);
        switch (options.Score)
        {
            case FusionScore.Max:
                return _members.Max(m => m.Box.Score) / weights.Max();
            case FusionScore.BoxAndModelAverage:
                return weight == 0 ? 0 : sum / weight * models.Sum(m => weights[m]) / weights.Sum();
            case FusionScore.AbsentModelAwareAverage:
                return sum / (weight + Enumerable.Range(0, weights.Length).Except(models).Sum(m => weights[m]));
            default:
                return sum / _members.Count * (options.AllowsOverflow ? _members.Count : Math.Min(weights.Length, _members.Count)) / weights.Sum();
        }
    }

    private ScoredBox? Mean(Func<BoxSet.Weighed, double> weightOf)
    {
        double total = 0, x1 = 0, y1 = 0, x2 = 0, y2 = 0;
        foreach (var member in _members)
        {
            var weight = weightOf(member);
            total += weight;
            x1 += weight * member.Box.X1;
            y1 += weight * member.Box.Y1;
            x2 += weight * member.Box.X2;
            y2 += weight * member.Box.Y2;
        }

        return total > 0 ? _members[0].Box with { X1 = x1 / total, Y1 = y1 / total, X2 = x2 / total, Y2 = y2 / total } : null;
    }
}
