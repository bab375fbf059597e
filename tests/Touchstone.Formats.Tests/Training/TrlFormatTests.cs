using System.Text.Json;
using Touchstone.Formats.Benchmarks;
using Touchstone.Formats.Exchange;
using Touchstone.Formats.HhRlhf;
using Touchstone.Formats.OpenAi;
using Touchstone.Formats.Prm800k;
using Touchstone.Formats.Training;
using Touchstone.Formats.Trl;
using Touchstone.Testing;

namespace Touchstone.Formats.Tests.Training;

public sealed class TrlFormatTests
{
    private static readonly TrlFormat Trl = new();

    private static string Data(params string[] parts) => TestData.Find(Assert.Skip, ["preferences", .. parts]);

    /// <summary>The examples of dataset_formats.md, one of each type and form, and its example of calls of tools.</summary>
    public static TheoryData<string, string> Types => new()
    {
        { "language-modeling", """{"text": "The sky is blue."}""" },
        { "language-modeling", """{"messages": [{"role": "user", "content": "What color is the sky?"}, {"role": "assistant", "content": "It is blue."}]}""" },
        { "language-modeling", """{"messages":[{"role":"user","content":"Turn on the living room lights."},{"role":"assistant","tool_calls":[{"type":"function","function":{"name":"control_light","arguments":{"room":"living room","state":"on"}}}]},{"role":"tool","name":"control_light","content":"The lights in the living room are now on."},{"role":"assistant","content":"Done!"}],"tools":[{"type":"function","function":{"name":"control_light"}}]}""" },
        { "prompt-only", """{"prompt": "The sky is"}""" },
        { "prompt-only", """{"prompt": [{"role": "user", "content": "What color is the sky?"}], "solution": "blue", "difficulty": 3}""" },
        { "prompt-completion", """{"prompt": "The sky is", "completion": " blue."}""" },
        { "prompt-completion", """{"prompt": [{"role": "user", "content": "What color is the sky?"}], "completion": [{"role": "assistant", "content": "It is blue."}]}""" },
        { "preference", """{"prompt": "The sky is", "chosen": " blue.", "rejected": " green."}""" },
        { "preference", """{"prompt": [{"role": "user", "content": "What color is the sky?"}], "chosen": [{"role": "assistant", "content": "It is blue."}], "rejected": [{"role": "assistant", "content": "It is green."}], "margin": 1.5}""" },
        { "preference-implicit", """{"chosen": "The sky is blue.", "rejected": "The sky is green."}""" },
        { "preference-implicit", """{"chosen": [{"role": "user", "content": "What color is the sky?"}, {"role": "assistant", "content": "It is blue."}], "rejected": [{"role": "user", "content": "What color is the sky?"}, {"role": "assistant", "content": "It is green."}]}""" },
        { "unpaired-preference", """{"prompt": "The sky is", "completion": " blue.", "label": true}""" },
        { "unpaired-preference", """{"prompt": [{"role": "user", "content": "What color is the sky?"}], "completion": [{"role": "assistant", "content": "It is green."}], "label": false}""" },
        { "stepwise-supervision", """{"prompt": "Which number is larger, 9.8 or 9.11?", "completions": ["The fractional part of 9.8 is 0.8.", "The fractional part of 9.11 is 0.11.", "0.11 is greater than 0.8.", "Hence, 9.11 > 9.8."], "labels": [true, true, false, false]}""" },
    };

    [Theory]
    [MemberData(nameof(Types))]
    public async Task Every_type_is_read_and_written_as_it_stands(string type, string row)
    {
        var asked = Enum.GetValues<TrlType>().Single(t => TrlFormat.Word(t) == type);
        await Records.AssertRoundTripAsync(Trl, row, options: new TrainingOptions { TrlType = asked });
        var survey = new TrainingSurvey();
        survey.Add((await Records.OfTextAsync(Trl, row)).Single());
        var found = Trl.Resolve(TrainingOptions.Default, survey).TrlType;
        Assert.Equal(type == "preference-implicit" && row.Contains("role", StringComparison.Ordinal) ? TrlType.Preference : asked, found);   // whole turns in common are a prompt
    }

