using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Touchstone.Terminal;
using Touchstone.Testing;
using Touchstone.Tests.Cli;

namespace Touchstone.Tests.Conversions;

/// <summary><c>touchstone adopt</c> on a project of three annotators, of whom one is careless.</summary>
public sealed class AdoptTests
{
    private const int Inputs = 30;

    [Fact]
    public async Task An_X_ray_comes_first_and_then_everything_goes_in()
    {
        await using var shop = await Shop.OpenAsync(DatabaseKind.Sqlite);
        Write(shop["export/export.json"], shop["export"]);
        var xray = (await CommandRun.OfAsync("adopt", shop["export"], "--json")).Expect(0).Json;
        Assert.Equal(("label-studio", Inputs + 1, Inputs), (xray["format"]!.GetValue<string>(), xray["inputs"]!.GetValue<int>(), xray["compared"]!.GetValue<int>()));
        Assert.Equal((3 * Inputs + 1, 1), (xray["opinions"]!["annotation"]!.GetValue<int>(), xray["opinions"]!["prediction"]!.GetValue<int>()));
        Assert.InRange(xray["agreement"]!.GetValue<double>(), 0.6, 0.95);

        // The careless one is wrong on every third input, and that is who is suspected.
        var suspects = xray["suspected_errors"]!.AsArray();
        Assert.InRange(suspects.Count(s => s!["annotator"]!.GetValue<string>() == "careless@example.org"), Inputs / 3, Inputs / 3 + 1);
        Assert.DoesNotContain(suspects, s => s!["annotator"]!.GetValue<string>() == "anna@example.org");
        var right = xray["annotators"]!.AsArray().ToDictionary(a => a!["name"]!.GetValue<string>(), a => a!["right"]!.GetValue<double>(), StringComparer.Ordinal);
        Assert.True(right["careless@example.org"] < right["anna@example.org"] - 0.1, xray["annotators"]!.ToJsonString());

        // Two who agree are enough; the third is needed where they differ.
        var overlap = xray["adaptive_overlap"]!;
        Assert.Equal(3 * Inputs, overlap["answers_given"]!.GetValue<int>());
        Assert.InRange(overlap["saved"]!.GetValue<double>(), 0.1, 0.34);
        Assert.Equal((1, 1, 1, 1), (Beside("prelabels"), Beside("drafts"), Beside("skips"), Beside("left_out")));
        Assert.DoesNotContain(xray["losses"]!.AsArray(), l => l!["kind"]!.GetValue<string>() is "prediction" or "draft" or "skip");

        var told = (await CommandRun.OfAsync("adopt", shop["export"])).Expect(0);
        Assert.Contains("Adaptive overlap: ", told.Output, StringComparison.Ordinal);
        Assert.Contains("Begun work waits seven days", told.Output, StringComparison.Ordinal);
        Assert.Contains("Nothing was imported", told.Error, StringComparison.Ordinal);

        var run = (await shop.RunAsync("adopt", shop["export"], "--name", "Adopted", "--yes", "--json")).Expect(0).Json;
        Assert.Equal((Inputs + 1, 3 * Inputs + 1), (run["imported"]!["tasks"]!.GetValue<int>(), run["imported"]!["responses"]!.GetValue<int>()));
        Assert.Equal((1, 1, 1, 0), (Imported("prelabels"), Imported("drafts"), Imported("skips"), Imported("faults")));
        await using var store = shop.Database.CreateContext();
        Assert.Equal("dora@example.org", await store.Leases.Where(l => l.State == Store.Entities.LeaseState.Live && store.Drafts.Any(d => d.LeaseId == l.Id)).Select(l => store.Contributors.Single(c => c.Id == l.ContributorId).DisplayName).SingleAsync(TestContext.Current.CancellationToken));
        Assert.Equal(["anna@example.org", "ben@example.org", "careless@example.org"], await store.Responses.Select(r => store.Contributors.Single(c => c.Id == r.ContributorId).DisplayName).Distinct().OrderBy(n => n).ToListAsync(TestContext.Current.CancellationToken));
        var again = (await shop.RunAsync("adopt", shop["export"], "--project", "Adopted", "--yes", "--json")).Expect(0).Json;
        Assert.Equal((0, Inputs + 1, 0, 3 * Inputs + 1), (again["imported"]!["tasks"]!.GetValue<int>(), again["imported"]!["tasks_repeated"]!.GetValue<int>(), again["imported"]!["responses"]!.GetValue<int>(), again["imported"]!["responses_repeated"]!.GetValue<int>()));
        Assert.Equal(3, again["imported"]!["besides_repeated"]!.GetValue<int>());

        int Beside(string what) => xray["beside_answers"]![what]!.GetValue<int>();

        int Imported(string what) => run["imported"]![what]!.GetValue<int>();
    }

