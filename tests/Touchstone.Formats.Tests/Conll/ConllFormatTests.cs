using System.Text;
using Touchstone.Annotations.Selectors;
using Touchstone.Formats.Conll;
using Touchstone.Formats.Exchange;
using Touchstone.Formats.Tests.Exchange;
using Touchstone.Testing;

namespace Touchstone.Formats.Tests.Conll;

public sealed class ConllFormatTests
{
    private static readonly ConllFormat Conll = new();

    /// <summary>The shape of the shared task's files (clips.uantwerpen.be/conll2003/ner), whose tags are IOB1.</summary>
    private const string Task =
        "-DOCSTART- -X- O O\n\nU.N. NNP I-NP I-ORG\nofficial NN I-NP O\nEkeus NNP I-NP I-PER\nheads VBZ I-VP O\nfor IN I-PP O\nBaghdad NNP I-NP I-LOC\n. . O O\n\n" +
        "Paris NNP I-NP I-LOC\nLondon NNP I-NP B-LOC\nTower NNP I-NP I-LOC\n\n-DOCSTART- -X- O O\n\nnothing NN I-NP O\n";

    [Fact]
    public async Task The_example_of_the_shared_task_is_read()
    {
        var samples = await TextSamples.ReadAsync(Conll, "eng.testa", Task);
        Assert.Equal(["U.N. official Ekeus heads for Baghdad .", "Paris London Tower", "nothing"], samples.Select(s => s.Text));
        Assert.Equal(["ORG: U.N.", "PER: Ekeus", "LOC: Baghdad"], TextSamples.Spans(samples[0]));
        Assert.Equal(["LOC: Paris", "LOC: London Tower"], TextSamples.Spans(samples[1]));   // B- in IOB1: a new span of the same type
        Assert.Equal(["eng document 1", "eng document 1", "eng document 2"], samples.Select(s => s.Scene));
        Assert.All(samples, s => Assert.Equal(("testa", InputKind.Text), (s.Split, s.Kind)));
        Assert.Equal("[\"NNP\",\"I-NP\"]", samples[0].Facts[ConllFormat.ColumnsFact][0].GetRawText());
    }

    [Theory]
    [InlineData("I-A O I-A I-A B-A", "0-1 2-4 4-5")]     // IOB1
    [InlineData("B-A O B-A I-A B-A", "0-1 2-4 4-5")]     // IOB2
    [InlineData("S-A O B-A E-A S-A", "0-1 2-4 4-5")]     // BIOES
    [InlineData("U-A O B-A L-A U-A", "0-1 2-4 4-5")]     // BILUO
    [InlineData("B-A I-B I-B O E-A", "0-1 1-3 4-5")]     // another type begins another span
    [InlineData("B-A E-A I-A S-A E-A", "0-2 2-3 3-4 4-5")]
    public async Task Every_scheme_of_tags_says_the_same(string tags, string spans)
    {
        var lines = string.Concat(tags.Split(' ').Select((t, i) => $"w{i}\t{t}\n"));
        var sample = (await TextSamples.ReadAsync(Conll, "a.conll", lines)).Single();
        Assert.Equal(spans.Split(' '), sample.Opinions[0].Objects.Select(o => (TextSpan)o.Mark).Select(s => $"{s.Start / 3}-{(s.End + 1) / 3}"));
    }

