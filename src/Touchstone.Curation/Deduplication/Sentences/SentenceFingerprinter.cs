using Touchstone.Curation.Deduplication.MinHash;
using Touchstone.Curation.Deduplication.Records;
using Touchstone.Curation.Documents;
using Touchstone.Curation.Steps;
using Touchstone.Text.Hashing;
using Touchstone.Text.Normalisation;
using Touchstone.Text.Unicode;

namespace Touchstone.Curation.Deduplication.Sentences;

/// <summary>Hashes every window of neighbouring sentences, blank windows left out.</summary>
internal sealed class SentenceFingerprinter(SentenceOptions options) : Fingerprinter
{
    private readonly SentencePieces _pieces = new();
    private readonly TextSimplifier _simplifier = new();
    private readonly ShingleText _sentences = new(joint: true);

    public override void Measure(uint index, Document document, WorkingText text, FingerprintBatch batch)
    {
        _sentences.Clear();
        foreach (var piece in _pieces.Split(text, options.Lines))
        {
            var sentence = text.Text.AsSpan(piece.Start, piece.Length);
            // A blank sentence can only be the last one and counts for nothing; blank lines count.
            if (!options.Lines && PythonLines.Strip(sentence).IsEmpty) continue;
            _sentences.Append(_simplifier.Simplify(sentence));
        }

        for (var i = 0; i + options.Sentences <= _sentences.Count; i++)
        {
            var window = _sentences.Shingle(i, options.Sentences);
            if (window.ContainsAnyExcept((byte)' ')) SentenceLayout.Write(batch.Extend(SentenceLayout.Bytes), XxHash64.Hash(window), index, (uint)i);
        }
    }
}
