using System.Buffers;
using System.Security.Cryptography;

namespace Touchstone.Files.Storage;

/// <summary>SHA-256 as lower-case hexadecimal: the name of an asset and of everything in a release.</summary>
public static class FileDigest
{
    /// <summary>Characters of a digest.</summary>
    public const int HexLength = 64;

    /// <summary>The digest of some bytes.</summary>
    public static string Of(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    /// <summary>The digest of a stream from where it stands to its end.</summary>
    public static async Task<string> OfAsync(Stream stream, CancellationToken cancellationToken = default) =>
        Convert.ToHexStringLower(await SHA256.HashDataAsync(stream, cancellationToken));

    /// <summary>The digest of a file.</summary>
    public static async Task<string> OfFileAsync(string path, CancellationToken cancellationToken = default)
    {
        await using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, bufferSize: 0,
            FileOptions.Asynchronous | FileOptions.SequentialScan);
        return await OfAsync(stream, cancellationToken);
    }

    /// <summary>Whether a text is a digest in the form that is written here.</summary>
    public static bool IsDigest(ReadOnlySpan<char> text) => text.Length == HexLength && !text.ContainsAnyExcept(LowerHex);

    /// <summary>Every file below a folder, by its path with <c>/</c> between names, in ordinal order: the same on every machine.</summary>
    /// <param name="folder">The folder; links to folders are not followed.</param>
    public static IReadOnlyList<string> List(string folder)
    {
        var options = new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.None, IgnoreInaccessible = false };
        var files = new List<string>();
        foreach (var entry in new DirectoryInfo(folder).EnumerateFiles("*", options))
            files.Add(Path.GetRelativePath(folder, entry.FullName).Replace(Path.DirectorySeparatorChar, '/'));
        files.Sort(StringComparer.Ordinal);
        return files;
    }

    private static readonly SearchValues<char> LowerHex = SearchValues.Create("0123456789abcdef");
}
