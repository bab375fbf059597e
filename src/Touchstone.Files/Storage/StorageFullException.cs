namespace Touchstone.Files.Storage;

/// <summary>There is no room left where bytes were to rest; nothing of them was kept.</summary>
/// <param name="place">The folder or file that could not be written.</param>
/// <param name="inner">What the operating system said.</param>
public sealed class StorageFullException(string place, Exception inner)
    : IOException($"No space is left at {place}. Free some space or move the data folder; nothing was kept of what was being written.", inner)
{
    /// <summary>Whether an input/output failure says that there is no room left, or no quota.</summary>
    public static bool Tells(IOException failure) => Disk.IsFull(failure);
}

/// <summary>A stream was longer than its limit; nothing of it was kept.</summary>
/// <param name="maxBytes">The limit.</param>
public sealed class ContentTooLargeException(long maxBytes) : IOException($"The content is longer than {maxBytes} bytes, the most that is taken here.")
{
    /// <summary>The limit that was passed.</summary>
    public long MaxBytes { get; } = maxBytes;
}
