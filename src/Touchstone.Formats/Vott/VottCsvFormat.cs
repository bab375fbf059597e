using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using Touchstone.Annotations.Geometry;
using Touchstone.Formats.Exchange;
using Touchstone.Formats.OpenImages;
using Touchstone.Formats.Texts;

namespace Touchstone.Formats.Vott;

/// <summary>VoTT's export as CSV: a row for each box and tag, <c>image,xmin,ymin,xmax,ymax,label</c>.</summary>
/// <remarks>
/// microsoft/VoTT, src/providers/export/vottCSV.ts. Coordinates are real pixels from 0; a region with several tags has a row for each, which are objects of their own here. The rows of a picture need not follow each other: a file is held whole.
/// A file <c>train-export.csv</c> is the part <c>train</c>.
/// </remarks>
public sealed class VottCsvFormat : DatasetFormat
{
    private const string Ending = "-export", OwnName = "vott", Header = "image,xmin,ymin,xmax,ymax,label";

    /// <inheritdoc/>
    public override FormatTraits Traits { get; } = new()
    {
        Id = "vott-csv",
        Name = "VoTT CSV",
        Specification = "microsoft/VoTT 2, src/providers/export/vottCSV.ts",
        Evidence = Evidence.OtherPrograms,
        Marks = [MarkKind.Box],
        Parts = CarriedParts.Splits,
        Streams = false,
    };

    /// <inheritdoc/>
    public override IReadOnlyList<Recognition> Recognise(DatasetSource source)
    {
        var files = Files(source);
        return files.Count == 0 ? [] : [new Recognition(Traits.Id, source.IsFile ? "" : TextPlaces.Of(files), 0.95, $"{files[0]} with the columns {Header}")];
    }

    /// <inheritdoc/>
    public override async IAsyncEnumerable<Sample> ReadAsync(DatasetSource source, FormatOptions options, FaultLog faults, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var files = source.IsFile ? [.. source.Files] : Files(source);
        if (files.Count == 0) throw new FileFormatFaultException($"{source.Root} holds no CSV of VoTT: none has the columns {Header}.");
        await Task.CompletedTask;
        foreach (var file in files)
        {
            Dictionary<string, List<LabelledObject>> pictures = new(StringComparer.Ordinal);
            using (var rows = new CsvRows(source, file, faults))
            {
                while (rows.Next())
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    if (Read(rows) is not var (name, each)) continue;
                    if (!pictures.TryGetValue(name, out var objects)) pictures.Add(name, objects = []);
                    objects.Add(each);
                }
            }

            foreach (var (name, objects) in pictures)
            {
                var (width, height) = source.SizeOf(name) ?? (0, 0);
                yield return new Sample { Name = name, WidthPx = width, HeightPx = height, Split = SplitOf(file), Opinions = [new Opinion { Objects = objects }] };
            }
        }
    }

    private static (string Name, LabelledObject Object)? Read(CsvRows rows)
    {
        var name = VottAsset.NameOf(rows["image"]);
        if (name.Length == 0)
        {
            rows.Fault("image is empty; the name of a picture was expected.");
            return null;
        }

        if (rows.Number("xmin") is not { } left || rows.Number("ymin") is not { } top || rows.Number("xmax") is not { } right || rows.Number("ymax") is not { } bottom) return null;
        if (right >= left && bottom >= top) return (name, new LabelledObject(rows["label"], new Outline(new Box(left, top, right - left, bottom - top))));
        rows.Fault(FormattableString.Invariant($"xmax {right} and ymax {bottom} must not be below xmin {left} and ymin {top}."));
        return null;
    }

    /// <inheritdoc/>
    public override async Task WriteAsync(DatasetFacts facts, IAsyncEnumerable<Sample> samples, DatasetTarget target, FormatOptions options, CancellationToken cancellationToken)
    {
        Dictionary<string, StreamWriter> files = new(StringComparer.Ordinal);
        StreamWriter Begin(string name)
        {
            StreamWriter file = new(target.Create(name)) { NewLine = "\n" };
            file.WriteLine("\"image\",\"xmin\",\"ymin\",\"xmax\",\"ymax\",\"label\"");
            files.Add(name, file);
            return file;
        }

        try
        {
            await foreach (var sample in samples.WithCancellation(cancellationToken))
            {
                var name = target.OnlyFile ?? $"{sample.Split ?? OwnName}{Ending}.csv";
                var file = files.TryGetValue(name, out var known) ? known : Begin(name);
                foreach (var each in sample.Opinions.SelectMany(o => o.Objects)) await file.WriteLineAsync(Row(sample, each));
            }

            if (files.Count == 0) Begin(target.OnlyFile ?? $"{OwnName}{Ending}.csv");
        }
        finally
        {
            foreach (var file in files.Values) await file.DisposeAsync();
        }
    }

    private static string Row(Sample sample, LabelledObject each)
    {
        var box = each.Mark.Bounds!;
        StringBuilder row = new();
        row.Append(Text(VottAsset.WrittenName(sample.Name)));
        foreach (var side in (ReadOnlySpan<double>)[box.X, box.Y, box.Right, box.Bottom]) row.Append(CultureInfo.InvariantCulture, $",{side:R}");
        return row.Append(',').Append(Text(each.Class)).ToString();
    }

    private static string Text(string value) => $"\"{value.Replace("\"", "\"\"", StringComparison.Ordinal).ReplaceLineEndings(" ")}\"";

    private static string? SplitOf(string file)
    {
        var stem = Path.GetFileNameWithoutExtension(file);
        return stem.EndsWith(Ending, StringComparison.Ordinal) && stem[..^Ending.Length] is { Length: > 0 } name && name != OwnName ? name : null;
    }

    private static List<string> Files(DatasetSource source) => [.. source.Files.Where(f => f.EndsWith(".csv", StringComparison.OrdinalIgnoreCase) && IsExport(source.Beginning(f, 256)))];

    private static bool IsExport(string beginning) => string.Join(',', CsvRows.Split(beginning.Split('\n')[0].TrimEnd('\r'))) == Header;
}
