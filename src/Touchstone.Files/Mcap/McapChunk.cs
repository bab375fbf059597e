using System.Text;
using Touchstone.Files.Compression;
using Touchstone.Files.Png;

namespace Touchstone.Files.Mcap;

/// <summary>The content of one chunk at a time, decompressed.</summary>
internal sealed class McapChunk(McapLimits limits)
{
    private byte[] _content = [];

    /// <summary>The content; holds until the next chunk is opened.</summary>
    public ReadOnlyMemory<byte> Content { get; private set; }

    /// <summary>Opens a chunk.</summary>
    /// <param name="record">The record without its head; where it is not compressed, the content is a part of it.</param>
    /// <exception cref="McapFaultException">It is damaged, compressed by what is not known, or larger than the limits.</exception>
    public void Open(ReadOnlyMemory<byte> record)
    {
        Content = default;
        var fields = new McapFields(record.Span);
        (_, _) = (fields.UInt64(), fields.UInt64());                // times of its first and its last message
        var size = fields.UInt64();
        var checksum = fields.UInt32();
        var compression = fields.Text();
        var length = fields.UInt64();
        if (length > (ulong)fields.Left) throw new McapFaultException($"a chunk's records of {length} bytes were expected; {fields.Left} are left of it.");
        var packed = record.Slice(fields.At, (int)length);
        var most = Math.Min(limits.RecordBytesMax, limits.ExpansionFreeBytes + (long)packed.Length * limits.ExpansionMax);
        if (size > (ulong)most) throw new McapFaultException($"a chunk of {packed.Length} bytes is said to unpack to {size}; at most {most} are read.");
        Content = Unpack(packed, (int)size, compression);
        if (checksum != 0 && Crc32.Of(Content.Span) is var found && found != checksum)
        {
            Content = default;
            throw new McapFaultException($"the checksum of a chunk is {found:x8}; {checksum:x8} was expected.");
        }
    }

    private ReadOnlyMemory<byte> Unpack(ReadOnlyMemory<byte> packed, int size, string compression)
    {
        try
        {
            switch (compression)
            {
                case "":
                    return packed.Length == size ? packed : throw new McapFaultException($"a chunk that is not compressed has {packed.Length} bytes; {size} were expected.");
                case "lz4":
                    return Lz4Frame.Decode(packed.Span, size);
                case "zstd":
                    Zstd.Decompress(packed.Span, size, ref _content);
                    return _content.AsMemory(0, size);
                default:
                    throw new McapFaultException($"a chunk is compressed by \"{Shown(compression)}\"; lz4, zstd or nothing was expected.");
            }
        }
        catch (InvalidDataException fault)
        {
            throw new McapFaultException($"a chunk is damaged: {fault.Message}.", fault);
        }
    }

    private static string Shown(string text)
    {
        const int most = 20;
        var shown = new StringBuilder();
        foreach (var rune in text.EnumerateRunes())
        {
            if (shown.Length >= most) break;
            shown.Append(Rune.IsControl(rune) ? "?" : rune.ToString());
        }

        return shown.ToString();
    }
}
