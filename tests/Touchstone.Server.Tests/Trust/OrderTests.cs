using System.Net;
using System.Text.Json;
using Touchstone.Server.Trust.Releases;
using Touchstone.Server.Trust.Releases.Verification;
using Touchstone.Testing;

namespace Touchstone.Server.Tests.Trust;

public sealed class OrderTests
{
    private static readonly object Terms = new { accuracy = 0.55, confidence = 0.9, budget_minor = 100_000, answer_cost_minor = 2, audit_cost_minor = 5, contributor_errors = 0.02, looks = 2 };

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task An_order_is_planned_made_looked_at_and_met_and_its_looks_are_one_sample(DatabaseKind kind)
    {
        await using var shop = await Workshop.OpenAsync(kind);
        var street = await Street.LabelAsync(shop, pictures: 24, gold: 0, review: "always");
        var path = $"/api/v1/projects/{street.Project}/orders";
        var plan = (await shop.Owner.PostAsync($"{path}/plan", Terms)).GetProperty("plan");
        Assert.True(plan.GetProperty("is_feasible").GetBoolean(), plan.ToString());
        Assert.Equal(2, plan.GetProperty("looks").GetArrayLength());

        var order = await shop.Owner.PostAsync(path, Terms, HttpStatusCode.Created);
        var id = order.GetProperty("id").GetGuid();
        Assert.Equal("running", State(order));
        var project = await shop.Owner.GetAsync($"/api/v1/projects/{street.Project}");
        Assert.Equal(plan.GetProperty("overlap").GetProperty("max").GetInt32(), project.GetProperty("settings").GetProperty("overlap").GetProperty("max").GetInt32());
        await shop.Owner.PostAsync(path, Terms, HttpStatusCode.Conflict);

        var first = await shop.Owner.PostAsync($"/api/v1/orders/{id}/look");
        Assert.Equal((1, plan.GetProperty("looks")[0].GetProperty("audited").GetInt32()), (Progress(first, "look"), Progress(first, "drawn")));
        await shop.Owner.PostAsync($"/api/v1/orders/{id}/look", null, HttpStatusCode.Conflict);
        await shop.SettleAsync();
        await street.JudgeAsync("Audrey");
        await street.JudgeAsync("Aurora");
        var judged = await shop.Owner.GetAsync($"/api/v1/orders/{id}");
        Assert.Equal(("running", Progress(first, "drawn")), (State(judged), Progress(judged, "audited")));
        Assert.True(judged.GetProperty("progress").GetProperty("next_look").GetProperty("look").GetInt32() == 2, judged.ToString());
        Assert.True(Progress(judged, "spent_minor") > 0);

        var second = await shop.Owner.PostAsync($"/api/v1/orders/{id}/look");
        Assert.Equal(plan.GetProperty("looks")[1].GetProperty("audited").GetInt32(), Progress(second, "drawn"));
        await shop.SettleAsync();
        await street.JudgeAsync("Alma");
        await street.JudgeAsync("Anton");
        var seen = await shop.Owner.GetAsync($"/api/v1/orders/{id}");
        Assert.Equal("met", State(seen));
        var ended = await shop.Owner.PostAsync($"/api/v1/orders/{id}/look");
        Assert.Equal("met", State(ended));
        Assert.NotEqual(JsonValueKind.Null, ended.GetProperty("ended_at").ValueKind);
        Assert.True(ended.GetProperty("progress").GetProperty("lower_bound").GetDouble() >= 0.55);
        await shop.Owner.PostAsync($"/api/v1/orders/{id}/look", null, HttpStatusCode.Conflict);
        Assert.Equal(id, Assert.Single((await shop.Owner.GetAsync(path)).GetProperty("items").EnumerateArray()).GetProperty("id").GetGuid());

        // Both looks are one simple random sample, which a release draws again and states as what it is.
        var audits = (await shop.Owner.GetAsync($"/api/v1/projects/{street.Project}/audits")).GetProperty("items").EnumerateArray().ToArray();
        Assert.Equal((2, audits[1].GetProperty("id").GetGuid()), (audits.Length, audits[0].GetProperty("extends").GetGuid()));
        Assert.Equal(audits[0].GetProperty("size").GetInt32(), audits[0].GetProperty("answered").GetInt32());
        Assert.Equal(audits[0].GetProperty("seed").GetString(), audits[1].GetProperty("seed").GetString());
        var folder = Path.Combine(shop.Folder, "out");
        await ReleaseBuilder.BuildAsync(shop.Database, new(Path.Combine(shop.Folder, "content")), street.Project, new ReleaseOptions(), folder, shop.Clock.GetUtcNow(), null, null, null, CancellationToken.None);
        var report = await ReleaseVerifier.VerifyAsync(folder);
        Assert.True(report.Accepted, string.Join('\n', report.Failures));
        using var document = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(folder, "release.json")));
        var assay = document.RootElement.GetProperty("content").GetProperty("assay");
        Assert.Equal(2, assay.GetProperty("audit").GetProperty("looks").GetArrayLength());
        Assert.Empty(assay.GetProperty("audit").GetProperty("earlier").EnumerateArray());
        Assert.Equal(Progress(ended, "drawn"), assay.GetProperty("audit").GetProperty("judged").GetInt32());
        Assert.Contains(assay.GetProperty("not_known").EnumerateArray(), c => c.GetProperty("code").GetString() == "looked_at");

        // A look that is left out of the sample's history does not pass.
        using var tampered = new TamperedFolder(folder);
        tampered.EditDocument(c => c["assay"]!["audit"]!["looks"]![0]!["sampled"] = 1);
        tampered.Rehash();
        var refused = await ReleaseVerifier.VerifyAsync(tampered.Root);
        Assert.False(refused.Accepted);
    }

    [Fact]
    public async Task An_order_that_auditors_refute_is_not_met_and_says_so()
    {
        await using var shop = await Workshop.OpenAsync(DatabaseKind.Sqlite);
        var street = await Street.LabelAsync(shop, pictures: 24, gold: 0, review: "always");
        var order = await shop.Owner.PostAsync($"/api/v1/projects/{street.Project}/orders", Terms, HttpStatusCode.Created);
        var look = $"/api/v1/orders/{order.GetProperty("id").GetGuid()}/look";
        for (var i = 0; i < 3 && State(order) == "running"; i++)
        {
            order = await shop.Owner.PostAsync(look);
            await shop.SettleAsync();
            await street.JudgeAsync($"Audrey {i}", mistakes: 100);
            await street.JudgeAsync($"Aurora {i}", mistakes: 100);
        }

        Assert.Equal("not_met", State(order));
        Assert.Equal(Progress(order, "audited"), Progress(order, "errors"));
    }

    [Fact]
    public async Task An_order_waits_until_all_is_done_and_can_be_cancelled()
    {
        await using var shop = await Workshop.OpenAsync(DatabaseKind.Sqlite);
        var street = await Street.LabelAsync(shop, pictures: 12, gold: 0, review: "always");
        var path = $"/api/v1/projects/{street.Project}/orders";
        await shop.Owner.PostAsync(path, new { accuracy = 0.9, confidence = 0.95, budget_minor = 1, answer_cost_minor = 2, audit_cost_minor = 5 }, HttpStatusCode.Conflict);
        await shop.Owner.PostAsync($"{path}/plan", new { accuracy = 2, budget_minor = 1, answer_cost_minor = 2, audit_cost_minor = 5 }, HttpStatusCode.UnprocessableEntity);
        var asset = (await shop.PicturesAsync(1))[0];
        await shop.ImportAsync(street.Project, [Streets.Line(asset, "late")]);
        await shop.SettleAsync();
        var order = await shop.Owner.PostAsync(path, Terms, HttpStatusCode.Created);
        var id = order.GetProperty("id").GetGuid();
        await shop.Owner.PostAsync($"/api/v1/orders/{id}/look", null, HttpStatusCode.Conflict);
        Assert.Contains("not done yet", order.GetProperty("progress").GetProperty("sentence").GetString(), StringComparison.Ordinal);
        var cancelled = await shop.Owner.DeleteAsync($"/api/v1/orders/{id}");
        Assert.Equal("cancelled", State(cancelled));
        Assert.Equal("cancelled", State(await shop.Owner.DeleteAsync($"/api/v1/orders/{id}")));
        await shop.Owner.PostAsync(path, Terms, HttpStatusCode.Created);
    }

    private static string? State(JsonElement order) => order.GetProperty("progress").GetProperty("state").GetString();

    private static int Progress(JsonElement order, string name) => order.GetProperty("progress").GetProperty(name).GetInt32();
}
