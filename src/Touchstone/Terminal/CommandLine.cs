using System.CommandLine;
using Touchstone.Commands;

namespace Touchstone.Terminal;

/// <summary>The program from its arguments to its exit code.</summary>
internal static class CommandLine
{
    /// <param name="args">As the shell gave them.</param>
    /// <param name="output">Data.</param>
    /// <param name="error">Progress and failures.</param>
    /// <param name="cancellationToken">Asks the verb to end in order.</param>
    public static async Task<int> RunAsync(string[] args, TextWriter output, TextWriter error, CancellationToken cancellationToken)
    {
        var root = TouchstoneCommand.Make();
        var parsed = root.Parse(args);
        if (parsed.Errors.Count > 0 && parsed.Action is not { ClearsParseErrors: true }) return await MisuseAsync(root, parsed, args, error);
        var configuration = new InvocationConfiguration { Output = output, Error = error, ProcessTerminationTimeout = null, EnableDefaultExceptionHandler = false };
        return await parsed.InvokeAsync(configuration, cancellationToken);
    }

    private static async Task<int> MisuseAsync(RootCommand root, ParseResult parsed, string[] args, TextWriter error)
    {
        var isUnknown = parsed.UnmatchedTokens.Count > 0;
        if (!isUnknown && parsed.CommandResult.Command.Subcommands.Count > 0)
        {
            // A verb that only holds others: show which there are.
            root.Parse([.. args, "--help"]).Invoke(new InvocationConfiguration { Output = error });
            return ExitCode.Misuse;
        }

        foreach (var message in parsed.Errors.Select(e => e.Message).Where(m => !isUnknown || !m.StartsWith("Required command", StringComparison.Ordinal)))
            await error.WriteLineAsync("touchstone: " + Printable.Text(message));
        await error.WriteLineAsync("touchstone --help lists the verbs; touchstone VERB --help shows examples.");
        return ExitCode.Misuse;
    }
}
