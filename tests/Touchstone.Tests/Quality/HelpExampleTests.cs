using System.Diagnostics;
using System.Text;
using Touchstone.Commands.Quality;
using Touchstone.Tests.Cli;

namespace Touchstone.Tests.Quality;

/// <summary>What the help shows works as it stands.</summary>
public sealed class HelpExampleTests
{
    [Fact]
    public async Task Every_example_of_every_verb_of_quality_runs()
    {
        Assert.SkipUnless(File.Exists("/bin/bash"), "The examples are lines for a shell.");
        using var folder = QualityFolder.Make();
        var script = new StringBuilder($"set -eo pipefail\ntouchstone() {{ dotnet exec '{Path.Combine(AppContext.BaseDirectory, "touchstone.dll")}' \"$@\"; }}\n");
        var count = 0;
        foreach (var verb in QualityCommand.Make().Subcommands)
        {
            var help = (await CommandRun.OfAsync("quality", verb.Name, "--help")).Expect(0).Output;
            foreach (var line in help[help.IndexOf("Examples:", StringComparison.Ordinal)..].Split('\n').Skip(1).Where(l => l.Trim().Length > 0))
            {
                Assert.Contains($"touchstone quality {verb.Name}", line, StringComparison.Ordinal);
                script.Append($"echo '+' {Quote(line.Trim())}\n{line}\n");
                count++;
            }
        }

        Assert.True(count >= 8, $"{count} examples");
        await File.WriteAllTextAsync(folder["examples.sh"], script.ToString(), TestContext.Current.CancellationToken);
        using var bash = Process.Start(new ProcessStartInfo("bash", ["-c", "bash examples.sh 2>&1"]) { WorkingDirectory = folder.Path, RedirectStandardOutput = true })!;
        var said = await bash.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await bash.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(bash.ExitCode == 0, said);
    }

    private static string Quote(string line) => $"'{line.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
