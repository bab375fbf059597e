using Touchstone.Curation.Documents;
using Touchstone.Curation.Steps;
using Touchstone.Text.Unicode;

namespace Touchstone.Curation.Filters;

/// <summary>
/// Takes lines of capitals, digits, counters and single words out of a text, cuts some phrases out of short lines, and drops a text that lost too much by it: the
/// line rules of RefinedWeb (Penedo et al. 2023) as DCLM-baseline applies them (mlfoundations/dclm at 361714b, <c>baselines/mappers/modifiers.py</c>). Each rule goes
/// over what the rules before it left.
/// </summary>
public sealed class DclmLines(DclmLinesParameters? parameters = null) : DocumentStep
{
    /// <summary>The reason where no line stayed.</summary>
    private const string NothingLeft = "dclm_no_lines_left";

    private const string TooMuchGone = "dclm_removed_words_ratio";

    private readonly DclmLinesParameters _parameters = parameters ?? new DclmLinesParameters();

    /// <inheritdoc/>
    public override string Id => "dclm_lines@dclm-361714b";

    /// <inheritdoc/>
    public override Verdict Judge(Document document, WorkingText text)
    {
        var log = new RuleLog(null);
        var edit = Run(text, ref log);
        if (log.Reason is not null) return log.Verdict;
        return edit.Current.SequenceEqual(text.Text) ? Verdict.Kept : Verdict.Edited(edit.Current.ToString());
    }

    /// <inheritdoc/>
    /// <remarks>Besides the two rules that drop a text, every rule that takes lines out tells how many, against a threshold that no count exceeds.</remarks>
    public override void Explain(Document document, WorkingText text, ICollection<RuleValue> values)
    {
        var log = new RuleLog(values);
        Run(text, ref log);
    }

    private LineEdit Run(WorkingText text, ref RuleLog log)
    {
        var edit = text.Scratch<LineEdit>();
        edit.Begin(text.Text);
        var words = CountWords(text.Text);
        if (_parameters.UppercaseMaximum is { } uppercase) DropUppercase(edit, uppercase, ref log);
        if (_parameters.DigitsMaximum is { } digits) DropDigits(edit, digits, ref log);
        if (_parameters.DropCounters) DropCounters(edit, ref log);
        if (_parameters.LineWordsMinimum is { } minimum) DropShort(edit, minimum, ref log);
        if (_parameters.CutPhrases) CutPhrases(edit, ref log);
        if (log.Stops(NothingLeft, edit.Current.Length, RuleComparison.Below, 1)) return edit;
        log.Stops(TooMuchGone, (words - CountWords(edit.Current)) / (double)words, RuleComparison.Above, _parameters.RemovedWordsMaximum);
        return edit;
    }

    private static void DropUppercase(LineEdit edit, double maximum, ref RuleLog log)
    {
        edit.BeginPass();
        while (edit.TryTake(out var line))
        {
            if (DclmLineRules.UppercaseShare(line) <= maximum) edit.Keep(line);
        }

        edit.EndPass(strip: true);
        Note(ref log, "line_uppercase", edit.Dropped);
    }

    private static void DropDigits(LineEdit edit, double maximum, ref RuleLog log)
    {
        edit.BeginPass();
        while (edit.TryTake(out var line))
        {
            if (DclmLineRules.DigitShare(line) <= maximum) edit.Keep(line);
        }

        edit.EndPass(strip: true);
        Note(ref log, "line_digits", edit.Dropped);
    }

    private static void DropCounters(LineEdit edit, ref RuleLog log)
    {
        edit.BeginPass();
        while (edit.TryTake(out var line))
        {
            if (!DclmLineRules.IsCounter(line)) edit.Keep(line);
        }

        edit.EndPass(strip: true);
        Note(ref log, "line_counter", edit.Dropped);
    }

    private static void DropShort(LineEdit edit, int minimum, ref RuleLog log)
    {
        edit.BeginPass();
        while (edit.TryTake(out var line))
        {
            if (line.IsEmpty || HasWords(line, minimum)) edit.Keep(line);
        }

        edit.EndPass(strip: false);
        Note(ref log, "line_too_few_words", edit.Dropped);
    }

    private void CutPhrases(LineEdit edit, ref RuleLog log)
    {
        var dropped = 0;
        for (var phrase = 0; phrase < 3; phrase++)
        {
            edit.BeginPass();
            while (edit.TryTake(out var line))
            {
                if (HasWords(line, _parameters.ShortLineWords + 1)) edit.Keep(line);
                else if (phrase == 0) DclmLineRules.CutItemsInCart(line, edit);
                else if (phrase == 1) DclmLineRules.CutReadMore(line, edit);
                else DclmLineRules.CutSignIn(line, edit);
            }

            edit.EndPass(strip: false);
            dropped += edit.Dropped;
        }

        Note(ref log, "line_phrase_only", dropped);
    }

    private static void Note(ref RuleLog log, string rule, int lines)
    {
        if (log.IsExplaining) log.Stops(rule, lines, RuleComparison.Above, double.PositiveInfinity);
    }

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

    /// <summary>Words as fastText's tokenizer parts them, by ASCII white space and NUL, that begin with a letter or number.</summary>
    internal static int CountWords(ReadOnlySpan<char> text)
    {
        var (count, inWord) = (0, false);
        for (var i = 0; i < text.Length; i++)
        {
            var isSpace = text[i] is ' ' or '\n' or '\r' or '\t' or '\v' or '\f' or '\0';
            if (!isSpace && !inWord && DclmLineRules.BeginsWithLetterOrNumber(text[i..])) count++;
            inWord = !isSpace;
        }

        return count;
    }
}
