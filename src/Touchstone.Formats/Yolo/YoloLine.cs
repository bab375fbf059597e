using System.Globalization;
using Touchstone.Annotations.Geometry;
using Touchstone.Formats.Exchange;

namespace Touchstone.Formats.Yolo;

/// <summary>One line of a label file: the class's number and coordinates in parts of the picture, then a score in files of predictions.</summary>
/// <remarks>docs.ultralytics.com, "Datasets". Parts of the whole width and height, so x * width is a continuous pixel coordinate. Numbers are written in full.</remarks>
internal static class YoloLine
{
    private const double OutsideMax = 10;
    private const double SkewMaxPx = 2;

    /// <returns>Null where the line contradicts the format: <paramref name="fault"/> says how.</returns>
    public static LabelledObject? Read(string[] fields, YoloTask task, (int Count, int Dimensions) points, (int WidthPx, int HeightPx) size, Func<int, string?> className, out string fault)
    {
        fault = "";
        if (!int.TryParse(fields[0], NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) && !(double.TryParse(fields[0], NumberStyles.Float, CultureInfo.InvariantCulture, out var real) && real == Math.Floor(real) && Math.Abs(real) < 1e6 && (number = (int)real) == real))
            fault = $"\"{fields[0]}\" is no number of a class.";
        else if (className(number) is not { } name)
            fault = $"there is no class {number} in the list of names.";
        else if (Numbers(fields, out fault) is { } numbers)
            return Make(name, numbers, task, points, size, out fault);
        return null;
    }

    private static double[]? Numbers(string[] fields, out string fault)
    {
        fault = "";
        var numbers = new double[fields.Length - 1];
        for (var i = 0; i < numbers.Length; i++)
        {
            if (double.TryParse(fields[i + 1], NumberStyles.Float, CultureInfo.InvariantCulture, out numbers[i]) && double.IsFinite(numbers[i]) && Math.Abs(numbers[i]) <= OutsideMax) continue;
            fault = $"field {i + 2} is \"{fields[i + 1]}\"; a part of the picture, from 0 to 1, was expected.";
            return null;
        }

        return numbers;
    }

    private static LabelledObject? Make(string name, double[] numbers, YoloTask task, (int Count, int Dimensions) points, (int W, int H) size, out string fault)
    {
        fault = "";
        var pose = task == YoloTask.Pose ? points.Count * points.Dimensions : 0;
        var isScored = numbers.Length == 4 + pose + 1 || pose == 0 && numbers.Length > 4 && numbers.Length % 2 == 1;
        var count = isScored ? numbers.Length - 1 : numbers.Length;
        double? score = isScored ? numbers[^1] : null;
        if (count == 4 + pose)
        {
            if (numbers[2] < 0 || numbers[3] < 0)
            {
                fault = "width and height must not be below 0.";
                return null;
            }

            var (width, height) = (numbers[2] * size.W, numbers[3] * size.H);
            var box = new Outline(new Box(numbers[0] * size.W - width / 2, numbers[1] * size.H - height / 2, width, height));
            var keypoints = pose > 0 ? Points(numbers, points, size, out fault) : null;
            if (fault.Length > 0) return null;
            return new LabelledObject(name, box) { OtherMarks = keypoints is null ? [] : [new Outline(keypoints)], Score = score };
        }

        if (pose > 0 || count < 6 || count % 2 != 0)
        {
            fault = $"{numbers.Length + 1} fields; {(pose > 0 ? $"{5 + pose} (class, box and {points.Count} points)" : "5 (class and box), or a class and three points or more,")} were expected.";
            return null;
        }

        var ring = new Point[count / 2];
        for (var i = 0; i < ring.Length; i++) ring[i] = new Point(numbers[2 * i] * size.W, numbers[2 * i + 1] * size.H);
        return new LabelledObject(name, new Outline(task == YoloTask.Obb && ring.Length == 4 ? Turned(ring) : new Polygon(ring))) { Score = score };
    }

