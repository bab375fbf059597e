using System.Globalization;
using System.Text;
using System.Text.Json;
using Touchstone.Annotations.Selectors;
using Touchstone.Formats.Conll;
using Touchstone.Formats.Exchange;
using Touchstone.Formats.Tests.Exchange;
using Touchstone.Formats.WebAnno;
using Touchstone.Testing;

namespace Touchstone.Formats.Tests.WebAnno;

public sealed class WebAnnoFormatTests
{
    private const string Head = "#FORMAT=WebAnno TSV 3.3\n";
    private const string SimpleSpan = "#T_SP=webanno.custom.SimpleSpan|\n", LinkHost = "#T_SP=webanno.custom.SimpleLinkHost|ROLE_webanno.custom.SimpleLinkHost:links_webanno.custom.LinkType|webanno.custom.SimpleSpan\n";

    private static readonly WebAnnoFormat WebAnno = new();

    private static Task<List<Sample>> ReadAsync(string text, FaultLog? faults = null) => TextSamples.ReadAsync(WebAnno, "doc.tsv", text, faults);

    // The examples of INCEpTION's user guide, "WebAnno TSV 3.3 File format"; those without a header of their own stand below one of their layers.
    [Fact]
    public async Task The_examples_of_spans_are_read()
    {
        var sample = (await ReadAsync(Head + "#T_SP=de.tudarmstadt.ukp.dkpro.core.api.lexmorph.type.pos.POS|PosValue\n#T_SP=de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity|value\n\n\n#Text=Ms. Haag plays\n1-1\t0-3\tMs.\tNNP\tPER[1]|PERpart[2]\n1-2\t4-8\tHaag\tNNP\tPER[1]\n1-3\t9-14\tplays\tVBD\t_\n")).Single();
        Assert.Equal(("doc", InputKind.Text, "Ms. Haag plays"), (sample.Name, sample.Kind, sample.Text));
        Assert.Equal(["NNP: Ms.", "PER: Ms. Haag", "PERpart: Ms.", "NNP: Haag", "VBD: plays"], TextSamples.Spans(sample));
        Assert.Equal("""{"webanno_layer":"de.tudarmstadt.ukp.dkpro.core.api.lexmorph.type.pos.POS"}""", JsonSerializer.Serialize(sample.Opinions[0].Objects[0].Attributes));
        Assert.Empty(sample.Opinions[0].Objects[1].Attributes);

        sample = (await ReadAsync(Head + "#T_SP=webanno.custom.Sentiment|Category|Opinion\n\n\n#Text=unhappy\n1-1\t0-7\tunhappy\tabstract\tnegative\n")).Single();
        Assert.Equal(["abstract: unhappy"], TextSamples.Spans(sample));
        Assert.Equal("negative", sample.Opinions[0].Objects[0].Attributes["Opinion"].GetString());

        sample = (await ReadAsync(Head + "#T_SP=webanno.custom.Span|value\n\n\n#Text=I like it 😊 .\n1-1\t0-1\tI\t_\t\n1-2\t2-6\tlike\t_\t\n1-3\t7-9\tit\t_\t\n1-4\t10-12\t😊\t*\t\n1-5\t13-14\t.\t_\t\n")).Single();
        Assert.Equal(new TextSpan(10, 11), sample.Opinions[0].Objects.Single().Mark);   // offsets of the file count units of UTF-16, ours code points

        sample = (await ReadAsync(Head + "#T_SP=webanno.custom.Span|value\n\n\n#Text=He now plays\n1-1\t0-2\tHe\t_\n1-2\t3-6\tnow\t_\n1-3\t7-12\tplays\t_\n1-3.1\t7-10\tpla\tA\n1-3.2\t9-12\tays\tB\n")).Single();
        Assert.Equal(["A: pla", "B: ays"], TextSamples.Spans(sample));
    }

