using System.Diagnostics;
using Touchstone.Testing;

namespace Touchstone.Formats.Tests.Exchange;

/// <summary>Runs the other programs that write and read formats: the scripts of tests/format-peers, on node.</summary>
internal static class FormatPeers
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private static readonly string Folder = Path.Combine(Repository.Root, "tests", "format-peers");

    /// <summary>Runs a script and returns the lines that it prints; the test is skipped where the programs are not installed.</summary>
    public static string[] Run(params string[] arguments)
    {
        if (!Directory.Exists(Path.Combine(Folder, "node_modules")))
        {
            const string reason = "Run ./test, or npm ci in tests/format-peers: other programs that write formats are not installed.";
            if (TestData.IsRequired) throw new InvalidOperationException(reason);
            Assert.Skip(reason);
        }

        var start = new ProcessStartInfo("node", arguments) { WorkingDirectory = Folder, RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEndAsync();
        if (!process.WaitForExit(Patience))
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail($"node {string.Join(' ', arguments)} took longer than {Patience}.");
        }

        process.WaitForExit();
        Assert.True(process.ExitCode == 0, errors.Result);
        return output.Result.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
