using System.Globalization;
using System.Text.Json;
using Touchstone.Annotations.Masks;
using Touchstone.Formats.Exchange;
using Touchstone.Formats.Json;

namespace Touchstone.Formats.Cityscapes;

/// <summary>Cityscapes: <c>gtFine/part/city/</c> with <c>_gtFine_polygons.json</c>, <c>_gtFine_labelIds.png</c> and <c>_gtFine_instanceIds.png</c> for each picture of <c>leftImg8bit</c>.</summary>
/// <remarks>
/// Cordts et al., The Cityscapes Dataset, CVPR 2016; cityscapesScripts: annotation.py, labels.py, json2instanceImg.py. Polygons are read where they are, since the pictures are made of them; else numbers of instances (1000 times the
/// class and the instance, or the class alone for what is not told apart), else numbers of classes. <c>unlabeled</c> pixels are no object. Data sets of masks are written as pictures alone, all others as polygons with the pictures made of them.
/// </remarks>
public sealed class CityscapesFormat : DatasetFormat
{
    private const string Root = "gtFine", Polygons = "_gtFine_polygons.json", Instances = "_gtFine_instanceIds.png", Classes = "_gtFine_labelIds.png", PictureEnd = "_leftImg8bit";

    /// <inheritdoc/>
    public override FormatTraits Traits { get; } = new()
    {
        Id = "cityscapes",
        Name = "Cityscapes (gtFine)",
        Specification = "Cordts et al., CVPR 2016; cityscapesScripts",
        Evidence = Evidence.OwnFiles,
        Marks = [MarkKind.Polygon, MarkKind.Mask],
        PixelsHaveOneOwner = true,
        Attributes = AttributeSupport.Only(CommonAttributes.Crowd),
        Parts = CarriedParts.EmptySamples | CarriedParts.Sizes | CarriedParts.Splits | CarriedParts.Classes,
    };

    /// <inheritdoc/>
    public override FormatTraits TraitsFor(FormatOptions options, DatasetFacts facts) => Traits with { Marks = [OnlyMasks(facts) ? MarkKind.Mask : MarkKind.Polygon] };

    private static bool OnlyMasks(DatasetFacts facts) => facts.Marks.GetValueOrDefault(MarkKind.Mask) > 0 && facts.Marks.All(m => m.Key == MarkKind.Mask || m.Value == 0);

    /// <inheritdoc/>
    public override string PicturePlace(Sample sample, FormatOptions options) => $"leftImg8bit/{Folder(sample)}{Stem(sample)}{PictureEnd}{Path.GetExtension(sample.Name)}";

    private static string Folder(Sample sample) => sample.Split is { } split ? split + "/" : "";

