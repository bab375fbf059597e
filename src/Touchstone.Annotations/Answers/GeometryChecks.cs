using System.Buffers;
using System.Text.Json;
using Touchstone.Annotations.Geometry;
using Touchstone.Annotations.Json;
using Touchstone.Annotations.Ontologies;

namespace Touchstone.Annotations.Answers;

/// <summary>Checks the JSON of each geometry: its form, that it is not degenerate, its class's limits, its place in the image.</summary>
internal static class GeometryChecks
{
    /// <summary>Coordinates beyond this are no pixels of any image.</summary>
    private const double MaxCoordinate = 10_000_000;

    private const double FullTurn = 2 * Math.PI;

    private static readonly IdIndex BoxMembers = new(["x", "y", "width", "height"], static name => (string)name);
    private static readonly IdIndex RotatedBoxMembers = new(["cx", "cy", "width", "height", "angle"], static name => (string)name);
    private static readonly string[] BoxNames = ["x", "y", "width", "height"];
    private static readonly string[] RotatedBoxNames = ["cx", "cy", "width", "height", "angle"];

    public static void Box(JsonElement value, ShapeClass shapeClass, ref CheckRun run)
    {
        Span<double> numbers = stackalloc double[4];
        if (!ReadRecord(value, BoxNames, BoxMembers, numbers, ref run) || !HasExtent(numbers[2], numbers[3], ref run)) return;
        var measure = new Measure(numbers[0], numbers[1], numbers[0] + numbers[2], numbers[1] + numbers[3])
        {
            Width = numbers[2],
            Height = numbers[3],
            Area = numbers[2] * numbers[3],
        };
        CheckLimits(measure, shapeClass.Limits, ref run);
        CheckPlace(measure, shapeClass.Limits, ref run);
    }

    /// <summary>Of a rotated box the centre must lie in the image: its corners have to leave it where the thing lies at the edge.</summary>
    public static void RotatedBox(JsonElement value, ShapeClass shapeClass, ref CheckRun run)
    {
        Span<double> numbers = stackalloc double[5];
        if (!ReadRecord(value, RotatedBoxNames, RotatedBoxMembers, numbers, ref run) || !HasExtent(numbers[2], numbers[3], ref run)) return;
        if (Math.Abs(numbers[4]) > FullTurn) run.ReportAt("angle", "radians, within one turn either way", $"{numbers[4]}");

        var (sin, cos) = Math.SinCos(numbers[4]);
        var halfWidth = (Math.Abs(numbers[2] * cos) + Math.Abs(numbers[3] * sin)) / 2;
        var halfHeight = (Math.Abs(numbers[2] * sin) + Math.Abs(numbers[3] * cos)) / 2;
        var measure = new Measure(numbers[0], numbers[1], numbers[0], numbers[1]) { Width = numbers[2], Height = numbers[3], Area = numbers[2] * numbers[3] };
        CheckLimits(measure, shapeClass.Limits, ref run);
        if (shapeClass.Limits.MayLeaveImage)
            measure = new Measure(numbers[0] - halfWidth, numbers[1] - halfHeight, numbers[0] + halfWidth, numbers[1] + halfHeight);
        CheckPlace(measure, shapeClass.Limits, ref run);
    }

    public static void Polygon(JsonElement value, ShapeClass shapeClass, ref CheckRun run)
    {
        var rented = default(Point[]);
        if (ReadPoints(value, 3, "polygon", ref rented, out var count, ref run)) CheckPolygon(rented.AsSpan(0, count), shapeClass, ref run);
        if (rented is not null) ArrayPool<Point>.Shared.Return(rented);
    }

    private static void CheckPolygon(ReadOnlySpan<Point> points, ShapeClass shapeClass, ref CheckRun run)
    {
        if (points[0] == points[^1])
        {
            run.Report("a last point other than the first: the ring closes by itself", "the first point again");
            return;
        }

        var measure = Measure.Of(points) with { Area = PolygonArea.Of(points), Vertices = points.Length };
        if (measure.Area < AnswerChecker.MinExtentPx * AnswerChecker.MinExtentPx)
            run.Report("a polygon that encloses an area", "points on one line");
        else if (AreaSimilarity.FlawOf(points) is { } flaw)
            run.Report("a polygon that does not cross or touch itself", flaw);
        CheckLimits(measure, shapeClass.Limits, ref run);
        CheckPlace(measure, shapeClass.Limits, ref run);
    }