    private static Keypoints? Points(double[] numbers, (int Count, int Dimensions) shape, (int W, int H) size, out string fault)
    {
        fault = "";
        var points = new Keypoint[shape.Count];
        var any = false;
        for (var i = 0; i < points.Length; i++)
        {
            var at = 4 + i * shape.Dimensions;
            var (x, y) = (numbers[at], numbers[at + 1]);
            var seen = shape.Dimensions == 3 ? numbers[at + 2] : x == 0 && y == 0 ? 0 : 2;
            if (seen is not (0 or 1 or 2))
            {
                fault = FormattableString.Invariant($"visibility {seen} of point {i + 1}; 0, 1 or 2 was expected.");
                return null;
            }

            points[i] = seen == 0 ? default : new Keypoint(x * size.W, y * size.H, (Visibility)seen);
            any |= seen != 0;
        }

        return any ? new Keypoints(points) : null;
    }

    /// <summary>The rotated box of four corners in whichever direction; the corners themselves where they are no rectangle.</summary>
    private static ShapeGeometry Turned(Point[] c)
    {
        double Cross(Point a, Point b, Point d) => (b.X - a.X) * (d.Y - a.Y) - (b.Y - a.Y) * (d.X - a.X);
        if (Cross(c[0], c[1], c[2]) < 0) c = [c[0], c[3], c[2], c[1]];
        var (ux, uy) = (c[1].X - c[0].X + c[2].X - c[3].X, c[1].Y - c[0].Y + c[2].Y - c[3].Y);
        var (vx, vy) = (c[3].X - c[0].X + c[2].X - c[1].X, c[3].Y - c[0].Y + c[2].Y - c[1].Y);
        var angle = ux == 0 && uy == 0 ? Math.Atan2(-vx, vy) : Math.Atan2(uy, ux);
        var box = new RotatedBox(c.Average(p => p.X), c.Average(p => p.Y), Math.Sqrt(ux * ux + uy * uy) / 2, Math.Sqrt(vx * vx + vy * vy) / 2, angle);
        return box.Corners().Zip(c).All(p => Math.Abs(p.First.X - p.Second.X) <= SkewMaxPx && Math.Abs(p.First.Y - p.Second.Y) <= SkewMaxPx) ? box : new Polygon(c);
    }

    /// <summary>Adds a line.</summary>
    public static void Write(YoloText line, int number, LabelledObject each, (int Count, int Dimensions) points, (int W, int H) size, YoloTask task)
    {
        line.Begin(number);
        if (task is YoloTask.Segment or YoloTask.Obb)
        {
            var ring = each.Mark is Outline { Geometry: Polygon polygon } ? polygon.Points : MarkShapes.RingsOf(each.Mark)[0];
            for (var i = 0; i < ring.Count; i++) Add(line, ring[i].X, ring[i].Y, size);
        }
        else
        {
            var box = Geometry<Box>(each) ?? each.Mark.Bounds!;
            Add(line, box.X + box.Width / 2, box.Y + box.Height / 2, size);
            Add(line, box.Width, box.Height, size);
            if (task == YoloTask.Pose) Write(line, Geometry<Keypoints>(each)?.Points ?? [], points, size);
        }

        if (each.Score is { } score) line.Add(score);
        line.End();
    }

    private static T? Geometry<T>(LabelledObject each)
        where T : ShapeGeometry
    {
        if (each.Mark is Outline { Geometry: T own }) return own;
        foreach (var mark in each.OtherMarks)
            if (mark is Outline { Geometry: T other }) return other;
        return null;
    }

    private static void Add(YoloText line, double x, double y, (int W, int H) size)
    {
        line.Add(x / size.W);
        line.Add(y / size.H);
    }

    private static void Write(YoloText line, IReadOnlyList<Keypoint> list, (int Count, int Dimensions) points, (int W, int H) size)
    {
        for (var i = 0; i < points.Count; i++)
        {
            var point = i < list.Count && list[i].Visibility != Visibility.NotLabelled ? list[i] : default;
            Add(line, point.X, point.Y, size);
            line.Add((int)point.Visibility);
        }
    }
}
