using System.Text;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Touchstone.Server.Tests.Support;
using Touchstone.Store.Entities;
using Touchstone.Store.Ids;
using Touchstone.Store.Queue;
using Touchstone.Testing;

namespace Touchstone.Server.Tests.Catalogue;

/// <summary>What a data set holds beside answers: predictions that work begins with, begun work, inputs that were passed by.</summary>
public sealed class PrelabelTests
{
    private const string Yaml =
        """
        name: Crossings
        overlap: {min: 2, max: 2}
        ontology:
          questions:
            - id: things
              kind: shapes
              classes:
                - {id: car, title: Car, geometries: [box], attributes: [{id: side, title: Side, kind: choice, required: true, options: [{id: left, title: Left}, {id: right, title: Right}]}]}
            - {id: weather, title: Weather, kind: choice, required: true, options: [{id: dry, title: Dry}, {id: wet, title: Wet}]}
        """;

    private const string Truth = """{"things":[{"id":"s1","class":"car","box":{"x":10,"y":5,"width":30,"height":20},"attributes":{"side":"left"}}],"weather":"dry"}""";

    [Theory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task Predictions_become_proposals_and_gold_of_the_same_picture_has_them_too(DatabaseKind kind)
    {
        await using var house = await House.OpenAsync(kind);
        var project = await house.AddProjectAsync(Yaml);

        // Gold and a copy that were there before, gold that comes after; and one gold task whose picture has no proposal, which is told.
        var assets = new List<string>();
        for (var i = 0; i < 4; i++) assets.Add((await house.Manager.Http.PostAsync("assets", Requests.Bytes(Pictures.Png(100, 50, i)))).Created().Id);
        (await house.ImportAsync(project, Line("gold-0", assets[0], gold: true), Line("gold-3", assets[3], gold: true))).Ok();
        var dataset = await StageAsync(house, project);
        var survey = (await DatasetTests.RunAsync(house, dataset, "survey", Plan("prelabels")))["survey"]!;
        Assert.Equal((3, 0), (Number(survey, "prelabels"), Number(survey, "answers")));
        Assert.Contains(survey["losses"]!.AsArray(), l => l!["kind"]!.GetValue<string>() == "annotation");
        Assert.Contains(survey["losses"]!.AsArray(), l => l!["kind"]!.GetValue<string>() == "prediction" && Number(l, "count") == 1);
        var imported = (await DatasetTests.RunAsync(house, dataset, "import", Plan("prelabels")))["imported"]!;
        Assert.Equal((3, 3, 0), (Number(imported, "tasks_imported"), Number(imported, "prelabels_imported"), Number(imported, "responses_imported")));
        Assert.Contains("1 gold tasks", imported["first_faults"]!.ToJsonString(), StringComparison.Ordinal);
        (await house.ImportAsync(project, Line("copy-1", assets[1], gold: false), Line("gold-2", assets[2], gold: true))).Ok();
        var bare = await house.ReadAsync(s => s.Tasks.Where(t => t.Prelabel == null).Select(t => t.ExternalId).ToListAsync());
        Assert.Equal(["gold-3"], bare);
        var byPicture = (await house.ReadAsync(s => s.Tasks.Where(t => t.Prelabel != null).Select(t => new { t.AssetId, t.Prelabel }).ToListAsync())).GroupBy(t => t.AssetId);
        Assert.All(byPicture, picture => Assert.Single(picture.Select(t => JsonNode.Parse(t.Prelabel!)!["answers"]!.ToJsonString()).Distinct()));

        // Whoever is given the task begins with it, and sees of it no more than what is proposed and whose it is.
        var lease = (await house.Contributor.Http.PostAsync($"projects/{project}/work/next")).Ok()["lease"];
        Assert.Equal(["answers", "origin"], lease["prelabel"]!.AsObject().Select(m => m.Key).Order());
        Assert.Equal("detector 2", lease["prelabel"]!["origin"]!.GetValue<string>());
        Assert.Equal("car", lease["prelabel"]!["answers"]!["things"]![0]!["class"]!.GetValue<string>());   // though the model did not say on which side
        Assert.Equal(lease["prelabel"]!.ToJsonString(), (await house.Contributor.Http.GetAsync($"leases/{lease["token"]}")).Ok()["prelabel"].ToJsonString());
        (await house.Contributor.Http.PutAsync($"leases/{lease["token"]}/response", new { answers = JsonNode.Parse(Truth), active_milliseconds = 900 })).Ok();

        // Again: what is there stays; another proposal does not take its place.
        var again = (await DatasetTests.RunAsync(house, dataset, "import", Plan("prelabels")))["imported"]!;
        Assert.Equal((0, 3), (Number(again, "prelabels_imported"), Number(again, "besides_repeated")));
        var others = (await DatasetTests.RunAsync(house, dataset, "import", Plan("prelabels", from: "annotations")))["imported"]!;
        Assert.Equal(0, Number(others, "prelabels_imported"));
        Assert.Contains("the task has another one", others["first_faults"]!.ToJsonString(), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task An_answered_task_and_its_audit_take_a_proposal_and_one_that_somebody_holds_does_not(DatabaseKind kind)
    {
        await using var house = await House.OpenAsync(kind);
        var project = await house.AddProjectAsync(Yaml);
        var assets = new List<string>();
        for (var i = 0; i < 3; i++) assets.Add((await house.Manager.Http.PostAsync("assets", Requests.Bytes(Pictures.Png(100, 50, i)))).Created().Id);
        (await house.ImportAsync(project, [.. assets.Select((asset, i) => Line($"task-{i}", asset, gold: false))])).Ok();
        var lease = (await house.Contributor.Http.PostAsync($"projects/{project}/work/next")).Ok()["lease"];
        (await house.Contributor.Http.PutAsync($"leases/{lease["token"]}/response", new { answers = JsonNode.Parse(Truth), active_milliseconds = 900 })).Ok();
        (await house.Contributor.Http.PostAsync($"projects/{project}/work/next")).Ok();

        var (refused, tasks, answered, held, audit) = await house.ReadAsync(async store =>
        {
            await using var transaction = await store.Database.BeginTransactionAsync();
            var all = await store.Tasks.ToListAsync();
            var done = all.Single(t => t.ResponseCount == 1);
            var taken = await store.Leases.Where(l => l.State == LeaseState.Live).Select(l => l.TaskId).SingleAsync();
            var copy = new LabelTask
            {
                Id = LabelTaskId.New(done.CreatedAt),
                OrganizationId = done.OrganizationId,
                CompartmentId = done.CompartmentId,
                ProjectId = done.ProjectId,
                BatchId = done.BatchId,
                AssetId = done.AssetId,
                Inputs = done.Inputs,
                OntologyVersion = done.OntologyVersion,
                Purpose = TaskPurpose.Audit,
                Priority = done.Priority,
                Overlap = 1,
                AuditOf = done.Id,
                CreatedAt = done.CreatedAt,
                Lane = 100,
                QueueNumber = 1,
            };
            store.Add(copy);
            await store.SaveChangesAsync();
            var not = await PrelabelImporter.SetAsync(store, all.ToDictionary(t => t.Id, _ => "{}"), TestContext.Current.CancellationToken);
            await transaction.CommitAsync();
            store.ChangeTracker.Clear();
            return (not, await store.Tasks.ToDictionaryAsync(t => t.Id, t => t.Prelabel), done.Id, taken, copy.Id);
        });
        Assert.Equal([held], refused);
        Assert.Null(tasks[held]);
        Assert.NotNull(tasks[answered]);
        Assert.NotNull(tasks[audit]);
    }

    [Theory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task A_project_comes_in_whole_with_drafts_that_wait_and_skips_that_hold(DatabaseKind kind)
    {
        await using var house = await House.OpenAsync(kind);
        var project = await house.AddProjectAsync(Yaml);
        var dataset = await StageAsync(house, project);
        var plan = new { format = "label-studio", place = "export.json", @as = "responses", whole = true, contributors = new Dictionary<string, Guid> { ["anna@example.org"] = house.Contributor.Id.Value } };
        var survey = (await DatasetTests.RunAsync(house, dataset, "survey", plan))["survey"]!;
        Assert.Equal((3, 3, 1, 1), (Number(survey, "answers"), Number(survey, "prelabels"), Number(survey, "drafts"), Number(survey, "skips")));
        var imported = (await DatasetTests.RunAsync(house, dataset, "import", plan))["imported"]!;
        Assert.Equal((3, 3, 3, 1, 1, 0), (Number(imported, "tasks_imported"), Number(imported, "responses_imported"), Number(imported, "prelabels_imported"), Number(imported, "drafts_imported"), Number(imported, "skips_imported"), Number(imported, "faults")));

        // Anna's begun work waits for her a week; what she passed by does not come again, and what is left does.
        var anna = house.Contributor;
        var held = Assert.Single((await anna.Http.GetAsync("me/work")).Ok()["held"].AsArray())!.GetValue<string>();
        var begun = (await anna.Http.GetAsync($"leases/{held}")).Ok();
        Assert.Equal(TimeSpan.FromDays(7), begun["expires_at"].GetValue<DateTimeOffset>() - begun["issued_at"].GetValue<DateTimeOffset>());
        Assert.Equal(40, (await anna.Http.GetAsync($"leases/{held}/draft")).Ok()["body"]["answers"]!["things"]![0]!["box"]!["x"]!.GetValue<double>());
        var skipped = await house.ReadAsync(s => s.Leases.SingleAsync(l => l.State == LeaseState.Skipped));
        Assert.Equal((anna.Id, "Skipped in Old tool", new DateTimeOffset(2024, 5, 3, 9, 0, 0, TimeSpan.Zero)), (skipped.ContributorId, skipped.Reason, skipped.EndedAt));
        Assert.Equal(1, await house.OutboxCountAsync(OutboxKind.LeaseSkipped));
        var next = (await anna.Http.PostAsync($"projects/{project}/work/next")).Ok()["lease"];
        Assert.Equal("p0.png", await NameAsync(next["token"]!.GetValue<string>()));
        foreach (var token in (string[])[held, next["token"]!.GetValue<string>()]) (await anna.Http.PutAsync($"leases/{token}/response", new { answers = JsonNode.Parse(Truth), active_milliseconds = 900 })).Ok();
        Assert.Equal("all_done_by_you", (await anna.Http.PostAsync($"projects/{project}/work/next")).Ok()["reason"].GetValue<string>());
        Assert.True(await house.ReadAsync(s => s.Tasks.AllAsync(t => t.OpenSlots == t.Overlap - t.ResponseCount - s.Leases.Count(l => l.TaskId == t.Id && l.State == LeaseState.Live))));

        var again = (await DatasetTests.RunAsync(house, dataset, "import", plan))["imported"]!;
        Assert.Equal((0, 0, 0), (Number(again, "prelabels_imported"), Number(again, "drafts_imported"), Number(again, "skips_imported")));
        Assert.Equal(4, Number(again, "besides_repeated"));   // three proposals, a skip; the draft has become a response
        Assert.Contains("begun work is not taken", again["first_faults"]!.ToJsonString(), StringComparison.Ordinal);

        Task<string> NameAsync(string token) => house.ReadAsync(s => s.Leases.Where(l => l.Token == LeaseToken.Parse(token, null)).Join(s.Tasks, l => l.TaskId, t => t.Id, (_, t) => t.ExternalId!.Substring(t.ExternalId.Length - 6)).SingleAsync());
    }

    private static string Line(string name, string asset, bool gold) => $$"""{"external_id":"{{name}}","asset":"{{asset}}"{{(gold ? $",\"gold\":{Truth}" : "")}}}""";

    private static object Plan(string what, string from = "predictions") => new { format = "label-studio", place = "export.json", @as = what, prelabels_from = from };

    private static long Number(JsonNode node, string member) => node[member]!.GetValue<long>();

    /// <summary>Three pictures that Boris labelled and a model foretold, one of them twice; Anna began the second and passed the third by.</summary>
    private static async Task<string> StageAsync(House house, string project)
    {
        var dataset = (await house.Manager.Http.PostAsync($"projects/{project}/datasets", new { name = "Old tool" })).Created().Id;
        JsonArray tasks = [];
        for (var i = 0; i < 3; i++)
        {
            (await house.Manager.Http.PutAsync($"datasets/{dataset}/files?path=images/p{i}.png", Requests.Bytes(Pictures.Png(100, 50, i)))).Ok();
            JsonArray annotations = [Word("boris@example.org", "2024-05-02T10:00:00Z", Box(11), Side(11), Weather())];
            if (i == 2)
            {
                var skip = Word("anna@example.org", "2024-05-03T09:00:00Z");
                skip["was_cancelled"] = true;
                annotations.Add((JsonNode)skip);
            }

            JsonArray predictions = [Prediction("detector 2", "2024-04-02T10:00:00Z", 10)];
            if (i == 0) predictions.Add((JsonNode)Prediction("detector 1", "2024-04-01T10:00:00Z", 60));
            JsonArray drafts = i == 1 ? [Word("anna@example.org", "2024-05-03T08:00:00Z", Box(40))] : [];
            tasks.Add((JsonNode)new JsonObject { ["id"] = i + 1, ["data"] = new JsonObject { ["image"] = $"/data/upload/1/p{i}.png" }, ["annotations"] = annotations, ["predictions"] = predictions, ["drafts"] = drafts });
        }

        (await house.Manager.Http.PutAsync($"datasets/{dataset}/files?path=export.json", Requests.Bytes(Encoding.UTF8.GetBytes(tasks.ToJsonString())))).Ok();
        return dataset;
    }

    private static JsonObject Word(string who, string at, params JsonNode[] result) =>
        new() { ["completed_by"] = new JsonObject { ["email"] = who }, ["user"] = who, ["created_at"] = at, ["lead_time"] = 8, ["was_cancelled"] = false, ["result"] = new JsonArray([.. result]) };

    private static JsonObject Prediction(string model, string at, double x) => new() { ["model_version"] = model, ["created_at"] = at, ["score"] = 0.5, ["result"] = new JsonArray(Box(x)) };

    private static JsonObject Weather() => new() { ["id"] = "c", ["type"] = "choices", ["from_name"] = "weather", ["to_name"] = "image", ["value"] = new JsonObject { ["choices"] = new JsonArray("Wet") } };

    private static JsonObject Side(double x) => new() { ["id"] = $"r{x}", ["type"] = "choices", ["from_name"] = "side", ["to_name"] = "image", ["value"] = new JsonObject { ["choices"] = new JsonArray("Left") } };

    private static JsonObject Box(double x) => new()
    {
        ["id"] = $"r{x}",
        ["type"] = "rectanglelabels",
        ["from_name"] = "label",
        ["to_name"] = "image",
        ["original_width"] = 100,
        ["original_height"] = 50,
        ["value"] = new JsonObject { ["x"] = x, ["y"] = 10, ["width"] = 30, ["height"] = 40, ["rotation"] = 0, ["rectanglelabels"] = new JsonArray("Car") },
    };
}
