using System.Net;
using System.Net.Sockets;
using Touchstone.Testing;
using Touchstone.Tests.Processes;

namespace Touchstone.Tests.Demo;

/// <summary>What the command says and returns when it cannot go on.</summary>
public sealed class DemoCommandTests
{
    [Theory]
    [InlineData("--data")]
    [InlineData("--out")]
    public async Task A_folder_that_is_not_empty_is_left_alone(string option)
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder["mine.txt"], "mine", TestContext.Current.CancellationToken);
        var (code, output, error) = await TouchstoneProcess.RunAsync("demo", "--no-serve", option, folder.Path);
        Assert.Equal(1, code);
        Assert.Empty(output);
        Assert.Contains($"touchstone demo: {folder.Path} is not empty", error, StringComparison.Ordinal);
        Assert.Equal(["mine.txt"], Directory.EnumerateFileSystemEntries(folder.Path).Select(Path.GetFileName));
    }

    [Fact]
    public async Task A_port_that_is_taken_is_told_in_one_line()
    {
        using var folder = new TemporaryFolder();
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;
        var (code, _, error) = await TouchstoneProcess.RunAsync("demo", "--no-serve", "--data", folder["data"], "--urls", $"http://127.0.0.1:{port}");
        Assert.Equal(1, code);
        Assert.Contains($"touchstone demo: Failed to bind to address http://127.0.0.1:{port}: address already in use.", error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ctrl_C_ends_it_at_once_with_130()
    {
        using var folder = new TemporaryFolder();
        using var demo = TouchstoneProcess.Begin(["demo", "--no-serve", "--data", folder["data"]]);
        while (!demo.HasExited && !demo.Said.Contains("Making the project", StringComparison.Ordinal)) await Task.Delay(TimeSpan.FromMilliseconds(5), TestContext.Current.CancellationToken);
        Assert.Equal(130, await demo.InterruptAsync());
        Assert.DoesNotContain("Exception", demo.Said, StringComparison.Ordinal);
    }
}
