using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Touchstone.Annotations.Geometry;
using Touchstone.Formats.Exchange;
using Touchstone.Formats.Json;

namespace Touchstone.Formats.Vott;

/// <summary>One asset of VoTT with its regions.</summary>
internal static class VottAsset
{
    private const string Version = "2.2.0";
    private const int Tagged = 2, Visited = 1, Image = 1;

    /// <returns>Null where it is none, which is told.</returns>
    public static Sample? Read(JsonElement member, JsonPlace place)
    {
        var asset = member.Member("asset") ?? default;
        if (asset.Text("name") is not { Length: > 0 } name)
        {
            place.Below("asset").Below("name").Tell($"the name of a picture was expected; {asset.Member("name").Found()} found.");
            return null;
        }

        var size = asset.Member("size") ?? default;
        List<LabelledObject> objects = [];
        var index = 0;
        if (member.Member("regions") is { ValueKind: not JsonValueKind.Array } odd) place.Below("regions").Tell($"a list was expected; {((JsonElement?)odd).Found()} found.");
        foreach (var region in member.Items("regions"))
            if (ReadRegion(region, place.Below("regions").Below(index++)) is { } each) objects.Add(each);
        return new Sample
        {
            Name = NameOf(name),
            WidthPx = Side(size, "width"),
            HeightPx = Side(size, "height"),
            Scene = asset.Member("parent")?.Text("name"),
            Address = asset.Text("path") is { } path && path.Contains(':', StringComparison.Ordinal) ? path : null,
            Opinions = [new Opinion { Objects = objects }],
        };
    }

    /// <summary>The name of a picture. VoTT makes it of the path in an address, so that blanks and letters beyond ASCII are percent-encoded.</summary>
    public static string NameOf(string name) => Uri.UnescapeDataString(name).Replace('\\', '/');

    private static int Side(JsonElement size, string name) => size.Whole(name) is > 0 and var side ? side : 0;

    private static LabelledObject? ReadRegion(JsonElement region, JsonPlace place)
    {
        if (MarkOf(region, place) is not { } mark) return null;
        List<string> tags = [];
        foreach (var tag in region.Items("tags"))
        {
            if (tag.ValueKind == JsonValueKind.String) tags.Add(tag.GetString()!);
            else place.Below("tags").Tell($"texts were expected; {((JsonElement?)tag).Found()} found.");
        }

        return new LabelledObject(tags.Count == 0 ? "" : tags[0], mark)
        {
            Id = region.Text("id"),
            Attributes = tags.Count > 1 ? new Dictionary<string, JsonElement>(StringComparer.Ordinal) { [VottFormat.OtherTags] = JsonFields.Of(tags[1..]) } : Sample.Empty,
        };
    }

    private static Outline? MarkOf(JsonElement region, JsonPlace place)
    {
        var type = region.Text("type");
        switch (type)
        {
            case "RECTANGLE" or "SQUARE":
                return BoxOf(region, place);
            case "POLYGON":
                return Points(region, place, 3) is { } ring ? new Outline(new Polygon(ring)) : null;
            case "POLYLINE":
                return Points(region, place, 2) is { } line ? new Outline(new Polyline(line)) : null;
            case "POINT":
                return Points(region, place, 1) is { } point ? new Outline(new Keypoints([.. point.Select(p => new Keypoint(p.X, p.Y, Visibility.Visible))])) : null;
            default:
                place.Below("type").Tell($"RECTANGLE, SQUARE, POLYGON, POLYLINE or POINT was expected; {region.Member("type").Found()} found.");
                return null;
        }
    }

    private static Outline? BoxOf(JsonElement region, JsonPlace place)
    {
        if (region.Member("boundingBox") is not { } box) return Points(region, place, 3) is { } corners ? new Outline(new Polygon(corners).Bounds) : null;
        if (place.Below("boundingBox").Numbers(box, "left", "top", "width", "height") is not { } sides) return null;
        if (sides[2] >= 0 && sides[3] >= 0) return new Outline(new Box(sides[0], sides[1], sides[2], sides[3]));
        place.Below("boundingBox").Tell(FormattableString.Invariant($"width {sides[2]} and height {sides[3]} must not be below 0."));
        return null;
    }

