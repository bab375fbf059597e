using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text.Json;
using Touchstone.Annotations.Masks;
using Touchstone.Files.Png;
using Touchstone.Formats.Exchange;
using Touchstone.Formats.Json;

namespace Touchstone.Formats.Coco;

/// <summary>COCO panoptic: a JSON file with the segments of each image, and a PNG whose colour is the segment's number.</summary>
/// <remarks>cocodataset.org, "Panoptic Segmentation": number = R + 256 G + 65536 B, 0 belongs to no segment.</remarks>
public sealed class CocoPanopticFormat : DatasetFormat
{
    private const int NumberMax = (1 << 24) - 1;

    /// <inheritdoc/>
    public override FormatTraits Traits { get; } = new()
    {
        Id = "coco-panoptic",
        Name = "COCO panoptic",
        Specification = "cocodataset.org, Panoptic Segmentation",
        Evidence = Evidence.OtherPrograms,
        Marks = [MarkKind.Mask],
        Attributes = AttributeSupport.Only(CommonAttributes.Crowd),
        Parts = CarriedParts.EmptySamples | CarriedParts.Sizes | CarriedParts.Splits | CarriedParts.Classes | CarriedParts.ObjectIds | CarriedParts.Facts,
        PixelsHaveOneOwner = true,
        Streams = false,
    };

    /// <inheritdoc/>
    public override IReadOnlyList<Recognition> Recognise(DatasetSource source)
    {
        var files = Files(source);
        return files.Count == 0 ? [] : [new Recognition(Traits.Id, "", 0.9, $"{files[0].Path} with segments")];
    }

    /// <inheritdoc/>
    public override async Task<DatasetFacts> FactsAsync(DatasetSource source, FormatOptions options, CancellationToken cancellationToken)
    {
        Dictionary<string, ObjectClass> classes = new(StringComparer.Ordinal);
        foreach (var file in Files(source))
            foreach (var each in await CocoInput.CategoriesAsync(source, file.Path, faults: null, cancellationToken)) classes.TryAdd(each.Name, each);
        return new DatasetFacts { Title = source.Title, Classes = [.. classes.Values] };
    }

    /// <inheritdoc/>
    public override async IAsyncEnumerable<Sample> ReadAsync(DatasetSource source, FormatOptions options, FaultLog faults, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var files = Files(source);
        if (files.Count == 0) throw new FileFormatFaultException($"{source.Root} holds no panoptic_*.json of COCO's.");
        foreach (var file in files)
        {
            var names = (await CocoInput.CategoriesAsync(source, file.Path, faults, cancellationToken)).ToDictionary(c => c.Number!.Value, c => c.Name);
            var segments = await SegmentsAsync(source, file.Path, names, faults, cancellationToken);
            await foreach (var (id, sample) in new CocoInput(source, file.Path, faults) { OnlyImages = true }.ReadAsync(cancellationToken))
            {
                List<LabelledObject> objects = [];
                if (segments.Remove(id, out var picture)) objects = Cut(source, file.Path, picture, faults);
                yield return sample with { Split = file.Split, Opinions = [new Opinion { Objects = objects }] };
            }

            foreach (var (id, picture) in segments) faults.Add(file.Path, $"/annotations/{picture.Index}/image_id", $"refers to image_id {id}, which is not in \"images\"");
        }
    }

    [StructLayout(LayoutKind.Sequential, Pack = 1)]
    private readonly record struct Rgb(byte R, byte G, byte B);

    private sealed record Picture(int Index, string FileName, List<(long Number, string Class, bool IsCrowd)> Segments);