    public static void Polyline(JsonElement value, ShapeClass shapeClass, ref CheckRun run)
    {
        var rented = default(Point[]);
        if (ReadPoints(value, 2, "polyline", ref rented, out var count, ref run)) CheckPolyline(rented.AsSpan(0, count), shapeClass, ref run);
        if (rented is not null) ArrayPool<Point>.Shared.Return(rented);
    }

    private static void CheckPolyline(ReadOnlySpan<Point> points, ShapeClass shapeClass, ref CheckRun run)
    {
        var measure = Measure.Of(points) with { Vertices = points.Length };
        if (Math.Max(measure.Width, measure.Height) < AnswerChecker.MinExtentPx) run.Report("a line of some length", "points in one place");
        CheckLimits(measure, shapeClass.Limits, ref run);
        CheckPlace(measure, shapeClass.Limits, ref run);
    }

    public static void Keypoints(JsonElement value, ShapeClass shapeClass, ref CheckRun run)
    {
        var names = shapeClass.Keypoints!.Names;
        if (value.ValueKind != JsonValueKind.Array || value.GetArrayLength() != names.Count)
        {
            run.Report($"a list of {names.Count} points [x, y, v]: {string.Join(", ", names)}", value);
            return;
        }

        var measure = Measure.Nothing;
        var (index, labelled) = (0, 0);
        foreach (var item in value.EnumerateArray())
        {
            run.Enter(index++);
            if (ReadKeypoint(item, out var point, ref run))
            {
                measure = measure.And(point);
                labelled++;
            }

            run.Leave();
        }

        if (labelled == 0)
        {
            run.Report("at least one labelled point (v of 1 or 2)", "none");
            return;
        }

        measure = measure.WithExtent() with { Vertices = labelled };
        CheckLimits(measure, shapeClass.Limits, ref run);
        CheckPlace(measure, shapeClass.Limits, ref run);
    }

    /// <summary>Reads one point; false where it is not labelled or has a fault.</summary>
    private static bool ReadKeypoint(JsonElement item, out Point point, ref CheckRun run)
    {
        point = default;
        Span<double> numbers = stackalloc double[3];
        if (!ReadTuple(item, numbers, "[x, y, v]", ref run)) return false;
        if (numbers[2] is not (0 or 1 or 2))
        {
            run.Enter(2);
            run.Report("a visibility: 0 not labelled, 1 hidden, 2 visible", $"{numbers[2]}");
            run.Leave();
            return false;
        }

        point = new Point(numbers[0], numbers[1]);
        if (numbers[2] == 0 && point != default) run.Report("0, 0 for a point that is not labelled", $"{point.X}, {point.Y}");
        return numbers[2] != 0;
    }

    private static bool ReadPoints(JsonElement value, int least, string noun, ref Point[]? rented, out int count, ref CheckRun run)
    {
        count = value.ValueKind == JsonValueKind.Array ? value.GetArrayLength() : -1;
        if (count < least || count > AnswerChecker.MaxVertices)
        {
            run.Report($"a {noun}: a list of {least} to {AnswerChecker.MaxVertices} points [x, y]", value);
            return false;
        }

        rented = ArrayPool<Point>.Shared.Rent(count);
        Span<double> numbers = stackalloc double[2];
        var (index, whole) = (0, true);
        foreach (var item in value.EnumerateArray())
        {
            run.Enter(index);
            whole &= ReadTuple(item, numbers, "[x, y]", ref run);
            run.Leave();
            rented[index++] = new Point(numbers[0], numbers[1]);
        }

        return whole;
    }

    private static bool ReadTuple(JsonElement item, Span<double> numbers, string form, ref CheckRun run)
    {
        if (item.ValueKind != JsonValueKind.Array || item.GetArrayLength() != numbers.Length)
        {
            run.Report($"a point {form}", item);
            return false;
        }

        var (index, whole) = (0, true);
        foreach (var number in item.EnumerateArray())
        {
            run.Enter(index);
            whole &= ReadNumber(number, out numbers[index], ref run);
            run.Leave();
            index++;
        }

        return whole;
    }

