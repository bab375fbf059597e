using System.Runtime.CompilerServices;
using System.Text.Json;
using Touchstone.Formats.Exchange;
using Touchstone.Formats.Json;

namespace Touchstone.Formats.Coco;

/// <summary>Reads one COCO file: annotations are gathered by image, then images come out in the file's order and their annotations are let go.</summary>
/// <remarks>Members may come in any order; where categories follow annotations, as in COCO's own files, objects get their classes when their image comes out.</remarks>
internal sealed class CocoInput(DatasetSource source, string file, FaultLog faults)
{
    private readonly CocoObjectReader _objects = new();
    private readonly PlainAnnotation _plain = new();
    private readonly PlainAnnotations _packed = new();
    private readonly List<LabelledObject> _general = [];
    private readonly List<Entry> _entries = [];
    private readonly JsonValues _values = new();
    private readonly Dictionary<long, Gathered> _byImage = [];
    private readonly List<Picture> _pictures = [];
    private readonly Dictionary<long, string> _videos = [];
    private Dictionary<long, string>? _names;

    /// <summary>Annotations that another file has said already, by id, image and category.</summary>
    public HashSet<(string Id, long Image, long Category)> Known { get; init; } = [];

    /// <summary>What was met, where the caller wants to know.</summary>
    public HashSet<(string Id, long Image, long Category)>? Met { get; init; }

    /// <summary>Whether annotations are passed over.</summary>
    public bool OnlyImages { get; init; }

    private sealed class Gathered(int firstIndex)
    {
        public int FirstIndex { get; } = firstIndex;

        /// <summary>Its first and its last annotation, or -1.</summary>
        public (int First, int Last) Entries { get; set; } = (-1, -1);

        public int Count { get; set; }

        public Dictionary<string, List<string>>? Answers { get; set; }

        public bool IsTaken { get; set; }
    }

    /// <summary>One annotation, in a list by image.</summary>
    /// <param name="Packed">Where it lies, if it is plain.</param>
    /// <param name="General">Its position among the others, or -1.</param>
    /// <param name="Index">Its position in the file.</param>
    /// <param name="Category">The category's id.</param>
    /// <param name="Next">The image's next one, or -1.</param>
    private readonly record struct Entry(PlainAnnotations.Packed Packed, int General, int Index, long Category, int Next);

    private sealed record Picture(long Id, string Name, int WidthPx, int HeightPx, long? Video, IReadOnlyDictionary<string, JsonElement> Facts);

    public async IAsyncEnumerable<(long Id, Sample Sample)> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var sawImages = false;
        await using (var stream = source.OpenRead(file))
        {
            await foreach (var item in JsonItems.ReadAsync(stream, file, m => m is "images" or "videos" || !OnlyImages && m is ("annotations" or "categories"), TakePlain, cancellationToken))
            {
                if (item.Index < 0 && item.Value.ValueKind != JsonValueKind.Array) faults.Add(file, $"/{item.Member}", $"expected a list; found {CocoFields.Show(item.Value)}");
                sawImages |= item.Member == "images" && (item.Index >= 0 || item.Value.ValueKind == JsonValueKind.Array);
                if (item.Index < 0) continue;
                if (item.Member is "annotations" && _names is null && !HasPlace(item.Value)) _names = Names(await CategoriesAsync(source, file, null, cancellationToken));
                Take(item);
            }
        }

