using Touchstone.Formats.Exchange;

namespace Touchstone.Formats.Yolo;

/// <summary>The kinds of YOLO labels.</summary>
internal enum YoloTask
{
    Detect,
    Segment,
    Pose,
    Obb,
    Classify,
}

internal static class YoloTasks
{
    /// <exception cref="FileFormatFaultException">There is no task of that name.</exception>
    public static YoloTask? Parse(string? name) => name switch
    {
        null => null,
        "detect" => YoloTask.Detect,
        "segment" => YoloTask.Segment,
        "pose" => YoloTask.Pose,
        "obb" => YoloTask.Obb,
        "classify" => YoloTask.Classify,
        _ => throw new FileFormatFaultException($"YOLO has no task \"{name}\"; it has detect, segment, pose, obb and classify."),
    };

    public static string Name(YoloTask task) => task.ToString().ToLowerInvariant();

    /// <summary>The task that carries most of what is marked.</summary>
    public static YoloTask For(FormatOptions options, DatasetFacts facts)
    {
        if (Parse(options.YoloTask) is { } chosen) return chosen;
        bool Has(params ReadOnlySpan<MarkKind> kinds)
        {
            foreach (var kind in kinds)
                if (facts.Marks.GetValueOrDefault(kind) > 0) return true;
            return false;
        }

        return Has(MarkKind.Keypoints) ? YoloTask.Pose
            : Has(MarkKind.Polygon, MarkKind.Polygons, MarkKind.Mask, MarkKind.Ellipse) ? YoloTask.Segment
            : Has(MarkKind.RotatedBox) ? YoloTask.Obb
            : YoloTask.Detect;
    }

    public static IReadOnlyList<MarkKind> Marks(YoloTask task) => task switch
    {
        YoloTask.Detect => [MarkKind.Box],
        YoloTask.Segment => [MarkKind.Polygon],
        YoloTask.Pose => [MarkKind.Box, MarkKind.Keypoints],
        YoloTask.Obb => [MarkKind.RotatedBox],
        _ => [],
    };
}
