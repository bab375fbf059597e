using System.Buffers;
using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Touchstone.Curation.Documents;
using Touchstone.Curation.Reading;
using Touchstone.Curation.Writing;

namespace Touchstone.Curation.Tests.Writing;

public sealed class RecordWriterTests
{
    [Fact]
    public void An_edited_text_takes_its_place_and_all_else_stays_as_it_lies()
    {
        var document = Document("{ \"a\" : 1.50 ,\"text\":\"old\", \"b\":{\"text\":\"inner\"} }");
        document.Text = "new \"one\"\n";
        Assert.Equal("{\"a\" : 1.50,\"text\":\"new \\\"one\\\"\\n\",\"b\":{\"text\":\"inner\"}}\n", Write(document));
    }

    [Fact]
    public void A_finding_takes_the_place_of_a_member_of_its_name()
    {
        var document = Document("{\"language\":\"xx\",\"text\":\"a\"}");
        document.Findings = new(StringComparer.Ordinal) { ["language"] = "en", ["language_score"] = 0.5, ["words"] = 1, ["tags"] = new[] { "b", "c" } };
        Assert.Equal("{\"text\":\"a\",\"language\":\"en\",\"language_score\":0.5,\"tags\":[\"b\",\"c\"],\"words\":1}\n", Write(document));
    }

    [Fact]
    public void A_dropped_document_says_why_and_where_it_was()
    {
        var written = JsonElement.Parse(Write(Document("{\"id\":\"x\",\"dropped\":\"of another run\",\"text\":\"a\"}"), new("step@1", "too_short")));
        Assert.Equal(["id", "text", "dropped"], written.EnumerateObject().Select(m => m.Name));
        Assert.Equal("{\"step\":\"step@1\",\"reason\":\"too_short\",\"file\":\"f.jsonl\",\"line\":3}", written.GetProperty("dropped").GetRawText());
    }

    [Fact]
    public void A_document_without_a_record_has_a_name_and_a_text()
    {
        var page = new Document { Id = "a/b.html", Text = "\u00e9", Place = new("a/b.html", 0, 0) };
        Assert.Equal("{\"id\":\"a/b.html\",\"text\":\"\u00e9\"}\n", Write(page));
        var archived = new Document { Id = "<urn:1>", Text = "t", Record = Encoding.UTF8.GetBytes("{\"id\":\"<urn:1>\",\"url\":\"http://a/\"}") };
        Assert.Equal("{\"id\":\"<urn:1>\",\"text\":\"t\",\"url\":\"http://a/\"}\n", Write(archived));
    }

    [Fact]
    public void Any_text_comes_back_as_it_was() =>
        Prop.ForAll(ArbMap.Default.ArbFor<string>().Filter(s => s is { Length: > 0 }), text =>
        {
            var whole = new string([.. text.Where(c => !char.IsSurrogate(c))]) + "\ud83d\ude00\0\u001f";
            var document = Document("{\"text\":\"old\"}");
            document.Text = whole;
            Assert.Equal(whole, JsonElement.Parse(Write(document)).GetProperty("text").GetString());
        }).QuickCheckThrowOnFailure();

    private static Document Document(string record)
    {
        Assert.True(new JsonRecord(ReadOptions.Default).TryRead(Encoding.UTF8.GetBytes(record), new("f.jsonl", 3, 99), out var document, out _));
        return document;
    }

    private static string Write(Document document, DropNote? note = null)
    {
        var output = new ArrayBufferWriter<byte>();
        new RecordWriter(ReadOptions.Default).Write(output, document, note);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }
}
