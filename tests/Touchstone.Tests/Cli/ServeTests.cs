using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Touchstone.Client;
using Touchstone.Store;
using Touchstone.Terminal;
using Touchstone.Testing;
using Touchstone.Tests.Processes;
using Touchstone.Tests.Storm;

namespace Touchstone.Tests.Cli;

/// <summary><c>touchstone serve</c>: how it starts, how it refuses to, how it ends.</summary>
public sealed class ServeTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task A_database_of_a_newer_program_is_left_alone(DatabaseKind kind)
    {
        await using var store = await StoreFixture.CreateAsync(kind, Assert.Skip);
        await using (var context = store.Database.CreateContext())
            await context.Database.ExecuteSqlAsync($"""INSERT INTO "__EFMigrationsHistory" VALUES ('29990101000000_FromTheFuture', '99.0.0')""", Cancellation);
        using var folder = new TemporaryFolder();
        string[] place = kind == DatabaseKind.Sqlite ? ["--data", Path.GetDirectoryName(store.Location)!] : ["--data", folder.Path, "--database", store.Location];
        foreach (var verb in new string[][] { ["serve"], ["admin", "user", "list"], ["admin", "key", "create"], ["import", "p", folder.Path], ["admin", "backup", folder["b"]], ["admin", "user", "create", "Ada"] })
            (await CommandRun.OfAsync([.. verb, .. place])).Refused(ExitCode.Failed, "A newer Touchstone wrote this database: it has the migration 29990101000000_FromTheFuture");
        Assert.False(Directory.Exists(folder["b"]));
    }

    [Theory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task A_database_of_an_older_program_is_brought_up_to_date_by_a_server_alone(DatabaseKind kind)
    {
        await using var store = await StoreFixture.CreateEmptyAsync(kind, Assert.Skip);
        using var folder = new TemporaryFolder();
        string[] place = kind == DatabaseKind.Sqlite ? ["--data", Path.GetDirectoryName(store.Location)!] : ["--data", folder.Path, "--database", store.Location];
        (await CommandRun.OfAsync(["admin", "user", "list", .. place])).Refused(ExitCode.Failed, "holds no Touchstone tables yet");
        (await CommandRun.OfAsync(["admin", "user", "create", "Ada", "--role", "owner", .. place])).Expect(ExitCode.Done);
        Assert.Contains("owner        Ada", (await CommandRun.OfAsync(["admin", "user", "list", .. place])).Expect(ExitCode.Done).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_start_that_was_killed_while_it_made_the_tables_does_not_stop_the_next_one()
    {
        using var folder = new TemporaryFolder();
        await using (var database = StoreDatabase.OpenSqlite(folder["touchstone.db"]))
        await using (var context = database.CreateContext())
        {
            // What EF Core writes before it begins, and a killed process never takes back.
            await context.Database.ExecuteSqlAsync($"""CREATE TABLE "__EFMigrationsLock" ("Id" INTEGER NOT NULL CONSTRAINT "PK___EFMigrationsLock" PRIMARY KEY, "Timestamp" TEXT NOT NULL)""", Cancellation);
            await context.Database.ExecuteSqlAsync($"""INSERT INTO "__EFMigrationsLock" VALUES (1, '2026-01-01 00:00:00+00:00')""", Cancellation);
        }

        using var server = await TouchstoneProcess.ServeAsync("--data", folder.Path);
        using var http = new HttpClient { BaseAddress = server.Address };
        Assert.Contains("ok", await http.GetStringAsync("/health", Cancellation), StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_server_owns_a_SQLite_folder_and_a_killed_one_gives_it_free()
    {
        using var folder = new TemporaryFolder();
        using (var first = await TouchstoneProcess.ServeAsync("--data", folder.Path))
        {
            Assert.Contains("/#link=", await SaidAsync(first, "/#link="), StringComparison.Ordinal);
            (await CommandRun.OfAsync("serve", "--data", folder.Path, "--urls", "http://127.0.0.1:0")).Refused(ExitCode.Failed, "Another server runs over", "serve.lock");
            (await CommandRun.OfAsync("admin", "user", "create", "Ada", "--role", "owner", "--data", folder.Path)).Expect(ExitCode.Done);
            first.Kill();
        }

        using var second = await TouchstoneProcess.ServeAsync("--data", folder.Path);
        Assert.DoesNotContain("/#link=", second.Said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    public async Task A_server_that_is_told_to_stop_stops_in_order(string signal)
    {
        if (OperatingSystem.IsWindows()) Assert.Skip("There are no signals there.");
        using var folder = new TemporaryFolder();
        using var server = await TouchstoneProcess.ServeAsync("--data", folder.Path);
        using (var kill = Process.Start("kill", [$"-{signal}", server.Id.ToString(CultureInfo.InvariantCulture)])) await kill.WaitForExitAsync(Cancellation);
        Assert.Equal(ExitCode.Done, await server.EndAsync());
        Assert.DoesNotContain("   at ", server.Said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Commands_may_work_on_the_folder_of_a_running_server()
    {
        using var folder = new TemporaryFolder();
        var data = folder["data"];
        var key = await Site.FoundAsync(["--data", data]);
        await File.WriteAllTextAsync(
            folder["p.yaml"], "name: Beside\nontology: {questions: [{id: q, kind: number, title: Q}]}\noverlap: {min: 1, max: 1, confidence: 0.5}\nreview: {when: never}\n", Cancellation);
        using var server = await TouchstoneProcess.ServeAsync("--data", data);
        using var owner = new ApiClient(server.Address, key);
        var project = JsonNode.Parse((await CommandRun.OfAsync("admin", "project", "create", folder["p.yaml"], "--data", data, "--json")).Expect(ExitCode.Done).Output)!["id"]!.GetValue<string>();
        var hired = await owner.PostAsync("contributors/simulated", new JsonObject { ["display_name"] = "x", ["role"] = "contributor" }, Cancellation);
        using var worker = new ApiClient(server.Address, hired!["key"]!.GetValue<string>());
        Directory.CreateDirectory(folder["in"]);
        const int Rounds = 3, PerRound = 60;
        for (var round = 0; round < Rounds; round++)
        {
            for (var i = 0; i < PerRound; i++) await File.WriteAllBytesAsync(folder[$"in/{round}-{i}.png"], Pictures.Png(9, 9, round * PerRound + i), Cancellation);
            var importing = CommandRun.OfAsync("import", "Beside", folder["in"], "--data", data);
            await WorkAsync(worker, project);   // while the import writes to the same file
            Assert.StartsWith($"{PerRound} new, ", (await importing).Expect(ExitCode.Done).Output, StringComparison.Ordinal);
        }

        var given = 0;
        while (given < Rounds * PerRound)
        {
            await WorkAsync(worker, project);
            given = (await owner.GetAsync("me", Cancellation))!["contributor_id"] is null ? 0 : await CountAsync();
        }

        var release = await CommandRun.OfAsync("release", "Beside", "--out", folder["r"], "--accept-unassayed", "--data", data);
        while (release.ExitCode != ExitCode.Done && release.Error.Contains("nothing to release", StringComparison.Ordinal))
            release = await CommandRun.OfAsync("release", "Beside", "--out", folder["r"], "--accept-unassayed", "--data", data);
        release.Expect(ExitCode.Done);
        (await CommandRun.OfAsync("verify", folder["r"])).Expect(ExitCode.Done);

        async Task<int> CountAsync()
        {
            await using var database = StoreDatabase.OpenSqlite(Path.Combine(data, "touchstone.db"));
            await using var store = database.CreateContext();
            return await store.Responses.CountAsync();
        }
    }

    private static async Task WorkAsync(ApiClient worker, string project)
    {
        var next = await worker.PostAsync($"projects/{project}/work/next", null, Cancellation);
        while (next?["lease"] is JsonObject lease)
            next = (await worker.PutAsync($"leases/{lease["token"]}/response?next=true", new JsonObject { ["answers"] = new JsonObject { ["q"] = 1 }, ["active_milliseconds"] = 1 }, Cancellation))!["next"];
    }

    private static async Task<string> SaidAsync(TouchstoneProcess server, string words)
    {
        while (!server.Said.Contains(words, StringComparison.Ordinal) && !server.HasExited) await Task.Delay(TimeSpan.FromMilliseconds(5), Cancellation);
        return server.Said;
    }
}
