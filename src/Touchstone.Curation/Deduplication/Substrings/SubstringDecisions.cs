using System.Text;
using Touchstone.Curation.Deduplication.Records;
using Touchstone.Curation.Documents;
using Touchstone.Curation.Steps;

namespace Touchstone.Curation.Deduplication.Substrings;

/// <summary>Cuts repeated ranges out of a shard's documents, whole characters only. Holds 8 bytes for each repeated window.</summary>
internal sealed class SubstringDecisions : ShardDecisions
{
    private readonly SubstringDeduplication _deduplication;
    private readonly uint[] _indexes, _places;

    public SubstringDecisions(SubstringDeduplication deduplication, DeduplicationFolder folder, int shard)
    {
        _deduplication = deduplication;
        (_indexes, _places, DocumentCount) = ShardPlaces.Read(deduplication, folder, shard);
    }

    public override uint DocumentCount { get; }

    public override Verdict Judge(uint index, Document document, WorkingText text)
    {
        var windows = PlacesOf.Find(_indexes, _places, index);
        if (windows.IsEmpty) return Verdict.Kept;
        var left = Cut(Encoding.UTF8.GetBytes(text.Text), windows);
        if (left.Length == 0) return Verdict.Dropped(_deduplication.Reason);
        var rest = text.Scratch<WorkingText>();
        rest.Begin(left);
        return _deduplication.Options.WordsMin is { } words && rest.Words.Count < words ? Verdict.Dropped(_deduplication.Reason) : Verdict.Edited(left);
    }

    private string Cut(byte[] utf8, ReadOnlySpan<uint> windows)
    {
        var (left, kept) = (0, 0);
        for (var i = 0; i < windows.Length;)
        {
            var (start, end) = ((int)windows[i], (int)windows[i] + _deduplication.Options.BytesMin);
            for (i++; i < windows.Length && windows[i] <= end; i++) end = (int)windows[i] + _deduplication.Options.BytesMin;
            while (start < end && IsWithinCharacter(utf8, start)) start++;
            while (end > start && IsWithinCharacter(utf8, end)) end--;
            utf8.AsSpan(kept, start - kept).CopyTo(utf8.AsSpan(left));
            left += start - kept;
            kept = end;
        }

        utf8.AsSpan(kept).CopyTo(utf8.AsSpan(left));
        return Encoding.UTF8.GetString(utf8, 0, left + utf8.Length - kept);
    }

    private static bool IsWithinCharacter(byte[] utf8, int at) => at < utf8.Length && (utf8[at] & 0xC0) == 0x80;
}
