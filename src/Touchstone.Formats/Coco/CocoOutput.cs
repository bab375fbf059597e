using System.Text.Encodings.Web;
using System.Text.Json;
using Touchstone.Formats.Exchange;

namespace Touchstone.Formats.Coco;

/// <summary>Writes one COCO file: COCO wants all images before all annotations, so annotations rest in a temporary file until the images are out.</summary>
internal sealed class CocoOutput : IAsyncDisposable
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    private readonly Stream _file;
    private readonly FileStream _spool;
    private readonly Utf8JsonWriter _head;
    private readonly Utf8JsonWriter _tail;
    private readonly CocoNumbers _images = new();
    private readonly CocoNumbers _annotations = new();
    private readonly HashSet<string> _textIds = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> _categories;
    private readonly Dictionary<string, long> _videos = new(StringComparer.Ordinal);

    public CocoOutput(Stream file, DatasetFacts facts, bool isPanoptic = false)
    {
        _file = file;
        _spool = new FileStream(Path.Combine(Path.GetTempPath(), $"touchstone-coco-{Guid.NewGuid():N}.tmp"), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, bufferSize: 1 << 16, FileOptions.DeleteOnClose);
        (_head, _tail) = (new Utf8JsonWriter(file, Options), new Utf8JsonWriter(_spool, Options));
        _categories = CategoryIds(facts.Classes);
        _head.WriteStartObject();
        WriteStatements(_head, facts);
        WriteCategories(_head, facts.Classes, _categories, isPanoptic);
        _head.WriteStartArray("images"u8);
        _tail.WriteStartArray();
    }

    private static void WriteStatements(Utf8JsonWriter json, DatasetFacts facts)
    {
        json.WritePropertyName("info"u8);
        if (facts.Statements.TryGetValue(CocoStatements.Info, out var info) && info.ValueKind == JsonValueKind.Object) info.WriteTo(json);
        else
        {
            json.WriteStartObject();
            json.WriteString("description"u8, facts.Title);
            json.WriteEndObject();
        }

        json.WritePropertyName("licenses"u8);
        if (facts.Statements.TryGetValue(CocoStatements.Licences, out var licences) && licences.ValueKind == JsonValueKind.Array) licences.WriteTo(json);
        else
        {
            json.WriteStartArray();
            json.WriteEndArray();
        }
    }

    /// <summary>The classes' own numbers where they are distinct; those without one, or all where two are the same, are numbered on.</summary>
    public static Dictionary<string, long> CategoryIds(IReadOnlyList<ObjectClass> classes)
    {
        var stated = classes.Select(c => c.Number).OfType<long>().ToList();
        var next = stated.Distinct().Count() == stated.Count && stated.Count > 0 ? stated.Max() : 0;
        var isStated = stated.Distinct().Count() == stated.Count;
        Dictionary<string, long> ids = new(StringComparer.Ordinal);
        foreach (var each in classes) ids.TryAdd(each.Name, isStated && each.Number is { } number ? number : ++next);
        return ids;
    }

    private static void WriteCategories(Utf8JsonWriter json, IReadOnlyList<ObjectClass> classes, Dictionary<string, long> ids, bool isPanoptic)
    {
        json.WriteStartArray("categories"u8);
        foreach (var each in classes)
        {
            json.WriteStartObject();
            json.WriteNumber("id"u8, ids[each.Name]);
            json.WriteString("name"u8, each.Name);
            json.WriteString("supercategory"u8, each.Parent);
            if (isPanoptic || each.IsStuff) json.WriteNumber("isthing"u8, each.IsStuff ? 0 : 1);
            if (each.Keypoints.Count > 0 || each.Skeleton.Count > 0)
            {
                json.WriteStartArray("keypoints"u8);
                foreach (var name in each.Keypoints) json.WriteStringValue(name);
                json.WriteEndArray();
                json.WriteStartArray("skeleton"u8);
                foreach (var (from, to) in each.Skeleton)
                {
                    json.WriteStartArray();
                    json.WriteNumberValue(from + 1);
                    json.WriteNumberValue(to + 1);
                    json.WriteEndArray();
                }

                json.WriteEndArray();
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    /// <summary>Writes the image and gives the id that it has in the file: its own where it has one that no image before it has.</summary>
    public CocoImageId WriteImage(Sample sample)
    {
        var stated = sample.Facts.GetValueOrDefault("id");
        var text = stated.ValueKind == JsonValueKind.String && stated.GetString()! is { Length: > 0 } own && _textIds.Add(own) ? own : null;
        CocoImageId id = new(text is null ? _images.Take(stated.ValueKind == JsonValueKind.Number && stated.TryGetInt64(out var number) ? number : null) : 0, text);
        NewLine(_head, _file);
        _head.WriteStartObject();
        id.Write(_head, "id"u8);
        if (sample.WidthPx > 0) _head.WriteNumber("width"u8, sample.WidthPx);
        if (sample.HeightPx > 0) _head.WriteNumber("height"u8, sample.HeightPx);
        _head.WriteString("file_name"u8, sample.Name);
        if (sample.Scene is { } scene)
        {
            if (!_videos.TryGetValue(scene, out var video)) _videos.Add(scene, video = _videos.Count + 1);
            _head.WriteNumber("video_id"u8, video);
        }

        foreach (var (name, value) in sample.Facts)
        {
            if (name is "id" or "width" or "height" or "file_name" or "video_id") continue;
            _head.WritePropertyName(name);
            value.WriteTo(_head);
        }

        _head.WriteEndObject();
        return id;
    }

    /// <summary>Writes the object: as one annotation, or as several where two of its marks would want the same place.</summary>
    public void WriteObject(CocoImageId image, LabelledObject each)
    {
        var category = CategoryOf(each);
        foreach (var marks in CocoMarks.Of(each))
        {
            var id = _annotations.Take(long.TryParse(each.Id, out var stated) ? stated : null);
            NewLine(_tail, _spool);
            CocoMarks.Write(_tail, id, image, category, each, marks);
        }
    }

    /// <summary>The place for an annotation of another kind, such as panoptic's.</summary>
    public Utf8JsonWriter BeginAnnotation()
    {
        NewLine(_tail, _spool);
        return _tail;
    }

    public long CategoryOf(LabelledObject each) => _categories.TryGetValue(each.Class, out var id) ? id : throw new InvalidOperationException($"The class \"{each.Class}\" is not among the data set's classes.");

    public async Task FinishAsync(CancellationToken cancellationToken)
    {
        _tail.WriteEndArray();
        await _tail.FlushAsync(cancellationToken);
        _head.WriteEndArray();
        if (_videos.Count > 0)
        {
            _head.WriteStartArray("videos"u8);
            foreach (var (name, id) in _videos)
            {
                _head.WriteStartObject();
                _head.WriteNumber("id"u8, id);
                _head.WriteString("name"u8, name);
                _head.WriteEndObject();
            }

            _head.WriteEndArray();
        }

        _head.WritePropertyName("annotations"u8);
        await _head.FlushAsync(cancellationToken);
        _spool.Position = 0;
        await _spool.CopyToAsync(_file, cancellationToken);
        await _file.WriteAsync("\n}\n"u8.ToArray(), cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await _spool.DisposeAsync();
        await _file.DisposeAsync();
    }

    /// <summary>Each record begins a line, so that people and line tools can look into large files.</summary>
    private static void NewLine(Utf8JsonWriter json, Stream stream)
    {
        json.Flush();
        stream.WriteByte((byte)'\n');
    }
}

/// <summary>The id of an image: a number, or a text where the data set's own files have texts, as nuScenes' do.</summary>
internal readonly record struct CocoImageId(long Number, string? Text = null)
{
    public void Write(Utf8JsonWriter json, ReadOnlySpan<byte> name)
    {
        if (Text is { } text) json.WriteString(name, text);
        else json.WriteNumber(name, Number);
    }
}

/// <summary>Numbers of records: the stated one where it is free, else the next free one.</summary>
internal sealed class CocoNumbers
{
    private readonly HashSet<long> _taken = [];
    private long _last;

    public long Take(long? stated)
    {
        if (stated is { } number && _taken.Add(number)) return number;
        do _last++;
        while (!_taken.Add(_last));
        return _last;
    }
}
