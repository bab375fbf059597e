using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Touchstone.Annotations.Geometry;
using Touchstone.Formats.Exchange;
using Touchstone.Formats.Json;

namespace Touchstone.Formats.OpenLabel;

/// <summary>Makes one document of one sample, as the schema of OpenLABEL 1.0.0 has it.</summary>
internal sealed class OpenLabelWriter(Sample sample)
{
    /// <summary>The name of geometries that nobody named.</summary>
    public const string DefaultName = "shape";

    /// <summary>The one stream of inputs that came from elsewhere.</summary>
    public const string StreamName = "input";

    private static readonly string[] Sections = ["ontologies", "resources", "coordinate_systems", "streams", "objects", "actions", "events", "contexts", "relations", "frames", "tags"];

    private static readonly HashSet<string> Places =
        [OpenLabelReader.ObjectName, OpenLabelReader.DataName, OpenLabelReader.CoordinateSystem, OpenLabelReader.Hierarchy, OpenLabelReader.Ontology, OpenLabelReader.Closed];

    private readonly Dictionary<string, string> _uids = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SortedSet<int>> _frames = new(StringComparer.Ordinal);
    private readonly HashSet<string> _taken = new(StringComparer.Ordinal);
    private int _next;

    public JsonObject Make()
    {
        JsonObject label = new() { ["metadata"] = Metadata() };
        foreach (var name in Sections)
            if (sample.Facts.TryGetValue(name, out var fact) && IsSection(name, fact)) label[name] = JsonNode.Parse(fact.GetRawText());
        if (label["streams"] is null) label["streams"] = new JsonObject { [StreamName] = Stream() };
        var opinion = sample.Opinions.Count > 0 ? sample.Opinions[0] : new Opinion();
        if (opinion.Objects.Count > 0) WriteObjects(label, opinion.Objects);
        if (opinion.Answers.Count > 0) WriteTags(Below(label, "tags"), opinion.Answers);
        if (opinion.Relations.Count > 0) WriteRelations(Below(label, "relations"), opinion.Relations);
        if (label["frames"] is JsonObject { Count: > 0 } frames) OrderFrames(label, frames);
        return new JsonObject { ["openlabel"] = label };
    }

    private static void OrderFrames(JsonObject label, JsonObject frames)
    {
        var ordered = frames.Select(f => (Number: int.Parse(f.Key, CultureInfo.InvariantCulture), f.Value)).OrderBy(f => f.Number).ToList();
        frames.Clear();
        foreach (var (number, frame) in ordered) frames[number.ToString(CultureInfo.InvariantCulture)] = frame;
        label["frame_intervals"] = Intervals([.. ordered.Select(f => f.Number)]);
    }

    private JsonObject Metadata()
    {
        var metadata = sample.Facts.TryGetValue("metadata", out var known) && known.ValueKind == JsonValueKind.Object ? (JsonObject)JsonNode.Parse(known.GetRawText())! : [];
        metadata["schema_version"] = "1.0.0";
        JsonObject others = [];
        foreach (var (name, value) in sample.Facts)
            if (!(name == "metadata" && value.ValueKind == JsonValueKind.Object || IsSection(name, value))) others[name] = JsonNode.Parse(value.GetRawText());
        if (others.Count > 0) metadata[OpenLabelReader.OwnFacts] = others;
        return metadata;
    }

    /// <summary>Whether a fact is a section of a document, and not one of another format that has its name.</summary>
    private static bool IsSection(string name, JsonElement value)
    {
        if (Array.IndexOf(Sections, name) < 0 || value.ValueKind != JsonValueKind.Object) return false;
        return value.EnumerateObject().All(m => name switch
        {
            "coordinate_systems" or "streams" => m.Value.ValueKind == JsonValueKind.Object,
            "ontologies" or "resources" => IsUid(m.Name),
            "frames" => m.Value.ValueKind == JsonValueKind.Object && int.TryParse(m.Name, NumberStyles.None, CultureInfo.InvariantCulture, out _),
            _ => m.Value.ValueKind == JsonValueKind.Object && IsUid(m.Name),
        });
    }

    private JsonObject Stream()
    {
        JsonObject stream = new() { ["type"] = sample.Kind == Annotations.Selectors.InputKind.Scene ? "other" : "camera", ["uri"] = sample.Name };
        if (sample.WidthPx > 0) stream["stream_properties"] = new JsonObject { ["width"] = sample.WidthPx, ["height"] = sample.HeightPx };
        return stream;
    }

