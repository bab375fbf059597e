using Touchstone.Annotations.Geometry;
using Touchstone.Annotations.Ontologies;
using Touchstone.Statistics;

namespace Touchstone.Quality.Matching;

/// <summary>Two shapes taken for the same thing.</summary>
/// <param name="First">Index in the first list.</param>
/// <param name="Second">Index in the second list.</param>
/// <param name="Similarity">How alike they are, in (0, 1].</param>
public readonly record struct ShapePair(int First, int Second, double Similarity);

/// <summary>Pairs the shapes of two answers, by geometry alone: a thing called by another class is a confusion and not a miss beside an invention.</summary>
public static class ShapeMatching
{
    /// <summary>Similarity from which a released shape counts as the true one: IoU 0.5, as Pascal VOC set it, and the same of OKS and line similarity.</summary>
    public const double GradingThreshold = 0.5;

    /// <summary>The pairs of greatest total similarity, each of at least the threshold, no shape in two of them.</summary>
    /// <param name="question">The question that both lists answer; its classes give the scales of lines and points.</param>
    /// <param name="first">Shapes of one answer.</param>
    /// <param name="second">Shapes of the other.</param>
    /// <param name="threshold">Least similarity, in (0, 1].</param>
    /// <returns>Pairs in the order of the first list.</returns>
    /// <remarks>Cost is bounded as <see cref="ObjectClustering"/> bounds it: a shape is compared with the 64 nearest by bounds that it picks and keeps its 16 best.</remarks>
    public static IReadOnlyList<ShapePair> Pair(
        ShapesQuestion question, IReadOnlyList<Shape> first, IReadOnlyList<Shape> second, double threshold = GradingThreshold)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(threshold);
        var near = NearShapes.Between(question, new SweptShapes(first), new SweptShapes(second), threshold);
        WeightedPair[] pairs = [.. near.Pairs.Select(p => new WeightedPair(p.First, p.Second, p.Similarity))];
        var partner = new int[first.Count];
        SparseAssignment.Maximise(pairs, first.Count, second.Count, partner);
        return [.. Enumerable.Range(0, first.Count).Where(i => partner[i] >= 0)
            .Select(i => new ShapePair(i, partner[i], SimilarityOf(question, first[i], second[partner[i]])))];
    }

    /// <summary>How alike two shapes of a question are; their classes give scales and decide nothing else.</summary>
    internal static double SimilarityOf(ShapesQuestion question, Shape first, Shape second)
    {
        if (IsArea(first.Geometry) && IsArea(second.Geometry) && !Touch(first.Geometry.Bounds, second.Geometry.Bounds)) return 0;
        var isSameClass = string.Equals(first.Class, second.Class, StringComparison.Ordinal);
        var scale = isSameClass && question.FindClass(first.Class) is { } shapeClass ? SimilarityScale.For(shapeClass) : SimilarityScale.Default;
        return Similarity.Between(first.Geometry, second.Geometry, scale);
    }

    private static bool IsArea(ShapeGeometry geometry) => geometry.Kind is GeometryKind.Box or GeometryKind.RotatedBox or GeometryKind.Polygon;

    private static bool Touch(Box first, Box second) =>
        first.X <= second.Right && second.X <= first.Right && first.Y <= second.Bottom && second.Y <= first.Bottom;
}
