using System.Text;
using System.Text.Json;
using Touchstone.Formats.Exchange;
using Touchstone.Formats.Training;
using Touchstone.Testing;

namespace Touchstone.Formats.Tests.Training;

/// <summary>Reads, writes and compares records for the tests of all formats.</summary>
internal static class Records
{
    private static readonly RecordsFormat Own = new();

    /// <summary>Records of a file or folder; with <paramref name="faults"/> null there must be no fault.</summary>
    public static async Task<List<TrainingRecord>> ReadAsync(TrainingFormat format, string path, FaultLog? faults = null)
    {
        var log = faults ?? new FaultLog();
        List<TrainingRecord> records = [];
        await foreach (var record in format.ReadAsync(DatasetSource.Open(path), log, TestContext.Current.CancellationToken)) records.Add(record);
        if (faults is null) Assert.True(log.Count == 0, string.Join('\n', log.Kept));
        return records;
    }

    /// <summary>Records of a file of this text.</summary>
    public static async Task<List<TrainingRecord>> OfTextAsync(TrainingFormat format, string text, FaultLog? faults = null, string name = "rows.jsonl")
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder[name], text, new UTF8Encoding(false), TestContext.Current.CancellationToken);
        return await ReadAsync(format, folder[name], faults);
    }

    /// <summary>Narrows and writes records.</summary>
    /// <returns>The rows of the one file that is written, and what was lost.</returns>
    public static async Task<(List<JsonElement> Rows, LossReport Losses)> WriteAsync(TrainingFormat format, IReadOnlyList<TrainingRecord> records, TrainingOptions? options = null)
    {
        using var folder = new TemporaryFolder();
        var survey = new TrainingSurvey();
        foreach (var record in records) survey.Add(record);
        var resolved = format.Resolve(options ?? TrainingOptions.Default, survey);
        var traits = format.TraitsFor(resolved);
        var narrowing = new RecordNarrowing(traits.HasSplitInRows ? traits : traits with { Parts = traits.Parts & ~RecordParts.Splits });
        await format.WriteAsync(records.SelectMany(narrowing.Narrow).ToAsyncEnumerable(), DatasetTarget.File(folder["out.jsonl"]), resolved, TestContext.Current.CancellationToken);
        return ([.. (await File.ReadAllLinesAsync(folder["out.jsonl"], TestContext.Current.CancellationToken)).Select(l => JsonElement.Parse(l))], narrowing.Report);
    }

    /// <summary>Narrows, writes and reads again.</summary>
    public static async Task<(List<TrainingRecord> Records, LossReport Losses)> ThroughAsync(TrainingFormat format, IReadOnlyList<TrainingRecord> records, TrainingOptions? options = null)
    {
        var (rows, losses) = await WriteAsync(format, records, options);
        return (await OfTextAsync(format, string.Concat(rows.Select(r => r.GetRawText() + "\n"))), losses);
    }

    /// <summary>Everything that a record says, without its place.</summary>
    public static async Task<string> TextAsync(TrainingRecord record) => (await WriteAsync(Own, [record with { Split = null }])).Rows.Single().GetRawText();

    /// <summary>Records say the same, in order.</summary>
    public static async Task AssertSameAsync(IReadOnlyList<TrainingRecord> expected, IReadOnlyList<TrainingRecord> actual)
    {
        Assert.Equal(expected.Count, actual.Count);
        for (var i = 0; i < expected.Count; i++) Assert.True(JsonElement.DeepEquals(JsonElement.Parse(await TextAsync(expected[i])), JsonElement.Parse(await TextAsync(actual[i]))), $"{await TextAsync(expected[i])}\nbecame\n{await TextAsync(actual[i])}");
    }

    /// <summary>What is read is the same after it was written and read again, with nothing lost; and rows of the file are written as they stood, but for members that were null.</summary>
    public static async Task AssertRoundTripAsync(TrainingFormat format, string text, bool areRowsKept = true, TrainingOptions? options = null)
    {
        var before = await OfTextAsync(format, text);
        Assert.NotEmpty(before);
        var (rows, losses) = await WriteAsync(format, before, options);
        Assert.True(losses.IsEmpty, string.Join('\n', losses.Losses));
        await AssertSameAsync(before, await OfTextAsync(format, string.Concat(rows.Select(r => r.GetRawText() + "\n"))));
        if (!areRowsKept) return;
        foreach (var (line, row) in text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Zip(rows)) Assert.True(JsonElement.DeepEquals(JsonElement.Parse(line), row), $"{line}\nbecame\n{row.GetRawText()}");
    }

    /// <summary>The kinds of losses with how often.</summary>
    public static IEnumerable<string> Kinds(LossReport losses) => losses.Losses.Select(l => $"{l.Kind} {l.Count}");
}
