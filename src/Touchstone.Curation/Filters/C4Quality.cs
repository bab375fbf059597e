using Touchstone.Curation.Documents;
using Touchstone.Curation.Steps;
using Touchstone.Text.Unicode;

namespace Touchstone.Curation.Filters;

/// <summary>
/// Keeps the lines of a text that look like sentences and drops texts that hold too few of them, or place-holder text or code. The rules of C4 (Raffel et al. 2020)
/// as datatrove 0.10 applies them (<c>C4QualityFilter</c>). Lines are judged in order, each by the rules in order: a curly bracket in a line that is already gone
/// drops nothing.
/// </summary>
public sealed class C4Quality(C4QualityParameters? parameters = null) : DocumentStep
{
    private readonly C4QualityParameters _parameters = parameters ?? new C4QualityParameters();

    /// <inheritdoc/>
    public override string Id => "c4@datatrove-0.10";

    /// <inheritdoc/>
    public override Verdict Judge(Document document, WorkingText text)
    {
        var lines = text.Scratch<KeptLines>();
        var reason = KeepLines(text, lines, log: null);
        if (reason is not null) return Verdict.Dropped(reason);
        if (_parameters.SentencesMinimum is { } minimum && lines.CountSentences(text, minimum) < minimum) return Verdict.Dropped("too_few_sentences");
        var kept = PythonLines.Strip(lines.Joined);
        return kept.SequenceEqual(text.Text) ? Verdict.Kept : Verdict.Edited(kept.ToString());
    }

    /// <inheritdoc/>
    /// <remarks>Besides the three rules that drop a text, every rule that takes lines out tells how many, against a threshold that no count exceeds.</remarks>
    public override void Explain(Document document, WorkingText text, ICollection<RuleValue> values)
    {
        var lines = text.Scratch<KeptLines>();
        var log = new C4LineLog();
        KeepLines(text, lines, log);
        log.AddTo(values);
        if (_parameters.SentencesMinimum is { } minimum)
            values.Add(new RuleValue("too_few_sentences", lines.CountSentences(text, int.MaxValue), RuleComparison.Below, minimum, []));
    }

    /// <summary>Collects the lines that stay.</summary>
    /// <returns>The reason by which the whole text falls, null where it does not; with a log the walk goes on to the end.</returns>
    private string? KeepLines(WorkingText text, KeptLines lines, C4LineLog? log)
    {
        lines.Begin();
        string? reason = null;
        ReadOnlySpan<char> whole = text.Text;
        var hasPhrases = C4Phrases.AreIn(whole);
        var rest = whole;
        while (PythonLines.TryTake(ref rest, out var line))
        {
            var fate = JudgeLine(PythonLines.Strip(line), lines, hasPhrases);
            if (fate is null) continue;
            if (log is not null)
            {
                whole.Overlaps(line, out var start);
                log.Add(fate, new TextRange(start, line.Length));
            }

            if (fate is not (C4Phrases.LoremIpsum or C4Phrases.CurlyBracket)) continue;
            reason ??= fate;
            if (log is null) break;
        }

        return reason;
    }

    /// <summary>Why a line goes, or takes the text with it; null where it was kept.</summary>
    private string? JudgeLine(ReadOnlySpan<char> line, KeptLines lines, bool hasPhrases)
    {
        if (_parameters.WordLengthMaximum is { } longest && HasLongerWord(line, longest)) return "line_too_long_word";
        var hasFewWords = _parameters.LineWordsMinimum is { } words && !HasWords(line, words);
        if (_parameters.RemoveCitations) line = lines.WithoutCitations(line);
        if (_parameters.RequireTerminalPunctuation && line is not [.., '.' or '?' or '!' or '"' or '\''] or [.., '.', '.', '.']) return "line_no_terminal_punct";
        if (hasFewWords) return "line_too_few_words";
        if (hasPhrases && _parameters.DropLoremIpsum && C4Phrases.Has(line, C4Phrases.LoremIpsumPhrase)) return C4Phrases.LoremIpsum;
        if (hasPhrases && _parameters.DropJavaScriptLines && C4Phrases.Has(line, C4Phrases.JavaScriptPhrase)) return "line_javascript";
        if (_parameters.DropCurlyBrackets && line.Contains('{')) return C4Phrases.CurlyBracket;
        if (hasPhrases && _parameters.DropPolicyLines && C4Phrases.HasPolicy(line)) return "line_policy";
        lines.Keep(line);
        return null;
    }

    private static bool HasLongerWord(ReadOnlySpan<char> line, int longest)
    {
        if (line.Length <= longest) return false;
        for (int start = 0, i = 0; i <= line.Length; i++)
        {
            if (i < line.Length && !PythonCharacters.IsSpace(line[i])) continue;
            if (i - start > longest && CodePoints.Count(line[start..i]) > longest) return true;
            start = i + 1;
        }

        return false;
    }

    /// <summary>True where a stripped line holds at least so many words.</summary>
    private static bool HasWords(ReadOnlySpan<char> line, int words)
    {
        var (found, inWord) = (0, false);
        foreach (var unit in line)
        {
            if (found >= words) return true;
            var isSpace = PythonCharacters.IsSpace(unit);
            if (!isSpace && !inWord) found++;
            inWord = !isSpace;
        }

        return found >= words;
    }
}
