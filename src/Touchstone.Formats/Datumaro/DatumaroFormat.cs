using System.Runtime.CompilerServices;
using Touchstone.Annotations.Exports;
using Touchstone.Formats.Exchange;
using Touchstone.Formats.Json;

namespace Touchstone.Formats.Datumaro;

/// <summary>Datumaro: one JSON file for each part of a data set, with categories and items.</summary>
/// <remarks>
/// Datumaro (github.com/open-edge-platform/datumaro, plugins/data_formats/datumaro). Coordinates are ours; boxes are x, y, width, height; a turned box is its centre, extents
/// and degrees clockwise. Labels of whole items are the answer to <c>labels</c>, their attributes <c>labels.NAME.ATTRIBUTE</c>; captions are <c>caption</c>. Upright ellipses are read, and
/// written as polygons. The part "default" is none. Items are read one at a time.
/// </remarks>
public sealed class DatumaroFormat : DatasetFormat
{
    internal const string Labels = "labels", Caption = "caption", NoSplit = "default";

    /// <inheritdoc/>
    public override FormatTraits Traits { get; } = new()
    {
        Id = "datumaro",
        Name = "Datumaro",
        Specification = "Datumaro JSON (github.com/open-edge-platform/datumaro)",
        Evidence = Evidence.OtherPrograms,
        Marks = [MarkKind.Box, MarkKind.RotatedBox, MarkKind.Polygon, MarkKind.Polyline, MarkKind.Keypoints, MarkKind.Mask],
        Attributes = AttributeSupport.Any,
        OfInput = AnswerParts.Label | AnswerParts.Labels | AnswerParts.Number,
        Questions = [Labels, Caption],
        Parts = CarriedParts.EmptySamples | CarriedParts.Sizes | CarriedParts.Splits | CarriedParts.Classes | CarriedParts.Scores | CarriedParts.Facts,
    };

    /// <inheritdoc/>
    public override IReadOnlyList<Recognition> Recognise(DatasetSource source) =>
        source.Files.Any(f => LooksSo(source, f)) ? [new Recognition(Traits.Id, "", 0.97, "JSON with infos, categories and items")] : [];

    /// <inheritdoc/>
    public override async Task<DatasetFacts> FactsAsync(DatasetSource source, FormatOptions options, CancellationToken cancellationToken)
    {
        List<ObjectClass> classes = [];
        foreach (var file in Files(source)) classes.AddRange(await ClassesAsync(source, file, new FaultLog(), cancellationToken));
        return new DatasetFacts { Classes = [.. classes.DistinctBy(c => c.Name)] };
    }

    /// <inheritdoc/>
    public override async IAsyncEnumerable<Sample> ReadAsync(DatasetSource source, FormatOptions options, FaultLog faults, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var file in Files(source))
        {
            var reader = new DatumaroReader(source, file, await ClassesAsync(source, file, faults, cancellationToken), faults);
            await using var stream = source.OpenRead(file);
            await using var items = JsonItems.ReadAsync(stream, file, cancellationToken).GetAsyncEnumerator(cancellationToken);
            while (await NextAsync(items, file, faults))
                if (items.Current is { Member: "items", Index: >= 0 } item && reader.Read(item.Value, item.Index) is { } sample) yield return sample;
        }
    }

    /// <inheritdoc/>
    public override async Task WriteAsync(DatasetFacts facts, IAsyncEnumerable<Sample> samples, DatasetTarget target, FormatOptions options, CancellationToken cancellationToken)
    {
        Dictionary<string, DatumaroWriter> writers = new(StringComparer.Ordinal);
        try
        {
            await foreach (var sample in samples.WithCancellation(cancellationToken))
            {
                var split = sample.Split ?? NoSplit;
                if (!writers.TryGetValue(split, out var writer))
                    writers.Add(split, writer = new DatumaroWriter(target.OnlyFile is not null && writers.Count == 0 ? target.CreateSingle("") : target.Create($"annotations/{split}.json"), facts));
                writer.Write(sample);
            }
        }
        finally
        {
            foreach (var writer in writers.Values) writer.Dispose();
        }
    }

    private static IReadOnlyList<string> Files(DatasetSource source)
    {
        if (source.IsFile) return source.Files;
        List<string> files = [.. source.Files.Where(f => LooksSo(source, f))];
        return files.Count > 0 ? files : throw new FileFormatFaultException($"{source.Root} has no JSON file with infos, categories and items.");
    }

    private static bool LooksSo(DatasetSource source, string file)
    {
        if (!file.EndsWith(".json", StringComparison.OrdinalIgnoreCase)) return false;
        var text = source.Beginning(file);
        return text.AsSpan().TrimStart().StartsWith("{")
            && (text.Contains("\"dm_format_version\"", StringComparison.Ordinal) || text.Contains("\"infos\"", StringComparison.Ordinal) && text.Contains("\"categories\"", StringComparison.Ordinal));
    }

    /// <summary>The classes, which stand before the items as a rule, and are looked for in the whole file where they do not.</summary>
    private static async Task<IReadOnlyList<ObjectClass>> ClassesAsync(DatasetSource source, string file, FaultLog faults, CancellationToken cancellationToken)
    {
        await using var stream = source.OpenRead(file);
        await using var items = JsonItems.ReadAsync(stream, file, cancellationToken).GetAsyncEnumerator(cancellationToken);
        while (await NextAsync(items, file, new FaultLog()))
            if (items.Current is { Member: "categories", Index: < 0 } categories) return DatumaroCategories.Read(categories.Value, file, faults);
        return [];
    }

    /// <summary>The next value; false at the end, also where the file breaks off, which is told.</summary>
    private static async Task<bool> NextAsync(IAsyncEnumerator<JsonItem> items, string file, FaultLog faults)
    {
        string broken;
        try
        {
            return await items.MoveNextAsync();
        }
        catch (FileFormatFaultException fault)
        {
            broken = fault.Message.StartsWith(file + ": ", StringComparison.Ordinal) ? fault.Message[(file.Length + 2)..] : fault.Message;
        }
        catch (InvalidOperationException)
        {
            broken = "the name of a member is no Unicode.";
        }

        faults.Add(file, "", broken);
        return false;
    }
}
