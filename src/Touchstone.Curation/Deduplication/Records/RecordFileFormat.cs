using System.Buffers.Binary;
using Touchstone.Text.Hashing;

namespace Touchstone.Curation.Deduplication.Records;

/// <summary>
/// Files of records of one size: a header of 64 bytes, blocks of whole records with a checksum behind each, a footer of 32 bytes. Little-endian.
/// Header: <c>TSRECS01</c>, record bytes u32, records in a block u32, fingerprint of parameters u64, digest of the files it was made from u64, a number of the writer's choice u64, 16 bytes 0,
/// checksum u64. Footer: <c>TSRECEND</c>, records u64, digest of all block checksums u64, checksum u64. Checksums are xxHash64; a block's is seeded by its number, so that blocks that
/// changed places are found too.
/// </summary>
internal static class RecordFileFormat
{
    public const int HeaderBytes = 64, FooterBytes = 32, ChecksumBytes = 8;

    private const ulong HeaderMagic = 0x3130534345525354; // TSRECS01
    private const ulong FooterMagic = 0x444E454345525354; // TSRECEND

    /// <summary>Bytes that a block is meant to have: large enough to read a disk at its speed, small enough for thousands of files at once.</summary>
    private const int BlockBytesAim = 64 * 1024;

    public static int RecordsInBlock(int recordBytes) => Math.Max(1, BlockBytesAim / recordBytes);

    public static void WriteHeader(Span<byte> header, int recordBytes, ulong fingerprint, ulong sources, ulong note)
    {
        header.Clear();
        BinaryPrimitives.WriteUInt64LittleEndian(header, HeaderMagic);
        BinaryPrimitives.WriteUInt32LittleEndian(header[8..], (uint)recordBytes);
        BinaryPrimitives.WriteUInt32LittleEndian(header[12..], (uint)RecordsInBlock(recordBytes));
        BinaryPrimitives.WriteUInt64LittleEndian(header[16..], fingerprint);
        BinaryPrimitives.WriteUInt64LittleEndian(header[24..], sources);
        BinaryPrimitives.WriteUInt64LittleEndian(header[32..], note);
        BinaryPrimitives.WriteUInt64LittleEndian(header[56..], XxHash64.Hash(header[..56]));
    }

    public static void WriteFooter(Span<byte> footer, long records, ulong digest)
    {
        BinaryPrimitives.WriteUInt64LittleEndian(footer, FooterMagic);
        BinaryPrimitives.WriteUInt64LittleEndian(footer[8..], (ulong)records);
        BinaryPrimitives.WriteUInt64LittleEndian(footer[16..], digest);
        BinaryPrimitives.WriteUInt64LittleEndian(footer[24..], XxHash64.Hash(footer[..24]));
    }

    /// <summary>Reads and checks header and footer.</summary>
    /// <exception cref="RecordFileException">The file is cut short, changed or none of these.</exception>
    public static RecordFileInfo Read(string path, Microsoft.Win32.SafeHandles.SafeFileHandle file, int recordBytes)
    {
        var length = RandomAccess.GetLength(file);
        Span<byte> header = stackalloc byte[HeaderBytes], footer = stackalloc byte[FooterBytes];
        if (length < HeaderBytes + FooterBytes) throw new RecordFileException($"{path} has {length} bytes and is cut short: it was not written to its end. Delete it and run again.");
        ReadExactly(path, file, header, 0);
        ReadExactly(path, file, footer, length - FooterBytes);
        if (BinaryPrimitives.ReadUInt64LittleEndian(header) != HeaderMagic || BinaryPrimitives.ReadUInt64LittleEndian(header[56..]) != XxHash64.Hash(header[..56]))
            throw new RecordFileException($"{path} does not begin with the header of a file of records, or its header was changed. Delete it and run again.");
        if (BinaryPrimitives.ReadUInt64LittleEndian(footer) != FooterMagic || BinaryPrimitives.ReadUInt64LittleEndian(footer[24..]) != XxHash64.Hash(footer[..24]))
            throw new RecordFileException($"{path} does not end with its footer at byte {length - FooterBytes}: it is cut short or was changed. Delete it and run again.");
        var (found, inBlock, records) = (BinaryPrimitives.ReadUInt32LittleEndian(header[8..]), BinaryPrimitives.ReadUInt32LittleEndian(header[12..]), BinaryPrimitives.ReadUInt64LittleEndian(footer[8..]));
        if (found != recordBytes || inBlock != RecordsInBlock(recordBytes))
            throw new RecordFileException($"{path} has records of {found} bytes, {inBlock} in a block, where {recordBytes} and {RecordsInBlock(recordBytes)} are expected: it was made with other parameters.");
        var blocks = records / inBlock + (records % inBlock == 0 ? 0UL : 1UL);
        if (records > (ulong)length || HeaderBytes + FooterBytes + records * found + blocks * ChecksumBytes != (ulong)length)
            throw new RecordFileException($"{path} has {length} bytes, which do not fit the {records} records that its footer counts. Delete it and run again.");
        return new RecordFileInfo((long)records, BinaryPrimitives.ReadUInt64LittleEndian(header[16..]), BinaryPrimitives.ReadUInt64LittleEndian(header[24..]),
            BinaryPrimitives.ReadUInt64LittleEndian(header[32..]), BinaryPrimitives.ReadUInt64LittleEndian(footer[16..]));
    }

    /// <summary>Fills a buffer from a place of a file.</summary>
    public static void ReadExactly(string path, Microsoft.Win32.SafeHandles.SafeFileHandle file, Span<byte> buffer, long offset)
    {
        for (var done = 0; done < buffer.Length;)
        {
            var read = RandomAccess.Read(file, buffer[done..], offset + done);
            if (read == 0) throw new RecordFileException($"{path} ends at byte {offset + done} while {buffer.Length - done} more were expected: it became shorter while it was read.");
            done += read;
        }
    }
}

/// <summary>What a file of records says of itself.</summary>
/// <param name="Records">Number of records.</param>
/// <param name="Fingerprint">Of the parameters that it was made with.</param>
/// <param name="Sources">Digest of the files that it was made from; 0 for the first ones.</param>
/// <param name="Note">A number of the writer's choice.</param>
/// <param name="Digest">Of all of its blocks.</param>
internal readonly record struct RecordFileInfo(long Records, ulong Fingerprint, ulong Sources, ulong Note, ulong Digest);
