using Touchstone.Annotations.Ontologies;

namespace Touchstone.Annotations.Geometry;

/// <summary>Object keypoint similarity made symmetric, since of two people's points neither is the truth.</summary>
/// <remarks>
/// The area is the mean of the areas of both upright bounds, at least one square pixel. A point that only one of the two labelled counts as 0, a
/// point that neither labelled does not count.
/// </remarks>
internal static class KeypointSimilarity
{
    public static double Between(ShapeGeometry first, ShapeGeometry second, SimilarityScale scale)
    {
        var (one, other) = (((Keypoints)first).Points, ((Keypoints)second).Points);
        if (one.Count != other.Count) return 0;
        var area = Math.Max(1, (first.Bounds.Area + second.Bounds.Area) / 2);
        var (total, count) = (0.0, 0);
        for (var i = 0; i < one.Count; i++)
        {
            var (inOne, inOther) = (one[i].Visibility != Visibility.NotLabelled, other[i].Visibility != Visibility.NotLabelled);
            if (!inOne && !inOther) continue;
            count++;
            if (inOne && inOther) total += OfPoints(one[i], other[i], area, i < scale.Sigmas?.Count ? scale.Sigmas[i] : KeypointLayout.DefaultSigma);
        }

        return count == 0 ? 1 : total / count;
    }

    public static double OfPoints(Keypoint truth, Keypoint found, double area, double sigma)
    {
        var (dx, dy) = (truth.X - found.X, truth.Y - found.Y);
        return Math.Exp(-(dx * dx + dy * dy) / (2 * (area + double.Epsilon) * 4 * sigma * sigma));
    }
}
