namespace Touchstone.Quality.Detection;

/// <summary>True objects and detections as flat arrays, whatever their shape.</summary>
internal sealed class CocoProblem(int truths, int detections)
{
    private const long AnyCategory = -1;

    private readonly long[] _truthImage = new long[truths];
    private readonly long[] _truthCategory = new long[truths];
    private readonly long[] _detectionImage = new long[detections];
    private readonly long[] _detectionCategory = new long[detections];

    public double[] TruthArea { get; } = new double[truths];

    public bool[] IsCrowd { get; } = new bool[truths];

    public bool[] IsIgnored { get; } = new bool[truths];

    public double[] DetectionArea { get; } = new double[detections];

    public double[] Score { get; } = new double[detections];

    public void Truth(int at, long image, long category, double area, bool isCrowd, bool isIgnored)
    {
        if (double.IsNaN(area)) throw new ArgumentException($"The area of the true object at place {at} is not a number.");
        (_truthImage[at], _truthCategory[at], TruthArea[at], IsCrowd[at], IsIgnored[at]) = (image, category, area, isCrowd, isIgnored);
    }

    public void Detection(int at, long image, long category, double area, double score)
    {
        if (double.IsNaN(score)) throw new ArgumentException($"The score of the detection at place {at} is not a number.");
        (_detectionImage[at], _detectionCategory[at], DetectionArea[at], Score[at]) = (image, category, area, score);
    }

    /// <summary>Evaluates class by class; without categories everything is one class, its boxes listed class by class, which decides between equal scores as in the API.</summary>
    public CocoCurves Evaluate(CocoOverlap overlap, CocoSettings settings, bool useCategories)
    {
        var categories = Distinct(_truthCategory, _detectionCategory);
        var images = Distinct(_truthImage, _detectionImage);
        var truthCategory = Numbers(_truthCategory, categories);
        var detectionCategory = Numbers(_detectionCategory, categories);
        var truthImage = Numbers(_truthImage, images);
        var detectionImage = Numbers(_detectionImage, images);
        var groups = useCategories ? categories : [AnyCategory];
        var (truthOrder, truthStart) = Grouped(truthCategory, truthImage, categories.Length, images.Length, useCategories);
        var (detectionOrder, detectionStart) = Grouped(detectionCategory, detectionImage, categories.Length, images.Length, useCategories);

        var curves = new CocoCurve?[groups.Length][,];
        Parallel.For(0, groups.Length, g =>
        {
            var matching = new CocoMatching(this, overlap, settings, truthImage, detectionImage);
            matching.Match(
                truthOrder.AsSpan(truthStart[g], truthStart[g + 1] - truthStart[g]), detectionOrder.AsSpan(detectionStart[g], detectionStart[g + 1] - detectionStart[g]));
            curves[g] = matching.Curves();
        });
        return new CocoCurves(groups, curves);
    }

    private static long[] Distinct(long[] first, long[] second)
    {
        var all = new HashSet<long>(first);
        all.UnionWith(second);
        var sorted = all.ToArray();
        Array.Sort(sorted);
        return sorted;
    }

    private static int[] Numbers(long[] ids, long[] sorted)
    {
        var numbers = new Dictionary<long, int>(sorted.Length);
        for (var i = 0; i < sorted.Length; i++) numbers[sorted[i]] = i;
        return Array.ConvertAll(ids, id => numbers[id]);
    }

    /// <summary>Places ordered by class (if used), image, class, file order; and where each group begins.</summary>
    private static (int[] Order, int[] Start) Grouped(int[] category, int[] image, int categories, int images, bool useCategories)
    {
        int[] order = [.. Enumerable.Range(0, category.Length)];
        if (!useCategories) return (Sorted(Sorted(order, category, categories), image, images), [0, category.Length]);
        order = Sorted(Sorted(order, image, images), category, categories);
        var start = new int[categories + 1];
        foreach (var c in category) start[c + 1]++;
        for (var c = 0; c < categories; c++) start[c + 1] += start[c];
        return (order, start);
    }

    /// <summary>One stable pass of counting sort.</summary>
    private static int[] Sorted(int[] order, int[] key, int keys)
    {
        var next = new int[keys + 1];
        foreach (var k in key) next[k + 1]++;
        for (var k = 0; k < keys; k++) next[k + 1] += next[k];
        var sorted = new int[order.Length];
        foreach (var place in order) sorted[next[key[place]]++] = place;
        return sorted;
    }
}
