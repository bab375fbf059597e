using System.Diagnostics;
using System.Net;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Touchstone.Quality.Agreements;
using Touchstone.Quality.Categorical;
using Touchstone.Quality.Operations;
using Touchstone.Server.Trust.Quality;
using Touchstone.Store.Entities;
using Touchstone.Store.Ids;
using Touchstone.Testing;
using static Touchstone.Server.Tests.Trust.Streets;

namespace Touchstone.Server.Tests.Trust;

public sealed class QualityTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task A_crowd_with_two_who_guess_and_one_who_declines_is_seen_through(DatabaseKind kind)
    {
        await using var shop = await Workshop.OpenAsync(kind);
        var project = await shop.ProjectAsync(Crowd.ChoiceYaml);
        var pictures = await shop.PicturesAsync(190);
        await shop.ImportAsync(project, pictures.Select((p, i) => Line(p, $"street-{i}")));
        var crowd = await Crowd.AddAsync(shop, planted: new HashSet<int> { 100, 130, 160, 190, 220 });
        await crowd.WorkAsync(shop, project, Crowd.Choice);

        await CheckContributorsAsync(shop, project, crowd);
        await CheckAgreementAsync(shop, project);
        await CheckSuspectsAsync(shop, project, crowd);
        await CheckDecisionsAsync(shop, project, crowd);
    }

    [Fact]
    public async Task Those_who_draw_anywhere_are_seen_through_too()
    {
        await using var shop = await Workshop.OpenAsync(DatabaseKind.Sqlite);
        var project = await shop.ProjectAsync(Yaml(min: 3, max: 4, review: "never"));
        await shop.ImportAsync(project, (await shop.PicturesAsync(160)).Select((p, i) => Line(p, $"street-{i}")));
        var crowd = await Crowd.AddAsync(shop, driftsAfter: 30);
        await crowd.WorkAsync(shop, project, Crowd.Shapes);

        await CheckContributorsAsync(shop, project, crowd);
        var quality = await shop.Owner.GetAsync($"projects/{project}/quality");
        var shapes = quality.GetProperty("questions").EnumerateArray().Single(q => q.GetProperty("id").GetString() == "objects");
        Assert.Equal("shapes", shapes.GetProperty("kind").GetString());
        Assert.All(shapes.GetProperty("coefficients").EnumerateArray(), c => Assert.InRange(c.GetProperty("value").GetDouble(), 0.1, 1));
        Assert.Equal(["car", "person"], shapes.GetProperty("classes").EnumerateArray().Select(c => c.GetProperty("id").GetString()));
        Assert.Contains(quality.GetProperty("confusion").EnumerateArray(), c => c.GetProperty("key").GetString() == "objects/parked");
        var suspects = (await shop.Owner.GetAsync($"projects/{project}/suspects?question=objects&limit=20")).GetProperty("items").EnumerateArray().ToList();
        Assert.NotEmpty(suspects);
        Assert.Equal(suspects.Select(s => s.GetProperty("score").GetDouble()).Order(), suspects.Select(s => s.GetProperty("score").GetDouble()));
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task What_was_saved_is_measured_against_the_settings_under_which_each_task_was_answered(DatabaseKind kind)
    {
        await using var shop = await Workshop.OpenAsync(kind);
        var project = await shop.ProjectAsync(Crowd.ChoiceYaml);   // 3 to 4 responses
        var pictures = await shop.PicturesAsync(16);
        await shop.ImportAsync(project, pictures.Take(10).Select((p, i) => Line(p, $"early-{i}")));
        var crowd = await Crowd.AddAsync(shop);
        await crowd.WorkAsync(shop, project, Crowd.Choice);
        var before = (await shop.Owner.GetAsync($"projects/{project}/quality")).GetProperty("overlap");
        Assert.Equal((10, 40), (before.GetProperty("tasks_done").GetInt32(), before.GetProperty("fixed_responses").GetInt32()));

        await SetOverlapAsync(shop, project, min: 3, max: 8);
        await shop.SettleAsync();
        var after = (await shop.Owner.GetAsync($"projects/{project}/quality")).GetProperty("overlap");
        Assert.Equal(8, after.GetProperty("max").GetInt32());
        foreach (var figure in new[] { "fixed_responses", "saved" }) Assert.Equal(before.GetProperty(figure).ToString(), after.GetProperty(figure).ToString());

        var early = await ResponsesOfAsync(shop, project);
        await shop.ImportAsync(project, pictures.Skip(10).Select((p, i) => Line(p, $"late-{i}")));
        await crowd.WorkAsync(shop, project, Crowd.Choice);
        var fixedResponses = (await ResponsesOfAsync(shop, project)).Sum(t => early.TryGetValue(t.Key, out var responses) && responses == t.Value ? 4 : 8);   // what was asked again, was under the later settings
        await SetOverlapAsync(shop, project, min: 2, max: 2);
        await shop.SettleAsync();
        var all = (await shop.Owner.GetAsync($"projects/{project}/quality")).GetProperty("overlap");
        Assert.Equal((16, fixedResponses), (all.GetProperty("tasks_done").GetInt32(), all.GetProperty("fixed_responses").GetInt32()));
        Assert.InRange(fixedResponses, 10 * 4 + 6 * 8, 16 * 8 - 1);
        Assert.Equal(1 - all.GetProperty("responses").GetInt32() / (double)fixedResponses, all.GetProperty("saved").GetDouble(), 1e-6);
    }

    private static async Task<Dictionary<LabelTaskId, int>> ResponsesOfAsync(Workshop shop, ProjectId project)
    {
        await using var store = shop.Database.CreateContext();
        return await store.Tasks.Where(t => t.ProjectId == project).ToDictionaryAsync(t => t.Id, t => t.ResponseCount);
    }

    private static async Task SetOverlapAsync(Workshop shop, ProjectId project, int min, int max)
    {
        using var patch = new HttpRequestMessage(HttpMethod.Patch, $"/api/v1/projects/{project}") { Content = new StringContent(JsonSerializer.Serialize(new { overlap = new { min, max, confidence = 0.8 } }), System.Text.Encoding.UTF8, "application/json") };
        patch.Headers.TryAddWithoutValidation("If-Match", "*");
        using var answer = await shop.Owner.Client.SendAsync(patch);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
    }

    private async Task CheckContributorsAsync(Workshop shop, ProjectId project, Crowd crowd)
    {
        var rows = (await shop.Owner.GetAsync($"projects/{project}/contributors/quality")).GetProperty("items").EnumerateArray().ToDictionary(r => r.GetProperty("contributor").GetGuid());
        foreach (var row in rows.Values)
        {
            var gate = row.GetProperty("gate");
            output.WriteLine($"{row.GetProperty("display_name")}: {row.GetProperty("graded")} graded, {row.GetProperty("right").GetDouble():F2}; {gate.GetProperty("verdict")}: {gate.GetProperty("reason")} {row.GetProperty("drift").GetProperty("reason")}");
        }

        await using var store = shop.Database.CreateContext();
        var history = await GradeHistory.ReadAsync(store, project, CancellationToken.None);
        foreach (var spammer in crowd.Spammers)
        {
            Assert.Equal("propose_retraining", rows[spammer.Id.Value].GetProperty("gate").GetProperty("verdict").GetString());
            Assert.Equal(GateVerdict.ProposeRetraining, ContributorFold.Judge([.. history.Of(spammer.Id).Take(40)], null).Gate.Verdict);
        }

        foreach (var honest in crowd.Honests)
        {
            var row = rows[honest.Id.Value];
            Assert.NotEqual("propose_retraining", row.GetProperty("gate").GetProperty("verdict").GetString());
            Assert.False(row.GetProperty("drift").GetProperty("alarm").GetBoolean());
            Assert.Equal(row.GetProperty("graded").GetInt32(), row.GetProperty("points").EnumerateArray().Sum(p => p.GetProperty("answers").GetInt32()));
            Assert.InRange(row.GetProperty("right").GetDouble(), row.GetProperty("low").GetDouble(), row.GetProperty("high").GetDouble());
            Assert.Equal("newcomer", row.GetProperty("standing").GetProperty("state").GetString());
        }

        var drift = rows[crowd.Drifter.Id.Value].GetProperty("drift");
        Assert.True(drift.GetProperty("alarm").GetBoolean(), drift.ToString());
        var began = history.Of(crowd.Drifter.Id)[crowd.DriftsAfter].At;
        Assert.InRange(drift.GetProperty("since").GetDateTimeOffset(), began.AddMinutes(-1), began.AddMinutes(1));
    }

    /// <summary>What the page says is what the library says of the same votes.</summary>
    private static async Task CheckAgreementAsync(Workshop shop, ProjectId project)
    {
        var quality = await shop.Owner.GetAsync($"projects/{project}/quality");
        await using var store = shop.Database.CreateContext();
        var responses = await store.Responses.AsNoTracking().OrderBy(r => r.Id).ToListAsync();
        var (items, people) = (new Dictionary<LabelTaskId, int>(), new Dictionary<ContributorId, int>());
        var votes = new Votes(
            [.. responses.Select(r => Number(items, r.TaskId))], [.. responses.Select(r => Number(people, r.ContributorId))],
            [.. responses.Select(r => Array.IndexOf(Crowd.Options, JsonElement.Parse(r.Answers).GetProperty("weather").GetString()))], items.Count, people.Count, 4);
        var question = Assert.Single(quality.GetProperty("questions").EnumerateArray().ToList());
        foreach (var (name, metric) in new[] { ("percent", AgreementMetric.PercentAgreement), ("krippendorff_alpha", AgreementMetric.Krippendorff), ("gwet_ac1", AgreementMetric.Gwet), ("fleiss_kappa", AgreementMetric.Fleiss) })
        {
            var coefficient = question.GetProperty("coefficients").EnumerateArray().Single(c => c.GetProperty("name").GetString() == name);
            var expected = AgreementCoefficients.Of(votes, metric);
            Assert.Equal(expected.Value!.Value, coefficient.GetProperty("value").GetDouble(), 1e-6);
            Assert.Equal(expected.Interval!.Value.Lower, coefficient.GetProperty("low").GetDouble(), 1e-6);
        }

        Assert.Equal(responses.Count, question.GetProperty("classes").EnumerateArray().Sum(c => c.GetProperty("responses").GetInt32()));
        Assert.Equal((items.Count, responses.Count), (quality.GetProperty("tasks").GetInt32(), quality.GetProperty("responses").GetInt32()));
        var confusion = Assert.Single(quality.GetProperty("confusion").EnumerateArray().ToList());
        Assert.Equal(Crowd.Options, confusion.GetProperty("labels").EnumerateArray().Select(l => l.GetString()));
        Assert.All(confusion.GetProperty("rows").EnumerateArray(), r => Assert.Equal(1, r.EnumerateArray().Sum(x => x.GetDouble()), 1e-6));
        var (overlap, cost) = (quality.GetProperty("overlap"), quality.GetProperty("cost"));
        Assert.Equal(responses.Count, overlap.GetProperty("responses").GetInt32());
        Assert.Equal(1 - responses.Count / (4.0 * items.Count), overlap.GetProperty("saved").GetDouble(), 1e-6);
        Assert.Equal((items.Count, items.Count), (cost.GetProperty("accepted_tasks").GetInt32(), cost.GetProperty("accepted_labels").GetInt32()));
        Assert.Equal(1500.0 * responses.Count / items.Count, cost.GetProperty("milliseconds_per_task").GetDouble(), 1e-3);

        static int Number<T>(Dictionary<T, int> known, T key) where T : notnull
        {
            if (!known.TryGetValue(key, out var number)) known.Add(key, number = known.Count);
            return number;
        }
    }

    private async Task CheckSuspectsAsync(Workshop shop, ProjectId project, Crowd crowd)
    {
        var suspects = new List<JsonElement>();
        for (string? after = null; ;)
        {
            var page = await shop.Owner.GetAsync($"projects/{project}/suspects?limit=80{(after is null ? "" : $"&after={after}")}");
            suspects.AddRange(page.GetProperty("items").EnumerateArray());
            after = page.GetProperty("next").GetString();
            if (after is null) break;
        }

        Assert.Equal(suspects.Count, suspects.Select(s => s.GetProperty("task").GetGuid()).Distinct().Count());
        int WidthOf(JsonElement suspect) => 64 + int.Parse(suspect.GetProperty("external_id").GetString()!["street-".Length..], System.Globalization.CultureInfo.InvariantCulture);
        var wrong = suspects.Select((s, i) => (Place: i, Width: WidthOf(s), Answer: s.GetProperty("answer").GetString())).Where(s => s.Answer != Crowd.Options[Crowd.TruthOf(s.Width)]).ToList();
        output.WriteLine($"{suspects.Count} accepted labels, wrong ones at {string.Join(' ', wrong.Select(w => w.Place))}, planted at {string.Join(' ', suspects.Select((s, i) => (s, i)).Where(s => crowd.Planted.Contains(WidthOf(s.s))).Select(s => s.i))}: {suspects[0]}");

        // Nobody can tell from the answers alone where those who usually err were right against two others: a wrong label comes before a right one with a high probability (the area under the curve), not always.
        double AreaOf(IReadOnlyCollection<int> places) => 1 - (places.Average() - (places.Count - 1) / 2.0) / (suspects.Count - places.Count);
        var area = AreaOf([.. wrong.Select(w => w.Place)]);
        Assert.True(area >= 0.6, $"Wrong labels come before right ones with {area:0.00}; of so few as are left wrong, 0.5 is chance and 0.8 the mean of many runs.");
        // What the first two said alike is the hardest to doubt: where the last answers did not overrule it, they stand against it two to two at best.
        var planted = AreaOf([.. suspects.Select((s, i) => (Place: i, Width: WidthOf(s))).Where(s => crowd.Planted.Contains(s.Width)).Select(s => s.Place)]);
        Assert.True(planted >= 0.6, $"What was planted comes before the rest with {planted:0.00}.");

        var (first, second) = (suspects[0].GetProperty("task").GetGuid(), suspects[1].GetProperty("task").GetGuid());
        var stranger = Guid.NewGuid();
        var receipt = await shop.Owner.PostAsync($"projects/{project}/suspects/requeue", new { tasks = new[] { first, second, stranger, first } });
        Assert.Equal(2, receipt.GetProperty("requeued").GetInt32());
        Assert.Equal("not_found", Assert.Single(receipt.GetProperty("refused").EnumerateArray().ToList()).GetProperty("reason").GetString());
        receipt = await shop.Owner.PostAsync($"projects/{project}/suspects/requeue", new { tasks = new[] { first } });
        Assert.Equal("in_review", receipt.GetProperty("refused")[0].GetProperty("reason").GetString());
        await shop.SettleAsync();
        Assert.DoesNotContain((await shop.Owner.GetAsync($"projects/{project}/suspects")).GetProperty("items").EnumerateArray(), s => s.GetProperty("task").GetGuid() == first);
        var stopping = (await shop.Owner.GetAsync($"tasks/{first}/consensus")).GetProperty("stopping");
        Assert.Equal("reopened", stopping.GetProperty("reason").GetString());

        await CheckUndoAsync(shop, project, suspects[2].GetProperty("task").GetGuid(), first);
        var rita = await shop.AddAsync("Rita", Role.Reviewer);
        var open = (await rita.GetAsync($"projects/{project}/reviews/open")).GetProperty("items").EnumerateArray().ToList();
        Assert.Equal([first, second], open.Select(o => o.GetProperty("task").GetGuid()).OrderBy(t => t == first ? 0 : 1));
        Assert.All(open, o => Assert.Equal("reopened", o.GetProperty("reason").GetString()));
        var lease = (await rita.PostAsync($"projects/{project}/reviews/next?task={first}")).GetProperty("lease");
        var path = $"reviews/{lease.GetProperty("token").GetString()}";
        await rita.PutAsync(path, new { decision = "reopen" }, HttpStatusCode.UnprocessableEntity);
        await rita.PutAsync(path, new { decision = "edit", answers = new { weather = Crowd.Options[Crowd.TruthOf(WidthOf(suspects[0]))] } });
        await shop.SettleAsync();
        await using var store = shop.Database.CreateContext();
        Assert.Equal(TaskState.Done, (await store.Tasks.SingleAsync(t => t.Id == LabelTaskId.From(first))).State);
        Assert.All(await store.ResponseGrades.Where(g => g.TaskId == LabelTaskId.From(first)).ToListAsync(), g => Assert.Equal((GradeBasis.Review, g.Right is 0 or 1), (g.Basis, true)));
        Assert.DoesNotContain((await shop.Owner.GetAsync($"projects/{project}/suspects")).GetProperty("items").EnumerateArray(), s => s.GetProperty("task").GetGuid() == first);
    }

    /// <summary>What was queued by mistake is done again, and may be queued once more; not so what a reviewer has before them.</summary>
    private static async Task CheckUndoAsync(Workshop shop, ProjectId project, Guid mistaken, Guid begun)
    {
        var (requeue, undo) = ($"projects/{project}/suspects/requeue", $"projects/{project}/suspects/requeue/withdraw");
        var rolf = await shop.AddAsync("Rolf", Role.Reviewer);
        var lease = (await rolf.PostAsync($"projects/{project}/reviews/next?task={begun}")).GetProperty("lease");
        for (var round = 0; round < 2; round++)
        {
            Assert.Equal(1, (await shop.Owner.PostAsync(requeue, new { tasks = new[] { mistaken } })).GetProperty("requeued").GetInt32());
            if (round == 1) await shop.SettleAsync();   // also where it has reached the reviewers' queue
            var stranger = Guid.NewGuid();
            var receipt = await shop.Owner.PostAsync(undo, new { tasks = new[] { mistaken, begun, stranger } });
            Assert.Equal(1, receipt.GetProperty("withdrawn").GetInt32());
            Assert.Equal([(begun, "begun"), (stranger, "not_found")], receipt.GetProperty("refused").EnumerateArray().Select(r => (r.GetProperty("task").GetGuid(), r.GetProperty("reason").GetString())));
            await shop.SettleAsync();
            Assert.Contains((await shop.Owner.GetAsync($"projects/{project}/suspects?limit=80")).GetProperty("items").EnumerateArray(), s => s.GetProperty("task").GetGuid() == mistaken);
            Assert.DoesNotContain((await rolf.GetAsync($"projects/{project}/reviews/open")).GetProperty("items").EnumerateArray(), o => o.GetProperty("task").GetGuid() == mistaken);
        }

        Assert.Equal("not_requeued", (await shop.Owner.PostAsync(undo, new { tasks = new[] { mistaken } })).GetProperty("refused")[0].GetProperty("reason").GetString());
        await rolf.PostAsync(undo, new { tasks = new[] { begun } }, HttpStatusCode.Forbidden);
        await rolf.PutAsync($"reviews/{lease.GetProperty("token").GetString()}", new { decision = "keep" }, HttpStatusCode.UnprocessableEntity);
        await rolf.PostAsync($"leases/{lease.GetProperty("token").GetString()}/return", null, HttpStatusCode.NoContent);
    }

    private static async Task CheckDecisionsAsync(Workshop shop, ProjectId project, Crowd crowd)
    {
        var (sam, dan) = (crowd.Spammers.First(), crowd.Drifter);
        var path = $"projects/{project}/contributors/{sam.Id}/standing";
        await shop.Owner.PostAsync(path, new { choice = "dismiss", tasks = 3 }, HttpStatusCode.UnprocessableEntity);
        await shop.Owner.PostAsync($"projects/{project}/contributors/{Guid.NewGuid()}/standing", new { choice = "dismiss" }, HttpStatusCode.NotFound);
        Assert.Equal("nothing_to_train", (await shop.Owner.PostAsync(path, new { choice = "retrain" }, HttpStatusCode.Conflict)).GetProperty("code").GetString());
        Assert.Equal("no_gold", (await shop.Owner.PostAsync(path, new { choice = "evaluate" }, HttpStatusCode.Conflict)).GetProperty("code").GetString());

        var standing = await shop.Owner.PostAsync(path, new { choice = "dismiss", note = "The screen was broken." });
        Assert.Equal("newcomer", standing.GetProperty("state").GetString());
        await shop.SettleAsync();
        var detail = await shop.Owner.GetAsync($"projects/{project}/contributors/{sam.Id}/quality");
        Assert.Equal(("watching", 0), (detail.GetProperty("gate").GetProperty("verdict").GetString(), detail.GetProperty("gate").GetProperty("answers").GetInt32()));
        Assert.Equal("The screen was broken.", detail.GetProperty("decision").GetProperty("note").GetString());
        Assert.Equal("Olga", Assert.Single(detail.GetProperty("decisions").EnumerateArray().ToList()).GetProperty("decided_by_name").GetString());
        Assert.True(detail.GetProperty("graded").GetInt32() > 40, "What was graded stays; only what is counted against them begins anew.");
        Assert.Equal("weather", Assert.Single(detail.GetProperty("confusion").EnumerateArray().ToList()).GetProperty("key").GetString());

        await using (var store = shop.Database.CreateContext())
        {
            var decision = await store.StandingDecisions.SingleAsync();
            Assert.Equal("propose_retraining", JsonElement.Parse(decision.Evidence).GetProperty("gate").GetProperty("verdict").GetString());
            Assert.Equal(decision.Id.Value, (await store.Outbox.SingleAsync(o => o.Kind == OutboxKind.StandingDecided)).SubjectId);
            var task = await store.Tasks.OrderBy(t => t.Id).Select(t => t.Id).FirstAsync();
            await shop.Owner.PutAsync($"/api/v1/tasks/{task}/gold", """{"answers":{"weather":"fog"}}""");
        }

        path = $"projects/{project}/contributors/{dan.Id}/standing";
        standing = await shop.Owner.PostAsync(path, new { choice = "evaluate", tasks = 5 });
        Assert.Equal(("evaluation", 5), (standing.GetProperty("state").GetString(), standing.GetProperty("evaluation_left").GetInt32()));
        Assert.False((await shop.Owner.GetAsync($"projects/{project}/contributors/{dan.Id}/quality")).GetProperty("drift").GetProperty("alarm").GetBoolean());
        standing = await shop.Owner.PostAsync(path, new { choice = "restore" });
        Assert.Equal(("working", 0), (standing.GetProperty("state").GetString(), standing.GetProperty("evaluation_left").GetInt32()));
        foreach (var who in new[] { sam, await shop.AddAsync("Rob", Role.Reviewer) }) await who.PostAsync(path, new { choice = "restore" }, HttpStatusCode.Forbidden);
    }

    /// <summary>How long the page takes; run by name, it asserts nothing.</summary>
    [Theory(Explicit = true)]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task Ten_thousand_responses(DatabaseKind kind)
    {
        await using var shop = await Workshop.OpenAsync(kind);
        var project = await shop.ProjectAsync(Crowd.ChoiceYaml);
        await ManyResponses.FillAsync(shop, project, 10_000, overlap: 5, random => JsonSerializer.Serialize(new { weather = Crowd.Options[random.Next(5) == 0 ? random.Next(4) : 0] }));
        await shop.SettleAsync();
        foreach (var path in new[] { "quality", "quality", "contributors/quality", "contributors/quality", "suspects", "suspects" })
        {
            var watch = Stopwatch.StartNew();
            await shop.Owner.GetAsync($"projects/{project}/{path}");
            output.WriteLine($"{kind}: {path} {watch.ElapsedMilliseconds} ms");
        }
    }
}
