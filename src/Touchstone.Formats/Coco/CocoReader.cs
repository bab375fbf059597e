using System.Text.Json;
using Touchstone.Formats.Json;

namespace Touchstone.Formats.Coco;

/// <summary>Reads COCO detection and keypoint files of any writer.</summary>
/// <remarks>The JSON streams through; what is kept is one small record an image and annotation. Members may come in any order.</remarks>
public static class CocoReader
{
    /// <summary>Reads one file. Records that contradict the format are left out and listed; a file that is no JSON is refused.</summary>
    /// <param name="stream">The file.</param>
    /// <param name="fileName">Its name, for messages.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="FileFormatFaultException">The file is no JSON object, is cut short, or has no list of images.</exception>
    public static async Task<CocoDataset> ReadAsync(Stream stream, string fileName = "annotations.json", CancellationToken cancellationToken = default)
    {
        var collected = new CocoCollector();
        await foreach (var item in JsonItems.ReadAsync(stream, fileName, cancellationToken))
            collected.Add(item);
        if (!collected.SawImages)
            throw new FileFormatFaultException($"{fileName}: the object has no list \"images\", as a COCO file has.");
        return collected.ToDataset();
    }

    /// <summary>Reads a file on disk.</summary>
    public static async Task<CocoDataset> ReadFileAsync(string path, CancellationToken cancellationToken = default)
    {
        await using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, FileOptions.Asynchronous | FileOptions.SequentialScan);
        return await ReadAsync(stream, Path.GetFileName(path), cancellationToken);
    }
}

/// <summary>Takes the items of a file as they come and joins them at the end, when every id is known.</summary>
internal sealed class CocoCollector
{
    private readonly List<CocoCategory> _categories = [];
    private readonly Dictionary<long, CocoCategory> _categoryById = [];
    private readonly List<(long Id, string FileName, int Width, int Height)> _images = [];
    private readonly Dictionary<long, List<CocoAnnotation>> _annotationsByImage = [];
    private readonly HashSet<long> _annotationIds = [];
    private readonly List<(int Index, CocoDraft Draft)> _drafts = [];
    private readonly List<(string Member, int Index, FormatFault Fault)> _faults = [];

    public bool SawImages { get; private set; }

    public void Add(JsonItem item)
    {
        if (item.Member is not ("images" or "annotations" or "categories")) return;
        SawImages |= item.Member == "images" && (item.Index >= 0 || item.Value.ValueKind == JsonValueKind.Array);
        if (item.Index < 0)
        {
            if (item.Value.ValueKind == JsonValueKind.Array) return;
            _faults.Add((item.Member, -1, new FormatFault($"/{item.Member}", null, $"expected a list; found {CocoFields.Show(item.Value)}")));
            return;
        }

        var fields = new CocoFields(item.Member, item.Index, item.Value);
        try
        {
            switch (item.Member)
            {
                case "images":
                    AddImage(fields);
                    break;
                case "categories":
                    AddCategory(fields);
                    break;
                default:
                    var draft = CocoDraft.Read(fields);
                    if (!_annotationIds.Add(draft.Id)) throw fields.Fault("id", "an id that no annotation before it has");
                    _drafts.Add((item.Index, draft));
                    break;
            }
        }
        catch (CocoFieldException fault)
        {
            _faults.Add((item.Member, item.Index, fault.Fault));
        }
    }

    public CocoDataset ToDataset()
    {
        foreach (var (index, draft) in _drafts)
        {
            if (!_annotationsByImage.TryGetValue(draft.ImageId, out var annotations))
                Reject(index, draft, "image_id", draft.ImageId, "images");
            else if (!_categoryById.TryGetValue(draft.CategoryId, out var category))
                Reject(index, draft, "category_id", draft.CategoryId, "categories");
            else
                annotations.Add(draft.ToAnnotation(category));
        }

        return new CocoDataset(
            _categories,
            [.. _images.Select(i => new CocoImage(i.Id, i.FileName, i.Width, i.Height, _annotationsByImage[i.Id]))],
            [.. _faults.OrderBy(f => f.Member == "annotations" ? 1 : 0).ThenBy(f => f.Member, StringComparer.Ordinal).ThenBy(f => f.Index).Select(f => f.Fault)]);
    }

    private void Reject(int index, CocoDraft draft, string field, long value, string list) => _faults.Add(
        ("annotations", index, new FormatFault($"/annotations/{index}/{field}", draft.Id, $"refers to {field} {value}, which is not in \"{list}\"")));

    private void AddImage(CocoFields fields)
    {
        var id = fields.Integer("id");
        var image = (id, fields.Text("file_name"), fields.Side("width"), fields.Side("height"));
        if (!_annotationsByImage.TryAdd(id, [])) throw fields.Fault("id", "an id that no image before it has");
        _images.Add(image);
    }

    private void AddCategory(CocoFields fields)
    {
        var skeleton = new List<(int From, int To)>();
        if (fields.Find("skeleton") is { ValueKind: JsonValueKind.Array } limbs)
        {
            foreach (var limb in limbs.EnumerateArray())
                if (limb.ValueKind == JsonValueKind.Array && limb.GetArrayLength() == 2 && limb[0].TryGetInt32(out var from) && limb[1].TryGetInt32(out var to))
                    skeleton.Add((from, to));
        }

        var keypoints = fields.Find("keypoints") is { ValueKind: JsonValueKind.Array } names
            ? names.EnumerateArray().Where(n => n.ValueKind == JsonValueKind.String).Select(n => n.GetString()!).ToArray()
            : [];
        var supercategory = fields.Find("supercategory") is { ValueKind: JsonValueKind.String } super ? super.GetString()! : "";
        var category = new CocoCategory(fields.Integer("id"), fields.Text("name"), supercategory, keypoints, skeleton);
        if (!_categoryById.TryAdd(category.Id, category)) throw fields.Fault("id", "an id that no category before it has");
        _categories.Add(category);
    }
}
