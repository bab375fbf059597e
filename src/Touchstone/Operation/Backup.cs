using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.EntityFrameworkCore;
using Touchstone.Files.Storage;
using Touchstone.Terminal;

namespace Touchstone.Operation;

/// <summary>
/// Copies of everything that cannot be made again. The database is copied first, at one moment; content files are never changed and only
/// added, so those copied afterwards hold at least what that moment refers to.
/// </summary>
internal static class Backup
{
    private const string ManifestName = "backup.json";
    private const string SqliteName = "database.sqlite";
    private const string PostgresName = "database.pgdump";
    private const string ContentName = "content";
    private const int Format = 1;

    internal sealed record Manifest(
        [property: JsonPropertyName("format")] int Format,
        [property: JsonPropertyName("database")] string Database,
        [property: JsonPropertyName("database_sha256")] string DatabaseSha256,
        [property: JsonPropertyName("content_files")] long ContentFiles,
        [property: JsonPropertyName("content_bytes")] long ContentBytes,
        [property: JsonPropertyName("created_at")] DateTimeOffset CreatedAt);

    public static async Task<string> WriteAsync(DirectoryInfo data, string? connection, DirectoryInfo folder, CancellationToken cancellationToken)
    {
        RequireEmpty(folder);
        folder.Create();
        var database = Path.Combine(folder.FullName, connection is null ? SqliteName : PostgresName);
        if (connection is null) await CopySqliteAsync(data, database, cancellationToken);
        else await PostgresTools.RunAsync("pg_dump", connection, ["--format=custom", "--file", database], cancellationToken);
        var (files, bytes) = CopyContent(Path.Combine(data.FullName, ContentName), Path.Combine(folder.FullName, ContentName), cancellationToken);
        var manifest = new Manifest(Format, Path.GetFileName(database), await FileDigest.OfFileAsync(database, cancellationToken), files, bytes, DateTimeOffset.UtcNow);
        await DurableFile.WriteAsync(Path.Combine(folder.FullName, ManifestName), JsonSerializer.SerializeToUtf8Bytes(manifest, BackupJson.Default.Manifest), cancellationToken);
        return Describe(manifest);
    }

    public static async Task<string> RestoreAsync(DirectoryInfo source, DirectoryInfo data, string? connection, CancellationToken cancellationToken)
    {
        var manifest = await ReadAsync(source, cancellationToken);
        var postgres = manifest.Database == PostgresName;
        if (postgres != connection is not null)
        {
            throw new CommandException(postgres
                ? "This backup is of a PostgreSQL database: give --database."
                : "This backup is of a SQLite database: leave --database out. Data moves between the two by export and import.");
        }

        RequireEmpty(data);
        await CheckContentAsync(Path.Combine(source.FullName, ContentName), manifest, cancellationToken);
        data.Create();
        CopyContent(Path.Combine(source.FullName, ContentName), Path.Combine(data.FullName, ContentName), cancellationToken);
        var database = Path.Combine(source.FullName, manifest.Database);
        if (connection is not null) await PostgresTools.RunAsync("pg_restore", connection, ["--exit-on-error", "--single-transaction", "--no-owner", database], cancellationToken);
        else File.Copy(database, Path.Combine(data.FullName, Database.FileName));
        await ForgetTransactionIdsAsync(data, connection, cancellationToken);
        return Describe(manifest);
    }

    private static string Describe(Manifest manifest) => $"Database and {manifest.ContentFiles:N0} content files ({manifest.ContentBytes / 1e6:N1} MB)";

    private static void RequireEmpty(DirectoryInfo folder)
    {
        if (folder.Exists && folder.EnumerateFileSystemInfos().Any()) throw new CommandException($"{folder.FullName} is not empty; nothing was written.");
    }

