using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using FsCheck;
using FsCheck.Fluent;
using Touchstone.Curation.Redaction;

namespace Touchstone.Curation.Tests.Redaction;

/// <summary>The mode that equals datatrove, against what datatrove wrote and against its own expressions.</summary>
public sealed partial class DatatroveFormatterTests
{
    [Theory]
    [InlineData("en", 10_500, 1035)]
    [InlineData("edge", 209, 3)]
    public void Every_text_equals_what_datatrove_makes_of_it(string corpus, int count, int changed)
    {
        var expected = JsonLines.Read($"expected-{corpus}-filters.jsonl.gz").ToDictionary(e => e.Text("id"), e => e.TryGetProperty("pii_sha1", out var sha) ? sha.GetString() : null);
        var (documents, edits) = (0, 0);
        foreach (var document in JsonLines.Read($"{corpus}.jsonl.gz"))
        {
            var text = document.Text("text");
            var formatted = DatatroveFormatter.Format(text);
#pragma warning disable CA5350 // the reference data names texts by SHA-1
            var found = formatted == text ? null : Convert.ToHexStringLower(SHA1.HashData(Encoding.UTF8.GetBytes(formatted)))[..16];
#pragma warning restore CA5350
            Assert.True(expected[document.Text("id")] == found, $"{document.Text("id")}: datatrove has {expected[document.Text("id")] ?? "no change"}, found {found ?? "no change"}");
            documents++;
            if (found is not null) edits++;
        }

        Assert.Equal((count, changed), (documents, edits));
    }

    // From the cases of huggingface/datatrove, tests/pipeline/filters/test_pii_removal.py.
    [Theory]
    [InlineData("email@[123.123.123.123]", "email@example.com")]
    [InlineData("\"email\"@example.com", "\"email\"@example.com")]
    [InlineData("very.unusual.”@”.unusual.com@example.org", "very.unusual.”@”.email@example.com")]
    [InlineData("mail@example@other.com", "mail@email@example.com")]
    [InlineData("Abc..123@other.com", "Abc..email@example.com")]
    [InlineData("あいうえお@example.org", "あいうえお@example.org")]
    [InlineData("NAME@MYSITE.COM", "email@example.com")]
    [InlineData("𝒳a@b.c ½a@b.c 👍a@b.c", "𝒳a@b.c ½a@b.c 👍email@example.com")]
    [InlineData("email@-example.com", "email@-example.com")]
    [InlineData("999.999.999.999. 108.0.0.01 0.1.2.3 00.0000.00.00 912.456.123.123", "999.999.999.999. 108.0.0.01 0.1.2.3 00.0000.00.00 912.456.123.123")]
    [InlineData(".3.3.3.0 172.31.254.254 4.132.211.142", ".22.214.171.124 172.31.254.254 126.96.36.199")]
    public void Addresses_are_replaced_in_turn(string text, string expected) => Assert.Equal(expected, DatatroveFormatter.Format(text));

    [Fact]
    public void Matching_by_hand_finds_what_the_expressions_find()
    {
        var pieces = Gen.Elements("a", "b7", "Z", ".", ".", "-", "@", "@", "@[", "]", "1", "25", "256", "8.8.8.8", "10.0.0.1", "01", "x:", " ", "_", "+", "é", "ﬁ", "a@b.c", "A@B.C", "q@[1.2.3.4]", "q@[1.2.3.x:]");
        var texts = pieces.ListOf().Select(p => string.Concat(p));
        Prop.ForAll(texts.ToArbitrary(), text => DatatroveFormatter.Format(text) == ByExpression(text)).Check(Config.QuickThrowOnFailure.WithMaxTest(3000).WithEndSize(40));
    }

    [Fact]
    public void A_text_made_to_stop_expressions_takes_no_longer_than_another()
    {
        var text = string.Concat(Enumerable.Repeat("a.", 200_000)) + string.Concat(Enumerable.Repeat("x@[1.2.", 50_000)) + " " + string.Concat(Enumerable.Repeat("1.999. ", 200_000));
        Assert.Same(text, DatatroveFormatter.Format(text));
    }

    private static string ByExpression(string text)
    {
        var (emails, addresses) = (0, 0);
        var first = Email().Replace(text, _ => new[] { "email@example.com", "firstname.lastname@example.org" }[emails++ % 2]);
        return Address().Replace(first, match => IsPublic(match.Value)
            ? new[] { "22.214.171.124", "126.96.36.199", "188.8.131.52", "184.108.40.206", "220.127.116.11", "18.104.22.168" }[addresses++ % 6] : match.Value);
    }

    private static bool IsPublic(string text)
    {
        var octets = text.Split('.');
        if (octets.Any(o => o.Length > 1 && o[0] == '0')) return false;
        var bytes = IPAddress.Parse(text).GetAddressBytes();
        return PublicAddresses.IsGlobal((uint)(bytes[0] << 24 | bytes[1] << 16 | bytes[2] << 8 | bytes[3]));
    }

    [GeneratedRegex(@"\b[a-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*@(?:(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z0-9](?:[a-z0-9-]*[a-z0-9])?|\[(?:(?:25[0-5]|2[0-4][0-9]|[01]?[0-9][0-9]?)\.){3}(?:25[0-5]|2[0-4][0-9]|[01]?[0-9][0-9]?|[a-z0-9-]*[a-z0-9]:)])", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Email();

    [GeneratedRegex(@"(?:(?:25[0-5]|2[0-4][0-9]|[01]?[0-9][0-9]?)\.){3}(?:25[0-5]|2[0-4][0-9]|[01]?[0-9][0-9]?)")]
    private static partial Regex Address();
}
