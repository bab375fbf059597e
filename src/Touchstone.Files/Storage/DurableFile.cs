namespace Touchstone.Files.Storage;

/// <summary>Writes whole files so that a reader, a crash or a power cut sees the old one or the new one and never a part.</summary>
public static class DurableFile
{
    /// <summary>Writes to a temporary file in the same folder, flushes it, renames it over the path and flushes the folder.</summary>
    /// <param name="path">Where the file shall be; its folder is made if missing.</param>
    /// <param name="write">Writes the content; the stream is buffered and closed for it.</param>
    /// <param name="cancellationToken">Gives up and leaves what was there before.</param>
    /// <exception cref="StorageFullException">The disk is full; what was there before is still there.</exception>
    public static async Task WriteAsync(string path, Func<Stream, Task> write, CancellationToken cancellationToken = default)
    {
        var full = Path.GetFullPath(path);
        var folder = Path.GetDirectoryName(full) ?? throw new ArgumentException($"{path} names no file.", nameof(path));
        try
        {
            Disk.CreateFolder(folder);
            await using var file = new TemporaryFile(folder, $".{Path.GetFileName(full)[..Math.Min(40, Path.GetFileName(full).Length)]}.");
            await using (var buffer = new BufferedStream(file.Stream, 64 * 1024))
            {
                await write(buffer);
                await buffer.FlushAsync(cancellationToken);
                await file.LandAsync(full, cancellationToken);
            }
        }
        catch (IOException failure) when (Disk.IsFull(failure))
        {
            throw new StorageFullException(full, failure);
        }
    }

    /// <summary>Writes some bytes durably; see <see cref="WriteAsync(string, Func{Stream, Task}, CancellationToken)"/>.</summary>
    public static Task WriteAsync(string path, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken = default) =>
        WriteAsync(path, stream => stream.WriteAsync(bytes, cancellationToken).AsTask(), cancellationToken);
}
