using Touchstone.Annotations.Geometry;
using Touchstone.Annotations.Ontologies;

namespace Touchstone.Quality.Matching;

/// <summary>Shapes that are alike, and how many similarities were computed to find them.</summary>
internal sealed record NearPairs(IReadOnlyList<ShapePair> Pairs, int Compared);

/// <summary>The shapes of one answer, with their bounds, ordered for a sweep from left to right.</summary>
internal sealed class SweptShapes
{
    public SweptShapes(IReadOnlyList<Shape> shapes)
    {
        Shapes = shapes;
        Bounds = [.. shapes.Select(s => s.Geometry.Bounds)];
        Areas = [.. Enumerable.Range(0, shapes.Count).Where(i => IsArea(shapes[i].Geometry)).OrderBy(i => Bounds[i].X)];
        Others = [.. Enumerable.Range(0, shapes.Count).Where(i => !IsArea(shapes[i].Geometry))];
    }

    public IReadOnlyList<Shape> Shapes { get; }

    public Box[] Bounds { get; }

    /// <summary>Boxes and polygons, by their left edges.</summary>
    public int[] Areas { get; }

    /// <summary>Lines and keypoints, which may be alike though their bounds do not touch.</summary>
    public int[] Others { get; }

    private static bool IsArea(ShapeGeometry geometry) => geometry.Kind is GeometryKind.Box or GeometryKind.RotatedBox or GeometryKind.Polygon;
}

/// <summary>Finds the shapes of two answers that are alike, with memory and similarities in proportion to the number of shapes.</summary>
/// <remarks>
/// A sweep from left to right finds the boxes and polygons whose bounds overlap. Of those, the similarity is computed for the <see cref="MaxCompared"/> whose
/// bounds overlap a shape's bounds best; of lines and keypoints, for as many whose bounds lie nearest. The <see cref="MaxPartners"/> most similar are kept.
/// A pair counts when it is among the best of either of its shapes, so that between n and m shapes at most 64 (n + m) similarities are computed and at most
/// 16 (n + m) pairs are kept. Where no shape has more partners than that, the pairs are exactly those that comparing everything with everything finds.
/// </remarks>
internal static class NearShapes
{
    /// <summary>Most partners that one shape picks in another answer.</summary>
    public const int MaxPartners = 16;

    /// <summary>Most shapes of another answer that one shape picks to be compared with.</summary>
    public const int MaxCompared = 64;

    /// <summary>Finds the pairs whose similarity is greater than 0 and at least the floor.</summary>
    /// <param name="question">The question that both answer; its classes give the scales of lines and points.</param>
    /// <param name="first">Shapes of one answer.</param>
    /// <param name="second">Shapes of the other.</param>
    /// <param name="floor">Least similarity of a pair.</param>
    public static NearPairs Between(ShapesQuestion question, SweptShapes first, SweptShapes second, double floor = 0)
    {
        var (ofFirst, ofSecond) = (new FewBest(first.Shapes.Count, Math.Min(MaxCompared, second.Shapes.Count)), new FewBest(second.Shapes.Count, Math.Min(MaxCompared, first.Shapes.Count)));
        SweepAreas(first, second, ofFirst, ofSecond);
        RankOthers(first, second, ofFirst, ofSecond);

        var (bestOfFirst, bestOfSecond) = (new FewBest(first.Shapes.Count, Math.Min(MaxPartners, second.Shapes.Count)), new FewBest(second.Shapes.Count, Math.Min(MaxPartners, first.Shapes.Count)));
        var compared = 0;
        foreach (var (i, j, _) in FewBest.Union(ofFirst, ofSecond))
        {
            compared++;
            var similarity = ShapeMatching.SimilarityOf(question, first.Shapes[i], second.Shapes[j]);
            if (similarity <= 0 || similarity < floor) continue;
            bestOfFirst.Offer(i, similarity, j);
            bestOfSecond.Offer(j, similarity, i);
        }

        return new NearPairs([.. FewBest.Union(bestOfFirst, bestOfSecond)], compared);
    }

    /// <summary>Meets every two boxes or polygons whose bounds touch; others have a similarity of 0.</summary>
    private static void SweepAreas(SweptShapes first, SweptShapes second, FewBest ofFirst, FewBest ofSecond)
    {
        List<int> openFirst = [], openSecond = [];
        var (a, b) = (0, 0);
        while (a < first.Areas.Length || b < second.Areas.Length)
        {
            var isFirst = b == second.Areas.Length || (a < first.Areas.Length && first.Bounds[first.Areas[a]].X <= second.Bounds[second.Areas[b]].X);
            if (isFirst)
            {
                Meet(first.Areas[a], first.Bounds, openSecond, second.Bounds, ofFirst, ofSecond);
                openFirst.Add(first.Areas[a++]);
            }
            else
            {
                Meet(second.Areas[b], second.Bounds, openFirst, first.Bounds, ofSecond, ofFirst);
                openSecond.Add(second.Areas[b++]);
            }
        }
    }

    private static void Meet(int shape, Box[] bounds, List<int> open, Box[] otherBounds, FewBest ofShape, FewBest ofOther)
    {
        var box = bounds[shape];
        var kept = 0;
        for (var n = 0; n < open.Count; n++)
        {
            var other = otherBounds[open[n]];
            if (other.Right < box.X) continue; // the sweep has passed it
            var index = open[n];
            open[kept++] = index;
            if (other.Y > box.Bottom || box.Y > other.Bottom) continue;
            var overlap = Similarity.Iou(box, other);
            ofShape.Offer(shape, overlap, index);
            ofOther.Offer(index, overlap, shape);
        }

        open.RemoveRange(kept, open.Count - kept);
    }

    private static void RankOthers(SweptShapes first, SweptShapes second, FewBest ofFirst, FewBest ofSecond)
    {
        foreach (var i in first.Others)
        {
            foreach (var j in second.Others)
            {
                if (first.Shapes[i].Geometry.Kind != second.Shapes[j].Geometry.Kind) continue; // a line is never like a set of points
                var nearness = -Distance(first.Bounds[i], second.Bounds[j]);
                ofFirst.Offer(i, nearness, j);
                ofSecond.Offer(j, nearness, i);
            }
        }
    }

    private static double Distance(Box first, Box second) =>
        Math.Abs(first.X - second.X) + Math.Abs(first.Y - second.Y) + Math.Abs(first.Right - second.Right) + Math.Abs(first.Bottom - second.Bottom);
}
