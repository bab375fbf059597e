using System.Text;
using System.Text.Json;
using Touchstone.Formats.Exchange;
using Touchstone.Formats.Spacy;
using Touchstone.Formats.Tests.Exchange;
using Touchstone.Testing;

namespace Touchstone.Formats.Tests.Spacy;

public sealed class SpacyFormatTests
{
    private static readonly SpacyFormat Spacy = new();

    private const string Rows =
        """
        {"text":"Who is Shaka Khan?","entities":[[7,17,"PERSON"]],"id":"a"}
        {"text":"I like London and Berlin.","spans":[{"start":7,"end":13,"label":"LOC","token_start":2},{"start":7,"end":24,"label":"PAIR","score":0.5,"id":"p"}],"answer":"accept"}
        {"text":"🚗 in München","entities":[[5,12,"LOC","Q1726"]],"cats":{"POSITIVE":0.9,"NEGATIVE":0.1}}
        {"text":"groups","spans":{"sc":[{"start":0,"end":6,"label":"G"}]}}
        """;

    [Fact]
    public async Task Entities_spans_and_categories_are_read_in_code_points()
    {
        var samples = await TextSamples.ReadAsync(Spacy, "train.jsonl", Rows);
        Assert.Equal(["PERSON: Shaka Khan", "LOC: London", "PAIR: London and Berlin", "LOC: München", "G: groups"], samples.SelectMany(TextSamples.Spans));
        Assert.Equal("""["POSITIVE"]""", samples[2].Opinions[0].Answers["label"].GetRawText());
        Assert.Equal("Q1726", samples[2].Opinions[0].Objects[0].Attributes["kb_id"].GetString());
        Assert.Equal(("train-2", "train", 0.5, "p"), (samples[1].Name, samples[1].Split, samples[1].Opinions[0].Objects[1].Score!.Value, samples[1].Opinions[0].Objects[1].Id));
        Assert.Equal("accept", samples[1].Facts["answer"].GetString());
    }

