using FsCheck;
using FsCheck.Fluent;
using Touchstone.Curation.Decontamination;
using Touchstone.Curation.Documents;
using Touchstone.Curation.Reports;
using Touchstone.Curation.Runs;
using Touchstone.Curation.Steps;
using Touchstone.Curation.Tests.Runs;
using Touchstone.Testing;

namespace Touchstone.Curation.Tests.Decontamination;

public sealed class DecontaminateStepTests
{
    // Questions of HellaSwag that huggingface/datatrove tests/pipeline/test_ngrams_decont.py looks for, with their answers (R. Zellers and others, 2019, MIT).
    private static readonly (string Query, string Label)[] s_questions =
    [
        ("A lady walks to a barbell. She bends down and grabs the pole. The lady", "swings and lands in her arms."),
        ("Two women in a child are shown in a canoe while a man pulls the canoe while standing in the water, with other individuals visible in the background. The child and a different man",
            "sit in a canoe while the man paddles."),
        ("A cheerleading team gathers on a stage and they", "get into formation, then begin dancing and flipping as male cheerleaders join them."),
        ("He is using commercial lawn mowing equipment. he", "walks back and forth as he mows the grass."),
        ("A man walks outside plugs his lawn mower in and gets ready to mow. he", "starts to mow the lawn in the yard behind the house."),
    ];

    private static readonly string[] s_texts =
    [
        "A lady walks to a barbell. She bends down and grabs the pole.",
        "get into formation, then begin dancing and flipping as male cheerleaders join them.",
        "He is using commercial lawn mowing equipment. he walks back and forth as he mows the grass.",
        "He is using commercial lawn mowing equipment. he is animated as he does the task.",
        "walks outside plugs his lawn mower in and gets ready to mow",
        "",
        "walks outside plugs his lawn mower in and gets ready to",
    ];

    private static BenchmarkIndex Index(OverlapOptions options)
    {
        var index = new BenchmarkIndex(options);
        foreach (var (query, label) in s_questions) index.Add("lighteval|HellaSwag", label, query);
        return index;
    }

    private static Verdict Judge(BenchmarkIndex index, string text)
    {
        var working = new WorkingText();
        working.Begin(text);
        return new DecontaminateStep(index).Judge(new Document { Id = "1", Text = text }, working);
    }

    // datatrove's expected documents, whose n-grams count full stops as tokens: its n of 12 with one full stop is 11 here.
    [Theory]
    [InlineData(false, false, new[] { 0, 2, 3, 4, 5, 6 })]
    [InlineData(true, false, new[] { 2, 3, 5, 6 })]
    [InlineData(false, true, new[] { 0, 3, 4, 5, 6 })]
    public void The_same_documents_stay_as_in_datatroves_own_test(bool query, bool overlap, int[] kept)
    {
        var index = Index(new() { FindQuery = query, FindOverlap = overlap });
        var stay = Enumerable.Range(0, s_texts.Length).Where(i =>
            !Judge(index, $"Nothing is so painful to the human mind as a great and sudden change. {s_texts[i]} Beware; for I am fearless, and therefore powerful.").IsDropped);
        Assert.Equal(kept, stay);
    }

    [Fact]
    public void The_reason_is_the_task_and_the_run_is_shown_where_it_stands()
    {
        var index = Index(new() { NGram = 6 });
        const string text = "They SAID: “get into fórmation — then begin, dancing\nand flipping” 3 times. And: walks back and forth as he mows.";
        var document = new Document { Id = "1", Text = text };
        var working = new WorkingText();
        working.Begin(text);
        var step = new DecontaminateStep(index);
        Assert.Equal("lighteval_hellaswag", step.Judge(document, working).Reason);
        Assert.Equal("lighteval_hellaswag", document.Findings!["contaminated_task"]);
        Assert.Equal("get into fórmation — then begin, dancing", document.Findings["contaminated_ngram"]);

        var values = new List<RuleValue>();
        step.Explain(document, working, values);
        var value = Assert.Single(values);
        Assert.True(value.Falls);
        Assert.Equal(5, value.Value);
        Assert.Equal(["get into fórmation — then begin, dancing\nand flipping", "walks back and forth as he mows"], value.Spans.Select(s => text.Substring(s.Start, s.Length)));
    }

    [Fact]
    public void Numbers_are_alike_and_Chinese_characters_are_tokens_of_their_own()
    {
        var index = new BenchmarkIndex(new() { NGram = 5 });
        index.Add("sums", "he bought 17 red apples");
        index.Add("zh", "床前明月光");
        Assert.Equal("sums", Judge(index, "He bought 1,234.5 red apples!").Reason);
        Assert.Equal("zh", Judge(index, "李白：「床前，明月光。」").Reason);
        Assert.False(Judge(index, "He bought many red apples, 床前明月").IsDropped);
    }