    /// <summary>VACUUM INTO reads one snapshot and writes a whole, compact database, while others go on writing.</summary>
    private static async Task CopySqliteAsync(DirectoryInfo data, string target, CancellationToken cancellationToken)
    {
        await using var database = Database.Open(data, null);
        await using var store = database.CreateContext();
        await store.Database.ExecuteSqlAsync($"VACUUM INTO {target}", cancellationToken);
    }

    private static (long Files, long Bytes) CopyContent(string from, string to, CancellationToken cancellationToken)
    {
        long files = 0, bytes = 0;
        if (!Directory.Exists(from)) return (0, 0);
        foreach (var relative in FileDigest.List(from))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (!FileDigest.IsDigest(Path.GetFileName(relative))) continue;   // an upload that is under way
            var target = Path.Combine(to, relative);
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(Path.Combine(from, relative), target);
            files++;
            bytes += new FileInfo(target).Length;
        }

        return (files, bytes);
    }

    private static async Task<Manifest> ReadAsync(DirectoryInfo source, CancellationToken cancellationToken)
    {
        var path = Path.Combine(source.FullName, ManifestName);
        if (!File.Exists(path)) throw new CommandException($"{source.FullName} is no backup: it has no {ManifestName}.");
        var manifest = JsonSerializer.Deserialize(await File.ReadAllBytesAsync(path, cancellationToken), BackupJson.Default.Manifest)
            ?? throw new CommandException($"{path}: expected an object, found null.");
        if (manifest.Format != Format) throw new CommandException($"{path}: /format: expected {Format}, found {manifest.Format}; a newer Touchstone wrote this backup.");
        if (manifest.Database is not (SqliteName or PostgresName)) throw new CommandException($"{path}: /database: expected {SqliteName} or {PostgresName}, found \"{manifest.Database}\".");
        var digest = await FileDigest.OfFileAsync(Path.Combine(source.FullName, manifest.Database), cancellationToken);
        if (digest != manifest.DatabaseSha256) throw new CommandException($"{manifest.Database}: expected SHA-256 {manifest.DatabaseSha256}, found {digest}; the backup is damaged.");
        return manifest;
    }

    private static async Task CheckContentAsync(string content, Manifest manifest, CancellationToken cancellationToken)
    {
        long files = 0;
        foreach (var relative in Directory.Exists(content) ? FileDigest.List(content) : [])
        {
            var digest = await FileDigest.OfFileAsync(Path.Combine(content, relative), cancellationToken);
            if (digest != Path.GetFileName(relative)) throw new CommandException($"{ContentName}/{relative}: expected bytes with this SHA-256, found {digest}; the backup is damaged.");
            files++;
        }

        if (files != manifest.ContentFiles) throw new CommandException($"{ContentName}: expected {manifest.ContentFiles} files, found {files}; the backup is damaged.");
    }

    /// <summary>Transaction ids of the old cluster mean nothing in the new one; without them the outbox's order is its sequence.</summary>
    private static async Task ForgetTransactionIdsAsync(DirectoryInfo data, string? connection, CancellationToken cancellationToken)
    {
        await using var database = Database.Open(data, connection);
        await database.MigrateAsync(cancellationToken);
        if (database.IsSqlite) return;
        await database.WriteAsync(async (store, token) =>
        {
            // Rows that a consumer has not read yet keep their order behind those that it has.
            await store.Database.ExecuteSqlAsync($"""
                UPDATE outbox SET epoch = CASE WHEN EXISTS (
                    SELECT 1 FROM outbox_positions p WHERE (outbox.epoch, outbox.sequence) <= (p.epoch, p.sequence)) THEN 0 ELSE 1 END
                """, token);
            await store.Database.ExecuteSqlAsync($"UPDATE outbox_positions SET epoch = 0, sequence = (SELECT coalesce(max(sequence), 0) FROM outbox WHERE epoch = 0)", token);
            return true;
        }, cancellationToken);
    }
}

[JsonSerializable(typeof(Backup.Manifest))]
[JsonSourceGenerationOptions(WriteIndented = true)]
internal sealed partial class BackupJson : JsonSerializerContext;
