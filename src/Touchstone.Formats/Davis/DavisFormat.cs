using System.Globalization;
using System.Text;
using System.Text.Json;
using Touchstone.Annotations.Selectors;
using Touchstone.Files.Png;
using Touchstone.Formats.Exchange;
using Touchstone.Formats.Json;

namespace Touchstone.Formats.Davis;

/// <summary>DAVIS: a folder of <c>Annotations</c> for each clip with a PNG a frame whose pixels are numbers of objects, beside the frames in <c>JPEGImages</c>.</summary>
/// <remarks>
/// Perazzi et al., CVPR 2016: one object, grey 255. Pont-Tuset et al., arXiv:1704.00675 (2017): several, by palette, from 1; 255 belongs to none. An object is a track by its number. What objects are stands in <c>davis_semantics.json</c>, where that is;
/// else they are of the first of <see cref="FormatOptions.ClassNames"/>, or <c>object</c>. Parts stand in <c>ImageSets</c>.
/// </remarks>
public sealed class DavisFormat : DatasetFormat
{
    private const string Annotations = "Annotations", Pictures = "JPEGImages", Sets = "ImageSets", Semantics = "davis_semantics.json", Resolution = "480p", Unnamed = "object";

    private const int Void = 255, SemanticsMaxBytes = 1 << 26;

    /// <inheritdoc/>
    public override FormatTraits Traits { get; } = new()
    {
        Id = "davis",
        Name = "DAVIS",
        Specification = "Perazzi et al., CVPR 2016; Pont-Tuset et al., arXiv:1704.00675",
        Evidence = Evidence.OtherPrograms,
        Inputs = [InputKind.Clip],
        Marks = [MarkKind.Mask],
        PixelsHaveOneOwner = true,
        Parts = CarriedParts.Tracks | CarriedParts.Sizes | CarriedParts.Splits,
    };

    /// <inheritdoc/>
    public override IReadOnlyList<Recognition> Recognise(DatasetSource source)
    {
        var clip = Clips(source).FirstOrDefault();
        return clip.Paths is [var first, ..] && clip.Paths.All(p => Path.GetFileNameWithoutExtension(p).All(char.IsAsciiDigit)) && source.Files.Any(f => ("/" + f).Contains($"/{Pictures}/", StringComparison.Ordinal)) && PixelNumbers.IsOneChannel(source, first)
            ? [new Recognition(Traits.Id, "", 0.95, $"{first} beside {Pictures}")]
            : [];
    }

    /// <inheritdoc/>
    public override IAsyncEnumerable<Sample> ReadAsync(DatasetSource source, FormatOptions options, FaultLog faults, CancellationToken cancellationToken) => Read(source, options, faults, cancellationToken).ToAsyncEnumerable();

    private static IEnumerable<Sample> Read(DatasetSource source, FormatOptions options, FaultLog faults, CancellationToken cancellationToken)
    {
        var (names, splits, any) = (ReadSemantics(source, faults), ReadSplits(source), false);
        foreach (var (name, paths) in Clips(source))
        {
            cancellationToken.ThrowIfCancellationRequested();
            any = true;
            var fallback = options.ClassNames.Count > 0 ? options.ClassNames[0] : Unnamed;
            var (width, height, count, objects) = FramePictures.Read(source, paths, (image, _, number, mask) =>
            {
                if (number == 0 || number == Void && image.Colour == PngColour.Palette) return null;
                var track = (number == Void ? 1 : number).ToString(CultureInfo.InvariantCulture);
                return new LabelledObject(names.GetValueOrDefault((name, track), fallback), new PixelMask(mask)) { Track = track };
            }, faults);
            yield return new Sample
            {
                Name = name,
                Kind = InputKind.Clip,
                Scene = name,
                Split = splits.GetValueOrDefault(name),
                WidthPx = width,
                HeightPx = height,
                FrameCount = count,
                Opinions = [new Opinion { Objects = objects }],
            };
        }

        if (!any) throw new FileFormatFaultException($"{source.Root} has no folder {Annotations} with PNG files.");
    }

    /// <summary>Clips with their pictures in order. Pictures right in the folder are one clip, which is called as the data set is.</summary>
    private static IEnumerable<(string Name, List<string> Paths)> Clips(DatasetSource source) => source.Files
        .Where(f => f.EndsWith(".png", StringComparison.OrdinalIgnoreCase) && ("/" + f).Contains($"/{Annotations}/", StringComparison.Ordinal))
        .GroupBy(f => f[..f.LastIndexOf('/')], StringComparer.Ordinal)
        .Select(g => (NameOf(g.Key, source.Title), g.ToList()));

    private static string NameOf(string folder, string title) => folder[(folder.LastIndexOf('/') + 1)..] is var name && name == Annotations ? title : name;

