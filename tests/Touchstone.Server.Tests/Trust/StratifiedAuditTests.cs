using System.Net;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Touchstone.Server.Trust.Releases;
using Touchstone.Server.Trust.Releases.Verification;
using Touchstone.Store.Entities;
using Touchstone.Testing;

namespace Touchstone.Server.Tests.Trust;

public sealed class StratifiedAuditTests
{
    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task An_audit_drawn_by_strata_and_judged_twice_goes_into_a_release_that_verifies(DatabaseKind kind)
    {
        await using var shop = await Workshop.OpenAsync(kind);
        var street = await Street.LabelAsync(shop, pictures: 16, gold: 0);
        var drawn = await street.DrawAsync(new { size = 10, strata = "class_and_confidence", twice = 0.5 });
        Assert.Equal(16, drawn.GetProperty("strata").EnumerateArray().Sum(s => s.GetProperty("population").GetInt32()));
        Assert.Equal(drawn.GetProperty("size").GetInt32(), drawn.GetProperty("strata").EnumerateArray().Sum(s => s.GetProperty("sampled").GetInt32()));
        Assert.All(drawn.GetProperty("strata").EnumerateArray(), s => Assert.True(s.GetProperty("sampled").GetInt32() >= Math.Min(2, s.GetProperty("population").GetInt32())));
        await street.JudgeAsync("Audrey");
        await street.JudgeAsync("Aurora", mistakes: 1);
        var audit = await shop.Owner.GetAsync($"/api/v1/audits/{drawn.GetProperty("id").GetGuid()}");
        var (size, twice) = (audit.GetProperty("size").GetInt32(), audit.GetProperty("twice").GetInt32());
        Assert.Equal((size, (int)Math.Ceiling(size * 0.5), twice), (audit.GetProperty("answered").GetInt32(), twice, audit.GetProperty("judged_twice").GetInt32()));
        Assert.Equal(size, audit.GetProperty("strata").EnumerateArray().Sum(s => s.GetProperty("judged").GetInt32()));

        var created = await shop.Owner.PostAsync($"/api/v1/projects/{street.Project}/releases", new { }, HttpStatusCode.Accepted);
        var release = await street.PublishedAsync(created.GetProperty("id").GetGuid());
        var folder = Path.Combine(shop.Folder, "releases", release.GetProperty("id").GetString()!);
        var report = await ReleaseVerifier.VerifyAsync(folder);
        Assert.True(report.Accepted, string.Join('\n', report.Failures));
        var auditors = release.GetProperty("summary").GetProperty("auditors").EnumerateArray().ToDictionary(a => a.GetProperty("figure").GetString()!);
        var choices = auditors["choice_accuracy"];
        Assert.Equal((twice, 1), (choices.GetProperty("judged_twice").GetInt32(), choices.GetProperty("differing").GetInt32()));
        Assert.True(choices.GetProperty("error").GetDouble() > 0 && choices.GetProperty("high").GetDouble() > choices.GetProperty("error").GetDouble());

        using var document = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(folder, "release.json")));
        var assay = document.RootElement.GetProperty("content").GetProperty("assay");
        Assert.Equal(twice, assay.GetProperty("audit").GetProperty("twice").GetProperty("judged").GetInt32());
        Assert.Contains(assay.GetProperty("not_known").EnumerateArray(), c => c.GetProperty("code").GetString() == "auditors_alike");
        Assert.All(assay.GetProperty("figures").EnumerateArray().Where(f => f.GetProperty("name").GetString() != "mean_iou"), f => Assert.EndsWith("auditors_measured_jointly", f.GetProperty("method").GetString(), StringComparison.Ordinal));
        var card = await File.ReadAllTextAsync(Path.Combine(folder, "CARD.md"));
        Assert.Contains("It was drawn part by part", card, StringComparison.Ordinal);
        Assert.Contains("an auditor errs in", card, StringComparison.Ordinal);

        // The same content gives the same bytes, and what is derived replays to the same state.
        var again = Path.Combine(shop.Folder, "again");
        shop.Clock.Advance(TimeSpan.FromDays(1));
        var built = await ReleaseBuilder.BuildAsync(shop.Database, new(Path.Combine(shop.Folder, "content")), street.Project, new ReleaseOptions(), again, shop.Clock.GetUtcNow(), null, null, null, CancellationToken.None);
        Assert.Equal(report.Digest, built.Digest);
        var before = await DerivedState.DumpAsync(shop.Database);
        await shop.Derivation.ReplayAsync(CancellationToken.None);
        await shop.SettleAsync();
        Assert.Equal(before, await DerivedState.DumpAsync(shop.Database));
    }

    [Fact]
    public async Task A_second_judgement_that_never_comes_holds_nothing_up()
    {
        await using var shop = await Workshop.OpenAsync(DatabaseKind.Sqlite);
        var street = await Street.LabelAsync(shop, pictures: 8, gold: 0);
        var drawn = await street.DrawAsync(new { size = 6, twice = 1.0 });
        Assert.Equal(JsonValueKind.Null, drawn.GetProperty("strata").ValueKind);
        await street.JudgeAsync("Audrey");
        var audit = await shop.Owner.GetAsync($"/api/v1/audits/{drawn.GetProperty("id").GetGuid()}");
        Assert.Equal((6, 6, 0), (audit.GetProperty("twice").GetInt32(), audit.GetProperty("answered").GetInt32(), audit.GetProperty("judged_twice").GetInt32()));
        var folder = Path.Combine(shop.Folder, "out");
        await ReleaseBuilder.BuildAsync(shop.Database, new(Path.Combine(shop.Folder, "content")), street.Project, new ReleaseOptions(), folder, shop.Clock.GetUtcNow(), null, null, null, CancellationToken.None);
        var report = await ReleaseVerifier.VerifyAsync(folder);
        Assert.True(report.Accepted, string.Join('\n', report.Failures));
        var json = await File.ReadAllTextAsync(Path.Combine(folder, "release.json"));
        Assert.Contains("second_judgement_missing", json, StringComparison.Ordinal);
        Assert.Contains("\"auditor_error\"", json, StringComparison.Ordinal);
        Assert.DoesNotContain("graded_twice", json, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_share_is_judged_twice_by_default_where_two_could_and_otherwise_the_body_says_why_not()
    {
        await using var shop = await Workshop.OpenAsync(DatabaseKind.Sqlite);
        var street = await Street.LabelAsync(shop, pictures: 6, gold: 0);
        var both = await street.DrawAsync(new { size = 5 });
        Assert.Equal((1, JsonValueKind.Null), (both.GetProperty("twice").GetInt32(), both.GetProperty("note").ValueKind));
        DateTimeOffset? now = shop.Clock.GetUtcNow();
        await shop.Database.WriteAsync((write, cancel) => write.Contributors.Where(c => c.Role == Role.Reviewer).ExecuteUpdateAsync(c => c.SetProperty(x => x.SuspendedAt, now), cancel), CancellationToken.None);

        var one = await street.DrawAsync(new { size = 5 });
        Assert.Equal(0, one.GetProperty("twice").GetInt32());
        Assert.Contains("fewer than two", one.GetProperty("note").GetString(), StringComparison.Ordinal);
        var asked = await street.DrawAsync(new { size = 5, twice = 0.4 });
        Assert.Equal(2, asked.GetProperty("twice").GetInt32());
        Assert.Contains("Until then the first ones count", asked.GetProperty("note").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_plan_says_how_many_tasks_to_audit_and_draws_nothing()
    {
        await using var shop = await Workshop.OpenAsync(DatabaseKind.Sqlite);
        var street = await Street.LabelAsync(shop, pictures: 12, gold: 0);
        var path = $"/api/v1/projects/{street.Project}/audits/plan";
        var plan = await shop.Owner.PostAsync(path, new { accuracy = 0.5, confidence = 0.9, strata = "class_and_confidence" });
        Assert.InRange(plan.GetProperty("size").GetInt32(), 3, 12);
        Assert.Equal(plan.GetProperty("size").GetInt32(), plan.GetProperty("strata").EnumerateArray().Sum(s => s.GetProperty("size").GetInt32()));
        Assert.StartsWith("Audit ", plan.GetProperty("sentence").GetString(), StringComparison.Ordinal);
        Assert.True(plan.GetProperty("auditors").GetInt32() >= 2);
        var simple = await shop.Owner.PostAsync(path, new { accuracy = 0.5, confidence = 0.9 });
        Assert.Equal(JsonValueKind.Null, simple.GetProperty("strata").ValueKind);
        await shop.Owner.PostAsync(path, new { accuracy = 1.5 }, HttpStatusCode.UnprocessableEntity);
        await shop.Owner.PostAsync(path, new { accuracy = 0.9, confidence = 0.2 }, HttpStatusCode.UnprocessableEntity);
        Assert.Empty((await shop.Owner.GetAsync($"/api/v1/projects/{street.Project}/audits")).GetProperty("items").EnumerateArray());
    }
}
