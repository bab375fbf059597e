using System.Text.Json;
using Touchstone.Annotations.Geometry;
using Touchstone.Formats.Exchange;

namespace Touchstone.Formats.Coco;

/// <summary>The marks of one annotation: COCO has a place for a box, one for an outline, one for keypoints and one for a cuboid.</summary>
internal sealed record CocoMarks(Mark? Outline, Box? Box, Keypoints? Points, Cuboid? Cuboid = null)
{
    public static IReadOnlyList<CocoMarks> Of(LabelledObject each)
    {
        if (each.OtherMarks.Count == 0) return [new CocoMarks(null, null, null).With(each.Mark)!];
        List<CocoMarks> all = [new(null, null, null)];
        foreach (var mark in (IEnumerable<Mark>)[each.Mark, .. each.OtherMarks])
        {
            var at = all.FindIndex(m => m.With(mark) is not null);
            if (at < 0) all.Add(new CocoMarks(null, null, null).With(mark)!);
            else all[at] = all[at].With(mark)!;
        }

        return all;
    }

    private CocoMarks? With(Mark mark) => mark switch
    {
        Exchange.Outline { Geometry: Keypoints points } => Points is null ? this with { Points = points } : null,
        Exchange.Outline { Geometry: Box box } => Box is null ? this with { Box = box } : null,
        Exchange.Cuboid cuboid => Cuboid is null ? this with { Cuboid = cuboid } : null,
        _ => Outline is null ? this with { Outline = mark } : null,
    };

    /// <summary>Writes one annotation. Where <paramref name="id"/> is null it is one of a list of results.</summary>
    public static void Write(Utf8JsonWriter json, long? id, CocoImageId image, long category, LabelledObject each, CocoMarks marks)
    {
        var stated = StatedBox(each, marks);
        var box = marks.Box ?? stated ?? marks.Outline?.Bounds ?? marks.Points?.Bounds;
        json.WriteStartObject();
        if (id is { } number) json.WriteNumber("id"u8, number);
        image.Write(json, "image_id"u8);
        json.WriteNumber("category_id"u8, category);
        if (box is not null && (marks.Box is not null || marks.Outline is not null))
        {
            json.WriteStartArray("bbox"u8);
            json.WriteNumberValue(box.X);
            json.WriteNumberValue(box.Y);
            json.WriteNumberValue(box.Width);
            json.WriteNumberValue(box.Height);
            json.WriteEndArray();
        }

        if (id is not null)
        {
            var area = each.Attributes.TryGetValue("area", out var own) && own.ValueKind == JsonValueKind.Number ? own.GetDouble() : marks.Outline is not null ? CocoObjectReader.AreaOf(marks.Outline) : box?.Area ?? 0;
            json.WriteNumber("area"u8, area);
            json.WriteNumber("iscrowd"u8, IsTrue(each, CommonAttributes.Crowd) ? 1 : 0);
        }

        WriteOutline(json, marks.Outline, isResult: id is null);
        if (marks.Points is { } points) WritePoints(json, points);
        if (each.Score is { } score) json.WriteNumber("score"u8, score);
        if (each.Track is { } track)
        {
            if (long.TryParse(track, out var instance) && instance.ToString(System.Globalization.CultureInfo.InvariantCulture) == track) json.WriteNumber("instance_id"u8, instance);
            else json.WriteString("track_id"u8, track);
        }

        if (marks.Cuboid is { } cuboid) CocoCuboid.Write(json, cuboid);
        WriteAttributes(json, each, marks.Outline, hasBox: stated is not null);
        json.WriteEndObject();
    }

    /// <summary>The box that was stated of an outline, where it is still near it.</summary>
    private static Box? StatedBox(LabelledObject each, CocoMarks marks)
    {
        if (marks is not { Box: null, Outline.Bounds: { } extent } || !each.Attributes.TryGetValue(CocoObjectReader.StatedBox, out var value) || value.ValueKind != JsonValueKind.Array || value.GetArrayLength() != 4) return null;
        foreach (var side in value.EnumerateArray())
            if (side.ValueKind != JsonValueKind.Number) return null;
        var box = new Box(value[0].GetDouble(), value[1].GetDouble(), value[2].GetDouble(), value[3].GetDouble());
        return CocoObjectReader.Compare(box, extent) == CocoObjectReader.Stated.Near ? box : null;
    }

    private static bool IsTrue(LabelledObject each, string name) =>
        each.Attributes.TryGetValue(name, out var value) && (value.ValueKind == JsonValueKind.True || value.ValueKind == JsonValueKind.Number && value.GetDouble() > 0);

    private static void WriteOutline(Utf8JsonWriter json, Mark? outline, bool isResult)
    {
        if (outline is PixelMask { Mask: var mask })
        {
            json.WriteStartObject("segmentation"u8);
            json.WriteStartArray("size"u8);
            json.WriteNumberValue(mask.Height);
            json.WriteNumberValue(mask.Width);
            json.WriteEndArray();
            json.WriteString("counts"u8, mask.ToString());
            json.WriteEndObject();
            return;
        }

        IReadOnlyList<IReadOnlyList<Point>> rings = outline is Exchange.Outline { Geometry: Polyline } or null ? [] : MarkShapes.RingsOf(outline);
        if (isResult && rings.Count == 0) return;
        json.WriteStartArray("segmentation"u8);
        foreach (var ring in rings)
        {
            json.WriteStartArray();
            foreach (var (x, y) in ring)
            {
                json.WriteNumberValue(x);
                json.WriteNumberValue(y);
            }

            json.WriteEndArray();
        }

        json.WriteEndArray();
    }

    private static void WritePoints(Utf8JsonWriter json, Keypoints points)
    {
        json.WriteStartArray("keypoints"u8);
        foreach (var point in points.Points)
        {
            var isLabelled = point.Visibility != Visibility.NotLabelled;
            json.WriteNumberValue(isLabelled ? point.X : 0);
            json.WriteNumberValue(isLabelled ? point.Y : 0);
            json.WriteNumberValue((int)point.Visibility);
        }

        json.WriteEndArray();
        json.WriteNumber("num_keypoints"u8, points.Points.Count(p => p.Visibility != Visibility.NotLabelled));
    }

    private static void WriteAttributes(Utf8JsonWriter json, LabelledObject each, Mark? outline, bool hasBox)
    {
        var geometry = outline is Exchange.Outline { Geometry: RotatedBox or Polyline } own ? own.Geometry : null;
        if (geometry is null && each.Attributes.Count == 0) return;
        json.WriteStartObject("attributes"u8);
        foreach (var (name, value) in each.Attributes)
        {
            if (name is CommonAttributes.Crowd or "area" || hasBox && name == CocoObjectReader.StatedBox || geometry is RotatedBox && name == CocoWriter.RotationAttribute || geometry is Polyline && name == CocoWriter.PolylineAttribute) continue;
            json.WritePropertyName(name);
            value.WriteTo(json);
        }

        if (geometry is RotatedBox rotated) json.WriteNumber(CocoWriter.RotationAttribute, rotated.Angle * 180 / Math.PI);
        else if (geometry is Polyline line)
        {
            json.WriteStartArray(CocoWriter.PolylineAttribute);
            foreach (var (x, y) in line.Points)
            {
                json.WriteStartArray();
                json.WriteNumberValue(x);
                json.WriteNumberValue(y);
                json.WriteEndArray();
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
    }
}
