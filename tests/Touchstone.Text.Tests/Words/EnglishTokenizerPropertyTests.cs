using FsCheck;
using FsCheck.Fluent;
using Touchstone.Text.Words;

namespace Touchstone.Text.Tests.Words;

public sealed class EnglishTokenizerPropertyTests
{
    /// <summary>What texts are put together from: pieces near every rule, so that random ones meet.</summary>
    private static readonly string[] Pieces =
    [
        "a", "b", "I", "Q", "x", "é", "É", "ß", "я", "Я", "ë̈", "\u0301", "漢", "の", "א", "ك", PlainSpacy.Emoji, PlainSpacy.Ideograph, "0", "1", "7", "25", "255", "10", "٣",
        ".", "..", "...", "…", "……", ",", ":", ";", "!", "?", "'", "’", "\"", "“", "”", "`", "(", ")", "[", "]", "{", "}", "<", ">", "/", "\\", "-", "--", "---", "–", "—", "——", "~",
        "+", "*", "^", "=", "_", "#", "@", "&", "%", "$", "£", "US$", "C$", "₿", "§", "°", "²", "·", "。", "，", "|", "☃", "©", "¬", "\u2329",
        " ", " ", " ", "  ", "\n", "\t", "\u00A0", "\u001C", "\u3000", "\u200B", "km", "kg", "m/s", "mph", "GB", "тбكم", "MB", "'s", "’S", "n't", "'ll", "can", "not", "we", "let", "e.g.", "U.S.",
        "Mr.", "p.m.", "Inc.", "v.v", ":)", ":-(", "8)", "xD", "o_O", "(╯°□°）╯︵┻━┻", "http://", "www.", "example", ".com", "://", "user@", ":80", ":8080", "/path?q=1", "192.168", "8.8.8.8", "172.16.0.1", "ftp",
    ];

    private static readonly Arbitrary<string> Texts = Gen.Elements(Pieces).ListOf().Select(pieces => string.Concat(pieces)).Resize(60).ToArbitrary();

    private readonly PlainSpacy _plain = new();
    private readonly EnglishTokenizer _tokenizer = new();
    private readonly WordList _words = new();

    [Fact]
    public void Tables_and_regular_expressions_split_every_text_alike() => Check.One(Config.QuickThrowOnFailure.WithMaxTest(4000), Prop.ForAll(Texts, text =>
    {
        _tokenizer.Split(text, _words);
        Assert.Equal(_plain.Words(text), Enumerable.Range(0, _words.Count).Select(i => _words.Of(text, i).ToString()));
    }));

    [Fact]
    public void What_was_split_before_changes_nothing() => Prop.ForAll(Texts, text =>
    {
        _tokenizer.Split(text, _words);
        WordList fresh = new();
        new EnglishTokenizer().Split(text, fresh);
        Assert.Equal(fresh.Starts.ToArray(), _words.Starts.ToArray());
        Assert.Equal(fresh.Lengths.ToArray(), _words.Lengths.ToArray());
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Equal_words_and_only_these_have_equal_numbers() => Prop.ForAll(Texts, text =>
    {
        _tokenizer.Split(text, _words);
        var words = Enumerable.Range(0, _words.Count).Select(i => _words.Of(text, i).ToString()).ToList();
        for (var i = 0; i < words.Count; i++)
        {
            Assert.Equal(words[i], _tokenizer.Lexicon[_words.Ids[i]].ToString());
            Assert.Equal(_words.Ids[i], _tokenizer.Lexicon.Find(words[i]));
        }
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_lexicon_that_is_full_begins_anew_and_splits_as_before()
    {
        var many = string.Join(' ', Enumerable.Range(0, 270_000).Select(i => $"word{i}."));
        _tokenizer.Split(many, _words);
        Assert.Equal(540_000, _words.Count);
        var generation = _tokenizer.Lexicon.Generation;
        _tokenizer.Split("foo:) (can't)", _words);
        Assert.Equal(generation + 1, _tokenizer.Lexicon.Generation);
        Assert.Equal(["foo", ":)", "(", "ca", "n't", ")"], Enumerable.Range(0, _words.Count).Select(i => _words.Of("foo:) (can't)", i).ToString()));
    }

    [Theory]
    [InlineData("(", 300_000)]
    [InlineData(".", 300_000)]
    [InlineData("a@", 200_000)]
    [InlineData(":)", 200_000)]
    [InlineData("a.", 200_000)]
    public void Hostile_chunks_take_time_in_proportion_to_their_length(string piece, int times)
    {
        _tokenizer.Split(string.Concat(Enumerable.Repeat(piece, times)), _words);
        Assert.InRange(_words.Count, 1, piece.Length * times);
    }
}
