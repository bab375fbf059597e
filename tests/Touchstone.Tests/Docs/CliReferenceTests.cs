using System.CommandLine;
using System.Globalization;
using System.Text;
using Touchstone.Commands;
using Touchstone.Testing;

namespace Touchstone.Tests.Docs;

/// <summary>The reference of the command line is what the program itself says.</summary>
public sealed class CliReferenceTests
{
    [Fact]
    public void The_reference_is_the_help_of_every_verb()
    {
        var text = new StringBuilder("""
            # Command line

            Progress goes to standard error, data to standard output, `--json` is for programs. Exit codes: 0 done, 1 failed, 2 misuse, 130 interrupted.
            The variable `TOUCHSTONE_KEY` stands in for `--key`. What follows is each verb's own `--help`.

            """);
        var root = TouchstoneCommand.Make();
        foreach (var command in root.Subcommands) Write(text, root, command, command.Name);
        Approved.Check("docs/reference/cli.md", text.ToString(), Assert.Fail);
    }

    [Fact]
    public void Every_verb_that_does_something_shows_examples()
    {
        var root = TouchstoneCommand.Make();
        foreach (var path in Leaves(root, "")) Assert.Contains("Examples:", Help(root, path), StringComparison.Ordinal);
    }

    private static IEnumerable<string> Leaves(Command command, string path) =>
        command.Subcommands.Count == 0 ? [path] : command.Subcommands.SelectMany(c => Leaves(c, $"{path} {c.Name}".Trim()));

    private static void Write(StringBuilder text, RootCommand root, Command command, string path)
    {
        if (command.Subcommands.Count == 0)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n## touchstone {path}\n\n```\n{Help(root, path)}\n```\n");
            return;
        }

        foreach (var inner in command.Subcommands) Write(text, root, inner, $"{path} {inner.Name}");
    }

    private static string Help(RootCommand root, string path)
    {
        using var output = new StringWriter();
        root.Parse([.. path.Split(' '), "--help"]).Invoke(new InvocationConfiguration { Output = output });
        var lines = output.ToString().ReplaceLineEndings("\n").Replace(RootCommand.ExecutableName, "touchstone", StringComparison.Ordinal).Split('\n');
        return string.Join('\n', lines.Select(l => l.TrimEnd())).Trim();
    }
}
