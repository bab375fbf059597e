using System.Net;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Touchstone.Server.Trust.Consensus;
using Touchstone.Server.Trust.Releases;
using Touchstone.Server.Trust.Releases.Verification;
using Touchstone.Server.Work;
using Touchstone.Store.Entities;
using Touchstone.Store.Ids;
using Touchstone.Testing;

namespace Touchstone.Server.Tests.Trust;

public sealed class ReleaseTests
{
    [Fact]
    public async Task A_release_names_the_audits_before_its_own_and_nobody_chooses_what_is_drawn()
    {
        await using var shop = await Workshop.OpenAsync(DatabaseKind.Sqlite);
        var street = await Street.LabelAsync(shop, pictures: 14, gold: 0);
        await shop.Owner.PostAsync($"/api/v1/projects/{street.Project}/audits", new { size = 4, seed = 1 }, HttpStatusCode.BadRequest);
        await street.AuditAsync(size: 4);
        await street.AuditAsync(size: 5, by: "Aurora");

        var created = await shop.Owner.PostAsync($"/api/v1/projects/{street.Project}/releases", new { }, HttpStatusCode.Accepted);
        var release = await street.PublishedAsync(created.GetProperty("id").GetGuid());
        var folder = Path.Combine(shop.Folder, "releases", release.GetProperty("id").GetString()!);
        using var document = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(folder, "release.json")));
        var assay = document.RootElement.GetProperty("content").GetProperty("assay");
        var earlier = Assert.Single(assay.GetProperty("audit").GetProperty("earlier").EnumerateArray());
        Assert.Equal((4, 4), (earlier.GetProperty("sampled").GetInt32(), earlier.GetProperty("judged").GetInt32()));
        Assert.Contains(assay.GetProperty("not_known").EnumerateArray(), c => c.GetProperty("code").GetString() == "audited_before");
        Assert.Contains("An earlier audit", await File.ReadAllTextAsync(Path.Combine(folder, "CARD.md")), StringComparison.Ordinal);
        var report = await ReleaseVerifier.VerifyAsync(folder);
        Assert.True(report.Accepted, string.Join('\n', report.Failures));
    }

    [Fact]
    public async Task What_a_model_proposed_is_told_in_lineage_and_card_and_of_the_audit()
    {
        await using var shop = await Workshop.OpenAsync(DatabaseKind.Sqlite);
        var street = await Street.LabelAsync(shop, pictures: 14, gold: 2);
        var proposed = await shop.Database.WriteAsync(
            async (store, cancel) =>
            {
                // As if these had come with what their first response says: that one kept all of it.
                var tasks = await store.Tasks.Where(t => t.ProjectId == street.Project && t.Purpose == TaskPurpose.Label).OrderBy(t => t.Id).Take(10).ToListAsync(cancel);
                foreach (var task in tasks)
                {
                    var answers = await store.Responses.Where(r => r.TaskId == task.Id).OrderBy(r => r.Id).Select(r => r.Answers).FirstAsync(cancel);
                    task.Prelabel = new Prelabel("detector *2*", true, Guid.NewGuid(), DateTimeOffset.UnixEpoch, JsonElement.Parse(answers)).ToJson();
                }

                return tasks.ConvertAll(t => t.Id.Value.ToString());
            },
            TestContext.Current.CancellationToken);
        await street.AuditAsync(size: 8);
        var created = await shop.Owner.PostAsync($"/api/v1/projects/{street.Project}/releases", new { }, HttpStatusCode.Accepted);
        var release = await street.PublishedAsync(created.GetProperty("id").GetGuid());
        var folder = Path.Combine(shop.Folder, "releases", release.GetProperty("id").GetString()!);
        var report = await ReleaseVerifier.VerifyAsync(folder);
        Assert.True(report.Accepted, string.Join('\n', report.Failures));

        using var document = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(folder, "release.json"), TestContext.Current.CancellationToken));
        var content = document.RootElement.GetProperty("content");
        var prelabels = content.GetProperty("prelabels");
        var lineage = (await File.ReadAllLinesAsync(Path.Combine(folder, "lineage.ndjson"), TestContext.Current.CancellationToken)).Select(l => JsonElement.Parse(l)).Where(l => proposed.Contains(l.GetProperty("task").GetString()!)).ToList();
        Assert.Equal((10, lineage.Count, lineage.Count), (prelabels.GetProperty("labels").GetInt32(), prelabels.GetProperty("responses").GetInt32(), prelabels.GetProperty("origins").GetProperty("detector *2*").GetInt32()));
        var first = lineage.GroupBy(l => l.GetProperty("task").GetString()).Select(g => g.First().GetProperty("prelabel")).ToList();
        Assert.All(first, p => Assert.Equal(p.GetProperty("shapes").GetInt32(), p.GetProperty("shapes_kept").GetInt32()));
        Assert.Equal(lineage.Sum(l => l.GetProperty("prelabel").GetProperty("shapes_kept").GetInt32()), prelabels.GetProperty("shapes_kept").GetInt32());
        Assert.InRange(prelabels.GetProperty("shapes_kept").GetInt32(), 1, prelabels.GetProperty("shapes").GetInt32() - 1);   // others saw the edges elsewhere

        var labels = (await File.ReadAllLinesAsync(Path.Combine(folder, "labels.ndjson"), TestContext.Current.CancellationToken)).Select(l => JsonElement.Parse(l)).ToList();
        Assert.All(labels.Where(l => !proposed.Contains(l.GetProperty("task").GetString()!)), l => Assert.NotEqual("model", l.GetProperty("origin").GetString()));
        Assert.Equal(labels.Count(l => l.GetProperty("origin").GetString() == "model"), content.GetProperty("origin").GetProperty("model").GetInt32());
        Assert.Contains(labels, l => l.GetProperty("origin").GetString() == "model");
        Assert.Contains(content.GetProperty("assay").GetProperty("not_known").EnumerateArray(), c => c.GetProperty("code").GetString() == "prelabelled_audit");
        var card = await File.ReadAllTextAsync(Path.Combine(folder, "CARD.md"), TestContext.Current.CancellationToken);
        Assert.Contains("**A model's part:**", card, StringComparison.Ordinal);
        Assert.Contains("began with a proposal made elsewhere: detector \\*2\\* (", card, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task A_project_goes_the_whole_way_to_a_release_that_verifies(DatabaseKind kind)
    {
        await using var shop = await Workshop.OpenAsync(kind);
        var street = await Street.LabelAsync(shop, pictures: 14, gold: 3);
        await street.AuditAsync(size: 8, judged: 7);

        var created = await shop.Owner.PostAsync($"/api/v1/projects/{street.Project}/releases", new { images = "copy", licence = "CC0-1.0" }, HttpStatusCode.Accepted);
        var release = await street.PublishedAsync(created.GetProperty("id").GetGuid());
        Assert.Equal("published", release.GetProperty("state").GetString());
        Assert.Equal("measured", release.GetProperty("summary").GetProperty("assay").GetString());
        Assert.NotEmpty(release.GetProperty("summary").GetProperty("figures").EnumerateArray());
        Assert.NotEmpty(release.GetProperty("summary").GetProperty("gold_figures").EnumerateArray());

        var folder = Path.Combine(shop.Folder, "releases", release.GetProperty("id").GetString()!);
        var report = await ReleaseVerifier.VerifyAsync(folder);
        Assert.True(report.Accepted, string.Join('\n', report.Failures));
        Assert.Equal(release.GetProperty("digest").GetString(), report.Digest);

        // Every label can be traced, and files can be read but nothing beside them.
        await using (var store = shop.Database.CreateContext())
        {
            foreach (var task in await store.Tasks.Where(t => t.State == TaskState.Done && t.Purpose == TaskPurpose.Label).ToListAsync())
            {
                var label = await shop.Owner.GetAsync($"/api/v1/releases/{release.GetProperty("id").GetString()}/labels/{task.Id}");
                Assert.Equal(task.ExternalId, label.GetProperty("external_id").GetString());
            }
        }

        await shop.Owner.GetAsync($"/api/v1/releases/{release.GetProperty("id").GetString()}/labels/{Guid.NewGuid()}", HttpStatusCode.NotFound);
        var card = await shop.Owner.Client.GetStringAsync($"/api/v1/releases/{release.GetProperty("id").GetString()}/files/CARD.md");
        Assert.Contains("Synthetic data", card, StringComparison.Ordinal);
        Assert.Contains("CC0-1.0", card, StringComparison.Ordinal);
        await using (var archive = await shop.Owner.Client.GetStreamAsync($"/api/v1/releases/{release.GetProperty("id").GetString()}/archive"))
        using (var zip = new System.IO.Compression.ZipArchive(await InMemoryAsync(archive)))
        {
            var there = Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Select(f => Path.GetRelativePath(folder, f).Replace('\\', '/')).Order(StringComparer.Ordinal);
            Assert.Equal(there, zip.Entries.Select(e => e.FullName[(e.FullName.IndexOf('/', StringComparison.Ordinal) + 1)..]).Order(StringComparer.Ordinal));
            using var reader = new StreamReader(zip.Entries.Single(e => e.Name == "CARD.md").Open());
            Assert.Equal(card, await reader.ReadToEndAsync());
        }

        await shop.Owner.GetAsync($"/api/v1/releases/{release.GetProperty("id").GetString()}/files/..%2F..%2Ftouchstone.db", HttpStatusCode.NotFound);

        // The same content gives the same digest, wherever and whenever it is built.
        var again = Path.Combine(shop.Folder, "again");
        shop.Clock.Advance(TimeSpan.FromDays(3));
        var built = await ReleaseBuilder.BuildAsync(
            shop.Database, new(Path.Combine(shop.Folder, "content")), street.Project, new ReleaseOptions { CopyImages = true, Licence = "CC0-1.0" }, again, shop.Clock.GetUtcNow(), null, null, null, CancellationToken.None);
        Assert.Equal(report.Digest, built.Digest);
        foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Where(f => Path.GetFileName(f) != "release.json"))
            Assert.Equal(await File.ReadAllBytesAsync(file), await File.ReadAllBytesAsync(Path.Combine(again, Path.GetRelativePath(folder, file))));

        // And what is derived replays to the same state, gold and audit included.
        var before = await DerivedState.DumpAsync(shop.Database);
        await shop.Derivation.ReplayAsync(CancellationToken.None);
        await shop.SettleAsync();
        Assert.Equal(before, await DerivedState.DumpAsync(shop.Database));
    }

    [Fact]
    public async Task A_release_of_which_nothing_was_measured_is_refused_unless_accepted_and_then_says_so()
    {
        await using var shop = await Workshop.OpenAsync(DatabaseKind.Sqlite);
        var street = await Street.LabelAsync(shop, pictures: 3, gold: 0);
        var refused = await street.PublishedAsync((await shop.Owner.PostAsync($"/api/v1/projects/{street.Project}/releases", new { }, HttpStatusCode.Accepted)).GetProperty("id").GetGuid());
        Assert.Equal("failed", refused.GetProperty("state").GetString());
        Assert.Contains("accept_unassayed", refused.GetProperty("error").GetString(), StringComparison.Ordinal);
        var accepted = await street.PublishedAsync((await shop.Owner.PostAsync($"/api/v1/projects/{street.Project}/releases", new { accept_unassayed = true }, HttpStatusCode.Accepted)).GetProperty("id").GetGuid());
        Assert.Equal(2, accepted.GetProperty("number").GetInt32());
        Assert.Equal("unassayed", accepted.GetProperty("summary").GetProperty("assay").GetString());
        var folder = Path.Combine(shop.Folder, "releases", accepted.GetProperty("id").GetString()!);
        var report = await ReleaseVerifier.VerifyAsync(folder);
        Assert.True(report.Accepted, string.Join('\n', report.Failures));
        Assert.Contains("UNASSAYED", await File.ReadAllTextAsync(Path.Combine(folder, "CARD.md")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task What_a_review_changed_after_the_sample_was_drawn_is_graded_as_it_stood(DatabaseKind kind)
    {
        await using var shop = await Workshop.OpenAsync(kind);
        var street = await Street.LabelAsync(shop, pictures: 4, gold: 0);
        await street.AuditAsync(size: 4);
        await using (var store = shop.Database.CreateContext())
        {
            // A decision that came after the draw, as a reopened task would get it.
            var task = await store.Tasks.FirstAsync(t => t.Purpose == TaskPurpose.Label);
            var consensus = await store.Consensus.SingleAsync(c => c.TaskId == task.Id);
            var now = shop.Clock.Now();
            await shop.Database.WriteAsync(
                (write, _) =>
                {
                    write.Add(new Review
                    {
                        Id = ReviewId.New(now),
                        OrganizationId = shop.Organization,
                        CompartmentId = CompartmentId.None,
                        ProjectId = street.Project,
                        TaskId = task.Id,
                        ReviewerId = shop.Owner.Id,
                        Decision = ReviewDecision.Edit,
                        Answers = """{"objects":[],"weather":"snow"}""",
                        Basis = ReviewBasis.Of(consensus.Answers, consensus.Detail),
                        DecidedAt = now,
                    });
                    write.Add(new OutboxRow
                    {
                        Kind = OutboxKind.ReviewDecided,
                        OrganizationId = shop.Organization,
                        ProjectId = street.Project,
                        TaskId = task.Id,
                        ContributorId = shop.Owner.Id,
                        At = now,
                    });
                    return Task.FromResult(0);
                },
                CancellationToken.None);
        }

        await shop.SettleAsync();
        var folder = Path.Combine(shop.Folder, "out");
        await ReleaseBuilder.BuildAsync(shop.Database, new(Path.Combine(shop.Folder, "content")), street.Project, new ReleaseOptions(), folder, shop.Clock.GetUtcNow(), null, null, null, CancellationToken.None);
        var report = await ReleaseVerifier.VerifyAsync(folder);
        Assert.True(report.Accepted, string.Join('\n', report.Failures));
        var evidence = (await File.ReadAllLinesAsync(Path.Combine(folder, "evidence.ndjson"))).Select(l => JsonDocument.Parse(l).RootElement).ToList();
        Assert.Single(evidence, e => e.TryGetProperty("graded", out _));
        Assert.Contains("were changed by a review", await File.ReadAllTextAsync(Path.Combine(folder, "CARD.md")), StringComparison.Ordinal);
    }

    private static async Task<MemoryStream> InMemoryAsync(Stream stream)
    {
        var memory = new MemoryStream();
        await stream.CopyToAsync(memory);
        memory.Position = 0;
        return memory;
    }
}
