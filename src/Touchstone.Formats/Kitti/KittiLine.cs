using System.Globalization;
using System.Text;
using System.Text.Json;
using Touchstone.Annotations.Geometry;
using Touchstone.Formats.Exchange;
using Touchstone.Formats.Json;

namespace Touchstone.Formats.Kitti;

/// <summary>One object of KITTI's labels: type, truncated, occluded, alpha, left, top, right, bottom, height, width, length, x, y, z, rotation_y and, of results, score.</summary>
/// <remarks>
/// Geiger, Lenz, Urtasun, CVPR 2012; readme of the object devkit. Pixels are real numbers counted from 0 and taken as edges. x, y, z is the middle of the cuboid's bottom in the rectified camera's frame (x right, y down, z forward, metres);
/// at rotation_y 0 the object heads along x, and it turns about y. Our cuboid has its middle as its place and heads along its own x with its own z up. -1, -10 and -1000 say that something is not known.
/// </remarks>
internal static class KittiLine
{
    public const string DontCare = "DontCare";
    public const string Alpha = "alpha";
    public const string Frame = "camera";

    private const int FieldCount = 15;

    /// <summary>From an object's own axes (x ahead, y left, z up) to the camera's at rotation_y 0: a quarter turn about x.</summary>
    private static readonly Quaternion Upright = new(Math.Sqrt(0.5), 0, 0, Math.Sqrt(0.5));

    /// <returns>Null where the line contradicts the format: <paramref name="fault"/> says how.</returns>
    public static LabelledObject? Read(ReadOnlySpan<string> fields, int firstField, out string fault)
    {
        fault = "";
        if (fields.Length is not (FieldCount or FieldCount + 1))
        {
            fault = $"{fields.Length + firstField} fields; {FieldCount + firstField} were expected, or {FieldCount + firstField + 1} with a score.";
            return null;
        }

        var numbers = new double[fields.Length - 1];
        for (var i = 0; i < numbers.Length; i++)
        {
            if (double.TryParse(fields[i + 1], NumberStyles.Float, CultureInfo.InvariantCulture, out numbers[i]) && double.IsFinite(numbers[i])) continue;
            fault = $"field {firstField + i + 2} is \"{fields[i + 1]}\"; a number was expected.";
            return null;
        }

        var (left, top, right, bottom) = (numbers[3], numbers[4], numbers[5], numbers[6]);
        List<Mark> marks = [];
        if (right < left || bottom < top)
        {
            // The label is not thrown away with its sides in the wrong order, if it is nothing but a region to pass over.
            if (fields[0] != DontCare)
            {
                fault = FormattableString.Invariant($"right {right} and bottom {bottom} must not be below left {left} and top {top}.");
                return null;
            }

            (left, right, top, bottom) = (Math.Min(left, right), Math.Max(left, right), Math.Min(top, bottom), Math.Max(top, bottom));
        }

        if (!(left == -1 && top == -1 && right == -1 && bottom == -1)) marks.Add(new Outline(new Box(left, top, right - left, bottom - top)));
        if (ReadCuboid(numbers) is { } cuboid) marks.Add(cuboid);
        if (marks.Count == 0)
        {
            fault = "neither a box in the picture nor one in space.";
            return null;
        }

        return new LabelledObject(fields[0], marks[0]) { OtherMarks = marks[1..], Attributes = Attributes(fields[0], numbers), Score = numbers.Length == FieldCount ? numbers[^1] : null };
    }

    private static Cuboid? ReadCuboid(double[] n)
    {
        var (height, width, length, x, y, z, turn) = (n[7], n[8], n[9], n[10], n[11], n[12], n[13]);
        return height > 0 && width > 0 && length > 0 && x > -1000 && z > -1000
            ? new Cuboid(x, y - height / 2, z, length, width, height, Quaternion.AboutY(turn) * Upright, Frame)
            : null;
    }

    private static Dictionary<string, JsonElement> Attributes(string name, double[] numbers)
    {
        Dictionary<string, JsonElement> attributes = new(StringComparer.Ordinal);
        if (numbers[0] != -1) attributes.Add(CommonAttributes.Truncated, JsonValues.Of(numbers[0]));
        if (numbers[1] != -1) attributes.Add(CommonAttributes.Occluded, JsonValues.Of(numbers[1]));
        if (numbers[2] != -10) attributes.Add(Alpha, JsonValues.Of(numbers[2]));
        if (name == DontCare) attributes.Add(CommonAttributes.Crowd, JsonValues.True);
        return attributes;
    }

    /// <summary>Why an object cannot be a line; null where it can.</summary>
    public static string? Refusal(LabelledObject each) => each.OtherMarks.Prepend(each.Mark).OfType<Cuboid>().FirstOrDefault(c => c.Frame != Frame) is { } other
        ? $"a cuboid in the frame \"{other.Frame}\"; KITTI's labels are in the frame of the {Frame}: bring it there first."
        : null;

    /// <exception cref="FileFormatFaultException">The cuboid is in another frame than the camera's.</exception>
    public static void Write(StringBuilder line, LabelledObject each, string sample)
    {
        IEnumerable<Mark> marks = [each.Mark, .. each.OtherMarks];
        var box = marks.OfType<Outline>().Select(o => o.Geometry).OfType<Box>().FirstOrDefault();
        var cuboid = marks.OfType<Cuboid>().FirstOrDefault();
        if (Refusal(each) is { } refusal) throw new FileFormatFaultException($"{sample}: {refusal}");
        line.Append(Word(each.Class));
        void Add(double value) => line.Append(CultureInfo.InvariantCulture, $" {value:R}");
        Add(Value(each, CommonAttributes.Truncated, -1));
        Add(Value(each, CommonAttributes.Occluded, -1));
        Add(Value(each, Alpha, -10));
        foreach (var side in box is null ? (ReadOnlySpan<double>)[-1, -1, -1, -1] : [box.X, box.Y, box.Right, box.Bottom]) Add(side);
        if (cuboid is null) foreach (var unknown in (ReadOnlySpan<double>)[-1, -1, -1, -1000, -1000, -1000, -10]) Add(unknown);
        else foreach (var value in (ReadOnlySpan<double>)[cuboid.Height, cuboid.Width, cuboid.Length, cuboid.X, cuboid.Y + cuboid.Height / 2, cuboid.Z, Turn(cuboid.Rotation)]) Add(value);
        if (each.Score is { } score) Add(score);
        line.Append('\n');
    }

    /// <summary>KITTI parts fields by spaces, so a class is one word.</summary>
    private static string Word(string name) => string.Join('_', name.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)) is { Length: > 0 } word ? word : "_";

    private static double Value(LabelledObject each, string name, double otherwise) => each.Attributes.TryGetValue(name, out var value)
        ? value.ValueKind switch { JsonValueKind.Number => value.AsNumber() ?? otherwise, JsonValueKind.True => 1, JsonValueKind.False => 0, JsonValueKind.String when double.TryParse(value.GetString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) => number, _ => otherwise }
        : otherwise;

    /// <summary>rotation_y of the way that the cuboid heads.</summary>
    private static double Turn(Quaternion q)
    {
        var (x, z) = (1 - 2 * (q.Y * q.Y + q.Z * q.Z), 2 * (q.X * q.Z - q.W * q.Y));
        return Math.Atan2(-z, x);
    }
}
