using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Touchstone.Annotations.Exports;
using Touchstone.Annotations.Geometry;

namespace Touchstone.Formats.Coco;

/// <summary>What a COCO file says of itself.</summary>
/// <param name="Description">What it is.</param>
/// <param name="Version">Its version.</param>
/// <param name="DateCreated">When it was made, as the caller writes it; empty keeps the bytes free of time.</param>
/// <param name="Contributor">Who made it.</param>
public sealed record CocoInfo(string Description, string Version = "", string DateCreated = "", string Contributor = "");

/// <summary>
/// Writes COCO detection ground truth: images and annotations stream through, so memory stays flat. The same input gives the same
/// bytes: members in a fixed order, numbers with at most three decimals, ids counted from 1 in the order of the input.
/// </summary>
/// <remarks>
/// COCO data format, cocodataset.org, "Object Detection" and "Keypoint Detection". What COCO has no place for goes as CVAT writes
/// it where CVAT does: attributes in <c>attributes</c>, a rotated box as its four corners with <c>attributes.rotation</c> in degrees. A
/// polyline is its bounds with its points in <c>attributes.polyline</c> ([[x, y], ...]) and area 0. Confidence is <c>score</c>.
/// </remarks>
public static class CocoWriter
{
    /// <summary>The attribute that carries a rotated box's angle, in degrees clockwise in [0, 360).</summary>
    public const string RotationAttribute = "rotation";

    /// <summary>The attribute that carries a polyline's points.</summary>
    public const string PolylineAttribute = "polyline";

    /// <summary>What COCO carries as it is, so that what it would lose can be said before anything is written.</summary>
    public static readonly FormatCapability Capability = new(
        "COCO", [GeometryKind.Box, GeometryKind.RotatedBox, GeometryKind.Polygon, GeometryKind.Keypoints], AnswerParts.Shapes,
        AnswerParts.Label | AnswerParts.Labels | AnswerParts.Path | AnswerParts.Number | AnswerParts.Text);

    private const int FlushBytes = 64 * 1024;

    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes one file.</summary>
    /// <param name="output">Where to; it stays open.</param>
    /// <param name="info">What the file says of itself.</param>
    /// <param name="categories">The categories.</param>
    /// <param name="images">The images, in the order of their ids; read once.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>What COCO could not carry.</returns>
    /// <remarks>COCO wants all images before all annotations: annotations rest in a temporary file until the images are out.</remarks>
    public static async Task<LossReport> WriteAsync(
        Stream output, CocoInfo info, CocoCategories categories, IAsyncEnumerable<LabelledImage> images, CancellationToken cancellationToken = default)
    {
        var losses = new LossCounter();
        await using var spool = new FileStream(Path.Combine(Path.GetTempPath(), $"touchstone-coco-{Guid.NewGuid():N}.tmp"), FileMode.CreateNew, FileAccess.ReadWrite,
            FileShare.None, bufferSize: 0, FileOptions.DeleteOnClose | FileOptions.Asynchronous);
        var (head, tail) = (new RecordWriter(output), new RecordWriter(spool));
        WriteHead(head, info, categories);
        long imageId = 0, annotationId = 0;
        await foreach (var image in images.WithCancellation(cancellationToken))
        {
            imageId++;
            head.BeginRecord(imageId == 1);
            WriteImage(head.Json, imageId, image);
            foreach (var shape in image.Shapes)
            {
                annotationId++;
                tail.BeginRecord(annotationId == 1);
                WriteAnnotation(tail.Json, annotationId, imageId, categories.IdOf(shape.Question, shape.Shape.Class), shape, losses);
                await tail.FlushAsync(FlushBytes, cancellationToken);
            }

            foreach (var question in image.OtherAnswers.Keys)
                losses.Add($"image_answer:{question}", "COCO has no place for answers about an image as a whole; labels.ndjson carries them.");
            await head.FlushAsync(FlushBytes, cancellationToken);
        }

        head.Raw("\n],\n\"annotations\":["u8);
        await head.FlushAsync(0, cancellationToken);
        await tail.FlushAsync(0, cancellationToken);
        spool.Position = 0;
        await spool.CopyToAsync(output, cancellationToken);
        head.Raw("\n]\n}\n"u8);
        await head.FlushAsync(0, cancellationToken);
        return losses.ToReport();
    }

