using System.Text.Json;
using Touchstone.Formats.Argilla;

namespace Touchstone.Formats.Tests.Training;

/// <summary>Who said what in Argilla's records, in the shapes of its <c>to_json</c> and <c>to_datasets</c>.</summary>
public sealed class ArgillaResponsesTests
{
    private static readonly ArgillaFormat Argilla = new();

    [Fact]
    public async Task Only_submitted_responses_are_judgements_and_drafts_and_discarded_ones_are_written_with_their_status()
    {
        var record = Assert.Single(await Records.OfTextAsync(Argilla, """{"id":"r1","status":"pending","_server_id":"s","prompt":"p","response":"A","ok.responses":["yes","no","maybe"],"ok.responses.users":["u1","u2","u1"],"ok.responses.status":["submitted","discarded","draft"]}"""));
        var judgement = Assert.Single(record.Judgements);
        Assert.Equal(("u1", "yes"), (judgement.Contributor, judgement.Answers["ok"].GetString()));
        Assert.Equal(("pending", "s"), (record.Facts["status"].GetString(), record.Facts["_server_id"].GetString()));
        var (rows, losses) = await Records.WriteAsync(Argilla, [record]);
        Assert.True(losses.IsEmpty);
        Assert.Equal("""[{"value":"yes","user_id":"u1"},{"value":"no","user_id":"u2","status":"discarded"},{"value":"maybe","user_id":"u1","status":"draft"}]""", rows[0].GetProperty("responses").GetProperty("ok").GetRawText());
        Assert.Equal("pending", rows[0].GetProperty("status").GetString());
        var (again, _) = await Records.WriteAsync(Argilla, await Records.OfTextAsync(Argilla, rows[0].GetRawText()));
        Assert.True(JsonElement.DeepEquals(rows[0], again[0]), again[0].GetRawText());
    }

    [Fact]
    public async Task Responses_of_nobody_in_particular_are_one_judgement_each()
    {
        const string Row = """{"id":"r1","fields":{"prompt":"p","response":"A"},"metadata":{},"suggestions":{},"responses":{"ok":[{"value":"yes","user_id":null},{"value":"no","user_id":null}]},"vectors":{}}""";
        var record = Assert.Single(await Records.OfTextAsync(Argilla, Row));
        Assert.Equal(["yes", "no"], record.Judgements.Select(j => j.Answers["ok"].GetString()));
        var (rows, _) = await Records.WriteAsync(Argilla, [record]);
        Assert.True(JsonElement.DeepEquals(JsonElement.Parse(Row), rows[0]), rows[0].GetRawText());
    }

    [Theory]
    [InlineData("""{"id":"r1","fields":{"prompt":"p","response1":"A","response2":"B"},"metadata":{"m":1},"suggestions":{},"responses":{"rank":[{"value":["response2","response1"],"user_id":"u1"}],"tags":[{"value":["funny","short"],"user_id":"u1"}]},"vectors":{}}""", 2, 1)]
    [InlineData("""{"id":"r1","fields":{"instruction":"p","chosen":"A","rejected":"B"},"metadata":{},"suggestions":{},"responses":{"tags":[{"value":["funny","short"],"user_id":"u1"}]},"vectors":{}}""", 1, 2)]
    public async Task Fields_keep_their_names_and_a_list_of_labels_is_no_ranking(string row, params int[] ranks)
    {
        var record = Assert.Single(await Records.OfTextAsync(Argilla, row));
        Assert.Equal(ranks, record.Completions.Select(c => c.Rank!.Value));
        var (rows, losses) = await Records.WriteAsync(Argilla, [record]);
        Assert.True(losses.IsEmpty);
        Assert.True(JsonElement.DeepEquals(JsonElement.Parse(row), rows[0]), rows[0].GetRawText());
        await Records.AssertSameAsync([record], await Records.OfTextAsync(Argilla, rows[0].GetRawText()));
    }
}
