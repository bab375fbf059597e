using System.Diagnostics;
using System.Text;
using Touchstone.Testing;
using Touchstone.Tests.Docs;

namespace Touchstone.Tests.Quality;

/// <summary>The how-to of label quality, typed as it stands.</summary>
public sealed class HowToTests(ITestOutputHelper output)
{
    [Fact]
    public async Task The_commands_of_the_how_to_run()
    {
        Assert.SkipUnless(File.Exists("/bin/bash"), "The commands are lines for a shell.");
        using var folder = new TemporaryFolder();
        var script = new StringBuilder($"set -eo pipefail\ntouchstone() {{ dotnet exec '{Path.Combine(AppContext.BaseDirectory, "touchstone.dll")}' \"$@\"; }}\n");
        foreach (var (_, code, _) in MarkdownPage.Read("docs/how-to/measure-label-quality.md").Blocks) script.Append(code).Append('\n');
        await File.WriteAllTextAsync(folder["how-to.sh"], script.ToString(), TestContext.Current.CancellationToken);
        using var bash = Process.Start(new ProcessStartInfo("bash", ["-c", "bash how-to.sh 2>&1"]) { WorkingDirectory = folder.Path, RedirectStandardOutput = true })!;
        var said = await bash.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await bash.WaitForExitAsync(TestContext.Current.CancellationToken);
        output.WriteLine(said);
        Assert.True(bash.ExitCode == 0, said);
        Assert.Contains("p1,cat,", said, StringComparison.Ordinal);
        Assert.Contains("e,dog,cat,", said, StringComparison.Ordinal);
        Assert.Contains("krippendorff (ordinal): ", said, StringComparison.Ordinal);
        Assert.Contains("id_switches 1", said, StringComparison.Ordinal);
        Assert.Contains("drawn at random; accept up to", said, StringComparison.Ordinal);
        Assert.True(File.Exists(folder["replay.svg"]));
        Assert.Contains("ap_50", said, StringComparison.Ordinal);
    }
}
