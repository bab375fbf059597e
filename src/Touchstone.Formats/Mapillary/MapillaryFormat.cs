using System.Globalization;
using Touchstone.Files.Png;
using Touchstone.Formats.Exchange;

namespace Touchstone.Formats.Mapillary;

/// <summary>Mapillary Vistas: <c>config.json</c> with the classes, and for each picture a PNG of 16 bits in <c>instances</c> and one with a palette in <c>labels</c>.</summary>
/// <remarks>
/// Neuhold et al., The Mapillary Vistas Dataset, ICCV 2017, and its demo.py: a pixel of <c>instances</c> is 256 times the class's number and the number of the instance, from 0; a pixel of <c>labels</c> is the class's number.
/// Where a picture has both, <c>instances</c> is read. An object's id is its pixels' number. Pixels of <c>void--unlabeled</c> belong to no object. Of several versions of the labels (<c>v1.2</c>, <c>v2.0</c>) the last one is read.
/// </remarks>
public sealed class MapillaryFormat : DatasetFormat
{
    private const string Instances = "instances", Labels = "labels";

    private const int InstancesOfClass = 256;

    /// <inheritdoc/>
    public override FormatTraits Traits { get; } = new()
    {
        Id = "mapillary-vistas",
        Name = "Mapillary Vistas",
        Specification = "Neuhold et al., ICCV 2017; demo.py of the data set",
        Evidence = Evidence.OtherPrograms,
        Marks = [MarkKind.Mask],
        PixelsHaveOneOwner = true,
        Parts = CarriedParts.EmptySamples | CarriedParts.Sizes | CarriedParts.Splits | CarriedParts.Classes | CarriedParts.ObjectIds,
    };

    /// <inheritdoc/>
    public override string PicturePlace(Sample sample, FormatOptions options) => $"{Folder(sample)}images/{sample.Name}";

    private static string Folder(Sample sample) => sample.Split is { } split ? split + "/" : "";

    /// <inheritdoc/>
    public override IReadOnlyList<Recognition> Recognise(DatasetSource source)
    {
        if (source.IsFile || Pictures(source).FirstOrDefault() is not { } picture || MapillaryConfig.Find(source, picture.Version) is not { } config) return [];
        return MapillaryConfig.LooksRight(source, config) && PixelNumbers.IsOneChannel(source, picture.Path) ? [new Recognition(Traits.Id, "", 0.97, $"{config} with labels and {picture.Path}")] : [];
    }

    /// <inheritdoc/>
    public override Task<DatasetFacts> FactsAsync(DatasetSource source, FormatOptions options, CancellationToken cancellationToken) =>
        Task.FromResult(new DatasetFacts { Title = source.Title, Classes = Classes(source, Pictures(source).FirstOrDefault()?.Version ?? "", new FaultLog()) });

    private static IReadOnlyList<ObjectClass> Classes(DatasetSource source, string version, FaultLog faults) =>
        MapillaryConfig.Read(source, MapillaryConfig.Find(source, version) ?? throw new FileFormatFaultException($"{source.Root} has no config.json with the classes of Mapillary Vistas."), faults);

    /// <inheritdoc/>
    public override IAsyncEnumerable<Sample> ReadAsync(DatasetSource source, FormatOptions options, FaultLog faults, CancellationToken cancellationToken) => Read(source, faults, cancellationToken).ToAsyncEnumerable();

