using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Touchstone.Annotations.Geometry;
using Touchstone.Formats.Exchange;

namespace Touchstone.Formats.Datumaro;

/// <summary>Writes the file of one part of a data set. The categories come last, since labels of whole items are met on the way.</summary>
internal sealed class DatumaroWriter : IDisposable
{
    private const int PendingBytesMax = 1 << 16;

    private readonly Stream _stream;
    private readonly Utf8JsonWriter _json;
    private readonly List<ObjectClass> _classes = [];
    private readonly Dictionary<string, int> _positions = new(StringComparer.Ordinal);

    public DatumaroWriter(Stream stream, DatasetFacts facts)
    {
        _stream = stream;
        _json = new Utf8JsonWriter(stream, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        foreach (var each in facts.Classes.Where(c => c.Name.Length > 0)) PositionOf(each);
        _json.WriteStartObject();
        _json.WriteString("dm_format_version", "1.0");
        _json.WriteStartObject("infos");
        _json.WriteEndObject();
        _json.WriteStartArray("items");
    }

    public void Write(Sample sample)
    {
        var isBelowSplit = sample.Split is { } split && sample.Name.StartsWith(split + "/", StringComparison.Ordinal);
        _json.WriteStartObject();
        _json.WriteString("id", Path.ChangeExtension(isBelowSplit ? sample.Name[(sample.Split!.Length + 1)..] : sample.Name, null));
        _json.WriteStartArray("annotations");
        foreach (var opinion in sample.Opinions)
        {
            WriteAnswers(opinion.Answers);
            foreach (var each in opinion.Objects) WriteObject(each);
        }

        _json.WriteEndArray();
        WriteMembers("attr", sample.Facts);
        _json.WriteStartObject("image");
        _json.WriteString("path", sample.Name);
        if (sample is { WidthPx: > 0, HeightPx: > 0 }) WriteNumbers("size", [sample.HeightPx, sample.WidthPx]);
        _json.WriteEndObject();
        _json.WriteEndObject();
        if (_json.BytesPending > PendingBytesMax) _json.Flush();
    }

    public void Dispose()
    {
        _json.WriteEndArray();
        DatumaroCategories.Write(_json, _classes);
        _json.WriteEndObject();
        _json.Dispose();
        _stream.Dispose();
    }

    private int PositionOf(ObjectClass each)
    {
        if (_positions.TryGetValue(each.Name, out var position)) return position;
        _positions.Add(each.Name, position = _classes.Count);
        _classes.Add(each);
        return position;
    }

    private void WriteAnswers(IReadOnlyDictionary<string, JsonElement> answers)
    {
        if (answers.TryGetValue(DatumaroFormat.Caption, out var caption))
        {
            WriteHead("caption", null, null);
            _json.WriteString("caption", caption.ToString());
            WriteMembers("attributes", []);
            _json.WriteEndObject();
        }

        if (!answers.TryGetValue(DatumaroFormat.Labels, out var labels)) return;
        foreach (var label in labels.ValueKind == JsonValueKind.Array ? labels.EnumerateArray().Select(l => l.ToString()) : [labels.ToString()])
        {
            var prefix = $"{DatumaroFormat.Labels}.{label}.";
            WriteHead("label", label, null);
            WriteMembers("attributes", answers.Where(a => a.Key.StartsWith(prefix, StringComparison.Ordinal) && a.Key.Length > prefix.Length).Select(a => KeyValuePair.Create(a.Key[prefix.Length..], a.Value)));
            _json.WriteEndObject();
        }
    }

    private void WriteObject(LabelledObject each)
    {
        WriteHead(Type(each.Mark.Kind), each.Class, each);
        switch (each.Mark)
        {
            case Outline { Geometry: Box box }:
                WriteNumbers("bbox", [box.X, box.Y, box.Width, box.Height]);
                break;
            case Outline { Geometry: RotatedBox box }:
                WriteNumbers("rotated_bbox", [box.CentreX, box.CentreY, box.Width, box.Height, box.Angle * 180 / Math.PI]);
                break;
            case Outline { Geometry: Polygon polygon }:
                WriteNumbers("points", polygon.Points.SelectMany(p => (double[])[p.X, p.Y]));
                break;
            case Outline { Geometry: Polyline line }:
                WriteNumbers("points", line.Points.SelectMany(p => (double[])[p.X, p.Y]));
                break;
            case Outline { Geometry: Keypoints points }:
                WriteNumbers("points", points.Points.SelectMany(p => (double[])[p.X, p.Y]));
                WriteNumbers("visibility", points.Points.Select(p => (double)p.Visibility));
                break;
            case PixelMask mask:
                _json.WriteStartObject("rle");
                _json.WriteString("counts", mask.Mask.ToString());
                WriteNumbers("size", [mask.Mask.Height, mask.Mask.Width]);
                _json.WriteEndObject();
                break;
        }

        var attributes = each.Attributes.Where(a => !(a.Key is CommonAttributes.Order or CommonAttributes.Group && IsWhole(a.Value)));
        if (each.Score is { } score) attributes = attributes.Where(a => a.Key != "score").Append(KeyValuePair.Create("score", JsonSerializer.SerializeToElement(score)));
        WriteMembers("attributes", attributes);
        _json.WriteEndObject();
    }

    private void WriteHead(string type, string? label, LabelledObject? each)
    {
        _json.WriteStartObject();
        _json.WriteNumber("id", int.TryParse(each?.Id, NumberStyles.Integer, CultureInfo.InvariantCulture, out var id) ? id : 0);
        _json.WriteString("type", type);
        WriteWhole("group", CommonAttributes.Group, each);
        if (label is { Length: > 0 }) _json.WriteNumber("label_id", PositionOf(new ObjectClass(label)));
        if (each is not null) WriteWhole("z_order", CommonAttributes.Order, each);
    }

    private void WriteWhole(string member, string attribute, LabelledObject? each)
    {
        _json.WritePropertyName(member);
        if (each is not null && each.Attributes.TryGetValue(attribute, out var value) && IsWhole(value)) value.WriteTo(_json);
        else _json.WriteNumberValue(0);
    }

    private void WriteMembers(string name, IEnumerable<KeyValuePair<string, JsonElement>> members)
    {
        _json.WriteStartObject(name);
        foreach (var (member, value) in members)
        {
            _json.WritePropertyName(member);
            value.WriteTo(_json);
        }

        _json.WriteEndObject();
    }

    private void WriteNumbers(string name, IEnumerable<double> numbers)
    {
        _json.WriteStartArray(name);
        foreach (var number in numbers) _json.WriteNumberValue(number);
        _json.WriteEndArray();
    }

    private static string Type(MarkKind kind) => kind switch
    {
        MarkKind.Box => "bbox",
        MarkKind.RotatedBox => "rotated_bbox",
        MarkKind.Polygon => "polygon",
        MarkKind.Polyline => "polyline",
        MarkKind.Keypoints => "points",
        MarkKind.Mask => "mask",
        _ => throw new InvalidOperationException($"Datumaro has no {kind}; it should have been narrowed away."),
    };

    private static bool IsWhole(JsonElement value) => value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out _);
}
