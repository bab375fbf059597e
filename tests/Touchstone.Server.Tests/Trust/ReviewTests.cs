using System.Net;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Touchstone.Store.Entities;
using Touchstone.Store.Ids;
using Touchstone.Testing;
using static Touchstone.Server.Tests.Trust.Streets;

namespace Touchstone.Server.Tests.Trust;

public sealed class ReviewTests
{
    private static readonly string Agreed = Answers("clear", Car, Walker);

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task Responses_that_agree_are_done_and_those_that_differ_go_on_to_people(DatabaseKind kind)
    {
        await using var shop = await Workshop.OpenAsync(kind);
        var project = await shop.ProjectAsync(Yaml());
        var pictures = await shop.PicturesAsync(2);
        await shop.ImportAsync(project, pictures.Select((p, i) => Line(p, $"street-{i}")));
        Member[] people = [await shop.AddAsync("Ann"), await shop.AddAsync("Bob"), await shop.AddAsync("Cid")];
        var rita = await shop.AddAsync("Rita", Role.Reviewer);

        // All agree upon the first picture; on the second each sees another weather and Cid sees nothing else.
        var weathers = new Queue<string>(["clear", "rain", "snow"]);
        var differing = new Dictionary<ContributorId, string>();
        foreach (var person in people)
        {
            await shop.SettleAsync();
            while (await person.NextAsync(project) is { } lease)
            {
                var isFirst = lease.GetProperty("inputs")[0].GetProperty("width").GetInt32() == 64;
                var answers = isFirst ? Agreed : Answers(weathers.Dequeue(), person == people[2] ? [] : [Car]);
                await person.SubmitAsync(lease.GetProperty("token").GetString()!, answers);
                if (!isFirst) differing[person.Id] = answers;
            }
        }

        await shop.SettleAsync();
        Assert.Equal(3, differing.Count);
        await using (var store = shop.Database.CreateContext())
        {
            var tasks = await store.Tasks.OrderBy(t => t.ExternalId).ToListAsync();
            Assert.Equal([TaskState.Done, TaskState.InReview], tasks.Select(t => t.State));
            Assert.Equal(2, tasks[0].ResponseCount);
            Assert.Equal(3, tasks[1].ResponseCount);
            var counters = await store.Counters.SingleAsync();
            Assert.Equal((2, 0, 1, 1, 5), (counters.Tasks, counters.Open, counters.InReview, counters.Done, counters.Responses));
        }

        var review = (await rita.PostAsync($"/api/v1/projects/{project}/reviews/next")).GetProperty("lease");
        Assert.Equal("street-1", review.GetProperty("external_id").GetString());
        Assert.Equal(3, review.GetProperty("responses").GetArrayLength());
        Assert.DoesNotContain(people, p => review.GetRawText().Contains(p.Id.ToString(), StringComparison.OrdinalIgnoreCase));
        var kinds = review.GetProperty("consensus").GetProperty("differences").EnumerateArray().Select(d => d.GetProperty("kind").GetString()).ToHashSet();
        Assert.Contains("answer", kinds);
        Assert.Contains("existence", kinds);

        // Sent back to Bob, who sees his answers and the comment, and does it again.
        var token = review.GetProperty("token").GetString();
        var bobs = review.GetProperty("responses").EnumerateArray().Single(r => Same(r.GetProperty("answers"), differing[people[1].Id])).GetProperty("response").GetGuid();
        await rita.PutAsync($"/api/v1/reviews/{token}", new { decision = "send_back", response = bobs }, HttpStatusCode.UnprocessableEntity);
        var decision = new { decision = "send_back", response = bobs, comments = new[] { new { text = "The road is dry.", question = "weather" } } };
        var receipt = await rita.PutAsync($"/api/v1/reviews/{token}", decision);
        Assert.Equal(receipt.GetRawText(), (await rita.PutAsync($"/api/v1/reviews/{token}", decision)).GetRawText());
        await rita.PutAsync($"/api/v1/reviews/{token}", new { decision = "accept" }, HttpStatusCode.Conflict);
        await shop.SettleAsync();

        var correction = (await people[1].NextAsync(project))!.Value;
        Assert.True(Same(correction.GetProperty("correction").GetProperty("answers"), differing[people[1].Id]));
        Assert.Equal("The road is dry.", correction.GetProperty("correction").GetProperty("comments")[0].GetProperty("text").GetString());
        await people[1].SubmitAsync(correction.GetProperty("token").GetString()!, Answers("clear", Car));
        await shop.SettleAsync();

        // Back in review: superseded answers are no longer counted.
        await using (var store = shop.Database.CreateContext())
        {
            var task = await store.Tasks.SingleAsync(t => t.ExternalId == "street-1");
            Assert.Equal(TaskState.InReview, task.State);
            Assert.Equal(3, (await store.Consensus.SingleAsync(c => c.TaskId == task.Id)).ResponseCount);
            Assert.Equal(4, await store.Responses.CountAsync(r => r.TaskId == task.Id));
        }

        var roy = await shop.AddAsync("Roy", Role.Reviewer);
        var second = (await roy.PostAsync($"/api/v1/projects/{project}/reviews/next")).GetProperty("lease");
        Assert.Equal("send_back", second.GetProperty("earlier").GetProperty("decision").GetString());
        await roy.PutAsync(
            $"/api/v1/reviews/{second.GetProperty("token").GetString()}",
            $$$"""{"decision":"edit","answers":{"objects":[],"weather":"hail"}}""",
            HttpStatusCode.UnprocessableEntity);
        await roy.PutAsync($"/api/v1/reviews/{second.GetProperty("token").GetString()}", $$$"""{"decision":"edit","answers":{{{Agreed}}}}""");
        await shop.SettleAsync();
        var reviews = await rita.GetAsync($"/api/v1/projects/{project}/reviews");
        Assert.Equal(["edit", "send_back"], reviews.GetProperty("items").EnumerateArray().Select(r => r.GetProperty("decision").GetString()));
        Assert.Equal(JsonValueKind.Null, reviews.GetProperty("items")[0].GetProperty("reviewer").ValueKind);

        // Everything that is derived is derived again, to the same state.
        var before = await DerivedState.DumpAsync(shop.Database);
        await shop.Derivation.ReplayAsync(CancellationToken.None);
        await shop.SettleAsync();
        Assert.Equal(before, await DerivedState.DumpAsync(shop.Database));
    }

