using System.Text.Json;
using Touchstone.Annotations.Selectors;
using Touchstone.Formats.Brat;
using Touchstone.Formats.Exchange;
using Touchstone.Formats.Tests.Exchange;
using Touchstone.Testing;

namespace Touchstone.Formats.Tests.Brat;

public sealed class BratFormatTests
{
    private static readonly BratFormat Brat = new();

    private const string Text = "Sony formed a joint venture with Ericsson, who has long made telephones in Sweden.\nNorth and 🚗 South America watched.\n";

    // The lines of the examples of brat.nlplab.org/standoff.html: text-bound, event, relation, equivalence, attributes, normalization and note, and a span in two stretches.
    private const string Labels =
        "T1\tOrganization 0 4\tSony\nT2\tMERGE-ORG 14 27\tjoint venture\nT3\tOrganization 33 41\tEricsson\nE1\tMERGE-ORG:T2 Org1:T1 Org2:T3\nT4\tCountry 75 81\tSweden\nR1\tOrigin Arg1:T3 Arg2:T4\n" +
        "*\tEquiv T1 T3\nA1\tNegation E1\nA2\tConfidence E1 L1\nN1\tReference T1 Wikipedia:534366\tSony\n#1\tAnnotatorNotes T1\tthis annotation is suspect\nT5\tLocation 83 88;101 108\tNorth America\n";

