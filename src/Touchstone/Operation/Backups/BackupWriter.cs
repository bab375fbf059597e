using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Touchstone.Files.Storage;
using Touchstone.Store;
using Touchstone.Store.Entities;
using Touchstone.Terminal;

namespace Touchstone.Operation.Backups;

/// <summary>
/// Copies everything that cannot be made again while servers go on. The database is copied first, at one moment; pictures and releases are
/// never changed and only added, so those copied afterwards hold at least what that moment refers to.
/// </summary>
internal sealed class BackupWriter(DirectoryInfo data, string? connection, string folder, Action<string> warn)
{
    private const int BufferBytes = 128 * 1024;
    private readonly List<(string Path, string Sha256)> _files = [];
    private long _bytes;

    /// <summary>Things that are wrong with the data folder, each told; the backup holds all the rest.</summary>
    public int Damages { get; private set; }

    public async Task<BackupManifest> WriteAsync(CancellationToken cancellationToken)
    {
        await using var store = await Database.OpenAsync(data, connection, cancellationToken);
        var target = new DirectoryInfo(folder);
        if (File.Exists(folder) || (target.Exists && target.EnumerateFileSystemInfos().Any())) throw new CommandException($"{folder} is not empty; nothing was written.");
        try
        {
            target.Create();
            return await CopyAsync(store, cancellationToken);
        }
        catch
        {
            // What is not complete is no backup, and would stand in the way of the next one.
            foreach (var entry in target.EnumerateFileSystemInfos())
            {
                if (entry is DirectoryInfo inner) inner.Delete(recursive: true);
                else entry.Delete();
            }

            throw;
        }
    }

    private async Task<BackupManifest> CopyAsync(StoreDatabase store, CancellationToken cancellationToken)
    {
        var at = TimeProvider.System.GetUtcNow();
        var database = connection is null ? BackupManifest.SqliteName : BackupManifest.PostgresName;
        await CopyDatabaseAsync(store, Path.Combine(folder, database), cancellationToken);
        await AddAsync(database, cancellationToken);
        var pictures = await CopyPicturesAsync(cancellationToken);
        await CheckPicturesAsync(store, at, cancellationToken);
        var releases = await CopyReleasesAsync(store, cancellationToken);
        var checksums = Encoding.UTF8.GetBytes(Checksums.Write(_files));
        await DurableFile.WriteAsync(Path.Combine(folder, BackupManifest.ChecksumsName), checksums, cancellationToken);
        var manifest = new BackupManifest(
            BackupManifest.ThisFormat, typeof(BackupWriter).Assembly.GetName().Version!.ToString(3), database, await SchemaAsync(store, cancellationToken), FileDigest.Of(checksums), pictures, releases, _bytes, at);
        await manifest.WriteAsync(folder, cancellationToken);
        return manifest;
    }

    private async Task CopyDatabaseAsync(StoreDatabase store, string target, CancellationToken cancellationToken)
    {
        if (connection is not null)
        {
            await PostgresTools.RunAsync("pg_dump", connection, ["--format=custom", "--file", target], cancellationToken);
            return;
        }

        // One snapshot, written whole and compact, while others go on writing.
        await using var context = store.CreateContext();
        await context.Database.ExecuteSqlAsync($"VACUUM INTO {target}", cancellationToken);
    }

    private static async Task<string> SchemaAsync(StoreDatabase store, CancellationToken cancellationToken)
    {
        await using var context = store.CreateContext();
        return (await context.Database.GetAppliedMigrationsAsync(cancellationToken)).Last();
    }

    private async Task<long> CopyPicturesAsync(CancellationToken cancellationToken)
    {
        var from = Path.Combine(data.FullName, BackupManifest.ContentName);
        if (!Directory.Exists(from)) return 0;
        var copied = 0L;
        foreach (var relative in FileDigest.List(from))
        {
            var name = Path.GetFileName(relative);
            if (relative.StartsWith('.') || !FileDigest.IsDigest(name)) continue;   // an upload that is under way
            var path = $"{BackupManifest.ContentName}/{relative}";
            if (await CopyFileAsync(Path.Combine(from, relative), path, cancellationToken) is not { } digest) continue;
            if (digest == name) copied++;
            else Damaged(path, digest);
        }

        return copied;
    }

