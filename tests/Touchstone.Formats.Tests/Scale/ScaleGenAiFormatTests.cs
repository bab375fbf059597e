using Touchstone.Formats.Exchange;
using Touchstone.Formats.Scale;
using Touchstone.Formats.Tests.Training;
using Touchstone.Formats.Training;
using Touchstone.Formats.Trl;
using Touchstone.Testing;

namespace Touchstone.Formats.Tests.Scale;

/// <summary>Tasks and deliveries in the shapes of docs.genai.scale.com, GET /v2/task and /v2/delivery.</summary>
public sealed class ScaleGenAiFormatTests
{
    private static readonly ScaleGenAiFormat Format = new();

    private const string Turn = """{"id":"turn_N","messages":[{"content":{"text":"q N"},"role":"user","source_id":"user","annotations":[]},{"content":{"text":"a N"},"role":"assistant","source_id":"m1","annotations":[]},{"content":{"text":"b N"},"role":"assistant","source_id":"m2","annotations":[]}],"annotations":[{"key":"selected_model_id","value":"m2"}]}""";

    private static string Task(string id, params string[] turns) => $$"""{"task_id":"{{id}}","status":"completed","threads":[{"id":"thread_0","turns":[{{string.Join(',', turns)}}],"annotations":[]}]}""";

    private static string TurnOf(int number) => Turn.Replace("N", $"{number}", StringComparison.Ordinal);

    [Fact]
    public async Task Messages_of_several_models_are_completions_with_ratings_and_the_selected_one_is_better()
    {
        var record = (await Records.OfTextAsync(Format, Rows.ById["scale-genai"]))[0];
        Assert.Equal(("task_123", RecordKind.Preference, "This is an example prompt"), (record.Id, record.Kind, record.Prompt.Single().Text));
        Assert.Equal([("base_model", 1, 5.0), ("test_model", 2, 3.0)], record.Completions.Select(c => (c.Model!, c.Rank!.Value, c.Ratings["overall"])));
        Assert.Equal("@Response 1 is better than @Response 2.", record.Judgements.Single().Answers["justification"].GetString());
        Assert.Equal("batch_123", record.Facts["batch"].GetString());
    }

    [Fact]
    public async Task A_turn_goes_on_from_the_message_that_was_selected_and_each_compared_turn_is_a_record()
    {
        var records = await Records.OfTextAsync(Format, Task("t", TurnOf(0), TurnOf(1)));
        Assert.Equal(["t/thread_0/turn_0", "t/thread_0/turn_1"], records.Select(r => r.Id));
        Assert.Equal(["q 0", "b 0", "q 1"], records[1].Prompt.Select(t => t.Text));
        var (after, losses) = await Records.ThroughAsync(Format, records);
        Assert.True(losses.IsEmpty, string.Join('\n', losses.Losses));
        await Records.AssertSameAsync(records, after);
    }

    [Fact]
    public async Task A_delivery_is_a_list_of_tasks_and_a_task_without_threads_is_told()
    {
        var faults = new FaultLog();
        var records = await Records.OfTextAsync(Format, $$"""{"tasks":[{{Task("a", TurnOf(0))}},{"task_id":"b","status":"pending","threads":[]},{"task_id":"c","threads":[{"turns":[{"messages":[{"role":"user"}]}]}]}]}""", faults);
        Assert.Equal(["a"], records.Select(r => r.Id));
        Assert.Equal(["/tasks/1/threads", "/tasks/2/threads/0/turns/0/messages/0"], faults.Kept.Select(f => f.Place[f.Place.IndexOf('/')..]));
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder["delivery.json"], $$"""{"tasks":[{{Task("a", TurnOf(0))}}]}""", TestContext.Current.CancellationToken);
        Assert.Equal("scale-genai", TrainingRegistry.Recognise(DatasetSource.Open(folder.Path))[0].Format);
        Assert.Empty(new ScaleFormat().Recognise(DatasetSource.Open(folder.Path)));
    }

    [Fact]
    public async Task Comparisons_go_to_TRL_and_pairs_of_others_come_to_Scale()
    {
        var records = await Records.OfTextAsync(Format, Task("t", TurnOf(0)));
        var row = (await Records.WriteAsync(new TrlFormat(), records, new TrainingOptions { TrlType = TrlType.Preference })).Rows.Single();
        Assert.Equal(("b 0", "a 0"), (row.GetProperty("chosen")[0].GetProperty("content").GetString(), row.GetProperty("rejected")[0].GetProperty("content").GetString()));
        var pairs = await Records.OfTextAsync(new TrlFormat(), Rows.ById["trl"]);
        var task = (await Records.WriteAsync(Format, pairs)).Rows.Single();
        Assert.Equal("response_1", task.GetProperty("threads")[0].GetProperty("turns")[0].GetProperty("annotations")[0].GetProperty("value").GetString());
    }
}
