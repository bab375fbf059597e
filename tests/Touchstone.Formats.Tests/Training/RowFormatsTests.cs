using System.Text.Json;
using Touchstone.Formats.Argilla;
using Touchstone.Formats.Benchmarks;
using Touchstone.Formats.Exchange;
using Touchstone.Formats.HealthBench;
using Touchstone.Formats.HelpSteer;
using Touchstone.Formats.HhRlhf;
using Touchstone.Formats.OpenAi;
using Touchstone.Formats.Prm800k;
using Touchstone.Formats.Training;
using Touchstone.Formats.Trl;
using Touchstone.Formats.Verl;
using Touchstone.Testing;

namespace Touchstone.Formats.Tests.Training;

/// <summary>Each format against the files that there are of it, and in its own conventions.</summary>
public sealed class RowFormatsTests
{
    private static string Data(params string[] parts) => TestData.Find(Assert.Skip, ["preferences", .. parts]);

    private static async Task<JsonElement> ExpectedAsync(string name) => JsonElement.Parse(await File.ReadAllTextAsync(Data(name), TestContext.Current.CancellationToken));

    [Fact]
    public async Task HH_has_the_counts_that_were_taken_of_it()
    {
        var expected = await ExpectedAsync("expected-hh.json");
        var records = await Records.ReadAsync(new HhRlhfFormat(), Data("hh-rlhf", "harmless-base-test.jsonl.gz"));
        List<List<Turn>> chosen = records.ConvertAll(r => (List<Turn>)[.. r.Prompt, .. r.Completions[0].Turns]);
        Assert.Equal(expected.GetProperty("rows").GetInt32(), records.Count);
        Assert.Equal(expected.GetProperty("turns_chosen").GetInt32(), chosen.Sum(c => c.Count));
        Assert.Equal(expected.GetProperty("empty_final_chosen").GetInt32(), chosen.Count(c => string.IsNullOrWhiteSpace(c[^1].Text)));
        Assert.Equal(expected.GetProperty("last_is_assistant_both").GetInt32(), records.Count(r => r.Completions.All(c => c.Turns[^1].Role == "assistant")));
        Assert.Equal(expected.GetProperty("prompt_identical_all_but_last_turn").GetInt32(), records.Count(r => r.Completions.All(c => c.Turns.Count == 1)));
        Assert.Equal(expected.GetProperty("alternating_roles_chosen").GetInt32(), chosen.Count(c => c.Select((t, i) => t.Role == (i % 2 == 0 ? "user" : "assistant")).All(a => a)));
        Assert.Equal(records.Count, TrainingRegistry.Recognise(DatasetSource.Open(Data("hh-rlhf"))) is [{ Format: "hh-rlhf" }, ..] ? records.Count : 0);
        var (again, losses) = await Records.ThroughAsync(new HhRlhfFormat(), records);
        Assert.True(losses.IsEmpty);
        await Records.AssertSameAsync(records, again);
    }

