using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Touchstone.Server.Tests.Support;
using Touchstone.Server.Trust.Consensus;
using Touchstone.Store.Entities;
using Touchstone.Store.Ids;
using Touchstone.Testing;

namespace Touchstone.Server.Tests.Catalogue;

public sealed class TaskTests
{
    [Theory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task Tasks_are_listed_page_by_page_in_a_total_order_whatever_is_asked_for(DatabaseKind kind)
    {
        await using var house = await House.OpenAsync(kind);
        var project = await house.AddProjectAsync();
        var asset = (await house.AddAssetAsync())["id"];
        var report = (await house.ImportAsync(project, [.. Enumerable.Range(0, 23).Select(i => $$"""{"external_id":"{{(i % 2 == 0 ? "night" : "Night")}}/{{i:00}}","asset":"{{asset}}"}""")])).Ok();
        await house.Server.Database.WriteAsync(
            async (store, cancel) =>
            {
                foreach (var (task, i) in (await store.Tasks.OrderBy(t => t.Id).ToListAsync(cancel)).Select((t, i) => (t, i))) task.State = (TaskState)(i % 4);
                return 0;
            },
            CancellationToken.None);
        var all = await PagesAsync("limit=4");
        Assert.Equal(23, all.Count);
        Assert.Equal(all.Order(StringComparer.Ordinal), all);
        Assert.Equal(6, (await PagesAsync("limit=4&state=in_review")).Count);
        Assert.Equal(23, (await PagesAsync($"limit=10&batch={report["batch"]["id"]}")).Count);
        Assert.Equal(12, (await PagesAsync("limit=5&external_id_prefix=night/")).Count);          // the case counts
        Assert.Equal(11, (await PagesAsync("limit=5&external_id_prefix=Night/")).Count);
        Assert.Equal(5, (await PagesAsync("limit=2&external_id_prefix=night/1")).Count);
        Assert.Equal(6, (await PagesAsync("limit=2&external_id_prefix=night/&state=open")).Count);
        Assert.Empty(await PagesAsync("limit=2&external_id_prefix=night/&state=withdrawn"));
        Assert.Empty(await PagesAsync("external_id_prefix=%25"));
        Assert.Empty(await PagesAsync("purpose=gold"));
        Assert.Equal(23, (await PagesAsync("purpose=label")).Count);

        async Task<List<string>> PagesAsync(string query)
        {
            var seen = new List<string>();
            string? after = null;
            do
            {
                var page = (await house.Manager.Http.GetAsync($"projects/{project}/tasks?{query}{(after is null ? "" : $"&after={after}")}")).Ok();
                seen.AddRange(page["items"].AsArray().Select(t => t!["id"]!.GetValue<string>()));
                after = page.Json!["next"]?.GetValue<string>();
            }
            while (after is not null);
            Assert.Equal(seen.Count, seen.Distinct().Count());
            return seen;
        }
    }

    [Theory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task Counts_are_exact_by_state_and_bounded_otherwise(DatabaseKind kind)
    {
        await using var house = await House.OpenAsync(kind);
        var project = await house.AddProjectAsync();
        var id = ProjectId.Parse(project, null);
        while (await SetCountersAsync() == 0) await house.Server.App.Services.GetRequiredService<Derivation>().RunAsync(CancellationToken.None);
        Assert.Equal((1_000_000, true), await CountAsync(""));
        Assert.Equal((900_000, true), await CountAsync("&state=open"));
        Assert.Equal((0, true), await CountAsync("&purpose=gold"));
        Assert.Null((await house.Manager.Http.GetAsync($"projects/{project}/tasks")).Ok().Json!["count"]);

        Task<int> SetCountersAsync() => house.Server.Database.WriteAsync(
            async (store, cancel) => await store.Counters.Where(c => c.ProjectId == id).ExecuteUpdateAsync(
                c => c.SetProperty(x => x.Tasks, 1_000_000).SetProperty(x => x.Open, 900_000).SetProperty(x => x.Done, 100_000), cancel),
            CancellationToken.None);

        async Task<(int, bool)> CountAsync(string query)
        {
            var count = (await house.Manager.Http.GetAsync($"projects/{project}/tasks?count=true{query}")).Ok()["count"];
            return (count["count"]!.GetValue<int>(), count["is_exact"]!.GetValue<bool>());
        }
    }

    [Theory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task A_higher_priority_is_handed_out_first(DatabaseKind kind)
    {
        await using var house = await House.OpenAsync(kind);
        var project = await house.AddProjectAsync();
        await house.AddTaskAsync(project, 1);
        var second = await house.AddTaskAsync(project, 2);
        (await house.Manager.Http.PutAsync($"tasks/{second}/priority", new { priority = 10 })).Expect(HttpStatusCode.UnprocessableEntity);
        (await house.Manager.Http.PutAsync($"tasks/{second}/priority", new { priority = 9 })).NoContent();
        Assert.Equal(9, (await house.Manager.Http.GetAsync($"tasks/{second}")).Ok()["priority"].GetValue<int>());
        var rows = await house.ReadAsync(s => s.Tasks.OrderByDescending(t => t.Lane).ThenBy(t => t.QueueNumber).Select(t => t.Id).ToListAsync());
        Assert.Equal(second, rows[0].ToString());
    }

    [Theory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task A_task_becomes_gold_with_checked_answers_and_is_retired_again(DatabaseKind kind)
    {
        await using var house = await House.OpenAsync(kind);
        var task = await house.AddTaskAsync(await house.AddProjectAsync());
        (await house.Manager.Http.GetAsync($"tasks/{task}/gold")).Expect(HttpStatusCode.NotFound);
        var wrong = (await house.Manager.Http.PutAsync($"tasks/{task}/gold", """{"answers":{"weather":"fog"}}""")).Expect(HttpStatusCode.UnprocessableEntity);
        Assert.Equal("/answers/weather", wrong["errors"][0]!["pointer"]!.GetValue<string>());
        (await house.Manager.Http.PutAsync($"tasks/{task}/gold", """{"answers":{"weather":"dry"}}""")).Ok();
        Assert.Equal((TaskPurpose.Gold, 1), await SlotAsync());
        Assert.Equal("gold", (await house.Manager.Http.GetAsync($"tasks/{task}")).Ok()["purpose"].GetValue<string>());
        Assert.Equal("wet", (await house.Manager.Http.PutAsync($"tasks/{task}/gold", """{"answers":{"weather":"wet"}}""")).Ok()["answers"]["weather"]!.GetValue<string>());
        (await house.Manager.Http.DeleteAsync($"tasks/{task}/gold")).NoContent();
        (await house.Manager.Http.DeleteAsync($"tasks/{task}/gold")).NoContent();
        Assert.Equal((TaskPurpose.Gold, 0), await SlotAsync());
        Assert.NotNull((await house.Manager.Http.GetAsync($"tasks/{task}/gold")).Ok().Json!["retired_at"]);
        Assert.Equal(3, await house.OutboxCountAsync(OutboxKind.GoldChanged));

        Task<(TaskPurpose, int)> SlotAsync() => house.ReadAsync(async s => await s.Tasks.Select(t => new { t.Purpose, t.OpenSlots }).SingleAsync() is var t ? (t.Purpose, t.OpenSlots) : default);
    }
}
