using System.Text.Json;
using System.Text.Json.Serialization;
using Touchstone.Files.Storage;
using Touchstone.Terminal;

namespace Touchstone.Operation.Backups;

/// <summary><c>backup.json</c>: written last, so that a folder without it is no backup.</summary>
/// <param name="Format">Of this file and the folder's layout.</param>
/// <param name="Touchstone">The program that wrote it.</param>
/// <param name="Database">Name of the database's file: what kind it is.</param>
/// <param name="Schema">The database's last migration.</param>
/// <param name="ChecksumsSha256">Digest of <c>SHA256SUMS</c>, which has that of every other file.</param>
/// <param name="Pictures">Content files.</param>
/// <param name="Releases">Published releases.</param>
/// <param name="Bytes">Of all files together.</param>
/// <param name="CreatedAt">When the database was copied.</param>
internal sealed record BackupManifest(
    int Format, string Touchstone, string Database, string Schema, string ChecksumsSha256, long Pictures, long Releases, long Bytes, DateTimeOffset CreatedAt)
{
    public const string Name = "backup.json";
    public const string ChecksumsName = "SHA256SUMS";
    public const string SqliteName = "database.sqlite";
    public const string PostgresName = "database.pgdump";
    public const string ContentName = "content";
    public const string ReleasesName = "releases";
    public const int ThisFormat = 1;

    [JsonIgnore]
    public bool IsPostgres => Database == PostgresName;

    public string Describe() => $"Database, {Pictures:N0} pictures and {Releases:N0} releases ({Bytes / 1e6:N1} MB)";

    public string ToJson() => JsonSerializer.SerializeToNode(this, BackupJson.Default.BackupManifest)!.ToJsonString();

    public Task WriteAsync(string folder, CancellationToken cancellationToken) =>
        DurableFile.WriteAsync(Path.Combine(folder, Name), JsonSerializer.SerializeToUtf8Bytes(this, BackupJson.Default.BackupManifest), cancellationToken);

    /// <exception cref="CommandException">The folder is no backup, or one that this program cannot read.</exception>
    public static async Task<BackupManifest> ReadAsync(string folder, CancellationToken cancellationToken)
    {
        var path = Path.Combine(folder, Name);
        if (!Directory.Exists(folder)) throw new CommandException($"There is no folder {folder}.");
        if (!File.Exists(path)) throw new CommandException($"{folder} is no backup: it has no {Name}, which is written when a backup is complete.");
        try
        {
            var bytes = await File.ReadAllBytesAsync(path, cancellationToken);
            var format = JsonSerializer.Deserialize(bytes, BackupJson.Default.JsonElement) is { ValueKind: JsonValueKind.Object } document
                && document.TryGetProperty("format", out var number) && number.ValueKind == JsonValueKind.Number ? number.GetRawText() : "nothing";
            if (format != $"{ThisFormat}") throw new CommandException($"{path}: /format: expected {ThisFormat}, found {format}; use the version of Touchstone that wrote this backup.");
            var manifest = JsonSerializer.Deserialize(bytes, BackupJson.Default.BackupManifest)!;
            return manifest.Database is SqliteName or PostgresName
                ? manifest
                : throw new CommandException($"{path}: /database: expected {SqliteName} or {PostgresName}, found \"{manifest.Database}\".");
        }
        catch (JsonException failure)
        {
            throw new CommandException($"{path}: {failure.Message}", inner: failure);
        }
    }
}

[JsonSerializable(typeof(BackupManifest))]
[JsonSerializable(typeof(JsonElement))]
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, RespectRequiredConstructorParameters = true, RespectNullableAnnotations = true, WriteIndented = true)]
internal sealed partial class BackupJson : JsonSerializerContext;
