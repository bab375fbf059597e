using System.Text.RegularExpressions;
using Touchstone.Curation.Filters;
using Touchstone.Text.Sentences;
using Touchstone.Text.Words;

namespace Touchstone.Curation.Tests.Filters;

/// <summary>The filters as one would write them without a thought for time, with lists of strings: the oracle of the fast ones.</summary>
internal static class PlainFilters
{
    public static string? GopherRepetition(string text)
    {
        var words = Words(text);
        var length = (double)Length(text);
        var paragraphs = Regex.Split(Strip(text), "\n{2,}");
        var lines = Regex.Split(text, "\n+");
        if (Repeated(paragraphs).Count / (double)paragraphs.Length > 0.3) return "dup_para_frac";
        if (Repeated(paragraphs).Sum(Length) / length > 0.2) return "dup_para_char_frac";
        if (Repeated(lines).Count / (double)lines.Length > 0.3) return "dup_line_frac";
        if (Repeated(lines).Sum(Length) / length > 0.2) return "dup_line_char_frac";
        foreach (var (n, maximum) in ((int, double)[])[(2, 0.2), (3, 0.18), (4, 0.16)])
        {
            var grams = Enumerable.Range(0, Math.Max(0, words.Length - n + 1)).Select(i => string.Join(' ', words.Skip(i).Take(n))).ToList();
            var top = grams.GroupBy(gram => gram).OrderByDescending(group => group.Count()).FirstOrDefault();
            if (top is not null && Length(top.Key) * top.Count() / length > maximum) return $"top_{n}_gram";
        }

        foreach (var (n, maximum) in ((int, double)[])[(5, 0.15), (6, 0.14), (7, 0.13), (8, 0.12), (9, 0.11), (10, 0.10)])
        {
            HashSet<string> seen = [];
            var characters = 0;
            for (var i = 0; i + n <= words.Length;)
            {
                var gram = string.Concat(words.Skip(i).Take(n));
                if (seen.Add(gram))
                {
                    i++;
                    continue;
                }

                characters += Length(gram);
                i += n;
            }

            if (characters / length > maximum) return $"duplicated_{n}_n_grams";
        }

        return null;
    }

    public static string? GopherQuality(string text)
    {
        var words = Words(text);
        var count = (double)words.Length;
        var marks = TextMarks.Punctuation + TextMarks.Terminal;
        bool IsSymbol(string word) => word.EnumerateRunes().All(rune => marks.Contains(rune.ToString(), StringComparison.Ordinal) || (rune.Value is (< 32 or (> 126 and < 160)) and not 9 and not 10));
        var notSymbols = words.Where(word => !IsSymbol(word)).ToList();
        if (notSymbols.Count < 50) return "gopher_short_doc";
        if (notSymbols.Count > 100_000) return "gopher_long_doc";
        if (notSymbols.Average(Length) < 3) return "gopher_below_avg_threshold";
        if (notSymbols.Average(Length) > 10) return "gopher_above_avg_threshold";
        if (Regex.Count(text, "#") / count > 0.1) return "gopher_too_many_hashes";
        if (Regex.Count(text, @"\.\.\.|…") / count > 0.1) return "gopher_too_many_ellipsis";
        var lines = SplitLines(text);
        if (lines.Count(line => StripStart(line).StartsWith('•') || StripStart(line).StartsWith('-')) / (double)lines.Count > 0.9) return "gopher_too_many_bullets";
        if (lines.Count(line => StripEnd(line).EndsWith("...", StringComparison.Ordinal) || StripEnd(line).EndsWith('…')) / (double)lines.Count > 0.3) return "gopher_too_many_end_ellipsis";
        if (words.Count(word => word.EnumerateRunes().Any(System.Text.Rune.IsLetter)) / count < 0.8) return "gopher_below_alpha_threshold";
        return words.Intersect(["the", "be", "to", "of", "and", "that", "have", "with"]).Count() < 2 ? "gopher_enough_stop_words" : null;
    }

