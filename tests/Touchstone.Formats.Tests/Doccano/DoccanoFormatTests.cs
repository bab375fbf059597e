using System.Text;
using System.Text.Json;
using Touchstone.Formats.Conll;
using Touchstone.Formats.Doccano;
using Touchstone.Formats.Exchange;
using Touchstone.Formats.Spacy;
using Touchstone.Formats.Tests.Exchange;
using Touchstone.Testing;

namespace Touchstone.Formats.Tests.Doccano;

public sealed class DoccanoFormatTests
{
    private static readonly DoccanoFormat Doccano = new();

    /// <summary>Examples of doccano's data_export and data_import pipelines, and an older export's names.</summary>
    private const string Rows =
        """
        {"text": "EU rejects German call to boycott British lamb.", "label": [ [0, 2, "ORG"], [11, 17, "MISC"] ]}
        {"text": "Peter Blackburn", "labels": [ [0, 15, "PERSON"] ], "id": 7, "Comments": []}
        {"text": "Google was founded on September 4, 1998, by Larry Page and Sergey Brin.", "entities": [{"id": 0, "start_offset": 0, "end_offset": 6, "label": "ORG"}, {"id": 1, "start_offset": 22, "end_offset": 39, "label": "DATE"}], "relations": [{"from_id": 0, "to_id": 1, "type": "foundedAt"}]}
        {"text": "exampleA", "entities": [[0, 1, "LOC"]], "cats": ["positive"]}
        {"text": "Terrible customer service.", "label": ["negative"]}
        {"data": "Hello!", "label": ["こんにちは！", "やあ"]}
        {"text": "a 🚗 b", "label": [[5, 6, "LETTER"]]}
        """;

    [Fact]
    public async Task Spans_relations_categories_and_answers_are_read()
    {
        var samples = await TextSamples.ReadAsync(Doccano, "all.jsonl", Rows);
        Assert.Equal(["ORG: EU", "MISC: German", "PERSON: Peter Blackburn", "ORG: Google", "DATE: September 4, 1998", "LOC: e", "LETTER: b"], samples.SelectMany(TextSamples.Spans));
        Assert.Equal(new ObjectRelation("0", "1", "foundedAt"), samples[2].Opinions[0].Relations.Single());
        Assert.Equal("7", samples[1].Facts["id"].GetRawText());
        Assert.Equal(["""["positive"]""", """["negative"]"""], samples.Skip(3).Take(2).Select(s => s.Opinions[0].Answers["label"].GetRawText()));
        Assert.Equal(["こんにちは！", "やあ"], samples[5].Opinions[0].Answers["label"].EnumerateArray().Select(a => a.GetString()));
    }

