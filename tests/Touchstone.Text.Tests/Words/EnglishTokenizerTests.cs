using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Touchstone.Testing;
using Touchstone.Text.Sentences;
using Touchstone.Text.Words;

namespace Touchstone.Text.Tests.Words;

public sealed class EnglishTokenizerTests
{
    private readonly EnglishTokenizer _tokenizer = new();
    private readonly WordList _words = new();

    private string[] Split(string text)
    {
        _tokenizer.Split(text, _words);
        return [.. Enumerable.Range(0, _words.Count).Select(i => _words.Of(text, i).ToString())];
    }

    [Theory]
    [InlineData("en")]
    [InlineData("edge")]
    public void Words_and_sentences_equal_those_of_spacy_on_every_document(string corpus)
    {
        var expected = Read($"expected-{corpus}-filters.jsonl.gz").ToDictionary(row => row.GetProperty("id").GetString()!);
        List<string> differences = [];
        foreach (var row in Read($"{corpus}.jsonl.gz"))
        {
            var (id, text) = (row.GetProperty("id").GetString()!, row.GetProperty("text").GetString()!);
            var want = expected[id];
            var words = Split(text);
            var sentences = EnglishSentences.Count(text, _words);
#pragma warning disable CA5350 // The reference results name texts by SHA-1; nothing is kept secret by it.
            var digest = Convert.ToHexStringLower(SHA1.HashData(Encoding.UTF8.GetBytes(string.Join('\n', words))))[..16];
#pragma warning restore CA5350
            if (words.Length != want.GetProperty("words").GetInt32() || digest != want.GetProperty("words_sha1").GetString())
                differences.Add($"{id}: {words.Length} words, expected {want.GetProperty("words")}");
            if (sentences != want.GetProperty("sentences").GetInt32()) differences.Add($"{id}: {sentences} sentences, expected {want.GetProperty("sentences")}");
        }

        Assert.True(differences.Count == 0, $"{differences.Count} differences:\n{string.Join('\n', differences.Take(20))}");
    }

    /// <summary>From spacy/tests/lang/en (test_exceptions, test_prefix_suffix_infix, test_punct, test_text, test_tokenizer) and spacy/tests/tokenizer (test_exceptions, test_urls).</summary>
    [Theory]
    [InlineData("(can)", "( can )")]
    [InlineData("Hello''", "Hello ''")]
    [InlineData("can't", "ca n't")]
    [InlineData("(can't", "( ca n't")]
    [InlineData("can't!", "ca n't !")]
    [InlineData("(can't?)", "( ca n't ? )")]
    [InlineData("well-being", "well - being")]
    [InlineData("0.1-13.5", "0.1 - 13.5")]
    [InlineData("0.0-0.1", "0.0 - 0.1")]
    [InlineData("103.27-300", "103.27 - 300")]
    [InlineData("blah--blah", "blah -- blah")]
    [InlineData("Hello,world", "Hello , world")]
    [InlineData("best...Known", "best ... Known")]
    [InlineData("(unrelated)", "( unrelated )")]
    [InlineData("No decent--let alone", "No decent -- let alone")]
    [InlineData("''Our", "'' Our")]
    [InlineData("100km/h", "100 km/h")]
    [InlineData("$10", "$ 10")]
    [InlineData("US$10", "US$ 10")]
    [InlineData("(8)", "( 8)")]
    [InlineData("12am", "12 am")]
    [InlineData("11p.m.", "11 p.m.")]
    [InlineData("You'll’ve", "You'll’ve")]
    [InlineData("we’ll", "we ’ll")]
    [InlineData("e.g.,", "e.g. ,")]
    [InlineData("U.N.'s", "U.N. 's")]
    [InlineData("http://www.nytimes.com/2016/04/20/us/politics/new-york-primary-preview.html?hp&action=click", "http://www.nytimes.com/2016/04/20/us/politics/new-york-primary-preview.html?hp&action=click")]
    [InlineData("(www.google.com?q=google)", "( www.google.com?q=google )")]
    [InlineData("mailto:foo.bar@baz.com", "mailto:foo.bar@baz.com")]
    [InlineData("http://10.1.1.1", "http://10.1.1.1")]
    [InlineData("foo:)", "foo :)")]
    [InlineData("25°C.", "25 ° C .")]
    [InlineData("…Hello……", "… Hello ……")]
    public void Chunks_fall_apart_as_in_spacys_own_tests(string text, string expected) => Assert.Equal(expected.Split(' '), Split(text));

    [Fact]
    public void The_exceptions_are_as_many_as_in_spacy() => Assert.Equal(1347, EnglishRules.Shared.ExceptionCount);

    [Fact]
    public void The_terminal_marks_are_as_many_as_in_spacy() => Assert.Equal(128, EnglishSentences.TerminalMarks.EnumerateRunes().Distinct().Count());

    [Fact]
    public void Every_pattern_of_one_token_is_an_exception_of_one_part()
    {
        foreach (var (text, parts) in EnglishExceptions.All())
        {
            List<int> lengths = [];
            if (text.Any(char.IsWhiteSpace)) continue;
            EnglishRules.Shared.Split(text, lengths, [], withExceptions: false);
            if (lengths.Count == 1 && parts.Length > 1) Assert.Equal(0, EnglishAffixes.Prefix(text) + EnglishAffixes.Suffix(text));
            Assert.Equal(text, string.Concat(parts));
        }
    }

    private static IEnumerable<JsonElement> Read(string name)
    {
        using var stream = new GZipStream(File.OpenRead(TestData.Find(Assert.Skip, "text", name)), CompressionMode.Decompress);
        using var reader = new StreamReader(stream);
        while (reader.ReadLine() is { } line)
        {
            using var document = JsonDocument.Parse(line);
            yield return document.RootElement.Clone();
        }
    }
}
