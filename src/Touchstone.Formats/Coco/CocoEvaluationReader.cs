using System.Text.Json;
using Touchstone.Annotations.Geometry;

namespace Touchstone.Formats.Coco;

/// <summary>Reads true objects (a COCO dataset) and detections (a list of results) for an evaluation.</summary>
/// <remarks>The first record that contradicts the format ends the reading: an evaluation in which objects are missing would be a wrong figure.</remarks>
public static class CocoEvaluationReader
{
    /// <summary>Reads a dataset: an object with the lists images, annotations and categories.</summary>
    /// <param name="stream">The file.</param>
    /// <param name="name">Its name, for messages.</param>
    /// <exception cref="FileFormatFaultException">The file is no such JSON; the message has the JSON pointer.</exception>
    public static CocoEvaluationFile ReadTruth(Stream stream, string name) => Reading(stream, name, document =>
    {
        if (document.ValueKind != JsonValueKind.Object) throw new FileFormatFaultException($"{name}: expected an object with the lists \"images\", \"annotations\" and \"categories\", found {CocoFields.Show(document)}.");
        var images = new Dictionary<long, (int, int)>();
        foreach (var fields in Records(document, "images", name))
            if (!images.TryAdd(fields.Integer("id"), (fields.Side("width"), fields.Side("height")))) throw fields.Fault("id", "an id that no image before it has");
        var categories = new Dictionary<long, string>();
        foreach (var fields in Records(document, "categories", name))
            if (!categories.TryAdd(fields.Integer("id"), fields.Text("name"))) throw fields.Fault("id", "an id that no category before it has");
        List<CocoEvaluationObject> objects = [];
        foreach (var fields in Records(document, "annotations", name))
        {
            var found = Object(fields, "annotations", objects.Count);
            if (!images.ContainsKey(found.ImageId)) throw fields.Fault("image_id", "the id of an image of the file");
            if (!categories.ContainsKey(found.CategoryId)) throw fields.Fault("category_id", "the id of a category of the file");
            objects.Add(found);
        }

        return new CocoEvaluationFile(name, images, categories, objects);
    });

    /// <summary>Reads results: a list of objects with image_id, category_id, score, and bbox, segmentation or keypoints.</summary>
    /// <inheritdoc cref="ReadTruth"/>
    public static CocoEvaluationFile ReadDetections(Stream stream, string name) => Reading(stream, name, document =>
    {
        if (document.ValueKind != JsonValueKind.Array) throw new FileFormatFaultException($"{name}: expected a list of detections, found {CocoFields.Show(document)}.");
        List<CocoEvaluationObject> objects = [];
        foreach (var record in document.EnumerateArray())
        {
            var fields = new CocoFields("", objects.Count, record);
            var found = Object(fields, "", objects.Count);
            if (found.Score is null) throw fields.Fault("score", "a number");
            objects.Add(found);
        }

        return new CocoEvaluationFile(name, new Dictionary<long, (int, int)>(), new Dictionary<long, string>(), objects);
    });

    private static CocoEvaluationFile Reading(Stream stream, string name, Func<JsonElement, CocoEvaluationFile> read)
    {
        try
        {
            using var document = JsonDocument.Parse(stream);
            return read(document.RootElement);
        }
        catch (JsonException fault)
        {
            throw new FileFormatFaultException($"{name}: line {fault.LineNumber + 1}, byte {fault.BytePositionInLine + 1}: this is no JSON ({fault.Message.Split(" LineNumber")[0]})", fault);
        }
        catch (CocoFieldException fault)
        {
            throw new FileFormatFaultException($"{name}: {fault.Fault.ToString().Replace("//", "/", StringComparison.Ordinal)}", fault);
        }
    }

    private static IEnumerable<CocoFields> Records(JsonElement document, string list, string name)
    {
        if (!document.TryGetProperty(list, out var records) || records.ValueKind != JsonValueKind.Array)
            throw new FileFormatFaultException($"{name}: /{list}: expected a list, found {(records.ValueKind == JsonValueKind.Undefined ? "nothing" : CocoFields.Show(records))}.");
        return records.EnumerateArray().Select((record, i) => new CocoFields(list, i, record));
    }

    private static CocoEvaluationObject Object(CocoFields fields, string list, int index)
    {
        var box = fields.Numbers("bbox");
        if (box is not (null or [_, _, >= 0, >= 0])) throw fields.Fault("bbox", "x, y, width and height, neither of these below 0");
        var keypoints = fields.Numbers("keypoints");
        if (keypoints is not null && keypoints.Length % 3 != 0) throw fields.Fault("keypoints", "three numbers for each point");
        return new CocoEvaluationObject($"{(list.Length == 0 ? "" : "/" + list)}/{index}", fields.Integer("image_id"), fields.Integer("category_id"))
        {
            Bounds = box is null ? null : new Box(box[0], box[1], box[2], box[3]),
            Segmentation = Segmentation(fields),
            Keypoints = keypoints,
            Area = fields.Find("area") is null ? null : fields.Number("area", 0),
            IsCrowd = fields.Find("iscrowd") is not null && fields.Number("iscrowd", 0) != 0,
            Score = fields.Find("score") is null ? null : fields.Number("score", 0),
        };
    }

    private static CocoSegmentation? Segmentation(CocoFields fields)
    {
        const string Name = "segmentation";
        if (fields.Find(Name) is not { } value) return null;
        if (value.ValueKind == JsonValueKind.Array)
        {
            List<double[]> rings = [];
            foreach (var ring in value.EnumerateArray())
            {
                if (ring.ValueKind != JsonValueKind.Array) throw fields.Fault($"{Name}/{rings.Count}", "a list of numbers", ring);
                var corners = fields.Numbers(ring, $"{Name}/{rings.Count}");
                if (corners.Length < 6 || corners.Length % 2 != 0) throw fields.Fault($"{Name}/{rings.Count}", "x and y of three corners or more", ring);
                rings.Add(corners);
            }

            return rings.Count == 0 ? null : new CocoSegmentation.Polygons(rings);
        }

        if (value.ValueKind != JsonValueKind.Object || !value.TryGetProperty("size", out var size) || !value.TryGetProperty("counts", out var counts)) throw fields.Fault(Name, "polygons, or an object with size and counts");
        if (size.ValueKind != JsonValueKind.Array || size.GetArrayLength() != 2 || !size[0].TryGetInt32(out var height) || !size[1].TryGetInt32(out var width) || height <= 0 || width <= 0)
            throw fields.Fault($"{Name}/size", "height and width in pixels", size);
        if (counts.ValueKind == JsonValueKind.String) return new CocoSegmentation.PackedRuns(height, width, counts.GetString()!);
        if (counts.ValueKind != JsonValueKind.Array) throw fields.Fault($"{Name}/counts", "a list or text of lengths", counts);
        var lengths = new uint[counts.GetArrayLength()];
        var i = 0;
        foreach (var length in counts.EnumerateArray())
        {
            if (length.ValueKind != JsonValueKind.Number || !length.TryGetUInt32(out lengths[i])) throw fields.Fault($"{Name}/counts/{i}", "a length of 0 or more", length);
            i++;
        }

        return new CocoSegmentation.Runs(height, width, lengths);
    }
}