    [Fact]
    public async Task The_examples_of_slots_chains_and_relations_are_read()
    {
        var frames = (await ReadAsync(Head + "#T_SP=webanno.custom.Frame|FE|ROLE_webanno.custom.Frame:Roles_webanno.custom.FrameRolesLink|webanno.custom.Lu\n#T_SP=webanno.custom.Lu|luvalue\n\n\n" +
            "#Text=Bob auctioned the clock to John.\n1-1\t0-3\tBob\t_\t_\t_\tbob\n1-2\t4-13\tauctioned\ttransaction\tseller;goods;buyer\t1-1;1-3[4];1-6\t_\n1-3\t14-17\tthe\t_\t_\t_\tclock[4]\n1-4\t18-23\tclock\t_\t_\t_\tclock[4]\n1-5\t24-26\tto\t_\t_\t_\t_\n1-6\t27-31\tJohn\t_\t_\t_\tjohn\n1-7\t31-32\t.\t_\t_\t_\t_\n")).Single();
        Assert.Equal(["bob: Bob", "transaction: auctioned", "clock: the clock", "john: John"], TextSamples.Spans(frames));
        Assert.Equal(["auctioned seller Bob", "auctioned goods the clock", "auctioned buyer John"], Relations(frames));

        var chain = (await ReadAsync(Head + "#T_CH=de.tudarmstadt.ukp.dkpro.core.api.coref.type.CoreferenceLink|referenceType|referenceRelation\n\n\n#Text=He shot himself with his revolver.\n" +
            "1-1\t0-2\tHe\tpr[1]\tcoref->1-1\n1-2\t3-7\tshot\t_\t_\n1-3\t8-15\thimself\tpr[1]\tcoref->1-2\n1-4\t16-20\twith\t_\t_\n1-5\t21-24\this\tpr[1]\t*->1-3\n1-6\t25-33\trevolver\t_\t_\n1-7\t33-34\t.\t_\t_\n")).Single();
        Assert.Equal(["pr: He", "pr: himself", "pr: his"], TextSamples.Spans(chain));
        Assert.Equal(["1 1 coref", "1 2 coref", "1 3 "], chain.Opinions[0].Objects.Select(o => $"{o.Attributes["webanno_chain"]} {o.Attributes["webanno_link"]} {o.Attributes.GetValueOrDefault("referenceRelation")}"));

        var dependencies = (await ReadAsync(Head + "#T_SP=de.tudarmstadt.ukp.dkpro.core.api.lexmorph.type.pos.POS|PosValue\n#T_RL=de.tudarmstadt.ukp.dkpro.core.api.syntax.type.dependency.Dependency|DependencyType|BT_de.tudarmstadt.ukp.dkpro.core.api.lexmorph.type.pos.POS\n\n\n" +
            "#Text=Ms. Haag plays Elianti .\n1-1\t0-3\tMs.\tNNP\tSUBJ\t1-3\n1-2\t4-8\tHaag\tNNP\tSBJ\t1-3\n1-3\t9-14\tplays\tVBD\tP|ROOT\t1-5|1-3\n1-4\t15-22\tElianti\tNNP\tOBJ\t1-3\n1-5\t23-24\t.\t.\t_\t_\n")).Single();
        Assert.Equal(["plays SUBJ Ms.", "plays SBJ Haag", ". P plays", "plays ROOT plays", "plays OBJ Elianti"], Relations(dependencies));

        var numbered = (await ReadAsync(Head + "#T_SP=de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity|value\n#T_RL=webanno.custom.Relation|value|BT_de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity\n\n\n" +
            "#Text=This is a test .\n1-1\t0-4\tThis\t*\t_\t_\n1-2\t5-7\tis\t_\t_\t_\n1-3\t8-9\ta\t_\t_\t_\n1-4\t10-14\ttest\t_\t_\t_\n1-5\t15-16\t.\t*[1]|*[2]\t*\t1-1[0_1]\n")).Single();
        Assert.Equal(("1", "2", ""), (numbered.Opinions[0].Relations.Single().From, numbered.Opinions[0].Relations.Single().To, numbered.Opinions[0].Relations.Single().Label));
    }

    private static IEnumerable<string> Relations(Sample sample)
    {
        var words = sample.Opinions[0].Objects.Zip(TextSamples.Spans(sample)).ToDictionary(o => o.First.Id!, o => o.Second[(o.Second.IndexOf(": ", StringComparison.Ordinal) + 2)..]);
        return sample.Opinions[0].Relations.Select(r => $"{words[r.From]} {r.Label} {words[r.To]}");
    }

