using System.Runtime.CompilerServices;
using Touchstone.Formats.Exchange;

namespace Touchstone.Formats.Voc;

/// <summary>PASCAL VOC: one XML file a picture.</summary>
/// <remarks>Everingham and Winn, The PASCAL VOC2012 Development Kit, 2012. Attributes without an element of their own are <c>attributes</c>, as CVAT writes them; a <c>polygon</c>, as Roboflow writes it, is read and not written.</remarks>
public sealed class VocFormat : DatasetFormat
{
    private const string AnnotationsFolder = "Annotations", Pictures = "JPEGImages";

    /// <inheritdoc/>
    public override FormatTraits Traits { get; } = new()
    {
        Id = "voc",
        Name = "Pascal VOC",
        Specification = "The PASCAL VOC2012 Development Kit",
        Evidence = Evidence.OtherPrograms,
        Marks = [MarkKind.Box],
        Attributes = AttributeSupport.Any,
        Parts = CarriedParts.EmptySamples | CarriedParts.Sizes | CarriedParts.Splits,
        RoundingPx = 1,
    };

    /// <inheritdoc/>
    public override IReadOnlyList<Recognition> Recognise(DatasetSource source)
    {
        List<Recognition> found = [];
        foreach (var place in Annotations(source).GroupBy(PlaceOf, StringComparer.Ordinal))
        {
            var files = place.Take(5).ToList();
            var count = files.Count(file => source.Beginning(file) is var text && text.Contains("<annotation", StringComparison.Ordinal) && !text.Contains("<annotations", StringComparison.Ordinal) && (text.Contains("<bndbox", StringComparison.Ordinal) || text.Contains("<size", StringComparison.Ordinal)));
            if (count > 0) found.Add(new Recognition(Traits.Id, place.Key, count == files.Count ? 0.95 : 0.6, "XML files with <annotation> and <bndbox>"));
        }

        return found;
    }

    /// <summary>The data set's folder that a file is in, and the folders between its <c>Annotations</c> and the file: pictures of one name are told apart by these. Both end in <c>/</c> where they are not empty.</summary>
    private static (string Root, string Folder) FolderOf(string file)
    {
        var last = file.LastIndexOf('/') + 1;
        var at = ("/" + file[..last]).LastIndexOf($"/{AnnotationsFolder}/", StringComparison.Ordinal);
        return at < 0 ? ("", file[..last]) : (file[..at], file[(at + AnnotationsFolder.Length + 1)..last]);
    }

    /// <summary>Where the picture lies: as the devkit has it, beside its labels, or in the folder that the file states; null where it is in none of these.</summary>
    private static string? PictureOf(DatasetSource source, string root, string inSet, string name, string? folder)
    {
        foreach (var path in (ReadOnlySpan<string>)[$"{root}{Pictures}/{inSet}", root + inSet, $"{root}{folder}/{name}", $"{root}{Pictures}/{folder}/{name}"])
            if (source.Has(path)) return path;
        return null;
    }

    /// <summary>The folder that holds <c>Annotations</c>, or else the one that the files lie in.</summary>
    private static string PlaceOf(string file)
    {
        var names = file.Split('/')[..^1];
        var at = Array.LastIndexOf(names, AnnotationsFolder);
        return string.Join('/', at < 0 ? names : names[..at]);
    }

    /// <inheritdoc/>
    public override async IAsyncEnumerable<Sample> ReadAsync(DatasetSource source, FormatOptions options, FaultLog faults, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var splits = VocSplits.Read(source);
        var isOne = Annotations(source).Select(f => FolderOf(f).Root).Distinct(StringComparer.Ordinal).Take(2).Count() < 2;
        foreach (var file in Annotations(source))
        {
            cancellationToken.ThrowIfCancellationRequested();
            await using var stream = source.OpenRead(file);
            if (VocFile.Read(stream, file, options.VocCountsFromOne, faults) is not var (sample, stated)) continue;
            var (root, folder) = FolderOf(file);
            var inSet = sample.Name.StartsWith(folder, StringComparison.Ordinal) ? sample.Name : folder + sample.Name;
            // Data sets beside each other, such as VOC2007 and VOC2012, keep their folders: their pictures may have the same names.
            var placed = sample with { Name = isOne ? inSet : root + inSet };
            var stem = folder + Path.GetFileNameWithoutExtension(file);
            var split = splits.TryGetValue(stem, out var listed) ? listed : splits.GetValueOrDefault(Path.GetFileNameWithoutExtension(file));
            placed = placed with { Split = split, Picture = PictureOf(source, root, inSet, sample.Name, stated) };
            var size = sample.WidthPx > 0 ? (sample.WidthPx, sample.HeightPx) : source.SizeOf(placed) ?? (0, 0);
            yield return placed with { WidthPx = size.Item1, HeightPx = size.Item2 };
        }
    }

    /// <inheritdoc/>
    public override string? LabelPlace(Sample sample, FormatOptions options) => $"{AnnotationsFolder}/{DatasetSource.WithoutPictureEnding(sample.Name)}.xml";

    /// <inheritdoc/>
    public override async Task WriteAsync(DatasetFacts facts, IAsyncEnumerable<Sample> samples, DatasetTarget target, FormatOptions options, CancellationToken cancellationToken)
    {
        target.RequireFolder(Traits.Name);
        SortedDictionary<string, List<string>> splits = new(StringComparer.Ordinal);
        await foreach (var sample in samples.WithCancellation(cancellationToken))
        {
            var stem = DatasetSource.WithoutPictureEnding(sample.Name);
            await using (var stream = target.Create(LabelPlace(sample, options)!)) VocFile.Write(stream, sample, options.VocCountsFromOne);
            if (sample.Split is not { } split) continue;
            if (!splits.TryGetValue(split, out var names)) splits.Add(split, names = []);
            names.Add(stem);
        }

        foreach (var (split, names) in splits)
        {
            await using var list = new StreamWriter(target.Create($"ImageSets/Main/{split}.txt"));
            foreach (var name in names) await list.WriteAsync(name + "\n");
        }
    }

    /// <inheritdoc/>
    public override string PicturePlace(Sample sample, FormatOptions options) => $"{Pictures}/{sample.Name}";

    private static IEnumerable<string> Annotations(DatasetSource source) => source.Files.Where(f => f.EndsWith(".xml", StringComparison.OrdinalIgnoreCase));
}