    private static Point[]? Points(JsonElement region, JsonPlace place, int least)
    {
        if (region.Member("points") is not { ValueKind: JsonValueKind.Array } list || list.GetArrayLength() < least)
        {
            place.Below("points").Tell($"a list of {least} points or more was expected; {region.Member("points").Found()} found.");
            return null;
        }

        var points = new Point[list.GetArrayLength()];
        var at = 0;
        foreach (var each in list.EnumerateArray())
        {
            if (place.Below("points").Below(at).Numbers(each, "x", "y") is not { } xy) return null;
            points[at++] = new Point(xy[0], xy[1]);
        }

        return points;
    }

    /// <summary>Begins a project, up to its first asset.</summary>
    public static void WriteHead(Utf8JsonWriter json, DatasetFacts facts)
    {
        json.WriteStartObject();
        json.WriteString("name", facts.Title);
        json.WriteString("version", Version);
        json.WriteStartArray("tags");
        foreach (var each in facts.Classes)
        {
            if (each.Name.Length == 0) continue;
            json.WriteStartObject();
            json.WriteString("name", each.Name);
            json.WriteString("color", each.Colour ?? "#5db300");
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartObject("assets");
    }

    /// <summary>Writes one asset. Its id is made of its name, since VoTT's own are made of paths.</summary>
    public static void Write(Utf8JsonWriter json, Sample sample)
    {
        var id = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(sample.Name)))[..32];
        var objects = sample.Opinions.SelectMany(o => o.Objects).ToList();
        json.WriteStartObject(id);
        json.WriteStartObject("asset");
        json.WriteString("format", Path.GetExtension(sample.Name).TrimStart('.').ToLowerInvariant());
        json.WriteString("id", id);
        json.WriteString("name", WrittenName(sample.Name));
        json.WriteString("path", sample.Address ?? sample.Name);
        json.WriteStartObject("size");
        json.WriteNumber("width", sample.WidthPx);
        json.WriteNumber("height", sample.HeightPx);
        json.WriteEndObject();
        json.WriteNumber("state", objects.Count > 0 ? Tagged : Visited);
        json.WriteNumber("type", Image);
        if (sample.Scene is { } scene)
        {
            json.WriteStartObject("parent");
            json.WriteString("name", scene);
            json.WriteEndObject();
        }

        json.WriteEndObject();
        json.WriteStartArray("regions");
        var number = 0;
        foreach (var each in objects) WriteRegion(json, each, each.Id ?? FormattableString.Invariant($"region-{++number}"));
        json.WriteEndArray();
        json.WriteString("version", Version);
        json.WriteEndObject();
    }

    /// <summary>The name so that it is read as it was: one that looks as if it were percent-encoded has its percent signs encoded.</summary>
    public static string WrittenName(string name) => NameOf(name) == name ? name : name.Replace("%", "%25", StringComparison.Ordinal);

    private static void WriteRegion(Utf8JsonWriter json, LabelledObject each, string id)
    {
        var (type, points) = Drawn(((Outline)each.Mark).Geometry);
        json.WriteStartObject();
        json.WriteString("id", id);
        json.WriteString("type", type);
        json.WriteStartArray("tags");
        if (each.Class.Length > 0) json.WriteStringValue(each.Class);
        if (each.Attributes.TryGetValue(VottFormat.OtherTags, out var others) && others.ValueKind == JsonValueKind.Array)
            foreach (var tag in others.EnumerateArray()) json.WriteStringValue(tag.ToString());
        json.WriteEndArray();
        var box = each.Mark.Bounds!;
        json.WriteStartObject("boundingBox");
        json.WriteNumber("height", box.Height);
        json.WriteNumber("width", box.Width);
        json.WriteNumber("left", box.X);
        json.WriteNumber("top", box.Y);
        json.WriteEndObject();
        json.WriteStartArray("points");
        foreach (var (x, y) in points)
        {
            json.WriteStartObject();
            json.WriteNumber("x", x);
            json.WriteNumber("y", y);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static (string Type, IReadOnlyList<Point> Points) Drawn(ShapeGeometry geometry) => geometry switch
    {
        Box b => ("RECTANGLE", [new(b.X, b.Y), new(b.Right, b.Y), new(b.Right, b.Bottom), new(b.X, b.Bottom)]),
        Polygon polygon => ("POLYGON", polygon.Points),
        Polyline line => ("POLYLINE", line.Points),
        Keypoints points => ("POINT", [.. points.Points.Select(p => new Point(p.X, p.Y))]),
        _ => throw new InvalidOperationException($"VoTT has no {geometry.Kind}; it should have been narrowed away."),
    };
}
