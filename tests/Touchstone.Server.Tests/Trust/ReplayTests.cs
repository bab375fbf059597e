using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Touchstone.Server.Trust.Releases;
using Touchstone.Store.Entities;
using Touchstone.Testing;
using static Touchstone.Server.Tests.Trust.Streets;

namespace Touchstone.Server.Tests.Trust;

public sealed class ReplayTests
{
    /// <summary>Everything that can happen to a project happens, with the derivation now close behind and now far; then it is all derived again.</summary>
    [Theory]
    [InlineData(DatabaseKind.Sqlite, 1)]
    [InlineData(DatabaseKind.Sqlite, 2)]
    [InlineData(DatabaseKind.Postgres, 3)]
    public async Task Whatever_happened_derives_again_to_the_same_state(DatabaseKind kind, int seed)
    {
        await using var shop = await Workshop.OpenAsync(kind);
        var random = new Random(seed);
        var project = await shop.ProjectAsync(Yaml(gold: 0.15));
        var pictures = await shop.PicturesAsync(36);
        await shop.ImportAsync(project, pictures.Take(30).Select((p, i) => Line(p, $"street-{i}", i < 4 ? Answers("clear", Car) : null)));
        Member[] people = [await shop.AddAsync("Ann"), await shop.AddAsync("Bob"), await shop.AddAsync("Cid"), await shop.AddAsync("Dee", simulated: true)];
        var rita = await shop.AddAsync("Rita", Role.Reviewer);
        for (var step = 0; step < 130; step++)
        {
            await WorkAsync(people[random.Next(people.Length)], project.ToString(), random);
            if (random.Next(6) == 0) await ReviewAsync(rita, project.ToString(), random);
            if (random.Next(12) == 0) await shop.SettleAsync();
            await LeadAsync(shop, project.ToString(), step, pictures);
        }

        await shop.SettleAsync();
        await using (var store = shop.Database.CreateContext())
        {
            var counters = await store.Counters.SingleAsync();
            Assert.True(counters.ResponsesAtFit >= 20);
            foreach (var state in Enum.GetValues<TaskState>())
            {
                var counted = state switch { TaskState.Open => counters.Open, TaskState.InReview => counters.InReview, TaskState.Done => counters.Done, _ => counters.Withdrawn };
                var stored = await store.Tasks.CountAsync(t => t.Purpose == TaskPurpose.Label && t.State == state);
                Assert.True(stored == counted, $"{stored} tasks are {state} and {counted} are counted");
            }

            Assert.Equal(await store.Tasks.CountAsync(t => t.Purpose == TaskPurpose.Gold), counters.GoldTasks);
            Assert.Equal(await store.Tasks.CountAsync(t => t.Purpose == TaskPurpose.Audit), counters.AuditTasks);
            await GradesFitAsync(store);
        }

        var before = await DerivedState.DumpAsync(shop.Database);
        for (var i = 0; i < 2; i++)
        {
            await shop.Derivation.ReplayAsync(CancellationToken.None);
            await shop.SettleAsync();
            Assert.Equal(before, await DerivedState.DumpAsync(shop.Database));
        }

        // A database of an older version has nothing in the tables that are new.
        await shop.Database.WriteAsync(
            async (store, cancel) =>
            {
                await store.TaskMarks.ExecuteDeleteAsync(cancel);
                await store.ProjectDays.ExecuteDeleteAsync(cancel);
                await store.ResponseGrades.ExecuteDeleteAsync(cancel);
                return await store.OutboxPositions.Where(p => p.Consumer == "derive_shape").ExecuteDeleteAsync(cancel);
            },
            CancellationToken.None);
        Assert.NotEqual(before, await DerivedState.DumpAsync(shop.Database));
        Assert.True(await shop.Derivation.RenewAsync(CancellationToken.None));
        await using (var store = shop.Database.CreateContext()) Assert.True(await store.Counters.AnyAsync(), "A decision made meanwhile would be counted nowhere.");
        Assert.False(await shop.Derivation.RenewAsync(CancellationToken.None));
        await shop.SettleAsync();
        Assert.Equal(before, await DerivedState.DumpAsync(shop.Database));
        await NothingIsPublishedMeanwhileAsync(shop, project);
    }

