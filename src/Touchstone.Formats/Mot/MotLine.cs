using System.Globalization;
using System.Text;
using System.Text.Json;
using Touchstone.Annotations.Geometry;
using Touchstone.Formats.Exchange;
using Touchstone.Formats.Json;

namespace Touchstone.Formats.Mot;

/// <summary>One line of MOT: frame, track, left, top, width, height, then of the truth whether it counts, class and visibility (2016 on) or x, y, z in the world (2015); of detections and results a score and -1s.</summary>
internal static class MotLine
{
    public const string Visibility = "visibility";

    private static readonly string[] World = ["world_x", "world_y", "world_z"];

    /// <summary>Classes of MOT16 to MOT20, numbered from 1.</summary>
    public static readonly IReadOnlyList<string> Classes =
    [
        "pedestrian", "person_on_vehicle", "car", "bicycle", "motorbike", "non_motorized_vehicle", "static_person", "distractor", "occluder", "occluder_on_ground", "occluder_full", "reflection", "crowd",
    ];

    public static LabelledObject? Read(string line, bool isTruth, int firstPixel, IReadOnlyList<string> names, out string fault)
    {
        fault = "";
        var fields = line.Split(',', StringSplitOptions.TrimEntries);
        if (fields.Length is < 6 or > 10)
        {
            fault = $"{fields.Length} fields parted by commas; 6 to 10 were expected.";
            return null;
        }

        var n = new double[fields.Length];
        for (var i = 0; i < n.Length; i++)
        {
            if (double.TryParse(fields[i], NumberStyles.Float, CultureInfo.InvariantCulture, out n[i]) && double.IsFinite(n[i])) continue;
            fault = $"field {i + 1} is \"{fields[i]}\"; a number was expected.";
            return null;
        }

        if (n[0] < 1 || n[0] > int.MaxValue || n[0] != Math.Floor(n[0])) fault = $"field 1 is \"{fields[0]}\"; the number of a frame, from 1, was expected.";
        else if (n[1] < -1 || n[1] > int.MaxValue || n[1] != Math.Floor(n[1])) fault = $"field 2 is \"{fields[1]}\"; the number of a track, or -1, was expected.";
        else if (n[4] < 0 || n[5] < 0) fault = FormattableString.Invariant($"width {n[4]} and height {n[5]} must not be below 0.");
        else if (ClassOf(n, names) is not { } name) fault = $"field 8 is \"{fields[7]}\"; there is no class of that number.";
        else
        {
            return new LabelledObject(name, new Outline(new Box(n[2] - firstPixel, n[3] - firstPixel, n[4], n[5])))
            {
                Frame = (int)n[0] - 1,
                Track = n[1] < 0 ? null : ((int)n[1]).ToString(CultureInfo.InvariantCulture),
                Score = !isTruth && n.Length > 6 && n[6] != -1 ? n[6] : null,
                Attributes = Attributes(n, isTruth),
            };
        }

        return null;
    }

    private static string? ClassOf(double[] n, IReadOnlyList<string> names)
    {
        if (n.Length is < 8 or 10 || n[7] == -1) return names.Count > 0 && !ReferenceEquals(names, Classes) ? names[0] : Classes[0];
        return n[7] >= 1 && n[7] <= names.Count && n[7] == Math.Floor(n[7]) ? names[(int)n[7] - 1] : null;
    }

    private static Dictionary<string, JsonElement> Attributes(double[] n, bool isTruth)
    {
        Dictionary<string, JsonElement> attributes = new(StringComparer.Ordinal);
        if (isTruth && n.Length > 6 && n[6] == 0) attributes.Add(CommonAttributes.Crowd, JsonValues.True);
        if (n.Length == 9 && n[8] >= 0) attributes.Add(Visibility, JsonValues.Of(n[8]));
        if (n.Length == 10 && !(n[7] == -1 && n[8] == -1 && n[9] == -1))
            for (var i = 0; i < 3; i++) attributes.Add(World[i], JsonValues.Of(n[7 + i]));
        return attributes;
    }

    public static void Write(StringBuilder text, LabelledObject each, int track, int number, int firstPixel, bool isTruth)
    {
        var box = each.Mark.Bounds!;
        text.Append(CultureInfo.InvariantCulture, $"{(each.Frame ?? 0) + 1},{track},{box.X + firstPixel:R},{box.Y + firstPixel:R},{box.Width:R},{box.Height:R},");
        if (isTruth) text.Append(each.Attributes.TryGetValue(CommonAttributes.Crowd, out var crowd) && crowd.ValueKind == JsonValueKind.True ? '0' : '1');
        else text.Append(CultureInfo.InvariantCulture, $"{each.Score ?? -1:R}");
        if (World.All(each.Attributes.ContainsKey)) text.Append(CultureInfo.InvariantCulture, $",{Number(each, World[0])},{Number(each, World[1])},{Number(each, World[2])}");
        else text.Append(CultureInfo.InvariantCulture, $",{number},{(each.Attributes.ContainsKey(Visibility) ? Number(each, Visibility) : "-1")}");
        text.Append('\n');
    }

    private static string Number(LabelledObject each, string name) => each.Attributes[name] is { ValueKind: JsonValueKind.Number } value ? value.GetDouble().ToString("R", CultureInfo.InvariantCulture) : "-1";
}
