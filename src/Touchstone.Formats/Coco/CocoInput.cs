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
    private readonly Dictionary<string, long> _textIds = new(StringComparer.Ordinal);
    private CocoClassNames? _classes;
    private bool _hasAllClasses;

    /// <summary>Finds the path of a picture by the name that the file gives it.</summary>
    public Func<string, string?>? PictureOf { get; init; }

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
                if (item.Member is "annotations" && _classes is null && !HasPlace(item.Value)) await TakeClassesAsync(cancellationToken);
                Take(item);
            }
        }

        if (!sawImages) throw new FileFormatFaultException($"{file}: the object has no list \"images\", as a COCO file has.");
        var hasOldCuboids = HasOldCuboids();
        foreach (var picture in _pictures) yield return (picture.Id, ToSample(picture, hasOldCuboids));
        foreach (var (image, gathered) in _byImage)
            if (!gathered.IsTaken) faults.Add(file, $"/annotations/{gathered.FirstIndex}/image_id", $"refers to image_id {Shown(image)}, which is not in \"images\"; {gathered.Count} annotations are left out.");
    }

    /// <summary>The classes of a file, each with a name of its own, and, where it is asked for, what the file says of itself.</summary>
    public static async Task<List<ObjectClass>> CategoriesAsync(DatasetSource source, string file, FaultLog? faults, CancellationToken cancellationToken, CocoStatements? statements = null)
    {
        List<ObjectClass> classes = [];
        CocoClassNames names = new();
        await using var stream = source.OpenRead(file);
        await foreach (var item in JsonItems.ReadAsync(stream, file, m => m == "categories" || statements is not null && CocoStatements.Has(m), cancellationToken))
        {
            if (item.Member != "categories") statements?.Take(item);
            if (item.Member != "categories" || item.Index < 0) continue;
            var fields = new CocoFields(item.Member, item.Index, item.Value);
            Guarded(fields, file, faults, () => classes.Add(names.Add(Category(fields), fields, (place, message) => faults?.Add(file, place, message))));
        }

        return classes;
    }

    /// <summary>Takes the categories before their turn: what has no place is said by its category's name.</summary>
    private async Task TakeClassesAsync(CancellationToken cancellationToken)
    {
        (_classes, _hasAllClasses) = (new CocoClassNames(), true);
        await using var stream = source.OpenRead(file);
        await foreach (var item in JsonItems.ReadAsync(stream, file, m => m == "categories", cancellationToken))
            if (item.Index >= 0) TakeClass(new CocoFields(item.Member, item.Index, item.Value));
    }

    private void TakeClass(CocoFields fields) =>
        Guarded(fields, file, faults, () => (_classes ??= new()).Add(Category(fields), fields, (place, message) => faults.Add(file, place, message)));

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
        record.ValueKind != JsonValueKind.Object || record.TryGetProperty("bbox"u8, out _) || record.TryGetProperty("segmentation"u8, out _) || record.TryGetProperty("keypoints"u8, out _) || record.TryGetProperty(CocoCuboid.Member, out _);

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
        if (member != "annotations") return false;
        if (_plain.TryRead(text, out length) is not true and var other) return other;
        if (_classes is not null && !_classes.ById.ContainsKey(_plain.Category)) return false;
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
                    _videos[Id(fields, "id")] = fields.Text("name");
                    break;
                case "categories":
                    if (!_hasAllClasses) TakeClass(fields);
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
        var id = Id(fields, "id");
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
        _pictures.Add(new Picture(id, name, width, height, fields.Find("video_id") is null ? null : Id(fields, "video_id"), facts));
    }

    private void TakeAnnotation(CocoFields fields, JsonItem item)
    {
        var (image, category) = (Id(fields, "image_id"), fields.Find("caption") is null ? fields.Integer("category_id") : 0);
        var isCaption = fields.Find("caption") is { ValueKind: JsonValueKind.String };
        string? name = null;
        if (!isCaption && _classes is not null && !_classes.ById.TryGetValue(category, out name)) throw fields.Fault("category_id", "an id of \"categories\"");
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
    private List<LabelledObject> Objects(Gathered gathered, bool hasOldCuboids)
    {
        List<LabelledObject> objects = new(gathered.Count);
        for (var at = gathered.Entries.First; at >= 0; at = _entries[at].Next)
        {
            var (packed, general, index, category, _) = _entries[at];
            if (_classes is null || !_classes.ById.TryGetValue(category, out var name)) faults.Add(file, $"/annotations/{index}/category_id", $"expected an id of \"categories\"; found {category}");
            else if (general < 0) objects.Add(_packed.ToObject(packed, name));
            else objects.Add(CocoCuboid.Marked(_general[general].Class.Length > 0 ? _general[general] : _general[general] with { Class = name }, hasOldCuboids));
        }

        return objects;
    }

    /// <summary>Whether the boxes that are stated are those of cuboids as old files have them, and not as those of today.</summary>
    private bool HasOldCuboids()
    {
        var (old, today) = (0.0, 0.0);
        foreach (var picture in _pictures)
        {
            for (var at = _byImage[picture.Id].Entries.First; at >= 0; at = _entries[at].Next)
            {
                if (_entries[at].General < 0 || _general[_entries[at].General] is not { Attributes.Count: > 0 } each) continue;
                if (CocoCuboid.Miss(each, picture.Facts, picture.WidthPx, picture.HeightPx, isOld: true) is not { } asOld
                    || CocoCuboid.Miss(each, picture.Facts, picture.WidthPx, picture.HeightPx, isOld: false) is not { } asToday) continue;
                (old, today) = (old + asOld, today + asToday);
            }
        }

        return old < today;
    }

    /// <summary>An id as a number. Texts are numbered from the least number on.</summary>
    private long Id(CocoFields fields, string name)
    {
        if (fields.Find(name) is not { ValueKind: JsonValueKind.String } text) return fields.Integer(name);
        var id = text.GetString()!;
        if (!_textIds.TryGetValue(id, out var number)) _textIds.Add(id, number = long.MinValue + _textIds.Count);
        return number;
    }

    private string Shown(long id) => _textIds.FirstOrDefault(t => t.Value == id).Key is { } text ? $"\"{text}\"" : id.ToString(System.Globalization.CultureInfo.InvariantCulture);

    private Sample ToSample(Picture picture, bool hasOldCuboids)
    {
        var gathered = _byImage[picture.Id];
        _byImage.Remove(picture.Id);
        var path = PictureOf?.Invoke(picture.Name);
        var (width, height) = picture.WidthPx > 0 && picture.HeightPx > 0 ? (picture.WidthPx, picture.HeightPx) : source.SizeOf(path ?? picture.Name) ?? (picture.WidthPx, picture.HeightPx);
        return new Sample
        {
            Name = picture.Name,
            Picture = path,
            WidthPx = width,
            HeightPx = height,
            Scene = picture.Video is { } video ? _videos.GetValueOrDefault(video, $"video_{Shown(video)}") : null,
            Facts = picture.Facts,
            Opinions = [new Opinion { Objects = Objects(gathered, hasOldCuboids), Answers = gathered.Answers?.ToDictionary(a => a.Key, a => JsonSerializer.SerializeToElement(a.Value)) ?? Sample.Empty }],
        };
    }
}