    /// <summary>A newer program may decide otherwise than the one that steered the queue: a task that it leaves open must be handed out, one that it finishes must not.</summary>
    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task After_a_replay_the_queue_follows_what_is_decided_now(DatabaseKind kind)
    {
        await using var shop = await Workshop.OpenAsync(kind);
        var project = await shop.ProjectAsync(Yaml(min: 2, max: 3));
        await shop.ImportAsync(project, (await shop.PicturesAsync(2)).Select((p, i) => Line(p, $"street-{i}")));
        var (ann, bob) = (await shop.AddAsync("Ann"), await shop.AddAsync("Bob"));
        foreach (var person in new[] { ann, bob })
        {
            var lease = await person.NextAsync(project);
            await person.SubmitAsync(lease!.Value.GetProperty("token").GetString()!, Answers("clear", Car));
        }

        await shop.SettleAsync();
        await using (var store = shop.Database.CreateContext())
        {
            // As another program would have left them: the open task without a slot, the finished one with a slot.
            await store.Tasks.Where(t => t.State == TaskState.Open).ExecuteUpdateAsync(t => t.SetProperty(x => x.Overlap, x => x.ResponseCount).SetProperty(x => x.OpenSlots, 0));
            await store.Tasks.Where(t => t.State == TaskState.Done).ExecuteUpdateAsync(t => t.SetProperty(x => x.Overlap, x => x.ResponseCount + 1).SetProperty(x => x.OpenSlots, 1));
        }

        await shop.Derivation.ReplayAsync(CancellationToken.None);
        await shop.SettleAsync();
        await using var after = shop.Database.CreateContext();
        Assert.All(await after.Tasks.AsNoTracking().ToListAsync(), t => Assert.True(t.State == TaskState.Open ? t.OpenSlots > 0 : t.OpenSlots == 0, $"{t.State} with {t.OpenSlots} slots"));
        Assert.True(await after.Tasks.AnyAsync(t => t.State == TaskState.Open), "An open task is what this is about.");
    }

    /// <summary>Each grade is of a response in force, to gold or to a task that others answered, by the best basis that there is.</summary>
    private static async Task GradesFitAsync(Store.StoreContext store)
    {
        var grades = await store.ResponseGrades.AsNoTracking().ToListAsync();
        var tasks = await store.Tasks.AsNoTracking().ToDictionaryAsync(t => t.Id);
        var responses = await store.Responses.AsNoTracking().ToDictionaryAsync(r => r.Id);
        var superseded = responses.Values.Where(r => r.Supersedes is not null).Select(r => r.Supersedes!.Value).ToHashSet();
        var reviews = (await store.Reviews.AsNoTracking().OrderBy(r => r.Id).ToListAsync()).GroupBy(r => r.TaskId).ToDictionary(g => g.Key, g => g.Last().Decision);
        Assert.Contains(grades, g => g.Basis == GradeBasis.Others);
        Assert.Contains(grades, g => g.Basis == GradeBasis.Gold);
        Assert.All(grades, g =>
        {
            var (task, response) = (tasks[g.TaskId], responses[g.ResponseId]);
            Assert.DoesNotContain(g.ResponseId, superseded);
            Assert.InRange(g.Right, 0, 1);
            Assert.Equal((response.ContributorId, response.SubmittedAt, 2), (g.ContributorId, g.SubmittedAt, g.Choices));
            Assert.Equal(g.Basis == GradeBasis.Gold, task.Purpose == TaskPurpose.Gold);
            Assert.NotEqual(TaskState.Withdrawn, task.State);
            Assert.True(g.Basis != GradeBasis.Others || task.ResponseCount >= 2, "Nobody else answered who could grade it.");
            var isReviewed = reviews.TryGetValue(task.Id, out var decision) && decision is ReviewDecision.Accept or ReviewDecision.Edit;
            Assert.Equal(task.Purpose != TaskPurpose.Gold && isReviewed, g.Basis == GradeBasis.Review);
        });
        var gold = responses.Values.Where(r => tasks[r.TaskId].Purpose == TaskPurpose.Gold && !superseded.Contains(r.Id)).Select(r => r.Id.Value).Order();
        Assert.Equal(gold, grades.Where(g => g.Basis == GradeBasis.Gold).Select(g => g.ResponseId.Value).Order());
    }

    /// <summary>As long as the place that was reached before lies ahead, what is done is not all known as done.</summary>
    private static async Task NothingIsPublishedMeanwhileAsync(Workshop shop, Store.Ids.ProjectId project)
    {
        await MoveAsync(1);
        var refusal = await shop.Owner.PostAsync($"/api/v1/projects/{project}/audits", new { share = 0.5 }, System.Net.HttpStatusCode.Conflict);
        Assert.Equal("deriving", refusal.GetProperty("code").GetString());
        var refused = await Assert.ThrowsAsync<ReleaseRefusedException>(BuildAsync);
        Assert.Equal("deriving", refused.Code);
        await MoveAsync(-1);
        Assert.NotEqual(0, (await BuildAsync()).Labels);

        Task<int> MoveAsync(long rows) => shop.Database.WriteAsync(
            (store, cancel) => store.OutboxPositions.Where(p => p.Consumer == "derive_farthest").ExecuteUpdateAsync(p => p.SetProperty(x => x.Epoch, x => x.Epoch + rows), cancel),
            CancellationToken.None);

        Task<BuiltRelease> BuildAsync() => ReleaseBuilder.BuildAsync(
            shop.Database, new(Path.Combine(shop.Folder, "content")), project, new ReleaseOptions { AcceptUnassayed = true },
            Path.Combine(shop.Folder, "release"), shop.Clock.GetUtcNow(), number: null, release: null, progress: null, CancellationToken.None);
    }

