using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Touchstone.Server.Tests.Trust;
using Touchstone.Store.Entities;
using Touchstone.Store.Ids;
using Touchstone.Testing;
using static Touchstone.Server.Tests.Trust.Streets;

namespace Touchstone.Server.Tests.Work;

/// <summary>Newcomers are trained, then evaluated, then work; who is to train again does so first.</summary>
public sealed class TrainingTests
{
    private static string Trains(Guid asset, string id, string known, string why) => $$"""{"asset":"{{asset}}","external_id":"{{id}}","purpose":"training","gold":{{known}},"explanation":"{{why}}"}""";

    private static string Body(string answers) => $$"""{"answers":{{answers}},"active_milliseconds":1500}""";

    private static async Task<string?> ReasonAsync(Member person, ProjectId project)
    {
        var next = await person.PostAsync($"projects/{project}/work/next");
        return next.GetProperty("reason").GetString();
    }

    private static async Task<ContributorStanding?> StandingAsync(Workshop shop, ProjectId project, Member person)
    {
        await using var store = shop.Database.CreateContext();
        return await store.Standings.AsNoTracking().SingleOrDefaultAsync(s => s.ProjectId == project && s.ContributorId == person.Id);
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task Gold_and_training_never_show_the_same_picture(DatabaseKind kind)
    {
        await using var shop = await Workshop.OpenAsync(kind);
        var project = await shop.ProjectAsync(Yaml());
        var pictures = await shop.PicturesAsync(2);
        await shop.ImportAsync(project, [Line(pictures[0], "g", Answers("clear", Car)), Line(pictures[0], "s0"), Trains(pictures[1], "t", Answers("rain"), "Wet."), Line(pictures[1], "s1")]);
        await shop.SettleAsync();
        using var lines = new StringContent(Trains(pictures[0], "t2", Answers("rain"), "Wet.") + "\n" + Line(pictures[1], "g2", Answers("clear", Car)), Encoding.UTF8, "application/x-ndjson");
        using var answer = await shop.Owner.Client.PostAsync($"/api/v1/projects/{project}/tasks", lines);
        var report = JsonElement.Parse(await answer.Content.ReadAsStringAsync());
        Assert.Equal(["asset_is_gold", "asset_trains"], report.GetProperty("faults").EnumerateArray().Select(f => f.GetProperty("reason").GetString()));
        Assert.Equal(0, report.GetProperty("imported").GetInt64());

        await using var store = shop.Database.CreateContext();
        var tasks = await store.Tasks.AsNoTracking().ToDictionaryAsync(t => t.ExternalId!, t => t.Id);
        var known = new { answers = JsonElement.Parse(Answers("clear", Car)) };
        Assert.Equal("is_gold", (await shop.Owner.PutAsync($"tasks/{tasks["s0"]}/training", known, HttpStatusCode.Conflict)).GetProperty("code").GetString());
        Assert.Equal("is_training", (await shop.Owner.PutAsync($"tasks/{tasks["s1"]}/gold", known, HttpStatusCode.Conflict)).GetProperty("code").GetString());

        // Once the training tells it no more, the picture may be asked for.
        await shop.Owner.DeleteAsync($"tasks/{tasks["t"]}/training", HttpStatusCode.NoContent);
        await shop.Owner.PutAsync($"tasks/{tasks["s1"]}/gold", known);
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task A_newcomer_trains_is_evaluated_and_works(DatabaseKind kind)
    {
        await using var shop = await Workshop.OpenAsync(kind);
        var project = await shop.ProjectAsync(Yaml(min: 1, max: 1) + "\ntraining: {tasks: 2}\nevaluation: {tasks: 2}\n");
        var pictures = await shop.PicturesAsync(26);
        await shop.ImportAsync(project,
        [
            Trains(pictures[0], "t0", Answers("clear", Car, Walker), "Both are near."), Trains(pictures[1], "t1", Answers("rain"), "The road is wet."),
            .. pictures.Skip(2).Select((p, i) => Line(p, $"s{i}", i < 6 ? Answers("clear", Car) : null)),
        ]);
        await shop.SettleAsync();
        await using (var store = shop.Database.CreateContext())
        {
            var counters = await store.Counters.SingleAsync();
            Assert.Equal((18, 18, 6), (counters.Tasks, counters.Open, counters.GoldTasks));
            Assert.Equal(0, await store.Tasks.CountAsync(t => t.Purpose == TaskPurpose.Training && t.OpenSlots > 0));
        }

        var ann = await shop.AddAsync("Ann");
        Assert.Equal("training", await ReasonAsync(ann, project));
        var listed = (await ann.GetAsync("work/projects")).GetProperty("items")[0];
        Assert.Equal((2, 2), (listed.GetProperty("training_left").GetInt32(), listed.GetProperty("training_of").GetInt32()));

        var first = await ann.PostAsync($"projects/{project}/training/next");
        Assert.Equal((2, 2, JsonValueKind.Null), (first.GetProperty("left").GetInt32(), first.GetProperty("of").GetInt32(), first.GetProperty("note").ValueKind));
        using (var picture = await ann.Client.GetAsync(first.GetProperty("inputs")[0].GetProperty("url").GetString())) Assert.Equal(HttpStatusCode.OK, picture.StatusCode);
        var task = first.GetProperty("task").GetGuid();
        var wrong = Answers("rain", new Thing("person", 5, 6, 20, 12), new Thing("car", 30, 30, 10, 10));
        var told = await ann.PostAsync($"training/{task}/answers", Body(wrong));
        Assert.Equal("Both are near.", told.GetProperty("explanation").GetString());
        Assert.InRange(told.GetProperty("score").GetDouble(), 0, 0.99);
        Assert.Equal(1, told.GetProperty("left").GetInt32());
        var kinds = told.GetProperty("differences").EnumerateArray().Select(d => d.GetProperty("kind").GetString()).Order().ToList();
        Assert.Equal(["answer", "class", "missed", "spurious"], kinds);
        Assert.Contains("\"weather\" is clear; you said rain.", told.ToString().Replace("\\u0022", "\"", StringComparison.Ordinal).Replace("\\\"", "\"", StringComparison.Ordinal), StringComparison.Ordinal);

        // The same again is the same answer; another one is refused, and so is a task that does not come next.
        var again = await ann.PostAsync($"training/{task}/answers", Body(wrong));
        Assert.Equal(told.ToString(), again.ToString());
        Assert.Equal("already_answered", (await ann.PostAsync($"training/{task}/answers", Body(Answers("clear")), HttpStatusCode.Conflict)).GetProperty("code").GetString());
        Assert.Equal("invalid", (await ann.PostAsync($"training/{task}/answers", Body("""{"weather":"hail"}"""), HttpStatusCode.UnprocessableEntity)).GetProperty("code").GetString());
        var bob = await shop.AddAsync("Bob");
        var second = (await ann.PostAsync($"projects/{project}/training/next")).GetProperty("task").GetGuid();
        Assert.NotEqual(task, second);
        Assert.Equal("not_next", (await bob.PostAsync($"training/{second}/answers", Body(Answers("rain")), HttpStatusCode.Conflict)).GetProperty("code").GetString());
        Assert.Equal("training", await ReasonAsync(ann, project));

        var right = await ann.PostAsync($"training/{second}/answers", Body(Answers("rain")));
        Assert.Equal((1.0, 0, 0), (right.GetProperty("score").GetDouble(), right.GetProperty("left").GetInt32(), right.GetProperty("differences").GetArrayLength()));
        Assert.Equal(0, (await ann.PostAsync($"training/{second}/answers", Body(Answers("rain")))).GetProperty("left").GetInt32());
        await ann.PostAsync($"projects/{project}/training/next", null, HttpStatusCode.NoContent);
        var today = (await ann.GetAsync("me/work")).GetProperty("projects")[0];
        Assert.Equal((0, 3000, 2), (today.GetProperty("responses").GetInt32(), today.GetProperty("active_milliseconds").GetInt32(), today.GetProperty("training_answers").GetInt32()));
        Assert.Equal((StandingState.Evaluation, 2), (await StandingAsync(shop, project, ann) is { } s ? (s.State, s.EvaluationLeft) : default));

        await shop.SettleAsync();
        await using (var store = shop.Database.CreateContext())
        {
            var figures = await store.Reliabilities.SingleAsync(r => r.ContributorId == ann.Id);
            Assert.Equal((0, 3000), (figures.Responses, figures.ActiveMilliseconds));
            Assert.Equal(2, await store.TrainingAnswers.CountAsync());
            Assert.Equal(3000, await store.ProjectDays.SumAsync(d => d.ActiveMilliseconds));
        }

        await WorkUntilEvaluatedAsync(shop, project, ann);
        await TurnAsync(shop, project);
        await shop.SettleAsync();
        var (before, standing) = (await DerivedState.DumpAsync(shop.Database), await StandingAsync(shop, project, ann));
        await shop.Derivation.ReplayAsync(CancellationToken.None);
        await shop.SettleAsync();
        Assert.Equal(before, await DerivedState.DumpAsync(shop.Database));
        Assert.Equal((standing!.State, standing.Since), (await StandingAsync(shop, project, ann) is { } after ? (after.State, after.Since) : default));
    }

    private static async Task WorkUntilEvaluatedAsync(Workshop shop, ProjectId project, Member ann)
    {
        for (var i = 0; i < 18; i++)
        {
            if (await ann.NextAsync(project) is not { } lease) break;
            await ann.SubmitAsync(lease.GetProperty("token").GetString()!, Answers("clear", Car));
            await shop.SettleAsync();
            if ((await StandingAsync(shop, project, ann))!.State == StandingState.Working) break;
        }

        await using var store = shop.Database.CreateContext();
        Assert.Equal(2, await store.Responses.CountAsync(r => r.ContributorId == ann.Id && store.Tasks.Any(t => t.Id == r.TaskId && t.Purpose == TaskPurpose.Gold)));
        Assert.Equal(StandingState.Working, (await StandingAsync(shop, project, ann))!.State);
    }

    /// <summary>An ordinary task that nobody answered may be turned to train with; others may not.</summary>
    private static async Task TurnAsync(Workshop shop, ProjectId project)
    {
        var known = $$"""{"answers":{{Answers("clear", Car)}},"explanation":"A car."}""";
        await using var store = shop.Database.CreateContext();
        var fresh = await store.Tasks.Where(t => t.Purpose == TaskPurpose.Label && t.ResponseCount == 0).OrderBy(t => t.Id).Select(t => t.Id).FirstAsync();
        var answered = await store.Tasks.Where(t => t.Purpose == TaskPurpose.Label && t.ResponseCount > 0).Select(t => t.Id).FirstAsync();
        var gold = await store.Tasks.Where(t => t.Purpose == TaskPurpose.Gold).Select(t => t.Id).FirstAsync();
        var before = (await store.Counters.AsNoTracking().SingleAsync()).Tasks;
        await shop.Owner.PutAsync($"tasks/{fresh}/training", known);
        await shop.Owner.PutAsync($"tasks/{fresh}/training", known);
        Assert.Equal("answered", (await shop.Owner.PutAsync($"tasks/{answered}/training", known, HttpStatusCode.Conflict)).GetProperty("code").GetString());
        Assert.Equal("is_gold", (await shop.Owner.PutAsync($"tasks/{gold}/training", known, HttpStatusCode.Conflict)).GetProperty("code").GetString());
        Assert.Equal("is_training", (await shop.Owner.PutAsync($"tasks/{fresh}/gold", $$"""{"answers":{{Answers("clear")}}}""", HttpStatusCode.Conflict)).GetProperty("code").GetString());
        await shop.SettleAsync();
        Assert.Equal(before - 1, (await store.Counters.AsNoTracking().SingleAsync()).Tasks);
        Assert.Equal(before - 1, await store.Tasks.CountAsync(t => t.ProjectId == project && t.Purpose == TaskPurpose.Label));
        var listed = (await shop.Owner.GetAsync($"projects/{project}/gold?kind=training")).GetProperty("items").EnumerateArray().ToList();
        Assert.Equal(["imported", "imported", "made"], listed.Select(r => r.GetProperty("source").GetString()).Order());
        Assert.Equal(2, listed.Sum(r => r.GetProperty("answered").GetInt32()));
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task Who_has_done_all_training_repeats_the_oldest_and_without_any_it_does_not_block(DatabaseKind kind)
    {
        await using var shop = await Workshop.OpenAsync(kind);
        var project = await shop.ProjectAsync(Yaml() + "\ntraining: {tasks: 3}\n");
        var pictures = await shop.PicturesAsync(5);
        await shop.ImportAsync(project, pictures.Skip(2).Select((p, i) => Line(p, $"s{i}")));
        var ann = await shop.AddAsync("Ann");
        Assert.Null(await ReasonAsync(ann, project));
        Assert.Equal(0, (await ann.GetAsync("work/projects")).GetProperty("items")[0].GetProperty("training_left").GetInt32());
        await shop.ImportAsync(project, [Trains(pictures[0], "t0", Answers("clear"), "Dry."), Trains(pictures[1], "t1", Answers("rain"), "Wet.")]);
        Assert.Equal("training", await ReasonAsync(ann, project));
        var done = new List<Guid>();
        for (var left = 3; left > 0; left--)
        {
            var next = await ann.PostAsync($"projects/{project}/training/next");
            Assert.Equal((left, 3), (next.GetProperty("left").GetInt32(), next.GetProperty("of").GetInt32()));
            done.Add(next.GetProperty("task").GetGuid());
            await ann.PostAsync($"training/{done[^1]}/answers", Body(Answers("clear")));
        }

        Assert.Equal([done[0], done[1], done[0]], done);
        Assert.Null(await ReasonAsync(ann, project));   // without an evaluation ordinary work begins
        Assert.Equal(StandingState.Working, (await StandingAsync(shop, project, ann))!.State);
        foreach (var task in done.Distinct()) await shop.Owner.SendDeleteAsync($"tasks/{task}/training");
        Assert.Null(await ReasonAsync(await shop.AddAsync("Cid"), project));
    }
}

internal static class MemberRequests
{
    public static async Task SendDeleteAsync(this Member member, string path)
    {
        using var answer = await member.Client.DeleteAsync("/api/v1/" + path);
        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
    }
}