    private static Dictionary<(string Clip, string Track), string> ReadSemantics(DatasetSource source, FaultLog faults)
    {
        Dictionary<(string, string), string> names = [];
        if (source.Files.FirstOrDefault(f => Path.GetFileName(f) == Semantics) is not { } file) return names;
        using var stream = source.OpenRead(file);
        if (stream.Length > SemanticsMaxBytes)
        {
            faults.Add(file, "", $"the file has {stream.Length} bytes; at most {SemanticsMaxBytes} were expected.");
            return names;
        }

        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        try
        {
            if (!JsonText.IsUnicode(bytes)) faults.Add(file, "", "a text in it is not Unicode.");
            else
            {
                JsonElement? root = JsonElement.Parse(bytes);
                foreach (var clip in root.Members())
                    foreach (var track in ((JsonElement?)clip.Value).Members())
                        if (track.Value.ValueKind == JsonValueKind.String && track.Value.GetString() is { Length: > 0 } name) names[(clip.Name, track.Name)] = name;
                        else faults.Add(file, $"/{clip.Name}/{track.Name}", $"the name of a class was expected; {((JsonElement?)track.Value).Found()} found.");
            }
        }
        catch (JsonException fault)
        {
            faults.Add(file, $"line {fault.LineNumber + 1}", $"this is no JSON ({fault.Message.Split(" LineNumber")[0].TrimEnd('.')}), at byte {fault.BytePositionInLine + 1}.");
        }

        return names;
    }

    /// <summary>Lines of <c>train.txt</c> and the like: names of clips (2017), or paths of frames (2016).</summary>
    private static Dictionary<string, string> ReadSplits(DatasetSource source)
    {
        Dictionary<string, string> splits = new(StringComparer.Ordinal);
        foreach (var file in source.Files.Where(f => ("/" + f).Contains($"/{Sets}/", StringComparison.Ordinal) && Path.GetFileName(f) is "train.txt" or "val.txt" or "test.txt" or "test-dev.txt" or "test-challenge.txt"))
        {
            using var text = source.OpenText(file);
            while (text.ReadLine() is { } line)
            {
                var path = line.Trim().Split(' ')[0].Split('/', StringSplitOptions.RemoveEmptyEntries);
                if (path.Length > 0) splits.TryAdd(path.Length > 1 ? path[^2] : path[0], Path.GetFileNameWithoutExtension(file));
            }
        }

        return splits;
    }

    /// <inheritdoc/>
    public override string? LabelPlace(Sample sample, FormatOptions options) => $"{Annotations}/{Resolution}/{sample.Name}";

    /// <inheritdoc/>
    public override string? Refusal(Sample sample, FormatOptions options) => FramePictures.Refusal(sample, options, Traits.Name);

    /// <inheritdoc/>
    public override async Task WriteAsync(DatasetFacts facts, IAsyncEnumerable<Sample> samples, DatasetTarget target, FormatOptions options, CancellationToken cancellationToken)
    {
        target.RequireFolder(Traits.Name);
        var palette = MaskPalette.Voc();
        SortedDictionary<string, StringBuilder> splits = new(StringComparer.Ordinal);
        await using var semantics = target.Create(Semantics);
        await using var json = new Utf8JsonWriter(semantics, new JsonWriterOptions { Indented = true });
        json.WriteStartObject();
        await foreach (var sample in samples.WithCancellation(cancellationToken))
        {
            var tracks = new RangedTracks(_ => (1, Void - 1), Traits.Name);
            SortedDictionary<int, string> classes = [];
            tracks.Keep(sample.Opinions.SelectMany(o => o.Objects));
            int NumberOf(LabelledObject each)
            {
                var number = tracks.Of(each);
                classes[number] = each.Class;
                return number;
            }

            foreach (var (frame, width, height, rows) in FramePictures.Draw(sample, options, Traits.Name, NumberOf))
                PixelNumbers.WriteBytes(target, FormattableString.Invariant($"{Annotations}/{Resolution}/{sample.Name}/{frame:D5}.png"), width, height, rows, palette);
            json.WriteStartObject(sample.Name[(sample.Name.LastIndexOf('/') + 1)..]);
            foreach (var (number, name) in classes) json.WriteString(number.ToString(CultureInfo.InvariantCulture), name);
            json.WriteEndObject();
            if (sample.Split is not { } split) continue;
            if (!splits.TryGetValue(split, out var list)) splits.Add(split, list = new StringBuilder());
            list.Append(sample.Name).Append('\n');
        }

        json.WriteEndObject();
        foreach (var (split, list) in splits)
        {
            await using var file = target.Create($"{Sets}/2017/{split}.txt");
            await file.WriteAsync(Encoding.UTF8.GetBytes(list.ToString()), cancellationToken);
        }
    }
}
