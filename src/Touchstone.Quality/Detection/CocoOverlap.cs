using Touchstone.Annotations.Masks;

namespace Touchstone.Quality.Detection;

/// <summary>How far detections cover true objects.</summary>
internal abstract class CocoOverlap
{
    /// <summary>Fills row by row, one row a detection, the overlap with each of the true objects. Safe for several threads.</summary>
    public abstract void Fill(ReadOnlySpan<int> detections, ReadOnlySpan<int> truths, Span<double> overlaps);
}

/// <summary>Intersection over union of boxes (x, y, width, height), of crowds over the detection's area; the order of operations is maskApi.c's.</summary>
internal sealed class BoxOverlap(double[] truths, double[] detections, bool[] isCrowd) : CocoOverlap
{
    public override void Fill(ReadOnlySpan<int> detectionPlaces, ReadOnlySpan<int> truthPlaces, Span<double> overlaps)
    {
        var cell = 0;
        foreach (var d in detectionPlaces)
        {
            var found = detections.AsSpan(4 * d, 4);
            var area = found[2] * found[3];
            foreach (var g in truthPlaces)
            {
                var truth = truths.AsSpan(4 * g, 4);
                var width = Math.Min(found[2] + found[0], truth[2] + truth[0]) - Math.Max(found[0], truth[0]);
                var height = Math.Min(found[3] + found[1], truth[3] + truth[1]) - Math.Max(found[1], truth[1]);
                double overlap = 0;
                if (width > 0 && height > 0)
                {
                    var both = width * height;
                    overlap = both / (isCrowd[g] ? area : area + truth[2] * truth[3] - both);
                }

                overlaps[cell++] = overlap;
            }
        }
    }
}

/// <summary>Intersection over union of masks, of crowds over the detection's area.</summary>
internal sealed class MaskOverlap(RunLengthMask[] truths, RunLengthMask[] detections, bool[] isCrowd) : CocoOverlap
{
    public override void Fill(ReadOnlySpan<int> detectionPlaces, ReadOnlySpan<int> truthPlaces, Span<double> overlaps)
    {
        var cell = 0;
        foreach (var d in detectionPlaces)
            foreach (var g in truthPlaces) overlaps[cell++] = RunLengthMask.Overlap(detections[d], truths[g], isCrowd[g]);
    }
}

/// <summary>Object keypoint similarity; to an object without labelled points, nearness to its box at twice the size.</summary>
internal sealed class KeypointOverlap(IReadOnlyList<CocoKeypointTruth> truths, IReadOnlyList<CocoKeypointDetection> detections, double[] sigmas) : CocoOverlap
{
    private const double Epsilon = 2.220446049250313e-16;

    /// <summary>COCO's spreads of nose, eyes, ears, shoulders, elbows, wrists, hips, knees and ankles.</summary>
    public static readonly double[] PersonSigmas =
        [.026, .025, .025, .035, .035, .079, .079, .072, .072, .062, .062, .107, .107, .087, .087, .089, .089];

    /// <summary>Area of the box around all points, labelled or not, which decides the size class of a detection.</summary>
    public static double AreaOf(double[] keypoints)
    {
        if (keypoints.Length == 0) return 0;
        double left = double.PositiveInfinity, top = double.PositiveInfinity, right = double.NegativeInfinity, bottom = double.NegativeInfinity;
        for (var i = 0; i < keypoints.Length; i += 3)
        {
            (left, right) = (Math.Min(left, keypoints[i]), Math.Max(right, keypoints[i]));
            (top, bottom) = (Math.Min(top, keypoints[i + 1]), Math.Max(bottom, keypoints[i + 1]));
        }

        return (right - left) * (bottom - top);
    }

    public override void Fill(ReadOnlySpan<int> detectionPlaces, ReadOnlySpan<int> truthPlaces, Span<double> overlaps)
    {
        var cell = 0;
        foreach (var d in detectionPlaces)
            foreach (var g in truthPlaces) overlaps[cell++] = Similarity(truths[g], detections[d].Keypoints);
    }

    private double Similarity(CocoKeypointTruth truth, double[] found)
    {
        var points = truth.Keypoints;
        var labelled = 0;
        for (var i = 0; i < sigmas.Length; i++)
            if (points[3 * i + 2] > 0) labelled++;
        var (x, y, width, height) = (truth.Box.X, truth.Box.Y, truth.Box.Width, truth.Box.Height);
        double sum = 0;
        for (var i = 0; i < sigmas.Length; i++)
        {
            double dx, dy;
            if (labelled == 0)
            {
                dx = Math.Max(0, x - width - found[3 * i]) + Math.Max(0, found[3 * i] - (x + width * 2));
                dy = Math.Max(0, y - height - found[3 * i + 1]) + Math.Max(0, found[3 * i + 1] - (y + height * 2));
            }
            else if (points[3 * i + 2] > 0)
            {
                (dx, dy) = (found[3 * i] - points[3 * i], found[3 * i + 1] - points[3 * i + 1]);
            }
            else
            {
                continue;
            }

            var spread = sigmas[i] * 2 * (sigmas[i] * 2);
            sum += Math.Exp(-((dx * dx + dy * dy) / spread / (truth.Area + Epsilon) / 2));
        }

        return sum / (labelled == 0 ? sigmas.Length : labelled);
    }
}
