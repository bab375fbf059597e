using Touchstone.Annotations.Geometry;

namespace Touchstone.Formats.Coco;

/// <summary>Objects of a COCO file as an evaluation takes them: with masks and keypoints as they stand, and nothing left out.</summary>
/// <param name="Name">Name of the file, for messages.</param>
/// <param name="Images">Size in pixels by image id; empty for results, which name none.</param>
/// <param name="Categories">Name by category id; empty for results, which name none.</param>
/// <param name="Objects">True objects or detections, in file order.</param>
public sealed record CocoEvaluationFile(string Name, IReadOnlyDictionary<long, (int Width, int Height)> Images, IReadOnlyDictionary<long, string> Categories, IReadOnlyList<CocoEvaluationObject> Objects);

/// <summary>One true object or detection.</summary>
/// <param name="Pointer">JSON pointer of its record.</param>
/// <param name="ImageId">The image.</param>
/// <param name="CategoryId">The class.</param>
public sealed record CocoEvaluationObject(string Pointer, long ImageId, long CategoryId)
{
    /// <summary>Its box, where the record has one.</summary>
    public Box? Bounds { get; init; }

    /// <summary>Its outline, where the record has one.</summary>
    public CocoSegmentation? Segmentation { get; init; }

    /// <summary>x, y and visibility or score of each point, where the record has any.</summary>
    public double[]? Keypoints { get; init; }

    /// <summary>Its area in square pixels, where the record states it.</summary>
    public double? Area { get; init; }

    /// <summary>Whether it stands for a crowd.</summary>
    public bool IsCrowd { get; init; }

    /// <summary>Its confidence, where the record has one.</summary>
    public double? Score { get; init; }
}

/// <summary>COCO's three forms of an outline.</summary>
public abstract record CocoSegmentation
{
    /// <summary>Polygons, parts of one thing: x and y of each corner in turn.</summary>
    public sealed record Polygons(IReadOnlyList<double[]> Rings) : CocoSegmentation;

    /// <summary>Lengths of runs down the columns, first of what is outside.</summary>
    public sealed record Runs(int Height, int Width, uint[] Counts) : CocoSegmentation;

    /// <summary>The same, packed into text.</summary>
    public sealed record PackedRuns(int Height, int Width, string Counts) : CocoSegmentation;
}
