namespace Touchstone.Quality.Detection;

/// <summary>What is evaluated: thresholds, size classes and how many detections of an image and class count.</summary>
/// <param name="Areas">Size classes in square pixels, ends included; the first holds all.</param>
/// <param name="MaxDetections">Ascending.</param>
internal sealed record CocoSettings((double From, double To)[] Areas, int[] MaxDetections)
{
    public const int ThresholdCount = 10;
    public const int RecallLevels = 101;

    /// <summary>Of boxes and masks: all, small, medium, large; 1, 10 and 100 detections.</summary>
    public static readonly CocoSettings Objects = new([(0, 1e10), (0, 32 * 32), (32 * 32, 96 * 96), (96 * 96, 1e10)], [1, 10, 100]);

    /// <summary>Of keypoints: all, medium, large; 20 detections.</summary>
    public static readonly CocoSettings Keypoints = new([(0, 1e10), (32 * 32, 96 * 96), (96 * 96, 1e10)], [20]);

    /// <summary>.50, .55, ... .95 with the bits of NumPy's linspace.</summary>
    public static readonly double[] Thresholds = [.. Enumerable.Range(0, ThresholdCount).Select(i => i == ThresholdCount - 1 ? 0.95 : 0.5 + i * ((0.95 - 0.5) / 9))];

    /// <summary>0, .01, ... 1 with the bits of NumPy's linspace.</summary>
    public static readonly double[] Levels = [.. Enumerable.Range(0, RecallLevels).Select(r => r == RecallLevels - 1 ? 1.0 : r * (1.0 / (RecallLevels - 1)))];
}
