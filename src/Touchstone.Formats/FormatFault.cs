namespace Touchstone.Formats;

/// <summary>A record of a file that was left out, and why; the others went in.</summary>
/// <param name="Pointer">JSON pointer (RFC 6901) or line of the place.</param>
/// <param name="RecordId">The id that the file gives the record, where it has one.</param>
/// <param name="Message">What was expected and what was found.</param>
public sealed record FormatFault(string Pointer, long? RecordId, string Message)
{
    /// <summary>One line for people.</summary>
    public override string ToString() => RecordId is null ? $"{Pointer}: {Message}" : $"{Pointer} (id {RecordId}): {Message}";
}

/// <summary>A file that is not of its format at all.</summary>
/// <param name="message">What was expected and found, and where.</param>
/// <param name="inner">The cause.</param>
public sealed class FileFormatFaultException(string message, Exception? inner = null) : FormatException(message, inner);
