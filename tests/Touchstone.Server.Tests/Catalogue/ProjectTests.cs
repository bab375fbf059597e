using System.Net;
using Microsoft.EntityFrameworkCore;
using Touchstone.Server.Tests.Support;
using Touchstone.Store.Entities;
using Touchstone.Testing;

namespace Touchstone.Server.Tests.Catalogue;

public sealed class ProjectTests
{
    [Theory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task A_project_is_made_from_yaml_or_json_and_read_back_as_its_file(DatabaseKind kind)
    {
        await using var house = await House.OpenAsync(kind);
        var made = (await house.Manager.Http.PostAsync("projects?synthetic=true", Requests.Yaml(House.ProjectYaml + "\nlease_minutes: 12\noverlap: {min: 3, max: 5}"))).Created();
        Assert.Equal(12, made["settings"]["lease_minutes"]!.GetValue<int>());
        Assert.Equal(3, made["settings"]["overlap"]!["min"]!.GetValue<int>());
        Assert.True(made["synthetic"].GetValue<bool>());
        var file = (await house.Manager.Http.GetAsync($"projects/{made.Id}/file")).Ok().Text;
        var copy = (await house.Manager.Http.PostAsync("projects", Requests.Yaml(file.Replace("Streets", "Streets again", StringComparison.Ordinal)))).Created();
        var first = (await house.Manager.Http.GetAsync($"projects/{made.Id}/ontologies/1")).Ok();
        Assert.Equal(first["digest"].GetValue<string>(), (await house.Manager.Http.GetAsync($"projects/{copy.Id}/ontologies/1")).Ok()["digest"].GetValue<string>());

        // In JSON, with text that YAML would escape in another way.
        var json = (await house.Manager.Http.PostAsync("projects", """{"name":"Rues \ud83d\ude97 \/ \"nuit\"","ontology":{"questions":[{"id":"q","kind":"text"}]}}""")).Created();
        Assert.Equal("Rues 🚗 / \"nuit\"", json["name"].GetValue<string>());
        Assert.Equal(3, await house.OutboxCountAsync(OutboxKind.ProjectChanged));
    }

    [Theory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task Every_fault_of_a_project_file_is_named_with_its_place(DatabaseKind kind)
    {
        await using var house = await House.OpenAsync(kind);
        var yaml = (await house.Manager.Http.PostAsync("projects", Requests.Yaml("name: X\ngold: {rate: 7}\nontology:\n  questions:\n    - id: a\n      kind: chioce"))).Expect(HttpStatusCode.UnprocessableEntity);
        Assert.All(yaml["errors"].AsArray(), e => Assert.NotNull(e!["line"]));
        Assert.Contains("/gold/rate", yaml["errors"].AsArray().Select(e => e!["pointer"]!.GetValue<string>()));
        (await house.Manager.Http.PostAsync("projects", "{nonsense")).Expect(HttpStatusCode.UnprocessableEntity);
        (await house.Manager.Http.PostAsync("projects", Requests.Yaml("\u0001"))).Expect(HttpStatusCode.UnprocessableEntity);
        (await house.Manager.Http.PostAsync("projects", Requests.Yaml(House.ProjectYaml + "\ninput: text"))).Expect(HttpStatusCode.UnprocessableEntity);
        (await house.Manager.Http.PostAsync("projects", new ByteArrayContent([0xff, 0xfe, 0x41]) { Headers = { ContentType = new("application/yaml") } })).Expect(HttpStatusCode.UnprocessableEntity);
        Assert.Equal(0, await house.ReadAsync(s => s.Projects.CountAsync()));
    }

    [Theory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task A_name_is_one_projects_within_an_organization(DatabaseKind kind)
    {
        await using var house = await House.OpenAsync(kind);
        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => house.Manager.Http.PostAsync("projects", Requests.Yaml(House.ProjectYaml))));
        Assert.Single(answers, a => a.Status == HttpStatusCode.Created);
        Assert.All(answers.Where(a => a.Status != HttpStatusCode.Created), a => Assert.Equal("name_taken", a.Expect(HttpStatusCode.Conflict).Code));
        var other = await house.AddAsync(await house.AddOrganizationAsync("Other house"), Role.Owner);
        (await other.Http.PostAsync("projects", Requests.Yaml(House.ProjectYaml))).Created();
    }

    [Theory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task A_change_needs_the_state_that_was_seen_and_keeps_what_it_does_not_name(DatabaseKind kind)
    {
        await using var house = await House.OpenAsync(kind);
        var project = await house.AddProjectAsync();
        var seen = (await house.Manager.Http.GetAsync($"projects/{project}")).Ok();
        (await house.Manager.Http.PatchAsync($"projects/{project}", new { description = "x" })).Expect(HttpStatusCode.PreconditionRequired);
        var changed = (await house.Manager.Http.PatchAsync($"projects/{project}", new { description = "Crossings", gold = new { rate = 0.2 } }, ("If-Match", seen.ETag!))).Ok();
        Assert.Equal(("Streets", "Crossings", 0.2), (changed["name"].GetValue<string>(), changed["description"].GetValue<string>(), changed["settings"]["gold"]!["rate"]!.GetValue<double>()));
        (await house.Manager.Http.PatchAsync($"projects/{project}", new { description = "y" }, ("If-Match", seen.ETag!))).Expect(HttpStatusCode.PreconditionFailed);
        var faulty = (await house.Manager.Http.PatchAsync($"projects/{project}", new { lease_minutes = 0, overlap = new { min = 4, max = 3, confidence = 2 } }, ("If-Match", "*"))).Expect(HttpStatusCode.UnprocessableEntity);
        Assert.Equal(["/overlap/max", "/overlap/confidence", "/lease_minutes"], faulty["errors"].AsArray().Select(e => e!["pointer"]!.GetValue<string>()));
        Assert.Equal("Crossings", (await house.Manager.Http.GetAsync($"projects/{project}")).Ok()["description"].GetValue<string>());
        (await house.Manager.Http.PutAsync($"projects/{project}/state", new { state = "paused" }, ("If-Match", changed.ETag!))).Ok();
        Assert.Empty((await house.Contributor.Http.GetAsync("projects?state=active")).Ok()["items"].AsArray());
    }

    [Theory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task Settings_are_for_managers(DatabaseKind kind)
    {
        await using var house = await House.OpenAsync(kind);
        var project = await house.AddProjectAsync();
        foreach (var below in (House.Member[])[house.Contributor, house.Reviewer])
            Assert.Null((await below.Http.GetAsync($"projects/{project}")).Ok().Json!["settings"]);
        Assert.NotNull((await house.Manager.Http.GetAsync($"projects/{project}")).Ok().Json!["settings"]);
    }

    [Theory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task A_change_of_ontology_is_shown_before_it_is_made_and_touches_no_task(DatabaseKind kind)
    {
        await using var house = await House.OpenAsync(kind);
        var project = await house.AddProjectAsync();
        var task = await house.AddTaskAsync(project);
        await AnswerAsync(house, task, """{"things":[{"id":"a","class":"car","box":{"x":1,"y":1,"width":9,"height":9}}],"weather":"wet"}""");
        const string Narrower = """{"ontology":{"questions":[{"kind":"shapes","id":"things","classes":[{"id":"car","geometries":["box"]}]},{"kind":"choice","id":"weather","options":["dry","snow"]}]}}""";
        var preview = (await house.Manager.Http.PostAsync($"projects/{project}/ontologies/preview", Narrower)).Ok();
        Assert.Equal((1, 1), (preview["impact"]["answers"]!.GetValue<int>(), preview["impact"]["invalid"]!.GetValue<int>()));
        Assert.Single((await house.Manager.Http.GetAsync($"projects/{project}/ontologies")).Ok()["items"].AsArray());

        (await house.Manager.Http.PostAsync($"projects/{project}/ontologies", Narrower)).Expect(HttpStatusCode.PreconditionRequired);
        var seen = (await house.Manager.Http.GetAsync($"projects/{project}")).Ok().ETag!;
        Assert.Equal(2, (await house.Manager.Http.PostAsync($"projects/{project}/ontologies", Narrower, ("If-Match", seen))).Created()["number"].GetValue<int>());
        Assert.Equal(2, (await house.Manager.Http.PostAsync($"projects/{project}/ontologies", Narrower, ("If-Match", "*"))).Ok()["number"].GetValue<int>());
        Assert.Equal(1, (await house.Manager.Http.GetAsync($"tasks/{task}")).Ok()["ontology_version"].GetValue<int>());
        var later = await house.AddTaskAsync(project, 1);
        Assert.Equal(2, (await house.Manager.Http.GetAsync($"tasks/{later}")).Ok()["ontology_version"].GetValue<int>());
        var faulty = (await house.Manager.Http.PostAsync($"projects/{project}/ontologies/preview", """{"ontology":{"questions":[{"kind":"choice","id":"w"}]}}""")).Expect(HttpStatusCode.UnprocessableEntity);
        Assert.All(faulty["errors"].AsArray(), e => Assert.StartsWith("/ontology/questions/0", e!["pointer"]!.GetValue<string>(), StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_ontology_version_is_sent_once_and_then_known_by_its_digest()
    {
        await using var house = await House.OpenAsync(DatabaseKind.Sqlite);
        var project = await house.AddProjectAsync();
        var first = (await house.Contributor.Http.GetAsync($"projects/{project}/ontologies/1")).Ok();
        (await house.Contributor.Http.GetAsync($"projects/{project}/ontologies/1", ("If-None-Match", first.ETag!))).Expect(HttpStatusCode.NotModified);
        (await house.Contributor.Http.GetAsync($"projects/{project}/ontologies/2")).Expect(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task The_shipped_ontologies_can_be_listed_and_read()
    {
        await using var house = await House.OpenAsync(DatabaseKind.Sqlite);
        var packs = (await house.Contributor.Http.GetAsync("ontology_packs")).Ok()["items"].AsArray();
        Assert.Equal(5, packs.Count);
        foreach (var pack in packs) Assert.NotNull((await house.Contributor.Http.GetAsync($"ontology_packs/{pack!["name"]}")).Ok()["ontology"]["questions"]);
        (await house.Contributor.Http.GetAsync("ontology_packs/driving/ships")).Expect(HttpStatusCode.NotFound);
    }

    [Theory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task A_page_that_watches_is_told_what_changed_and_ends_with_the_server(DatabaseKind kind)
    {
        var house = await House.OpenAsync(kind, o => o with { WatchersMax = 1 });
        var project = await house.AddProjectAsync();
        using var response = await house.Manager.Http.Http.GetAsync($"{Requests.Api}projects/{project}/events", HttpCompletionOption.ResponseHeadersRead);
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType!.MediaType);
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync());
        Assert.Contains("\"tasks\":0", await NextAsync(reader), StringComparison.Ordinal);
        Assert.Equal("unavailable", (await house.Manager.Http.GetAsync($"projects/{project}/events")).Expect(HttpStatusCode.ServiceUnavailable).Code);
        await house.AddTaskAsync(project);
        Assert.Contains("\"tasks\":1", await NextAsync(reader), StringComparison.Ordinal);
        Assert.Equal(1, (await house.Manager.Http.GetAsync($"projects/{project}/progress")).Ok()["open"].GetValue<int>());
        var rest = reader.ReadToEndAsync();
        await house.DisposeAsync();
        await rest;                                    // ends, and not with a broken connection
    }

    private static async Task<string> NextAsync(StreamReader reader)
    {
        while (await reader.ReadLineAsync() is { } line)
            if (line.StartsWith("data: ", StringComparison.Ordinal)) return line;
        throw new EndOfStreamException();
    }

    private static Task<bool> AnswerAsync(House house, string task, string answers) => house.Server.Database.WriteAsync(
        async (store, cancel) =>
        {
            var of = await store.Tasks.SingleAsync(t => t.Id == Store.Ids.LabelTaskId.Parse(task, null), cancel);
            var now = of.CreatedAt;
            store.Add(new Response
            {
                Id = Store.Ids.ResponseId.New(now),
                OrganizationId = of.OrganizationId,
                CompartmentId = of.CompartmentId,
                ProjectId = of.ProjectId,
                TaskId = of.Id,
                LeaseId = Store.Ids.LeaseId.New(now),
                ContributorId = house.Contributor.Id,
                OntologyVersion = 1,
                Answers = answers,
                Digest = new byte[32],
                SubmittedAt = now,
            });
            return true;
        },
        CancellationToken.None);
}
