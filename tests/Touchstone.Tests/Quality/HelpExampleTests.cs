using Touchstone.Commands.Quality;
using Touchstone.Tests.Cli;

namespace Touchstone.Tests.Quality;

/// <summary>What the help shows works as it stands.</summary>
public sealed class HelpExampleTests
{
    [Fact]
    public async Task Every_example_of_every_verb_of_quality_runs()
    {
        using var folder = QualityFolder.Make();
        var count = await HelpExamples.RunAsync(folder.Path, [.. QualityCommand.Make().Subcommands.Select(verb => $"quality {verb.Name}")]);
        Assert.True(count >= 8, $"{count} examples");
    }
}
