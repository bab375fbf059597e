using System.Net;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.EntityFrameworkCore;
using Touchstone.Server.Catalogue.Tasks;
using Touchstone.Server.Tests.Support;
using Touchstone.Store.Entities;
using Touchstone.Testing;

namespace Touchstone.Server.Tests.Catalogue;

public sealed class ImportTests
{
    [Theory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task Good_lines_go_in_and_each_bad_one_is_listed_with_its_place(DatabaseKind kind)
    {
        await using var house = await House.OpenAsync(kind);
        var project = await house.AddProjectAsync();
        var asset = await house.AddAssetAsync();
        var id = asset["id"]!.GetValue<string>();
        var report = (await house.ImportAsync(
            project,
            $$"""{"external_id":"a","asset":"{{id}}","priority":9,"overlap":3}""",
            "{broken",
            $$"""{"sha256":"{{asset["sha256"]}}"}""",
            "",
            $$"""{"external_id":"","asset":"{{id}}"}""",
            $$"""{"asset":"{{id}}","priority":10}""",
            $$"""{"asset":"{{Guid.NewGuid()}}"}""",
            """{"external_id":"lonely"}""",
            $$"""{"asset":"{{id}}","colour":"red"}""",
            "[1]",
            $$"""{"asset":"{{id}}"} {}""",
            $$"""{"external_id":"a","asset":"{{id}}"}""",
            $$"""{"asset":"{{id}}","sha256":"{{new string('0', 64)}}"}""",
            $$"""{"external_id":"ünï – 🚗","asset":"{{id}}"}""")).Ok();
        Assert.Equal((3, 1, 9), (report["imported"].GetValue<int>(), report["repeated"].GetValue<int>(), report["refused"].GetValue<int>()));
        Assert.Equal(
            [
                (2L, "malformed_json", ""), (5, "invalid_external_id", "/external_id"), (6, "invalid_priority", "/priority"), (7, "unknown_asset", "/asset"), (8, "asset_missing", "/asset"),
                (9, "unknown_member", "/colour"), (10, "not_an_object", ""), (11, "malformed_json", ""), (13, "sha256_differs", "/sha256"),
            ],
            report["faults"].AsArray().Select(f => (f!["line"]!.GetValue<long>(), f["reason"]!.GetValue<string>(), f["pointer"]!.GetValue<string>())));
        Assert.Contains("expected a whole number from 0 (last) to 9 (first); found 10", report["faults"][2]!["detail"]!.GetValue<string>(), StringComparison.Ordinal);

        var batch = report["batch"]["id"]!.GetValue<string>();
        var row = (await house.Manager.Http.GetAsync($"batches/{batch}")).Ok();
        Assert.Equal((3, 1, 9), (row["imported"].GetValue<int>(), row["repeated"].GetValue<int>(), row["refused"].GetValue<int>()));
        var first = (await house.Manager.Http.GetAsync($"batches/{batch}/faults?limit=5")).Ok();
        var rest = (await house.Manager.Http.GetAsync($"batches/{batch}/faults?limit=5&after={first["next"]}")).Ok();
        Assert.Equal((5, 4), (first["items"].AsArray().Count, rest["items"].AsArray().Count));
        Assert.Single((await house.Manager.Http.GetAsync($"projects/{project}/batches")).Ok()["items"].AsArray());
    }

    [Theory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task An_import_sent_again_adds_nothing_and_can_go_on_in_the_same_batch(DatabaseKind kind)
    {
        await using var house = await House.OpenAsync(kind);
        var project = await house.AddProjectAsync();
        var asset = (await house.AddAssetAsync())["id"];
        string[] lines = [.. Enumerable.Range(0, 30).Select(i => $$"""{"external_id":"t{{i}}","asset":"{{asset}}"}""")];
        var report = (await house.ImportAsync(project, lines[..20])).Ok();
        var batch = report["batch"]["id"]!.GetValue<string>();
        var again = (await house.Manager.Http.PostAsync($"projects/{project}/tasks?batch={batch}", Requests.Lines(string.Join("\r\n", lines)))).Ok();
        Assert.Equal((10, 20, batch), (again["imported"].GetValue<int>(), again["repeated"].GetValue<int>(), again["batch"]["id"]!.GetValue<string>()));
        Assert.Equal(30, await house.ReadAsync(s => s.Tasks.CountAsync()));
        (await house.Manager.Http.PostAsync($"projects/{project}/tasks?batch={Guid.NewGuid()}", Requests.Lines(lines[0]))).Expect(HttpStatusCode.NotFound);
        (await house.Manager.Http.PutAsync($"projects/{project}/state", new { state = "archived" }, ("If-Match", "*"))).Ok();
        Assert.Equal("archived", (await house.ImportAsync(project, lines)).Expect(HttpStatusCode.Conflict).Code);
    }

    [Theory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task Another_picture_under_a_taken_id_is_a_fault_and_no_repeat(DatabaseKind kind)
    {
        await using var house = await House.OpenAsync(kind);
        var project = await house.AddProjectAsync();
        var (first, second) = ((await house.AddAssetAsync(1))["id"], (await house.AddAssetAsync(2))["id"]);
        (await house.ImportAsync(project, Enumerable.Range(0, 5_500).Select(i => $$"""{"external_id":"t{{i}}","asset":"{{first}}"}""").ToArray())).Ok();
        var report = (await house.ImportAsync(
            project,
            [
                .. Enumerable.Range(0, 5_400).Select(i => $$"""{"external_id":"t{{i}}","asset":"{{(i is 7 or 5_300 ? second : first)}}"}"""),
                $$"""{"external_id":"new","asset":"{{first}}"}""", $$"""{"external_id":"new","asset":"{{second}}"}""", $$$"""{"external_id":"t1","asset":"{{{first}}}","gold":{"weather":"dry"}}""",
            ])).Ok();
        Assert.Equal((1, 5_398, 4), (report["imported"].GetValue<int>(), report["repeated"].GetValue<int>(), report["refused"].GetValue<int>()));
        Assert.Equal(
            [(8L, "external_id_taken"), (5_301, "external_id_taken"), (5_402, "external_id_taken"), (5_403, "not_made_gold")],
            report["faults"].AsArray().Select(f => (f!["line"]!.GetValue<long>(), f["reason"]!.GetValue<string>())));
        var batch = (await house.Manager.Http.GetAsync($"batches/{report["batch"]["id"]}")).Ok();
        Assert.Equal((1, 5_398, 4), (batch["imported"].GetValue<int>(), batch["repeated"].GetValue<int>(), batch["refused"].GetValue<int>()));
        Assert.Equal(5_501, await house.ReadAsync(s => s.Tasks.CountAsync()));
    }

    [Theory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task Known_answers_come_in_with_their_tasks_after_they_are_checked(DatabaseKind kind)
    {
        await using var house = await House.OpenAsync(kind);
        var project = await house.AddProjectAsync();
        var asset = (await house.AddAssetAsync())["id"];
        var report = (await house.ImportAsync(
            project,
            $$$"""{"asset":"{{{asset}}}","gold":{"weather":"dry","things":[{"id":"a","class":"car","box":{"x":1,"y":1,"width":9,"height":9}}]}}""",
            $$$"""{"asset":"{{{asset}}}","gold":{"weather":"fog"}}""",
            $$$"""{"asset":"{{{asset}}}","gold":{"things":[{"id":"a","class":"car","box":{"x":1,"y":1,"width":900,"height":9}}]}}""",
            $$$"""{"asset":"{{{asset}}}","gold":7}""")).Ok();
        Assert.Equal((1, 3), (report["imported"].GetValue<int>(), report["refused"].GetValue<int>()));
        Assert.Equal(["invalid_gold", "invalid_gold", "invalid_gold"], report["faults"].AsArray().Select(f => f!["reason"]!.GetValue<string>()));
        Assert.Contains(report["faults"].AsArray(), f => f!["pointer"]!.GetValue<string>() == "/gold/weather");
        var task = (await house.Manager.Http.GetAsync($"projects/{project}/tasks?purpose=gold")).Ok()["items"][0]!["id"]!;
        Assert.Equal("dry", (await house.Manager.Http.GetAsync($"tasks/{task}/gold")).Ok()["answers"]["weather"]!.GetValue<string>());
    }

    [Theory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task Assets_of_another_compartment_or_organization_are_unknown_to_an_import(DatabaseKind kind)
    {
        await using var house = await House.OpenAsync(kind);
        var project = await house.AddProjectAsync();
        var compartment = await house.AddCompartmentAsync("night", house.Manager);
        var fenced = (await house.Manager.Http.PostAsync($"assets?compartment={compartment}", Requests.Bytes(Pictures.Png(9, 9, 1)))).Created();
        var other = await house.AddAsync(await house.AddOrganizationAsync("Other house"), Role.Owner);
        var foreign = (await other.Http.PostAsync("assets", Requests.Bytes(Pictures.Png(9, 9, 2)))).Created();
        var report = (await house.ImportAsync(project, $$"""{"asset":"{{fenced.Id}}"}""", $$"""{"asset":"{{foreign.Id}}"}""", $$"""{"sha256":"{{foreign["sha256"]}}"}""")).Ok();
        Assert.Equal(["unknown_asset", "unknown_asset", "unknown_asset"], report["faults"].AsArray().Select(f => f!["reason"]!.GetValue<string>()));
    }

    [Fact]
    public async Task A_manifest_with_broken_lines_3_and_70000_loses_only_those()
    {
        await using var house = await House.OpenAsync(DatabaseKind.Sqlite);
        var project = await house.AddProjectAsync();
        var asset = (await house.AddAssetAsync())["id"];
        var text = new StringBuilder();
        for (var line = 1; line <= 70_001; line++)
            text.Append(line is 3 or 70_000 ? "{\"asset\":\n" : $"{{\"external_id\":\"n{line}\",\"asset\":\"{asset}\"}}\n");
        var report = (await house.Manager.Http.PostAsync($"projects/{project}/tasks", Requests.Lines(text.ToString()))).Ok();
        Assert.Equal((69_999, 2), (report["imported"].GetValue<int>(), report["refused"].GetValue<int>()));
        Assert.Equal([3, 70_000], report["faults"].AsArray().Select(f => f!["line"]!.GetValue<int>()));
    }

    [Fact]
    public async Task More_faults_than_are_listed_are_still_counted()
    {
        await using var house = await House.OpenAsync(DatabaseKind.Sqlite);
        var project = await house.AddProjectAsync();
        var report = (await house.Manager.Http.PostAsync($"projects/{project}/tasks", Requests.Lines(string.Concat(Enumerable.Repeat("x\n", 12_000))))).Ok();
        Assert.Equal((12_000, 1_000), (report["refused"].GetValue<int>(), report["faults"].AsArray().Count));
        Assert.Equal(10_000, await house.ReadAsync(s => s.ImportFaults.CountAsync()));
    }

    [Fact]
    public void Whatever_a_line_holds_it_is_read_or_refused_and_never_throws()
    {
        Prop.ForAll<byte[]>(bytes => Reads(bytes)).QuickCheckThrowOnFailure();
        Prop.ForAll<string, string, int>((id, asset, priority) =>
            Reads(System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(new Dictionary<string, object?> { ["external_id"] = id, ["asset"] = asset, ["priority"] = priority, [id ?? ""] = asset }))).QuickCheckThrowOnFailure();
        foreach (var odd in (string[])["\"\\ud800\"", "{\"external_id\":\"\\ud800\",\"asset\":\"x\"}", "{\"\\ud800\":1}", "{\"asset\":1e999}", "{\"gold\":{\"a\":[{]}", "{", "", "{\"gold\":{\"a\":1}", "nul"])
            Assert.True(Reads(Encoding.UTF8.GetBytes(odd)), odd);

        static bool Reads(byte[] line) => TaskLineReader.TryRead(1, line, out _, out var fault) == fault is null;
    }
}
