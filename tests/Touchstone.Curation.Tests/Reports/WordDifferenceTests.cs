using FsCheck;
using FsCheck.Fluent;
using Touchstone.Curation.Reports;

namespace Touchstone.Curation.Tests.Reports;

public sealed class WordDifferenceTests
{
    private static readonly Gen<string> Texts = Gen.Elements("the", "old", "mill", "river", " ", "\n", "caf\u00e9", "\ud83d\ude00").ListOf().Select(words => string.Join(' ', words));

    [Fact]
    public void What_is_not_marked_is_the_same_in_both_texts() => Prop.ForAll(Texts.ToArbitrary(), Texts.ToArbitrary(), (first, second) =>
    {
        var (lacking, extra) = WordDifference.Of(first, second, areCut: false);
        Assert.Equal(Rest(first, lacking), Rest(second, extra));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_text_does_not_differ_from_itself() => Prop.ForAll(Texts.ToArbitrary(), text =>
    {
        var (lacking, extra) = WordDifference.Of(text, text, areCut: false);
        Assert.Empty(lacking);
        Assert.Empty(extra);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Neighbouring_words_are_one_range()
    {
        var (lacking, extra) = WordDifference.Of("One river and one mill.", "One river and two mills.", areCut: false);
        Assert.Equal([new ReportSpan(14, 9)], lacking);
        Assert.Equal([new ReportSpan(14, 10)], extra);
    }

    [Fact]
    public void Behind_the_last_common_word_of_a_text_that_goes_on_nothing_is_told()
    {
        var (lacking, extra) = WordDifference.Of("a b c d", "x a b", areCut: true);
        Assert.Empty(lacking);
        Assert.Equal([new ReportSpan(0, 1)], extra);
    }

    private static string[] Rest(string text, IReadOnlyList<ReportSpan> ranges)
    {
        var left = text.ToCharArray();
        foreach (var range in ranges) Array.Fill(left, ' ', range.Start, range.Length);
        return new string(left).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
    }
}
