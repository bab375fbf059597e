using System.Diagnostics;
using System.Text;

namespace Touchstone.Tests.Cli;

/// <summary>Runs what the help of verbs shows, as lines of a shell in a folder that has the files they name.</summary>
internal static class HelpExamples
{
    /// <returns>How many examples ran.</returns>
    public static async Task<int> RunAsync(string folder, params string[] verbs)
    {
        Assert.SkipUnless(File.Exists("/bin/bash"), "The examples are lines for a shell.");
        var script = new StringBuilder($"set -eo pipefail\ntouchstone() {{ dotnet exec '{Path.Combine(AppContext.BaseDirectory, "touchstone.dll")}' \"$@\"; }}\n");
        var count = 0;
        foreach (var verb in verbs)
        {
            var help = (await CommandRun.OfAsync([.. verb.Split(' '), "--help"])).Expect(0).Output;
            foreach (var line in help[help.IndexOf("Examples:", StringComparison.Ordinal)..].Split('\n').Skip(1).Where(l => l.Trim().Length > 0))
            {
                Assert.Contains($"touchstone {verb}", line, StringComparison.Ordinal);
                script.Append($"echo '+' {Quote(line.Trim())}\n{line}\n");
                count++;
            }
        }

        await File.WriteAllTextAsync(Path.Combine(folder, "examples.sh"), script.ToString(), TestContext.Current.CancellationToken);
        using var bash = Process.Start(new ProcessStartInfo("bash", ["-c", "bash examples.sh 2>&1"]) { WorkingDirectory = folder, RedirectStandardOutput = true })!;
        var said = await bash.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await bash.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(bash.ExitCode == 0, said);
        return count;
    }

    private static string Quote(string line) => $"'{line.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
