using System.Buffers;
using Touchstone.Text.Unicode;
using Touchstone.Text.Words;

namespace Touchstone.Text.Sentences;

/// <summary>
/// Cuts a text into sentences as spaCy's rule <c>sentencizer</c> does (<c>spacy/pipeline/sentencizer.pyx</c> 3.8, MIT): behind a terminal mark, the first token that
/// is neither such a mark nor all punctuation begins a new sentence. White space of more than one space is such a token.
/// </summary>
public static class EnglishSentences
{
    /// <summary>The marks that end sentences.</summary>
    public const string TerminalMarks =
        "!.?։؟۔܀܁܂߹।॥၊။።፧፨᙮᜵᜶᠃᠉᥄᥅᪨᪩᪪᪫᭚᭛᭞᭟᰻᰼᱾᱿‼‽⁇⁈⁉⸮⸼꓿꘎꘏꛳꛷꡶꡷꣎꣏꤯꧈꧉꩝꩞꩟꫰꫱꯫﹒﹖﹗！．？"
        + "𐩖𐩗𑁇𑁈𑂾𑂿𑃀𑃁𑅁𑅂𑅃𑇅𑇆𑇍𑇞𑇟𑈸𑈹𑈻𑈼𑊩𑑋𑑌𑗂𑗃𑗉𑗊𑗋𑗌𑗍𑗎𑗏𑗐𑗑𑗒𑗓𑗔𑗕𑗖𑗗𑙁𑙂𑜼𑜽𑜾𑩂𑩃𑪛𑪜𑱁𑱂𖩮𖩯𖫵𖬷𖬸𖭄𛲟𝪈｡。";

    private static readonly HashSet<int> Terminal = [.. TerminalMarks.EnumerateRunes().Select(rune => rune.Value)];

    /// <summary>Number of sentences; 1 for a text without any, also for an empty one.</summary>
    /// <param name="text">The text.</param>
    /// <param name="words">Its words.</param>
    public static int Count(ReadOnlySpan<char> text, WordList words) => Scan(text, words, 0, words.Count, 0, text.Length, null);

    /// <summary>Number of sentences of a part of a text, taken for itself, that begins and ends with white space or an end of the text.</summary>
    /// <param name="text">The whole text.</param>
    /// <param name="words">The words of the whole text.</param>
    /// <param name="firstWord">First word of the part.</param>
    /// <param name="wordCount">Number of words in the part.</param>
    /// <param name="start">First UTF-16 unit of the part.</param>
    /// <param name="length">Number of UTF-16 units of the part.</param>
    public static int CountPart(ReadOnlySpan<char> text, WordList words, int firstWord, int wordCount, int start, int length) =>
        Scan(text, words, firstWord, wordCount, start, start + length, null);

    /// <summary>
    /// Lists where sentences end, as UTF-16 offsets behind their last character: a piece runs from one end to the next, the first from the start of the text, and
    /// the last end is the text's own. Together the pieces are the text.
    /// </summary>
    public static void Ends(ReadOnlySpan<char> text, WordList words, List<int> ends)
    {
        ends.Clear();
        Scan(text, words, 0, words.Count, 0, text.Length, ends);
        ends.Add(text.Length);
    }

    private static int Scan(ReadOnlySpan<char> text, WordList words, int firstWord, int wordCount, int start, int end, List<int>? ends)
    {
        var starts = words.Starts;
        var lengths = words.Lengths;
        var (count, seen, previous) = (1, false, start);
        for (var i = firstWord; i < firstWord + wordCount; i++)
        {
            var word = text.Slice(starts[i], lengths[i]);
            var isTerminal = IsTerminal(word);
            if (seen && (IsSpaceToken(text, previous, starts[i]) || (!isTerminal && !PythonCharacters.IsPunctuation(word))))
            {
                count++;
                seen = false;
                ends?.Add(previous);
            }

            seen |= isTerminal;
            previous = starts[i] + word.Length;
        }

        if (!seen || !IsSpaceToken(text, previous, end)) return count;
        ends?.Add(previous);
        return count + 1;
    }

    /// <summary>White space between two words is a token unless it is one single space.</summary>
    private static bool IsSpaceToken(ReadOnlySpan<char> text, int end, int start) => start - end > 1 || (start - end == 1 && text[end] != ' ');

    private static bool IsTerminal(ReadOnlySpan<char> word)
    {
        if (word.Length == 1) return word[0] < 0x80 ? word[0] is '.' or '!' or '?' : Terminal.Contains(word[0]);
        return word.Length == 2 && System.Text.Rune.DecodeFromUtf16(word, out var rune, out var units) == OperationStatus.Done && units == 2 && Terminal.Contains(rune.Value);
    }
}
