using Touchstone.Annotations.Geometry;
using Touchstone.Annotations.Ontologies;

namespace Touchstone.Annotations.Answers;

/// <summary>1 - the soft F1 of two sets of shapes: similarity stands where F1 counts a hit as 1.</summary>
internal static class ShapesDistance
{
    public static double Between(ShapesQuestion question, ShapesAnswer first, ShapesAnswer second)
    {
        var total = first.Shapes.Count + second.Shapes.Count;
        if (total == 0) return 0;
        var pairs = new List<WeightedPair>();
        for (var i = 0; i < first.Shapes.Count; i++)
            for (var j = 0; j < second.Shapes.Count; j++)
            {
                var (one, other) = (first.Shapes[i], second.Shapes[j]);
                if (!string.Equals(one.Class, other.Class, StringComparison.Ordinal)) continue;
                var scale = question.FindClass(one.Class) is { } shapeClass ? SimilarityScale.For(shapeClass) : SimilarityScale.Default;
                var similarity = Similarity.Between(one.Geometry, other.Geometry, scale);
                if (similarity > 0) pairs.Add(new WeightedPair(i, j, similarity));
            }

        return Math.Clamp(1 - 2 * Matching.MaxWeight(pairs) / total, 0, 1);
    }
}
