using Touchstone.Annotations.Geometry;

namespace Touchstone.Formats.Truth;

/// <summary>The boxes that a detection data set states for one image.</summary>
/// <param name="FileName">The image's file name, as the data set has it; empty where it follows from the annotation's own name.</param>
/// <param name="WidthPx">Width, pixels; 0 where the format does not say.</param>
/// <param name="HeightPx">Height, pixels; 0 where the format does not say.</param>
/// <param name="Boxes">The boxes, in file order.</param>
public sealed record TruthImage(string FileName, int WidthPx, int HeightPx, IReadOnlyList<TruthBox> Boxes);

/// <summary>One box of a detection data set.</summary>
/// <param name="Class">Its class, as the data set names it.</param>
/// <param name="Box">Where it is, in continuous pixel coordinates.</param>
/// <param name="Ignore">Whether the data set asks that it be neither found nor missed (VOC "difficult", KITTI "DontCare", COCO crowds).</param>
public sealed record TruthBox(string Class, Box Box, bool Ignore = false);