    private static TemporaryFolder Written(string labels = Labels, string text = Text, string folderName = "train")
    {
        var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder[folderName]);
        File.WriteAllText(folder[$"{folderName}/DOC-1000.txt"], text);
        File.WriteAllText(folder[$"{folderName}/DOC-1000.ann"], labels);
        return folder;
    }

    [Fact]
    public async Task The_examples_of_the_format_are_read()
    {
        using var folder = Written();
        var sample = (await Exchanges.ReadAsync(Brat, folder.Path)).Single();
        Assert.Equal(("DOC-1000", "train", InputKind.Text, Text), (sample.Name, sample.Split, sample.Kind, sample.Text));
        Assert.Equal(
            ["Organization: Sony", "MERGE-ORG: joint venture", "Organization: Ericsson", "MERGE-ORG: joint venture", "Country: Sweden", "Location: North"], TextSamples.Spans(sample));
        var objects = sample.Opinions[0].Objects;
        Assert.Equal(["T1", "T2", "T3", "E1", "T4", "T5"], objects.Select(o => o.Id));
        Assert.Equal([new TextSpan(101, 108)], objects[5].OtherMarks);
        Assert.Equal("America", string.Concat(Text.EnumerateRunes().Skip(101).Take(7)));   // offsets count characters, of which the car is one
        Assert.Equal("""{"Negation":true,"Confidence":"L1","trigger":"T2"}""", JsonSerializer.Serialize(objects[3].Attributes));
        Assert.Equal("""{"notes":[["AnnotatorNotes","this annotation is suspect"]],"normalizations":[["Reference","Wikipedia:534366","Sony"]]}""", JsonSerializer.Serialize(objects[0].Attributes));
        Assert.Equal(["E1 Org1 T1 right", "E1 Org2 T3 right", "T3 Origin T4 right", "T1 Equiv T3 bi"], sample.Opinions[0].Relations.Select(Line));
        Assert.Equal(["brat"], FormatRegistry.Recognise(DatasetSource.Open(folder.Path)).Select(r => r.Format));
    }

    private static string Line(ObjectRelation r) => $"{r.From} {r.Label} {r.To} {r.Direction}";

    [Fact]
    public async Task What_the_ends_of_a_relation_are_called_and_several_values_of_an_attribute_are_kept()
    {
        const string spans = "T1\tOrganization 0 4\tSony\nT3\tOrganization 33 41\tEricsson\nT4\tCountry 75 81\tSweden\n";
        using var folder = Written(spans + "R1\tCoref Subject:T4 Object:T1\nR2\tRev Arg2:T3 Arg1:T1\nA1\tSense T1 L1\nA2\tSense T1 L2\n");
        var samples = await Exchanges.ReadAsync(Brat, folder.Path);
        Assert.Equal(["T4 Coref T1 right", "T1 Rev T3 right"], samples[0].Opinions[0].Relations.Select(Line));
        await Exchanges.AssertRoundTripAsync(Brat, folder.Path);
        await Exchanges.WriteAsync(Brat, samples, folder["out"]);
        Assert.Equal(
            spans + "R1\tCoref Subject:T4 Object:T1\nR2\tRev Arg1:T1 Arg2:T3\nA1\tSense T1 L1\nA2\tSense T1 L2\n", await File.ReadAllTextAsync(folder["out/train/DOC-1000.ann"], TestContext.Current.CancellationToken));
        var narrowing = new Narrowing(FormatRegistry.Find("doccano")!.Traits);
        narrowing.Narrow(samples[0]);
        Assert.Contains(narrowing.Report.Losses, l => l is { Kind: "relation_role", Count: 1 });
    }

    [Fact]
    public async Task The_examples_are_written_line_by_line_as_they_were()
    {
        using var folder = Written();
        await Exchanges.AssertRoundTripAsync(Brat, folder.Path);
        await Exchanges.WriteAsync(Brat, await Exchanges.ReadAsync(Brat, folder.Path), folder["out"]);
        Assert.Equal(Text, await File.ReadAllTextAsync(folder["out/train/DOC-1000.txt"], TestContext.Current.CancellationToken));
        Assert.Equal(Labels.Split('\n').Order(StringComparer.Ordinal), (await File.ReadAllTextAsync(folder["out/train/DOC-1000.ann"], TestContext.Current.CancellationToken)).Split('\n').Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Spans_of_any_text_survive_with_what_is_said_of_them()
    {
        using var folder = new TemporaryFolder();
        for (var seed = 0; seed < 60; seed++)
        {
            var attributes = new Dictionary<string, JsonElement> { ["sure"] = JsonElement.Parse("true"), ["colour"] = JsonElement.Parse("\"dark red\""), ["n"] = JsonElement.Parse("1.5"), ["not"] = JsonElement.Parse("false"), ["a b"] = JsonElement.Parse("[1,\"\\n\"]") };
            List<Sample> samples = [.. Enumerable.Range(0, 5).Select(i => TextSamples.Of(seed, i, mayOverlap: true)).Select(s => s with { Opinions = [s.Opinions[0] with { Objects = [.. s.Opinions[0].Objects.Select(o => o with { Attributes = attributes })] }] })];
            var (after, losses) = await Exchanges.ThroughAsync(Brat, samples, folder);
            Assert.True(losses.IsEmpty, $"seed {seed}: {string.Join('\n', losses.Losses)}");
            Exchanges.AssertSame(samples, after, 0);
            Assert.Equal(samples.Select(s => s.Text), after.Select(s => s.Text));
        }
    }

    [Fact]
    public async Task What_cannot_be_read_is_told_with_its_line()
    {
        using var folder = Written("T1\tPerson 0 4\tSony\nno tab\nT2\tPerson 5 900\tx\nT3\tPerson 4\tx\nT1\tPerson 0 1\tS\nR1\tKnows Arg1:T1 Arg2:T9\nE1\tBuy:T8\nX1\tPerson\nA1\tNegation R1\nA2\tNegation T7\n*\tEquiv T1\n", folderName: "a");
        var faults = new FaultLog();
        var sample = (await Exchanges.ReadAsync(Brat, folder.Path, faults: faults)).Single();
        Assert.Equal(("a/DOC-1000", 1), (sample.Name, sample.Opinions[0].Objects.Count));
        Assert.Equal(["line 2", "line 3", "line 4", "line 5", "line 8", "line 11", "event E1", "line 6", "line 9", "line 10"], faults.Kept.Select(f => f.Place));
        File.Delete(folder["a/DOC-1000.txt"]);
        faults = new FaultLog();
        Assert.Empty(await Exchanges.ReadAsync(Brat, folder.Path, faults: faults));
        Assert.Contains("there is no text", faults.Kept.Single().Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Damaged_files_give_faults_alone()
    {
        using var folder = Written();
        await Mutations.OfFolderAsync(Brat, folder.Path, cases: 2_000, seed: 76);
    }
}
