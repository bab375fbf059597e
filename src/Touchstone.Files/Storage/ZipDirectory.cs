using System.Buffers.Binary;

namespace Touchstone.Files.Storage;

/// <summary>What the end of a zip archive says of its directory, read before anything is made of it: a reader keeps an object for each entry.</summary>
/// <remarks>PKWARE, .ZIP File Format Specification 6.3.10, sections 4.3.14 to 4.3.16.</remarks>
internal static class ZipDirectory
{
    private const int EndBytes = 22, CommentMax = 65_535, LocatorBytes = 20, End64Bytes = 56, EntryBytesMin = 46;
    private const uint EndSignature = 0x06054b50, LocatorSignature = 0x07064b50, End64Signature = 0x06064b50;

    /// <summary>The most entries that the directory can hold: as many as it says, or as its bytes have room for.</summary>
    /// <exception cref="InvalidDataException">The stream does not end as an archive does.</exception>
    public static long EntriesAtMost(Stream archive)
    {
        var tail = new byte[(int)Math.Min(archive.Length, EndBytes + CommentMax + LocatorBytes)];
        archive.Position = archive.Length - tail.Length;
        archive.ReadExactly(tail);
        for (var at = tail.Length - EndBytes; at >= 0; at--)
        {
            if (BinaryPrimitives.ReadUInt32LittleEndian(tail.AsSpan(at)) != EndSignature) continue;
            var (entries, bytes) = ((long)BinaryPrimitives.ReadUInt16LittleEndian(tail.AsSpan(at + 10)), (long)BinaryPrimitives.ReadUInt32LittleEndian(tail.AsSpan(at + 12)));
            if ((entries == ushort.MaxValue || bytes == uint.MaxValue) && at >= LocatorBytes && BinaryPrimitives.ReadUInt32LittleEndian(tail.AsSpan(at - LocatorBytes)) == LocatorSignature)
                (entries, bytes) = Large(archive, BinaryPrimitives.ReadInt64LittleEndian(tail.AsSpan(at - LocatorBytes + 8)));
            return Math.Max(entries, bytes / EntryBytesMin);
        }

        throw new InvalidDataException("the end of a zip archive's directory was expected and is not there");
    }

    private static (long Entries, long Bytes) Large(Stream archive, long offset)
    {
        if (offset < 0 || offset > archive.Length - End64Bytes) throw new InvalidDataException("the large directory's end is not where the archive says");
        var end = new byte[End64Bytes];
        archive.Position = offset;
        archive.ReadExactly(end);
        if (BinaryPrimitives.ReadUInt32LittleEndian(end) != End64Signature) throw new InvalidDataException("the large directory's end is not where the archive says");
        return (BinaryPrimitives.ReadInt64LittleEndian(end.AsSpan(32)), BinaryPrimitives.ReadInt64LittleEndian(end.AsSpan(40)));
    }
}
