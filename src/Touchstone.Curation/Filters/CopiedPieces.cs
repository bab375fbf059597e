using Touchstone.Curation.Steps;
using Touchstone.Text.NGrams;
using Touchstone.Text.Unicode;

namespace Touchstone.Curation.Filters;

/// <summary>Stripped pieces of a text that are not empty, and how much of them stands more than once, every copy counted.</summary>
/// <param name="Count">Number of pieces.</param>
/// <param name="Characters">Code points in all of them.</param>
/// <param name="Copies">Pieces of which there are several.</param>
/// <param name="CopyCharacters">Code points in those.</param>
/// <param name="Spans">Where the copies behind the first stand, where asked for.</param>
internal readonly record struct CopiedPieces(int Count, long Characters, int Copies, long CopyCharacters, List<TextRange>? Spans)
{
    /// <summary>Share of pieces of which there are several.</summary>
    public double Share => Copies / (double)Count;

    /// <summary>Share of the characters that are in those.</summary>
    public double CharacterShare => CopyCharacters / (double)Characters;

    /// <summary>Measures a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="separator">What parts pieces, each time that it stands.</param>
    /// <param name="withSpans">Whether to note where copies stand.</param>
    public static CopiedPieces Measure(WorkingText text, ReadOnlySpan<char> separator, bool withSpans)
    {
        var scratch = text.Scratch<Sets>();
        scratch.Seen.Begin();
        scratch.Copied.Begin();
        var all = text.Text.AsSpan();
        var spans = withSpans ? new List<TextRange>() : null;
        var (count, characters, copies, copyCharacters) = (0, 0L, 0, 0L);
        foreach (var range in all.Split(separator))
        {
            var piece = PythonLines.Strip(all[range]);
            if (piece.IsEmpty) continue;
            all.Overlaps(piece, out var start);
            var length = CodePoints.Count(piece);
            count++;
            characters += length;
            if (scratch.Seen.Add(all, start, piece.Length)) continue;
            // With the second copy the first one counts, too.
            var times = scratch.Copied.Add(all, start, piece.Length) ? 2 : 1;
            copies += times;
            copyCharacters += times * (long)length;
            spans?.Add(new(start, piece.Length));
        }

        return new(count, characters, copies, copyCharacters, spans);
    }

    /// <summary>Memory of one worker.</summary>
    private sealed class Sets
    {
        public PieceSet Seen { get; } = new();

        public PieceSet Copied { get; } = new();
    }
}
