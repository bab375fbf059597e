using System.Runtime.CompilerServices;
using Touchstone.Formats.Exchange;

namespace Touchstone.Formats.Voc;

/// <summary>PASCAL VOC: one XML file a picture.</summary>
/// <remarks>Everingham and Winn, The PASCAL VOC2012 Development Kit, 2012. Attributes without an element of their own are <c>attributes</c>, as CVAT writes them; a <c>polygon</c>, as Roboflow writes it, is read and not written.</remarks>
public sealed class VocFormat : DatasetFormat
{
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

    /// <summary>The folder that holds <c>Annotations</c>, or else the one that the files lie in.</summary>
    private static string PlaceOf(string file)
    {
        var names = file.Split('/')[..^1];
        var at = Array.LastIndexOf(names, "Annotations");
        return string.Join('/', at < 0 ? names : names[..at]);
    }

    /// <inheritdoc/>
    public override async IAsyncEnumerable<Sample> ReadAsync(DatasetSource source, FormatOptions options, FaultLog faults, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var splits = VocSplits.Read(source);
        foreach (var file in Annotations(source))
        {
            cancellationToken.ThrowIfCancellationRequested();
            await using var stream = source.OpenRead(file);
            if (VocFile.Read(stream, file, options.VocCountsFromOne, faults) is not { } sample) continue;
            var stem = Path.GetFileNameWithoutExtension(file);
            var size = sample.WidthPx > 0 ? (sample.WidthPx, sample.HeightPx) : source.SizeOf(sample.Name) ?? (0, 0);
            yield return sample with { Split = splits.GetValueOrDefault(stem), WidthPx = size.Item1, HeightPx = size.Item2 };
        }
    }

    /// <inheritdoc/>
    public override async Task WriteAsync(DatasetFacts facts, IAsyncEnumerable<Sample> samples, DatasetTarget target, FormatOptions options, CancellationToken cancellationToken)
    {
        target.RequireFolder(Traits.Name);
        SortedDictionary<string, List<string>> splits = new(StringComparer.Ordinal);
        await foreach (var sample in samples.WithCancellation(cancellationToken))
        {
            var stem = Path.ChangeExtension(sample.Name, null);
            await using (var stream = target.Create($"Annotations/{stem}.xml")) VocFile.Write(stream, sample, options.VocCountsFromOne);
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
    public override string PicturePlace(Sample sample, FormatOptions options) => $"JPEGImages/{sample.Name}";

    private static IEnumerable<string> Annotations(DatasetSource source) => source.Files.Where(f => f.EndsWith(".xml", StringComparison.OrdinalIgnoreCase));
}