    private void WriteObjects(JsonObject label, IReadOnlyList<LabelledObject> marked)
    {
        var objects = Below(label, "objects");
        foreach (var (known, entry) in objects)
            if (entry?["type"] is not null) _taken.Add(known);               // those without marks; the others are completed here
        foreach (var each in marked.Where(e => IsUid(e.Track ?? e.Id ?? ""))) UidOf(each);
        foreach (var each in marked)
        {
            var uid = UidOf(each);
            var entry = Below(objects, uid);
            entry["name"] ??= Text(each, OpenLabelReader.ObjectName) ?? DefaultName;
            entry["type"] ??= each.Class;
            if (Text(each, OpenLabelReader.Ontology) is { } ontology) entry["ontology_uid"] ??= ontology;
            var scope = entry;
            if (each.Frame is { } frame)
            {
                scope = Below(Below(Below(Below(label, "frames"), frame.ToString(CultureInfo.InvariantCulture)), "objects"), uid);
                if (!_frames.TryGetValue(uid, out var seen)) _frames.Add(uid, seen = []);
                seen.Add(frame);
            }

            Write(Below(scope, "object_data"), each, uid);
            if (each.Mark is Cuboid { Frame.Length: > 0 } cuboid) EnsureSystem(label, cuboid.Frame);
            else if (Text(each, OpenLabelReader.CoordinateSystem) is { } system) EnsureSystem(label, system);
        }

        foreach (var (uid, seen) in _frames) Below(objects, uid)["frame_intervals"] = Intervals(seen);
    }

    private static void EnsureSystem(JsonObject label, string name)
    {
        var systems = Below(label, "coordinate_systems");
        systems[name] ??= new JsonObject { ["type"] = "local_cs", ["parent"] = "", ["children"] = new JsonArray() };
    }

    /// <summary>One uid for all that has one track or id; ids that the schema does not take get a number.</summary>
    private string UidOf(LabelledObject each)
    {
        if ((each.Track ?? each.Id) is not { } key) return NewUid();
        var named = $"{key}\n{each.Class}";                       // two classes cannot be one object
        if (_uids.TryGetValue(named, out var uid)) return uid;
        uid = IsUid(key) && _taken.Add(key) ? key : NewUid();
        return _uids[named] = uid;
    }

    private string NewUid()
    {
        string uid;
        do uid = (_next++).ToString(CultureInfo.InvariantCulture);
        while (!_taken.Add(uid));
        return uid;
    }

    private static bool IsUid(string id) => id.Length is > 0 and <= 40 && (Guid.TryParseExact(id, "D", out _) || id.AsSpan(id[0] == '-' && id.Length > 1 ? 1 : 0).IndexOfAnyExceptInRange('0', '9') < 0);

    private static void Write(JsonObject data, LabelledObject each, string uid)
    {
        var isLine = each.Attributes.TryGetValue(OpenLabelReader.Closed, out var closed) && closed.ValueKind is JsonValueKind.True or JsonValueKind.False;
        var kind = OpenLabelShapes.KindOf(each.Mark, isLine && each.Mark is Outline { Geometry: Keypoints { Points.Count: 1 } or Polyline });
        if (data[kind] is not JsonArray list) data[kind] = list = [];
        var name = Unique(list, Text(each, OpenLabelReader.DataName) ?? DefaultName);
        switch (each.Mark)
        {
            case Rings rings:
                for (var i = 0; i < rings.Parts.Count; i++) list.Add(Element(each, uid, $"{name}-{i}", new Outline(new Polygon(rings.Parts[i])), kind, closed: true, (name, rings.Parts.Count, i)));
                break;
            case Outline { Geometry: Keypoints { Points: var points } } when points is not [{ Visibility: Visibility.Visible }]:
                var isAny = points.Any(p => p.Visibility != Visibility.NotLabelled);
                for (var i = 0; i < points.Count; i++)
                    if (!isAny || points[i].Visibility != Visibility.NotLabelled) list.Add(Element(each, uid, $"{name}-{i}", new Outline(new Keypoints([points[i]])), kind, closed: null, (name, points.Count, i)));
                break;
            default:
                list.Add(Element(each, uid, name, each.Mark, kind, kind == "poly2d" ? isLine ? closed.GetBoolean() : each.Mark is Outline { Geometry: Polygon } : null, part: null));
                break;
        }
    }

    private static JsonObject Element(LabelledObject each, string uid, string name, Mark mark, string kind, bool? closed, (string Of, int Count, int Index)? part)
    {
        JsonObject element = new() { ["name"] = name, ["val"] = new JsonArray([.. OpenLabelShapes.Values(mark).Select(v => (JsonNode)JsonValue.Create(v))]) };
        if (closed is { } isClosed)
        {
            element["mode"] = "MODE_POLY2D_ABSOLUTE";
            element["closed"] = isClosed;
        }

        if (each.Attributes.TryGetValue(OpenLabelReader.Hierarchy, out var hierarchy)) element["hierarchy"] = JsonNode.Parse(hierarchy.GetRawText());
        if ((mark is Cuboid cuboid ? cuboid.Frame : Text(each, OpenLabelReader.CoordinateSystem)) is { Length: > 0 } system) element["coordinate_system"] = system;
        if (part is { } known)
        {
            element[OpenLabelReader.PartOf] = known.Of;
            element[OpenLabelReader.Parts] = known.Count;
            if (kind == "point2d") element["id"] = known.Index;
        }

        if (mark is Outline { Geometry: Keypoints { Points: [var point] } } && point.Visibility != Visibility.Visible) element["visibility"] = (int)point.Visibility;
        var attributes = Attributes(each, uid);
        if (attributes.Count > 0) element["attributes"] = attributes;
        return element;
    }

