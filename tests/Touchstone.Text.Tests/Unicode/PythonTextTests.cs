using System.Text;
using Touchstone.Text.Unicode;

namespace Touchstone.Text.Tests.Unicode;

public sealed class PythonTextTests
{
    [Fact]
    public void White_space_is_what_str_isspace_says()
    {
        var spaces = Enumerable.Range(0, 0x10000).Where(unit => PythonCharacters.IsSpace((char)unit));
        int[] expected = [9, 10, 11, 12, 13, 28, 29, 30, 31, 32, 0x85, 0xA0, 0x1680, .. Enumerable.Range(0x2000, 11), 0x2028, 0x2029, 0x202F, 0x205F, 0x3000];
        Assert.Equal(expected, spaces);
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("a", "a")]
    [InlineData("a\n", "a")]
    [InlineData("\n", "")]
    [InlineData("a\r\nb\rc\n\rd", "a|b|c||d")]
    [InlineData("a\vb\fc\u001Cd\u001De\u001Ef\u0085g\u2028h\u2029i", "a|b|c|d|e|f|g|h|i")]
    [InlineData("a\u001Fb\tc", "a\u001Fb\tc")]
    public void Lines_break_as_in_str_splitlines(string text, string expected)
    {
        List<string> lines = [];
        ReadOnlySpan<char> rest = text;
        while (PythonLines.TryTake(ref rest, out var line)) lines.Add(line.ToString());
        Assert.Equal(text.Length == 0 ? [] : expected.Split('|'), lines);
    }

    [Theory]
    [InlineData("\u001C\u00A0 a b\u3000\n", "a b")]
    [InlineData("\u200Ba\u200B", "\u200Ba\u200B")]
    [InlineData(" \t", "")]
    public void Edges_are_stripped_as_in_str_strip(string text, string expected) => Assert.Equal(expected, PythonLines.Strip(text).ToString());

    [Theory]
    [InlineData("123", false)]
    [InlineData("12a", true)]
    [InlineData("²", false)]
    [InlineData("ª", true)]
    [InlineData("Ⅷ", false)]
    [InlineData("𝐀", true)]
    [InlineData("\u0301", false)]
    public void Letters_are_what_str_isalpha_says(string text, bool expected) => Assert.Equal(expected, PythonCharacters.HasAlpha(text));

    [Theory]
    [InlineData("_", true)]
    [InlineData("²", true)]
    [InlineData("Ⅷ", true)]
    [InlineData("\u0301", false)]
    [InlineData("-", false)]
    [InlineData("‿", false)]
    public void Word_characters_are_what_the_pattern_w_says(string text, bool expected) => Assert.Equal(expected, PythonCharacters.IsWord(Rune.GetRuneAt(text, 0)));

    [Theory]
    [InlineData("", 0)]
    [InlineData("abc", 3)]
    [InlineData("a\U0001F600b", 3)]
    [InlineData("\U0001F600\U0001F600", 2)]
    public void Lengths_count_code_points(string text, int expected) => Assert.Equal(expected, CodePoints.Count(text));

    [Fact]
    public void Surrogates_that_stand_alone_count_one_each()
    {
        Assert.Equal(2, CodePoints.Count("\uD83D\uD83D"));
        Assert.Equal(2, CodePoints.Count("\uD83D\uD83D\uDE00"));
        Assert.Equal(3, CodePoints.Count("\uDE00\uD83Da"));
    }
}
