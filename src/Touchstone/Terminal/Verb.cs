using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using Touchstone.Client;

namespace Touchstone.Terminal;

/// <summary>How every verb runs: examples in its help, failures told in one line, the same exit codes.</summary>
internal static class Verb
{
    /// <summary>Gives a command its action; failures that a person can mend are told without a stack trace.</summary>
    public static Command Runs(this Command command, Func<ParseResult, CancellationToken, Task<int>> action)
    {
        command.SetAction(async (parsed, cancellationToken) =>
        {
            try
            {
                return await action(parsed, cancellationToken);
            }
            catch (Exception) when (cancellationToken.IsCancellationRequested)
            {
                // Whatever broke on the way out broke because it was told to stop.
                return ExitCode.Interrupted;
            }
            catch (Exception failure)
            {
                return await TellAsync(parsed, failure);
            }
        });
        return command;
    }

    /// <summary>Adds an examples section to the command's help.</summary>
    public static Command Examples(this Command command, params string[] examples)
    {
        command.Options.Add(new HelpOption { Action = new HelpWithExamples(examples) });
        return command;
    }

    /// <summary>A line of what was asked for.</summary>
    public static void Print(this ParseResult parsed, string line) => parsed.InvocationConfiguration.Output.WriteLine(line);

    /// <summary>A line about it.</summary>
    public static void Tell(this ParseResult parsed, string line) => parsed.InvocationConfiguration.Error.WriteLine(line);

    /// <summary>Something that is wrong and does not stop the verb.</summary>
    public static void Warn(this ParseResult parsed, string text) => parsed.Tell($"{NameOf(parsed.CommandResult)}: {Printable.Text(text)}");

    public static ProgressLine Progress(this ParseResult parsed, string what)
    {
        var error = parsed.InvocationConfiguration.Error;
        return new ProgressLine(what, TimeProvider.System, error, terminal: ReferenceEquals(error, Console.Error) && !Console.IsErrorRedirected);
    }

    private static async Task<int> TellAsync(ParseResult parsed, Exception failure)
    {
        var (name, error) = (NameOf(parsed.CommandResult), parsed.InvocationConfiguration.Error);
        if (Explanation.Of(failure) is { } text)
        {
            // Our own messages may have several lines; what they quote is shown as one.
            var lines = failure is CommandException ? text.Split('\n') : [text];
            await error.WriteLineAsync($"{name}: {string.Join('\n', lines.Select(Printable.Text))}");
            if (failure is ApiException refusal)
                foreach (var line in refusal.Details())
                    await error.WriteLineAsync("  " + Printable.Text(line));
            return (failure as CommandException)?.Code ?? ExitCode.Failed;
        }

        await error.WriteLineAsync($"{name}: this should not have happened. Please report it with the lines below.\n{failure}");
        return ExitCode.Failed;
    }

    /// <summary>The verb as it is typed, such as <c>touchstone admin key create</c>.</summary>
    private static string NameOf(System.CommandLine.Parsing.CommandResult command) =>
        command.Parent is System.CommandLine.Parsing.CommandResult parent ? $"{NameOf(parent)} {command.Command.Name}" : "touchstone";

    private sealed class HelpWithExamples(string[] examples) : SynchronousCommandLineAction
    {
        public override bool ClearsParseErrors => true;

        public override int Invoke(ParseResult parseResult)
        {
            var result = new HelpAction().Invoke(parseResult);
            var output = parseResult.InvocationConfiguration.Output;
            output.WriteLine("Examples:");
            foreach (var example in examples) output.WriteLine("  " + example);
            output.WriteLine();
            return result;
        }
    }
}