    [Fact]
    public async Task HH_has_the_prompts_that_TRL_takes()
    {
        var expected = JsonElement.Parse(await File.ReadAllTextAsync(Data("expected-hh-trl.json"), TestContext.Current.CancellationToken));
        var records = await Records.ReadAsync(new HhRlhfFormat(), Data("hh-rlhf", "harmless-base-test.jsonl.gz"));
        var (rows, losses) = await Records.WriteAsync(Trl, records);
        Assert.True(losses.IsEmpty, string.Join('\n', losses.Losses));
        long Total(string name) => expected.GetProperty("totals").GetProperty(name).GetInt64();
        Assert.Equal(Total("conv_rows"), rows.Count);
        Assert.Equal(Total("conv_prompt_messages"), rows.Sum(r => r.GetProperty("prompt").GetArrayLength()));
        Assert.Equal(Total("conv_chosen_single"), rows.Count(r => r.GetProperty("chosen").GetArrayLength() == 1));
        Assert.Equal(Total("conv_rejected_single"), rows.Count(r => r.GetProperty("rejected").GetArrayLength() == 1));
        Assert.Equal(Total("conv_empty_chosen"), rows.Count(r => r.GetProperty("chosen").GetArrayLength() == 0));
        Assert.Equal(Total("conv_prompt_ends_with_user"), rows.Count(r => r.GetProperty("prompt").EnumerateArray().Last().GetProperty("role").GetString() == "user"));
        foreach (var row in expected.GetProperty("first_100_rows").EnumerateArray())
        {
            var own = rows[row.GetProperty("row").GetInt32()];
            string Said(string name) => string.Concat(own.GetProperty(name).EnumerateArray().Select(m => m.GetProperty("content").GetString()));
            Assert.Equal(
                (row.GetProperty("prompt_messages").GetInt32(), row.GetProperty("chosen_messages").GetInt32(), row.GetProperty("rejected_messages").GetInt32(), row.GetProperty("chosen_chars").GetInt32(), row.GetProperty("rejected_chars").GetInt32()),
                (own.GetProperty("prompt").GetArrayLength(), own.GetProperty("chosen").GetArrayLength(), own.GetProperty("rejected").GetArrayLength(), Count(Said("chosen")), Count(Said("rejected"))));
        }
    }

    [Fact]
    public async Task HH_as_plain_texts_is_cut_where_TRL_cuts_it_only_when_that_is_asked_for()
    {
        var expected = JsonElement.Parse(await File.ReadAllTextAsync(Data("expected-hh-trl.json"), TestContext.Current.CancellationToken));
        var records = await Records.ReadAsync(Trl, Data("hh-rlhf", "harmless-base-test.jsonl.gz"));
        Assert.All(records, r => Assert.True(r.IsPlain && r.Prompt.Count == 0));
        var (whole, _) = await Records.WriteAsync(Trl, records);
        Assert.All(whole, r => Assert.False(r.TryGetProperty("prompt", out _)));
        Assert.Equal(records[7].Completions[0].Text, whole[7].GetProperty("chosen").GetString());

        var (cut, _) = await Records.WriteAsync(Trl, records, new TrainingOptions { TrlType = TrlType.Preference });
        var prompts = cut.ConvertAll(r => r.GetProperty("prompt").GetString()!);
        Assert.Equal(expected.GetProperty("totals").GetProperty("str_prompt_chars").GetInt64(), prompts.Sum(p => (long)Count(p)));
        foreach (var row in expected.GetProperty("first_100_rows").EnumerateArray()) Assert.Equal(row.GetProperty("string_prompt_chars").GetInt32(), Count(prompts[row.GetProperty("row").GetInt32()]));
    }

    [Theory]
    [InlineData("word_sorting")]
    [InlineData("logical_deduction")]
    [InlineData("tracking_shuffled_objects")]
    public async Task Steps_up_to_the_first_mistake_become_stepwise_supervision(string task)
    {
        var expected = JsonElement.Parse(await File.ReadAllTextAsync(Data("expected-process.json"), TestContext.Current.CancellationToken)).GetProperty(task);
        var records = await Records.ReadAsync(new BigBenchMistakeFormat(), Data("process", $"big-bench-mistake-{task}.jsonl"));
        var (rows, losses) = await Records.WriteAsync(Trl, records);
        Assert.True(losses.IsEmpty, string.Join('\n', losses.Losses));
        var labels = rows.SelectMany(r => r.GetProperty("labels").EnumerateArray()).Select(l => l.GetBoolean()).ToList();
        Assert.Equal(
            (expected.GetProperty("n").GetInt32(), expected.GetProperty("trl_stepwise_labels_true").GetInt32(), expected.GetProperty("trl_stepwise_labels_false_first_only").GetInt32()),
            (rows.Count, labels.Count(l => l), labels.Count(l => !l)));
    }

