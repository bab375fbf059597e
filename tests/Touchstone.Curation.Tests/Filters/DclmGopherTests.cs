using FsCheck;
using FsCheck.Fluent;
using Touchstone.Curation.Documents;
using Touchstone.Curation.Filters;
using Touchstone.Curation.Steps;
using Touchstone.Text.Words;

namespace Touchstone.Curation.Tests.Filters;

/// <summary>DCLM's variants of Gopher's rules on examples computed by hand from its code (mlfoundations/dclm, baselines/mappers).</summary>
public sealed class DclmGopherTests
{
    private static readonly WorkingText s_text = new();

    private static string Fate(DocumentStep step, string text)
    {
        s_text.Begin(text);
        var verdict = step.Judge(new Document { Id = "1", Text = text }, s_text);
        return verdict.IsDropped ? verdict.Reason! : verdict.Text ?? "keep";
    }

    private static double Value(DocumentStep step, string text, string rule)
    {
        s_text.Begin(text);
        var values = new List<RuleValue>();
        step.Explain(new Document { Id = "1", Text = text }, s_text, values);
        return values.Single(v => v.Rule == rule).Value;
    }

    private static string Words(int count, string word = "word") => string.Join(' ', Enumerable.Range(0, count).Select(i => $"{word}{i}"));

    [Theory]
    [InlineData("a\n\n\n\nb\n\nc\nd", "a\n\nb\n\nc\nd")]
    [InlineData("a\n\nb", "keep")]
    [InlineData("\n\n\na\n \n\n\n\n", "\n\na\n \n\n")]
    public void Runs_of_line_feeds_are_cut_to_two(string text, string expected) => Assert.Equal(expected, Fate(new DclmNewlines(), text));

    [Fact]
    public void Words_count_that_begin_with_a_letter_or_number_and_stop_words_as_often_as_they_stand()
    {
        var quality = new DclmQuality();
        Assert.Equal("keep", Fate(quality, Words(48) + " the the"));                 // two of one stop word are enough
        Assert.Equal("keep", Fate(quality, Words(48) + " The tHE"));                 // in any case of letters
        Assert.Equal("gopher_enough_stop_words", Fate(quality, Words(49) + " the, (the)")); // (the) begins with no letter, the, is no stop word
        Assert.Equal("gopher_short_doc", Fate(quality, Words(47) + " the the - - -"));      // marks are no words
        Assert.Equal("gopher_short_doc", Fate(quality, Words(47) + " the the (word)"));
        Assert.Equal(50, Value(quality, Words(50) + " - (x)", "gopher_short_doc"));
    }

    [Fact]
    public void Lengths_are_of_what_stands_between_white_space_with_its_marks()
    {
        var quality = new DclmQuality();
        var text = "the to " + string.Join(' ', Enumerable.Repeat("ab,", 100));
        Assert.Equal((3 + 2 + 300) / 102.0, Value(quality, text, "gopher_below_avg_threshold"), 1e-12);
        Assert.Equal("gopher_below_avg_threshold", Fate(quality, text));
        Assert.Equal("gopher_above_avg_threshold", Fate(quality, "the to " + string.Join(' ', Enumerable.Repeat("abcdefghijk", 60))));
        // U+1F600 is one character.
        Assert.Equal(1, Value(quality, "\U0001F600 a", "gopher_above_avg_threshold"));
    }

    [Fact]
    public void Number_signs_and_ellipses_are_one_sum()
    {
        var quality = new DclmQuality();
        var text = "the to " + Words(48);
        Assert.Equal("keep", Fate(quality, text + "##... . . .… end"));                  // # # ... and . . . and …: 5 of 54
        Assert.Equal(5 / 54.0, Value(quality, text + "##... . . .… end", "gopher_too_many_symbols"), 1e-12);
        Assert.Equal("gopher_too_many_symbols", Fate(quality, text + " ##...…#… end"));   // 6 of 52
    }

    [Fact]
    public void Lines_are_stripped_and_empty_ones_count_for_nothing()
    {
        var quality = new DclmQuality();
        var line = "the one to word other things";
        var bullets = string.Join("\n\n", Enumerable.Range(0, 10).Select(i => $"{"-•*●"[i % 4]} {line}"));
        Assert.Equal("gopher_too_many_bullets", Fate(quality, bullets));
        Assert.Equal("keep", Fate(quality, bullets.Replace("● ", "", StringComparison.Ordinal)));   // 8 of 10
        Assert.Equal("keep", Fate(quality, bullets + "\n \n" + line + "\n" + line));                 // 10 of 12
        var ends = string.Join('\n', Enumerable.Range(0, 10).Select(i => line + " here" + (i < 4 ? (i % 2 == 0 ? "... " : " . . .") : "")));
        Assert.Equal("gopher_too_many_end_ellipsis", Fate(new DclmQuality(new() { SymbolsPerWordMaximum = null }), ends));
        Assert.Equal(4, Value(quality, ends, "gopher_too_many_end_ellipsis"));
    }

