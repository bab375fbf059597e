using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Touchstone.Annotations.Geometry;
using Touchstone.Annotations.Selectors;
using Touchstone.Formats.Exchange;
using Touchstone.Formats.Json;

namespace Touchstone.Formats.OpenLabel;

/// <summary>Reads one document: geometries become objects, what else is said of them attributes, tags answers. Everything that is neither stays as facts, as it is.</summary>
internal sealed class OpenLabelReader(string file, FaultLog faults)
{
    /// <summary>Attributes that OpenLABEL has places of its own for.</summary>
    public const string ObjectName = "object_name", DataName = "data_name", CoordinateSystem = "coordinate_system", Hierarchy = "hierarchy", Ontology = "ontology_uid", Closed = "closed";

    /// <summary>Names of elements' attributes that keep ids which are no uids here.</summary>
    public const string OwnId = "touchstone_id", OwnTrack = "touchstone_track";

    /// <summary>The member of metadata with facts that have no place.</summary>
    public const string OwnFacts = "touchstone_facts";

    /// <summary>Members of elements: parts of one mark, and how many there are.</summary>
    public const string PartOf = "part_of", Parts = "parts";

    private const int PartsMax = 10_000;

    private readonly List<LabelledObject> _objects = [];
    private readonly JsonObject _restOfObjects = [];
    private readonly JsonObject _restOfFrames = [];
    private readonly HashSet<string> _marked = new(StringComparer.Ordinal);
    private bool _hasFrames;

    public Sample Read(JsonElement document, string stem)
    {
        var place = new JsonPlace(file, "", "/openlabel", faults);
        var label = document.Member("openlabel") ?? default;
        var objects = label.Member("objects").Values();
        var frames = label.Member("frames").Values();
        _hasFrames = frames.Count > 0;
        var count = Frames(frames, objects, place.Below("frames"));
        foreach (var (uid, each) in objects) StaticOf(uid, each, place.Below("objects").Below(uid));
        var (address, size) = Streams(label);
        var isScene = _objects.Exists(o => o.Mark is Cuboid);
        return new Sample
        {
            Name = address ?? stem,
            Kind = isScene ? InputKind.Scene : _hasFrames ? InputKind.Clip : InputKind.Image,
            WidthPx = size.Width,
            HeightPx = size.Height,
            FrameCount = count,
            Opinions = [new Opinion { Objects = _objects, Answers = Tags(label), Relations = Relations(label, out var otherRelations) }],
            Facts = Facts(label, otherRelations),
        };
    }

