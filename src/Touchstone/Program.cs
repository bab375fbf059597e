using System.CommandLine;
using System.CommandLine.Help;
using System.Runtime.InteropServices;
using Touchstone.Commands;
using Touchstone.Terminal;

var root = TouchstoneCommand.Make();
var parsed = root.Parse(args);
if (parsed.Errors.Count > 0 && parsed.Action is not HelpAction)
{
    foreach (var error in parsed.Errors) await Console.Error.WriteLineAsync("touchstone: " + error.Message);
    await Console.Error.WriteLineAsync("touchstone --help lists the verbs; touchstone VERB --help shows examples.");
    return ExitCode.Misuse;
}

using var interrupted = new CancellationTokenSource();
using var onInterrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Interrupt);
using var onTerminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Interrupt);
return await parsed.InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null, EnableDefaultExceptionHandler = false }, interrupted.Token);

// The first signal asks the verb to end in order; a second one is left to the system.
void Interrupt(PosixSignalContext context)
{
    context.Cancel = !interrupted.IsCancellationRequested;
    interrupted.Cancel();
}
