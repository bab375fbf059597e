using Touchstone.Curation.Steps;
using Touchstone.Text.NGrams;
using Touchstone.Text.Unicode;

namespace Touchstone.Curation.Filters;

/// <summary>Pieces of a text between line feeds and how many of them occurred before.</summary>
/// <param name="Count">Number of pieces, 1 or more; pieces may be empty.</param>
/// <param name="Repeated">Number of pieces that are equal to an earlier one.</param>
/// <param name="Characters">Code points in those.</param>
/// <param name="Spans">Where those stand, where asked for.</param>
internal readonly record struct RepeatedPieces(int Count, int Repeated, long Characters, List<TextRange>? Spans)
{
    /// <summary>Share of pieces that occurred before.</summary>
    public double Share => Repeated / (double)Count;

    /// <summary>Splits a part of the text at runs of line feeds.</summary>
    /// <param name="text">The text.</param>
    /// <param name="start">First UTF-16 unit of the part.</param>
    /// <param name="end">End of the part.</param>
    /// <param name="breaksMinimum">How many line feeds in a row part two pieces.</param>
    /// <param name="withSpans">True to list the repeated ones.</param>
    public static RepeatedPieces Measure(WorkingText text, int start, int end, int breaksMinimum, bool withSpans)
    {
        var span = text.Text.AsSpan(0, end);
        var seen = text.Scratch<PieceSet>();
        seen.Begin();
        var (count, repeated, characters) = (0, 0, 0L);
        List<TextRange>? spans = withSpans ? [] : null;
        for (var (position, next) = (start, 0); next >= 0; position = next)
        {
            (var pieceEnd, next) = NextBreak(span, position, breaksMinimum);
            count++;
            var length = pieceEnd - position;
            if (seen.Add(span, position, length)) continue;
            repeated++;
            characters += text.HasOnlyWholeUnits ? length : CodePoints.Count(span.Slice(position, length));
            spans?.Add(new TextRange(position, length));
        }

        return new RepeatedPieces(count, repeated, characters, spans);
    }

    /// <summary>The next run of enough line feeds: where it begins and where it ends, the latter -1 when the text ended before.</summary>
    private static (int Start, int End) NextBreak(ReadOnlySpan<char> text, int position, int breaksMinimum)
    {
        while (true)
        {
            var found = text[position..].IndexOf('\n');
            if (found < 0) return (text.Length, -1);
            var start = position + found;
            position = start + 1;
            while (position < text.Length && text[position] == '\n') position++;
            if (position - start >= breaksMinimum) return (start, position);
        }
    }
}
