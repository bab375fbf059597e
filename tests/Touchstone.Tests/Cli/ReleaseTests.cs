using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Touchstone.Store.Entities;
using Touchstone.Store.Ids;
using Touchstone.Terminal;
using Touchstone.Testing;

namespace Touchstone.Tests.Cli;

/// <summary><c>touchstone release</c> and <c>verify</c>: what they refuse, what they say, what they leave.</summary>
public sealed class ReleaseTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_nobody_measured_is_refused_with_the_reason_unless_that_is_accepted()
    {
        await using var shop = await LabelledAsync();
        (await shop.RunAsync("release", "Street scenes", "--out", shop["r"])).Refused(ExitCode.Failed, "touchstone release: ", "--accept-unassayed");
        Assert.False(Directory.Exists(shop["r"]));
        Assert.Empty(Directory.EnumerateFileSystemEntries(Path.GetDirectoryName(shop["r"])!, "*.partial"));

        var accepted = (await shop.RunAsync("release", "Street scenes", "--out", shop["r"], "--accept-unassayed", "--licence", "CC0-1.0")).Expect(ExitCode.Done);
        Assert.Matches($"^Release 2 [0-9a-f]{{64}} in {shop["r"]}\n$", accepted.Output);
        var card = await File.ReadAllTextAsync(Path.Combine(shop["r"], "CARD.md"), Cancellation);
        Assert.Contains("CC0-1.0", card, StringComparison.Ordinal);
        Assert.Contains("unassayed", card, StringComparison.OrdinalIgnoreCase);
        var verified = (await CommandRun.OfAsync("verify", shop["r"], "--json")).Expect(ExitCode.Done);
        Assert.True(verified.Json["accepted"]!.GetValue<bool>());
        Assert.Equal(4, verified.Json["labels"]!.GetValue<int>());
    }

    [Fact]
    public async Task An_audited_project_is_released_with_its_assay()
    {
        await using var shop = await LabelledAsync();
        await shop.Owner.PostAsync($"projects/{shop.Project}/audits", new JsonObject { ["share"] = 1, ["seed"] = 3 }, Cancellation);
        Assert.Equal(4, await shop.WorkAsync(await shop.HireAsync("reviewer"), _ => Shop.Box(1, 1, 9, 9)));
        var run = (await shop.RunAsync("release", shop.Project, "--out", shop["r"], "--images", "copy", "--json")).Expect(ExitCode.Done);
        Assert.Equal("published", run.Json["state"]!.GetValue<string>());
        Assert.Equal("measured", run.Json["summary"]!["assay"]!.GetValue<string>());
        Assert.Contains("is what it says it is: 4 labels", (await CommandRun.OfAsync("verify", shop["r"])).Expect(ExitCode.Done).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_is_published_for_a_folder_that_cannot_take_it()
    {
        await using var shop = await LabelledAsync();
        shop.Write("full/a", "a");
        (await shop.RunAsync("release", "Street scenes", "--out", shop["full"], "--accept-unassayed")).Refused(ExitCode.Failed, "is not empty; a release is never written over");
        (await shop.RunAsync("release", "Street scenes", "--out", shop["full/a"], "--accept-unassayed")).Refused(ExitCode.Failed, "is a file");
        Assert.Equal(0, await shop.ReadAsync(s => s.Releases.CountAsync()));
        Directory.CreateDirectory(shop["empty"]);
        (await shop.RunAsync("release", "Street scenes", "--out", shop["empty"] + "/", "--accept-unassayed")).Expect(ExitCode.Done);
        Assert.True(File.Exists(shop["empty/release.json"]));
    }

    [Fact]
    public async Task A_published_release_is_brought_again_by_its_number()
    {
        await using var shop = await LabelledAsync();
        (await shop.RunAsync("release", "Street scenes", "--out", shop["one"], "--accept-unassayed")).Expect(ExitCode.Done);
        (await shop.RunAsync("release", "Street scenes", "--out", shop["two"], "--number", "1")).Expect(ExitCode.Done);
        foreach (var file in Directory.EnumerateFiles(shop["one"])) Assert.Equal(await File.ReadAllBytesAsync(file, Cancellation), await File.ReadAllBytesAsync(Path.Combine(shop["two"], Path.GetFileName(file)), Cancellation));
        (await shop.RunAsync("release", "Street scenes", "--out", shop["three"], "--number", "7")).Refused(ExitCode.Failed, "no release 7");
        Assert.Equal(1, await shop.ReadAsync(s => s.Releases.CountAsync()));
    }

    [Fact]
    public async Task A_project_without_done_tasks_has_nothing_to_release()
    {
        await using var shop = await Shop.OpenAsync(DatabaseKind.Sqlite);
        (await shop.RunAsync("release", "Street scenes", "--out", shop["r"], "--accept-unassayed")).Refused(ExitCode.Failed, "nothing to release");
    }

    [Theory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task A_release_whose_job_ended_without_it_is_failed_and_nobody_waits_for_it(DatabaseKind kind)
    {
        await using var shop = await Shop.OpenAsync(kind);
        var now = TimeProvider.System.Now();
        var owner = await shop.ReadAsync(s => s.Contributors.SingleAsync());
        foreach (var (state, i) in new[] { JobState.Failed, JobState.Cancelled }.Select((s, i) => (s, i)))
        {
            await shop.Database.WriteAsync(
                (store, _) =>
                {
                    var job = new Job { Id = JobId.New(now), OrganizationId = owner.OrganizationId, Kind = "build_release", Payload = "{}", CreatedBy = owner.Id, CreatedAt = now, State = state, Error = state == JobState.Failed ? "The disk is full." : null };
                    store.Add(job);
                    store.Add(new Release { Id = ReleaseId.New(now), OrganizationId = owner.OrganizationId, CompartmentId = CompartmentId.None, ProjectId = ProjectId.Parse(shop.Project, null), Number = i + 1, JobId = job.Id, CreatedBy = owner.Id, CreatedAt = now });
                    return Task.FromResult(0);
                },
                Cancellation);
        }

        var releases = (await shop.Owner.GetAsync($"projects/{shop.Project}/releases", Cancellation))!["items"]!.AsArray();
        Assert.Equal([("failed", "It was cancelled."), ("failed", "The disk is full.")], releases.Select(r => (r!["state"]!.GetValue<string>(), r["error"]!.GetValue<string>())));
        Assert.Equal("failed", (await shop.Owner.GetAsync($"releases/{releases[0]!["id"]}", Cancellation))!["state"]!.GetValue<string>());
        (await shop.RunAsync("release", "Street scenes", "--out", shop["r"], "--number", "1")).Refused(ExitCode.Failed, "Release 1 is failed and not published");
    }

    [Fact]
    public async Task Verify_names_the_file_and_the_fact_and_ends_with_1()
    {
        await using var shop = await LabelledAsync();
        (await shop.RunAsync("release", "Street scenes", "--out", shop["r"], "--accept-unassayed")).Expect(ExitCode.Done);
        await File.AppendAllTextAsync(shop["r/labels.ndjson"], "x", Cancellation);
        var run = (await CommandRun.OfAsync("verify", shop["r"])).Expect(ExitCode.Failed);
        Assert.Contains("is NOT what it says it is", run.Output, StringComparison.Ordinal);
        Assert.Contains("labels.ndjson", run.Error, StringComparison.Ordinal);
        run = (await CommandRun.OfAsync("verify", shop["r"], "--json")).Expect(ExitCode.Failed);
        Assert.False(run.Json["accepted"]!.GetValue<bool>());
        Assert.Contains(run.Json["failures"]!.AsArray(), f => f!["file"]!.GetValue<string>() == "labels.ndjson" && f["fact"]!.GetValue<string>() == "bytes");

        (await CommandRun.OfAsync("verify", shop["nowhere"])).Refused(ExitCode.Failed, "There is no folder");
        Directory.CreateDirectory(shop["other"]);
        (await CommandRun.OfAsync("verify", shop["other"])).Expect(ExitCode.Failed);
        shop.Write("list/release.json", "[]");
        (await CommandRun.OfAsync("verify", shop["list"])).Expect(ExitCode.Failed);
        shop.Write("garbage/release.json", [0xFF, 0xD8, 0]);
        (await CommandRun.OfAsync("verify", shop["garbage"])).Expect(ExitCode.Failed);
        Directory.CreateDirectory(shop["folder/release.json"]);
        (await CommandRun.OfAsync("verify", shop["folder"])).Expect(ExitCode.Failed);
        (await CommandRun.OfAsync("verify", shop["r/labels.ndjson"])).Refused(ExitCode.Failed, "There is no folder");
    }

    private static async Task<Shop> LabelledAsync()
    {
        var shop = await Shop.OpenAsync(DatabaseKind.Sqlite);
        for (var i = 0; i < 4; i++) shop.Write($"in/{i}.png", Pictures.Png(20, 20, i));
        (await shop.RunAsync("import", "Street scenes", shop["in"])).Expect(ExitCode.Done);
        Assert.Equal(4, await shop.WorkAsync(await shop.HireAsync("contributor"), _ => Shop.Box(1, 1, 9, 9)));
        return shop;
    }
}
