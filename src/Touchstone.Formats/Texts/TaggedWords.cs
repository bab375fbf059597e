using System.Buffers;
using System.Text;
using Touchstone.Formats.Exchange;

namespace Touchstone.Formats.Texts;

/// <summary>A text as words of which each has at most one span: what formats with a tag a word can say of it.</summary>
/// <param name="Words">The words: what stands between blanks and ends of lines, cut where a span begins or ends.</param>
/// <param name="Spans">The spans in order, as positions of their first word and the one after their last.</param>
internal sealed record TaggedWords(IReadOnlyList<string> Words, IReadOnlyList<(int First, int End, LabelledObject Object)> Spans)
{
    private static readonly SearchValues<char> Blanks = SearchValues.Create(" \t\n\r\v\f");

    /// <summary>What stands between words. Other white space of Unicode, such as the blank that does not break, is part of a word.</summary>
    public static bool IsBlank(char c) => Blanks.Contains(c);

    /// <summary>Cuts a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="objects">Spans that do not overlap: see <see cref="Apart"/>.</param>
    public static TaggedWords Of(string text, IReadOnlyList<LabelledObject> objects)
    {
        var offsets = new TextOffsets(text);
        List<(int From, int To, LabelledObject Object)> spans = [];
        foreach (var each in objects)
            if (each.Mark is TextSpan span && offsets.UnitsAt(span.Start) is { } from && offsets.UnitsAt(span.End) is { } to) spans.Add((from, to, each));
        spans.Sort(static (a, b) => a.From.CompareTo(b.From));

        List<string> words = [];
        List<(int, int, LabelledObject)> tagged = [];
        var at = 0;
        foreach (var (from, to, each) in spans)
        {
            Cut(text.AsSpan(at, from - at), words);
            var first = words.Count;
            Cut(text.AsSpan(from, to - from), words);
            if (words.Count > first) tagged.Add((first, words.Count, each));
            at = to;
        }

        Cut(text.AsSpan(at), words);
        return new TaggedWords(words, tagged);
    }

    /// <summary>The words with one blank between them: the text that a reader of them has.</summary>
    public string Text => string.Join(' ', Words);

    /// <summary>The spans that can be told by one tag a word: those that begin first, of these the longest, without those that overlap them and those without any word.</summary>
    public static List<LabelledObject> Apart(string text, IReadOnlyList<LabelledObject> objects)
    {
        var offsets = new TextOffsets(text);
        List<LabelledObject> kept = [];
        var end = 0L;
        foreach (var each in objects.OrderBy(o => ((TextSpan)o.Mark).Start).ThenByDescending(o => ((TextSpan)o.Mark).End))
        {
            var span = (TextSpan)each.Mark;
            if (span.Start < end || offsets.UnitsAt(span.Start) is not { } from || offsets.UnitsAt(span.End) is not { } to || text.AsSpan(from, to - from).IndexOfAnyExcept(Blanks) < 0) continue;
            kept.Add(each);
            end = span.End;
        }

        return kept;
    }

    /// <summary>The text of words and where each of them begins and ends in it, in code points.</summary>
    public static (string Text, long[] Starts, long[] Ends) Join(IReadOnlyList<string> words)
    {
        var text = new StringBuilder();
        var (starts, ends) = (new long[words.Count], new long[words.Count]);
        var at = 0L;
        for (var i = 0; i < words.Count; i++)
        {
            if (i > 0)
            {
                text.Append(' ');
                at++;
            }

            starts[i] = at;
            ends[i] = at += CodePoints.Count(words[i]);
            text.Append(words[i]);
        }

        return (text.ToString(), starts, ends);
    }

    private static void Cut(ReadOnlySpan<char> text, List<string> words)
    {
        var start = -1;
        for (var i = 0; i <= text.Length; i++)
        {
            if (i < text.Length && !IsBlank(text[i]))
            {
                if (start < 0) start = i;
            }
            else if (start >= 0)
            {
                words.Add(text[start..i].ToString());
                start = -1;
            }
        }
    }
}
