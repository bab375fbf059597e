using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Touchstone.Server.Tests.Work;
using Touchstone.Server.Trust.Consensus;
using Touchstone.Server.Trust.GoldTasks;
using Touchstone.Server.Work;
using Touchstone.Store.Entities;
using Touchstone.Store.Ids;
using Touchstone.Store.Outbox;
using Touchstone.Testing;
using static Touchstone.Server.Tests.Trust.Streets;

namespace Touchstone.Server.Tests.Trust;

/// <summary>Gold is rotated and made of reviewed tasks; reviews teach and may be shown.</summary>
public sealed class GoldPoolTests
{
    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task Gold_is_retired_after_so_many_answers_and_listed_with_its_figures(DatabaseKind kind)
    {
        await using var shop = await Workshop.OpenAsync(kind);
        var project = await shop.ProjectAsync(Yaml().Replace("gold: {rate: 0}", "gold: {rate: 0.5, rotate_after: 2}", StringComparison.Ordinal));
        var pictures = await shop.PicturesAsync(12);
        await shop.ImportAsync(project, pictures.Select((p, i) => Line(p, $"s{i}", i < 1 ? Answers("clear", Car) : null)));
        Member[] people = [await shop.AddAsync("Ann"), await shop.AddAsync("Bob"), await shop.AddAsync("Cid")];
        foreach (var person in people)
        {
            for (var i = 0; i < 6 && await person.NextAsync(project) is { } lease; i++) await person.SubmitAsync(lease.GetProperty("token").GetString()!, Answers("clear", Car));
        }

        await shop.SettleAsync();
        await using var store = shop.Database.CreateContext();
        var gold = await store.Gold.SingleAsync();
        Assert.NotNull(gold.RetiredAt);
        Assert.Equal(0, (await store.Tasks.SingleAsync(t => t.Id == gold.TaskId)).OpenSlots);
        var answers = await store.Responses.Where(r => r.TaskId == gold.TaskId).OrderBy(r => r.Id).ToListAsync();
        Assert.InRange(answers.Count, 2, 3);
        await GradeAsync(shop, answers);
        var row = (await shop.Owner.GetAsync($"projects/{project}/gold?kind=gold")).GetProperty("items")[0];
        Assert.Equal((answers.Count, 1.0, "gold", "imported"), (row.GetProperty("answered").GetInt32(), row.GetProperty("right").GetDouble(), row.GetProperty("kind").GetString(), row.GetProperty("source").GetString()));
        Assert.InRange(row.GetProperty("low").GetDouble(), 0.2, 0.6);
        var before = await DerivedState.DumpAsync(shop.Database);
        await shop.Derivation.ReplayAsync(CancellationToken.None);
        await shop.SettleAsync();
        Assert.Equal(before, await DerivedState.DumpAsync(shop.Database));
    }