    /// <summary>The counts are what TRL's examples/datasets/prm800k.py gives of these files.</summary>
    [Theory]
    [InlineData("phase1-test", 10, 34, 6)]
    [InlineData("phase1-train", 130, 1751, 118)]
    [InlineData("phase2-test", 5, 28, 6)]
    public async Task Alternatives_to_steps_become_rows_as_TRL_makes_them(string file, int rows, int right, int wrong)
    {
        var (written, _) = await Records.WriteAsync(Trl, await Records.ReadAsync(new Prm800kFormat(), Data("process", $"prm800k-{file}-example.json")));
        var labels = written.SelectMany(r => r.GetProperty("labels").EnumerateArray()).Select(l => l.GetBoolean()).ToList();
        Assert.Equal((rows, right, wrong), (written.Count, labels.Count(l => l), labels.Count(l => !l)));
    }

    [Fact]
    public async Task What_a_type_cannot_carry_is_told()
    {
        var ranking = new TrainingRecord
        {
            Name = "r-1",
            Prompt = [Turn.Of("user", "Which?")],
            Completions = [Completion.Of("a") with { Rank = 2, Model = "m" }, Completion.Of("b") with { Rank = 1, Score = 3 }, Completion.Of("c") with { Rank = 2 }],
            Judgements = [new Judgement { Contributor = "ann" }],
            Rubric = [new RubricCriterion("says b", 1)],
        };
        var (rows, losses) = await Records.WriteAsync(Trl, [ranking, ranking with { Completions = [Completion.Of("x")] }]);
        Assert.Equal(["b a", "b c"], rows.Select(r => $"{r.GetProperty("chosen")[0].GetProperty("content")} {r.GetProperty("rejected")[0].GetProperty("content")}"));
        Assert.Equal(["judgement 2", "model 1", "ranking 1", "record:no_pair 1", "rubric 2", "score 2", "tie 1"], Records.Kinds(losses));
        var (unpaired, fromRanks) = await Records.WriteAsync(Trl, [ranking], new TrainingOptions { TrlType = TrlType.UnpairedPreference });
        Assert.Equal(["a False", "b True", "c False"], unpaired.Select(r => $"{r.GetProperty("completion")[0].GetProperty("content")} {r.GetProperty("label")}"));
        Assert.Contains("pair 1", Records.Kinds(fromRanks));
        var (best, fromBest) = await Records.WriteAsync(Trl, [ranking], new TrainingOptions { TrlType = TrlType.PromptCompletion });
        Assert.Equal("b", best.Single().GetProperty("completion")[0].GetProperty("content").GetString());
        Assert.Contains("completion 2", Records.Kinds(fromBest));
    }

    [Fact]
    public async Task A_chain_through_OpenAI_and_back_keeps_every_pair_and_call()
    {
        const string Rows =
            """
            {"prompt":[{"role":"system","content":"Be brief."},{"role":"user","content":"Weather?"}],"chosen":[{"role":"assistant","tool_calls":[{"id":"1","type":"function","function":{"name":"w","arguments":"{}"}}]}],"rejected":[{"role":"assistant","content":"No."}],"tools":[{"type":"function","function":{"name":"w"}}]}
            """;
        var before = await Records.OfTextAsync(Trl, Rows);
        var (openAi, losses) = await Records.ThroughAsync(new OpenAiPreferenceFormat(), before);
        Assert.True(losses.IsEmpty, string.Join('\n', losses.Losses));
        await Records.AssertSameAsync(before, (await Records.ThroughAsync(Trl, openAi)).Records);
    }

    [Fact]
    public async Task A_bad_row_is_told_and_the_others_are_read()
    {
        var faults = new FaultLog();
        var records = await Records.OfTextAsync(Trl, "{\"prompt\":7}\n{\"prompt\":[{\"content\":\"x\"}]}\n{\"prompt\":\"a\",\"chosen\":\"b\",\"rejected\":[]}\n[1]\n{\"prompt\":\"p\",\"completions\":[\"a\"],\"labels\":[]}\n{\"prompt\":\"good\"}\n{\"pro", faults);
        Assert.Equal("good", records.Single().Prompt[0].Text);
        Assert.Equal(
            [
                "rows.jsonl: line 1 /prompt: a text or a list of messages was expected; 7 found.",
                "rows.jsonl: line 2 /prompt/0/role: a message's role was expected; nothing found; the record is left out.",
                "rows.jsonl: line 3: chosen and rejected were expected to be two texts, or two lists of messages.",
                "rows.jsonl: line 4: an object was expected; a list found.",
                "rows.jsonl: line 5 /completions: as many texts of steps as labels true or false were expected.",
            ],
            faults.Kept.Take(5).Select(f => f.ToString()));
    }

    private static int Count(string text) => text.EnumerateRunes().Count();
}
