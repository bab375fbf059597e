using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using Touchstone.Annotations.Geometry;
using Touchstone.Formats.Exchange;

namespace Touchstone.Formats.Lanes;

/// <summary>CULane's lanes: <c>NAME.lines.txt</c> beside each picture, a lane a line, x and y of its points in turn.</summary>
/// <remarks>
/// X. Pan and others, Spatial As Deep: Spatial CNN for Traffic Scene Understanding, AAAI 2018; the benchmark's own evaluator (tools/lane_evaluation) reads files so. Points may lie outside the picture. Lists in <c>list/</c> name
/// pictures by part, from the data set's root with a slash before; the lists of <c>test_split/</c> are of kinds of scene and are passed over. A file without a line is a picture without lanes.
/// </remarks>
public sealed class CuLaneFormat : DatasetFormat
{
    private const string Ending = ".lines.txt";
    private const string Lists = "list/";
    private const string GroundTruth = "_gt";
    private const string All = "all";                        // the list of pictures without a part, which keeps their names
    private const int LineMaxChars = 1 << 20;

    private static readonly char[] Blanks = [' ', '\t'];

    /// <inheritdoc/>
    public override FormatTraits Traits { get; } = new()
    {
        Id = "culane",
        Name = "CULane lanes",
        Specification = "CULane, Spatial CNN (X. Pan and others, AAAI 2018) with its evaluator",
        Evidence = Evidence.OwnFiles,
        Marks = [MarkKind.Polyline],
        OneClass = TuSimpleFormat.Lane,
        Parts = CarriedParts.EmptySamples | CarriedParts.Splits,
    };

    /// <inheritdoc/>
    public override IReadOnlyList<Recognition> Recognise(DatasetSource source) =>
        source.Files.FirstOrDefault(IsLabels) is { } file ? [new Recognition(Traits.Id, source.IsFile ? file : "", 0.95, $"{file} and files of that kind")] : [];

    /// <inheritdoc/>
    public override Task<DatasetFacts> FactsAsync(DatasetSource source, FormatOptions options, CancellationToken cancellationToken) =>
        Task.FromResult(new DatasetFacts { Title = source.Title, Classes = [new ObjectClass(TuSimpleFormat.Lane)] });

    /// <inheritdoc/>
    public override async IAsyncEnumerable<Sample> ReadAsync(DatasetSource source, FormatOptions options, FaultLog faults, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var splits = Splits(source);
        var any = false;
        foreach (var file in source.Files)
        {
            if (!IsLabels(file)) continue;
            any = true;
            List<LabelledObject> lanes = [];
            using var text = source.OpenText(file);
            for (var line = 1L; await text.ReadLineAsync(cancellationToken) is { } fields; line++)
                if (ReadLane(fields, file, line, faults) is { } points) lanes.Add(new LabelledObject(TuSimpleFormat.Lane, new Outline(new Polyline(points))));
            var stem = file[..^Ending.Length];
            var name = source.FindPicture(stem + ".jpg") is { } found && Path.ChangeExtension(found, null) == stem ? found : splits.GetValueOrDefault(stem).Name ?? stem + ".jpg";
            var (width, height) = source.SizeOf(name) ?? options.AssumedSize ?? (0, 0);
            yield return new Sample { Name = name, Split = splits.GetValueOrDefault(stem).Split is { } split && split != All ? split : null, WidthPx = width, HeightPx = height, Opinions = [new Opinion { Objects = lanes }] };
        }

        if (!any) throw new FileFormatFaultException($"{source.Root} holds no labels of CULane: no file ends in {Ending}.");
    }

    private static List<Point>? ReadLane(string line, string file, long number, FaultLog faults)
    {
        if (string.IsNullOrWhiteSpace(line)) return null;
        var fields = line.Length > LineMaxChars ? [] : line.Split(Blanks, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (fields.Length < 4 || fields.Length % 2 != 0)
        {
            faults.Add(file, $"line {number}", $"x and y of two points or more were expected; {fields.Length} numbers found.");
            return null;
        }

        List<Point> points = new(fields.Length / 2);
        for (var i = 0; i < fields.Length; i += 2)
        {
            if (Number(fields[i]) is { } x && Number(fields[i + 1]) is { } y)
            {
                points.Add(new Point(x, y));
                continue;
            }

            faults.Add(file, $"line {number}", $"numbers were expected as fields {i + 1} and {i + 2}; \"{Cut(fields[i])} {Cut(fields[i + 1])}\" found.");
            return null;
        }

        return points;
    }

    private static double? Number(string field) => double.TryParse(field, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : null;

    private static string Cut(string field) => field.Length > 20 ? field[..20] + "..." : field;

    /// <summary>The part and the picture of each file of labels, by its path without endings.</summary>
    private static Dictionary<string, (string Split, string Name)> Splits(DatasetSource source)
    {
        Dictionary<string, (string, string)> splits = new(StringComparer.Ordinal);
        foreach (var file in source.Files)
        {
            if (!file.StartsWith(Lists, StringComparison.Ordinal) || file.IndexOf('/', Lists.Length) >= 0 || !file.EndsWith(".txt", StringComparison.Ordinal) || IsLabels(file)) continue;
            var split = file[Lists.Length..^".txt".Length];
            if (split.EndsWith(GroundTruth, StringComparison.Ordinal)) split = split[..^GroundTruth.Length];
            using var text = source.OpenText(file);
            while (text.ReadLine() is { } line)
            {
                // A list with ground truth has masks and which lanes there are after the picture.
                var name = split.Length > 0 && line.Contains(".png ", StringComparison.Ordinal) ? line.Split(' ')[0].Trim('/') : line.Trim().Trim('/');
                if (name.Length > 0) splits.TryAdd(Path.ChangeExtension(name, null), (split, name));
            }
        }

        return splits;
    }

    /// <inheritdoc/>
    public override string? LabelPlace(Sample sample, FormatOptions options) => DatasetSource.WithoutPictureEnding(sample.Name) + Ending;

    /// <inheritdoc/>
    public override async Task WriteAsync(DatasetFacts facts, IAsyncEnumerable<Sample> samples, DatasetTarget target, FormatOptions options, CancellationToken cancellationToken)
    {
        target.RequireFolder(Traits.Name);
        Dictionary<string, StreamWriter> lists = new(StringComparer.Ordinal);
        try
        {
            await foreach (var sample in samples.WithCancellation(cancellationToken))
            {
                await using (var file = target.Create(LabelPlace(sample, options)!)) await file.WriteAsync(Encoding.UTF8.GetBytes(Lines(sample)), cancellationToken);
                var split = sample.Split ?? All;
                if (!lists.TryGetValue(split, out var list)) lists.Add(split, list = new StreamWriter(target.Create($"{Lists}{split}.txt")));
                await list.WriteAsync($"/{sample.Name}\n");
            }
        }
        finally
        {
            foreach (var list in lists.Values) await list.DisposeAsync();
        }
    }

    private static string Lines(Sample sample)
    {
        var text = new StringBuilder();
        foreach (var each in sample.Opinions.SelectMany(o => o.Objects))
        {
            var points = ((Polyline)((Outline)each.Mark).Geometry).Points;
            for (var i = 0; i < points.Count; i++) text.Append(i == 0 ? "" : " ").Append(CultureInfo.InvariantCulture, $"{points[i].X:R} {points[i].Y:R}");
            text.Append('\n');
        }

        return text.ToString();
    }

    private static bool IsLabels(string file) => file.EndsWith(Ending, StringComparison.Ordinal);
}
