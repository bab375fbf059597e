using System.IO.Compression;
using Touchstone.Files.Compression;

namespace Touchstone.Curation.Writing;

/// <summary>How a file of lines is compressed.</summary>
public enum LinesCompression
{
    /// <summary>As it is.</summary>
    None,

    /// <summary>Gzip (RFC 1952).</summary>
    Gzip,

    /// <summary>Zstandard (RFC 8878) through the system's library.</summary>
    Zstd,
}

/// <summary>
/// Compresses blocks of lines by themselves: each is a whole gzip member or Zstandard frame, and such blocks one behind the other are again a whole file for every reader of the
/// format. Workers compress at the same time, and a file can be cut behind any block.
/// </summary>
/// <param name="compression">The format.</param>
/// <param name="level">The format's level: 1 to 9 of gzip, 1 to 22 of Zstandard; null for the usual one.</param>
public sealed class BlockCompression(LinesCompression compression, int? level = null)
{
    /// <summary>Level of gzip where none is asked for. Level 1 of the framework's zlib-ng gives files that are half as large again as those of level 6, which takes three times as long; level 2 lies between.</summary>
    public const int GzipLevel = 2;

    /// <summary>The format.</summary>
    public LinesCompression Compression => compression;

    /// <summary>Ending of files, such as <c>.gz</c>.</summary>
    public string Ending => compression switch { LinesCompression.Gzip => ".gz", LinesCompression.Zstd => ".zst", _ => "" };

    /// <summary>Says beforehand what would fail at the first block.</summary>
    /// <exception cref="DllNotFoundException">Zstandard is asked for and the system has no libzstd.</exception>
    public void Check()
    {
        if (compression == LinesCompression.Zstd) _ = Zstd.LengthMax(0);
    }

    /// <summary>A block as it is appended to a file; nothing of nothing.</summary>
    public ReadOnlyMemory<byte> Compress(ReadOnlySpan<byte> lines)
    {
        if (lines.IsEmpty) return default;
        switch (compression)
        {
            case LinesCompression.Gzip:
                var member = new MemoryStream(lines.Length / 2);
                using (var gzip = new GZipStream(member, new ZLibCompressionOptions { CompressionLevel = level ?? GzipLevel }, leaveOpen: true)) gzip.Write(lines);
                return member.GetBuffer().AsMemory(0, (int)member.Length);
            case LinesCompression.Zstd:
                var frame = new byte[Zstd.LengthMax(lines.Length)];
                return frame.AsMemory(0, Zstd.Compress(lines, frame, level ?? Zstd.DefaultLevel));
            default:
                return lines.ToArray();
        }
    }
}
