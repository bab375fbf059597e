using System.Text;
using System.Text.RegularExpressions;
using FsCheck;
using FsCheck.Fluent;
using Touchstone.Curation.Documents;
using Touchstone.Curation.Filters;
using Touchstone.Curation.Steps;

namespace Touchstone.Curation.Tests.Filters;

public sealed class NemoHeuristicsTests
{
    private static readonly Gen<string> Line =
        from words in Gen.Elements("the", "of", "and", "house", "walks", "Über", "#", "##a#", "...", "…", "12", "٣", "(x)", "⟨", "[...]", "http://a.b/c?d=e#f", "https://", "•", "\U0001F600", "{", "terms of use").ListOf(5)
        from end in Gen.Elements(".", ".", "?", "\n", "\n", "\n\n", "\n\n\n", " \n", "...\n", " read more\n", "\t", "\b", "-»\n", "lorem IPSUM\n")
        from times in Gen.Frequency((12, Gen.Constant(1)), (1, Gen.Choose(2, 12)))
        select string.Concat(Enumerable.Repeat(string.Join(' ', words) + end, times));

    private static readonly Arbitrary<string> Texts = Gen.Sized(size => Line.ListOf(1 + size / 4)).Select(lines => string.Concat(lines)).Where(text => text.Any(unit => !char.IsWhiteSpace(unit))).ToArbitrary();

    private readonly WorkingText _text = new();

    [Fact]
    public void Every_value_equals_what_plain_lists_of_strings_give() => Check.One(Config.QuickThrowOnFailure.WithMaxTest(500), Prop.ForAll(Texts, text =>
    {
        var values = Explain(text);
        var expected = Plain(text).ToList();
        Assert.Equal(expected.Select(pair => pair.Rule), values.Select(value => value.Rule));
        foreach (var (value, (rule, plain)) in values.Zip(expected)) Assert.True(Math.Abs(value.Value - plain) < 1e-12, $"{rule}: {value.Value}, expected {plain}");
        Assert.Equal(values.Find(value => value.Falls)?.Rule, Judge(text).Reason);
    }));

    [Fact]
    public void Plain_prose_stays_and_an_empty_text_falls()
    {
        var random = new Random(1);
        string[] words = ["the", "story", "of", "a", "man", "goes", "with", "every", "house", "that", "was", "built", "near", "river", "after", "winter", "have", "gone"];
        var prose = string.Join('\n', Enumerable.Range(0, 20).Select(_ => string.Join(' ', Enumerable.Range(0, 12).Select(_ => words[random.Next(words.Length)])) + "."));
        Assert.Null(Judge(prose).Reason);
        Assert.NotNull(Judge("").Reason);
    }

    private static IEnumerable<(string Rule, double Value)> Plain(string text)
    {
        double Length(string part) => part.EnumerateRunes().Count();
        var words = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        var lines = text.Split('\n').Where(line => line.Trim().Length > 0).ToList();
        var paragraphs = text.Split("\n\n").ToList();
        var length = Length(text);
        string[] ellipses = ["...", "[...]", "…", "(...)", "[…]", "-»", "read more..", "read more"];
        yield return ("alpha_numeric", (length - Regex.Count(text, "[a-zA-Z0-9\n?!,.]")) / length);
        yield return ("symbol_to_word", words.Count(word => ellipses.Contains(word) || Regex.Count(word, "#+") / Length(word) > 0.5) / (double)words.Length);
        yield return ("numbers_ratio", Regex.Count(text, @"\p{Nd}") / length);
        yield return ("urls_ratio", Regex.Matches(text, @"http[s]?://(?:[a-zA-Z]|[0-9]|[$-_@.&+]|[!*\(\),]|(?:%[0-9a-fA-F][0-9a-fA-F]))+").Sum(match => match.Length) / length);
        yield return ("white_space", Regex.Count(text, "[\t\n\r\u0008 ]") / length);
        yield return ("parentheses_ratio", Regex.Count(text, @"{|}|⟨|⟩|\[|\]|\(|\)") / length);
        yield return ("boilerplate_string_ratio", paragraphs.Any(p => p.Contains("lorem ipsum", StringComparison.OrdinalIgnoreCase)) ? 1 : paragraphs.Count(p => p.Contains("terms of use", StringComparison.OrdinalIgnoreCase)) / (double)paragraphs.Count);
        yield return ("repeated_lines", lines.Distinct().Count() / (double)lines.Count);
        yield return ("repeated_paragraphs", paragraphs.Distinct().Count() / (double)paragraphs.Count);
        yield return ("repeated_lines_char", lines.Distinct().Sum(Length) / lines.Sum(Length));
        yield return ("repeated_paragraphs_char", paragraphs.Distinct().Sum(Length) / paragraphs.Sum(Length));
        yield return ("word_count", words.Length);
        yield return ("word_count", words.Length);
        yield return ("punctuation", lines.Count(line => !Regex.IsMatch(line.Trim(), "[.?!\"']\\z")) / (double)lines.Count);
        yield return ("words_without_alphabets", words.Count(word => word.EnumerateRunes().Any(Rune.IsLetter)) / (double)words.Length);
        yield return ("common_english_words", words.Count(word => word is "the" or "of" or "and"));
        yield return ("mean_word_length", words.Average(Length));
        yield return ("mean_word_length", words.Average(Length));
        yield return ("max_word_length", words.Max(Length));
        yield return ("ellipsis", lines.Count(line => ellipses.Any(end => line.Trim().EndsWith(end, StringComparison.OrdinalIgnoreCase))) / (double)lines.Count);
        foreach (var n in (int[])[2, 3, 4])
        {
            var top = Grams(words, n).GroupBy(gram => string.Join(' ', gram)).OrderByDescending(group => group.Count()).FirstOrDefault()?.Key;
            yield return ($"repeating_top_{n}grams", top is null ? 1 : (length - Length(text.Replace(top, "", StringComparison.Ordinal))) / length);
        }

        foreach (var n in (int[])[5, 6, 7, 8, 9, 10])
        {
            var (seen, overlapping, characters) = (new HashSet<string>(), 0, 0.0);
            foreach (var gram in Grams(words, n))
            {
                if (!seen.Add(string.Join(' ', gram)))
                {
                    characters += gram.Skip(overlapping).Sum(Length) + Math.Min(n - overlapping, n - 1);
                    overlapping = n;
                }

                overlapping = Math.Max(overlapping - 1, 0);
            }

            yield return ($"repeating_dup_{n}gram", words.Length < n ? 1 : characters / length);
        }

        yield return ("bullet_ratio", lines.Count(line => line.Trim().StartsWith('•')) / (double)lines.Count);
    }

    private static IEnumerable<string[]> Grams(string[] words, int n) => Enumerable.Range(0, Math.Max(0, words.Length - n + 1)).Select(i => words[i..(i + n)]);

    private List<RuleValue> Explain(string text)
    {
        List<RuleValue> values = [];
        _text.Begin(text);
        new NemoHeuristics().Explain(new Document { Id = "1", Text = text }, _text, values);
        return values;
    }

    private Verdict Judge(string text)
    {
        _text.Begin(text);
        return new NemoHeuristics().Judge(new Document { Id = "1", Text = text }, _text);
    }
}
