using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Touchstone.Server.Tests.Support;
using Touchstone.Store.Entities;
using Touchstone.Testing;

namespace Touchstone.Server.Tests.Catalogue;

public sealed class DatasetTests
{
    private const string Yaml =
        """
        name: Crossings
        overlap: {min: 2, max: 3}
        ontology:
          questions:
            - id: things
              kind: shapes
              classes:
                - {id: car, title: Car, geometries: [box], attributes: [{id: occluded, kind: boolean}]}
                - {id: person, title: Pedestrian, geometries: [box]}
            - {id: weather, title: Weather, kind: choice, options: [{id: dry, title: Dry}, {id: wet, title: Wet}]}
        """;

    [Theory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task Work_of_another_tool_is_surveyed_and_then_imported_with_who_and_when(DatabaseKind kind)
    {
        await using var house = await House.OpenAsync(kind);
        var project = await house.AddProjectAsync(Yaml);
        var dataset = (await house.Manager.Http.PostAsync($"projects/{project}/datasets", new { name = "Old tool" })).Created().Id;
        for (var i = 0; i < 3; i++) await UploadAsync(house, dataset, $"images/p{i}.png", Pictures.Png(100, 50, i));
        await UploadAsync(house, dataset, "export.json", Encoding.UTF8.GetBytes(LabelStudioExport()));
        var seen = (await house.Manager.Http.GetAsync($"datasets/{dataset}")).Ok();
        Assert.Equal((4, "label-studio"), (seen["files"].GetValue<int>(), seen["found"][0]!["format"]!.GetValue<string>()));
        Assert.Equal(4, (await house.Manager.Http.GetAsync($"datasets/{dataset}/files")).Ok()["items"].AsArray().Count);

        var plan = new { format = "label-studio", place = "export.json", classes = new Dictionary<string, string?> { ["Automobile"] = "car", ["Cloud"] = null }, contributors = new Dictionary<string, Guid> { ["anna@example.org"] = house.Contributor.Id.Value } };
        var survey = (await RunAsync(house, dataset, "survey", plan))["survey"]!;
        Assert.Equal((4, 1, 6), (Number(survey, "inputs"), Number(survey, "pictures_missing"), Number(survey, "answers")));
        Assert.Equal(["Automobile>car", "Cloud>", "Pedestrian>person", "Tram>"], survey["classes"]!.AsArray().Select(c => $"{c!["name"]}>{c["target"]}"));
        Assert.Equal([$"anna@example.org>{house.Contributor.Id}", "boris@example.org>"], survey["contributors"]!.AsArray().Select(c => $"{c!["name"]}>{c["target"]}"));
        Assert.Equal(["answer:weather", "class:Cloud", "class:Tram", "clipped", "facts", "prediction", "skip"], survey["losses"]!.AsArray().Select(l => l!["kind"]!.GetValue<string>()));
        Assert.Equal((2, 4), (Number(survey["agreement"]!, "annotators"), Number(survey["agreement"]!, "inputs")));
        Assert.Equal(2 * 4 / (4.0 + 16), survey["agreement"]!["f1"]!.GetValue<double>(), 1e-9);   // four cars in common, of one's four and the other's sixteen objects
        Assert.Equal("car", survey["samples"]![0]!["shapes"]![0]!["target"]!.GetValue<string>());
        Assert.Equal(10, survey["samples"]![0]!["shapes"]![0]!["mark"]!["box"]!["x"]!.GetValue<double>(), 1e-9);
        Assert.Equal(0, await house.ReadAsync(s => s.Tasks.CountAsync()));
        Assert.Equal(HttpStatusCode.OK, (await house.Manager.Http.GetAsync($"datasets/{dataset}/picture?name={Uri.EscapeDataString(survey["samples"]![0]!["name"]!.GetValue<string>())}")).Status);

        var imported = (await RunAsync(house, dataset, "import", plan))["imported"]!;
        Assert.Equal((3, 0, 6, 0), (Number(imported, "tasks_imported"), Number(imported, "tasks_repeated"), Number(imported, "responses_imported"), Number(imported, "responses_repeated")));
        Assert.Equal(survey["losses"]!.ToJsonString(), imported["losses"]!.ToJsonString());
        var responses = await house.ReadAsync(s => s.Responses.OrderBy(r => r.SubmittedAt).ToListAsync());
        Assert.Equal(3, responses.Count(r => r.ContributorId == house.Contributor.Id));
        Assert.Equal(new DateTimeOffset(2024, 5, 1, 10, 0, 0, TimeSpan.Zero), responses[0].SubmittedAt);
        Assert.Equal(12_500, responses[0].ActiveMilliseconds);
        Assert.Contains("\"weather\":\"wet\"", responses[0].Answers, StringComparison.Ordinal);
        var boris = await house.ReadAsync(s => s.Contributors.Include(c => c.Person).SingleAsync(c => c.DisplayName == "boris@example.org"));
        Assert.Null(boris.Person!.Email);

        // What follows is what follows from work done here: responses take slots, where they differ another is asked for, and who answered elsewhere is not asked again.
        Assert.True(await house.ReadAsync(s => s.Tasks.AllAsync(t => t.ResponseCount == 2 && t.OpenSlots == t.Overlap - 2)));
        for (var i = 0; i < 600 && await house.ReadAsync(s => s.Consensus.CountAsync(c => c.ResponseCount == 2)) < 3; i++) await Task.Delay(50);
        Assert.Equal(3, await house.ReadAsync(s => s.Consensus.CountAsync(c => c.ResponseCount == 2)));
        Assert.Null((await house.Contributor.Http.PostAsync($"projects/{project}/work/next")).Ok().Json!["lease"]);

        var again = (await RunAsync(house, dataset, "import", plan))["imported"]!;
        Assert.Equal((0, 3, 0, 6), (Number(again, "tasks_imported"), Number(again, "tasks_repeated"), Number(again, "responses_imported"), Number(again, "responses_repeated")));
        Assert.Equal((3, 6), (await house.ReadAsync(s => s.Tasks.CountAsync()), await house.ReadAsync(s => s.Responses.CountAsync())));

        // What is withdrawn goes from here too.
        var asset = await house.ReadAsync(s => s.Tasks.Where(t => t.ExternalId!.EndsWith("p1.png")).Select(t => t.AssetId).SingleAsync());
        Assert.True(File.Exists(Path.Combine(house.Server.Folder, "datasets", dataset, "images", "p1.png")));
        (await house.Manager.Http.PutAsync($"assets/{asset}/withdrawal", new { reason = "asked for by the person shown" })).Ok();
        Assert.False(File.Exists(Path.Combine(house.Server.Folder, "datasets", dataset, "images", "p1.png")));
        Assert.True(File.Exists(Path.Combine(house.Server.Folder, "datasets", dataset, "images", "p0.png")));

        (await house.Manager.Http.DeleteAsync($"datasets/{dataset}")).NoContent();
        (await house.Manager.Http.GetAsync($"datasets/{dataset}")).Expect(HttpStatusCode.NotFound);
        Assert.Equal(3, await house.ReadAsync(s => s.Tasks.CountAsync()));
    }

    [Theory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task Labels_become_gold_or_only_their_pictures_become_tasks(DatabaseKind kind)
    {
        await using var house = await House.OpenAsync(kind);
        var (gold, plain) = (await house.AddProjectAsync(Yaml), await house.AddProjectAsync(Yaml.Replace("Crossings", "Others", StringComparison.Ordinal)));
        foreach (var (project, what) in ((string, string)[])[(gold, "gold"), (plain, "tasks")]) await ImportZipAsync(project, what);
        Assert.Equal((2, 0), (await CountAsync(gold, TaskPurpose.Gold), await CountAsync(gold, TaskPurpose.Label)));
        Assert.Equal((0, 2), (await CountAsync(plain, TaskPurpose.Gold), await CountAsync(plain, TaskPurpose.Label)));
        Assert.Contains("\"x\":20", await house.ReadAsync(s => s.Gold.OrderBy(g => g.TaskId).Select(g => g.Answers).FirstAsync()), StringComparison.Ordinal);
        Assert.Equal(0, await house.ReadAsync(s => s.Responses.CountAsync()));

        Task<int> CountAsync(string project, TaskPurpose purpose) => house.ReadAsync(s => s.Tasks.CountAsync(t => t.ProjectId == Store.Ids.ProjectId.Parse(project, null) && t.Purpose == purpose));

        async Task ImportZipAsync(string project, string what)
        {
            var dataset = (await house.Manager.Http.PostAsync($"projects/{project}/datasets", new { name = "coco" })).Created().Id;
            await UploadAsync(house, dataset, "set.zip", Zip(("set/instances.json", Encoding.UTF8.GetBytes(Coco())), ("set/images/a.png", Pictures.Png(80, 60, 1)), ("set/images/b.png", Pictures.Png(80, 60, 2))));
            var found = (await house.Manager.Http.GetAsync($"datasets/{dataset}")).Ok()["found"][0]!;
            var done = (await RunAsync(house, dataset, "import", new { format = found["format"]!.GetValue<string>(), place = found["place"]!.GetValue<string>(), @as = what }))["imported"]!;
            Assert.Equal(2, Number(done, "tasks_imported"));
        }
    }

    [Fact]
    public async Task Hostile_uploads_and_impossible_plans_are_refused_with_a_reason()
    {
        await using var house = await House.OpenAsync(DatabaseKind.Sqlite);
        var project = await house.AddProjectAsync(Yaml);
        var dataset = (await house.Manager.Http.PostAsync($"projects/{project}/datasets", new { name = "bad" })).Created().Id;
        foreach (var path in (string[])["../out.json", "/etc/x", "a/../../b", "a\\b", ""])
            (await house.Manager.Http.PutAsync($"datasets/{dataset}/files?path={Uri.EscapeDataString(path)}", Requests.Bytes([1]))).Expect(HttpStatusCode.UnprocessableEntity);
        (await house.Manager.Http.PutAsync($"datasets/{dataset}/files", Requests.Bytes([1]))).Expect(HttpStatusCode.UnprocessableEntity);
        Assert.Equal("invalid_path", (await PutAsync("x.zip", Zip(("../../escape.txt", [1])))).Code);
        Assert.Equal("archive_broken", (await PutAsync("x.zip", [1, 2, 3])).Code);
        Assert.Equal("archive_bomb", (await PutAsync("x.zip", Zip(("zeros", new byte[50 << 20])))).Code);
        Assert.False(File.Exists(Path.Combine(house.Server.Folder, "datasets", "escape.txt")));
        (await house.Manager.Http.DeleteAsync($"datasets/{dataset}")).NoContent();

        dataset = (await house.Manager.Http.PostAsync($"projects/{project}/datasets", new { name = "empty" })).Created().Id;
        Assert.Equal("empty", (await house.Manager.Http.PostAsync($"datasets/{dataset}/survey", new { format = "coco" })).Expect(HttpStatusCode.Conflict).Code);
        await UploadAsync(house, dataset, "a.json", Encoding.UTF8.GetBytes("{\"images\": 7}"));
        foreach (var plan in (object[])[new { format = "nothing" }, new { format = "coco", contributors = new Dictionary<string, Guid> { ["x"] = Guid.NewGuid() } }, new { format = "coco", assumed_size = new { width_px = 0, height_px = 4 } }])
            (await house.Manager.Http.PostAsync($"datasets/{dataset}/survey", plan)).Expect(HttpStatusCode.UnprocessableEntity);
        var failed = await RunAsync(house, dataset, "survey", new { format = "coco", place = "a.json" }, "failed");
        Assert.Contains("a.json", failed["job"]!["error"]!.GetValue<string>(), StringComparison.Ordinal);
        failed = await RunAsync(house, dataset, "survey", new { format = "coco", place = "../../" }, "failed");
        Assert.Contains("no path within the data set", failed["job"]!["error"]!.GetValue<string>(), StringComparison.Ordinal);

        Task<Answer> PutAsync(string path, byte[] bytes) => house.Manager.Http.PutAsync($"datasets/{dataset}/files?path={path}", Requests.Bytes(bytes));
    }

    private static long Number(JsonNode node, string member) => node[member]!.GetValue<long>();

    private static async Task UploadAsync(House house, string dataset, string path, byte[] bytes) =>
        (await house.Manager.Http.PutAsync($"datasets/{dataset}/files?path={Uri.EscapeDataString(path)}", Requests.Bytes(bytes))).Ok();

    internal static async Task<JsonNode> RunAsync(House house, string dataset, string what, object plan, string state = "done")
    {
        (await house.Manager.Http.PostAsync($"datasets/{dataset}/{what}", plan)).Expect(HttpStatusCode.Accepted);
        for (var i = 0; i < 600; i++)
        {
            var now = (await house.Manager.Http.GetAsync($"datasets/{dataset}")).Ok().Json!;
            if (now["job"]!["state"]!.GetValue<string>() is not ("queued" or "running"))
            {
                Assert.True(state == now["job"]!["state"]!.GetValue<string>(), now["job"]!.ToJsonString());
                return now;
            }

            await Task.Delay(50);
        }

        throw new TimeoutException($"The {what} did not end.");
    }

    private static byte[] Zip(params ReadOnlySpan<(string Path, byte[] Bytes)> files)
    {
        using MemoryStream stream = new();
        using (ZipArchive archive = new(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (path, bytes) in files)
            {
                using var entry = archive.CreateEntry(path).Open();
                entry.Write(bytes);
            }
        }

        return stream.ToArray();
    }

    private static string Coco() => """
        {"images":[{"id":1,"file_name":"a.png","width":80,"height":60},{"id":2,"file_name":"b.png","width":80,"height":60}],
         "categories":[{"id":3,"name":"Car"}],
         "annotations":[{"id":1,"image_id":1,"category_id":3,"bbox":[20,10,30,20],"area":600,"iscrowd":0},{"id":2,"image_id":2,"category_id":3,"bbox":[5,6,7,8],"area":56,"iscrowd":0}]}
        """;

    /// <summary>Four tasks, the last without its picture; two annotators, of whom the second is a little off and adds what the project does not know.</summary>
    private static string LabelStudioExport()
    {
        JsonArray tasks = [];
        for (var i = 0; i < 4; i++)
        {
            JsonArray annotations =
            [
                Annotation(i * 10 + 1, "anna@example.org", "2024-05-01T10:00:00Z", 12.5, [Box("Automobile", 10, 10, 30, 40), Choice("weather", "Wet")]),
                Annotation(i * 10 + 2, "boris@example.org", "2024-05-02T10:00:00Z", 20, [Box("Automobile", 11, 10, 30, 40), Box("Pedestrian", 90, 80, 15, 25), Box("Cloud", 1, 1, 5, 5), Box("Tram", 50, 50, 5, 5), Choice("weather", "Foggy")]),
            ];
            if (i == 2) annotations.Add(new JsonObject { ["id"] = 99, ["was_cancelled"] = true, ["completed_by"] = new JsonObject { ["email"] = "anna@example.org" }, ["result"] = new JsonArray() });
            JsonArray predictions = i == 0 ? [new JsonObject { ["id"] = 5, ["model_version"] = "m", ["score"] = 0.5, ["result"] = new JsonArray(Box("Automobile", 10, 10, 30, 40)) }] : [];
            tasks.Add((JsonNode)new JsonObject { ["id"] = i + 1, ["data"] = new JsonObject { ["image"] = $"/data/upload/1/{(i == 3 ? "gone" : $"p{i}")}.png" }, ["annotations"] = annotations, ["predictions"] = predictions });
        }

        return tasks.ToJsonString(new JsonSerializerOptions { WriteIndented = true });

        static JsonObject Annotation(int id, string email, string at, double seconds, JsonArray result) =>
            new() { ["id"] = id, ["completed_by"] = new JsonObject { ["email"] = email }, ["created_at"] = at, ["updated_at"] = at, ["lead_time"] = seconds, ["was_cancelled"] = false, ["result"] = result };

        static JsonObject Box(string label, double x, double y, double width, double height) => new()
        {
            ["id"] = $"r{label}{x}",
            ["type"] = "rectanglelabels",
            ["from_name"] = "label",
            ["to_name"] = "image",
            ["original_width"] = 100,
            ["original_height"] = 50,
            ["value"] = new JsonObject { ["x"] = x, ["y"] = y, ["width"] = width, ["height"] = height, ["rotation"] = 0, ["rectanglelabels"] = new JsonArray(label) },
        };

        static JsonObject Choice(string question, string option) =>
            new() { ["id"] = "c" + option, ["type"] = "choices", ["from_name"] = question, ["to_name"] = "image", ["value"] = new JsonObject { ["choices"] = new JsonArray(option) } };
    }
}