    /// <summary>Grades as the derivation keeps them; what it has entered already stays.</summary>
    private static Task<int> GradeAsync(Workshop shop, List<Response> answers) => shop.Database.WriteAsync(
        async (store, cancel) =>
        {
            foreach (var answer in answers)
            {
                if (await store.ResponseGrades.AnyAsync(g => g.ResponseId == answer.Id, cancel)) continue;
                store.Add(new ResponseGrade
                {
                    ResponseId = answer.Id,
                    OrganizationId = answer.OrganizationId,
                    ProjectId = answer.ProjectId,
                    TaskId = answer.TaskId,
                    ContributorId = answer.ContributorId,
                    Basis = GradeBasis.Gold,
                    Right = 1,
                    Choices = 2,
                    SubmittedAt = answer.SubmittedAt,
                });
            }

            return 0;
        },
        CancellationToken.None);

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task What_a_reviewer_decides_teaches_makes_gold_and_is_shown(DatabaseKind kind)
    {
        await using var shop = await Workshop.OpenAsync(kind);
        var project = await shop.ProjectAsync(Yaml(min: 2, max: 2, review: "always", gold: 0.5));
        var pictures = await shop.PicturesAsync(8);
        await shop.ImportAsync(project, pictures.Take(3).Select((p, i) => Line(p, $"s{i}")));
        var (ann, bob, rita) = (await shop.AddAsync("Ann"), await shop.AddAsync("Bob"), await shop.AddAsync("Rita", Role.Reviewer));
        foreach (var person in (Member[])[ann, bob])
            while (await person.NextAsync(project) is { } lease) await person.SubmitAsync(lease.GetProperty("token").GetString()!, Answers("clear", Car));
        await shop.SettleAsync();
        await using var store = shop.Database.CreateContext();
        var lastResponse = OutboxPlace.Of(await store.Outbox.Where(r => r.Kind == OutboxKind.ResponseSubmitted).OrderBy(r => r.Epoch).ThenBy(r => r.Sequence).LastAsync());
        var reviews = new List<(Guid Review, Guid Task)>();
        for (var i = 0; i < 3; i++)
        {
            var lease = (await rita.PostAsync($"projects/{project}/reviews/next")).GetProperty("lease");
            var receipt = await rita.PutAsync($"reviews/{lease.GetProperty("token").GetString()}", i == 2
                ? """{"decision":"withdraw","comments":[{"text":"Nothing to see."}]}"""
                : i == 1 ? $$"""{"decision":"edit","answers":{{Answers("rain", Car)}}}""" : """{"decision":"accept"}""");
            reviews.Add((receipt.GetProperty("id").GetGuid(), receipt.GetProperty("task").GetGuid()));
        }

        await shop.SettleAsync();
        var lastRow = OutboxPlace.Of(await store.Outbox.OrderBy(r => r.Epoch).ThenBy(r => r.Sequence).LastAsync());
        var ontologies = shop.Server.Services.GetRequiredService<OntologyCache>();
        var (then, now) = (await FitAsync(lastResponse), await FitAsync(lastRow));
        Assert.Empty(then.Reviewed);
        Assert.Equal(reviews.Take(2).Select(r => r.Task.ToString()).Order(), now.Reviewed.Select(r => r.TaskId));
        Assert.Empty(now.Known);

        // Shown to everybody in the project, without naming the task or anybody.
        var example = await rita.PostAsync($"reviews/{reviews[1].Review}/example", new { caption = "Rain makes the road shine." });
        Assert.Equal("not_showable", (await rita.PostAsync($"reviews/{reviews[2].Review}/example", new { caption = "No." }, HttpStatusCode.Conflict)).GetProperty("code").GetString());
        var shown = (await ann.GetAsync($"projects/{project}/examples")).GetProperty("items");
        Assert.Equal(1, shown.GetArrayLength());
        Assert.Equal("rain", shown[0].GetProperty("answers").GetProperty("weather").GetString());
        Assert.DoesNotContain(reviews[1].Task.ToString(), shown.ToString(), StringComparison.Ordinal);
        using (var picture = await ann.Client.GetAsync(shown[0].GetProperty("input").GetProperty("url").GetString())) Assert.Equal(HttpStatusCode.OK, picture.StatusCode);
        Assert.Equal("is_example", (await shop.Owner.PutAsync($"tasks/{reviews[1].Task}/gold", $$"""{"answers":{{Answers("clear")}}}""", HttpStatusCode.Conflict)).GetProperty("code").GetString());

        var made = await shop.Owner.PostAsync($"projects/{project}/gold/from-reviewed", new { tasks = reviews.Select(r => r.Task) });
        Assert.Equal(1, made.GetProperty("made").GetInt32());
        Assert.Equal(["is_example", "not_reviewed"], made.GetProperty("refused").EnumerateArray().Select(r => r.GetProperty("reason").GetString()));
        Assert.Equal("made_before", (await shop.Owner.PostAsync($"projects/{project}/gold/from-reviewed", new { tasks = new[] { reviews[0].Task } })).GetProperty("refused")[0].GetProperty("reason").GetString());
        Assert.Equal("not_showable", (await rita.PostAsync($"reviews/{reviews[0].Review}/example", new { caption = "It is gold." }, HttpStatusCode.Conflict)).GetProperty("code").GetString());
        await ann.PostAsync($"reviews/{reviews[1].Review}/example", new { caption = "No." }, HttpStatusCode.Forbidden);
        await GoldIsForOthersAsync(shop, project, pictures, ann);

        await shop.Owner.SendDeleteAsync($"examples/{example.GetProperty("id").GetGuid()}");
        Assert.Equal(0, (await ann.GetAsync($"projects/{project}/examples")).GetProperty("items").GetArrayLength());
        await ann.GetAsync($"examples/{example.GetProperty("id").GetGuid()}/input", HttpStatusCode.NotFound);
        await shop.SettleAsync();
        Assert.Equal(1, (await store.Counters.AsNoTracking().SingleAsync()).GoldTasks);
        var before = await DerivedState.DumpAsync(shop.Database);
        await shop.Derivation.ReplayAsync(CancellationToken.None);
        await shop.SettleAsync();
        Assert.Equal(before, await DerivedState.DumpAsync(shop.Database));

        async Task<FitInput> FitAsync(OutboxPlace at) => (await FitInput.ReadAsync(store, ontologies, project, new FitPlace(at, []), 1000, CancellationToken.None))!;
    }

    /// <summary>Gold of a reviewed task goes to those who did not answer that one: they would know the picture, and that it came twice.</summary>
    private static async Task GoldIsForOthersAsync(Workshop shop, ProjectId project, List<Guid> pictures, Member ann)
    {
        await shop.ImportAsync(project, pictures.Skip(3).Select((p, i) => Line(p, $"more-{i}")));
        var cid = await shop.AddAsync("Cid");
        foreach (var person in (Member[])[ann, cid])
            for (var i = 0; i < 8 && await person.NextAsync(project) is { } lease; i++) await person.SubmitAsync(lease.GetProperty("token").GetString()!, Answers("clear", Car));
        await using var store = shop.Database.CreateContext();
        var gold = await store.Tasks.SingleAsync(t => t.Purpose == TaskPurpose.Gold);
        Assert.NotNull(gold.AuditOf);
        Assert.Equal([cid.Id], await store.Responses.Where(r => r.TaskId == gold.Id).Select(r => r.ContributorId).ToListAsync());
    }

    [Fact]
    public void The_surest_are_chosen_spread_over_the_classes()
    {
        var ids = Enumerable.Range(0, 6).Select(i => LabelTaskId.From(new Guid(i + 1, 0, 0, new byte[8]))).ToList();
        GoldCandidate[] candidates =
        [
            new(ids[0], 0.99, ["car"]), new(ids[1], 0.98, ["car"]), new(ids[2], 0.97, ["car"]), new(ids[3], 0.6, ["person"]), new(ids[4], 0.5, []), new(ids[5], 0.7, ["person", "car"]),
        ];
        var chosen = GoldChoice.Pick(candidates, 3);
        Assert.Equal([ids[4], ids[0], ids[5]], chosen);
        Assert.Equal(6, GoldChoice.Pick(candidates, 10).Count);
    }
}