    [Fact]
    public void Answers_shorter_than_a_run_are_counted_and_not_found()
    {
        var index = new BenchmarkIndex(new());
        index.Add("short", "Paris", "What is the capital of France?");
        Assert.Equal((0, 1), (index.Count, index.TooShort));
        Assert.False(Judge(index, "What is the capital of France? Paris").IsDropped);
        Assert.False(Judge(index, "").IsDropped);
    }

    [Fact]
    public async Task A_run_tells_how_much_of_each_benchmark_it_searched_for()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["mixed.jsonl"], """
            {"query": "what is the capital of France", "answer": "Paris"}
            {"query": "one two", "answer": "three four five six"}
            {"task": "short", "label": ["x", "y"]}
            """);
        RunBench.WriteCorpus(folder["in"], files: 1, lines: 20);
        var recipe = RunBench.Recipe(folder["in"], $"[decontaminate: {{ benchmarks: \"{folder["mixed.jsonl"]}\", n_gram: 4, find_overlap: false }}, plain]");
        var manifest = await CurationRun.RunAsync(recipe, folder["run"], RunBench.Options, TestContext.Current.CancellationToken);
        BenchmarkCount[] expected = [new("mixed", 1, 1), new("short", 0, 2)];
        Assert.Equal(expected, manifest.Steps[0].Benchmarks);
        Assert.Equal(expected, RunManifest.Load(folder["run"]).Steps[0].Benchmarks);
        Assert.Null(manifest.Steps[1].Benchmarks);
        var note = ReportBuilder.Of(folder["run"]).Steps[0].Note;
        Assert.Contains("mixed: 1 of 2 questions are searched for; 1 have too few tokens", note, StringComparison.Ordinal);
        Assert.Contains("short: 0 of 2 questions", note, StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_is_found_wherever_it_stands_and_only_where_it_does()
    {
        var words = Gen.Elements("a", "b", "c").ListOf(30).Select(w => string.Join(' ', w));
        Prop.ForAll(words.ToArbitrary(), words.ToArbitrary(), (benchmark, text) =>
        {
            var index = new BenchmarkIndex(new() { NGram = 4 });
            index.Add("t", benchmark);
            var runs = Runs(benchmark).ToHashSet();
            Assert.Equal(runs.Count, index.Count);
            Assert.Equal(Runs(text).Any(runs.Contains), Judge(index, text).IsDropped);
        }).Check(Config.QuickThrowOnFailure);

        static IEnumerable<string> Runs(string text)
        {
            var words = text.Split(' ');
            return Enumerable.Range(0, words.Length - 3).Select(i => string.Join(' ', words[i..(i + 4)]));
        }
    }

    [Fact]
    public void Files_of_benchmarks_are_read_and_bad_lines_are_told_by_number()
    {
        using var folder = new TemporaryFolder();
        var lines = Path.Combine(folder.Path, "GSM 8k.jsonl");
        File.WriteAllText(lines, """
            {"query": "one two three", "answer": "four five six seven"}
            {"task": "other", "label": ["alpha beta gamma delta epsilon", "x"]}
            {"query": "no answer"}
            [1]
            {"label": 
            {"label": "\ud800 one"}
            """);
        var plain = Path.Combine(folder.Path, "lines.txt");
        File.WriteAllText(plain, "uno due tre quattro cinque\n\n");

        var (index, faults) = (new BenchmarkIndex(new() { NGram = 4 }), new List<string>());
        index.AddFile(lines, faults);
        index.AddFile(plain, faults);
        Assert.Equal(["gsm_8k", "other", "lines"], index.Tasks);
        Assert.Equal([3, 4, 5, 6], faults.Select(f => int.Parse(f[(lines.Length + 1)..].Split(':')[0], System.Globalization.CultureInfo.InvariantCulture)));
        Assert.Equal("gsm_8k", Judge(index, "two three four five").Reason);
        Assert.Equal("other", Judge(index, "beta gamma delta epsilon").Reason);
        Assert.Equal("lines", Judge(index, "Uno, due, tre, quattro").Reason);
        Assert.Contains(":3:", Assert.Throws<InvalidDataException>(() => DecontaminateStep.FromFiles(new() { Benchmarks = [lines] })).Message, StringComparison.Ordinal);
        Assert.Contains("1 shorter", Assert.Throws<InvalidDataException>(() => DecontaminateStep.FromFiles(new() { Benchmarks = [plain] })).Message, StringComparison.Ordinal);
        Assert.Equal("decontaminate@touchstone-1", DecontaminateStep.FromFiles(new() { Benchmarks = [plain], NGram = 4 }).Id);
        Assert.Contains("«.csv»", Assert.Throws<ArgumentException>(() => index.AddFile("b.csv", faults)).Message, StringComparison.Ordinal);
    }
}
