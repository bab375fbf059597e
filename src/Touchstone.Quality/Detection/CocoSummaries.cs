namespace Touchstone.Quality.Detection;

/// <summary>COCO's figures from curves: means over what exists, -1 where nothing does.</summary>
internal static class CocoSummaries
{
    public static CocoSummary OfObjects(CocoCurves curves)
    {
        var present = Enumerable.Range(0, curves.Categories.Length).Where(c => curves.ByCategory[c][0, 2] is not null).ToArray();
        return new CocoSummary
        {
            Ap = Precision(curves.Of(0, 2)),
            Ap50 = Precision(curves.Of(0, 2), 0),
            Ap75 = Precision(curves.Of(0, 2), 5),
            ApSmall = Precision(curves.Of(1, 2)),
            ApMedium = Precision(curves.Of(2, 2)),
            ApLarge = Precision(curves.Of(3, 2)),
            Ar1 = Recall(curves.Of(0, 0)),
            Ar10 = Recall(curves.Of(0, 1)),
            Ar100 = Recall(curves.Of(0, 2)),
            ArSmall = Recall(curves.Of(1, 2)),
            ArMedium = Recall(curves.Of(2, 2)),
            ArLarge = Recall(curves.Of(3, 2)),
            ApByCategory = present.ToDictionary(c => curves.Categories[c], c => Precision([curves.ByCategory[c][0, 2]!])),
            PrecisionAt50ByCategory = present.ToDictionary(c => curves.Categories[c], c => curves.ByCategory[c][0, 2]!.Precision[0]),
        };
    }

    public static CocoKeypointSummary OfKeypoints(CocoCurves curves) => new()
    {
        Ap = Precision(curves.Of(0, 0)),
        Ap50 = Precision(curves.Of(0, 0), 0),
        Ap75 = Precision(curves.Of(0, 0), 5),
        ApMedium = Precision(curves.Of(1, 0)),
        ApLarge = Precision(curves.Of(2, 0)),
        Ar = Recall(curves.Of(0, 0)),
        Ar50 = Recall(curves.Of(0, 0), 0),
        Ar75 = Recall(curves.Of(0, 0), 5),
        ArMedium = Recall(curves.Of(1, 0)),
        ArLarge = Recall(curves.Of(2, 0)),
    };

    private static double Precision(IEnumerable<CocoCurve> curves, int? threshold = null) =>
        Mean(curves.SelectMany(c => threshold is { } t ? c.Precision[t] : c.Precision.SelectMany(p => p)));

    private static double Recall(IEnumerable<CocoCurve> curves, int? threshold = null) =>
        Mean(curves.SelectMany(c => threshold is { } t ? [c.Recall[t]] : c.Recall));

    private static double Mean(IEnumerable<double> values) => values.DefaultIfEmpty(-1).Average();
}
