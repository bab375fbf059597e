using System.Net;
using System.Text.Json.Nodes;
using Touchstone.Curation.Reports;
using Touchstone.Server.Catalogue.Corpora;
using Touchstone.Server.Tests.Support;
using Touchstone.Store.Entities;
using Touchstone.Testing;

namespace Touchstone.Server.Tests.Catalogue;

public sealed class CorpusTests
{
    [Theory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task A_shared_report_comes_back_as_it_was_sent(DatabaseKind kind)
    {
        await using var house = await House.OpenAsync(kind);
        var sent = Reports.Json();
        var shared = (await house.Manager.Http.PostAsync("corpora", sent)).Created();
        Assert.False(shared["repeated"].GetValue<bool>());
        var detail = (await house.Owner.Http.GetAsync($"corpora/{shared.Id}")).Ok();
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(sent.Replace("+00:00\"", "Z\"", StringComparison.Ordinal)), detail["report"]), detail["report"].ToJsonString());
        Assert.Equal("The Manager", detail["shared_by_name"].GetValue<string>());
        var row = Assert.Single((await house.Owner.Http.GetAsync("corpora")).Ok()["items"].AsArray())!;
        Assert.Equal(("Crawl of May", 10, 7), (row["name"]!.GetValue<string>(), row["read_documents"]!.GetValue<int>(), row["kept_documents"]!.GetValue<int>()));
        Assert.True(JsonNode.DeepEquals(row, detail["corpus"]));
    }

    [Theory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task The_same_report_is_kept_once_in_an_organization_and_apart_from_that_of_another(DatabaseKind kind)
    {
        await using var house = await House.OpenAsync(kind);
        var stranger = await house.AddAsync(await house.AddOrganizationAsync("Other house"), Role.Owner);
        var first = (await house.Manager.Http.PostAsync("corpora", Reports.Json())).Created();
        var again = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => house.Owner.Http.PostAsync("corpora", Reports.Json())));
        Assert.All(again, a => Assert.Equal((first.Id, true), (a.Ok().Id, a["repeated"].GetValue<bool>())));
        var other = (await stranger.Http.PostAsync("corpora", Reports.Json())).Created();
        Assert.NotEqual(first.Id, other.Id);
        var news = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => house.Owner.Http.PostAsync("corpora", Reports.Json("Crawl of June"))));
        Assert.Single(news.Select(n => n.Id).Distinct());
        Assert.Equal(2, (await house.Owner.Http.GetAsync("corpora")).Ok()["items"].AsArray().Count);
    }

    [Theory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task Only_owners_and_managers_of_the_organization_see_and_delete_it(DatabaseKind kind)
    {
        await using var house = await House.OpenAsync(kind);
        var stranger = await house.AddAsync(await house.AddOrganizationAsync("Other house"), Role.Owner);
        var id = (await house.Manager.Http.PostAsync("corpora", Reports.Json())).Created().Id;
        Assert.Empty((await stranger.Http.GetAsync("corpora")).Ok()["items"].AsArray());
        (await stranger.Http.GetAsync($"corpora/{id}")).Expect(HttpStatusCode.NotFound);
        (await stranger.Http.DeleteAsync($"corpora/{id}")).Expect(HttpStatusCode.NotFound);
        foreach (var member in (House.Member[])[house.Reviewer, house.Contributor])
        {
            (await member.Http.GetAsync("corpora")).Expect(HttpStatusCode.Forbidden);
            (await member.Http.GetAsync($"corpora/{id}")).Expect(HttpStatusCode.Forbidden);
            (await member.Http.PostAsync("corpora", Reports.Json("Mine"))).Expect(HttpStatusCode.Forbidden);
            (await member.Http.DeleteAsync($"corpora/{id}")).Expect(HttpStatusCode.Forbidden);
        }

        (await house.Owner.Http.DeleteAsync($"corpora/{id}")).NoContent();
        (await house.Owner.Http.DeleteAsync($"corpora/{id}")).Expect(HttpStatusCode.NotFound);
        (await house.Owner.Http.GetAsync($"corpora/{id}")).Expect(HttpStatusCode.NotFound);
        (await house.Manager.Http.PostAsync("corpora", Reports.Json())).Created();
    }

    [Theory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task A_list_goes_on_where_its_page_ended_the_latest_first(DatabaseKind kind)
    {
        await using var house = await House.OpenAsync(kind);
        foreach (var name in (string[])["first", "second", "third"])
        {
            house.Server.Clock.Advance(TimeSpan.FromSeconds(1));
            (await house.Owner.Http.PostAsync("corpora", Reports.Json(name))).Created();
        }

        var page = (await house.Owner.Http.GetAsync("corpora?limit=2")).Ok();
        Assert.Equal(["third", "second"], Names(page));
        Assert.Equal(["first"], Names((await house.Owner.Http.GetAsync($"corpora?limit=2&after={page["next"]}")).Ok()));

        static IEnumerable<string> Names(Answer page) => page["items"].AsArray().Select(r => r!["name"]!.GetValue<string>());
    }

    [Theory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task An_organization_that_keeps_as_many_reports_as_it_may_is_told_so(DatabaseKind kind)
    {
        await using var house = await House.OpenAsync(kind);
        var first = (await house.Owner.Http.PostAsync("corpora", Reports.Json("0"))).Created();
        for (var n = 1; n < ShareCorpus.ReportsMax; n++) (await house.Owner.Http.PostAsync("corpora", Reports.Json($"{n}"))).Created();
        (await house.Owner.Http.PostAsync("corpora", Reports.Json("one more"))).Expect(HttpStatusCode.Conflict);
        Assert.Equal(first.Id, (await house.Owner.Http.PostAsync("corpora", Reports.Json("0"))).Ok().Id);
        (await house.Owner.Http.DeleteAsync($"corpora/{first.Id}")).NoContent();
        (await house.Owner.Http.PostAsync("corpora", Reports.Json("one more"))).Created();
    }

    [Fact]
    public async Task What_is_no_report_is_refused_with_its_place()
    {
        await using var house = await House.OpenAsync(DatabaseKind.Sqlite);
        await Invalid("/name", r => r with { Name = " " });
        await Invalid("/version", r => r with { Version = 2 });
        await Invalid("/pipeline", r => r with { Pipeline = "abc" });
        await Invalid("/kept/documents", r => r with { Kept = r.Kept with { Documents = 9 } });
        await Invalid("/read_words", r => r with { ReadWords = [1, 2] });
        await Invalid("/examples/1/text", r => r with { Examples = [r.Examples[0], r.Examples[1] with { Text = new string('x', ReportLimits.TextMax + 1) }] });
        await Invalid("/examples/1/rules/0/spans/0", r => r with { Examples = [r.Examples[0], r.Examples[1] with { Text = "ab" }] });
        await Invalid("/clusters/0/shown/0/members", r => r with { Clusters = [r.Clusters[0] with { Shown = [r.Clusters[0].Shown[0] with { Members = [] }] }] });
        await Invalid("/clusters/0/shown/0/members/0", r => r with { Clusters = [r.Clusters[0] with { Shown = [r.Clusters[0].Shown[0] with { Members = [null!, .. r.Clusters[0].Shown[0].Members] }] }] });
        await Invalid("/examples", r => r with { Examples = [.. Enumerable.Repeat(r.Examples[0], ReportLimits.ExamplesMax + 1)] });
        await Malformed("/steps", r => r["steps"] = 7);
        await Malformed("/reed", r => r["reed"] = 7);
        await Malformed("required", r => r.Remove("usage"));
        (await house.Owner.Http.PostAsync("corpora", "{\"name\":\"" + new string('x', ReportLimits.BytesMax) + "\"}", ("Expect", "100-continue"))).Expect(HttpStatusCode.RequestEntityTooLarge);
        Assert.Empty((await house.Owner.Http.GetAsync("corpora")).Ok()["items"].AsArray());

        async Task Invalid(string pointer, Func<CurationReport, CurationReport> change)
        {
            var refused = (await house.Owner.Http.PostAsync("corpora", Reports.Json(change: change))).Expect(HttpStatusCode.UnprocessableEntity);
            Assert.Contains(pointer, refused["errors"].AsArray().Select(e => e!["pointer"]!.GetValue<string>()));
        }

        async Task Malformed(string said, Action<JsonObject> change)
        {
            var report = JsonNode.Parse(Reports.Json())!.AsObject();
            change(report);
            Assert.Contains(said, (await house.Owner.Http.PostAsync("corpora", report.ToJsonString())).Expect(HttpStatusCode.BadRequest).Text, StringComparison.Ordinal);
        }
    }
}