    private static async Task<Dictionary<long, Picture>> SegmentsAsync(DatasetSource source, string file, Dictionary<long, string> names, FaultLog faults, CancellationToken cancellationToken)
    {
        Dictionary<long, Picture> pictures = [];
        await using var stream = source.OpenRead(file);
        await foreach (var item in JsonItems.ReadAsync(stream, file, m => m == "annotations", cancellationToken))
        {
            if (item.Index < 0) continue;
            var fields = new CocoFields(item.Member, item.Index, item.Value);
            try
            {
                var picture = new Picture(item.Index, fields.Text("file_name"), []);
                if (!pictures.TryAdd(fields.Integer("image_id"), picture)) throw fields.Fault("image_id", "an image that no annotation before it has");
                if (fields.Find("segments_info") is not { ValueKind: JsonValueKind.Array } list) throw fields.Fault("segments_info", "a list");
                var index = 0;
                foreach (var segment in list.EnumerateArray())
                {
                    var of = new CocoFields($"annotations/{item.Index}/segments_info", index++, segment);
                    try
                    {
                        picture.Segments.Add((of.Integer("id"), names.TryGetValue(of.Integer("category_id"), out var name) ? name : throw of.Fault("category_id", "an id of \"categories\""), of.Number("iscrowd", 0) == 1));
                    }
                    catch (CocoFieldException fault)
                    {
                        faults.Add(file, fault.Fault.Pointer, fault.Fault.Message);
                    }
                }
            }
            catch (CocoFieldException fault)
            {
                faults.Add(file, fault.Fault.Pointer, fault.Fault.Message);
            }
            catch (InvalidOperationException fault)
            {
                faults.Add(file, fields.Pointer, $"a text is no Unicode ({fault.Message})");
            }
        }

        return pictures;
    }

    private static List<LabelledObject> Cut(DatasetSource source, string file, Picture picture, FaultLog faults)
    {
        List<LabelledObject> objects = [];
        if (Load(source, file, picture, faults) is not { } image) return objects;
        var (pixels, step) = (image.Samples, image.ChannelCount);
        var masks = PixelNumbers.Masks(image.WidthPx, image.HeightPx, at => pixels[at * step] | pixels[at * step + 1] << 8 | pixels[at * step + 2] << 16);
        foreach (var (number, name, isCrowd) in picture.Segments)
        {
            if (!masks.TryGetValue((int)Math.Clamp(number, -1, NumberMax + 1L), out var mask))
            {
                faults.Add(file, $"/annotations/{picture.Index}/segments_info", $"names segment {number}, of which {picture.FileName} has no pixel");
                continue;
            }

            objects.Add(new LabelledObject(name, new PixelMask(mask)) { Id = number.ToString(System.Globalization.CultureInfo.InvariantCulture), Attributes = isCrowd ? Crowd : Sample.Empty });
        }

        foreach (var number in masks.Keys.Except(picture.Segments.Select(s => (int)Math.Clamp(s.Number, -1, NumberMax + 1L))))
            if (number != 0) faults.Add(file, $"/annotations/{picture.Index}/segments_info", $"does not name segment {number}, which {picture.FileName} has");
        return objects;
    }

    private static readonly Dictionary<string, JsonElement> Crowd = new() { [CommonAttributes.Crowd] = JsonValues.True };

    private static PngImage? Load(DatasetSource source, string file, Picture picture, FaultLog faults)
    {
        var folder = file[..^".json".Length];
        var path = $"{folder}/{picture.FileName}";
        try
        {
            if (!source.Has(path)) path = source.FindPicture($"{folder[(folder.LastIndexOf('/') + 1)..]}/{picture.FileName}") ?? path;
            using var stream = source.OpenRead(path);
            var image = PngReader.Read(stream);
            if (image.BitDepth == 8 && image.Colour is PngColour.Rgb or PngColour.Rgba) return image;
            faults.Add(path, "", $"the picture has {image.BitDepth} bits of {image.Colour}; 8 bits of red, green and blue were expected.");
        }
        catch (Exception fault) when (fault is PngFormatException or IOException or FileFormatFaultException)
        {
            faults.Add(file, $"/annotations/{picture.Index}/file_name", $"the picture {picture.FileName} cannot be read: {fault.Message}");
        }

        return null;
    }