    private static JsonObject Attributes(LabelledObject each, string uid)
    {
        JsonObject attributes = [];
        if (each.Id is { } id && id != uid) Add(attributes, OpenLabelReader.OwnId, JsonFields.Of(id));
        if (each.Track is { } track && (track != uid || each.Frame is null)) Add(attributes, OpenLabelReader.OwnTrack, JsonFields.Of(track));
        if (each.Track is null && each.Frame is not null) Add(attributes, OpenLabelReader.OwnTrack, JsonFields.Of(""));
        if (each.Score is { } score) Add(attributes, "confidence", JsonFields.Of(score));
        foreach (var (name, value) in each.Attributes)
            if (!IsPlace(name, value)) Add(attributes, name, value);
        return attributes;
    }

    private static bool IsPlace(string name, JsonElement value) => Places.Contains(name) && (name is OpenLabelReader.Hierarchy or OpenLabelReader.Closed || value.ValueKind == JsonValueKind.String);

    /// <summary>What is neither text, number, truth nor a list of them stands as JSON in a text.</summary>
    private static void Add(JsonObject attributes, string name, JsonElement value)
    {
        var kind = value.ValueKind switch
        {
            JsonValueKind.Number => "num",
            JsonValueKind.True or JsonValueKind.False => "boolean",
            JsonValueKind.Array when value.EnumerateArray().All(v => v.ValueKind is JsonValueKind.Number or JsonValueKind.String) => "vec",
            _ => "text",
        };
        if (attributes[kind] is not JsonArray list) attributes[kind] = list = [];
        list.Add(new JsonObject { ["name"] = name, ["val"] = kind == "text" ? value.ToString() : JsonNode.Parse(value.GetRawText()) });
    }

    private static string Unique(JsonArray list, string name)
    {
        bool Has(string wanted) => list.Any(e => e!["name"]!.GetValue<string>() == wanted || e[OpenLabelReader.PartOf]?.GetValue<string>() == wanted);
        if (!Has(name)) return name;
        var n = 2;
        while (Has($"{name}{n}")) n++;
        return $"{name}{n}";
    }

    private static void WriteTags(JsonObject tags, IReadOnlyDictionary<string, JsonElement> answers)
    {
        var known = tags.Select(t => t.Value?["type"]?.GetValue<string>()).ToHashSet(StringComparer.Ordinal);
        var number = 0;
        foreach (var (question, answer) in answers)
        {
            if (known.Contains(question)) continue;
            while (tags.ContainsKey(number.ToString(CultureInfo.InvariantCulture))) number++;
            JsonObject data = [];
            Add(data, question, answer);
            foreach (var element in data.Select(d => (JsonObject)d.Value![0]!)) element.Remove("name");
            tags[number.ToString(CultureInfo.InvariantCulture)] = new JsonObject { ["type"] = question, ["tag_data"] = data };
        }
    }

    private void WriteRelations(JsonObject relations, IReadOnlyList<ObjectRelation> all)
    {
        var number = 0;
        foreach (var relation in all)
        {
            while (relations.ContainsKey(number.ToString(CultureInfo.InvariantCulture))) number++;
            relations[number.ToString(CultureInfo.InvariantCulture)] = new JsonObject
            {
                ["name"] = relation.Direction == "right" ? "" : relation.Direction,
                ["type"] = relation.Label,
                ["rdf_subjects"] = new JsonArray(Agent(relation.From)),
                ["rdf_objects"] = new JsonArray(Agent(relation.To)),
            };
        }
    }

    private JsonObject Agent(string id)
    {
        var each = sample.Opinions[0].Objects.FirstOrDefault(o => o.Id == id);
        return new JsonObject { ["uid"] = each is null ? id : UidOf(each), ["type"] = "object" };
    }

    private static JsonArray Intervals(SortedSet<int> frames)
    {
        JsonArray intervals = [];
        int? start = null;
        var last = 0;
        foreach (var frame in frames)
        {
            if (start is { } from && frame != last + 1)
            {
                intervals.Add(new JsonObject { ["frame_start"] = from, ["frame_end"] = last });
                start = frame;
            }

            start ??= frame;
            last = frame;
        }

        if (start is { } open) intervals.Add(new JsonObject { ["frame_start"] = open, ["frame_end"] = last });
        return intervals;
    }

    private static JsonObject Below(JsonObject parent, string name)
    {
        if (parent[name] is JsonObject known) return known;
        JsonObject made = [];
        parent[name] = made;
        return made;
    }

    private static string? Text(LabelledObject each, string name) => each.Attributes.TryGetValue(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
