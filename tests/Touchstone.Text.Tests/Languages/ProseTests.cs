using FsCheck;
using FsCheck.Fluent;
using Touchstone.Text.Languages;

namespace Touchstone.Text.Tests.Languages;

public sealed class ProseTests
{
    [Theory]
    [InlineData("Plain words, nothing else.", "Plain words, nothing else.")]
    [InlineData("Call `Console.WriteLine()` or ``a`b`` now", "Call   or   now")]
    [InlineData("A [link](https://example.org/a) and <b>bold</b> &amp; more", "A [link  and  bold    more")]
    [InlineData("see https://example.org/x?y=1, or mail me@example.org.", "see   or mail  ")]
    [InlineData("a < b and c > d: fine", "a < b and c > d: fine")]
    [InlineData("before\n```js\nvar x = 1;\n```\nafter `", "before\n\n\n\nafter `")]
    [InlineData("code cut off\n```\nprose\n```js\ncode\n```\nend", "\n\nprose\n\n\n\nend")]
    [InlineData("before\n<pre class=x>code\nmore\n</pre>\nafter `", "before\n\n\n\nafter `")]
    [InlineData("> ~~~\n> code\n> ~~~\ntext", "\n\n\ntext")]
    public void Code_addresses_and_markup_go(string text, string expected) => Assert.Equal(expected, Prose.Of(text));

    [Fact]
    public void No_text_fails_and_none_grows()
    {
        var pieces = Gen.Elements("`", "```", "\n", "<", ">", "](", ")", "][", "]", "://", "@", "&", ";", "a", " ", "~~~", "é", "b@c");
        Prop.ForAll(pieces.ListOf().Select(p => string.Concat(p)).ToArbitrary(), text => Prose.Of(text).Length <= text.Length).Check(Config.QuickThrowOnFailure.WithMaxTest(2000).WithEndSize(40));
    }
}
