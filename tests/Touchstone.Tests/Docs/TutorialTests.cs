using System.Diagnostics;
using System.Text;
using Touchstone.Testing;
using Touchstone.Tests.Cli;
using Touchstone.Tests.Processes;

namespace Touchstone.Tests.Docs;

/// <summary>The tutorial, typed as it stands by somebody in a hurry.</summary>
public sealed class TutorialTests(ITestOutputHelper output)
{
    [Fact]
    public async Task The_tutorial_ends_with_a_release_that_verifies()
    {
        foreach (var tool in new[] { "bash", "curl", "jq" })
            if (!Installed(tool))
                Assert.Skip($"{tool} is needed to follow the tutorial.");
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder["photos/night"]);
        for (var i = 0; i < 8; i++) await File.WriteAllBytesAsync(folder[i < 5 ? $"photos/{i}.png" : $"photos/night/{i}.png"], Pictures.Png(200, 120, i), TestContext.Current.CancellationToken);

        using var server = await TouchstoneProcess.ServeAsync("--data", folder["touchstone-data"]);
        var script = new StringBuilder("set -eo pipefail\n");
        foreach (var (language, code, before) in MarkdownPage.Read("docs/tutorials/first-release.md").Blocks)
        {
            if (code == "touchstone serve") continue;   // which runs already, in the other terminal
            if (code.StartsWith("touchstone() ", StringComparison.Ordinal)) script.Append($"touchstone() {{ dotnet exec '{Path.Combine(AppContext.BaseDirectory, "touchstone.dll")}' \"$@\"; }}\n");
            else if (language == "yaml") script.Append($"cat > {before.Split('`')[1]} <<'YAML'\n{code}\nYAML\n");
            else script.Append(code).Append('\n');
        }

        await File.WriteAllTextAsync(folder["tutorial.sh"], script.ToString().Replace("http://127.0.0.1:5080", server.Address.ToString().TrimEnd('/'), StringComparison.Ordinal), TestContext.Current.CancellationToken);
        var (exit, said) = await BashAsync(folder);
        output.WriteLine(said);
        Assert.True(exit == 0, said);
        Assert.Contains("8 new, 0 there before, 8 pictures sent, 0 refused", said, StringComparison.Ordinal);
        Assert.Contains("0 new, 8 there before, 0 pictures sent, 0 refused", said, StringComparison.Ordinal);
        Assert.Contains("\"done\": 8", said, StringComparison.Ordinal);
        Assert.Contains("is what it says it is: 8 labels", said, StringComparison.Ordinal);
        Assert.EndsWith("as it should be\n", said, StringComparison.Ordinal);
        Assert.Contains("| accuracy |", await File.ReadAllTextAsync(folder["street-1/CARD.md"], TestContext.Current.CancellationToken), StringComparison.OrdinalIgnoreCase);
    }

    private static async Task<(int ExitCode, string Said)> BashAsync(TemporaryFolder folder)
    {
        var start = new ProcessStartInfo("bash", ["-c", "bash tutorial.sh 2>&1"]) { WorkingDirectory = folder.Path, RedirectStandardOutput = true };
        start.Environment["HOME"] = folder.Path;
        start.Environment.Remove("TOUCHSTONE_KEY");
        using var bash = Process.Start(start)!;
        var said = await bash.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await bash.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (bash.ExitCode, said);
    }

    private static bool Installed(string tool) => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, tool)));
}