    /// <summary>What is derived may move a task while a reviewer looks at it: the decision stands all the same and is counted from where the task was.</summary>
    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task A_task_that_moved_under_the_reviewer_is_counted_once(DatabaseKind kind)
    {
        await using var shop = await Workshop.OpenAsync(kind);
        var project = await shop.ProjectAsync(Yaml());
        var pictures = await shop.PicturesAsync(2);
        await shop.ImportAsync(project, pictures.Select((p, i) => Line(p, $"street-{i}")));
        foreach (var (name, weather) in new[] { ("Ann", "clear"), ("Bob", "rain"), ("Cid", "snow") })
        {
            var person = await shop.AddAsync(name);
            while (await person.NextAsync(project) is { } lease) await person.SubmitAsync(lease.GetProperty("token").GetString()!, Answers(weather, Car));
            await shop.SettleAsync();
        }

        var rita = await shop.AddAsync("Rita", Role.Reviewer);
        var (first, second) = (await TakeAsync(), await TakeAsync());
        await shop.Database.WriteAsync(
            async (store, cancel) =>
            {
                var task = await store.Tasks.SingleAsync(t => t.Id == first.Task, cancel);
                task.State = TaskState.Done;
                var counters = await store.Counters.SingleAsync(cancel);
                (counters.InReview, counters.Done) = (counters.InReview - 1, counters.Done + 1);
                return 0;
            },
            CancellationToken.None);
        await shop.Owner.PutAsync($"/api/v1/tasks/{second.Task}/gold", $$"""{"answers":{{Answers("clear", Car)}}}""");
        var withdraw = new { decision = "withdraw", comments = new[] { new { text = "Too dark." } } };
        await rita.PutAsync($"/api/v1/reviews/{first.Token}", withdraw);
        var refusal = await rita.PutAsync($"/api/v1/reviews/{second.Token}", withdraw, HttpStatusCode.Conflict);
        Assert.Equal("not_in_review", refusal.GetProperty("code").GetString());
        await shop.SettleAsync();
        await using var after = shop.Database.CreateContext();
        var counted = await after.Counters.SingleAsync();
        Assert.Equal((1, 0, 0, 0, 1, 1), (counted.Tasks, counted.Open, counted.InReview, counted.Done, counted.Withdrawn, counted.GoldTasks));

        async Task<(LabelTaskId Task, string Token)> TakeAsync()
        {
            var lease = (await rita.PostAsync($"/api/v1/projects/{project}/reviews/next")).GetProperty("lease");
            return (LabelTaskId.From(lease.GetProperty("task").GetGuid()), lease.GetProperty("token").GetString()!);
        }
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task Nobody_reviews_what_they_answered(DatabaseKind kind)
    {
        await using var shop = await Workshop.OpenAsync(kind);
        var project = await shop.ProjectAsync(Yaml(min: 1, max: 1, review: "always"));
        await shop.ImportAsync(project, (await shop.PicturesAsync(1)).Select(p => Line(p, "street")));
        var rita = await shop.AddAsync("Rita", Role.Reviewer);
        var lease = (await rita.NextAsync(project))!.Value;
        await rita.SubmitAsync(lease.GetProperty("token").GetString()!, Agreed);
        await shop.SettleAsync();
        Assert.Equal("all_done_by_you", (await rita.PostAsync($"/api/v1/projects/{project}/reviews/next")).GetProperty("reason").GetString());
        var cid = await shop.AddAsync("Cid");
        await cid.PostAsync($"/api/v1/projects/{project}/reviews/next", null, HttpStatusCode.Forbidden);
        var roy = await shop.AddAsync("Roy", Role.Reviewer);
        var review = (await roy.PostAsync($"/api/v1/projects/{project}/reviews/next")).GetProperty("lease");
        await roy.PutAsync($"/api/v1/reviews/{review.GetProperty("token").GetString()}", new { decision = "accept", consensus = review.GetProperty("consensus").GetProperty("digest").GetString() });
        await shop.SettleAsync();
        await using var store = shop.Database.CreateContext();
        Assert.Equal(TaskState.Done, (await store.Tasks.SingleAsync()).State);
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task A_reviewer_sees_why_a_case_is_open_and_a_pinned_comment_reaches_the_contributor_without_names(DatabaseKind kind)
    {
        await using var shop = await Workshop.OpenAsync(kind);
        var project = await shop.ProjectAsync(Yaml(max: 2));
        await shop.ImportAsync(project, (await shop.PicturesAsync(2)).Select((p, i) => Line(p, $"street-{i}")));
        Member[] people = [await shop.AddAsync("Ann Annotator"), await shop.AddAsync("Bob Boxer")];
        var rita = await shop.AddAsync("Rita", Role.Reviewer);
        var mona = await shop.AddAsync("Mona", Role.Manager);
        Assert.Empty((await rita.GetAsync($"projects/{project}/reviews/open")).GetProperty("items").EnumerateArray());
        for (var i = 0; i < 2; i++)
        {
            foreach (var person in people)
            {
                var answers = person == people[0] ? Answers("clear", Car, Walker) : Answers("rain", Car.Moved(3, 0));
                await person.SubmitAsync((await person.NextAsync(project))!.Value.GetProperty("token").GetString()!, answers);
            }

            await shop.SettleAsync();
        }

        var open = (await rita.GetAsync($"projects/{project}/reviews/open")).GetProperty("items");
        Assert.Equal(["street-0", "street-1"], open.EnumerateArray().Select(r => r.GetProperty("external_id").GetString()));
        Assert.All(open.EnumerateArray(), r => Assert.Equal(("low_confidence", "free", 2), (r.GetProperty("reason").GetString(), r.GetProperty("standing").GetString(), r.GetProperty("responses").GetInt32())));
        var second = open[1].GetProperty("task").GetGuid();
        var review = (await rita.PostAsync($"projects/{project}/reviews/next?task={second}")).GetProperty("lease");
        Assert.Equal(("street-1", "low_confidence"), (review.GetProperty("external_id").GetString(), review.GetProperty("reason").GetString()));
        Assert.All(review.GetProperty("responses").EnumerateArray(), r => Assert.Equal(JsonValueKind.Null, r.GetProperty("contributor").ValueKind));
        var token = review.GetProperty("token").GetString();
        var read = await rita.GetAsync($"reviews/{token}");
        Assert.Equal(review.GetProperty("responses").GetRawText(), read.GetProperty("responses").GetRawText());

        // The same, as others meet it.
        Assert.Equal("yours", (await rita.GetAsync($"projects/{project}/reviews/open")).GetProperty("items")[1].GetProperty("standing").GetString());
        Assert.Equal("taken", (await mona.GetAsync($"projects/{project}/reviews/open")).GetProperty("items")[1].GetProperty("standing").GetString());
        Assert.Equal("taken", (await mona.PostAsync($"projects/{project}/reviews/next?task={second}")).GetProperty("reason").GetString());
        var named = (await mona.PostAsync($"projects/{project}/reviews/next?task={open[0].GetProperty("task").GetGuid()}")).GetProperty("lease").GetProperty("responses");
        Assert.Equal(["Ann Annotator", "Bob Boxer"], named.EnumerateArray().Select(r => r.GetProperty("contributor").GetProperty("display_name").GetString()).Order());
        await people[0].GetAsync($"projects/{project}/reviews/open", HttpStatusCode.Forbidden);

        // The car was moved by 3 of 20 pixels: the two boxes share 17 of 23.
        var geometry = review.GetProperty("consensus").GetProperty("differences").EnumerateArray().Single(d => d.GetProperty("kind").GetString() == "geometry");
        Assert.Equal(17.0 / 23, geometry.GetProperty("similarity").GetDouble(), 6);

        var bobs = review.GetProperty("responses").EnumerateArray().Single(r => r.GetProperty("answers").GetProperty("weather").GetString() == "rain").GetProperty("response").GetGuid();
        object Back(string question, string shape, double x) => new
        {
            decision = "send_back",
            response = bobs,
            comments = new object[] { new { text = "Too far right.", question, shape }, new { text = "Somebody walks here.", at = new { x, y = 20.5 } } },
        };
        await rita.PutAsync($"reviews/{token}", Back("objects", "s9", 44), HttpStatusCode.UnprocessableEntity);
        await rita.PutAsync($"reviews/{token}", Back("subjects", "s1", 44), HttpStatusCode.UnprocessableEntity);
        await rita.PutAsync($"reviews/{token}", Back("objects", "s1", 66), HttpStatusCode.UnprocessableEntity);
        await rita.PutAsync($"reviews/{token}", Back("objects", "s1", 44));
        await shop.SettleAsync();

        var correction = (await people[1].NextAsync(project))!.Value;
        var comments = correction.GetProperty("correction").GetProperty("comments");
        Assert.Equal(("objects", "s1"), (comments[0].GetProperty("question").GetString(), comments[0].GetProperty("shape").GetString()));
        Assert.Equal((44, 20.5), (comments[1].GetProperty("at").GetProperty("x").GetDouble(), comments[1].GetProperty("at").GetProperty("y").GetDouble()));
        Assert.DoesNotContain("Rita", correction.GetRawText(), StringComparison.Ordinal);
        await people[1].SubmitAsync(correction.GetProperty("token").GetString()!, Answers("clear", Car));
        await shop.SettleAsync();

        // Whoever sent it back sees what came of it.
        Assert.Equal("sent_back", (await rita.GetAsync($"projects/{project}/reviews/open")).GetProperty("items")[1].GetProperty("reason").GetString());
        var after = (await rita.PostAsync($"projects/{project}/reviews/next?task={second}")).GetProperty("lease");
        Assert.Equal("sent_back", after.GetProperty("reason").GetString());
        await rita.PutAsync($"reviews/{after.GetProperty("token").GetString()}", new { decision = "accept", consensus = after.GetProperty("consensus").GetProperty("digest").GetString() });
        Assert.Equal("not_in_review", (await rita.PostAsync($"projects/{project}/reviews/next?task={second}")).GetProperty("reason").GetString());
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task An_audit_is_work_like_any_other_to_reviewers_and_none_to_contributors(DatabaseKind kind)
    {
        await using var shop = await Workshop.OpenAsync(kind);
        var project = await shop.ProjectAsync(Yaml(min: 1, max: 1));
        await shop.ImportAsync(project, (await shop.PicturesAsync(2)).Select((p, i) => Line(p, $"street-{i}")));
        await shop.SettleAsync();
        var ann = await shop.AddAsync("Ann");
        var rita = await shop.AddAsync("Rita", Role.Reviewer);
        Assert.True(await HasOpen(ann) && await HasOpen(rita));
        while (await ann.NextAsync(project) is { } lease) await ann.SubmitAsync(lease.GetProperty("token").GetString()!, Agreed);
        await shop.SettleAsync();
        Assert.False(await HasOpen(ann) || await HasOpen(rita));
        await shop.Owner.PostAsync($"projects/{project}/audits", new { size = 2, twice = 0 }, HttpStatusCode.Created);
        await shop.SettleAsync();
        Assert.True(!await HasOpen(ann) && await HasOpen(rita));
        while (await rita.NextAsync(project) is { } lease) await rita.SubmitAsync(lease.GetProperty("token").GetString()!, Agreed);
        await shop.SettleAsync();
        Assert.False(await HasOpen(rita));

        static async Task<bool> HasOpen(Member member) => (await member.GetAsync("work/projects")).GetProperty("items")[0].GetProperty("has_open").GetBoolean();
    }

    private static bool Same(JsonElement first, string second) => JsonElement.DeepEquals(first, JsonDocument.Parse(second).RootElement);
}
