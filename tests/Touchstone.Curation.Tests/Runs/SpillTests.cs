using System.Buffers;
using System.Text;
using Touchstone.Curation.Documents;
using Touchstone.Curation.Reading;
using Touchstone.Curation.Runs;
using Touchstone.Curation.Writing;

namespace Touchstone.Curation.Tests.Runs;

public sealed class SpillTests
{
    [Fact]
    public void Documents_are_written_the_same_on_either_side_of_a_barrier()
    {
        var record = Encoding.UTF8.GetBytes("{\"id\":\"a\",\"text\":\"caf\\u00e9\",\"n\":1.50}");
        Assert.True(new JsonRecord(ReadOptions.Default).TryRead(record, new("f", 3, 40), out var asRead, out _));
        Assert.True(new JsonRecord(ReadOptions.Default).TryRead(record, new("f", 3, 40), out var edited, out _));
        edited.Text = "tea";
        edited.Findings = new(StringComparer.Ordinal) { ["score"] = 0.25, ["count"] = 3, ["language"] = "en", ["sure"] = true, ["tags"] = new[] { "x" } };
        var plain = new Document { Id = "file.txt", Text = "\ud83d\ude00", Place = new("file.txt", 0, 0) };
        Document[] documents = [asRead, edited, plain];
        var content = new ArrayBufferWriter<byte>();
        foreach (var document in documents) Spill.Write(content, document);
        var back = new List<Document>();
        Spill.Read(Spill.Decompress(Spill.Compress(content.WrittenSpan)[Spill.HeadBytes..], content.WrittenCount), documents.Length, back);
        Assert.Equal(documents.Select(d => (d.Id, d.Text, d.Place)), back.Select(d => (d.Id, d.Text, d.Place)));
        Assert.Equal(documents.Select(Written), back.Select(Written));
        Assert.Equal(3, Assert.IsType<int>(back[1].Findings!["count"]));
    }

    private static string Written(Document document)
    {
        var output = new ArrayBufferWriter<byte>();
        new RecordWriter(ReadOptions.Default).Write(output, document);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }
}