    private void Damaged(string path, string digest)
    {
        File.Delete(Path.Combine(folder, path));
        _files.RemoveAt(_files.Count - 1);
        Warn($"{path} in the data folder is damaged (its bytes have the SHA-256 {digest}) and is not in the backup");
    }

    /// <summary>Pictures that the database has, and had before it was copied, must have come along.</summary>
    private async Task CheckPicturesAsync(StoreDatabase store, DateTimeOffset before, CancellationToken cancellationToken)
    {
        await using var context = store.CreateContext();
        var missing = await MissingAsync(context.Assets.Where(a => a.CreatedAt < before), folder, cancellationToken);
        if (missing > 0) Warn($"{missing:N0} pictures that the database names are not in {Path.Combine(data.FullName, BackupManifest.ContentName)}: is --data the folder of the servers?");
    }

    /// <summary>Counts assets whose bytes do not rest below a folder.</summary>
    public static async Task<long> MissingAsync(IQueryable<Asset> assets, string folder, CancellationToken cancellationToken)
    {
        var content = new ContentFolder(Path.Combine(folder, BackupManifest.ContentName));
        var missing = 0L;
        await foreach (var asset in assets.Where(a => a.WithdrawnAt == null).Select(a => new { a.OrganizationId, a.Sha256 }).AsAsyncEnumerable().WithCancellation(cancellationToken))
            if (!content.Exists(Server.Catalogue.Assets.AssetContent.ScopeOf(asset.OrganizationId), asset.Sha256))
                missing++;
        return missing;
    }

    private async Task<long> CopyReleasesAsync(StoreDatabase store, CancellationToken cancellationToken)
    {
        await using var context = store.CreateContext();
        var published = await context.Releases.Where(r => r.State == ReleaseState.Published).Select(r => r.Id).ToListAsync(cancellationToken);
        foreach (var release in published)
        {
            var from = Path.Combine(data.FullName, BackupManifest.ReleasesName, release.ToString());
            if (!Directory.Exists(from))
            {
                Warn($"the release {release} is not in {Path.GetDirectoryName(from)}: is --data the folder of the servers?");
                continue;
            }

            foreach (var relative in FileDigest.List(from))
                await CopyFileAsync(Path.Combine(from, relative), $"{BackupManifest.ReleasesName}/{release}/{relative}", cancellationToken);
        }

        return published.Count;
    }

    /// <summary>Copies, hashes and flushes; null where the file was withdrawn meanwhile.</summary>
    private async Task<string?> CopyFileAsync(string from, string path, CancellationToken cancellationToken)
    {
        var to = Path.Combine(folder, path);
        Directory.CreateDirectory(Path.GetDirectoryName(to)!);
        try
        {
            await using var source = new FileStream(from, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, bufferSize: 0, FileOptions.Asynchronous | FileOptions.SequentialScan);
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            await using var target = new FileStream(to, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0, FileOptions.Asynchronous);
            var buffer = new byte[BufferBytes];
            while (await source.ReadAsync(buffer, cancellationToken) is > 0 and var got)
            {
                hash.AppendData(buffer.AsSpan(0, got));
                await target.WriteAsync(buffer.AsMemory(0, got), cancellationToken);
                _bytes += got;
            }

            target.Flush(flushToDisk: true);
            var digest = Convert.ToHexStringLower(hash.GetCurrentHash());
            _files.Add((path, digest));
            return digest;
        }
        catch (Exception failure) when (failure is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    private async Task AddAsync(string path, CancellationToken cancellationToken)
    {
        var full = Path.Combine(folder, path);
        await using (var file = new FileStream(full, FileMode.Open, FileAccess.ReadWrite)) file.Flush(flushToDisk: true);
        _files.Add((path, await FileDigest.OfFileAsync(full, cancellationToken)));
        _bytes += new FileInfo(full).Length;
    }

    private void Warn(string text)
    {
        Damages++;
        warn(text);
    }
}