    private int Frames(IReadOnlyDictionary<string, JsonElement> frames, IReadOnlyDictionary<string, JsonElement> objects, JsonPlace place)
    {
        var count = 0;
        foreach (var (key, frame) in frames)
        {
            if (!int.TryParse(key, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number == int.MaxValue)
            {
                place.Below(key).Tell("a frame's name is its number.");
                continue;
            }

            count = Math.Max(count, number + 1);
            JsonObject rest = [];
            foreach (var member in ((JsonElement?)frame).Members())
                if (member.Name != "objects") rest[member.Name] = Node(member.Value);
            JsonObject restOfObjects = [];
            foreach (var (uid, each) in frame.Member("objects").Values())
            {
                var general = objects.GetValueOrDefault(uid);
                if (Scope(uid, general, each, number, place.Below(key).Below("objects").Below(uid)) is { } left) restOfObjects[uid] = left;
            }

            if (restOfObjects.Count > 0) rest["objects"] = restOfObjects;
            if (rest.Count > 0) _restOfFrames[key] = rest;
        }

        return count;
    }

    private void StaticOf(string uid, JsonElement each, JsonPlace place)
    {
        var left = Scope(uid, each, each, null, place);
        if (left is null) return;
        if (_marked.Contains(uid))
        {
            // The writer makes name, type, intervals and pointers of the objects that it writes.
            foreach (var name in (string[])["name", "type", "ontology_uid", "frame_intervals", "object_data_pointers"]) left.Remove(name);
            if (left["object_data"] is JsonObject data && Said(each.Member("object_data") ?? default).Count > 0)
                foreach (var name in (string[])["text", "num", "boolean", "vec"]) data.Remove(name);
            if (left["object_data"] is JsonObject { Count: 0 }) left.Remove("object_data");
            if (left.Count == 0) return;
        }

        _restOfObjects[uid] = left;
    }

    /// <summary>The geometries of an object, in one frame or in none.</summary>
    /// <returns>What of it is not a mark; null where nothing is left.</returns>
    private JsonObject? Scope(string uid, JsonElement general, JsonElement each, int? frame, JsonPlace place)
    {
        var data = each.Member("object_data") ?? default;
        var said = Said(data);
        var first = _objects.Count;
        foreach (var kind in OpenLabelShapes.Kinds)
        {
            var index = 0;
            foreach (var element in data.Items(kind)) Add(uid, general, kind, element, frame, first, said, place.Below("object_data").Below(kind).Below(index++));
        }

        for (var i = first; i < _objects.Count; i++) _objects[i] = _objects[i] with { Attributes = WithoutDefaults(_objects[i].Attributes) };
        var isMarked = _objects.Count > first;
        if (isMarked) _marked.Add(uid);
        JsonObject left = [];
        foreach (var member in ((JsonElement?)each).Members())
        {
            if (member.Name != "object_data") left[member.Name] = Node(member.Value);
            else
            {
                JsonObject rest = [];
                foreach (var kind in ((JsonElement?)data).Members())
                    if (!OpenLabelShapes.Kinds.Contains(kind.Name) && !(isMarked && kind.Name is ("text" or "num" or "boolean" or "vec"))) rest[kind.Name] = Node(kind.Value);
                if (rest.Count > 0) left["object_data"] = rest;
            }
        }

        return left.Count > 0 || !isMarked && frame is not null ? left : null;
    }

    private void Add(string uid, JsonElement general, string kind, JsonElement element, int? frame, int first, Dictionary<string, JsonElement> said, JsonPlace place)
    {
        if (element.Text("name") is not { } name)
        {
            place.Below("name").Tell($"{kind} has a name; {element.Member("name").Found()} found.");
            return;
        }

        if (OpenLabelShapes.Read(kind, element, place) is not { } mark) return;
        if (element.Text(PartOf) is { } whole && Join(uid, whole, mark, element, frame, first)) return;
        var attributes = Attributes(general, element, name, mark is Cuboid, said);
        if (element.Text(PartOf) is { } of)
        {
            attributes[DataName] = JsonFields.Of(of);
            if (mark is Outline { Geometry: Keypoints { Points: [var point] } }) mark = Placed(new Keypoint[Math.Clamp(element.Whole(Parts) ?? 1, 1, PartsMax)], element.Whole("id") ?? 0, point);
        }

        if (mark is not Outline { Geometry: Polygon } && kind == "poly2d" && element.Flag("closed") == true) attributes[Closed] = JsonFields.True;
        else if (kind == "poly2d" && mark is Outline { Geometry: Keypoints }) attributes[Closed] = JsonFields.False;
        var score = Take(attributes, "confidence")?.AsNumber();
        var id = Take(attributes, OwnId)?.ToString() ?? uid;
        var track = Take(attributes, OwnTrack)?.ToString();
        _objects.Add(new LabelledObject(general.Text("type") ?? "", mark) { Id = id, Track = track is "" ? null : track ?? (frame is null ? null : uid), Frame = frame, Score = score, Attributes = attributes.Count == 0 ? Sample.Empty : attributes });
    }

    private static IReadOnlyDictionary<string, JsonElement> WithoutDefaults(IReadOnlyDictionary<string, JsonElement> attributes)
    {
        Dictionary<string, JsonElement> kept = new(StringComparer.Ordinal);
        foreach (var (name, value) in attributes)
            if (name is not (DataName or ObjectName) || value.ToString() != OpenLabelWriter.DefaultName) kept.Add(name, value);
        return kept.Count == 0 ? Sample.Empty : kept;
    }

    private static JsonElement? Take(Dictionary<string, JsonElement> attributes, string name) => attributes.Remove(name, out var value) ? value.ValueKind is JsonValueKind.String or JsonValueKind.Number ? value : null : null;

    /// <summary>Adds a ring or a point to the mark that it is a part of.</summary>
    private bool Join(string uid, string whole, Mark part, JsonElement element, int? frame, int first)
    {
        for (var i = first; i < _objects.Count; i++)
        {
            var each = _objects[i];
            if (each.Frame != frame || !each.Attributes.TryGetValue(DataName, out var name) || name.ValueKind != JsonValueKind.String || name.GetString() != whole) continue;
            Mark? joined = (each.Mark, part) switch
            {
                (Outline { Geometry: Polygon a }, Outline { Geometry: Polygon b }) => new Rings([a.Points, b.Points]),
                (Rings a, Outline { Geometry: Polygon b }) => new Rings([.. a.Parts, b.Points]),
                (Outline { Geometry: Keypoints a }, Outline { Geometry: Keypoints { Points: [var b] } }) => Placed([.. a.Points], element.Whole("id") ?? 0, b),
                _ => null,
            };
            if (joined is null) continue;
            _objects[i] = each with { Mark = joined };
            return true;
        }

        return false;
    }

    private static Outline Placed(Keypoint[] points, int at, Keypoint point)
    {
        if (at >= 0 && at < points.Length) points[at] = point;
        return new Outline(new Keypoints(points));
    }

    private static Dictionary<string, JsonElement> Attributes(JsonElement general, JsonElement element, string name, bool isCuboid, Dictionary<string, JsonElement> said)
    {
        Dictionary<string, JsonElement> attributes = new(said, StringComparer.Ordinal);
        foreach (var (key, value) in Said(element.Member("attributes") ?? default)) attributes[key] = value;
        foreach (var (key, value) in Said(general.Member("object_data") ?? default)) attributes.TryAdd(key, value);
        if (general.Text("name") is { Length: > 0 } objectName) attributes[ObjectName] = JsonFields.Of(objectName);
        if (general.Id("ontology_uid") is { } ontology) attributes[Ontology] = JsonFields.Of(ontology);
        attributes[DataName] = JsonFields.Of(name);
        if (!isCuboid && element.Text("coordinate_system") is { } system) attributes[CoordinateSystem] = JsonFields.Of(system);
        if (element.Member("hierarchy") is { } hierarchy) attributes[Hierarchy] = hierarchy;
        return attributes;
    }

    /// <summary>Texts, numbers, truths and lists by name.</summary>
    private static Dictionary<string, JsonElement> Said(JsonElement data)
    {
        Dictionary<string, JsonElement> said = new(StringComparer.Ordinal);
        foreach (var kind in (string[])["text", "num", "boolean", "vec"])
            foreach (var each in data.Items(kind))
                if (each.Text("name") is { } name && each.Member("val") is { } value) said[name] = value;
        return said;
    }

    private static (string? Address, (int Width, int Height) Size) Streams(JsonElement label)
    {
        string? address = null;
        (int, int) size = (0, 0);
        var count = 0;
        foreach (var (_, stream) in label.Member("streams").Values())
        {
            if (stream.Text("uri") is { Length: > 0 } uri && ++count > 0) address = uri;
            var properties = stream.Member("stream_properties") ?? default;
            var pinhole = properties.Member("intrinsics_pinhole") ?? properties.Member("intrinsics_fisheye") ?? properties;
            if (size == (0, 0) && (pinhole.Whole("width_px") ?? properties.Whole("width")) is > 0 and var width && (pinhole.Whole("height_px") ?? properties.Whole("height")) is > 0 and var height) size = (width, height);
        }

        return (count == 1 ? address : null, size);
    }

    private static Dictionary<string, JsonElement> Tags(JsonElement label)
    {
        Dictionary<string, JsonElement> answers = new(StringComparer.Ordinal);
        foreach (var (_, tag) in label.Member("tags").Values())
        {
            if (tag.Text("type") is not { } type) continue;
            var data = tag.Member("tag_data");
            var values = ((string[])["text", "num", "boolean", "vec"]).SelectMany(kind => (data ?? default).Items(kind)).Select(v => v.Member("val")).OfType<JsonElement>().ToList();
            answers[type] = values switch
            {
                [] when data is { ValueKind: JsonValueKind.String } text => text,
                [] => JsonFields.True,
                [{ ValueKind: not JsonValueKind.Array } only] => only,
                _ => JsonFields.Of([.. values.SelectMany(v => v.ValueKind == JsonValueKind.Array ? v.EnumerateArray() : (IEnumerable<JsonElement>)[v]).Select(v => v.ToString())]),
            };
        }

        return answers;
    }

    private static List<ObjectRelation> Relations(JsonElement label, out JsonObject others)
    {
        List<ObjectRelation> relations = [];
        others = [];
        foreach (var (uid, relation) in label.Member("relations").Values())
        {
            var (from, to) = (relation.Items("rdf_subjects").ToList(), relation.Items("rdf_objects").ToList());
            var isPlain = relation.Member("frame_intervals") is null && relation.Member("ontology_uid") is null && relation.Text("name") is null or "" or "left" or "bi" or "right";
            if (isPlain && from is [var subject] && to is [var target] && subject.Text("type") == "object" && target.Text("type") == "object" && subject.Id("uid") is { } a && target.Id("uid") is { } b)
                relations.Add(new ObjectRelation(a, b, relation.Text("type") ?? "", relation.Text("name") is { Length: > 0 } direction ? direction : "right"));
            else others[uid] = Node(relation);
        }

        return relations;
    }

    private Dictionary<string, JsonElement> Facts(JsonElement label, JsonObject relations)
    {
        Dictionary<string, JsonElement> facts = new(StringComparer.Ordinal);
        foreach (var member in label.Member("metadata")?.Member(OwnFacts).Members() ?? []) facts[member.Name] = member.Value;
        foreach (var member in ((JsonElement?)label).Members())
        {
            if (member.Name is "objects" or "frames" or "relations" or "frame_intervals" or "metadata" or "tags") continue;
            if (member.Name != "streams" || !IsOwnStream(member.Value)) facts[member.Name] = member.Value;
        }

        JsonObject tags = [], metadata = [];
        foreach (var (uid, tag) in label.Member("tags").Values())
            if (!IsPlain(tag)) tags[uid] = Node(tag);
        foreach (var member in label.Member("metadata").Members())
            if (member.Name is not ("schema_version" or OwnFacts)) metadata[member.Name] = Node(member.Value);
        foreach (var (name, rest) in (ReadOnlySpan<(string, JsonObject)>)[("metadata", metadata), ("objects", _restOfObjects), ("frames", _restOfFrames), ("relations", relations), ("tags", tags)])
            if (rest.Count > 0) facts[name] = JsonSerializer.SerializeToElement(rest);
        return facts;
    }

    /// <summary>Whether a tag is no more than its answer.</summary>
    private static bool IsPlain(JsonElement tag)
    {
        if (((JsonElement?)tag).Members().Any(m => m.Name is not ("type" or "tag_data")) || tag.Text("type") is null) return false;
        var elements = tag.Member("tag_data").Members().SelectMany(kind => kind.Value.ValueKind == JsonValueKind.Array ? kind.Value.EnumerateArray() : (IEnumerable<JsonElement>)[kind.Value]).ToList();
        return elements is [var only] && ((JsonElement?)only).Members().All(m => m.Name == "val") && only.Member("val") is { } value
            && (value.ValueKind != JsonValueKind.Array || value.EnumerateArray().All(v => v.ValueKind == JsonValueKind.String));
    }

    /// <summary>Whether the streams say no more than the name and the size of the one input.</summary>
    private static bool IsOwnStream(JsonElement streams) =>
        ((JsonElement?)streams).Values() is { Count: 1 } only && only.TryGetValue(OpenLabelWriter.StreamName, out var stream) && ((JsonElement?)stream).Members().All(m => m.Name is "uri" or "type" or "stream_properties")
        && stream.Member("stream_properties").Members().All(m => m.Name is "width" or "height");

    private static JsonNode? Node(JsonElement element) => JsonSerializer.SerializeToNode(element);
}
