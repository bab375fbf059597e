using System.Text;
using Touchstone.Curation.Deduplication;
using Touchstone.Curation.Deduplication.Content;
using Touchstone.Curation.Documents;
using Touchstone.Testing;

namespace Touchstone.Curation.Tests.Deduplication;

public sealed class ContentDeduplicationTests
{
    [Fact]
    public async Task Of_the_same_texts_the_first_one_stays()
    {
        var documents = DeduplicationCorpus.Documents("neardup");
        var expected = documents.GroupBy(d => d.Text).SelectMany(g => g.Skip(1)).Select(d => d.Id).Order(StringComparer.Ordinal).ToList();
        foreach (var shards in (int[])[1, 5])
        {
            var (fallen, summary) = await RunAsync(new ContentDeduplication(), documents, shards);
            Assert.NotEmpty(expected);
            Assert.Equal(expected, fallen.Order(StringComparer.Ordinal));
            Assert.Equal((documents.Count, expected.Count), (summary.Documents, summary.Removed));
        }
    }

    [Fact]
    public async Task Addresses_are_compared_instead_and_the_highest_priority_stays()
    {
        Document[] documents = [Of("a", "https://x.org/1", 3), Of("b", "https://x.org/2", 1), Of("c", "https://x.org/1", 7), Of("d", null, 1), Of("e", null, 1), Of("f", "https://x.org/1", 7)];
        var (fallen, summary) = await RunAsync(new ContentDeduplication(ContentOptions.Url with { Priority = "priority" }), documents, 2);
        Assert.Equal(["a", "f"], fallen.Order());
        Assert.Equal(new DeduplicationSummary(4, 2, 1, 3, 2), summary);
    }

    [Fact]
    public async Task A_priority_out_of_range_is_named_with_its_document()
    {
        var failure = await Assert.ThrowsAsync<InvalidDataException>(() => RunAsync(new ContentDeduplication(new ContentOptions { Priority = "priority" }), [Of("a", "https://x.org/1", 70_000)], 1));
        Assert.Contains("70000", failure.Message, StringComparison.Ordinal);
        Assert.Contains("document a", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Simplified_texts_are_the_same_where_only_case_and_numbers_differ()
    {
        Document[] documents = [new() { Id = "a", Text = "Chapter 1: Beginnings." }, new() { Id = "b", Text = "chapter 22 – beginnings" }, new() { Id = "c", Text = "chapter one" }];
        Assert.Equal(["b"], (await RunAsync(new ContentDeduplication(new ContentOptions { Simplified = true }), documents, 1)).Fallen);
    }

    private static Document Of(string id, string? url, int priority) => new()
    {
        Id = id,
        Text = id,
        Record = Encoding.UTF8.GetBytes(url is null ? $$"""{"meta":{"url":"x"},"priority":{{priority}}}""" : $$"""{"meta":{"url":"x"},"url":"{{url}}","priority":{{priority}}}"""),
    };

    private static async Task<(List<string> Fallen, DeduplicationSummary Summary)> RunAsync(ContentDeduplication deduplication, IReadOnlyList<Document> documents, int shards)
    {
        using var folder = new TemporaryFolder();
        var fallen = new List<string>();
        var summary = await DeduplicationRun.RunAsync(deduplication, new DeduplicationFolder(folder.Path), DeduplicationCorpus.Shards(documents, shards), (_, _, document, verdict) =>
        {
            if (verdict.IsDropped) fallen.Add(document.Id);
        }, TestContext.Current.CancellationToken);
        return (fallen, summary);
    }
}
