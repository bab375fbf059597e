using Touchstone.Annotations.Ontologies;

namespace Touchstone.Annotations.Geometry;

/// <summary>The scales by which lines and points are compared.</summary>
/// <param name="PolylinePx">The distance between two lines, in pixels, at which their similarity is one half; above 0.</param>
/// <param name="Sigmas">Per keypoint, its spread as <see cref="KeypointLayout.Sigmas"/>; null is <see cref="KeypointLayout.DefaultSigma"/> for all.</param>
/// <remarks>20 px is the distance within which TuSimple's lane benchmark counts a point of a lane as found, on images 1280 px wide.</remarks>
public sealed record SimilarityScale(double PolylinePx = 20, IReadOnlyList<double>? Sigmas = null)
{
    /// <summary>20 px, and the same spread for all keypoints.</summary>
    public static readonly SimilarityScale Default = new();

    /// <summary>The scale for shapes of a class.</summary>
    public static SimilarityScale For(ShapeClass shapeClass) =>
        shapeClass.Keypoints is { } layout ? new SimilarityScale(Sigmas: layout.Sigmas) : Default;
}
