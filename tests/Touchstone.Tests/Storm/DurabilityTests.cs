using System.Diagnostics;
using System.Net;
using Microsoft.EntityFrameworkCore;
using Touchstone.Store;
using Touchstone.Testing;
using Touchstone.Tests.Processes;

namespace Touchstone.Tests.Storm;

/// <summary>What the operating system sees: the disk before the answer, and a disk that is full.</summary>
public sealed class DurabilityTests
{
    [Fact]
    public async Task A_submit_is_synced_to_disk_before_it_is_acknowledged()
    {
        if (!OperatingSystem.IsLinux() || !File.Exists("/usr/bin/strace")) Assert.Skip("strace is needed to watch system calls.");
        using var folder = new TemporaryFolder();
        var trace = folder["trace"];
        var data = folder["data"];
        var owner = await Site.FoundAsync(["--data", data]);
        using (var server = await TouchstoneProcess.ServeAsync(
            ["strace", "-f", "-y", "-s", "4000", "-e", "trace=fsync,fdatasync,recvmsg,recvfrom,sendmsg,sendto", "-o", trace], ["--data", data]))
        {
            var site = await Site.PrepareAsync(server.Address, owner, tasks: 5, contributors: 1);
            for (var i = 0; i < 3; i++)
            {
                var (status, _) = await site.SubmitOneAsync(server.Address, site.Keys[0]);
                Assert.Equal(HttpStatusCode.OK, status);
            }
        }

        var synced = false;
        var acknowledged = 0;
        foreach (var line in await File.ReadAllLinesAsync(trace, TestContext.Current.CancellationToken))
        {
            if (line.Contains("PUT /api/v1/leases/", StringComparison.Ordinal)) synced = false;
            if (line.Contains("sync(", StringComparison.Ordinal) && line.Contains("touchstone.db-wal", StringComparison.Ordinal)) synced = true;
            if (!line.Contains("submitted_at", StringComparison.Ordinal)) continue;
            Assert.True(synced, "a receipt was sent although the log was not synced since its request came in: " + line);
            acknowledged++;
        }

        Assert.Equal(3, acknowledged);
    }

    [Fact]
    public async Task A_full_disk_refuses_submits_cleanly_and_work_goes_on_when_there_is_room_again()
    {
        if (!OperatingSystem.IsLinux() || Environment.UserName != "root") Assert.Skip("Only root may mount a small file system.");
        using var folder = new TemporaryFolder();
        var data = folder["small"];
        Directory.CreateDirectory(data);
        if (Mount("mount", "-t", "tmpfs", "-o", "size=24m", "tmpfs", data) != 0) Assert.Skip("This machine does not allow mounting a small file system.");
        try
        {
            await FillAndRecoverAsync(data);
        }
        finally
        {
            Mount("umount", "-l", data);
        }
    }

    private static async Task FillAndRecoverAsync(string data)
    {
        var owner = await Site.FoundAsync(["--data", data]);
        using var server = await TouchstoneProcess.ServeAsync("--data", data);
        var site = await Site.PrepareAsync(server.Address, owner, tasks: 400, contributors: 2);
        var acknowledged = new List<string>();
        acknowledged.Add((await site.SubmitOneAsync(server.Address, site.Keys[0])).Token!);

        var ballast = Path.Combine(data, "ballast");
        Fill(ballast);
        var refused = 0;
        for (var i = 0; i < 60 && refused < 3; i++)
        {
            var (status, token) = await site.SubmitOneAsync(server.Address, site.Keys[0]);
            if (token is not null) acknowledged.Add(token);
            else
            {
                Assert.Equal(HttpStatusCode.InsufficientStorage, status);
                refused++;
            }
        }

        Assert.Equal(3, refused);
        File.Delete(ballast);
        var (recovered, last) = await site.SubmitOneAsync(server.Address, site.Keys[1]);
        Assert.Equal(HttpStatusCode.OK, recovered);
        acknowledged.Add(last!);
        server.Kill();

        await using var database = StoreDatabase.OpenSqlite(Path.Combine(data, "touchstone.db"));
        await using var store = database.CreateContext();
        var stored = await store.Leases.Where(l => store.Responses.Any(r => r.LeaseId == l.Id)).Select(l => l.Token).ToListAsync();
        Assert.Empty(acknowledged.Except(stored.Select(t => t.ToString())));
    }

    /// <summary>Takes every byte that is left.</summary>
    private static void Fill(string path)
    {
        var block = new byte[4096];
        using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0);
        try
        {
            while (true) file.Write(block);
        }
        catch (IOException)
        {
            file.Flush();   // this is the state that the test is about
        }
    }

    private static int Mount(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        process.WaitForExit();
        return process.ExitCode;
    }
}