    /// <inheritdoc/>
    public override string? LabelPlace(Sample sample, FormatOptions options) => $"annotations/panoptic_{sample.Split ?? "default"}/{DatasetSource.WithoutPictureEnding(sample.Name)}.png";

    /// <inheritdoc/>
    public override string? Refusal(Sample sample, FormatOptions options) => sample.Opinions.Any(o => o.Objects.Count > 0) ? PixelNumbers.Refusal(sample, options, Traits.Name) : null;

    /// <inheritdoc/>
    public override async Task WriteAsync(DatasetFacts facts, IAsyncEnumerable<Sample> samples, DatasetTarget target, FormatOptions options, CancellationToken cancellationToken)
    {
        target.RequireFolder(Traits.Name);
        Dictionary<string, CocoOutput> outputs = new(StringComparer.Ordinal);
        try
        {
            await foreach (var sample in samples.WithCancellation(cancellationToken))
            {
                var split = sample.Split ?? "default";
                if (!outputs.TryGetValue(split, out var output)) outputs.Add(split, output = new CocoOutput(target.Create($"annotations/panoptic_{split}.json"), facts, isPanoptic: true));
                Write(output, sample, target, $"annotations/panoptic_{split}");
            }

            foreach (var output in outputs.Values) await output.FinishAsync(cancellationToken);
        }
        finally
        {
            foreach (var output in outputs.Values) await output.DisposeAsync();
        }
    }

    private static void Write(CocoOutput output, Sample sample, DatasetTarget target, string folder)
    {
        var image = output.WriteImage(sample);
        List<(LabelledObject Object, RunLengthMask Mask)> masks = [.. sample.Opinions.SelectMany(o => o.Objects).Select(o => (o, ((PixelMask)o.Mark).Mask))];
        if (masks.Count == 0) return;
        var (width, height) = (masks[0].Mask.Width, masks[0].Mask.Height);
        if (masks.Exists(m => m.Mask.Width != width || m.Mask.Height != height)) throw new FileFormatFaultException($"{sample.Name}: its masks are of different sizes; COCO panoptic has one picture for all.");
        var name = DatasetSource.WithoutPictureEnding(sample.Name) + ".png";
        var samples = new byte[checked(width * height * 3)];
        var numbers = new CocoNumbers();
        var json = output.BeginAnnotation();
        json.WriteStartObject();
        image.Write(json, "image_id"u8);
        json.WriteString("file_name"u8, name);
        json.WriteStartArray("segments_info"u8);
        foreach (var (each, mask) in masks)
        {
            var number = numbers.Take(long.TryParse(each.Id, out var stated) && stated is > 0 and <= NumberMax ? stated : null);
            PixelNumbers.Paint(MemoryMarshal.Cast<byte, Rgb>(samples.AsSpan()), mask, new Rgb((byte)number, (byte)(number >> 8), (byte)(number >> 16)));
            json.WriteStartObject();
            json.WriteNumber("id"u8, number);
            json.WriteNumber("category_id"u8, output.CategoryOf(each));
            json.WriteNumber("area"u8, mask.Area);
            json.WriteStartArray("bbox"u8);
            var (x, y, w, h) = mask.Bounds;
            foreach (var side in (ReadOnlySpan<int>)[x, y, w, h]) json.WriteNumberValue(side);
            json.WriteEndArray();
            json.WriteNumber("iscrowd"u8, each.Attributes.TryGetValue(CommonAttributes.Crowd, out var crowd) && crowd.ValueKind == JsonValueKind.True ? 1 : 0);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
        using var stream = target.Create($"{folder}/{name}");
        PngWriter.Write(stream, new PngImage(width, height, PngColour.Rgb, 8, samples));
    }

    private static List<CocoFile> Files(DatasetSource source) => source.IsFile
        ? [.. source.Files.Where(f => f.EndsWith(".json", StringComparison.OrdinalIgnoreCase)).Select(CocoFiles.Parse).Where(f => f.Family == CocoFiles.Panoptic)]
        : CocoFiles.Find(source, f => f.Family == CocoFiles.Panoptic);
}