    private static async Task WorkAsync(Member person, string project, Random random)
    {
        var next = await person.PostAsync($"/api/v1/projects/{project}/work/next");
        if (next.GetProperty("lease") is not { ValueKind: JsonValueKind.Object } lease) return;
        var token = lease.GetProperty("token").GetString()!;
        switch (random.Next(10))
        {
            case 0:
                await person.PostAsync($"/api/v1/leases/{token}/skip", new { reason = "blurred" }, System.Net.HttpStatusCode.NoContent);
                break;
            case 1:
                await person.PostAsync($"/api/v1/leases/{token}/return", null, System.Net.HttpStatusCode.NoContent);
                break;
            default:
                var things = new[] { Car, Walker }.Where(_ => random.Next(5) > 0).Select(t => t.Moved(Math.Round(random.NextDouble() * 2, 2), 0)).ToArray();
                await person.SubmitAsync(token, Answers(random.Next(4) == 0 ? "rain" : "clear", things));
                break;
        }
    }

    private static async Task ReviewAsync(Member reviewer, string project, Random random)
    {
        var next = await reviewer.PostAsync($"/api/v1/projects/{project}/reviews/next");
        if (next.GetProperty("lease") is not { ValueKind: JsonValueKind.Object } lease) return;
        var path = $"/api/v1/reviews/{lease.GetProperty("token").GetString()}";
        var hasConsensus = lease.GetProperty("consensus").ValueKind == JsonValueKind.Object;
        var responses = lease.GetProperty("responses");
        var comments = new[] { new { text = "Look again." } };
        switch (random.Next(4))
        {
            case 0 when hasConsensus:
                await reviewer.PutAsync(path, new { decision = "accept" });
                break;
            case 1 when responses.GetArrayLength() > 0:
                await reviewer.PutAsync(path, new { decision = "send_back", response = responses[0].GetProperty("response").GetGuid(), comments });
                break;
            case 2:
                await reviewer.PutAsync(path, new { decision = "withdraw", comments });
                break;
            default:
                await reviewer.PutAsync(path, $$"""{"decision":"edit","answers":{{Answers("clear", Car)}}}""");
                break;
        }
    }

    /// <summary>What a lead does meanwhile.</summary>
    private static async Task LeadAsync(Workshop shop, string project, int step, List<Guid> pictures)
    {
        switch (step)
        {
            case 25:
                await shop.ImportAsync(Store.Ids.ProjectId.Parse(project, null), pictures.Skip(30).Select((p, i) => Line(p, $"more-{i}")));
                break;
            case 40 or 80:
                var (etag, body) = ("*", step == 40 ? """{"overlap":{"min":3,"max":4,"confidence":0.9}}""" : """{"overlap":{"min":2,"max":3,"confidence":0.7}}""");
                using (var patch = new HttpRequestMessage(HttpMethod.Patch, $"/api/v1/projects/{project}") { Content = new StringContent(body, System.Text.Encoding.UTF8, "application/json") })
                {
                    patch.Headers.TryAddWithoutValidation("If-Match", etag);
                    using var answer = await shop.Owner.Client.SendAsync(patch);
                    Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
                }

                break;
            case 50 or 90:
                // An ordinary task becomes gold, and a known answer is corrected.
                await using (var store = shop.Database.CreateContext())
                {
                    var ordinary = await store.Tasks.Where(t => t.Purpose == TaskPurpose.Label).OrderByDescending(t => t.ResponseCount).Select(t => t.Id).FirstAsync();
                    var gold = await store.Gold.OrderBy(g => g.TaskId).Select(g => g.TaskId).FirstAsync();
                    await shop.Owner.PutAsync($"/api/v1/tasks/{ordinary}/gold", $$"""{"answers":{{Answers("clear", Car, Walker)}}}""");
                    await shop.Owner.PutAsync($"/api/v1/tasks/{gold}/gold", $$"""{"answers":{{Answers("rain", Walker)}}}""");
                }

                break;
            case 100:
                await shop.SettleAsync();
                await shop.Owner.PostAsync($"/api/v1/projects/{project}/audits", new { share = 0.5 }, System.Net.HttpStatusCode.Created);
                break;
            case 105 or 120:
                // What is done is doubted and decided again.
                await shop.SettleAsync();
                await using (var store = shop.Database.CreateContext())
                {
                    var done = await store.Tasks.Where(t => t.Purpose == TaskPurpose.Label && t.State == TaskState.Done).OrderBy(t => t.Id).Take(2).Select(t => t.Id.Value).ToListAsync();
                    await shop.Owner.PostAsync($"/api/v1/projects/{project}/suspects/requeue", new { tasks = done });
                    if (step == 120) await shop.Owner.PostAsync($"/api/v1/projects/{project}/suspects/requeue/withdraw", new { tasks = done.Take(1) });
                }

                break;
            case 110:
                await shop.Owner.PutAsync($"/api/v1/assets/{pictures[10]}/withdrawal", new { reason = "A face can be seen." });
                break;
        }
    }
}
