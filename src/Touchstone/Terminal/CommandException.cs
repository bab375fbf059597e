namespace Touchstone.Terminal;

/// <summary>Ends a command with a message for the person who called it; no stack trace is shown.</summary>
internal sealed class CommandException(string message, int exitCode = ExitCode.Failed, Exception? inner = null) : Exception(message, inner)
{
    public int Code { get; } = exitCode;
}
