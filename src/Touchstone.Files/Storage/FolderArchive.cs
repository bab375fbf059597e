using System.IO.Compression;

namespace Touchstone.Files.Storage;

/// <summary>A folder as a zip archive.</summary>
public static class FolderArchive
{
    // Pictures are compressed already.
    private static readonly string[] Compressed = [".jpg", ".jpeg", ".png", ".webp", ".gif"];

    /// <summary>Writes every file below a folder, in ordinal order of their paths.</summary>
    /// <param name="stream">Takes the archive; it need not seek. The framework ends each entry with a small synchronous write.</param>
    /// <param name="folder">The folder.</param>
    /// <param name="name">The folder's name in the archive; empty for none.</param>
    /// <param name="cancellationToken">Gives up between files.</param>
    public static async Task WriteAsync(Stream stream, string folder, string name, CancellationToken cancellationToken)
    {
        await using var archive = await ZipArchive.CreateAsync(stream, ZipArchiveMode.Create, leaveOpen: true, entryNameEncoding: null, cancellationToken);
        foreach (var path in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            var relative = Path.GetRelativePath(folder, path).Replace('\\', '/');
            var level = Compressed.Contains(Path.GetExtension(path), StringComparer.OrdinalIgnoreCase) ? CompressionLevel.NoCompression : CompressionLevel.Fastest;
            var entry = archive.CreateEntry(name.Length == 0 ? relative : $"{name}/{relative}", level);
            entry.LastWriteTime = new DateTimeOffset(File.GetLastWriteTimeUtc(path), TimeSpan.Zero);
            await using var target = await entry.OpenAsync(cancellationToken);
            await using var source = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, bufferSize: 0, FileOptions.Asynchronous);
            await source.CopyToAsync(target, cancellationToken);
        }
    }
}