    [Theory]
    [InlineData("phase1-test", 1, 5, 1, 8, 1)]
    [InlineData("phase1-train", 3, 67, 44, 37, 20)]       // several documents in a row
    [InlineData("phase2-test", 1, 1, 1, 8, 0)]
    public async Task PRM800K_has_its_ratings(string file, int count, int wrong, int neutral, int right, int notJudged)
    {
        var survey = new TrainingSurvey();
        var path = Data("process", $"prm800k-{file}-example.json");
        var records = await Records.ReadAsync(new Prm800kFormat(), path);
        foreach (var record in records) survey.Add(record);
        Assert.Equal((count, ((long)wrong, (long)neutral, (long)right, (long)notJudged)), ((int)survey.Records, survey.Steps));
        var (rows, losses) = await Records.WriteAsync(new Prm800kFormat(), records);
        Assert.True(losses.IsEmpty);
        if (count == 1) Assert.True(JsonElement.DeepEquals(JsonElement.Parse(await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken)), rows[0]), rows[0].GetRawText());
    }

    [Fact]
    public async Task PRM800K_follows_the_trajectory_of_its_README()
    {
        var record = (await Records.ReadAsync(new Prm800kFormat(), Data("process", "prm800k-phase1-test-example.json"))).Single();
        Assert.Equal("29", record.Reference);
        Assert.Equal("e90a38f3-3135-4465-87af-3e6322e3d772", record.Facts["labeler"].GetString());
        Assert.Equal("solution", record.Facts["finish_reason"].GetString());
        var steps = record.Completions[0].Steps;
        Assert.Equal("We have $3p+e=1.24$ and $5p+e=1.82$.", steps[1].Text);
        Assert.True(steps[1].Choices[steps[1].Chosen!.Value].IsHuman);
    }

    [Fact]
    public async Task PandaLM_has_the_published_counts_and_survives_what_is_no_text()
    {
        var expected = (await ExpectedAsync("expected-pandalm.json")).GetProperty("majority_counts");
        var records = await Records.ReadAsync(new PandaLmFormat(), Data("pandalm", "testset-v1.json"));
        Assert.Equal(999, records.Count);
        Assert.Equal(
            (expected.GetProperty("0").GetInt32(), expected.GetProperty("1").GetInt32(), expected.GetProperty("2").GetInt32()),
            (records.Count(r => r.Completions.All(c => c.Rank == 1)), records.Count(r => r.Completions[1].Rank == 2), records.Count(r => r.Completions[0].Rank == 2)));
        Assert.Equal(6, records.Sum(r => r.Completions.Count(c => c.Text is "True" or "False")));
        var (rows, losses) = await Records.WriteAsync(new TrlFormat(), records);
        Assert.Equal(894, rows.Count);
        Assert.Contains("tie 105", Records.Kinds(losses));
    }

    [Fact]
    public async Task MT_bench_has_its_questions_and_its_human_majority()
    {
        var expected = await ExpectedAsync("expected-mt-bench.json");
        var questions = await Records.ReadAsync(new MtBenchFormat(), Data("mt-bench", "question.jsonl"));
        Assert.Equal((expected.GetProperty("questions").GetInt32(), true), (questions.Count, questions.TrueForAll(q => q.Prompt.Count == 2)));
        var pairs = await Records.ReadAsync(new LlmBarFormat(), Data("mt-bench", "human-majority-200.json"));
        Assert.Equal((expected.GetProperty("human_majority_200").GetProperty("n").GetInt32(), expected.GetProperty("human_majority_200").GetProperty("label1").GetInt32()), (pairs.Count, pairs.Count(p => p.Completions[0].Rank == 1)));
    }

    [Fact]
    public async Task GSM8K_becomes_what_verl_makes_of_it()
    {
        var records = await Records.ReadAsync(new Gsm8kFormat(), Data("gsm8k", "test.jsonl"));
        Assert.Equal((1319, "18", "test"), (records.Count, records[0].Reference, records[0].Split));
        var (rows, losses) = await Records.WriteAsync(new VerlFormat(), records, new TrainingOptions { VerlDataSource = "openai/gsm8k" });
        Assert.Equal(["completion 1319", "plain_text 1319"], Records.Kinds(losses));
        Assert.Equal(("openai/gsm8k", "18", "rule", "user"), (rows[0].GetProperty("data_source").GetString(), rows[0].GetProperty("reward_model").GetProperty("ground_truth").GetString(), rows[0].GetProperty("reward_model").GetProperty("style").GetString(), rows[0].GetProperty("prompt")[0].GetProperty("role").GetString()));
        Assert.All(records, r => Assert.Matches("^-?[0-9.]+$", r.Reference));
        var solutions = await Records.ReadAsync(new Gsm8kFormat(), Data("gsm8k", "example_model_solutions.jsonl"));
        var accuracy = await ExpectedAsync("expected-gsm8k.json");
        Assert.Equal(accuracy.GetProperty("models").GetProperty("6b_finetuning").GetProperty("n_correct").GetInt32(), solutions.Sum(r => r.Completions.Count(c => c is { Model: "6b_finetuning", Label: true })));
    }

    [Fact]
    public async Task A_rubric_is_read_and_written_point_for_point()
    {
        var records = await Records.ReadAsync(new HealthBenchFormat(), Data("rubrics", "own-rubric-examples.json"));
        Assert.Equal([10d, 7, 3, -8], records.Single().Rubric.Select(c => c.Points));
        Assert.Equal(["level:cluster", "axis:communication"], records[0].Rubric[2].Tags);
        var (rows, losses) = await Records.WriteAsync(new HealthBenchFormat(), records);
        Assert.True(losses.IsEmpty);
        Assert.True(JsonElement.DeepEquals(JsonElement.Parse(await File.ReadAllTextAsync(Data("rubrics", "own-rubric-examples.json"), TestContext.Current.CancellationToken))[0].GetProperty("rubrics"), rows[0].GetProperty("rubrics")));
    }

    [Fact]
    public async Task HelpSteer3_turns_its_numbers_into_pairs_and_ties()
    {
        var records = await Records.OfTextAsync(new HelpSteer3Format(), Rows.ById["helpsteer3"]);
        Assert.Equal(["1 2 3", "1 1 0", "2 1 1"], records.Select(r => $"{r.Completions[0].Rank} {r.Completions[1].Rank} {r.Margin}"));
        Assert.Equal([-3d, -2], records[0].Judgements.Select(j => j.Preference!.Value));
        var (rows, losses) = await Records.WriteAsync(new TrlFormat(), records);
        Assert.Equal(["Hello! 3", "b 1"], rows.Select(r => $"{r.GetProperty("chosen")[0].GetProperty("content")} {r.GetProperty("margin")}"));
        Assert.Equal(["judgement 3", "record:no_pair 1", "tie 1"], Records.Kinds(losses));
    }

    [Fact]
    public async Task HelpSteer2_tells_ratings_that_are_none_and_is_not_made_of_records_without()
    {
        var faults = new FaultLog();
        await Records.OfTextAsync(new HelpSteer2Format(), """{"prompt":"p","response":"r","helpfulness":9,"correctness":"x"}""", faults);
        Assert.Equal("rows.jsonl: line 1 /helpfulness: a number from 0 to 4 was expected; 9 found.", faults.Kept[0].ToString());
        var (rows, losses) = await Records.WriteAsync(new HelpSteer2Format(), await Records.OfTextAsync(new TrlFormat(), """{"prompt":"p","completion":"c"}"""));
        Assert.Empty(rows);
        Assert.Equal(["record:no_ratings 1"], Records.Kinds(losses));
    }

    [Fact]
    public async Task OpenAI_tells_dialogues_that_do_not_end_as_they_must()
    {
        var faults = new FaultLog();
        await Records.OfTextAsync(new OpenAiChatFormat(), """{"messages":[{"role":"user","content":"x"}]}""", faults);
        await Records.OfTextAsync(new OpenAiReinforcementFormat(), """{"messages":[{"role":"assistant","content":"x"}]}""", faults);
        await Records.OfTextAsync(new OpenAiPreferenceFormat(), """{"input":{"messages":[]},"preferred_output":[],"non_preferred_output":[{"role":"assistant","content":"x"}]}""", faults);
        Assert.Equal(
            [
                "rows.jsonl: line 1 /messages: the last message was expected to be the assistant's; the role \"user\" found.",
                "rows.jsonl: line 1 /messages: the last message was expected to be the user's; the role \"assistant\" found.",
                "rows.jsonl: line 1 /preferred_output: a message of the assistant was expected; an empty list found.",
            ],
            faults.Kept.Select(f => f.ToString()));
    }

    [Fact]
    public async Task Argilla_is_read_nested_and_flat()
    {
        var nested = (await Records.OfTextAsync(new ArgillaFormat(), Rows.ById["argilla"])).Single();
        var flat = (await Records.OfTextAsync(new ArgillaFormat(), """{"id":"r1","prompt":"Which?","response_1":"a","response_2":"b","rating.responses":[4,2],"rating.responses.users":["u1","u2"],"rating.responses.status":["submitted","submitted"],"ranking.responses":[["response_2","response_1"]],"ranking.responses.users":["u1"],"rating.suggestion":3,"rating.suggestion.agent":"model-1","rating.suggestion.score":0.7}""")).Single();
        foreach (var record in (TrainingRecord[])[nested, flat])
        {
            Assert.Equal("Which?", record.Prompt.Single().Text);
            Assert.Equal(["a 2", "b 1"], record.Completions.Select(c => $"{c.Text} {c.Rank}"));
            Assert.Equal(["u1 False 4", "u2 False 2", "model-1 True {\"value\":3,\"score\":0.7"], record.Judgements.Select(j => $"{j.Contributor} {j.IsModel} {j.Answers["rating"].GetRawText().Split(",\"agent\"")[0].TrimEnd('}')}"));
        }
    }
}
