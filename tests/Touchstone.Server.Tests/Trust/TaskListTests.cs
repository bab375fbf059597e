using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Touchstone.Store.Ids;
using Touchstone.Testing;
using static Touchstone.Server.Tests.Trust.Streets;

namespace Touchstone.Server.Tests.Trust;

/// <summary>Finding tasks by what was said of them and by whom, and how fast the work goes.</summary>
public sealed class TaskListTests
{
    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task Tasks_are_found_by_class_contributor_and_agreement_page_by_page(DatabaseKind kind)
    {
        await using var shop = await Workshop.OpenAsync(kind);
        var (project, ann, bob) = await LabelledAsync(shop);
        Assert.Equal(["street-0", "street-1", "street-2", "street-3", "street-4", "street-5"], await FoundAsync(""));
        Assert.Equal(["street-0", "street-1", "street-2", "street-3"], await FoundAsync("class=car"));
        Assert.Equal(["street-3", "street-4"], await FoundAsync("class=person"));
        Assert.Equal(["street-0", "street-1", "street-2", "street-3", "street-4"], await FoundAsync($"contributor={ann.Id}"));
        Assert.Equal(["street-3"], await FoundAsync($"class=person&contributor={bob.Id}&external_id_prefix=street-3"));
        Assert.Equal(["street-3"], await FoundAsync("class=person&state=done&external_id_prefix=street-3"));
        Assert.Equal(["street-5"], await FoundAsync("state=open"));
        Assert.Empty(await FoundAsync("class=car&state=open"));
        Assert.Empty(await FoundAsync("class=bus"));
        Assert.Equal(["street-2"], await FoundAsync("agreement_max=0.9"));
        Assert.Equal(["street-0", "street-1", "street-3", "street-4"], (await FoundAsync("agreement_min=0.95")).Order());
        Assert.Equal(5, (await FoundAsync("agreement_min=0")).Count);
        Assert.Equal("street-2", (await FoundAsync("agreement_min=0"))[0]);
        await shop.Owner.GetAsync($"projects/{project}/tasks?agreement_max=2", HttpStatusCode.BadRequest);

        // A task that becomes gold has no consensus any more, and is not found by one.
        var first = (await PageAsync("external_id_prefix=street-0", 1)).GetProperty("items")[0];
        Assert.Equal(("street-0.png", 1.0), (first.GetProperty("file_name").GetString(), first.GetProperty("agreement").GetDouble()));
        await shop.Owner.PutAsync($"tasks/{first.GetProperty("id").GetString()}/gold", $$"""{"answers":{{Answers("clear", Car)}}}""");
        await shop.SettleAsync();
        Assert.Equal(["street-1", "street-2", "street-3"], await FoundAsync("class=car"));
        Assert.Contains("street-0", await FoundAsync($"contributor={ann.Id}"));

        async Task<List<string>> FoundAsync(string query)
        {
            var whole = await PageAsync(query + "&count=true", 100);
            var ids = whole.GetProperty("items").EnumerateArray().Select(t => t.GetProperty("external_id").GetString()!).ToList();
            Assert.Equal(ids.Count, whole.GetProperty("count").GetProperty("count").GetInt64());
            var byOne = new List<string>();
            string? next = "";
            while (next is not null)
            {
                var page = await PageAsync(query + (next.Length == 0 ? "" : "&after=" + next), 1);
                byOne.AddRange(page.GetProperty("items").EnumerateArray().Select(t => t.GetProperty("external_id").GetString()!));
                next = page.GetProperty("next").GetString();
            }

            Assert.Equal(ids, byOne);
            return ids;
        }

        Task<JsonElement> PageAsync(string query, int limit) => shop.Owner.GetAsync($"projects/{project}/tasks?limit={limit}&{query}");
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task Work_is_counted_by_day_project_and_contributor(DatabaseKind kind)
    {
        await using var shop = await Workshop.OpenAsync(kind);
        var (project, ann, _) = await LabelledAsync(shop);
        var activity = await shop.Owner.GetAsync($"projects/{project}/activity");
        var days = activity.GetProperty("items").EnumerateArray().ToList();
        Assert.Equal(10, days.Sum(d => d.GetProperty("responses").GetInt32()));
        Assert.Equal(10 * 1500, days.Sum(d => d.GetProperty("active_milliseconds").GetInt64()));
        Assert.Equal(activity.GetProperty("today").GetString(), days[^1].GetProperty("day").GetString());
        await shop.Owner.GetAsync($"projects/{project}/activity?days=0", HttpStatusCode.BadRequest);

        shop.Clock.Advance(TimeSpan.FromDays(40));
        Assert.Equal(0, (await shop.Owner.GetAsync($"projects/{project}/activity?days=30")).GetProperty("items").GetArrayLength());

        var row = await shop.Owner.GetAsync($"contributors/{ann.Id}");
        Assert.Equal((5, 7500L), (row.GetProperty("responses").GetInt32(), row.GetProperty("active_milliseconds").GetInt64()));
        var progress = (await shop.Owner.GetAsync("projects")).GetProperty("items")[0].GetProperty("progress");
        Assert.Equal((6, 10), (progress.GetProperty("tasks").GetInt32(), progress.GetProperty("responses").GetInt32()));
        Assert.Equal(JsonValueKind.Null, (await ann.GetAsync("projects")).GetProperty("items")[0].GetProperty("progress").ValueKind);
    }

    [Fact]
    public async Task A_project_file_is_checked_without_making_a_project()
    {
        await using var shop = await Workshop.OpenAsync(DatabaseKind.Sqlite);
        var good = await CheckAsync("name: Streets\nontology: {packs: [driving/vehicles]}\n");
        Assert.Equal(0, good.GetProperty("faults").GetArrayLength());
        Assert.Equal("objects", good.GetProperty("ontology").GetProperty("questions")[0].GetProperty("id").GetString());
        var bad = await CheckAsync("name: Streets\nontology:\n  questions:\n    - id: a\n      kind: chioce\n");
        var fault = bad.GetProperty("faults").EnumerateArray().Single(f => f.GetProperty("pointer").GetString() == "/ontology/questions/0/kind");
        Assert.Equal(5, fault.GetProperty("line").GetInt32());
        Assert.Equal(JsonValueKind.Null, bad.GetProperty("ontology").ValueKind);
        await using var store = shop.Database.CreateContext();
        Assert.False(await store.Projects.AnyAsync());

        async Task<JsonElement> CheckAsync(string yaml)
        {
            using var content = new StringContent(yaml, Encoding.UTF8, "application/yaml");
            using var answer = await shop.Owner.Client.PostAsync("/api/v1/project_files/check", content);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            return JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement.Clone();
        }
    }

    /// <summary>Six tasks; two people answered five of them: cars, of the third one in another place, a person in the fourth and fifth.</summary>
    private static async Task<(ProjectId Project, Member Ann, Member Bob)> LabelledAsync(Workshop shop)
    {
        var project = await shop.ProjectAsync(Yaml(max: 2, review: "never"));
        var pictures = await shop.PicturesAsync(6);
        await shop.ImportAsync(project, pictures.Select((p, i) => Line(p, $"street-{i}")));
        var (ann, bob) = (await shop.AddAsync("Ann"), await shop.AddAsync("Bob"));
        foreach (var person in (Member[])[ann, bob])
        {
            for (var i = 0; i < 5; i++)
            {
                var lease = (await person.NextAsync(project))!.Value;
                var number = lease.GetProperty("inputs")[0].GetProperty("width").GetInt32() - 64;   // pictures differ in their width
                Thing[] things = number switch { 2 => [Car, .. person == ann ? new[] { Car.Moved(30, 25) } : []], 3 => [Car, Walker], 4 => [Walker], _ => [Car] };
                await person.SubmitAsync(lease.GetProperty("token").GetString()!, Answers("clear", things));
            }
        }

        await shop.SettleAsync();
        return (project, ann, bob);
    }
}
