using System.Text;
using System.Text.Json;
using Touchstone.Curation.Documents;
using Touchstone.Curation.Reading;
using Touchstone.Curation.Runs;
using Touchstone.Text.Hashing;

namespace Touchstone.Curation.Report;

/// <summary>A document as a report shows it.</summary>
/// <param name="Id">Its name.</param>
/// <param name="Text">The beginning of its text.</param>
/// <param name="IsCut">Whether the text goes on.</param>
/// <param name="IsKept">Whether it is in the sink.</param>
internal sealed record SampledDocument(string Id, string Text, bool IsCut, bool IsKept);

/// <summary>
/// Documents of a finished run to look at: some that were kept, some for each reason, and some clusters of near-duplicates. Which ones depends on their names alone, so that the same run
/// shows the same ones.
/// </summary>
internal sealed class RunSamples
{
    private const int PerGroup = 4, Clusters = 6, PerCluster = 4, TextMax = 1500;
    private const long ScannedBytesMax = 512L << 20;
    private readonly SortedDictionary<string, SortedList<(ulong, string), SampledDocument>> _groups = new(StringComparer.Ordinal);
    private readonly SortedDictionary<(ulong Rank, long Number), List<SampledDocument>> _clusters = [];

    /// <summary>Kept documents.</summary>
    public IEnumerable<SampledDocument> Kept => Of("");

    /// <summary>Clusters, the kept document first.</summary>
    public IEnumerable<IReadOnlyList<SampledDocument>> NearDuplicates => _clusters.Values.Where(c => c.Count > 1).Select(c => c.OrderByDescending(d => d.IsKept).Take(PerCluster).ToList());

    /// <summary>True where the run was too large to be looked through as a whole.</summary>
    public bool IsPart { get; private set; }

    /// <summary>Documents that a step dropped for a reason.</summary>
    public IEnumerable<SampledDocument> Dropped(string step, string reason) => Of($"{step}\n{reason}");

    public static RunSamples Of(string folder, RunManifest manifest)
    {
        var samples = new RunSamples();
        var options = ReadOptions.Default with { TextName = manifest.TextMember, IdName = manifest.IdMember };
        samples.Scan(folder, manifest.Outputs.Select(o => o.Name), options, isKept: true);
        samples.Scan(folder, manifest.DroppedOutputs.Select(o => o.Name), options, isKept: false);
        return samples;
    }

    private IEnumerable<SampledDocument> Of(string group) => _groups.TryGetValue(group, out var found) ? found.Values : [];

    private void Scan(string folder, IEnumerable<string> files, ReadOptions options, bool isKept)
    {
        long scanned = 0;
        foreach (var name in files)
        {
            var file = Path.Combine(folder, name);
            if (!File.Exists(file)) continue;
            using BatchReader reader = name.EndsWith(".parquet", StringComparison.Ordinal)
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

                    var documents = new List<Document>();
                    batch.Decode(documents, []);
                    foreach (var document in documents) Look(document, isKept);
                }
            }
        }
    }

    private void Look(Document document, bool isKept)
    {
        var rank = XxHash64.Hash(Encoding.UTF8.GetBytes(document.Id));
        var group = isKept ? "" : null;
        long? cluster = null;
        if (!isKept || document.Record.Span.IndexOf("\"minhash_cluster\""u8) >= 0)
        {
            var record = JsonElement.Parse(document.Record.Span);
            if (!isKept && record.TryGetProperty("dropped", out var note)) group = $"{note.GetProperty("step").GetString()}\n{note.GetProperty("reason").GetString()}";
            if (record.TryGetProperty("minhash_cluster", out var number) && number.TryGetInt64(out var found)) cluster = found;
        }

        if (group is not null) AddTo(group, rank, document, isKept);
        if (cluster is { } c) AddToCluster(c, document, isKept);
    }

    private void AddTo(string group, ulong rank, Document document, bool isKept)
    {
        if (!_groups.TryGetValue(group, out var found)) _groups.Add(group, found = []);
        if (found.Count == PerGroup && (rank, document.Id).CompareTo(found.Keys[^1]) >= 0) return;
        found[(rank, document.Id)] = Sampled(document, isKept);
        if (found.Count > PerGroup) found.RemoveAt(PerGroup);
    }

    private void AddToCluster(long number, Document document, bool isKept)
    {
        var rank = XxHash64.Hash(BitConverter.GetBytes(number));
        if (!_clusters.TryGetValue((rank, number), out var members))
        {
            if (_clusters.Count == Clusters && _clusters.Keys.Last().CompareTo((rank, number)) < 0) return;
            _clusters.Add((rank, number), members = []);
            if (_clusters.Count > Clusters) _clusters.Remove(_clusters.Keys.Last());
        }

        if (members.Count < PerCluster || isKept) members.Add(Sampled(document, isKept));
    }

    private static SampledDocument Sampled(Document document, bool isKept)
    {
        var end = Math.Min(document.Text.Length, TextMax);
        if (end < document.Text.Length && char.IsLowSurrogate(document.Text[end])) end--;
        return new(document.Id, document.Text[..end], end < document.Text.Length, isKept);
    }
}
