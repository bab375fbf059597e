using System.Text.Json;
using Touchstone.Annotations.Selectors;
using Touchstone.Formats.Conll;
using Touchstone.Formats.Doccano;
using Touchstone.Formats.Exchange;
using Touchstone.Formats.Tests.Exchange;
using Touchstone.Testing;

namespace Touchstone.Formats.Tests.Conll;

public sealed class ConllUFormatTests
{
    private static readonly ConllUFormat ConllU = new();

    // The examples of universaldependencies.org/format.html: words with heads, tokens of several words, and an empty node.
    private const string Examples =
        "# newdoc id = mf920901-001\n# sent_id = 1\n# text = They buy and sell books.\n" +
        "1\tThey\tthey\tPRON\tPRP\tCase=Nom|Number=Plur\t2\tnsubj\t2:nsubj|4:nsubj\t_\n2\tbuy\tbuy\tVERB\tVBP\tNumber=Plur|Person=3|Tense=Pres\t0\troot\t0:root\t_\n" +
        "3\tand\tand\tCCONJ\tCC\t_\t4\tcc\t4:cc\t_\n4\tsell\tsell\tVERB\tVBP\tNumber=Plur|Person=3|Tense=Pres\t2\tconj\t0:root|2:conj\t_\n" +
        "5\tbooks\tbook\tNOUN\tNNS\tNumber=Plur\t2\tobj\t2:obj|4:obj\tSpaceAfter=No\n6\t.\t.\tPUNCT\t.\t_\t2\tpunct\t2:punct\t_\n\n" +
        "1-2\tvámonos\t_\t_\t_\t_\t_\t_\t_\t_\n1\tvamos\tir\t_\t_\t_\t_\t_\t_\t_\n2\tnos\tnosotros\t_\t_\t_\t_\t_\t_\t_\n3-4\tal\t_\t_\t_\t_\t_\t_\t_\t_\n3\ta\ta\t_\t_\t_\t_\t_\t_\t_\n4\tel\tel\t_\t_\t_\t_\t_\t_\t_\n5\tmar\tmar\t_\t_\t_\t_\t_\t_\t_\n\n" +
        "1\tSue\tSue\t_\t_\t_\t_\t_\t_\t_\n2\tlikes\tlike\t_\t_\t_\t_\t_\t_\t_\n3\tcoffee\tcoffee\t_\t_\t_\t_\t_\t_\t_\n4\tand\tand\t_\t_\t_\t_\t_\t_\t_\n5\tBill\tBill\t_\t_\t_\t_\t_\t_\t_\n5.1\tlikes\tlike\t_\t_\t_\t_\t_\t_\t_\n6\ttea\ttea\t_\t_\t_\t_\t_\t_\t_\n";

    [Fact]
    public async Task The_examples_of_the_format_are_read()
    {
        var samples = await TextSamples.ReadAsync(ConllU, "en_ewt-ud-train.conllu", Examples);
        Assert.Equal(["They buy and sell books.", "vámonos al mar", "Sue likes coffee and Bill tea"], samples.Select(s => s.Text));
        Assert.All(samples, s => Assert.Equal(("train", InputKind.Text, "en_ewt-ud-train document 1"), (s.Split, s.Kind, s.Scene)));
        Assert.Equal(["PRON: They", "VERB: buy", "CCONJ: and", "VERB: sell", "NOUN: books", "PUNCT: ."], TextSamples.Spans(samples[0]));
        Assert.Equal(["2 nsubj 1", "4 cc 3", "2 conj 4", "2 obj 5", "2 punct 6"], samples[0].Opinions[0].Relations.Select(r => $"{r.From} {r.Label} {r.To}"));
        Assert.Equal("""{"lemma":"buy","xpos":"VBP","feats":"Number=Plur|Person=3|Tense=Pres","deps":"0:root","deprel":"root"}""", JsonSerializer.Serialize(samples[0].Opinions[0].Objects[1].Attributes));
        Assert.Equal(["_: vámonos", "_: vámonos", "_: al", "_: al", "_: mar"], TextSamples.Spans(samples[1]));
        Assert.Equal(["vamos", "nos", "a", "el"], samples[1].Opinions[0].Objects.Take(4).Select(o => o.Attributes["form"].GetString()));
        Assert.Equal("5.1", samples[2].Facts["conllu_empty_nodes"][0][0].GetString());
        Assert.Equal(6, samples[2].Opinions[0].Objects.Count);
    }

    [Fact]
    public async Task Treebanks_are_recognised_and_go_to_formats_of_spans()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder["en_ewt-ud-dev.conllu"], Examples, TestContext.Current.CancellationToken);
        Assert.Equal(["conllu"], FormatRegistry.Recognise(DatasetSource.Open(folder.Path)).Select(r => r.Format));
        var samples = await Exchanges.ReadAsync(ConllU, folder.Path);
        Assert.All(samples, s => Assert.Equal("dev", s.Split));
        var (after, _) = await Exchanges.ThroughAsync(new DoccanoFormat(), samples, folder);
        Assert.Equal(samples.Select(TextSamples.Spans), after.Select(TextSamples.Spans));
    }

    [Fact]
    public async Task A_text_that_is_not_of_the_words_is_told_and_made_of_them()
    {
        var faults = new FaultLog();
        var sample = (await TextSamples.ReadAsync(ConllU, "a.conllu", "# text = Something else\n1\tHi\t_\tINTJ\t_\t_\t0\troot\t_\tSpaceAfter=No\n2\t!\t_\tPUNCT\t_\t_\t1\tpunct\t_\t_\n", faults)).Single();
        Assert.Equal("Hi!", sample.Text);
        Assert.Equal("line 1", faults.Kept.Single().Place);
    }

    [Fact]
    public async Task A_bad_line_is_told_and_only_its_sentence_is_left_out()
    {
        var faults = new FaultLog();
        const string Word = "\tx\tx\tX\t_\t_\t0\troot\t_\t_\n";
        var samples = await TextSamples.ReadAsync(ConllU, "a.conllu", $"1{Word}3{Word}\n1{Word}2\tx\n\n2-3{Word}\n1\tx\tx\tX\t_\t_\t9\tdep\t_\t_\n\n1{Word}", faults);
        Assert.Equal(2, samples.Count);
        Assert.Equal(["line 2", "line 5", "line 7", "line 9"], faults.Kept.Select(f => f.Place));
    }

    [Fact]
    public async Task Damaged_files_give_faults_alone()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder["a.conllu"], Examples, TestContext.Current.CancellationToken);
        await Mutations.OfFolderAsync(ConllU, folder.Path, cases: 2_000, seed: 77);
    }
}