        if (!sawImages) throw new FileFormatFaultException($"{file}: the object has no list \"images\", as a COCO file has.");
        foreach (var picture in _pictures) yield return (picture.Id, ToSample(picture));
        foreach (var (image, gathered) in _byImage)
            if (!gathered.IsTaken) faults.Add(file, $"/annotations/{gathered.FirstIndex}/image_id", $"refers to image_id {image}, which is not in \"images\"; {gathered.Count} annotations are left out.");
    }

    /// <summary>The classes of a file.</summary>
    public static async Task<List<ObjectClass>> CategoriesAsync(DatasetSource source, string file, FaultLog? faults, CancellationToken cancellationToken)
    {
        List<ObjectClass> classes = [];
        HashSet<long> ids = [];
        await using var stream = source.OpenRead(file);
        await foreach (var item in JsonItems.ReadAsync(stream, file, m => m == "categories", cancellationToken))
        {
            if (item.Index < 0) continue;
            var fields = new CocoFields(item.Member, item.Index, item.Value);
            Guarded(fields, file, faults, () =>
            {
                var category = Category(fields);
                if (!ids.Add(category.Number!.Value)) throw fields.Fault("id", "an id that no category before it has");
                classes.Add(category);
            });
        }

        return classes;
    }

    private static Dictionary<long, string> Names(List<ObjectClass> classes) => classes.ToDictionary(c => c.Number!.Value, c => c.Name);

    private static ObjectClass Category(CocoFields fields)
    {
        var keypoints = fields.Find("keypoints") is { ValueKind: JsonValueKind.Array } names
            ? names.EnumerateArray().Where(n => n.ValueKind == JsonValueKind.String).Select(n => n.GetString()!).ToArray()
            : [];
        List<(int, int)> skeleton = [];
        if (fields.Find("skeleton") is { ValueKind: JsonValueKind.Array } limbs)
        {
            foreach (var limb in limbs.EnumerateArray())
                if (limb.ValueKind == JsonValueKind.Array && limb.GetArrayLength() == 2 && Whole(limb[0]) is { } from && Whole(limb[1]) is { } to && from >= 1 && to >= 1) skeleton.Add((from - 1, to - 1));
        }

        return new ObjectClass(fields.Text("name"))
        {
            Number = fields.Integer("id"),
            Parent = fields.Find("supercategory") is { ValueKind: JsonValueKind.String } parent ? parent.GetString()! : "",
            Keypoints = keypoints,
            Skeleton = skeleton,
            IsStuff = fields.Find("isthing") is { ValueKind: JsonValueKind.Number } thing && thing.TryGetInt32(out var isThing) && isThing == 0,
        };
    }

    /// <summary>Whether an annotation says where something is; of those that do not, the category itself is what is said.</summary>
    private static bool HasPlace(JsonElement record) =>
        record.ValueKind != JsonValueKind.Object || record.TryGetProperty("bbox"u8, out _) || record.TryGetProperty("segmentation"u8, out _) || record.TryGetProperty("keypoints"u8, out _);

    private static int? Whole(JsonElement value) => value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) ? number : null;

    private static void Guarded(CocoFields fields, string file, FaultLog? faults, Action read)
    {
        try
        {
            read();
        }
        catch (CocoFieldException fault)
        {
            faults?.Add(file, fault.Fault.Pointer, fault.Fault.RecordId is { } id ? $"(id {id}) {fault.Fault.Message}" : fault.Fault.Message);
        }
        catch (InvalidOperationException fault)
        {
            faults?.Add(file, fields.Pointer, $"a text is no Unicode ({fault.Message})");
        }
    }

    /// <summary>Takes an annotation that is as COCO's own files have them.</summary>
    private bool? TakePlain(string member, int index, ReadOnlySpan<byte> text, out int length)
    {
        length = 0;
        if (member != "annotations" || Met is not null || Known.Count > 0) return false;
        if (_plain.TryRead(text, out length) is not true and var other) return other;
        if (_names is not null && !_names.ContainsKey(_plain.Category)) return false;
        Add(Of(_plain.Image, index), new Entry(_packed.Add(_plain), -1, index, _plain.Category, -1));
        return true;
    }

    private Gathered Of(long image, int index)
    {
        if (!_byImage.TryGetValue(image, out var gathered)) _byImage.Add(image, gathered = new Gathered(index));
        return gathered;
    }

    private void Add(Gathered gathered, Entry entry)
    {
        var at = _entries.Count;
        _entries.Add(entry);
        if (gathered.Entries.Last >= 0) _entries[gathered.Entries.Last] = _entries[gathered.Entries.Last] with { Next = at };
        gathered.Entries = (gathered.Count == 0 ? at : gathered.Entries.First, at);
        gathered.Count++;
    }

    private void Take(JsonItem item)
    {
        var fields = new CocoFields(item.Member, item.Index, item.Value);
        try
        {
            switch (item.Member)
            {
                case "images":
                    TakeImage(fields, item.Value);
                    break;
                case "videos":
                    _videos[fields.Integer("id")] = fields.Text("name");
                    break;
                case "categories":
                    var category = Category(fields);
                    if (!(_names ??= []).TryAdd(category.Number!.Value, category.Name) && _names[category.Number!.Value] != category.Name) throw fields.Fault("id", "an id that no category before it has");
                    break;
                default:
                    TakeAnnotation(fields, item);
                    break;
            }
        }
        catch (CocoFieldException fault)
        {
            faults.Add(file, fault.Fault.Pointer, fault.Fault.RecordId is { } id ? $"(id {id}) {fault.Fault.Message}" : fault.Fault.Message);
        }
        catch (InvalidOperationException fault)
        {
            faults.Add(file, fields.Pointer, $"a text is no Unicode ({fault.Message})");
        }
    }

    private void TakeImage(CocoFields fields, JsonElement record)
    {
        var id = fields.Integer("id");
        var name = fields.Text("file_name").Replace('\\', '/');
        if (name.StartsWith("./", StringComparison.Ordinal)) name = name[2..];
        if (name.Length == 0) throw fields.Fault("file_name", "a name");
        Dictionary<string, JsonElement> facts = new(StringComparer.Ordinal);
        foreach (var member in record.EnumerateObject())
        {
            if (member.Name is "width" or "height" or "file_name" or "video_id" || member.Value.ValueKind is JsonValueKind.Null) continue;
            if (member.Value.ValueKind != JsonValueKind.String || member.Value.GetString()!.Length > 0) facts[member.Name] = _values.Keep(member.Value);
        }

        var gathered = Of(id, 0);
        if (gathered.IsTaken) throw fields.Fault("id", "an id that no image before it has");
        gathered.IsTaken = true;
        var (width, height) = (fields.Find("width") is null ? 0 : fields.Side("width"), fields.Find("height") is null ? 0 : fields.Side("height"));
        _pictures.Add(new Picture(id, name, width, height, fields.Find("video_id") is null ? null : fields.Integer("video_id"), facts));
    }

    private void TakeAnnotation(CocoFields fields, JsonItem item)
    {
        var (image, category) = (fields.Integer("image_id"), fields.Find("caption") is null ? fields.Integer("category_id") : 0);
        if (Met is not null || Known.Count > 0)
        {
            var id = fields.Find("id") is { ValueKind: JsonValueKind.Number } number ? number.GetRawText() : "";
            if (Known.Contains((id, image, category))) return;
            Met?.Add((id, image, category));
        }

        var isCaption = fields.Find("caption") is { ValueKind: JsonValueKind.String };
        string? name = null;
        if (!isCaption && _names is not null && !_names.TryGetValue(category, out name)) throw fields.Fault("category_id", "an id of \"categories\"");
        var gathered = Of(image, item.Index);
        if (isCaption) Answer(gathered, "caption", fields.Text("caption"));
        else if (!HasPlace(item.Value)) Answer(gathered, "labels", name!);
        else
        {
            _general.Add(_objects.Read(fields, item.Value, name ?? ""));
            Add(gathered, new Entry(default, _general.Count - 1, item.Index, category, -1));
        }
    }

    private static void Answer(Gathered gathered, string question, string text)
    {
        gathered.Answers ??= new(StringComparer.Ordinal);
        if (!gathered.Answers.TryGetValue(question, out var texts)) gathered.Answers.Add(question, texts = []);
        texts.Add(text);
    }

    /// <summary>The objects of an image. Their classes are known only now where the categories followed them.</summary>
    private List<LabelledObject> Objects(Gathered gathered)
    {
        List<LabelledObject> objects = new(gathered.Count);
        for (var at = gathered.Entries.First; at >= 0; at = _entries[at].Next)
        {
            var (packed, general, index, category, _) = _entries[at];
            if (_names is null || !_names.TryGetValue(category, out var name)) faults.Add(file, $"/annotations/{index}/category_id", $"expected an id of \"categories\"; found {category}");
            else if (general < 0) objects.Add(_packed.ToObject(packed, name));
            else objects.Add(_general[general].Class.Length > 0 ? _general[general] : _general[general] with { Class = name });
        }

        return objects;
    }

    private Sample ToSample(Picture picture)
    {
        var gathered = _byImage[picture.Id];
        _byImage.Remove(picture.Id);
        var (width, height) = picture.WidthPx > 0 && picture.HeightPx > 0 ? (picture.WidthPx, picture.HeightPx) : source.SizeOf(picture.Name) ?? (picture.WidthPx, picture.HeightPx);
        return new Sample
        {
            Name = picture.Name,
            WidthPx = width,
            HeightPx = height,
            Scene = picture.Video is { } video ? _videos.GetValueOrDefault(video, $"video_{video}") : null,
            Facts = picture.Facts,
            Opinions = [new Opinion { Objects = Objects(gathered), Answers = gathered.Answers?.ToDictionary(a => a.Key, a => JsonSerializer.SerializeToElement(a.Value)) ?? Sample.Empty }],
        };
    }
}
