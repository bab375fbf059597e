using System.Diagnostics;
using System.Text;

namespace Touchstone.Tests.Cli;

/// <summary>Runs what the help of verbs shows, as lines of a shell in a folder that has the files they name.</summary>
internal static class HelpExamples
{
    /// <returns>How many examples ran.</returns>
    public static Task<int> RunAsync(string folder, params string[] verbs) => RunAsync(folder, [], verbs);

    /// <param name="folder">Where they run.</param>
    /// <param name="given">What stands in the help for something that nobody else has, such as a key, with what the test has for it.</param>
    /// <param name="verbs">The verbs.</param>
    /// <returns>How many examples ran.</returns>
    public static async Task<int> RunAsync(string folder, IReadOnlyList<(string Shown, string Given)> given, IReadOnlyList<string> verbs)
    {
        Assert.SkipUnless(File.Exists("/bin/bash"), "The examples are lines for a shell.");
        var script = new StringBuilder($"set -eo pipefail\ntouchstone() {{ dotnet exec '{Path.Combine(AppContext.BaseDirectory, "touchstone.dll")}' \"$@\"; }}\n");
        var (count, missing) = (0, given.Select(g => g.Shown).ToHashSet());
        foreach (var verb in verbs)
        {
            var help = (await CommandRun.OfAsync([.. verb.Split(' '), "--help"])).Expect(0).Output;
            foreach (var line in help[help.IndexOf("Examples:", StringComparison.Ordinal)..].Split('\n').Skip(1).Where(l => l.Trim().Length > 0))
            {
                Assert.Contains($"touchstone {verb}", line, StringComparison.Ordinal);
                script.Append($"echo '+' {Quote(line.Trim())}\n{Given(line)}\n");
                count++;
            }
        }

        Assert.True(missing.Count == 0, $"no example has {string.Join(", ", missing)}");

        await File.WriteAllTextAsync(Path.Combine(folder, "examples.sh"), script.ToString(), TestContext.Current.CancellationToken);
        using var bash = Process.Start(new ProcessStartInfo("bash", ["-c", "bash examples.sh 2>&1"]) { WorkingDirectory = folder, RedirectStandardOutput = true })!;
        var said = await bash.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await bash.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(bash.ExitCode == 0, said);
        return count;

        string Given(string line)
        {
            foreach (var (shown, replacement) in given.Where(g => line.Contains(g.Shown, StringComparison.Ordinal)))
            {
                missing.Remove(shown);
                line = line.Replace(shown, replacement, StringComparison.Ordinal);
            }

            return line;
        }
    }

    private static string Quote(string line) => $"'{line.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
