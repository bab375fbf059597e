using System.Globalization;
using System.Text;
using System.Text.Json;
using Touchstone.Curation.Composition;
using Touchstone.Curation.Pipelines;
using Touchstone.Curation.Reading;
using Touchstone.Curation.Runs;
using Touchstone.Curation.Tests.Runs;
using Touchstone.Curation.Writing;
using Touchstone.Testing;

namespace Touchstone.Curation.Tests.Composition;

public sealed class CorpusMixTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private void WriteLines(string file, string name, int from, int count, LinesCompression compression = LinesCompression.None)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_folder[file])!);
        var lines = new StringBuilder();
        for (var i = from; i < from + count; i++)
            lines.Append(CultureInfo.InvariantCulture, $"{{\"id\":\"{name}-{i}\", \"license\":\"{(i % 2 == 0 ? "CC0-1.0" : "MIT")}\",\"tokens\":{i % 7 + 1},\"text\":\"{name} {new string('x', i % 300)} end\"}}\n");
        File.WriteAllBytes(_folder[file], new BlockCompression(compression).Compress(Encoding.UTF8.GetBytes(lines.ToString())).ToArray());
    }

    private MixRecipe Recipe(string yaml) => MixRecipe.Parse("mix.yaml", yaml.Replace("AT/", _folder.Path + "/", StringComparison.Ordinal));

    private Task<MixManifest> MixAsync(string yaml, string into, int workers = 2, long memory = 64 << 20) => CorpusMix.RunAsync(Recipe(yaml), _folder[into], new RunOptions { Workers = workers, MemoryBytes = memory }, Token);

    private List<string> Lines(string folder)
    {
        var source = new Source(SourceKind.Jsonl, [_folder[folder]], ReadOptions.Default);
        var lines = new List<string>();
        foreach (var file in source.Files().Where(f => !f.File.EndsWith("faults.jsonl", StringComparison.Ordinal)))
        {
            using var reader = source.Open([file.Whole]);
            while (reader.Next() is { } batch)
                using (batch)
                {
                    var documents = new List<Curation.Documents.Document>();
                    batch.Decode(documents, []);
                    lines.AddRange(documents.Select(d => Encoding.UTF8.GetString(d.Record.Span)));
                }
        }

        return lines;
    }

    [Fact]
    public async Task Every_document_goes_in_as_it_was_in_an_order_of_its_own_whatever_memory_and_workers()
    {
        WriteLines("web/a.jsonl", "web", 0, 9_000);
        WriteLines("web/b.jsonl.gz", "web", 9_000, 3_000, LinesCompression.Gzip);
        WriteLines("books/c.jsonl.zst", "books", 0, 1_000, LinesCompression.Zstd);
        const string Sources = "sources:\n  web: { jsonl: \"AT/web/*\" }\n  books: { jsonl: AT/books }\nshard: 10KB\ncompression: zstd\n";
        var manifest = await MixAsync(Sources, "small", workers: 1, memory: 1 << 20);
        await MixAsync(Sources, "large", workers: 3, memory: 1 << 30);
        Assert.Equal([12_000L, 1_000], manifest.Sources.Select(s => s.Written.Documents));
        Assert.True(manifest.Outputs.Count > 1);
        foreach (var output in manifest.Outputs)
        {
            Assert.Equal(File.ReadAllBytes(_folder[$"small/{output.Name}"]), File.ReadAllBytes(_folder[$"large/{output.Name}"]));
            Assert.Equal(output.Sha256, Files.Storage.FileDigest.Of(File.ReadAllBytes(_folder[$"small/{output.Name}"])));
        }

        var lines = Lines("small");
        Assert.Equal(Lines("web").Concat(Lines("books")).Order(StringComparer.Ordinal), lines.Order(StringComparer.Ordinal));
        var neighbours = lines.Zip(lines.Skip(1)).Count(p => p.First[..9] == p.Second[..9]);
        Assert.InRange(neighbours / (double)lines.Count, 0.82, 0.90); // as often as chance has it: (12^2 + 1) / 13^2
        await MixAsync(Sources + "seed: 8\n", "other");
        Assert.NotEqual(lines, Lines("other"));
        Assert.False(Directory.Exists(_folder["small.partial"]));
    }

    [Fact]
    public async Task Weights_are_met_in_the_unit_that_is_asked_for_and_the_manifest_tells_what_was_drawn()
    {
        WriteLines("web.jsonl", "web", 0, 6_000);
        WriteLines("books.jsonl", "books", 0, 1_000);
        var manifest = await MixAsync("sources:\n  web: { jsonl: AT/web.jsonl, weight: 3, licence: mixed }\n  books: { jsonl: AT/books.jsonl, weight: 1 }\nunit: tokens\ntoken_member: tokens\nrepeats_max: 4\nsize: 12000\nmark: part\n", "out");
        Assert.Equal([3.0 / 4, 1.0 / 4], manifest.Sources.Select(s => s.Share), (e, a) => Math.Abs(e - a) < 0.03);
        Assert.InRange(manifest.Sources.Sum(s => s.WrittenTokens!.Value), 11_200, 12_800);
        Assert.Equal(("mixed", 6_000), (manifest.Sources[0].Licence, manifest.Sources[0].Read.Documents));
        Assert.Equal(manifest.Sources[1].Written.Documents, manifest.Sources[1].Licences["CC0-1.0"] + manifest.Sources[1].Licences["MIT"]);
        var lines = Lines("out").Select(l => JsonElement.Parse(l)).ToList();
        Assert.Equal(manifest.Sources[1].Written.Documents, lines.Count(l => l.GetProperty("part").GetString() == "books"));
        Assert.Equal(manifest.Written.Documents, lines.Count);
        var kept = JsonElement.Parse(File.ReadAllText(_folder["out/manifest.json"]));
        Assert.Equal(manifest.RecipeDigest, kept.GetProperty("recipe_digest").GetString());
        Assert.Equal(12000, kept.GetProperty("recipe").GetProperty("size").GetDouble());
    }

    [Fact]
    public async Task Amounts_and_repeats_say_how_often_documents_go_in()
    {
        WriteLines("a.jsonl", "a", 0, 1_000);
        WriteLines("b.jsonl", "b", 0, 4_000);
        var manifest = await MixAsync("sources:\n  a: { jsonl: AT/a.jsonl, repeats: 2.5 }\n  b: { jsonl: AT/b.jsonl, amount: 1000 }\nunit: documents\n", "out");
        Assert.InRange(manifest.Sources[0].Written.Documents, 2_430, 2_570);
        Assert.InRange(manifest.Sources[1].Written.Documents, 900, 1_100);
        Assert.All(Lines("out").Where(l => l.Contains("\"a-", StringComparison.Ordinal)).GroupBy(l => l), g => Assert.InRange(g.Count(), 2, 3));
    }

    [Fact]
    public async Task What_a_run_writes_and_other_kinds_of_source_are_mixed_and_faults_are_listed()
    {
        RunBench.WriteCorpus(_folder["in"], files: 2, lines: 200);
        await CurationRun.RunAsync(RunBench.Recipe(_folder["in"], "[plain]", "{ jsonl: out/, compression: zstd }"), _folder["run"], RunBench.Options, Token);
        await CurationRun.RunAsync(RunBench.Recipe(_folder["in"], "[plain]", "{ parquet: out/ }"), _folder["tables"], RunBench.Options, Token);
        File.WriteAllText(_folder["page.txt"], "A text by itself.");
        File.WriteAllText(_folder["table.csv"], "id,text\n1,one text\n2,another text\n");
        var manifest = await MixAsync(
            "sources:\n  run: { jsonl: AT/run/out }\n  tables: { parquet: AT/tables/out }\n  page: { text: AT/page.txt, repeats: 3 }\n  table: { csv: AT/table.csv }\n  raw: { jsonl: \"AT/in/*.jsonl\" }\n", "out");
        var kept = manifest.Sources[0].Read.Documents;
        Assert.Equal([kept, kept, 3, 2], manifest.Sources.Take(4).Select(s => s.Written.Documents));
        Assert.Equal(manifest.Written.Documents, Lines("out").Count);
        var faults = File.ReadAllLines(_folder["out/faults.jsonl"]);
        Assert.Equal(manifest.Sources[4].Faults["text_not_string"], faults.Length);
        Assert.All(faults, f => Assert.Contains("/in/", JsonElement.Parse(f).GetProperty("file").GetString(), StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_mixture_appears_whole_or_not_at_all()
    {
        WriteLines("a.jsonl", "a", 0, 100);
        WriteLines("empty/b.jsonl", "b", 0, 0);
        Directory.CreateDirectory(_folder["taken"]);
        File.WriteAllText(_folder["taken/file"], "x");
        Assert.Contains("is there already", (await Assert.ThrowsAsync<InvalidDataException>(() => MixAsync("sources: { a: { jsonl: AT/a.jsonl } }", "taken"))).Message, StringComparison.Ordinal);
        Assert.StartsWith("b: expected a document with words, found no document", (await Assert.ThrowsAsync<InvalidDataException>(() => MixAsync("sources: { b: { jsonl: AT/empty } }", "out"))).Message, StringComparison.Ordinal);
        Assert.StartsWith("c: ", (await Assert.ThrowsAsync<FileNotFoundException>(() => MixAsync("sources: { c: { jsonl: AT/none.jsonl } }", "out"))).Message, StringComparison.Ordinal);
        Assert.StartsWith("a: a mixture of 1000 needs", (await Assert.ThrowsAsync<InvalidDataException>(() => MixAsync("sources: { a: { jsonl: AT/a.jsonl, weight: 1 } }\nunit: documents\nsize: 1000\n", "out"))).Message, StringComparison.Ordinal);
        Assert.Contains("up to 100 documents", (await Assert.ThrowsAsync<InvalidDataException>(() => MixAsync("sources: { a: { jsonl: AT/a.jsonl, amount: 101 } }\nunit: documents\n", "out"))).Message, StringComparison.Ordinal);
        Assert.Contains("number of tokens", (await Assert.ThrowsAsync<InvalidDataException>(() => MixAsync("sources: { a: { jsonl: AT/a.jsonl } }\nunit: tokens\ntoken_member: none\n", "out"))).Message, StringComparison.Ordinal);
        Assert.Contains("would read", (await Assert.ThrowsAsync<InvalidDataException>(() => MixAsync("sources: { a: { jsonl: \"AT/**/*.gz\" } }", "out"))).Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder["out"]) || Directory.Exists(_folder["out.partial"]));

        // What a killed process left is taken away; what somebody else made is not.
        Directory.CreateDirectory(_folder["out.partial/.scratch"]);
        File.WriteAllText(_folder["out.partial/00000-000.jsonl.gz"], "half");
        await Assert.ThrowsAsync<InvalidDataException>(() => MixAsync("sources: { a: { jsonl: AT/a.jsonl } }", "out"));
        File.WriteAllText(_folder["out.partial/.touchstone-partial"], "");
        await MixAsync("sources: { a: { jsonl: AT/a.jsonl } }", "out");
        Assert.Equal(100, Lines("out").Count);
        Assert.Equal(["00000-000.jsonl.gz", "manifest.json"], Directory.EnumerateFileSystemEntries(_folder["out"]).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("sources: { a: { jsonl: a, weight: -1 } }", 1, 35, "a: weight: expected a number from 0")]
    [InlineData("sources: { a: { jsonl: a, weight: 1, amount: 2 } }", 1, 46, "found weight and amount")]
    [InlineData("sources: { a: { jsonl: a, weight: 1 }, b: { jsonl: b } }", 1, 40, "b: expected a weight")]
    [InlineData("sources: { a: { jsonl: a, weight: 0 } }", 1, 10, "a weight above 0")]
    [InlineData("sources: { a: { jsonl: a } }\nsize: 5", 2, 7, "expected weights")]
    [InlineData("sources: { a: { jsonl: a } }\nunit: pages", 2, 7, "documents, words, characters, bytes, tokens")]
    [InlineData("sources: { a: { jsonl: a } }\nunit: tokens", 2, 7, "token_member")]
    [InlineData("sources: { a: { json: a } }", 1, 17, "a has no \"json\"")]
    [InlineData("sources: { a: { jsonl: a, repeats: 1e9 } }", 1, 36, "up to 1000")]
    [InlineData("sources: {}", 1, 10, "expected \"sources\" with names")]
    [InlineData("sources: { a: { jsonl: a } }\nseed: -1", 2, 7, "a whole number from 0")]
    [InlineData("sources: { a: { jsonl: a } }\nsink: x", 2, 1, "has no \"sink\"")]
    [InlineData("sources: { a: { jsonl: a } }\ncompression: lz4", 2, 14, "none, gzip or zstd")]
    public void What_is_wrong_with_a_recipe_is_told_with_its_place(string yaml, int line, int column, string message)
    {
        var fault = Assert.Throws<PipelineException>(() => MixRecipe.Parse("mix.yaml", yaml));
        Assert.Contains(message, fault.Message, StringComparison.Ordinal);
        Assert.Equal((line, column), (fault.Line, fault.Column));
    }
}
