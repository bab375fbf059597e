using System.Buffers;
using System.Security.Cryptography;

namespace Touchstone.Files.Storage;

/// <summary>What was stored.</summary>
/// <param name="Sha256">The content's name: its SHA-256, lower-case hexadecimal.</param>
/// <param name="ByteCount">Its length.</param>
/// <param name="Existed">Whether the scope had it already.</param>
public readonly record struct StoredContent(string Sha256, long ByteCount, bool Existed);

/// <summary>
/// Files named by the SHA-256 of their bytes, below one folder and apart for each scope (an organization), so that nobody can ask
/// whether somebody else has a file: <c>root/scope/aa/bb/sha256</c>. A stored file never changes.
/// </summary>
/// <remarks>Several processes may use one folder at once: bytes land by rename, and the same bytes land as the same file.</remarks>
public sealed class ContentFolder
{
    private const string Incoming = ".incoming";
    private const int BufferBytes = 128 * 1024;
    private static readonly SearchValues<char> ScopeCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-_");
    private readonly string _root;
    private readonly string _incoming;

    /// <summary>Opens a folder, which is made if it is missing.</summary>
    /// <param name="root">The folder; what arrives is written below it first, so that landing is a rename on one volume.</param>
    public ContentFolder(string root)
    {
        _root = Path.GetFullPath(root);
        _incoming = Path.Combine(_root, Incoming);
        Disk.CreateFolder(_incoming);
    }

    /// <summary>Streams content in, hashing on the way; it is on the disk, and stays there through a power cut, when this returns.</summary>
    /// <param name="scope">Whose it is: 1 to 64 of a-z, 0-9, - and _.</param>
    /// <param name="content">The bytes, read once, forward.</param>
    /// <param name="maxBytes">The most to take.</param>
    /// <param name="cancellationToken">Gives up and keeps nothing.</param>
    /// <exception cref="ContentTooLargeException">There are more bytes than that; nothing is kept.</exception>
    /// <exception cref="StorageFullException">The disk is full; nothing is kept.</exception>
    public async Task<StoredContent> StoreAsync(string scope, Stream content, long maxBytes, CancellationToken cancellationToken = default)
    {
        CheckScope(scope);
        try
        {
            Disk.CreateFolder(_incoming);
            await using var file = new TemporaryFile(_incoming, "");
            var (sha256, byteCount) = await CopyAsync(content, file.Stream, maxBytes, cancellationToken);
            var path = PathOf(scope, sha256);
            if (File.Exists(path) && new FileInfo(path).Length == byteCount)
            {
                // Another process may have renamed it a moment ago and not yet flushed the folder: it is acknowledged only once it is safe.
                Disk.FlushFolder(Path.GetDirectoryName(path)!);
                return new StoredContent(sha256, byteCount, Existed: true);
            }

            Disk.CreateFolder(Path.GetDirectoryName(path)!);
            await file.LandAsync(path, cancellationToken);
            return new StoredContent(sha256, byteCount, Existed: false);
        }
        catch (IOException failure) when (Disk.IsFull(failure))
        {
            throw new StorageFullException(_root, failure);
        }
    }

    /// <summary>Opens content for reading.</summary>
    /// <exception cref="FileNotFoundException">The scope does not have it.</exception>
    public FileStream OpenRead(string scope, string sha256)
    {
        var path = PathOf(scope, sha256);
        if (!File.Exists(path)) throw new FileNotFoundException($"There is no content {sha256} in scope {scope}.", path);
        return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, bufferSize: 0, FileOptions.Asynchronous | FileOptions.SequentialScan);
    }

    /// <summary>Whether the scope has this content.</summary>
    public bool Exists(string scope, string sha256) => File.Exists(PathOf(scope, sha256));

    /// <summary>Where the content rests or would rest, for programs that read it themselves.</summary>
    /// <exception cref="ArgumentException">The scope or the digest is not in the form that is used here.</exception>
    public string PathOf(string scope, string sha256)
    {
        CheckScope(scope);
        if (!FileDigest.IsDigest(sha256))
            throw new ArgumentException($"\"{sha256}\" is no SHA-256 in lower-case hexadecimal.", nameof(sha256));
        return Path.Combine(_root, scope, sha256[..2], sha256[2..4], sha256);
    }

    /// <summary>Removes content for good.</summary>
    /// <returns>Whether the scope had it.</returns>
    public bool Delete(string scope, string sha256)
    {
        var path = PathOf(scope, sha256);
        if (!File.Exists(path)) return false;
        File.Delete(path);
        Disk.FlushFolder(Path.GetDirectoryName(path)!);
        return true;
    }

    /// <summary>Removes what interrupted writes left behind.</summary>
    /// <param name="age">Leftovers not written for so long are removed; younger ones may still be arriving.</param>
    /// <returns>How many were removed.</returns>
    public int Sweep(TimeSpan age)
    {
        var olderThan = FileSystemTime() - age;
        var removed = 0;
        foreach (var file in new DirectoryInfo(_incoming).EnumerateFiles("*.tmp"))
        {
            if (file.LastWriteTimeUtc >= olderThan) continue;
            file.Delete();
            removed++;
        }

        return removed;
    }

    /// <summary>The time that the file system writes on files, which may be another machine's: by any other clock an upload could look old while it arrives.</summary>
    private DateTime FileSystemTime()
    {
        var probe = new FileInfo(Path.Combine(_incoming, $"{Guid.NewGuid():N}.time"));
        probe.Create().Dispose();
        try
        {
            return probe.LastWriteTimeUtc;
        }
        finally
        {
            probe.Delete();
        }
    }

    private static async Task<(string Sha256, long ByteCount)> CopyAsync(Stream from, Stream to, long maxBytes, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        try
        {
            long byteCount = 0;
            while (await from.ReadAsync(buffer.AsMemory(0, BufferBytes), cancellationToken) is > 0 and var got)
            {
                byteCount += got;
                if (byteCount > maxBytes) throw new ContentTooLargeException(maxBytes);
                hash.AppendData(buffer.AsSpan(0, got));
                await to.WriteAsync(buffer.AsMemory(0, got), cancellationToken);
            }

            return (Convert.ToHexStringLower(hash.GetCurrentHash()), byteCount);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static void CheckScope(string scope)
    {
        if (scope.Length is 0 or > 64 || scope.AsSpan().ContainsAnyExcept(ScopeCharacters))
            throw new ArgumentException($"\"{scope}\" is no scope: 1 to 64 of a-z, 0-9, - and _.", nameof(scope));
    }
}
