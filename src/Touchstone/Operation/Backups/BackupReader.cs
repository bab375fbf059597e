using Microsoft.EntityFrameworkCore;
using Touchstone.Files.Storage;
using Touchstone.Store;
using Touchstone.Terminal;

namespace Touchstone.Operation.Backups;

/// <summary>Checks a backup to the last byte, then brings it into places that hold nothing yet; a restore that fails leaves nothing.</summary>
internal sealed class BackupReader(string folder, DirectoryInfo data, string? connection, Action<string> warn)
{
    public async Task<BackupManifest> RestoreAsync(CancellationToken cancellationToken)
    {
        var manifest = await BackupManifest.ReadAsync(folder, cancellationToken);
        if (manifest.IsPostgres != connection is not null)
        {
            throw new CommandException(manifest.IsPostgres
                ? "This backup is of a PostgreSQL database: give --database."
                : "This backup is of a SQLite database: leave --database out. It cannot be restored into PostgreSQL.");
        }

        var files = await CheckAsync(manifest, cancellationToken);
        await CheckTargetAsync(manifest, cancellationToken);
        try
        {
            await CopyAsync(manifest, files, cancellationToken);
            return manifest;
        }
        catch
        {
            if (data.Exists)
                foreach (var entry in data.EnumerateFileSystemInfos())
                {
                    if (entry is DirectoryInfo inner) inner.Delete(recursive: true);
                    else entry.Delete();
                }

            throw;
        }
    }

    /// <summary>Every file as the list has it, and no other.</summary>
    private async Task<IReadOnlyDictionary<string, string>> CheckAsync(BackupManifest manifest, CancellationToken cancellationToken)
    {
        await CheckFileAsync(BackupManifest.ChecksumsName, manifest.ChecksumsSha256, cancellationToken);
        var files = Checksums.Read(folder, manifest.Database);
        foreach (var (path, sha256) in files) await CheckFileAsync(path, sha256, cancellationToken);
        foreach (var path in FileDigest.List(folder))
            if (path is not (BackupManifest.Name or BackupManifest.ChecksumsName) && !files.ContainsKey(path))
                throw new CommandException($"{Printable.Text(path)}: {BackupManifest.ChecksumsName} does not list this file; the backup was changed. Nothing was written.");
        return files;
    }

    private async Task CheckFileAsync(string path, string sha256, CancellationToken cancellationToken)
    {
        var full = Path.Combine(folder, path);
        if (!File.Exists(full)) throw new CommandException($"{path} is missing; the backup is damaged. Nothing was written.");
        if (!SafePath.StaysBelow(folder, full)) throw new CommandException($"{path} is a link that leads out of the backup. Nothing was written.");
        var digest = await FileDigest.OfFileAsync(full, cancellationToken);
        if (digest != sha256) throw new CommandException($"{path}: expected SHA-256 {sha256}, found {digest}; the backup is damaged. Nothing was written.");
    }

    private async Task CheckTargetAsync(BackupManifest manifest, CancellationToken cancellationToken)
    {
        if (File.Exists(data.FullName) || (data.Exists && data.EnumerateFileSystemInfos().Any())) throw new CommandException($"{data.FullName} is not empty; nothing was written.");
        Database.CheckConnectionString(connection);
        await using var database = connection is null ? null : StoreDatabase.OpenPostgres(connection);
        if (database is not null && await database.SchemaAsync(cancellationToken) != SchemaState.Empty) throw new CommandException("The PostgreSQL database holds a Touchstone already; nothing was written.");
        if (!StoreDatabase.KnowsMigration(manifest.Schema, isSqlite: connection is null)) throw new NewerSchemaException(manifest.Schema);
    }

    private async Task CopyAsync(BackupManifest manifest, IReadOnlyDictionary<string, string> files, CancellationToken cancellationToken)
    {
        data.Create();
        foreach (var path in files.Keys.Where(path => path != manifest.Database)) CopyFile(path, path, cancellationToken);
        if (connection is null) CopyFile(manifest.Database, Database.FileName, cancellationToken);
        else await PostgresTools.RunAsync("pg_restore", connection, ["--exit-on-error", "--single-transaction", "--no-owner", "--no-privileges", Path.Combine(folder, manifest.Database)], cancellationToken);
        await using var database = connection is null ? StoreDatabase.OpenSqlite(Path.Combine(data.FullName, Database.FileName)) : StoreDatabase.OpenPostgres(connection);
        await database.MigrateAsync(cancellationToken);
        if (!database.IsSqlite) await ForgetTransactionIdsAsync(database, cancellationToken);
        await using var store = database.CreateContext();
        var missing = await BackupWriter.MissingAsync(store.Assets, data.FullName, cancellationToken);
        if (missing > 0) warn($"{missing:N0} pictures that the database names are not in the backup: they were damaged or withdrawn when it was made.");
    }

    private void CopyFile(string path, string to, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var target = Path.Combine(data.FullName, to);
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        File.Copy(Path.Combine(folder, path), target);
        using var file = new FileStream(target, FileMode.Open, FileAccess.ReadWrite);
        file.Flush(flushToDisk: true);
    }

    /// <summary>Transaction ids of the old cluster mean nothing in the new one; without them the outbox's order is its sequence.</summary>
    private static Task<bool> ForgetTransactionIdsAsync(StoreDatabase database, CancellationToken cancellationToken) => database.WriteAsync(
        async (store, token) =>
        {
            // Rows that a consumer has not read yet keep their order behind those that it has.
            await store.Database.ExecuteSqlAsync($"""
                UPDATE outbox SET epoch = CASE WHEN EXISTS (
                    SELECT 1 FROM outbox_positions p WHERE (outbox.epoch, outbox.sequence) <= (p.epoch, p.sequence)) THEN 0 ELSE 1 END
                """, token);
            await store.Database.ExecuteSqlAsync($"UPDATE outbox_positions SET epoch = 0, sequence = (SELECT coalesce(max(sequence), 0) FROM outbox WHERE epoch = 0)", token);
            return true;
        },
        cancellationToken);
}
