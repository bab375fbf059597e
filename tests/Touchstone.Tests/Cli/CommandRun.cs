using System.Text.Json.Nodes;
using Touchstone.Terminal;

namespace Touchstone.Tests.Cli;

/// <summary>What a command said and how it ended.</summary>
internal sealed record CommandRun(int ExitCode, string Output, string Error)
{
    /// <summary>Runs the program in this process, as <c>Program</c> does.</summary>
    public static async Task<CommandRun> OfAsync(params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var exit = await CommandLine.RunAsync(arguments, TextWriter.Synchronized(output), TextWriter.Synchronized(error), TestContext.Current.CancellationToken);
        return new(exit, output.ToString(), error.ToString());
    }

    public JsonNode Json => JsonNode.Parse(Output)!;

    /// <summary>Ended so, and without showing a person what only a programmer reads.</summary>
    public CommandRun Expect(int exitCode)
    {
        Assert.True(ExitCode == exitCode, $"ended with {ExitCode} instead of {exitCode}\n{Cut(Output)}\n{Cut(Error)}");
        Assert.DoesNotContain("   at ", Error, StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", Error, StringComparison.Ordinal);
        return this;
    }

    private static string Cut(string text) => text.Length <= 3_000 ? text : text[..3_000] + "...";

    /// <summary>Failed with these words on standard error, and nothing on standard output.</summary>
    public void Refused(int exitCode, params string[] words)
    {
        Expect(exitCode);
        Assert.Equal("", Output);
        Assert.All(words, word => Assert.Contains(word, Error, StringComparison.Ordinal));
    }
}