    public static (string? Reason, string Text) C4(string text, bool terminalPunctuation)
    {
        var sentences = 0;
        List<string> kept = [];
        foreach (var whole in SplitLines(text))
        {
            var line = Strip(whole);
            var words = Regex.Split(line, $"[{Spaces}]+").Where(word => word.Length > 0).ToList();
            if (words.Any(word => Length(word) > 1000)) continue;
            line = Regex.Replace(line, @"\[\d*]|\[edit]|\[citation needed]", "");
            if (terminalPunctuation && (!Regex.IsMatch(line, "[.?!\"']\\z") || line.EndsWith("...", StringComparison.Ordinal))) continue;
            if (words.Count < 3) continue;
            var lower = string.Concat(line.Select(unit => unit == '\u0130' ? "i\u0307" : char.ToLowerInvariant(unit).ToString()));
            if (lower.Contains("lorem ipsum", StringComparison.Ordinal)) return ("lorem_ipsum", "");
            if (lower.Contains("javascript", StringComparison.Ordinal)) continue;
            if (line.Contains('{')) return ("curly_bracket", "");
            if (Regex.IsMatch(lower, "terms of use|privacy policy|cookie policy|uses cookies|use of cookies|use cookies")) continue;
            WordList list = new();
            Tokenizer.Split(line, list);
            sentences += EnglishSentences.Count(line, list);
            kept.Add(line);
        }

        return sentences < 5 ? ("too_few_sentences", "") : (null, Strip(string.Join('\n', kept)));
    }

    public static string? FineWeb(string text)
    {
        var lines = text.Split('\n').Where(line => Strip(line).Length > 0).ToList();
        if (lines.Count == 0) return "empty";
        if (lines.Count(line => TextMarks.Terminal.EnumerateRunes().Any(mark => line.EndsWith(mark.ToString(), StringComparison.Ordinal))) / (double)lines.Count < 0.12) return "line_punct_ratio";
        if (lines.Count(line => Length(line) <= 30) / (double)lines.Count > 0.67) return "short_line_ratio";
        if (Repeated(lines).Sum(Length) / (double)Length(text.Replace("\n", "")) > 0.01) return "char_dup_ratio";
        return text.Count(unit => unit == '\n') / (double)Words(text).Length > 0.3 ? "list_ratio" : null;
    }

    [ThreadStatic]
    private static EnglishTokenizer? _tokenizer;

    private static EnglishTokenizer Tokenizer => _tokenizer ??= new EnglishTokenizer();

    private const string Spaces = "\t-\r\u001C-\u0020\u0085\u00A0\u1680\u2000-\u200A\u2028\u2029\u202F\u205F\u3000";

    private static string[] Words(string text)
    {
        WordList words = new();
        Tokenizer.Split(text, words);
        return [.. Enumerable.Range(0, words.Count).Select(i => words.Of(text, i).ToString())];
    }

    private static List<string> Repeated(IEnumerable<string> pieces)
    {
        HashSet<string> seen = [];
        return [.. pieces.Where(piece => !seen.Add(piece))];
    }

    private static List<string> SplitLines(string text)
    {
        var lines = Regex.Split(text, "\r\n|[\n\r\v\f\u001C\u001D\u001E\u0085\u2028\u2029]").ToList();
        if (lines[^1].Length == 0) lines.RemoveAt(lines.Count - 1);
        return lines;
    }

    /// <summary>Code points; lone surrogates count one each, as the replacement character does here.</summary>
    private static int Length(string text) => text.EnumerateRunes().Count();

    private static string Strip(string text) => StripStart(StripEnd(text));

    private static string StripStart(string text) => Regex.Replace(text, $@"\A[{Spaces}]+", "");

    private static string StripEnd(string text) => Regex.Replace(text, $@"[{Spaces}]+\z", "");
}
