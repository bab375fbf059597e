using System.Text.Json;
using Touchstone.Annotations.Geometry;

namespace Touchstone.Formats.Coco;

/// <summary>What a COCO detection file says.</summary>
/// <param name="Categories">Categories, in file order.</param>
/// <param name="Images">Images, in file order, each with its annotations in file order.</param>
/// <param name="Faults">Records that were left out, in file order.</param>
public sealed record CocoDataset(IReadOnlyList<CocoCategory> Categories, IReadOnlyList<CocoImage> Images, IReadOnlyList<FormatFault> Faults);

/// <summary>One image of a COCO file.</summary>
/// <param name="Id">Its number in the file.</param>
/// <param name="FileName">Its file name, as it stands there.</param>
/// <param name="WidthPx">Width, pixels.</param>
/// <param name="HeightPx">Height, pixels.</param>
/// <param name="Annotations">What is marked in it.</param>
public sealed record CocoImage(long Id, string FileName, int WidthPx, int HeightPx, IReadOnlyList<CocoAnnotation> Annotations);

/// <summary>One annotation of a COCO file.</summary>
/// <param name="Id">Its number in the file.</param>
/// <param name="Category">What it is.</param>
/// <param name="Bounds">Its box, as the file states it.</param>
/// <param name="Geometry">Its shape as far as ours go: keypoints, one polygon, a rotated box or a line as <see cref="CocoWriter"/> writes them,
/// else the box.</param>
/// <param name="Area">Its area, as the file states it.</param>
/// <param name="IsCrowd">Whether it stands for a crowd, which detectors are not asked to part.</param>
public sealed record CocoAnnotation(long Id, CocoCategory Category, Box Bounds, ShapeGeometry Geometry, double Area, bool IsCrowd)
{
    /// <summary>How the file outlines it.</summary>
    public CocoOutline Outline { get; init; }

    /// <summary>Its confidence, where the file gives a score.</summary>
    public double? Score { get; init; }

    /// <summary>Its attributes by name, less those that carry the geometry.</summary>
    public IReadOnlyDictionary<string, JsonElement> Attributes { get; init; } = Shape.NoAttributes;
}

/// <summary>The forms of COCO's segmentation.</summary>
public enum CocoOutline
{
    /// <summary>None: a box or keypoints alone.</summary>
    None,

    /// <summary>One polygon.</summary>
    Polygon,

    /// <summary>Several polygons, parts of one thing; its geometry is its box.</summary>
    Polygons,

    /// <summary>A run-length mask; its geometry is its box.</summary>
    Mask,
}