    [Fact]
    public async Task What_is_written_is_read_again_as_it_was()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder["doccano.jsonl"], Rows, TestContext.Current.CancellationToken);
        await Exchanges.AssertRoundTripAsync(Doccano, folder.Path);
        var before = await Exchanges.ReadAsync(Doccano, folder.Path);
        var (after, _) = await Exchanges.ThroughAsync(Doccano, before, folder);
        Assert.Equal(before.Select(s => JsonSerializer.Serialize(s.Facts)), after.Select(s => JsonSerializer.Serialize(s.Facts)));
        Assert.Equal(before.SelectMany(s => s.Opinions[0].Relations), after.SelectMany(s => s.Opinions[0].Relations));
    }

    [Fact]
    public async Task Offsets_count_as_the_caller_says_and_a_cut_character_is_told()
    {
        const string Row = """{"text": "🚗🚗 b", "label": [[3, 4, "LETTER"]]}""";
        var faults = new FaultLog();
        Assert.Empty((await TextSamples.ReadAsync(Doccano, "a.jsonl", Row, faults)).SelectMany(TextSamples.Spans));
        Assert.Equal("a.jsonl: line 1 /label/0: 3 to 4 cuts a character of two UTF-16 units in half; does the file count code points?", faults.Kept.Single().ToString());
        var options = new FormatOptions { DoccanoCountsCodePoints = true };
        Assert.Equal(["LETTER: b"], (await TextSamples.ReadAsync(Doccano, "a.jsonl", Row, options: options)).SelectMany(TextSamples.Spans));
    }

    [Fact]
    public async Task Spans_of_any_text_survive_in_units_and_in_code_points()
    {
        for (var seed = 0; seed < 60; seed++)
        {
            using var folder = new TemporaryFolder();
            List<Sample> samples = [.. Enumerable.Range(0, 5).Select(i => TextSamples.Of(seed, i, mayOverlap: true))];
            var (after, losses) = await Exchanges.ThroughAsync(Doccano, samples, folder, options: new FormatOptions { DoccanoCountsCodePoints = seed % 2 == 0 });
            Assert.True(losses.IsEmpty, $"seed {seed}: {string.Join('\n', losses.Losses)}");
            Exchanges.AssertSame(samples.ConvertAll(s => s with { Name = s.Name.Replace("texts", "doccano", StringComparison.Ordinal) }), after, 0);
        }
    }

    [Fact]
    public async Task A_chain_of_formats_keeps_every_span()
    {
        using var folder = new TemporaryFolder();
        var samples = await TextSamples.ReadAsync(Doccano, "all.jsonl", Rows);
        var (spacy, _) = await Exchanges.ThroughAsync(new SpacyFormat(), samples, folder);
        var (conll, _) = await Exchanges.ThroughAsync(new ConllFormat(), spacy, folder);
        var (back, _) = await Exchanges.ThroughAsync(Doccano, conll, folder);
        Assert.Equal(samples.SelectMany(TextSamples.Spans), back.SelectMany(TextSamples.Spans));
    }

    [Fact]
    public async Task Broken_files_give_faults_and_nothing_else() => await Mutations.OfFileAsync(Doccano, Encoding.UTF8.GetBytes(Rows), "a.jsonl", seed: 5, cases: 1_000);

    [Fact]
    public void It_is_recognised()
    {
        using var folder = new TemporaryFolder();
        foreach (var row in Rows.Split('\n'))
        {
            File.WriteAllText(folder["a.jsonl"], row);
            var found = FormatRegistry.Recognise(DatasetSource.Open(folder.Path));
            Assert.Equal("doccano", found[0].Format);
            Assert.All(found.Skip(1), f => Assert.True(f.Certainty < found[0].Certainty - 0.1));
        }
    }

    /// <summary>Rows as doccano 1 exported them.</summary>
    [Fact]
    public async Task Labels_of_version_1_without_offsets_are_of_the_whole_text_and_who_gave_them_is_kept()
    {
        var samples = await TextSamples.ReadAsync(Doccano, "a.jsonl", """
            {"id":1,"text":"Ann works","annotations":[{"label":2,"user":1}],"meta":{}}
            {"id":2,"text":"Ann works","annotations":[{"label":"PER","start_offset":0,"end_offset":3,"user":7,"created_at":"2020-01-01"}]}
            """);
        Assert.Equal("""["2"]""", samples[0].Opinions[0].Answers["label"].GetRawText());
        Assert.Equal(["PER: Ann"], TextSamples.Spans(samples[1]));
        Assert.Equal("2020-01-01", samples[1].Facts["doccano_annotations"][0].GetProperty("created_at").GetString());
    }

    [Fact]
    public void Names_that_cannot_be_files_or_are_there_already_are_others_and_named()
    {
        var narrowing = new Narrowing(FormatRegistry.Find("brat")!.Traits);
        string Name(string name) => narrowing.Narrow(new Sample { Name = name, Kind = Touchstone.Annotations.Selectors.InputKind.Text, Text = "a", Opinions = [new Opinion()] })!.Name;
        Assert.Equal(["x-1", "x-1_2", "input", "input_2"], ((string[])["x-1", "x-1", "a/../../b", new string('n', 300)]).Select(Name));
        Assert.Equal(3, narrowing.Report.Losses.Single(l => l.Kind == "name").Count);
    }
}
