using System.Buffers;
using System.IO.Compression;

namespace Touchstone.Files.Storage;

/// <summary>One file of an <see cref="UploadFolder"/>.</summary>
/// <param name="Path">Below the folder, with <c>/</c> between names.</param>
/// <param name="Bytes">Its length.</param>
/// <param name="WrittenAt">When it was last written.</param>
public readonly record struct UploadedFile(string Path, long Bytes, DateTime WrittenAt);

/// <summary>An upload that is refused; the message is for people.</summary>
/// <param name="reason">A stable word: <c>invalid_path</c>, <c>too_large</c>, <c>archive_broken</c>, <c>archive_bomb</c> or <c>taken</c>.</param>
/// <param name="message">What was wrong.</param>
/// <param name="inner">What it came from.</param>
public sealed class UploadRefusedException(string reason, string message, Exception? inner = null) : IOException(message, inner)
{
    /// <summary>The stable word.</summary>
    public string Reason { get; } = reason;
}

/// <summary>A folder of files that came from outside, by their own relative paths: nothing is ever written beyond it, and a file is there whole or not at all.</summary>
public sealed class UploadFolder
{
    /// <summary>Most files of one archive.</summary>
    public const int EntriesMax = 1_000_000;

    /// <summary>How many times larger than the archive its content may be: text of labels compresses some thirty times, bombs a thousand times.</summary>
    public const int RatioMax = 200;

    private const int BufferBytes = 128 * 1024;
    private const string Temporary = ".uploading-";
    private readonly string _root;

    /// <summary>Opens a folder; it is made with the first file.</summary>
    public UploadFolder(string root) => _root = Path.GetFullPath(root);

    /// <summary>The folder.</summary>
    public string Root => _root;

    /// <summary>The files, in ordinal order of their paths.</summary>
    public IReadOnlyList<UploadedFile> Files => !Directory.Exists(_root) ? [] :
    [
        .. new DirectoryInfo(_root).EnumerateFiles("*", SearchOption.AllDirectories).Where(f => !f.Name.StartsWith(Temporary, StringComparison.Ordinal))
            .Select(f => new UploadedFile(Path.GetRelativePath(_root, f.FullName).Replace(Path.DirectorySeparatorChar, '/'), f.Length, f.LastWriteTimeUtc)).OrderBy(f => f.Path, StringComparer.Ordinal),
    ];

    /// <summary>Takes a file; the same path again replaces it.</summary>
    /// <returns>Its length.</returns>
    /// <exception cref="UploadRefusedException">The path leaves the folder or is taken by a folder, or there are more bytes than that.</exception>
    /// <exception cref="StorageFullException">The disk is full; the file is as it was.</exception>
    public async Task<long> SaveAsync(string relative, Stream content, long maxBytes, CancellationToken cancellationToken)
    {
        var path = PlaceOf(relative);
        try
        {
            return await WriteAsync(path, content, maxBytes, cancellationToken);
        }
        catch (IOException failure) when (Disk.IsFull(failure))
        {
            throw new StorageFullException(_root, failure);
        }
    }

    /// <summary>Unpacks a zip archive below a folder of this one.</summary>
    /// <param name="below">The folder; empty for this one.</param>
    /// <param name="content">The archive's bytes; they are spooled to the disk first.</param>
    /// <param name="maxBytes">The most that archive and content may have, each.</param>
    /// <param name="cancellationToken">Gives up; files that were unpacked stay.</param>
    /// <returns>Bytes unpacked.</returns>
    /// <exception cref="UploadRefusedException">It is no archive, holds a path that leaves the folder, or is far larger than it looks. What was unpacked before that stays.</exception>
    /// <exception cref="StorageFullException">The disk is full.</exception>
    public async Task<long> UnpackAsync(string below, Stream content, long maxBytes, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(_root);
        var spool = Path.Combine(_root, $"{Temporary}{Guid.NewGuid():N}");
        try
        {
            var bytes = await SpoolAsync(spool, content, maxBytes, cancellationToken);
            await using (var whole = new FileStream(spool, FileMode.Open, FileAccess.Read, FileShare.Read))
                if (ZipDirectory.EntriesAtMost(whole) is > EntriesMax and var entries) throw new UploadRefusedException("archive_bomb", $"The archive has up to {entries} entries; at most {EntriesMax} are taken.");
            await using var archive = await ZipFile.OpenReadAsync(spool, cancellationToken);
            return await UnpackAsync(archive, below, Math.Min(maxBytes, Math.Max(bytes * RatioMax, 1 << 20)), cancellationToken);
        }
        catch (InvalidDataException broken)
        {
            throw new UploadRefusedException("archive_broken", $"The archive cannot be read: {broken.Message}", broken);
        }
        catch (IOException failure) when (Disk.IsFull(failure))
        {
            throw new StorageFullException(_root, failure);
        }
        finally
        {
            File.Delete(spool);
        }
    }