    /// <summary>Writes images that are in memory; see the other overload.</summary>
    public static Task<LossReport> WriteAsync(
        Stream output, CocoInfo info, CocoCategories categories, IEnumerable<LabelledImage> images, CancellationToken cancellationToken = default) =>
        WriteAsync(output, info, categories, images.ToAsyncEnumerable(), cancellationToken);

    private static void WriteHead(RecordWriter head, CocoInfo info, CocoCategories categories)
    {
        head.Raw("{\n\"info\":"u8);
        head.BeginValue();
        head.Json.WriteStartObject();
        head.Json.WriteString("description"u8, info.Description);
        head.Json.WriteString("version"u8, info.Version);
        head.Json.WriteString("contributor"u8, info.Contributor);
        head.Json.WriteString("date_created"u8, info.DateCreated);
        head.Json.WriteEndObject();
        head.Raw(",\n\"licenses\":[],\n\"categories\":["u8);
        foreach (var category in categories.All)
        {
            head.BeginRecord(category.Id == 1);
            WriteCategory(head.Json, category);
        }

        head.Raw("\n],\n\"images\":["u8);
    }

    private static void WriteCategory(Utf8JsonWriter json, CocoCategory category)
    {
        json.WriteStartObject();
        json.WriteNumber("id"u8, category.Id);
        json.WriteString("name"u8, category.Name);
        json.WriteString("supercategory"u8, category.Supercategory);
        if (category.Keypoints.Count > 0)
        {
            json.WriteStartArray("keypoints"u8);
            foreach (var name in category.Keypoints) json.WriteStringValue(name);
            json.WriteEndArray();
            json.WriteStartArray("skeleton"u8);
            foreach (var (from, to) in category.Skeleton)
            {
                json.WriteStartArray();
                json.WriteNumberValue(from);
                json.WriteNumberValue(to);
                json.WriteEndArray();
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    private static void WriteImage(Utf8JsonWriter json, long id, LabelledImage image)
    {
        json.WriteStartObject();
        json.WriteNumber("id"u8, id);
        json.WriteNumber("width"u8, image.WidthPx);
        json.WriteNumber("height"u8, image.HeightPx);
        json.WriteString("file_name"u8, image.FileName);
        if (image.Sha256 is not null) json.WriteString("sha256"u8, image.Sha256);
        json.WriteEndObject();
    }

    private static void WriteAnnotation(Utf8JsonWriter json, long id, long imageId, long categoryId, LabelledShape labelled, LossCounter losses)
    {
        var geometry = labelled.Shape.Geometry;
        var bounds = Pixels.Rounded(geometry.Bounds);
        json.WriteStartObject();
        json.WriteNumber("id"u8, id);
        json.WriteNumber("image_id"u8, imageId);
        json.WriteNumber("category_id"u8, categoryId);
        json.WriteStartArray("bbox"u8);
        foreach (var side in (ReadOnlySpan<double>)[bounds.X, bounds.Y, bounds.Width, bounds.Height]) json.WriteNumberValue(side);
        json.WriteEndArray();
        json.WriteNumber("area"u8, Pixels.Round(AreaOf(geometry)));
        WriteSegmentation(json, geometry);
        if (geometry is Keypoints keypoints) WriteKeypoints(json, keypoints);
        json.WriteNumber("iscrowd"u8, 0);
        if (labelled.Confidence is { } confidence) json.WriteNumber("score"u8, Math.Round(confidence, 4) + 0.0);
        WriteAttributes(json, labelled.Shape, losses);
        json.WriteEndObject();
    }

    private static double AreaOf(ShapeGeometry geometry) => geometry switch
    {
        RotatedBox box => box.Width * box.Height,
        Polygon polygon => Pixels.Area(polygon.Points),
        Polyline => 0,
        _ => geometry.Bounds.Area,
    };

    private static void WriteSegmentation(Utf8JsonWriter json, ShapeGeometry geometry)
    {
        json.WriteStartArray("segmentation"u8);
        IReadOnlyList<Point> ring = geometry switch { Polygon polygon => polygon.Points, RotatedBox box => box.Corners(), _ => [] };
        if (ring.Count > 0)
        {
            json.WriteStartArray();
            foreach (var (x, y) in ring)
            {
                json.WriteNumberValue(Pixels.Round(x));
                json.WriteNumberValue(Pixels.Round(y));
            }

            json.WriteEndArray();
        }

        json.WriteEndArray();
    }

    private static void WriteKeypoints(Utf8JsonWriter json, Keypoints keypoints)
    {
        json.WriteStartArray("keypoints"u8);
        foreach (var point in keypoints.Points)
        {
            var isLabelled = point.Visibility != Visibility.NotLabelled;
            json.WriteNumberValue(isLabelled ? Pixels.Round(point.X) : 0);
            json.WriteNumberValue(isLabelled ? Pixels.Round(point.Y) : 0);
            json.WriteNumberValue((int)point.Visibility);
        }

        json.WriteEndArray();
        json.WriteNumber("num_keypoints"u8, keypoints.Points.Count(p => p.Visibility != Visibility.NotLabelled));
    }

    private static void WriteAttributes(Utf8JsonWriter json, Shape shape, LossCounter losses)
    {
        var own = shape.Geometry switch { RotatedBox => RotationAttribute, Polyline => PolylineAttribute, _ => null };
        if (own is null && shape.Attributes.Count == 0) return;
        json.WriteStartObject("attributes"u8);
        foreach (var (name, value) in shape.Attributes.OrderBy(a => a.Key, StringComparer.Ordinal))
        {
            json.WritePropertyName(name);
            value.WriteTo(json);
        }

        if (own is not null && shape.Attributes.ContainsKey(own))
            losses.Add($"geometry:{own}", $"An attribute of the ontology is called \"{own}\", where the geometry would be; COCO carries the shape's bounds alone.");
        else if (shape.Geometry is RotatedBox box)
            json.WriteNumber(RotationAttribute, Pixels.Degrees(box.Angle));
        else if (shape.Geometry is Polyline line)
            WritePolyline(json, line, losses);
        json.WriteEndObject();
    }

    private static void WritePolyline(Utf8JsonWriter json, Polyline line, LossCounter losses)
    {
        losses.Add("geometry:polyline", $"COCO has no open lines: other programs see the line's bounds; its points are in attributes.{PolylineAttribute}.");
        json.WriteStartArray(PolylineAttribute);
        foreach (var (x, y) in line.Points)
        {
            json.WriteStartArray();
            json.WriteNumberValue(Pixels.Round(x));
            json.WriteNumberValue(Pixels.Round(y));
            json.WriteEndArray();
        }

        json.WriteEndArray();
    }

    /// <summary>Writes JSON values one a line, buffered, with raw text between them.</summary>
    private sealed class RecordWriter(Stream stream)
    {
        private readonly ArrayBufferWriter<byte> _buffer = new(FlushBytes + 4096);
        private Utf8JsonWriter? _json;

        public Utf8JsonWriter Json => _json!;

        public void BeginValue()
        {
            _json ??= new Utf8JsonWriter(_buffer, Options);
            _json.Flush();
            _json.Reset(_buffer);
        }

        public void BeginRecord(bool isFirst) => Raw(isFirst ? "\n"u8 : ",\n"u8);

        public void Raw(ReadOnlySpan<byte> text)
        {
            BeginValue();
            _buffer.Write(text);
        }

        public async ValueTask FlushAsync(int whenOver, CancellationToken cancellationToken)
        {
            BeginValue();
            if (_buffer.WrittenCount <= whenOver) return;
            await stream.WriteAsync(_buffer.WrittenMemory, cancellationToken);
            _buffer.ResetWrittenCount();
            BeginValue();
        }
    }
}
