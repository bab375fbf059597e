using System.Text;
using System.Text.Json;
using Touchstone.Curation.Documents;
using Touchstone.Curation.Reading;
using Touchstone.Curation.Runs;
using Touchstone.Curation.Writing;
using Touchstone.Text.Hashing;

namespace Touchstone.Curation.Reports;

/// <summary>A document of a run's output.</summary>
/// <param name="Document">The document.</param>
/// <param name="Size">How long its text is.</param>
/// <param name="IsWhole">False where the text is so long that only its beginning is held.</param>
/// <param name="Drop">Which step dropped it and why; nothing where it was kept.</param>
internal sealed record SampledDocument(Document Document, TextSize Size, bool IsWhole, DropPlace Drop)
{
    private const int HeldMax = 1 << 21;

    /// <summary>The beginning of its text.</summary>
    public string Text { get; } = Document.Text[..ReportLimits.WholeEnd(Document.Text, ReportLimits.TextMax)];

    /// <summary>Whether the text goes on.</summary>
    public bool IsCut => Text.Length < Document.Text.Length;

    /// <summary>Holds a document beyond its batch, whose bytes are used again.</summary>
    public static SampledDocument Of(Document document, DropPlace drop)
    {
        var isWhole = document.Text.Length <= HeldMax;
        var own = new Document
        {
            Id = document.Id,
            Text = isWhole ? document.Text : document.Text[..ReportLimits.WholeEnd(document.Text, HeldMax)],
            Record = isWhole ? document.Record.ToArray() : default,
            Place = document.Place,
        };
        return new(own, TextSize.Of(document.Text), isWhole, drop);
    }
}

/// <summary>Which step dropped a document and why, and where the source has it.</summary>
internal readonly record struct DropPlace(string? Step, string? Reason, string? File, long? Line);

/// <summary>
/// Documents of a finished run to look at: some that were kept and some for each reason. Which ones depends on their names alone, so that the same run shows the same ones. Documents of
/// the chosen clusters are met on the same way through the outputs.
/// </summary>
internal sealed class RunSamples
{
    private const long ScannedBytesMax = 512L << 20;
    private readonly Dictionary<(string Step, string Reason), SortedList<(ulong, string), SampledDocument>> _groups = [];
    private readonly List<(string Step, string Reason)> _order = [("", "")];

    /// <summary>Kept documents, then those of each step and reason in the order of the report.</summary>
    public IEnumerable<SampledDocument> Examples => _order.SelectMany(g => _groups.TryGetValue(g, out var found) ? found.Values : (IEnumerable<SampledDocument>)[]);

    /// <summary>How many there are.</summary>
    public int ExampleCount => _groups.Values.Sum(g => g.Count);

    /// <summary>True where the run was too large to be looked through as a whole.</summary>
    public bool IsPart { get; private set; }

    public static RunSamples Of(string folder, RunManifest manifest, HashSet<string> damaged, ClusterSamples clusters)
    {
        var samples = new RunSamples();
        foreach (var step in manifest.Steps)
            samples._order.AddRange(step.Tally.Dropped.OrderByDescending(d => d.Value.Documents).ThenBy(d => d.Key, StringComparer.Ordinal).Select(d => (step.Id, d.Key)));
        var options = ReadOptions.Default with { TextName = manifest.TextMember, IdName = manifest.IdMember };
        samples.Scan(folder, manifest.Outputs.Where(f => !damaged.Contains(f.Name)), options, clusters, isKept: true);
        samples.Scan(folder, manifest.DroppedOutputs.Where(f => !damaged.Contains(f.Name)), options, clusters, isKept: false);
        return samples;
    }

    private void Scan(string folder, IEnumerable<OutputFile> files, ReadOptions options, ClusterSamples clusters, bool isKept)
    {
        long scanned = 0;
        var (documents, faults) = (new List<Document>(), new List<ReadFault>());
        foreach (var output in files)
        {
            var file = Path.Combine(folder, output.Name);
            using BatchReader reader = output.Name.EndsWith(".parquet", StringComparison.Ordinal)
                ? new ParquetFilesReader([SourcePart.Whole(file, new FileInfo(file).Length)], options with { IdName = "id", TextName = "text" })
                : new JsonLinesReader([SourcePart.Whole(file, new FileInfo(file).Length)], options);
            while (reader.Next() is { } batch)
            {
                using (batch)
                {
                    if ((scanned += batch.Bytes) > ScannedBytesMax)
                    {
                        IsPart = true;
                        return;
                    }

                    documents.Clear();
                    faults.Clear();
                    batch.Decode(documents, faults);
                    foreach (var document in documents) Look(document, clusters, isKept);
                }
            }
        }
    }

    private void Look(Document document, ClusterSamples clusters, bool isKept)
    {
        var note = isKept ? default : NoteOf(document);
        if (!isKept && note.Step is null) return;                                // a record that no run wrote
        clusters.Meet(document, note.Step);
        var rank = (XxHash64.Hash(Encoding.UTF8.GetBytes(document.Id)), document.Id);
        if (!_groups.TryGetValue((note.Step ?? "", note.Reason ?? ""), out var group)) _groups.Add((note.Step ?? "", note.Reason ?? ""), group = []);
        if (group.Count == ReportLimits.ExamplesPerReason && rank.CompareTo(group.Keys[^1]) >= 0) return;
        group[rank] = SampledDocument.Of(document, note);
        if (group.Count > ReportLimits.ExamplesPerReason) group.RemoveAt(ReportLimits.ExamplesPerReason);
    }

    private static DropPlace NoteOf(Document document)
    {
        if (!JsonElement.Parse(document.Record.Span).TryGetProperty(RecordWriter.DroppedMember, out var note) || note.ValueKind != JsonValueKind.Object) return default;
        return new(Text("step"), Text("reason"), Text("file"), note.TryGetProperty("line", out var line) && line.TryGetInt64(out var number) ? number : null);

        string? Text(string name) => note.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? string.Intern(value.GetString()!) : null;
    }
}
