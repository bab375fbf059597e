using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using Touchstone.Client;

namespace Touchstone.Terminal;

/// <summary>How every verb runs: examples in its help, expected failures told in one line, the same exit codes.</summary>
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
            catch (CommandException failure)
            {
                await Console.Error.WriteLineAsync($"touchstone {command.Name}: {failure.Message}");
                return failure.Code;
            }
            catch (ApiException refusal)
            {
                await Console.Error.WriteLineAsync($"touchstone {command.Name}: {refusal.Message}");
                foreach (var line in refusal.Details()) await Console.Error.WriteLineAsync("  " + line);
                return ExitCode.Failed;
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return ExitCode.Interrupted;
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
            {
                await Console.Error.WriteLineAsync($"touchstone {command.Name}: {failure.Message}");
                return ExitCode.Failed;
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
