using Touchstone.Curation.Steps;
using Touchstone.Text.NGrams;
using Touchstone.Text.Unicode;

namespace Touchstone.Curation.Filters;

/// <summary>
/// Drops lists, menus and fragments: few lines with an end mark, many short lines, repeated lines, many lines for the words. The rules of FineWeb (Penedo et al.
/// 2024, arXiv 2406.17557) as datatrove 0.10 applies them (<c>FineWebQualityFilter</c>).
/// </summary>
public sealed class FineWebQuality(FineWebQualityParameters? parameters = null) : RuleFilter
{
    private readonly FineWebQualityParameters _parameters = parameters ?? new FineWebQualityParameters();

    /// <inheritdoc/>
    public override string Id => "fineweb@datatrove-0.10";

    private protected override void Run(WorkingText text, ref RuleLog log)
    {
        var lines = new Lines(log.IsExplaining);
        lines.Scan(text, _parameters.ShortLineLength);
        if (log.Stops("empty", lines.Count, RuleComparison.Below, 1)) return;
        var punctuated = lines.Punctuated / (double)lines.Count;
        var isExempt = _parameters.KeepWithoutPunctuation && lines.Punctuated == 0;
        if (log.Stops("line_punct_ratio", punctuated, RuleComparison.Below, isExempt ? null : _parameters.PunctuatedLinesMinimum, lines.UnpunctuatedSpans)) return;
        if (log.Stops("short_line_ratio", lines.Short / (double)lines.Count, RuleComparison.Above, _parameters.ShortLinesMaximum, lines.ShortSpans)) return;
        var characters = (double)(text.Length - lines.Feeds);
        if (log.Stops("char_dup_ratio", lines.RepeatedCharacters / characters, RuleComparison.Above, _parameters.RepeatedLineCharactersMaximum, lines.RepeatedSpans)) return;
        if (_parameters.LineFeedsPerWordMaximum is { } maximum) log.Stops("list_ratio", lines.Feeds / (double)text.Words.Count, RuleComparison.Above, maximum);
    }

    /// <summary>The lines of a text that are not blank, counted. A line is not trimmed, so that a space or carriage return at its end hides its end mark.</summary>
    private ref struct Lines(bool withSpans)
    {
        public int Count;
        public int Feeds;
        public int Punctuated;
        public int Short;
        public long RepeatedCharacters;
        public readonly List<TextRange>? UnpunctuatedSpans = withSpans ? [] : null;
        public readonly List<TextRange>? ShortSpans = withSpans ? [] : null;
        public readonly List<TextRange>? RepeatedSpans = withSpans ? [] : null;

        public void Scan(WorkingText text, int shortLineLength)
        {
            var span = text.Text.AsSpan();
            var seen = text.Scratch<PieceSet>();
            seen.Begin();
            for (var start = 0; start <= span.Length;)
            {
                var length = span[start..].IndexOf('\n');
                if (length < 0) length = span.Length - start;
                else Feeds++;
                var line = span.Slice(start, length);
                if (!PythonLines.Strip(line).IsEmpty) Take(text, seen, start, line, shortLineLength);
                start += length + 1;
            }
        }

        private void Take(WorkingText text, PieceSet seen, int start, ReadOnlySpan<char> line, int shortLineLength)
        {
            Count++;
            var length = text.HasOnlyWholeUnits ? line.Length : CodePoints.Count(line);
            if (TextMarks.EndsWithTerminal(line)) Punctuated++;
            else UnpunctuatedSpans?.Add(new TextRange(start, line.Length));
            if (length <= shortLineLength)
            {
                Short++;
                ShortSpans?.Add(new TextRange(start, line.Length));
            }

            if (seen.Add(text.Text, start, line.Length)) return;
            RepeatedCharacters += length;
            RepeatedSpans?.Add(new TextRange(start, line.Length));
        }
    }
}