    [Fact]
    public void Words_without_a_letter_may_be_a_fifth()
    {
        var quality = new DclmQuality();
        Assert.Equal("keep", Fate(quality, "the to " + Words(46) + " " + string.Join(' ', Enumerable.Repeat("123", 12))));                   // 12 of 60
        Assert.Equal("gopher_below_alpha_threshold", Fate(quality, "the to " + Words(45) + " " + string.Join(' ', Enumerable.Repeat("123", 12))));  // 12 of 59
    }

    [Fact]
    public void Every_copy_of_a_line_counts_the_first_one_too()
    {
        var repetition = new DclmRepetition();
        var text = "one line\nanother line\n  one line \nthird line of text";
        Assert.Equal(2 / 4.0, Value(repetition, text, "dup_line_frac"));
        Assert.Equal(16 / 46.0, Value(repetition, text, "dup_line_char_frac"), 1e-12);
        Assert.Equal(0, Value(repetition, text, "dup_para_frac"));
        Assert.Equal("dup_line_frac", Fate(repetition, text));
        Assert.Equal(3 / 4.0, Value(repetition, "a b\n\nc d\n\na b\n\n\n\na b", "dup_para_frac"));
        Assert.Equal("keep", Fate(repetition, "a single line that says little"));
        Assert.Equal("no_lines", Fate(repetition, " \n \n"));
    }

    [Fact]
    public void The_most_frequent_n_gram_is_the_longest_of_those_and_one_that_stands_once_counts_for_nothing()
    {
        var repetition = new DclmRepetition();
        // Bigrams twice: "to be" (4) and "question mark" (12). Words: to be or not to be question mark x question mark = 2+2+2+3+2+2+8+4+1+8+4 = 38.
        const string text = "To-be or not To-be; question mark x question mark.";
        Assert.Equal(24 / 38.0, Value(repetition, text, "top_2_gram"), 1e-12);
        Assert.Equal(0, Value(repetition, text, "top_3_gram"));
        Assert.Equal(0, Value(repetition, "three words only", "top_2_gram"));
        Assert.Equal("keep", Fate(repetition, "never twice the same thing here"));
        Assert.True(double.IsNaN(Value(repetition, "--- !!!", "top_2_gram")));
    }

    [Fact]
    public void Repeated_n_grams_are_the_words_in_them_each_once()
    {
        var repetition = new DclmRepetition();
        // "a b c d e f" twice, 5-grams abcde and bcdef twice each: the words of both copies, 12 of 15 characters.
        Assert.Equal(12 / 15.0, Value(repetition, "a b c d e f x y z a b c d e f", "duplicated_5_n_grams"), 1e-12);
        Assert.Equal(12 / 15.0, Value(repetition, "a b c d e f x y z a b c d e f", "duplicated_6_n_grams"), 1e-12);
        Assert.Equal(0, Value(repetition, "a b c d e f x y z a b c d e f", "duplicated_7_n_grams"));
        // Overlapping copies: nine times the same word has five 5-grams, which are all words.
        Assert.Equal(1, Value(repetition, "w w w w w w w w w", "duplicated_5_n_grams"));
        Assert.Equal("top_2_gram", Fate(repetition, "w w w w w w w w w"));
    }

    [Fact]
    public void Shares_equal_those_of_a_plain_count() => Prop.ForAll(Gen.Elements("a", "bb", "the", "x.", "(y)", "don't", "3,5").ArrayOf().ToArbitrary(), pieces =>
    {
        var text = string.Join(' ', pieces);
        var words = new WordList();
        new UnicodeTokenizer().Split(text, words);
        string[] kept = [.. Enumerable.Range(0, words.Count).Select(i => words.Of(text, i).ToString()).Where(w => char.IsLetterOrDigit(w[0]))];
        var ngrams = new CopiedNGrams();
        ngrams.Begin(text);
        return Enumerable.Range(2, 6).All(n => PlainTop(kept, n) == ngrams.TopCharacters(n) && PlainCopied(kept, n) == ngrams.CopiedCharacters(n, null)) && kept.Sum(w => w.Length) == ngrams.Characters
            && PlainTop(kept, 2) == ngrams.TopCharacters(2);
    }).QuickCheckThrowOnFailure();

    private static IEnumerable<IGrouping<string, int>> Grams(string[] words, int n) => Enumerable.Range(0, Math.Max(0, words.Length - n + 1)).GroupBy(i => string.Join(' ', words[i..(i + n)]));

    private static long PlainTop(string[] words, int n)
    {
        var copied = Grams(words, n).Where(g => g.Count() > 1).ToList();
        return copied.Count == 0 ? 0 : copied.Where(g => g.Count() == copied.Max(c => c.Count())).Max(g => g.Key.Replace(" ", "", StringComparison.Ordinal).Length * g.Count());
    }

    private static long PlainCopied(string[] words, int n) =>
        Grams(words, n).Where(g => g.Count() > 1).SelectMany(g => g.SelectMany(i => Enumerable.Range(i, n))).Distinct().Sum(i => words[i].Length);
}