    /// <summary>Removes the folder with all that is in it.</summary>
    public void Delete()
    {
        if (Directory.Exists(_root)) Directory.Delete(_root, recursive: true);
    }

    private async Task<long> UnpackAsync(ZipArchive archive, string below, long maxBytes, CancellationToken cancellationToken)
    {
        var total = 0L;
        foreach (var entry in archive.Entries)
        {
            if (entry.FullName.EndsWith('/') || IsOfMac(entry.FullName)) continue;
            var path = PlaceOf(below.Length == 0 ? entry.FullName : $"{below}/{entry.FullName}");
            await using var content = await entry.OpenAsync(cancellationToken);
            try
            {
                total += await WriteAsync(path, content, maxBytes - total, cancellationToken);
            }
            catch (UploadRefusedException refused) when (refused.Reason == "too_large")
            {
                throw new UploadRefusedException("archive_bomb", $"The archive unpacks to more than {maxBytes} bytes, at {entry.FullName}; send its files one by one if that is meant.", refused);
            }
        }

        return total;
    }

    /// <summary>What macOS adds to archives is no part of a data set.</summary>
    private static bool IsOfMac(string name) => name.StartsWith("__MACOSX/", StringComparison.Ordinal) || name.EndsWith(".DS_Store", StringComparison.Ordinal);

    private string PlaceOf(string relative)
    {
        if (!SafePath.TryJoin(_root, relative, out var path, out var reason)) throw new UploadRefusedException("invalid_path", $"\"{relative}\" is no path of a file below a folder ({reason}).");
        if (Path.GetFileName(path).StartsWith(Temporary, StringComparison.Ordinal)) throw new UploadRefusedException("invalid_path", $"Names that begin with {Temporary} are the server's own.");
        if (Directory.Exists(path)) throw new UploadRefusedException("taken", $"\"{relative}\" is a folder already.");
        return path;
    }

    private async Task<long> WriteAsync(string path, Stream content, long maxBytes, CancellationToken cancellationToken)
    {
        var folder = Path.GetDirectoryName(path)!;
        MakeFolder(folder);
        await using var file = new TemporaryFile(folder, Temporary);
        var bytes = await CopyAsync(content, file.Stream, maxBytes, cancellationToken);
        await file.LandAsync(path, cancellationToken);
        return bytes;
    }

    private void MakeFolder(string folder)
    {
        try
        {
            Directory.CreateDirectory(folder);
        }
        catch (IOException failure) when (!Disk.IsFull(failure))
        {
            throw new UploadRefusedException("taken", $"\"{Path.GetRelativePath(_root, folder)}\" is a file already.", failure);
        }
    }

    private static async Task<long> SpoolAsync(string path, Stream content, long maxBytes, CancellationToken cancellationToken)
    {
        await using var spool = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0, FileOptions.Asynchronous);
        return await CopyAsync(content, spool, maxBytes, cancellationToken);
    }

    private static async Task<long> CopyAsync(Stream from, Stream to, long maxBytes, CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        try
        {
            var total = 0L;
            while (await from.ReadAsync(buffer, cancellationToken) is > 0 and var got)
            {
                total += got;
                if (total > maxBytes) throw new UploadRefusedException("too_large", $"At most {maxBytes} bytes are taken.");
                await to.WriteAsync(buffer.AsMemory(0, got), cancellationToken);
            }

            return total;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
