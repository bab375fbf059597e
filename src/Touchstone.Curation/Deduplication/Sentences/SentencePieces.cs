using Touchstone.Curation.Steps;
using Touchstone.Text.Sentences;
using Touchstone.Text.Unicode;

namespace Touchstone.Curation.Deduplication.Sentences;

/// <summary>The pieces that a text is compared in: sentences with the white space before them, or lines without their ends. Memory of one worker.</summary>
public sealed class SentencePieces
{
    private readonly List<int> _ends = [];
    private readonly List<TextRange> _pieces = [];

    /// <summary>A text of the same worker, to look at what is left of another one.</summary>
    internal WorkingText Rest { get; } = new();

    /// <summary>Takes a text apart.</summary>
    /// <returns>The pieces in order, valid until the next call.</returns>
    internal List<TextRange> Split(WorkingText text, bool lines)
    {
        _pieces.Clear();
        if (lines) SplitLines(text.Text);
        else SplitSentences(text);
        return _pieces;
    }

    private void SplitLines(string text)
    {
        ReadOnlySpan<char> rest = text;
        while (true)
        {
            var start = text.Length - rest.Length;
            if (!PythonLines.TryTake(ref rest, out var line)) return;
            _pieces.Add(new TextRange(start, line.Length));
        }
    }

    private void SplitSentences(WorkingText text)
    {
        EnglishSentences.Ends(text.Text, text.Words, _ends);
        // spaCy hangs one space upon the token before it, so that a single one at the end of the text is in no sentence.
        var all = text.Text;
        if (all.Length >= 2 && all[^1] == ' ' && !PythonCharacters.IsSpace(all[^2])) _ends[^1]--;
        var start = 0;
        foreach (var end in _ends)
        {
            _pieces.Add(new TextRange(start, end - start));
            start = end;
        }
    }
}
