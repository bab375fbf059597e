using System.Runtime.CompilerServices;
using System.Text.Json;
using Touchstone.Annotations.Geometry;
using Touchstone.Formats.Exchange;
using Touchstone.Formats.Json;

namespace Touchstone.Formats.Lanes;

/// <summary>TuSimple's lanes: a JSON object a line with <c>raw_file</c>, the rows <c>h_samples</c> and, of each lane, where it crosses them; -2 where it does not.</summary>
/// <remarks>
/// TuSimple benchmark, doc/lane_detection. Numbers are taken as coordinates as they stand. Rows are a fact of the picture; pictures that come without it are written with every tenth row. <c>test_label.json</c> holds the part <c>test</c>, and so on; other
/// files name no part. A lane that crosses no row is TuSimple's filler and no object; one that crosses a single row is told.
/// </remarks>
public sealed class TuSimpleFormat : DatasetFormat
{
    /// <summary>The class of lanes, of which the file says nothing else.</summary>
    public const string Lane = "lane";

    private const int LineMaxBytes = 1 << 26;
    private const int BeginningBytes = 1 << 16;              // the rows stand after the lanes, several hundred numbers on
    private const double Absent = -2;

    /// <inheritdoc/>
    public override FormatTraits Traits { get; } = new()
    {
        Id = "tusimple",
        Name = "TuSimple lanes",
        Specification = "TuSimple benchmark, lane detection challenge",
        Evidence = Evidence.Specification,
        Marks = [MarkKind.Polyline],
        LinesCrossRows = true,
        OneClass = Lane,
        Facts = [RowLines.RowsFact],
        Parts = CarriedParts.EmptySamples | CarriedParts.Splits,
    };

    /// <inheritdoc/>
    public override IReadOnlyList<Recognition> Recognise(DatasetSource source) =>
        Files(source).Take(1).Select(f => new Recognition(Traits.Id, "", 0.97, $"{f} with raw_file, lanes and h_samples")).ToList();

    private static IEnumerable<string> Files(DatasetSource source) => source.Files.Where(f => Path.GetExtension(f).ToLowerInvariant() is ".json" or ".jsonl" or ".ndjson" && LooksRight(source.Beginning(f, BeginningBytes)));

    private static bool LooksRight(string text) => text.TrimStart().StartsWith('{') && text.Contains("\"lanes\"", StringComparison.Ordinal) && text.Contains("\"h_samples\"", StringComparison.Ordinal);

    /// <inheritdoc/>
    public override Task<DatasetFacts> FactsAsync(DatasetSource source, FormatOptions options, CancellationToken cancellationToken) =>
        Task.FromResult(new DatasetFacts { Title = source.Title, Classes = [new ObjectClass(Lane)] });

    /// <inheritdoc/>
    public override async IAsyncEnumerable<Sample> ReadAsync(DatasetSource source, FormatOptions options, FaultLog faults, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var file in source.IsFile ? source.Files : [.. Files(source)])
        {
            var split = Path.GetFileName(file) is var name && name.IndexOf("_label", StringComparison.Ordinal) is > 0 and var at && name[..at] is "train" or "val" or "test" ? name[..at] : null;
            await foreach (var (number, line) in NdjsonElements.ReadAsync(source, file, LineMaxBytes, faults, cancellationToken))
            {
                if (Read(line, new JsonPlace(file, $"line {number} ", "", faults)) is not { } sample) continue;
                var (width, height) = source.SizeOf(sample.Name) ?? options.AssumedSize ?? (0, 0);
                yield return sample with { Split = split, WidthPx = width, HeightPx = height };
            }
        }
    }

    private static Sample? Read(JsonElement line, JsonPlace place)
    {
        if (line.Text("raw_file") is not { Length: > 0 } name)
        {
            place.Below("raw_file").Tell($"the path of a picture was expected; {line.Member("raw_file").Found()} found.");
            return null;
        }

        if (line.Member("h_samples") is not { } stated || RowLines.Rows(stated) is not { } rows)
        {
            place.Below("h_samples").Tell($"a list of numbers that ascend was expected; {line.Member("h_samples").Found()} found.");
            return null;
        }

        List<LabelledObject> lanes = [];
        var index = 0;
        if (line.Member("lanes") is not { ValueKind: JsonValueKind.Array } list) place.Below("lanes").Tell($"a list of lanes was expected; {line.Member("lanes").Found()} found.");
        else
            foreach (var lane in list.EnumerateArray())
                if (ReadLane(lane, rows, place.Below("lanes").Below(index++)) is { } points) lanes.Add(new LabelledObject(Lane, new Outline(new Polyline(points))));
        return new Sample { Name = name, Opinions = [new Opinion { Objects = lanes }], Facts = new Dictionary<string, JsonElement> { [RowLines.RowsFact] = JsonElement.Parse(stated.GetRawText()) } };
    }

    private static List<Point>? ReadLane(JsonElement lane, IReadOnlyList<double> rows, JsonPlace place)
    {
        if (place.List(lane, rows.Count, rows.Count) is not { } numbers) return null;
        List<Point> points = [];
        for (var i = 0; i < numbers.Length; i++)
            if (numbers[i] >= 0) points.Add(new Point(numbers[i], rows[i]));
        if (points.Count == 1) place.Tell($"the lane crosses one row of {rows.Count}; that is no line.");
        return points.Count > 1 ? points : null;
    }

    /// <inheritdoc/>
    public override async Task WriteAsync(DatasetFacts facts, IAsyncEnumerable<Sample> samples, DatasetTarget target, FormatOptions options, CancellationToken cancellationToken)
    {
        Dictionary<string, FileStream> files = new(StringComparer.Ordinal);
        try
        {
            await foreach (var sample in samples.WithCancellation(cancellationToken))
            {
                var name = target.OnlyFile ?? (sample.Split is { } split ? $"{split}_label.json" : "label_data.json");
                if (!files.TryGetValue(name, out var file)) files.Add(name, file = target.Create(name));
                await using (var json = new Utf8JsonWriter(file)) Write(json, sample);
                file.WriteByte((byte)'\n');
            }

            if (files.Count == 0) files.Add("", target.CreateSingle("label_data.json"));
        }
        finally
        {
            foreach (var file in files.Values) await file.DisposeAsync();
        }
    }

    private static void Write(Utf8JsonWriter json, Sample sample)
    {
        var rows = RowLines.RowsOf(sample);
        json.WriteStartObject();
        json.WriteStartArray("lanes"u8);
        foreach (var each in sample.Opinions.SelectMany(o => o.Objects))
        {
            var xOfRow = ((Polyline)((Outline)each.Mark).Geometry).Points.ToDictionary(p => p.Y, p => p.X);
            json.WriteStartArray();
            foreach (var row in rows) json.WriteNumberValue(xOfRow.TryGetValue(row, out var x) && x >= 0 ? x : Absent);
            json.WriteEndArray();
        }

        json.WriteEndArray();
        json.WriteStartArray("h_samples"u8);
        foreach (var row in rows) json.WriteNumberValue(row);
        json.WriteEndArray();
        json.WriteString("raw_file"u8, sample.Name);
        json.WriteEndObject();
    }
}
