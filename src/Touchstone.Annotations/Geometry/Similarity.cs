namespace Touchstone.Annotations.Geometry;

/// <summary>How alike two shapes are, in [0, 1]: 1 for the same shape, 0 where they share nothing.</summary>
public static class Similarity
{
    /// <summary>IoU for boxes, rotated boxes and polygons in any mixture, object keypoint similarity for keypoints, truncated Chamfer similarity for
    /// polylines; 0 for shapes of different natures. Symmetric.</summary>
    public static double Between(ShapeGeometry first, ShapeGeometry second, SimilarityScale? scale = null) => throw new NotImplementedException();

    /// <summary>Intersection over union of two upright boxes. Allocates nothing.</summary>
    public static double Iou(Box first, Box second) => throw new NotImplementedException();
}
