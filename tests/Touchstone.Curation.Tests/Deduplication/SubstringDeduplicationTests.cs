using FsCheck;
using FsCheck.Fluent;
using Touchstone.Curation.Deduplication;
using Touchstone.Curation.Deduplication.Substrings;
using Touchstone.Curation.Documents;
using Touchstone.Testing;

namespace Touchstone.Curation.Tests.Deduplication;

public sealed class SubstringDeduplicationTests
{
    private const string Shared = "a sentence that stands in both of the documents";

    [Theory]
    [InlineData(false, "x " + Shared + " y", "zw")]
    [InlineData(true, "xy", "zw")]
    public async Task The_first_occurrence_stays_or_falls_as_asked(bool removeAll, string first, string second)
    {
        Document[] documents = [Of("a", "x " + Shared + " y"), Of("b", "z " + Shared + " w"), Of("c", "nothing that is elsewhere")];
        var found = await RunAsync(documents, 2, new SubstringOptions { BytesMin = 20, RemoveAll = removeAll, WordsMin = null });
        Assert.Equal([first, second, documents[2].Text], found);
    }

    [Fact]
    public async Task Characters_stay_whole_and_matches_do_not_cross_documents()
    {
        // é and è share their first byte, so that the repeated bytes end within a character.
        Document[] documents = [Of("a", "1aaabbbcccdddé"), Of("b", "2aaabbbcccdddè")];
        Assert.Equal(["1aaabbbcccdddé", "2è"], await RunAsync(documents, 1, new SubstringOptions { BytesMin = 8, WordsMin = null }));

        Document[] parts = [Of("a", "one two"), Of("b", "three four"), Of("c", "one two"), Of("d", "three four")];
        Assert.Equal(parts.Select(p => p.Text), await RunAsync(parts, 1, new SubstringOptions { BytesMin = 12, WordsMin = null }));
    }

    [Fact]
    public void What_is_cut_is_what_comparing_all_places_finds() => Prop.ForAll<byte[][]>(texts =>
    {
        // Three letters, so that repeats are many.
        Document[] documents = [.. texts.Select((t, i) => Of($"{i}", string.Concat(t.Concat(t.Reverse()).Concat(t).Select(b => (char)('a' + b % 3)))))];
        if (documents.Length == 0) return true;
        var found = RunAsync(documents, 3, new SubstringOptions { BytesMin = 8, WordsMin = null }).GetAwaiter().GetResult();
        return found.SequenceEqual(Plain(documents, 8));
    }).QuickCheckThrowOnFailure();

    private static IEnumerable<string?> Plain(IReadOnlyList<Document> documents, int length)
    {
        var seen = new HashSet<string>();
        foreach (var document in documents)
        {
            var cut = new bool[document.Text.Length];
            for (var i = 0; i + length <= cut.Length; i++)
                if (!seen.Add(document.Text.Substring(i, length))) cut.AsSpan(i, length).Fill(true);
            var left = string.Concat(document.Text.Where((_, i) => !cut[i]));
            yield return left.Length == 0 && document.Text.Length > 0 ? null : left;
        }
    }

    private static Document Of(string id, string text) => new() { Id = id, Text = text };

    private static async Task<List<string?>> RunAsync(IReadOnlyList<Document> documents, int shards, SubstringOptions options)
    {
        using var folder = new TemporaryFolder();
        var texts = new List<string?>();
        await DeduplicationRun.RunAsync(new SubstringDeduplication(options), new DeduplicationFolder(folder.Path), DeduplicationCorpus.Shards(documents, shards),
            (_, _, document, verdict) => texts.Add(verdict.IsDropped ? null : verdict.Text ?? document.Text));
        return texts;
    }
}