    /// <summary>The shape is that of Doc.to_json() of spaCy 3.</summary>
    [Fact]
    public async Task A_document_as_spaCy_prints_it_keeps_entities_apart_from_groups_of_spans()
    {
        const string Row = """{"text":"Ann met Bob","ents":[{"start":0,"end":3,"label":"PER"}],"spans":{"sc":[{"start":0,"end":7,"label":"A"}],"other":[{"start":8,"end":11,"label":"B"}]},"tokens":[{"id":0,"start":0,"end":3}]}""";
        var samples = await TextSamples.ReadAsync(Spacy, "a.jsonl", Row);
        Assert.Equal(["PER: Ann", "A: Ann met", "B: Bob"], samples.SelectMany(TextSamples.Spans));
        Assert.Equal([null, "sc", "other"], samples[0].Opinions[0].Objects.Select(o => o.Attributes.TryGetValue(SpacyFormat.GroupAttribute, out var group) ? group.GetString() : null));
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder["a.jsonl"], Row, TestContext.Current.CancellationToken);
        Assert.Equal("spacy", FormatRegistry.Recognise(DatasetSource.Open(folder["a.jsonl"]))[0].Format);
        await Exchanges.WriteAsync(Spacy, samples, folder["out"]);
        var written = JsonDocument.Parse(await File.ReadAllTextAsync(Directory.GetFiles(folder["out"]).Single(), TestContext.Current.CancellationToken)).RootElement;
        Assert.Equal("[[0,3,\"PER\"]]", written.GetProperty("entities").GetRawText());
        Assert.Equal("""{"sc":[{"start":0,"end":7,"label":"A"}],"other":[{"start":8,"end":11,"label":"B"}]}""", written.GetProperty("spans").GetRawText());
        Assert.Equal("""[{"id":0,"start":0,"end":3}]""", written.GetProperty("tokens").GetRawText());
    }

    [Fact]
    public async Task Rows_that_a_person_rejected_or_passed_over_are_no_truth()
    {
        const string Rows = """
            {"text":"Ann works","spans":[{"start":0,"end":3,"label":"PER"}],"answer":"reject"}
            {"text":"Bob works","spans":[{"start":0,"end":3,"label":"PER"}],"answer":"accept"}
            {"text":"Cy works","spans":[],"answer":"ignore"}
            """;
        var samples = await TextSamples.ReadAsync(Spacy, "a.jsonl", Rows);
        Assert.Equal([OpinionKind.Draft, OpinionKind.Annotation, OpinionKind.Skipped], samples.Select(s => s.Opinions[0].Kind));
        var narrowing = new Narrowing(FormatRegistry.Find("conll")!.Traits);
        Assert.Equal(["Bob works"], samples.Select(narrowing.Narrow).OfType<Sample>().Select(s => s.Text));
        Assert.Equal(("draft 1", "skip 1", "text_without_truth 2"), (Count("draft"), Count("skip"), Count("text_without_truth")));
        string Count(string kind) => $"{kind} {narrowing.Report.Losses.Single(l => l.Kind == kind).Count}";
    }

    [Fact]
    public async Task What_training_documents_say_of_words_besides_entities_is_kept_as_facts()
    {
        var samples = await TextSamples.ReadAsync(Spacy, "a.json", """[{"id":0,"paragraphs":[{"raw":"Ann works","sentences":[{"tokens":[{"id":0,"orth":"Ann","tag":"NNP","head":1,"dep":"nsubj","ner":"U-PER"},{"id":1,"orth":"works","ner":"O"}],"brackets":[]}],"cats":[{"label":"a","value":0.7},{"label":"b","value":0.2}]}]}]""");
        Assert.Equal("nsubj", samples[0].Facts["spacy_sentences"][0].GetProperty("tokens")[0].GetProperty("dep").GetString());
        Assert.Equal("""{"a":0.7,"b":0.2}""", samples[0].Facts[SpacyFormat.CategoriesFact].GetRawText());
    }

    [Fact]
    public async Task Pairs_of_version_2_are_read()
    {
        var samples = await TextSamples.ReadAsync(Spacy, "a.json", """[["Who is Shaka Khan?", {"entities": [[7, 17, "PERSON"]]}], ["I like London and Berlin.", {"entities": [[7, 13, "LOC"], [18, 24, "LOC"]]}]]""");
        Assert.Equal(["PERSON: Shaka Khan", "LOC: London", "LOC: Berlin"], samples.SelectMany(TextSamples.Spans));
    }

    /// <summary>The document's shape is that of spaCy's extra/example_data/ner_example_data.</summary>
    [Fact]
    public async Task Training_documents_of_version_2_are_read_with_and_without_their_text()
    {
        const string Sentences = """[{"tokens":[{"orth":"When","tag":"-","ner":"O"},{"orth":"Sebastian","ner":"B-PERSON"},{"orth":"Thrun","ner":"L-PERSON"},{"orth":".","ner":"O"}]},{"tokens":[{"orth":"Google","ner":"U-ORG"},{"orth":"2007","ner":"-"}]}]""";
        var samples = await TextSamples.ReadAsync(Spacy, "a.json", $$"""[{"id":0,"paragraphs":[{"sentences":{{Sentences}}},{"raw":"When Sebastian  Thrun. Google 2007","sentences":{{Sentences}},"cats":[{"label":"tech","value":1},{"label":"art","value":0}]}]}]""");
        Assert.Equal(["When Sebastian Thrun . Google 2007", "When Sebastian  Thrun. Google 2007"], samples.Select(s => s.Text));
        Assert.Equal(["PERSON: Sebastian Thrun", "ORG: Google", "PERSON: Sebastian  Thrun", "ORG: Google"], samples.SelectMany(TextSamples.Spans));
        Assert.Equal("""["tech"]""", samples[1].Opinions[0].Answers["label"].GetRawText());
        Assert.Equal(["a-1-1", "a-1-2"], samples.Select(s => s.Name));
    }

    [Fact]
    public async Task What_is_written_is_read_again_as_it_was()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder["train.jsonl"], Rows, TestContext.Current.CancellationToken);
        await Exchanges.AssertRoundTripAsync(Spacy, folder.Path);
        var before = await Exchanges.ReadAsync(Spacy, folder.Path);
        var (after, _) = await Exchanges.ThroughAsync(Spacy, before, folder);
        Assert.Equal(before.Select(s => JsonSerializer.Serialize(s.Facts)), after.Select(s => JsonSerializer.Serialize(s.Facts)));
    }

    [Fact]
    public async Task Spans_of_any_text_survive()
    {
        for (var seed = 0; seed < 60; seed++)
        {
            using var folder = new TemporaryFolder();
            List<Sample> samples = [.. Enumerable.Range(0, 5).Select(i => TextSamples.Of(seed, i, mayOverlap: seed % 2 == 0))];
            var (after, losses) = await Exchanges.ThroughAsync(Spacy, samples, folder);
            Assert.True(losses.IsEmpty, $"seed {seed}: {string.Join('\n', losses.Losses)}");
            Exchanges.AssertSame(samples, after, 0);
        }
    }

    [Fact]
    public async Task A_bad_span_is_told_and_the_others_are_read()
    {
        var faults = new FaultLog();
        var samples = await TextSamples.ReadAsync(Spacy, "a.jsonl", "{\"text\":\"abc\",\"entities\":[[0,9,\"X\"],[2,1,\"X\"],[0,1,\"Y\"],7,[1,2,null]]}\n{\"entities\":[]}\n{\"text\":", faults);
        Assert.Equal(["Y: a"], samples.SelectMany(TextSamples.Spans));
        Assert.Equal(
            [
                "a.jsonl: line 1 /entities/0: end 9 lies behind the text, which has 3 code points.",
                "a.jsonl: line 1 /entities/1: a span's start and end were expected, whole numbers from 0; 2 and 1 found.",
                "a.jsonl: line 1 /entities/3: a span such as [0, 5, \"name\"] or an object with start, end and label was expected; 7 found.",
                "a.jsonl: line 1 /entities/4: a span's label was expected; null found.",
                "a.jsonl: line 2 /text: a text was expected; nothing found.",
            ],
            faults.Kept.Take(5).Select(f => f.ToString()));
        Assert.StartsWith("a.jsonl: line 3: this is no JSON", faults.Kept[5].ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Broken_files_give_faults_and_nothing_else()
    {
        await Mutations.OfFileAsync(Spacy, Encoding.UTF8.GetBytes(Rows), "a.jsonl", seed: 3, cases: 700);
        await Mutations.OfFileAsync(Spacy, Encoding.UTF8.GetBytes("""[{"paragraphs":[{"raw":"a b","sentences":[{"tokens":[{"orth":"a","ner":"B-X"},{"orth":"b","ner":"O"}]}],"cats":[{"label":"c","value":1}]}]}]"""), "a.json", seed: 4, cases: 500);
    }

    [Theory]
    [InlineData("a.jsonl", Rows)]
    [InlineData("b.json", """[["x", {"entities": []}]]""")]
    [InlineData("c.json", """[{"paragraphs":[{"sentences":[]}]}]""")]
    public void It_is_recognised(string name, string text)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder[name], text);
        var found = FormatRegistry.Recognise(DatasetSource.Open(folder.Path));
        Assert.Equal("spacy", found[0].Format);
        Assert.All(found.Skip(1), f => Assert.True(f.Certainty < found[0].Certainty - 0.1));
    }
}
