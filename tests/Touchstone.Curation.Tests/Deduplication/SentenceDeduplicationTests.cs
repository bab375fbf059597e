using System.Text.Json;
using Touchstone.Curation.Deduplication;
using Touchstone.Curation.Deduplication.Sentences;
using Touchstone.Curation.Documents;
using Touchstone.Testing;

namespace Touchstone.Curation.Tests.Deduplication;

public sealed class SentenceDeduplicationTests
{
    [Fact]
    public async Task What_is_cut_and_what_falls_equals_datatrove()
    {
        var expected = DeduplicationCorpus.Lines("expected-en-sentdedup").ToDictionary(Id, l => l.GetProperty("result").GetString() == "edited" ? l.GetProperty("text_sha1").GetString()! : "removed");
        var (found, summary) = await RunAsync(DeduplicationCorpus.Documents("en"), 1, new SentenceOptions(), 1 << 20);
        Assert.Equal(expected.OrderBy(e => e.Key, StringComparer.Ordinal), found.ToDictionary(f => f.Key, f => f.Value is null ? "removed" : DeduplicationCorpus.Sha1(f.Value)).OrderBy(f => f.Key, StringComparer.Ordinal));
        Assert.Equal((163, 607), (found.Values.Count(v => v is null), found.Values.Count(v => v is not null)));
        Assert.True(summary.Removed > 163 + 607);
    }

    [Fact]
    public async Task Of_the_same_sentences_in_several_shards_those_of_the_lowest_index_stay()
    {
        const string shared = "This sentence is in both. That one is too. And so is the third.";
        Document[] documents = [Of("a", "Alone here. " + shared), Of("b", shared + " Then one of its own."), Of("c", shared + " Something else."), Of("d", "No match. At all. In here.")];
        var (found, _) = await RunAsync(documents, 2, new SentenceOptions { WordsMin = null, SentencesMin = 1 }, 1 << 20);
        Assert.Equal(["b", "c"], found.Keys.Order());
        Assert.Equal(["Something else.", "Then one of its own."], found.Values.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Lines_that_stood_before_are_cut_and_line_ends_stay()
    {
        Document[] documents = [Of("a", "one\ntwo\nthree\nfour"), Of("b", "zero\none\ntwo\nfive"), Of("c", "\n\n\n")];
        var (found, _) = await RunAsync(documents, 1, new SentenceOptions { Lines = true, Sentences = 2, WordsMin = null, SentencesMin = null }, 1 << 20);
        Assert.Equal("zero\nfive", Assert.Single(found).Value);
    }

    private static Document Of(string id, string text) => new() { Id = id, Text = text };

    private static async Task<(Dictionary<string, string?> Changed, DeduplicationSummary Summary)> RunAsync(IReadOnlyList<Document> documents, int shards, SentenceOptions options, long memoryBytes)
    {
        using var folder = new TemporaryFolder();
        var changed = new Dictionary<string, string?>();
        var summary = await DeduplicationRun.RunAsync(new SentenceDeduplication(options), new DeduplicationFolder(folder.Path) { MemoryBytes = memoryBytes }, DeduplicationCorpus.Shards(documents, shards),
            (_, _, document, verdict) =>
            {
                if (verdict.IsDropped) changed.Add(document.Id, null);
                else if (verdict.Text is not null) changed.Add(document.Id, verdict.Text);
            }, TestContext.Current.CancellationToken);
        return (changed, summary);
    }

    private static string Id(JsonElement line) => line.GetProperty("id").GetString()!;
}
