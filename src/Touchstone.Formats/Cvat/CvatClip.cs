using System.Globalization;
using System.Text.Json;
using System.Xml.Linq;
using Touchstone.Annotations.Selectors;
using Touchstone.Formats.Exchange;

namespace Touchstone.Formats.Cvat;

/// <summary>One clip while its tracks are read.</summary>
internal sealed class CvatClip
{
    public const string StartFrame = "start_frame", FrameFilter = "frame_filter", Size = "size", Segments = "segments", TaskId = "task_id";

    private readonly List<LabelledObject> _objects = [];
    private int _tracks;

    /// <summary>The task's id in a file that holds a project.</summary>
    public string? Task { get; private init; }

    public required string Name { get; init; }

    public int WidthPx { get; private init; }

    public int HeightPx { get; private init; }

    public int FrameCount { get; private init; }

    public string? Split { get; private init; }

    public IReadOnlyDictionary<string, JsonElement> Facts { get; private init; } = Sample.Empty;

    /// <summary>The clips that a file's head names: its task's or job's, or one for each task of its project.</summary>
    public static IEnumerable<CvatClip> Of(XElement meta, string fileName)
    {
        List<XElement> tasks = [.. meta.Elements("task").Concat(meta.Elements("job")).Concat(meta.Elements("project").Elements("tasks").Elements("task"))];
        foreach (var task in tasks)
        {
            var name = Text(task, "source") ?? (tasks.Count == 1 ? Text(meta, "source") : null) ?? Text(task, "name") ?? fileName;
            var size = task.Element("original_size") ?? meta.Element("original_size");
            var last = Whole(task, "stop_frame");
            yield return new CvatClip
            {
                Task = Text(task, "id"),
                Name = name,
                WidthPx = Whole(size, "width") ?? 0,
                HeightPx = Whole(size, "height") ?? 0,
                FrameCount = last + 1 ?? 0,
                Split = Text(task, "subset"),
                Facts = FactsOf(task),
            };
        }
    }

    /// <summary>Takes the shapes of a track.</summary>
    public void Add(XElement track, CvatReading reading)
    {
        if (track.Attribute("label")?.Value is not { } label)
        {
            reading.Fault(track, "<track> has no label.");
            return;
        }

        var id = track.Attribute("id")?.Value is { Length: > 0 } stated ? stated : string.Create(CultureInfo.InvariantCulture, $"track_{_tracks}");
        _tracks++;
        reading.Classes.TryGetValue(label, out var known);
        Dictionary<string, JsonElement> lasting = new(StringComparer.Ordinal);
        foreach (var shape in track.Elements())
            if (ReadShape(shape, track, known ?? new ObjectClass(label), lasting, reading) is { } each) _objects.Add(each with { Track = id });
    }

    public Sample ToSample() => new()
    {
        Name = Name,
        Kind = InputKind.Clip,
        WidthPx = WidthPx,
        HeightPx = HeightPx,
        FrameCount = FrameCount,
        InterpolationStep = Step,
        Split = Split,
        Facts = Facts,
        Opinions = [new Opinion { Objects = _objects }],
    };

    /// <param name="shape">The shape.</param>
    /// <param name="track">Its track, which states the source and the group of all its shapes.</param>
    /// <param name="of">The class.</param>
    /// <param name="lasting">Attributes that do not change along the track: those of earlier shapes hold for the later ones.</param>
    /// <param name="reading">The file.</param>
    private LabelledObject? ReadShape(XElement shape, XElement track, ObjectClass of, Dictionary<string, JsonElement> lasting, CvatReading reading)
    {
        if (!int.TryParse(shape.Attribute("frame")?.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var frame))
        {
            reading.Fault(shape, $"<{shape.Name.LocalName}> has {(shape.Attribute("frame") is { } bad ? $"frame \"{CvatReading.Short(bad.Value)}\"" : "no frame")}; a whole number from 0 was expected.");
            return null;
        }

        if (CvatShapes.Read(shape, of, WidthPx, HeightPx, reading) is not { } mark) return null;
        var attributes = CvatAttributes.Read(shape, of.Name, reading);
        foreach (var point in shape.Elements("points"))
            if (point.Attribute("label")?.Value is { } name) CvatAttributes.AddElements(point, of.Name, name + ".", attributes, reading);
        foreach (var (name, value) in CvatAttributes.OfTrack(track)) attributes.TryAdd(name, value);
        foreach (var definition in of.Attributes)
        {
            if (definition.IsMutable) continue;
            if (attributes.TryGetValue(definition.Name, out var value)) lasting[definition.Name] = value;
            else if (lasting.TryGetValue(definition.Name, out var earlier)) attributes.Add(definition.Name, earlier);
        }

        return new LabelledObject(of.Name, mark) { Frame = frame, IsKeyframe = shape.Attribute("keyframe") is null || CvatShapes.IsSet(shape, "keyframe"), IsOutside = CvatShapes.IsSet(shape, "outside"), Attributes = attributes };
    }

    private static Dictionary<string, JsonElement> FactsOf(XElement task)
    {
        Dictionary<string, JsonElement> facts = new(StringComparer.Ordinal);
        if (Text(task, "id") is { } id) facts.Add(TaskId, CvatReading.Json(id));
        if (Whole(task, "size") is { } size) facts.Add(Size, JsonSerializer.SerializeToElement(size));
        if (Whole(task, "start_frame") is { } start) facts.Add(StartFrame, JsonSerializer.SerializeToElement(start));
        if (Text(task, "frame_filter") is { } filter) facts.Add(FrameFilter, CvatReading.Json(filter));
        var segments = task.Elements("segments").Elements("segment").Select(s => new { id = Whole(s, "id"), start = Whole(s, "start"), stop = Whole(s, "stop"), url = Text(s, "url") }).ToList();
        if (segments.Count > 0) facts.Add(Segments, JsonSerializer.SerializeToElement(segments));
        return facts;
    }

    /// <summary>Frames of a task are those that its filter takes, such as <c>step=3</c>; the file numbers them as the video does.</summary>
    private int Step => Facts.TryGetValue(FrameFilter, out var filter) && filter.GetString() is { } text && text.StartsWith("step=", StringComparison.Ordinal)
        && int.TryParse(text.AsSpan("step=".Length), NumberStyles.None, CultureInfo.InvariantCulture, out var step) && step > 0 ? step : 1;

    private static string? Text(XElement parent, string name) => parent.Element(name)?.Value.Trim() is { Length: > 0 } text ? text : null;

    private static int? Whole(XElement? parent, string name) =>
        int.TryParse(parent?.Element(name)?.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number < CvatReading.PixelsMax ? number : null;
}
