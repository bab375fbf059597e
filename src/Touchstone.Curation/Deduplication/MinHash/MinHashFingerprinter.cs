using System.Runtime.InteropServices;
using Touchstone.Curation.Documents;
using Touchstone.Curation.Steps;

namespace Touchstone.Curation.Deduplication.MinHash;

/// <summary>Signs documents. A batch holds for each: index u32, number of shingle hashes u32, rank f64, name u64, the values u64, the shingle hashes u64.</summary>
internal sealed class MinHashFingerprinter(MinHashDeduplication deduplication) : Fingerprinter
{
    public const int HeadBytes = 24;

    private readonly MinHashSigner _signer = new(deduplication.Options.Parameters);
    private readonly MinHashOptions _options = deduplication.Options;
    private ulong[] _distinct = [];

    public override void Measure(uint index, Document document, WorkingText text, FingerprintBatch batch)
    {
        var hashes = _signer.ShingleHashes(text.Text);
        if (hashes.IsEmpty) return;
        var shingles = deduplication.HasShingles ? Distinct(hashes) : [];
        batch.Append(index);
        batch.Append((uint)shingles.Length);
        batch.Append(Rank(document, text));
        batch.Append(deduplication.HasNames ? ClusterName.HashOf(document.Id) : 0UL);
        _signer.Sign(hashes, MemoryMarshal.Cast<byte, ulong>(batch.Extend(_options.Parameters.Values * sizeof(ulong))));
        MemoryMarshal.AsBytes(shingles).CopyTo(batch.Extend(shingles.Length * sizeof(ulong)));
    }

    private ReadOnlySpan<ulong> Distinct(ReadOnlySpan<ulong> hashes)
    {
        if (_distinct.Length < hashes.Length) _distinct = new ulong[Math.Max(hashes.Length, _distinct.Length * 2)];
        var sorted = _distinct.AsSpan(0, hashes.Length);
        hashes.CopyTo(sorted);
        sorted.Sort();
        var count = 1;
        for (var i = 1; i < sorted.Length; i++)
            if (sorted[i] != sorted[count - 1]) sorted[count++] = sorted[i];
        return sorted[..count];
    }

    private double Rank(Document document, WorkingText text) => _options.Keep switch
    {
        SurvivorRule.Longest => text.Length,
        SurvivorRule.HighestScore => Score(document),
        _ => 0,
    };

    private double Score(Document document)
    {
        var score = RecordMembers.Number(document, _options.Score!) ?? double.NegativeInfinity;
        return double.IsNaN(score) ? double.NegativeInfinity : score;
    }
}
