using Touchstone.Annotations.Kinds;

namespace Touchstone.Annotations.Geometry;

/// <summary>How alike two shapes are, in [0, 1]: 1 for the same shape, 0 where they share nothing.</summary>
public static class Similarity
{
    /// <summary>
    /// Intersection over union for boxes, rotated boxes and polygons in any mixture; object keypoint similarity for keypoints; truncated Chamfer
    /// similarity for polylines; 0 for shapes of different natures, such as a line and a box.
    /// </summary>
    /// <param name="first">One shape.</param>
    /// <param name="second">The other; which is which makes no difference.</param>
    /// <param name="scale">The scales of lines and points; null is <see cref="SimilarityScale.Default"/>.</param>
    /// <returns>In [0, 1]; shapes without area are alike only when equal.</returns>
    /// <remarks>Two boxes, rotated or not, allocate nothing. Polygons go through NetTopologySuite's overlay; one that crosses itself is mended first.</remarks>
    public static double Between(ShapeGeometry first, ShapeGeometry second, SimilarityScale? scale = null) =>
        Between(first, second, scale ?? SimilarityScale.Default, GeometryRegistry.Shipped);

    internal static double Between(ShapeGeometry first, ShapeGeometry second, SimilarityScale scale, GeometryRegistry geometries)
    {
        var form = geometries.Of(first.Kind);
        if (form.Nature != geometries.Of(second.Kind).Nature) return 0;
        return form.Similarity(first, second, scale);
    }

    /// <summary>Intersection over union of two upright boxes. Allocates nothing.</summary>
    /// <returns>In [0, 1]; of boxes without area 1 when they are equal, otherwise 0.</returns>
    public static double Iou(Box first, Box second)
    {
        if (first == second) return 1;   // also where rounding or no area would say otherwise
        var width = Math.Min(first.Right, second.Right) - Math.Max(first.X, second.X);
        var height = Math.Min(first.Bottom, second.Bottom) - Math.Max(first.Y, second.Y);
        var shared = width > 0 && height > 0 ? width * height : 0;
        return AreaSimilarity.Ratio(shared, first.Area, second.Area);
    }

    /// <summary>COCO's object keypoint similarity of found points to true ones.</summary>
    /// <param name="truth">The true points; only the labelled ones count.</param>
    /// <param name="found">The points found, in the same order; their visibility is not looked at.</param>
    /// <param name="area">Area of the true thing, square pixels.</param>
    /// <param name="sigmas">Per point, its spread.</param>
    /// <returns>The mean over labelled points of exp(-d² / (2·area·(2·sigma)²)); NaN when none is labelled.</returns>
    /// <remarks>cocodataset.org/#keypoints-eval. It is not symmetric; <see cref="Between(ShapeGeometry, ShapeGeometry, SimilarityScale?)"/> is.</remarks>
    public static double Oks(Keypoints truth, Keypoints found, double area, IReadOnlyList<double> sigmas)
    {
        if (truth.Points.Count != found.Points.Count || truth.Points.Count != sigmas.Count)
            throw new ArgumentException($"{truth.Points.Count} true points, {found.Points.Count} found points and {sigmas.Count} sigmas do not fit together.");
        var (total, count) = (0.0, 0);
        for (var i = 0; i < truth.Points.Count; i++)
        {
            if (truth.Points[i].Visibility == Visibility.NotLabelled) continue;
            total += KeypointSimilarity.OfPoints(truth.Points[i], found.Points[i], area, sigmas[i]);
            count++;
        }

        return total / count;
    }
}
