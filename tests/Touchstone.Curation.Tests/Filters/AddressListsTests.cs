using System.Text;
using System.Text.Json;
using Touchstone.Curation.Documents;
using Touchstone.Curation.Filters;
using Touchstone.Curation.Steps;

namespace Touchstone.Curation.Tests.Filters;

public sealed class AddressListsTests
{
    private static readonly string[] Suffixes = ["// a comment", "", "com", "uk", "co.uk", "*.ck", "!www.ck", "// ===BEGIN PRIVATE DOMAINS===", "blogspot.com"];

    private static readonly AddressListsParameters Lists = new()
    {
        Domains = ["bad.com", "worse.co.uk", "shady.good.com", "blogspot.com", "own.any.ck"],
        Addresses = ["https://good.com/page?x=1"],
        Words = ["casino"],
        SoftWords = ["poker", "bets", "slots"],
        Subwords = ["freepills"],
        PublicSuffixes = Suffixes,
    };

    /// <summary>After the table of addresses in datatrove's <c>tests/pipeline/filters/test_filters.py</c>.</summary>
    [Theory]
    [InlineData("https://www.bad.com/page", "domain")]
    [InlineData("http://bad.com", "domain")]
    [InlineData("http://user@a.b.worse.co.uk:8080?x", "domain")]
    [InlineData("https://shady.good.com", "subdomain")]
    [InlineData("https://x.shady.good.com", null)]
    [InlineData("https://me.blogspot.com/", "domain")]
    [InlineData("https://x.own.any.ck", "domain")]
    [InlineData("https://good.com/page?x=1", "url")]
    [InlineData("https://good.com/page?x=2", null)]
    [InlineData("https://good.com/the-casino/", "hard_blacklisted")]
    [InlineData("https://good.com/CASINO/", null)]
    [InlineData("https://good.com/casinos", null)]
    [InlineData("https://good.com/poker/poker", null)]
    [InlineData("https://good.com/poker-bets", "soft_blacklisted")]
    [InlineData("https://good.com/Free-Pills", "blacklisted_subword")]
    [InlineData("no address at all", null)]
    public void Addresses_fall_by_the_lists_in_order(string address, string? reason)
    {
        Assert.Equal(reason, Judge(new AddressLists(Lists), $$"""{"id":"1","url":{{JsonSerializer.Serialize(address)}}}"""));
        Assert.Equal(reason, Judge(new AddressLists(Lists), $$"""{"id":"1","metadata":{"a":[1,{}],"url":{{JsonSerializer.Serialize(address)}}},"text":"x"}"""));
    }

    [Fact]
    public void Without_public_suffixes_any_parent_counts()
    {
        var step = new AddressLists(Lists with { PublicSuffixes = null });
        Assert.Equal("domain", Judge(step, """{"url":"https://x.shady.good.com"}"""));
        Assert.Equal("domain", Judge(step, """{"url":"https://bad.com"}"""));
        Assert.Equal("domain", Judge(step, """{"url":"https://www.bad.com"}"""));
        Assert.Equal("subdomain", Judge(step, """{"url":"https://shady.good.com"}"""));
        Assert.Null(Judge(step, """{"url":"https://verybad.com"}"""));
    }

    [Theory]
    [InlineData("www.example.com", "example.com")]
    [InlineData("com", "")]
    [InlineData("a.b.co.uk", "b.co.uk")]
    [InlineData("co.uk", "")]
    [InlineData("a.b.ck", "a.b.ck")]
    [InlineData("b.ck", "")]
    [InlineData("x.www.ck", "www.ck")]
    [InlineData("a.unknown", "")]
    public void Registered_domains_are_one_label_longer_than_the_public_suffix(string host, string expected) => Assert.Equal(expected, new PublicSuffixes(Suffixes).RegisteredDomain(host));

    [Fact]
    public void A_document_without_an_address_stays()
    {
        Assert.Null(Judge(new AddressLists(Lists), """{"id":"1"}"""));
        Assert.Null(Judge(new AddressLists(Lists), ""));
        Assert.Throws<ArgumentException>(() => new AddressLists(new AddressListsParameters()));
    }

    private static string? Judge(AddressLists step, string record)
    {
        var document = new Document { Id = "1", Text = "text", Record = Encoding.UTF8.GetBytes(record) };
        List<RuleValue> values = [];
        step.Explain(document, new WorkingText(), values);
        var reason = step.Judge(document, new WorkingText()).Reason;
        Assert.Equal(reason, values.Find(value => value.Falls)?.Rule);
        return reason;
    }
}