    /// <summary>Files that INCEpTION's own writer made, from the tests of its module inception-io-webanno-tsv (Apache-2.0), <c>tsv3-suite</c>.</summary>
    public static TheoryData<string> Written =>
    [
        Head + "#T_SP=webanno.custom.Span|value\n\n\n#Text=aaaaaa bbbbbb cccccc\n1-1\t0-6\taaaaaa\t2a[1]|2b[2]|7a[3]|7b[4]|1a[5]|1b[6]\t\n1-1.1\t3-6\taaa\t9a[7]|9b[8]|6a[9]|6b[10]|8a[11]|8b[12]\t\n" +
            "1-2\t7-13\tbbbbbb\t2a[1]|2b[2]|9a[7]|9b[8]|6a[9]|6b[10]\t\n1-2.1\t7-10\tbbb\t7a[3]|7b[4]|8a[11]|8b[12]|4a[13]|4b[14]\t\n1-2.2\t7-7\t\t11a[15]|11b[16]\t\n1-2.3\t9-13\tbbbb\t5a[17]|5b[18]\t\n" +
            "1-2.4\t9-10\tb\t3a[19]|3b[20]\t\n1-2.5\t10-10\t\t10a[21]|10b[22]\t\n1-2.6\t13-13\t\t12a[23]|12b[24]\t\n1-3\t14-20\tcccccc\t_\t\n1-3.1\t14-17\tccc\t9a[7]|9b[8]\t\n",
        Head + "#T_SP=webanno.custom.Span|value\n#T_RL=webanno.custom.Relation|value|BT_webanno.custom.Span\n\n\n#Text=This is a test .\n1-1\t0-4\tThis\t*[1]|*[2]\t_\t_\t\n1-2\t5-7\tis\t*[1]|*[2]\t_\t_\t\n1-3\t8-9\ta\t*[1]|*[2]\t_\t_\t\n1-4\t10-14\ttest\t*[1]|*[2]\t_\t_\t\n1-5\t15-16\t.\t*[1]|*[2]|*[3]|*[4]\t*\t1-1[1_3]\t\n",
        Head + "#T_SP=webanno.custom.Span|value\n#T_RL=webanno.custom.Relation|value|BT_webanno.custom.Span\n\n\n#Text=Test again\n1-1\t0-4\tTest\t_\t_\t_\t\n1-1.1\t0-1\tT\tOTH\t_\t_\t\n1-2\t5-10\tagain\tOTH\t*\t1-1.1\t\n",
        Head + "#T_RL=webanno.custom.ComplexRelation|boolValue|integerValue|value|BT_de.tudarmstadt.ukp.dkpro.core.api.segmentation.type.Token\n\n\n#Text=This is a test .\n1-1\t0-4\tThis\t_\t_\t_\t_\t\n1-2\t5-7\tis\t_\t_\t_\t_\t\n1-3\t8-9\ta\t_\t_\t_\t_\t\n1-4\t10-14\ttest\t_\t_\t_\t_\t\n1-5\t15-16\t.\ttrue\t42\tnsubj\t1-1\t\n",
        Head + SimpleSpan + LinkHost + "\n\n#Text=He loves her .\n1-1\t0-2\tHe\t_\tp1;p2\t1-2;2-3\t\n1-2\t3-8\tloves\t*\t_\t_\t\n1-3\t9-12\ther\t_\t_\t_\t\n1-4\t13-14\t.\t_\t_\t_\t\n\n#Text=She loves him not .\n2-1\t15-18\tShe\t_\t_\t_\t\n2-2\t19-24\tloves\t_\t_\t_\t\n2-3\t25-28\thim\t*\t_\t_\t\n2-4\t29-32\tnot\t_\t_\t_\t\n2-5\t33-34\t.\t_\t_\t_\t\n",
        Head + SimpleSpan + LinkHost + "\n\n#Text=This is a test .\n1-1\t0-4\tThis\t_\tp1;p2\t1-2[1];1-4[2]\t\n1-2\t5-7\tis\t*[1]\t_\t_\t\n1-3\t8-9\ta\t*[1]\t_\t_\t\n1-4\t10-14\ttest\t*[2]\t_\t_\t\n1-5\t15-16\t.\t*[2]\t_\t_\t\n",
        Head + SimpleSpan + LinkHost + "\n\n#Text=This is a test .\n1-1\t0-4\tThis\t_\t*;*[1]|*;*[2]\t1-2;1-3|1-2;1-3\t\n1-2\t5-7\tis\t*\t_\t_\t\n1-3\t8-9\ta\t*\t_\t_\t\n1-4\t10-14\ttest\t_\t_\t_\t\n1-5\t15-16\t.\t_\t_\t_\t\n",
        Head + SimpleSpan + "#T_SP=webanno.custom.FlexLinkHost|ROLE_webanno.custom.FlexLinkHost:links_webanno.custom.FlexLinkType|uima.tcas.Annotation\n\n\n#Text=This is a test .\n1-1\t0-4\tThis\t_\t_\t*\t\n1-2\t5-7\tis\t*\t_\t_\t\n1-3\t8-9\ta\t*\t_\t_\t\n1-4\t10-14\ttest\t_\t_\t_\t\n1-5\t15-16\t.\t_\t_\t_\t\n",
        Head + "#T_CH=webanno.custom.SimpleLink|referenceRelation|referenceType\n\n\n#Text=This is a test .\n1-1\t0-4\tThis\t*->1-1\t*[1]\t\n1-2\t5-7\tis\t*->1-2\t*[1]\t\n1-3\t8-9\ta\t*->1-3\t*[1]\t\n1-4\t10-14\ttest\t_\t_\t\n1-5\t15-16\t.\t_\t_\t\n",
        Head + "\n\n#Sentence.id=sent-1\n#Text=He loves her .\n1-1\t0-2\tHe\t\n1-2\t3-8\tloves\t\n1-3\t9-12\ther\t\n1-4\t13-14\t.\t\n\n#Sentence.id=sent-2\n#Text=She loves him not .\n2-1\t15-18\tShe\t\n2-2\t19-24\tloves\t\n2-3\t25-28\thim\t\n2-4\t29-32\tnot\t\n2-5\t33-34\t.\t\n",
        Head + "#T_SP=webanno.custom.Span|value\n\n\n#Text=This is\\ta\n#Text=test 😊 .\n1-1\t0-4\tThis\tNOTSTACKED\\[0\\]\t\n1-2\t5-7\tis\t\\_\t\n1-3\t8-9\ta\tde.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity:value\t\n1-4\t10-14\ttest\t\\*\t\n1-5\t15-17\t😊\t*\t\n1-6\t18-19\t.\t_\t\n",
        Head + SimpleSpan + "\n\n#Text=word.\n1-1\t0-4\tword\t_\t\n1-1.1\t4-4\t\t*\t\n1-2\t4-5\t.\t_\t\n",
        Head + "#T_SP=de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity|identifier|value\n\n\n#Text=one two\n1-1\t1-4\tone\t*\t*\t\n1-2\t5-8\ttwo\t_\t_\t\n",
    ];

