using System.Text;
using Touchstone.Curation.Documents;

namespace Touchstone.Curation.Tests.Documents;

public sealed class RecordMembersTests
{
    [Theory]
    [InlineData("""{"text":"t","url":"https://a.example/"}""", "https://a.example/")]
    [InlineData("""{"metadata":{"url":"https://b.example/"},"text":"t"}""", "https://b.example/")]
    [InlineData("""{"metadata":{"url":"https://b.example/"},"url":"https://a.example/"}""", "https://a.example/")]
    [InlineData("""{"other":{"url":"https://c.example/"},"metadata":{"deeper":{"url":"https://d.example/"}}}""", null)]
    [InlineData("""{"metadata":7,"url":7}""", null)]
    [InlineData("", null)]
    public void A_member_is_the_records_own_or_else_one_of_its_metadata(string record, string? expected) =>
        Assert.Equal(expected, RecordMembers.Text(Of(record), "url"));

    [Fact]
    public void What_a_step_found_comes_before_what_the_record_says()
    {
        var document = Of("""{"score":1}""");
        Assert.Equal(1, RecordMembers.Number(document, "score"));
        document.Findings = new(StringComparer.Ordinal) { ["score"] = 0.5 };
        Assert.Equal(0.5, RecordMembers.Number(document, "score"));
    }

    private static Document Of(string record) => new() { Id = "1", Text = "t", Record = Encoding.UTF8.GetBytes(record) };
}
