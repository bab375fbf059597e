using System.Diagnostics;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Touchstone.Terminal;
using Touchstone.Testing;
using Touchstone.Tests.Processes;
using Touchstone.Tests.Storm;

namespace Touchstone.Tests.Cli;

/// <summary>Imports that are cut off: by a kill, by Ctrl+C, by a disk that is full, by a server that goes away.</summary>
public sealed class ImportFaultTests
{
    private const int Pictured = 1_500;   // more than one chunk

    [Theory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task A_killed_import_is_finished_by_running_it_again_and_doubles_nothing(DatabaseKind kind)
    {
        await using var shop = await Shop.OpenAsync(kind);
        Prepare(shop);
        foreach (var share in new[] { 10, 600 })
        {
            using var import = TouchstoneProcess.Begin(["import", "Street scenes", shop["in"], .. shop.Remote]);
            await UntilAsync(async () => import.HasExited || await shop.ReadAsync(s => s.Assets.CountAsync()) >= share);
            import.Kill();
        }

        Assert.InRange(await shop.ReadAsync(s => s.Assets.CountAsync()), 600, Pictured - 1);
        var last = (await shop.RunAsync("import", "Street scenes", shop["in"], "--json")).Expect(ExitCode.Done);
        Assert.True(last.Json["uploaded"]!.GetValue<int>() <= Pictured - 600, "pictures were sent twice");
        Assert.Equal(Pictured, await shop.TasksAsync());
        Assert.Equal(Pictured, await shop.ReadAsync(s => s.Assets.CountAsync()));
        Assert.Equal(Pictured, await shop.ReadAsync(s => s.Batches.SumAsync(b => b.Imported)));
        Assert.Equal("0 new, 1,500 there before, 0 pictures sent, 0 refused\n", (await shop.RunAsync("import", "Street scenes", shop["in"])).Expect(ExitCode.Done).Output);
    }

    [Fact]
    public async Task An_interrupted_import_says_how_far_it_came_and_ends_with_130()
    {
        if (OperatingSystem.IsWindows()) Assert.Skip("There are no signals there.");
        await using var shop = await Shop.OpenAsync(DatabaseKind.Sqlite);
        Prepare(shop);
        using var import = TouchstoneProcess.Begin(["import", "Street scenes", shop["in"], .. shop.Remote]);
        await UntilAsync(async () => import.HasExited || await shop.ReadAsync(s => s.Assets.CountAsync()) >= 50);
        Assert.Equal(ExitCode.Interrupted, await import.InterruptAsync());
        Assert.Contains("The import was cut short after 0 new, 0 there before, ", import.Said, StringComparison.Ordinal);
        Assert.Contains("run the same command again", import.Said, StringComparison.Ordinal);
        (await shop.RunAsync("import", "Street scenes", shop["in"])).Expect(ExitCode.Done);
        Assert.Equal(Pictured, await shop.TasksAsync());
    }

    [Fact]
    public async Task A_server_that_goes_away_is_told_in_one_line()
    {
        await using var shop = await Shop.OpenAsync(DatabaseKind.Sqlite);
        Prepare(shop);
        var remote = shop.Remote;
        using var import = TouchstoneProcess.Begin(["import", "Street scenes", shop["in"], .. remote]);
        await UntilAsync(async () => import.HasExited || await shop.ReadAsync(s => s.Assets.CountAsync()) >= 20);
        await shop.StopAsync();
        Assert.Equal(ExitCode.Failed, await import.EndAsync());
        Assert.DoesNotContain("   at ", import.Said, StringComparison.Ordinal);
        Assert.Contains("touchstone import: ", import.Said, StringComparison.Ordinal);
        Assert.Contains("run the same command again", import.Said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_full_disk_stops_an_import_in_order_and_room_lets_it_go_on(bool throughServer)
    {
        if (!OperatingSystem.IsLinux() || Environment.UserName != "root") Assert.Skip("Only root may mount a small file system.");
        using var folder = new TemporaryFolder();
        var data = folder["small"];
        Directory.CreateDirectory(data);
        if (Run("mount", "-t", "tmpfs", "-o", "size=12m", "tmpfs", data) != 0) Assert.Skip("This machine does not allow mounting a small file system.");
        try
        {
            await FillAndRecoverAsync(folder, data, throughServer);
        }
        finally
        {
            Run("umount", "-l", data);
        }
    }

    private static async Task FillAndRecoverAsync(TemporaryFolder folder, string data, bool throughServer)
    {
        const int Pictures = 60;
        var key = await Site.FoundAsync(["--data", data]);
        await File.WriteAllTextAsync(folder["p.yaml"], "name: Full\nontology: {questions: [{id: q, kind: text, title: Q}]}\n", TestContext.Current.CancellationToken);
        (await CommandRun.OfAsync("admin", "project", "create", folder["p.yaml"], "--data", data)).Expect(ExitCode.Done);
        Directory.CreateDirectory(folder["in"]);
        var noise = new Random(5);
        for (var i = 0; i < Pictures; i++)
        {
            // 300 KB each, and what follows a PNG's end is left alone.
            var tail = new byte[300_000];
            noise.NextBytes(tail);
            await File.WriteAllBytesAsync(folder[string.Create(CultureInfo.InvariantCulture, $"in/{i:00}.png")], [.. Cli.Pictures.Png(16, 16, i), .. tail], TestContext.Current.CancellationToken);
        }

        using var server = throughServer ? await TouchstoneProcess.ServeAsync("--data", data) : null;
        string[] command = ["import", "Full", folder["in"], .. server is null ? (string[])["--data", data] : ["--server", server.Address.ToString(), "--key", key]];
        var full = await CommandRun.OfAsync(command);
        full.Refused(ExitCode.Failed, "disk is full", "run the same command again for the rest");
        Assert.DoesNotContain("unexpected", full.Error, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFiles(Path.Combine(data, "content", ".incoming")));

        Assert.Equal(0, Run("mount", "-o", "remount,size=64m", data));
        var rest = (await CommandRun.OfAsync([.. command, "--json"])).Expect(ExitCode.Done);
        Assert.InRange(rest.Json["uploaded"]!.GetValue<int>(), 1, Pictures - 1);
        Assert.Equal("0 new, 60 there before, 0 pictures sent, 0 refused\n", (await CommandRun.OfAsync(command)).Expect(ExitCode.Done).Output);
    }

    private static void Prepare(Shop shop)
    {
        for (var i = 0; i < Pictured; i++) shop.Write(string.Create(CultureInfo.InvariantCulture, $"in/{i % 7}/{i:0000}.png"), Pictures.Png(9 + i % 5, 9, i));
    }

    private static async Task UntilAsync(Func<Task<bool>> happened)
    {
        while (!await happened()) await Task.Delay(TimeSpan.FromMilliseconds(2), TestContext.Current.CancellationToken);
    }

    private static int Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        process.WaitForExit();
        return process.ExitCode;
    }
}