    [Fact]
    public async Task Masks_are_labels_and_go_in_with_their_pictures()
    {
        await using var shop = await Shop.OpenAsync(DatabaseKind.Sqlite);
        var run = (await shop.RunAsync("adopt", TestData.Find(Assert.Skip, "driving", "camvid"), "--name", "CamVid", "--yes", "--json")).Expect(0).Json;
        Assert.Equal(("index-masks", 20, 20), (run["format"]!.GetValue<string>(), run["imported"]!["tasks"]!.GetValue<int>(), run["imported"]!["responses"]!.GetValue<int>()));
        await using var store = shop.Database.CreateContext();
        Assert.All(await store.Responses.Select(r => r.Answers).ToListAsync(TestContext.Current.CancellationToken), answers => Assert.Contains("\"polygon\"", answers, StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_input_without_its_picture_is_told_and_the_others_go_in()
    {
        await using var shop = await Shop.OpenAsync(DatabaseKind.Sqlite);
        Write(shop["export/export.json"], shop["export"]);
        File.Delete(shop["export/upload/street_03.png"]);
        var run = (await shop.RunAsync("adopt", shop["export"], "--name", "Partly", "--yes", "--json")).Expect(ExitCode.Failed);
        Assert.Equal((Inputs, 1), (run.Json["imported"]!["tasks"]!.GetValue<int>(), run.Json["imported"]!["faults"]!.GetValue<int>()));
        Assert.Contains("street_03.png", run.Json["imported"]!["first_faults"]!.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_known_truth_is_no_vote_and_whoever_says_otherwise_is_suspected_however_many_they_are()
    {
        await using var shop = await Shop.OpenAsync(DatabaseKind.Sqlite);
        Write(shop["export/export.json"], shop["export"]);
        var tasks = JsonNode.Parse(await File.ReadAllTextAsync(shop["export/export.json"], TestContext.Current.CancellationToken))!.AsArray();
        for (var i = 0; i < 6; i++)
        {
            var annotations = tasks[i]!["annotations"]!.AsArray();
            var wrong = i % 2 == 0 ? "tram" : "car";
            annotations[0]!["ground_truth"] = true;
            foreach (var other in (int[])[1, 2]) annotations[other]!["result"]![0]!["value"]!["rectanglelabels"] = new JsonArray(wrong);
        }

        await File.WriteAllTextAsync(shop["export/export.json"], tasks.ToJsonString(), TestContext.Current.CancellationToken);
        var xray = (await CommandRun.OfAsync("adopt", shop["export"], "--json")).Expect(0).Json;
        Assert.Equal(6, xray["known_truths"]!.GetValue<int>());
        var suspects = xray["suspected_errors"]!.AsArray().Select(s => (Input: s!["input"]!.GetValue<string>(), By: s["annotator"]!.GetValue<string>())).ToList();
        Assert.DoesNotContain(suspects, s => s.By == "anna@example.org");
        for (var i = 0; i < 6; i++) Assert.Equal(["ben@example.org", "careless@example.org"], suspects.Where(s => s.Input.EndsWith($"street_0{i}.png", StringComparison.Ordinal)).Select(s => s.By).Order(StringComparer.Ordinal));
        Assert.Equal(suspects.Count, xray["suspected_error_count"]!.GetValue<int>());
        var run = (await shop.RunAsync("adopt", shop["export"], "--name", "Known", "--yes", "--json")).Expect(0).Json;
        Assert.Equal(3 * Inputs + 1, run["imported"]!["responses"]!.GetValue<int>());
    }

    [Fact]
    public async Task What_is_no_project_of_another_tool_is_refused()
    {
        await using var shop = await Shop.OpenAsync(DatabaseKind.Sqlite);
        Directory.CreateDirectory(shop["nothing"]);
        (await CommandRun.OfAsync("adopt", shop["nothing"])).Refused(ExitCode.Failed, "holds no files");
        (await CommandRun.OfAsync("adopt", shop["missing"])).Refused(ExitCode.Failed, "There is no file or folder");
        (await CommandRun.OfAsync("adopt", shop["nothing"], "--confidence", "2")).Refused(ExitCode.Misuse, "--confidence: expected a share from 0 to 1");
    }

    private static void Write(string export, string folder)
    {
        Directory.CreateDirectory(Path.Combine(folder, "upload"));
        JsonArray tasks = [];
        for (var i = 0; i < Inputs; i++)
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"street_{i:00}.png");
            File.WriteAllBytes(Path.Combine(folder, "upload", name), Pictures.Png(100, 50, i + 1));
            var truth = i % 2 == 0 ? "car" : "tram";
            var wrong = i % 3 == 0 ? truth == "car" ? "tram" : "car" : truth;
            JsonArray annotations = [Annotation(i, 1, "anna@example.org", truth, 0), Annotation(i, 2, "careless@example.org", wrong, 1), Annotation(i, 3, "ben@example.org", truth, 0.5)];
            JsonArray predictions = i == 0 ? [new JsonObject { ["id"] = 1, ["model_version"] = "m", ["result"] = new JsonArray(Box(truth, 0)) }] : [];
            tasks.Add((JsonNode)new JsonObject { ["id"] = i + 1, ["data"] = new JsonObject { ["image"] = $"/data/upload/{name}" }, ["annotations"] = annotations, ["predictions"] = predictions });
        }

        // One more, that Anna alone labelled, though she has a draft too. Dora began it and Emil passed it by.
        File.WriteAllBytes(Path.Combine(folder, "upload", "begun.png"), Pictures.Png(100, 50, 99));
        tasks.Add((JsonNode)new JsonObject { ["id"] = 99, ["data"] = new JsonObject { ["image"] = "/data/upload/begun.png" }, ["annotations"] = new JsonArray(Annotation(99, 1, "anna@example.org", "car", 0), Skip("emil@example.org")), ["drafts"] = new JsonArray(Draft("dora@example.org"), Draft("anna@example.org")) });
        File.WriteAllText(export, tasks.ToJsonString());

        static JsonObject Annotation(int task, int order, string who, string label, double off) => new()
        {
            ["id"] = task * 10 + order,
            ["completed_by"] = new JsonObject { ["email"] = who },
            ["created_at"] = $"2024-03-0{order}T08:00:00Z",
            ["lead_time"] = 9.5,
            ["was_cancelled"] = false,
            ["result"] = new JsonArray(Box(label, off)),
        };

        static JsonObject Skip(string who) => new() { ["id"] = 999, ["completed_by"] = new JsonObject { ["email"] = who }, ["created_at"] = "2024-03-04T08:00:00Z", ["was_cancelled"] = true, ["result"] = new JsonArray() };

        static JsonObject Draft(string who) => new() { ["user"] = who, ["created_at"] = "2024-03-05T08:00:00Z", ["result"] = new JsonArray(Box("car", 2)) };

        static JsonObject Box(string label, double off) => new()
        {
            ["id"] = "r1",
            ["type"] = "rectanglelabels",
            ["from_name"] = "label",
            ["to_name"] = "image",
            ["original_width"] = 100,
            ["original_height"] = 50,
            ["value"] = new JsonObject { ["x"] = 20 + off, ["y"] = 20, ["width"] = 40, ["height"] = 50, ["rotation"] = 0, ["rectanglelabels"] = new JsonArray(label) },
        };
    }
}