    private static IEnumerable<Sample> Read(DatasetSource source, FaultLog faults, CancellationToken cancellationToken)
    {
        var pictures = Pictures(source);
        if (pictures.Count == 0) throw new FileFormatFaultException($"{source.Root} has no folder {Instances} or {Labels} of Mapillary Vistas with PNG files.");
        var classes = Classes(source, pictures[0].Version, faults);
        foreach (var picture in pictures)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (PixelNumbers.Read(source, picture.Path, faults) is not { } image) continue;
            yield return new Sample
            {
                Name = picture.Name + ".jpg",
                Split = picture.Split,
                WidthPx = image.WidthPx,
                HeightPx = image.HeightPx,
                Opinions = [new Opinion { Objects = Objects(image, picture, classes, faults) }],
            };
        }
    }

    private static List<LabelledObject> Objects(PngImage image, Picture picture, IReadOnlyList<ObjectClass> classes, FaultLog faults)
    {
        List<LabelledObject> objects = [];
        foreach (var (number, mask) in PixelNumbers.Masks(image))
        {
            var of = picture.Content == Instances ? number >> 8 : number;
            if (of >= classes.Count) faults.Add(picture.Path, "", $"{mask.Area} pixels have the number {number}, of class {of}; there are {classes.Count} classes.");
            else if (classes[of].Name != MapillaryConfig.Unlabelled)
                objects.Add(new LabelledObject(classes[of].Name, new PixelMask(mask)) { Id = (picture.Content == Instances ? number : number << 8).ToString(CultureInfo.InvariantCulture) });
        }

        return objects;
    }

    private sealed record Picture(string Path, string? Split, string Version, string Content, string Name);

    /// <summary>The pictures of numbers: one for each photograph, of the last version, of instances where there are both.</summary>
    private static List<Picture> Pictures(DatasetSource source)
    {
        var all = source.Files.Where(f => f.EndsWith(".png", StringComparison.OrdinalIgnoreCase)).Select(Parse).OfType<Picture>().ToList();
        var version = all.Select(p => p.Version).DefaultIfEmpty("").Max(StringComparer.Ordinal);
        return [.. all.Where(p => p.Version == version).GroupBy(p => (p.Split, p.Name)).Select(g => g.FirstOrDefault(p => p.Content == Instances) ?? g.First())];
    }

    /// <summary><c>[split/][version/]instances/name.png</c>.</summary>
    private static Picture? Parse(string path)
    {
        foreach (var content in (ReadOnlySpan<string>)[Instances, Labels])
        {
            var at = ("/" + path).IndexOf($"/{content}/", StringComparison.Ordinal);
            if (at < 0) continue;
            var around = path[..at].TrimEnd('/').Split('/', StringSplitOptions.RemoveEmptyEntries);
            var version = around is [.., ['v', >= '0' and <= '9', ..] last] ? last : "";
            var split = string.Join('/', version.Length > 0 ? around[..^1] : around);
            return new Picture(path, split.Length > 0 ? split : null, version, content, path[(at + content.Length + 1)..^".png".Length]);
        }

        return null;
    }

    /// <inheritdoc/>
    public override string? LabelPlace(Sample sample, FormatOptions options) => $"{Folder(sample)}{Instances}/{DatasetSource.WithoutPictureEnding(sample.Name)}.png";

    /// <inheritdoc/>
    public override string? Refusal(Sample sample, FormatOptions options)
    {
        Dictionary<string, int> counts = new(StringComparer.Ordinal);
        foreach (var each in sample.Opinions.SelectMany(o => o.Objects))
            if ((counts[each.Class] = counts.GetValueOrDefault(each.Class) + 1) > InstancesOfClass) return $"{Traits.Name} has numbers for {InstancesOfClass} objects of a class in a picture; there are more of \"{each.Class}\".";
        return PixelNumbers.Refusal(sample, options, Traits.Name);
    }

    /// <inheritdoc/>
    public override async Task WriteAsync(DatasetFacts facts, IAsyncEnumerable<Sample> samples, DatasetTarget target, FormatOptions options, CancellationToken cancellationToken)
    {
        target.RequireFolder(Traits.Name);
        var classes = MapillaryConfig.ToWrite(facts);
        var palette = MaskPalette.Of(classes);
        var positions = classes.Select((c, i) => (c.Name, i)).ToDictionary(c => c.Name, c => c.i, StringComparer.Ordinal);
        await MapillaryConfig.WriteAsync(classes, target, cancellationToken);
        await foreach (var sample in samples.WithCancellation(cancellationToken))
        {
            List<LabelledObject> objects = [.. sample.Opinions.SelectMany(o => o.Objects)];
            var (width, height) = PixelNumbers.SizeOf(sample, objects, options, Traits.Name);
            var rows = new ushort[checked(width * height)];
            Array.Fill(rows, (ushort)(positions[MapillaryConfig.Unlabelled] << 8));
            HashSet<int> taken = [];
            foreach (var each in objects) PixelNumbers.Paint(rows, ((PixelMask)each.Mark).Mask, (ushort)NumberOf(each, positions[each.Class], taken, sample.Name));
            var file = $"{(DatasetSource.IsPicture(sample.Name) ? sample.Name[..sample.Name.LastIndexOf('.')] : sample.Name)}.png";
            PixelNumbers.Write(target, $"{Folder(sample)}{Instances}/{file}", width, height, rows);
            for (var i = 0; i < rows.Length; i++) rows[i] >>= 8;
            PixelNumbers.WriteBytes(target, $"{Folder(sample)}{Labels}/{file}", width, height, rows, palette);
        }
    }

    /// <summary>The number that an object's id is, where it is one of its class, or else the class's next.</summary>
    private static int NumberOf(LabelledObject each, int position, HashSet<int> taken, string name)
    {
        if (int.TryParse(each.Id, NumberStyles.None, CultureInfo.InvariantCulture, out var stated) && stated >> 8 == position && taken.Add(stated)) return stated;
        for (var instance = 0; instance < InstancesOfClass; instance++)
            if (taken.Add(position << 8 | instance)) return position << 8 | instance;
        throw new FileFormatFaultException($"{name}: Mapillary Vistas has numbers for {InstancesOfClass} objects of a class in a picture; there are more of \"{each.Class}\".");
    }
}
