using System.Text;
using Touchstone.Curation.Deduplication.Records;
using Touchstone.Curation.Documents;
using Touchstone.Curation.Steps;
using Touchstone.Text.Unicode;

namespace Touchstone.Curation.Deduplication.Sentences;

/// <summary>Cuts a shard's documents. Holds 8 bytes for each window to cut.</summary>
internal sealed class SentenceDecisions : ShardDecisions
{
    private readonly SentenceDeduplication _deduplication;
    private readonly uint[] _indexes, _windows;

    public SentenceDecisions(SentenceDeduplication deduplication, DeduplicationFolder folder, int shard)
    {
        _deduplication = deduplication;
        (_indexes, _windows, DocumentCount) = ShardPlaces.Read(deduplication, folder, shard);
    }

    public override uint DocumentCount { get; }

    public override Verdict Judge(uint index, Document document, WorkingText text)
    {
        var windows = PlacesOf.Find(_indexes, _windows, index);
        if (windows.IsEmpty) return Verdict.Kept;
        var scratch = text.Scratch<SentencePieces>();
        var left = Cut(text, scratch.Split(text, _deduplication.Options.Lines), windows);
        if (left == text.Text) return Verdict.Kept;
        return IsEnough(left, scratch.Rest) ? Verdict.Edited(left) : Verdict.Dropped(_deduplication.Reason);
    }

    private string Cut(WorkingText text, List<TextRange> pieces, ReadOnlySpan<uint> windows)
    {
        var (options, left, next, cutEnd) = (_deduplication.Options, new StringBuilder(text.Text.Length), 0, 0);
        var kept = 0;
        for (var i = 0; i < pieces.Count; i++)
        {
            if (next < windows.Length && windows[next] == i)
            {
                cutEnd = i + options.Sentences;
                next++;
            }

            if (i < cutEnd) continue;
            if (options.Lines && kept++ > 0) left.Append('\n');
            left.Append(text.Text, pieces[i].Start, pieces[i].Length);
        }

        return PythonLines.StripStart(left.ToString()).ToString();
    }

    private bool IsEnough(string left, WorkingText rest)
    {
        if (left.Length == 0) return false;
        var options = _deduplication.Options;
        rest.Begin(left);
        return (options.WordsMin is not { } words || rest.Words.Count >= words) && (options.SentencesMin is not { } sentences || rest.SentenceCount >= sentences);
    }
}