    [Theory]
    [MemberData(nameof(Written))]
    public async Task Files_of_INCEpTION_are_written_byte_by_byte_as_they_were(string text)
    {
        using var folder = new TemporaryFolder();
        var samples = await ReadAsync(text);
        var (_, losses) = await Exchanges.ThroughAsync(WebAnno, samples, folder);
        Assert.True(losses.IsEmpty, string.Join('\n', losses.Losses));
        await Exchanges.WriteAsync(WebAnno, samples, folder["out"]);
        Assert.Equal(text, await File.ReadAllTextAsync(folder["out/doc.tsv"], TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_project_s_folders_are_annotators_and_gold()
    {
        using var folder = new TemporaryFolder();
        const string Text = "#T_SP=de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity|value\n\n\n#Text=Ms. Haag\n1-1\t0-3\tMs.\t";
        foreach (var (file, labels) in new[] { ("annotation/a.txt/anna", "PER[1]\t\n1-2\t4-8\tHaag\tPER[1]\t\n"), ("annotation/a.txt/ben", "_\t\n1-2\t4-8\tHaag\tORG\t\n"), ("annotation/a.txt/INITIAL_CAS", "_\t\n1-2\t4-8\tHaag\t_\t\n"), ("curation/a.txt/CURATION_USER", "_\t\n1-2\t4-8\tHaag\tPER\t\n") })
        {
            Directory.CreateDirectory(Path.GetDirectoryName(folder[file])!);
            await File.WriteAllTextAsync(folder[file + ".tsv"], Head + Text + labels, TestContext.Current.CancellationToken);
        }

        Assert.Equal(("webanno", ""), FormatRegistry.Recognise(DatasetSource.Open(folder.Path)).Select(r => (r.Format, r.Place)).Single());
        var sample = (await Exchanges.ReadAsync(WebAnno, folder.Path)).Single();
        Assert.Equal("a.txt", sample.Name);
        Assert.Equal([("anna", OpinionKind.Annotation), ("ben", OpinionKind.Annotation), (null, OpinionKind.Gold)], sample.Opinions.Select(o => (o.Contributor, o.Kind)));
        Assert.Equal(["PER: Ms. Haag", "ORG: Haag", "PER: Haag"], TextSamples.Spans(sample));
        await Exchanges.AssertRoundTripAsync(WebAnno, folder.Path);
    }

    [Fact]
    public async Task Spans_of_any_text_survive_wherever_they_begin_and_end()
    {
        using var folder = new TemporaryFolder();
        string[] pieces = ["a", "Bc", " ", " ", "\n", "\t", "\r", "😊", "_", "*", "|", "[1]", "\\", ";", "->", "#Text=", "\u0001", "\u2028", "e\u0301", "\u00a0"];
        for (var seed = 0; seed < 150; seed++)
        {
            var random = new Random(seed);
            List<Sample> samples = [];
            for (var i = 0; i < 4; i++)
            {
                var text = string.Concat(Enumerable.Range(0, random.Next(12)).Select(_ => pieces[random.Next(pieces.Length)]));
                var length = text.EnumerateRunes().Count();
                List<LabelledObject> objects = [];
                for (var n = random.Next(6); n > 0; n--)
                {
                    var start = random.Next(length + 1);
                    objects.Add(new LabelledObject(pieces[random.Next(pieces.Length)], new TextSpan(start, start + random.Next(length - start + 1))) { Id = $"o{n}", Attributes = Attributes(random, pieces) });
                }

                var relations = objects.Count == 0 ? [] : Enumerable.Range(0, random.Next(4)).Select(_ => new ObjectRelation(objects[random.Next(objects.Count)].Id!, objects[random.Next(objects.Count)].Id!, pieces[random.Next(pieces.Length)], random.Next(3) == 0 ? "bi" : "right")).ToList();
                samples.Add(new Sample { Name = $"s{i}", Kind = InputKind.Text, Text = text, Opinions = [new Opinion { Objects = objects, Relations = relations }] });
            }

            var (after, losses) = await Exchanges.ThroughAsync(WebAnno, samples, folder);
            Assert.True(losses.IsEmpty, $"seed {seed}: {string.Join('\n', losses.Losses)}");
            foreach (var (before, back) in samples.Zip(after.OrderBy(s => s.Name, StringComparer.Ordinal)))
            {
                Assert.True(before.Text == back.Text, $"seed {seed}: {JsonSerializer.Serialize(before.Text)} became {JsonSerializer.Serialize(back.Text)}");
                Assert.True(Lines(before).SequenceEqual(Lines(back)), $"seed {seed}, {JsonSerializer.Serialize(before.Text)}:\n{string.Join('\n', Lines(before))}\nbecame\n{string.Join('\n', Lines(back))}");
            }
        }
    }

    private static Dictionary<string, JsonElement> Attributes(Random random, string[] pieces)
    {
        Dictionary<string, JsonElement> attributes = [];
        string[] names = ["value", "label", "flag", "a b", "webanno_layer", "webanno_chain", "Count", "attributes"];
        for (var n = random.Next(3); n > 0; n--)
            attributes[names[random.Next(names.Length)]] = JsonElement.Parse(random.Next(6) switch { 0 => "true", 1 => "-1.50", 2 => "\"42\"", 3 => "[1,{\"a\":\"|\"}]", 4 => "null", _ => JsonSerializer.Serialize(random.Next(3) == 0 ? "webanno.custom.Other" : pieces[random.Next(pieces.Length)]) });
        return attributes;
    }

    private static List<string> Lines(Sample sample)
    {
        var opinion = sample.Opinions[0];
        string Of(LabelledObject o) => $"{JsonSerializer.Serialize(o.Class)} {((TextSpan)o.Mark).Start}-{((TextSpan)o.Mark).End} {{{string.Join(", ", o.Attributes.OrderBy(a => a.Key, StringComparer.Ordinal).Select(a => $"{a.Key}={JsonSerializer.Serialize(a.Value)}"))}}}";
        var byId = opinion.Objects.ToDictionary(o => o.Id!, Of);
        return [.. opinion.Objects.Select(Of).Concat(opinion.Relations.Select(r => $"{byId[r.From]} {JsonSerializer.Serialize(r.Label)} {r.Direction} {byId[r.To]}")).Order(StringComparer.Ordinal)];
    }

    [Fact]
    public async Task Entities_go_to_CoNLL_and_back()
    {
        using var folder = new TemporaryFolder();
        var samples = await ReadAsync(Head + "#T_SP=de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity|value\n\n\n#Text=Ms. Haag plays\n1-1\t0-3\tMs.\tPER[1]\n1-2\t4-8\tHaag\tPER[1]\n1-3\t9-14\tplays\t_\n");
        var (conll, losses) = await Exchanges.ThroughAsync(new ConllFormat(), samples, folder);
        Assert.Equal(["facts"], losses.Losses.Select(l => l.Kind));
        var (after, _) = await Exchanges.ThroughAsync(WebAnno, conll, folder);
        Assert.Equal(["PER: Ms. Haag"], TextSamples.Spans(after.Single()));
    }

    [Fact]
    public async Task What_cannot_be_read_is_told_with_its_line()
    {
        var faults = new FaultLog();
        var sample = (await ReadAsync(
            Head + "#T_SP=webanno.custom.Span|value\n#other\n#T_RL=webanno.custom.R|BT_webanno.custom.Span\n\n\n1-1\t0-4\tThis\t_\t_\n\n#Text=This is\n2-1\t0-4\tThat\tA\t_\n2-1\t0-4\tThis\tA\t_\n2-2\t5-70\tis\tA\t_\n2-3\t5-7\tis\tB\t_\tmore\n2-4\t5-7\tis\tB\t9-9\n\n#Text=late\n3-1\t2-6\tlate\tC\t_\n\n#Text=far\n4-1\t900000000-900000003\tfar\tD\t_\n\n#Text=end\n5-1\t8-11\tend\tE\t_\n", faults)).Single();
        Assert.Equal("This is\nend", sample.Text);
        Assert.Equal(["A: This", "B: is", "E: end"], TextSamples.Spans(sample));
        Assert.Equal(["line 3", "line 7", "line 10", "line 11", "line 12", "line 13", "line 17", "line 20", "line 14"], faults.Kept.Select(f => f.Place));
        foreach (var text in new[] { "#FORMAT=WebAnno TSV 2\n", Head + SimpleSpan + SimpleSpan, Head + "#T_SP=webanno.custom.Host|ROLE_webanno.custom.Host:links_webanno.custom.Link\n", Head + "#T_XX=webanno.custom.Host|value\n" })
            await Assert.ThrowsAsync<FileFormatFaultException>(() => ReadAsync(text));
    }

    [Fact]
    public async Task Damaged_files_give_faults_alone()
    {
        using var folder = new TemporaryFolder();
        var number = 0;
        foreach (var text in Written) await File.WriteAllTextAsync(folder[string.Create(CultureInfo.InvariantCulture, $"{number++}.tsv")], text.Data, new UTF8Encoding(false), TestContext.Current.CancellationToken);
        await Mutations.OfEachAsync(WebAnno, Directory.GetFiles(folder.Path), cases: 2_000, seed: 78);
    }
}