    private static string Stem(Sample sample)
    {
        var name = DatasetSource.IsPicture(sample.Name) ? sample.Name[..sample.Name.LastIndexOf('.')] : sample.Name;
        return name.EndsWith(PictureEnd, StringComparison.Ordinal) ? name[..^PictureEnd.Length] : name;
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Recognition> Recognise(DatasetSource source) =>
        Labels(source).FirstOrDefault() is { Path: { } path } ? [new Recognition(Traits.Id, "", 0.97, path)] : [];

    /// <inheritdoc/>
    public override Task<DatasetFacts> FactsAsync(DatasetSource source, FormatOptions options, CancellationToken cancellationToken) =>
        Task.FromResult(new DatasetFacts { Title = source.Title, Classes = CityscapesClasses.All });

    /// <inheritdoc/>
    public override IAsyncEnumerable<Sample> ReadAsync(DatasetSource source, FormatOptions options, FaultLog faults, CancellationToken cancellationToken) => Read(source, faults, cancellationToken).ToAsyncEnumerable();

    private static IEnumerable<Sample> Read(DatasetSource source, FaultLog faults, CancellationToken cancellationToken)
    {
        var any = false;
        foreach (var (path, end, split, stem) in Labels(source))
        {
            cancellationToken.ThrowIfCancellationRequested();
            any = true;
            if ((end == Polygons ? CityscapesPolygons.Read(source, path, faults) : Masks(source, path, end == Instances, faults)) is not { } read) continue;
            yield return new Sample
            {
                Name = stem + PictureEnd + Ending(source, stem),
                Split = split,
                Scene = stem.Contains('/', StringComparison.Ordinal) ? stem[..stem.LastIndexOf('/')] : null,
                WidthPx = read.WidthPx,
                HeightPx = read.HeightPx,
                Opinions = [new Opinion { Objects = read.Objects }],
            };
        }

        if (!any) throw new FileFormatFaultException($"{source.Root} has no files of Cityscapes, such as *{Polygons}.");
    }

    private static string Ending(DatasetSource source, string stem) => source.FindPicture(stem + PictureEnd) is { } found ? Path.GetExtension(found) : ".png";

    /// <summary>Of each picture the file that says most.</summary>
    private static IEnumerable<(string Path, string End, string? Split, string Stem)> Labels(DatasetSource source)
    {
        string[] ends = [Polygons, Instances, Classes];
        return source.Files.SelectMany(f => ends.Where(end => f.EndsWith(end, StringComparison.Ordinal)).Select(end => (Path: f, End: end, Stem: f[..^end.Length])))
            .GroupBy(f => f.Stem, StringComparer.Ordinal)
            .Select(g => g.MinBy(f => Array.IndexOf(ends, f.End)))
            .Select(f => (f.Path, f.End, Parse(f.Stem).Split, Parse(f.Stem).Name));
    }

    /// <summary><c>gtFine/part/city/name</c>, or as much of it as there is.</summary>
    private static (string? Split, string Name) Parse(string stem)
    {
        var at = ("/" + stem).IndexOf($"/{Root}/", StringComparison.Ordinal);
        var within = at < 0 ? stem : stem[(at + Root.Length + 1)..];
        var slash = within.IndexOf('/', StringComparison.Ordinal);
        return slash > 0 && within[..slash] is "train" or "val" or "test" or "train_extra" or "demoVideo" ? (within[..slash], within[(slash + 1)..]) : (null, within);
    }

    private static (int WidthPx, int HeightPx, List<LabelledObject> Objects)? Masks(DatasetSource source, string path, bool isInstances, FaultLog faults)
    {
        if (PixelNumbers.Read(source, path, faults) is not { } image) return null;
        List<LabelledObject> objects = [];
        foreach (var (number, mask) in PixelNumbers.Masks(image))
        {
            var of = isInstances && number >= CityscapesClasses.InstancesOfClass ? number / CityscapesClasses.InstancesOfClass : number;
            if (of >= CityscapesClasses.Count) faults.Add(path, "", $"{mask.Area} pixels have the number {number}; there is no class {of}.");
            else if (of > 0)
                objects.Add(new LabelledObject(CityscapesClasses.NameOf(of), new PixelMask(mask)) { Id = number.ToString(CultureInfo.InvariantCulture), Attributes = isInstances && of == number && CityscapesClasses.HasInstances(of) ? Crowd : Sample.Empty });
        }

        return (image.WidthPx, image.HeightPx, objects);
    }

    private static readonly Dictionary<string, JsonElement> Crowd = new() { [CommonAttributes.Crowd] = JsonValues.True };

    /// <inheritdoc/>
    public override string? LabelPlace(Sample sample, FormatOptions options) => $"{Root}/{Folder(sample)}{Stem(sample)}{Polygons}";

    /// <inheritdoc/>
    public override string? Refusal(Sample sample, FormatOptions options)
    {
        var counts = new int[CityscapesClasses.Count];
        foreach (var each in sample.Opinions.SelectMany(o => o.Objects))
            if (CityscapesClasses.NumberOf(each.Class) is >= 0 and var number && CityscapesClasses.HasInstances(number) && !CityscapesPolygons.IsGroup(each) && ++counts[number] > CityscapesClasses.InstancesOfClass)
                return $"{Traits.Name} has numbers for {CityscapesClasses.InstancesOfClass} objects of a class in a picture; there are more of \"{each.Class}\".";
        return PixelNumbers.Refusal(sample, options, Traits.Name);
    }

    /// <inheritdoc/>
    public override string? Refusal(LabelledObject each, Sample sample) => CityscapesClasses.NumberOf(each.Class) is null ? $"Cityscapes has no class \"{each.Class}\"; name one of its classes for it in a map of classes." : null;

    /// <inheritdoc/>
    public override async Task WriteAsync(DatasetFacts facts, IAsyncEnumerable<Sample> samples, DatasetTarget target, FormatOptions options, CancellationToken cancellationToken)
    {
        target.RequireFolder(Traits.Name);
        var onlyMasks = OnlyMasks(facts);
        await foreach (var sample in samples.WithCancellation(cancellationToken))
        {
            List<LabelledObject> objects = [.. sample.Opinions.SelectMany(o => o.Objects)];
            var (width, height) = PixelNumbers.SizeOf(sample, objects, options, Traits.Name);
            var file = $"{Root}/{Folder(sample)}{Stem(sample)}";
            if (!onlyMasks) await CityscapesPolygons.WriteAsync(target, file + Polygons, width, height, objects, cancellationToken);
            WritePictures(target, file, sample with { WidthPx = width, HeightPx = height }, objects);
        }
    }

    private static void WritePictures(DatasetTarget target, string file, Sample sample, List<LabelledObject> objects)
    {
        var (width, height) = (sample.WidthPx, sample.HeightPx);
        ushort[] classes = new ushort[checked(width * height)], instances = new ushort[classes.Length];
        var next = new int[CityscapesClasses.Count];
        foreach (var each in objects)
        {
            if (CityscapesClasses.NumberOf(each.Class) is not { } number) throw new FileFormatFaultException($"{sample.Name}: Cityscapes has no class \"{each.Class}\"; name one of its classes for it in a map of classes.");
            if (number < 0 || MaskOf(each.Mark, sample) is not { } drawn) continue;
            PixelNumbers.Paint(classes, drawn, (ushort)number);
            PixelNumbers.Paint(instances, drawn, (ushort)(CityscapesClasses.HasInstances(number) && !CityscapesPolygons.IsGroup(each) ? InstanceOf(number, next, sample.Name) : number));
        }

        PixelNumbers.WriteBytes(target, file + Classes, width, height, classes, palette: []);
        PixelNumbers.Write(target, file + Instances, width, height, instances);
    }

    private static RunLengthMask? MaskOf(Mark mark, Sample sample) => mark is PixelMask own ? own.Mask : (MarkFallbacks.Make(mark, MarkKind.Mask, sample) as PixelMask)?.Mask;

    private static int InstanceOf(int number, int[] next, string name) => next[number] < CityscapesClasses.InstancesOfClass
        ? number * CityscapesClasses.InstancesOfClass + next[number]++
        : throw new FileFormatFaultException($"{name}: Cityscapes has numbers for {CityscapesClasses.InstancesOfClass} objects of a class in a picture; there are more of \"{CityscapesClasses.NameOf(number)}\".");
}
