using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Touchstone.Server.Tests.Support;
using Touchstone.Testing;

namespace Touchstone.Server.Tests.Catalogue;

/// <summary>What is imported is known again by its input, its annotator and what it says, whatever the data set is called and however often it comes.</summary>
public sealed class RepeatedImportTests
{
    private const string Yaml =
        """
        name: Crossings
        overlap: {min: 2, max: 4}
        ontology:
          questions:
            - id: things
              kind: shapes
              classes: [{id: car, title: Car, geometries: [box]}]
        """;

    [Theory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task Labels_that_name_nobody_come_in_once_under_whatever_name(DatabaseKind kind)
    {
        await using var house = await House.OpenAsync(kind);
        var project = await house.AddProjectAsync(Yaml);
        Assert.Equal((2, 0, 0), Counts(await ImportAsync(house, project, "street coco", Coco(10))));
        Assert.Equal((0, 2, 0), Counts(await ImportAsync(house, project, "street coco (1)", Coco(10))));
        Assert.Equal((2, 1), (await house.ReadAsync(s => s.Responses.CountAsync()), await house.ReadAsync(s => s.Responses.Select(r => r.ContributorId).Distinct().CountAsync())));

        var named = new Dictionary<string, Guid> { [""] = house.Contributor.Id.Value };
        Assert.Equal((0, 2, 0), Counts(await ImportAsync(house, project, "mapped", Coco(10), contributors: named)));
        Assert.Equal((1, 1, 0), Counts(await ImportAsync(house, project, "another opinion", Coco(12), contributors: named)));
        Assert.Equal([2, 1], await house.ReadAsync(s => s.Tasks.OrderBy(t => t.ExternalId).Select(t => t.ResponseCount).ToListAsync()));
    }

    [Theory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task Changed_labels_are_told_and_what_stands_is_kept(DatabaseKind kind)
    {
        await using var house = await House.OpenAsync(kind);
        var project = await house.AddProjectAsync(Yaml);
        await ImportAsync(house, project, "coco", Coco(10));
        foreach (var name in (string[])["coco", "coco, corrected"])
        {
            var survey = (await DatasetTests.RunAsync(house, await UploadAsync(house, project, name, Coco(30)), "survey", new { format = "coco" }))["survey"]!;
            Assert.Equal((2, 1, 1), (survey["tasks_repeated"]!.GetValue<long>(), survey["responses_repeated"]!.GetValue<long>(), survey["faults"]!.GetValue<long>()));
            var changed = await ImportAsync(house, project, name, Coco(30));
            Assert.Equal((0, 1, 1), Counts(changed));
            Assert.Contains("another answer of somebody whom the labels do not name stands here", changed["first_faults"]![0]!["message"]!.GetValue<string>(), StringComparison.Ordinal);
        }

        Assert.Equal(2, await house.ReadAsync(s => s.Responses.CountAsync()));
        Assert.Equal(1, await house.ReadAsync(s => s.Responses.CountAsync(r => r.Answers.Contains("\"x\":10"))));
    }

    [Theory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task Two_imports_at_once_bring_everybody_in_once(DatabaseKind kind)
    {
        await using var house = await House.OpenAsync(kind);
        var project = await house.AddProjectAsync(Yaml);
        string[] datasets = [await UploadAsync(house, project, "one", Export()), await UploadAsync(house, project, "two", Export())];
        foreach (var dataset in datasets) (await house.Manager.Http.PostAsync($"datasets/{dataset}/import", new { format = "label-studio", whole = true })).Expect(HttpStatusCode.Accepted);
        var (added, repeated) = (0L, 0L);
        foreach (var dataset in datasets)
        {
            var imported = (await EndAsync(house, dataset))["imported"]!;
            Assert.Equal(0, imported["faults"]!.GetValue<long>());
            (added, repeated) = (added + imported["responses_imported"]!.GetValue<long>(), repeated + imported["responses_repeated"]!.GetValue<long>());
        }

        Assert.Equal((60, 60), (added, repeated));
        Assert.Equal(60, await house.ReadAsync(s => s.Responses.CountAsync()));
        Assert.Equal(["1", "2"], await house.ReadAsync(s => s.Responses.Join(s.Contributors, r => r.ContributorId, c => c.Id, (r, c) => c.DisplayName).Distinct().OrderBy(n => n).ToListAsync()));
        Assert.Equal(2, await house.ReadAsync(s => s.ImportedPeople.CountAsync()));
    }

    [Fact]
    public async Task Gold_is_not_made_of_what_is_a_task_already_and_that_is_told()
    {
        await using var house = await House.OpenAsync(DatabaseKind.Sqlite);
        var project = await house.AddProjectAsync(Yaml);
        await ImportAsync(house, project, "coco", Coco(10), "tasks");
        var refused = await ImportAsync(house, project, "coco", Coco(10), "gold");
        Assert.Equal((0, 2), (refused["gold_imported"]!.GetValue<long>(), refused["faults"]!.GetValue<long>()));
        Assert.Contains("a task that is no gold", refused["first_faults"]![0]!["message"]!.GetValue<string>(), StringComparison.Ordinal);

        var other = await house.AddProjectAsync(Yaml.Replace("Crossings", "Others", StringComparison.Ordinal));
        Assert.Equal(2, (await ImportAsync(house, other, "coco", Coco(10), "gold"))["gold_imported"]!.GetValue<long>());
        var again = await ImportAsync(house, other, "coco", Coco(10), "gold");
        Assert.Equal((0, 0), (again["gold_imported"]!.GetValue<long>(), again["faults"]!.GetValue<long>()));
        var changed = await ImportAsync(house, other, "coco", Coco(11), "gold");
        Assert.Equal((0, 1), (changed["gold_imported"]!.GetValue<long>(), changed["faults"]!.GetValue<long>()));
    }

    [Fact]
    public async Task Labels_of_one_camera_never_take_the_picture_of_another()
    {
        await using var house = await House.OpenAsync(DatabaseKind.Sqlite);
        foreach (var (place, tasks) in ((string, int)[])[("cam1/0001.png", 1), ("0001.png", 0)])
        {
            var project = await house.AddProjectAsync(Yaml.Replace("Crossings", place, StringComparison.Ordinal));
            var dataset = (await house.Manager.Http.PostAsync($"projects/{project}/datasets", new { name = "cameras" })).Created().Id;
            (await house.Manager.Http.PutAsync($"datasets/{dataset}/files?path=labels.json", Requests.Bytes(Encoding.UTF8.GetBytes(Coco(10).Replace("p0.png", "cam1/0001.png", StringComparison.Ordinal).Replace("p1.png", "cam2/0001.png", StringComparison.Ordinal))))).Ok();
            (await house.Manager.Http.PutAsync($"datasets/{dataset}/files?path={Uri.EscapeDataString(place)}", Requests.Bytes(Pictures.Png(100, 40, 1)))).Ok();
            var imported = (await DatasetTests.RunAsync(house, dataset, "import", new { format = "coco" }))["imported"]!;
            Assert.Equal((tasks, 2 - tasks), (imported["tasks_imported"]!.GetValue<long>(), imported["pictures_missing"]!.GetValue<long>()));
            Assert.Contains("cam2/0001.png is not among the files", imported["first_faults"]!.ToJsonString(), StringComparison.Ordinal);
            if (tasks == 0) continue;
            var suspicion = imported["suspicions"]!.AsArray().Single(s => s!["kind"]!.GetValue<string>() == "size_differs")!;
            Assert.Contains("the labels are for 100 x 50 px, and the picture has 100 x 40 px", suspicion["examples"]![0]!["message"]!.GetValue<string>(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Answers_of_which_nothing_is_left_do_not_say_that_nothing_is_there()
    {
        await using var house = await House.OpenAsync(DatabaseKind.Sqlite);
        var project = await house.AddProjectAsync(Yaml.Replace("car", "tram", StringComparison.Ordinal).Replace("Car", "Tram", StringComparison.Ordinal));
        var imported = await ImportAsync(house, project, "coco", Coco(10));
        Assert.Equal((0, 0, 0), Counts(imported));
        Assert.Equal(2, imported["losses"]!.AsArray().Single(l => l!["kind"]!.GetValue<string>() == "nothing_left")!["count"]!.GetValue<long>());
        Assert.Equal((2, 0), (await house.ReadAsync(s => s.Tasks.CountAsync()), await house.ReadAsync(s => s.Responses.CountAsync())));
    }

    private static (long Added, long Repeated, long Faults) Counts(JsonNode imported) =>
        (imported["responses_imported"]!.GetValue<long>(), imported["responses_repeated"]!.GetValue<long>(), imported["faults"]!.GetValue<long>());

    private static async Task<JsonNode> ImportAsync(House house, string project, string name, string coco, string what = "responses", Dictionary<string, Guid>? contributors = null) =>
        (await DatasetTests.RunAsync(house, await UploadAsync(house, project, name, coco), "import", new { format = "coco", @as = what, contributors }))["imported"]!;

    private static async Task<string> UploadAsync(House house, string project, string name, string labels)
    {
        var dataset = (await house.Manager.Http.PostAsync($"projects/{project}/datasets", new { name })).Created().Id;
        (await house.Manager.Http.PutAsync($"datasets/{dataset}/files?path=labels.json", Requests.Bytes(Encoding.UTF8.GetBytes(labels)))).Ok();
        for (var i = 0; i < (labels[0] == '[' ? 30 : 2); i++) (await house.Manager.Http.PutAsync($"datasets/{dataset}/files?path=p{i}.png", Requests.Bytes(Pictures.Png(100, 50, i)))).Ok();
        return dataset;
    }

    private static async Task<JsonNode> EndAsync(House house, string dataset)
    {
        for (var i = 0; i < 600; i++)
        {
            var now = (await house.Manager.Http.GetAsync($"datasets/{dataset}")).Ok().Json!;
            if (now["job"]!["state"]!.GetValue<string>() is "done") return now;
            await Task.Delay(50);
        }

        throw new TimeoutException("The import did not end.");
    }

    private static string Coco(int x) => $$"""
        {"images":[{"id":1,"file_name":"p0.png","width":100,"height":50},{"id":2,"file_name":"p1.png","width":100,"height":50}],
         "categories":[{"id":3,"name":"Car"}],
         "annotations":[{"id":1,"image_id":1,"category_id":3,"bbox":[{{x}},10,30,20],"area":600,"iscrowd":0},{"id":2,"image_id":2,"category_id":3,"bbox":[5,6,7,8],"area":56,"iscrowd":0}]}
        """;

    private static string Export() => new JsonArray([.. Enumerable.Range(0, 30).Select(i => (JsonNode)new JsonObject
    {
        ["id"] = i + 1,
        ["data"] = new JsonObject { ["image"] = $"/data/upload/1/p{i}.png" },
        ["annotations"] = new JsonArray([.. Enumerable.Range(1, 2).Select(who => (JsonNode)new JsonObject
        {
            ["id"] = i * 10 + who,
            ["completed_by"] = who,
            ["created_at"] = "2024-05-01T10:00:00Z",
            ["result"] = new JsonArray(new JsonObject
            {
                ["id"] = "r1",
                ["type"] = "rectanglelabels",
                ["from_name"] = "label",
                ["to_name"] = "image",
                ["original_width"] = 100,
                ["original_height"] = 50,
                ["value"] = new JsonObject { ["x"] = 10 * who, ["y"] = 10, ["width"] = 20, ["height"] = 20, ["rotation"] = 0, ["rectanglelabels"] = new JsonArray("Car") },
            }),
        })]),
    })]).ToJsonString();
}