    [Fact]
    public async Task Files_are_written_in_IOB2_with_their_columns_and_documents()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder["eng.testa"], Task, TestContext.Current.CancellationToken);
        var before = await Exchanges.ReadAsync(Conll, folder["eng.testa"]);
        await Conll.WriteAsync(new DatasetFacts(), before.ToAsyncEnumerable(), DatasetTarget.Folder(folder["out"]), FormatOptions.Default, TestContext.Current.CancellationToken);
        var expected = Task.Replace(" I-ORG", " B-ORG", StringComparison.Ordinal).Replace(" I-PER", " B-PER", StringComparison.Ordinal).Replace("Baghdad NNP I-NP I-LOC", "Baghdad NNP I-NP B-LOC", StringComparison.Ordinal)
            .Replace("Paris NNP I-NP I-LOC", "Paris NNP I-NP B-LOC", StringComparison.Ordinal) + "\n";
        Assert.Equal(expected, await File.ReadAllTextAsync(folder["out/testa.conll"], TestContext.Current.CancellationToken));
        Exchanges.AssertSame(before.ConvertAll(s => s with { Name = s.Name["eng-".Length..] }), (await Exchanges.ReadAsync(Conll, folder["out"])).ConvertAll(s => s with { Name = s.Name["testa-".Length..] }), 0);
    }

    [Fact]
    public async Task Words_and_spans_of_any_text_survive()
    {
        for (var seed = 0; seed < 60; seed++)
        {
            using var folder = new TemporaryFolder();
            List<Sample> samples = [.. Enumerable.Range(0, 5).Select(i => TextSamples.Of(seed, i, mayOverlap: false))];
            var (after, losses) = await Exchanges.ThroughAsync(Conll, samples, folder);
            Assert.True(losses.IsEmpty, $"seed {seed}: {string.Join('\n', losses.Losses)}");
            Assert.Equal(samples.Select(s => s.Text), after.Select(s => s.Text));
            Assert.Equal(samples.Select(TextSamples.Spans), after.Select(TextSamples.Spans));
        }
    }

    [Fact]
    public async Task What_a_tag_a_word_cannot_say_is_told()
    {
        using var folder = new TemporaryFolder();
        var text = new Sample
        {
            Name = "t",
            Kind = InputKind.Text,
            Text = "The  New York Times, Paris",
            Opinions = [new Opinion { Objects = [new("LOC", new TextSpan(5, 13)), new("ORG", new TextSpan(5, 19)), new("LOC", new TextSpan(21, 26)), new("X", new TextSpan(3, 5)), new("Y", new TextSpan(20, 99))] }],
        };
        var (after, losses) = await Exchanges.ThroughAsync(Conll, [text, text with { Name = "empty", Text = " \n", Opinions = [] }], folder);
        Assert.Equal(["ORG: New York Times", "LOC: Paris"], TextSamples.Spans(after.Single()));
        Assert.Equal("The New York Times , Paris", after.Single().Text);
        Assert.Equal(["empty_text 1", "overlapping_span 2", "span_outside_text 1", "text 1"], losses.Losses.Select(l => $"{l.Kind} {l.Count}"));
    }

    [Fact]
    public async Task A_bad_line_is_told_and_only_its_sentence_is_left_out()
    {
        var faults = new FaultLog();
        var samples = await TextSamples.ReadAsync(Conll, "a.conll", "a O\nb\n\nc B-X\n\nd X-PER\ne O\n", faults);
        Assert.Equal(["c"], samples.Select(s => s.Text));
        Assert.Equal(
            ["a.conll: line 2: a word and its tag were expected, \"b\" found; the sentence is left out.", "a.conll: line 6: a tag such as O, B-PER or I-PER was expected in the last column, \"X-PER\" found; the sentence is left out."],
            faults.Kept.Select(f => f.ToString()));
    }

    [Fact]
    public async Task Broken_files_give_faults_and_nothing_else() => await Mutations.OfFileAsync(Conll, Encoding.UTF8.GetBytes(Task), "a.conll", seed: 7, cases: 1_000);

    [Fact]
    public void It_is_recognised_with_its_parts_as_one_data_set()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder["ner"]);
        foreach (var part in (string[])["train", "valid", "test"]) File.WriteAllText(folder[$"ner/{part}.txt"], Task);
        File.WriteAllText(folder["notes.txt"], "Car 0.00 0 -1.57 599 156 629 189\nwhat else is here\n");
        var found = FormatRegistry.Recognise(DatasetSource.Open(folder.Path)).Single();
        Assert.Equal(("conll", "ner"), (found.Format, found.Place));
    }
}