    private static bool ReadRecord(JsonElement value, string[] names, IdIndex index, Span<double> numbers, ref CheckRun run)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            run.Report($"an object with {string.Join(", ", names)}", value);
            return false;
        }

        var (seen, whole) = (0, true);
        foreach (var member in value.EnumerateObject())
        {
            var place = index.Find(JsonText.Utf8Of(member));
            if (place < 0 || (seen & 1 << place) != 0)
            {
                run.ReportAt(member.Name, $"{string.Join(", ", names)}, each once", place < 0 ? "another name" : "it a second time");
                whole = false;
                continue;
            }

            seen |= 1 << place;
            run.Enter(names[place]);
            whole &= ReadNumber(member.Value, out numbers[place], ref run);
            run.Leave();
        }

        for (var i = 0; i < names.Length; i++)
        {
            if ((seen & 1 << i) != 0) continue;
            run.ReportAt(names[i], "a number", "nothing");
            whole = false;
        }

        return whole;
    }

    private static bool ReadNumber(JsonElement value, out double number, ref CheckRun run)
    {
        number = 0;
        if (value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out number) && Math.Abs(number) <= MaxCoordinate) return true;
        run.Report($"a finite number of at most {MaxCoordinate} in size", value);
        return false;
    }

    private static bool HasExtent(double width, double height, ref CheckRun run)
    {
        if (width < AnswerChecker.MinExtentPx) run.ReportAt("width", $"at least {AnswerChecker.MinExtentPx} px", $"{width} px");
        if (height < AnswerChecker.MinExtentPx) run.ReportAt("height", $"at least {AnswerChecker.MinExtentPx} px", $"{height} px");
        return width >= AnswerChecker.MinExtentPx && height >= AnswerChecker.MinExtentPx;
    }

    private static void CheckLimits(in Measure measure, ShapeLimits limits, ref CheckRun run)
    {
        if (ReferenceEquals(limits, ShapeLimits.None)) return;
        CheckLimit("a width", measure.Width, limits.MinWidth, limits.MaxWidth, "px", ref run);
        CheckLimit("a height", measure.Height, limits.MinHeight, limits.MaxHeight, "px", ref run);
        if (measure.Area is { } area) CheckLimit("an area", area, limits.MinArea, limits.MaxArea, "px²", ref run);
        if (measure.Vertices is not { } vertices) return;
        if (vertices < limits.MinVertices) run.Report($"at least {limits.MinVertices} points", $"{vertices}");
        if (vertices > limits.MaxVertices) run.Report($"at most {limits.MaxVertices} points", $"{vertices}");
    }

    private static void CheckLimit(string what, double value, double? min, double? max, string unit, ref CheckRun run)
    {
        if (value < min) run.Report($"{what} of at least {min} {unit}", $"{value:0.###} {unit}");
        if (value > max) run.Report($"{what} of at most {max} {unit}", $"{value:0.###} {unit}");
    }

    private static void CheckPlace(in Measure measure, ShapeLimits limits, ref CheckRun run)
    {
        if (!run.Input.HasSize) return;
        var (width, height) = (run.Input.WidthPx, run.Input.HeightPx);
        if (limits.MayLeaveImage)
        {
            if (measure.Right <= 0 || measure.Bottom <= 0 || measure.Left >= width || measure.Top >= height)
                run.Report($"a shape that touches the image of {width} x {height} px", measure.ToString());
            return;
        }

        const double Edge = AnswerChecker.EdgeTolerancePx;
        if (measure.Left < -Edge || measure.Top < -Edge || measure.Right > width + Edge || measure.Bottom > height + Edge)
            run.Report($"a shape within the image of {width} x {height} px", measure.ToString());
    }

    /// <summary>What limits and places are checked against.</summary>
    private readonly record struct Measure(double Left, double Top, double Right, double Bottom)
    {
        public static readonly Measure Nothing =
            new(double.PositiveInfinity, double.PositiveInfinity, double.NegativeInfinity, double.NegativeInfinity);

        public double Width { get; init; }

        public double Height { get; init; }

        public double? Area { get; init; }

        public int? Vertices { get; init; }

        public static Measure Of(ReadOnlySpan<Point> points)
        {
            var measure = Nothing;
            foreach (var point in points) measure = measure.And(point);
            return measure.WithExtent();
        }

        public Measure And(Point point) =>
            new(Math.Min(Left, point.X), Math.Min(Top, point.Y), Math.Max(Right, point.X), Math.Max(Bottom, point.Y));

        public Measure WithExtent() => this with { Width = Right - Left, Height = Bottom - Top };

        public override string ToString() => $"x {Left:0.###} to {Right:0.###}, y {Top:0.###} to {Bottom:0.###}";
    }
}
