using System.Globalization;
using System.Text.Json;
using Touchstone.Annotations.Geometry;
using Touchstone.Formats.Exchange;
using Touchstone.Formats.Json;
using Touchstone.Formats.Rigs;

namespace Touchstone.Formats.Dgp;

/// <summary>Boxes and cuboids of one datum. Those of one instance are one object: its box first, its cuboid beside it.</summary>
/// <remarks>TRI-ML/dgp, <c>dgp/proto/annotations.proto</c>: boxes are whole pixels from the top left; cuboids stand in the sensor's frame by their centre, with their length along their own x, width along y, height along z; occlusion 3 is unknown.</remarks>
internal sealed class DgpAnnotations(IReadOnlyDictionary<long, string> classes, string frame)
{
    public const string PointCount = "num_points";

    public const double UnknownOcclusion = 3;

    private readonly List<LabelledObject> _objects = [];

    /// <summary>Objects with one mark so far, by instance, class and kind of that mark.</summary>
    private readonly Dictionary<(string Track, string Class, MarkKind Kind), int> _halves = [];

    public IReadOnlyList<LabelledObject> Objects => _objects;

    public void AddBoxes(JsonElement file, JsonPlace place) => Add(file, place, (each, at) =>
    {
        if (at.Numbers(each, "x", "y", "w", "h") is not [var x, var y, var width, var height]) return null;
        if (width >= 0 && height >= 0) return new Outline(new Box(x, y, width, height));
        at.Tell(FormattableString.Invariant($"a box of {width} x {height} pixels; none below 0 was expected."));
        return null;
    });

    public void AddCuboids(JsonElement file, JsonPlace place) => Add(file, place, (each, at) =>
    {
        if (at.Numbers(each, "length", "width", "height") is not [var length, var width, var height] || !at.IsSize(length, width, height)) return null;
        return DgpScene.ReadPose(each.Member("pose") ?? default, at.Below("pose")) is { } pose ? new Cuboid(pose.X, pose.Y, pose.Z, length, width, height, pose.Rotation, frame) : null;
    });

    private void Add(JsonElement file, JsonPlace place, Func<JsonElement, JsonPlace, Mark?> read)
    {
        if (file.Member("annotations") is not { ValueKind: JsonValueKind.Array } list)
        {
            // An empty list is left out of JSON that protocol buffers write.
            if (file.ValueKind != JsonValueKind.Object) place.Tell("an object with annotations was expected.");
            return;
        }

        var index = 0;
        foreach (var each in list.EnumerateArray())
        {
            var at = place.Below("annotations").Below(index++);
            var number = each.Number("class_id") ?? 0;
            if (number != Math.Floor(number) || !classes.TryGetValue((long)number, out var name))
            {
                at.Below("class_id").Tell(FormattableString.Invariant($"the class {number} is not in the scene's ontology."));
                continue;
            }

            if (each.Member("box") is not { } box) at.Below("box").Tell("a box was expected; nothing found.");
            else if (read(box, at.Below("box")) is { } mark) Join(new LabelledObject(name, mark) { Track = each.Id("instance_id"), Attributes = Attributes(each, box) });
        }
    }

    private void Join(LabelledObject each)
    {
        var other = each.Mark is Cuboid ? MarkKind.Box : MarkKind.Cuboid;
        if (each.Track is not { } track || !_halves.Remove((track, each.Class, other), out var known))
        {
            if (each.Track is { } own) _halves.TryAdd((own, each.Class, each.Mark.Kind), _objects.Count);
            _objects.Add(each);
            return;
        }

        Dictionary<string, JsonElement> attributes = new(_objects[known].Attributes, StringComparer.Ordinal);
        foreach (var (name, value) in each.Attributes) attributes[name] = value;
        _objects[known] = _objects[known] with { OtherMarks = [each.Mark], Attributes = attributes };
    }

    private static Dictionary<string, JsonElement> Attributes(JsonElement each, JsonElement box)
    {
        Dictionary<string, JsonElement> attributes = new(StringComparer.Ordinal);
        foreach (var member in each.Member("attributes").Members())
            if (member.Value.ValueKind != JsonValueKind.Null) attributes[member.Name] = Typed(member.Name, member.Value);
        if (each.Flag("iscrowd") == true) attributes[CommonAttributes.Crowd] = JsonValues.True;
        if (box.Number("occlusion") is { } occlusion and not UnknownOcclusion) attributes[CommonAttributes.Occluded] = JsonValues.Of(occlusion);
        if (box.Number("truncation") is { } truncation) attributes[CommonAttributes.Truncated] = JsonValues.Of(truncation);
        if (each.Number(PointCount) is { } points) attributes[PointCount] = JsonValues.Of(points);
        return attributes;
    }

    /// <summary>Attributes are texts here; those with a type of their own everywhere are read as such.</summary>
    private static JsonElement Typed(string name, JsonElement value)
    {
        if (name is not (CommonAttributes.Crowd or CommonAttributes.Occluded or CommonAttributes.Truncated) || value.ValueKind != JsonValueKind.String) return value;
        if (bool.TryParse(value.GetString(), out var flag)) return JsonValues.Of(flag);
        return double.TryParse(value.GetString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? JsonValues.Of(number) : value;
    }
}
