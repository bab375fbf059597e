using System.Buffers.Binary;

namespace Touchstone.Files.Images;

/// <summary>Reads a Windows bitmap's header and checks that its rows are there.</summary>
internal static class BmpProbe
{
    /// <summary>"BM" alone begins too many texts: the header that follows must have one of the known sizes.</summary>
    public static bool LooksLikeBmp(ReadOnlySpan<byte> start) =>
        start.Length >= 18 && BinaryPrimitives.ReadUInt32LittleEndian(start[14..]) is 12 or 40 or 52 or 56 or 64 or 108 or 124;

    public static ImageInfo Walk(ForwardReader reader, ImageLimits limits)
    {
        var file = reader.Take(14, "the file header");
        var dataStart = BinaryPrimitives.ReadUInt32LittleEndian(file[10..]);
        var headerBytes = BinaryPrimitives.ReadInt32LittleEndian(reader.Peek(4));
        var header = reader.Take(headerBytes, "the bitmap header");
        long width, height;
        int bits, compression = 0;
        uint stated = 0;
        if (headerBytes == 12)
        {
            (width, height) = (BinaryPrimitives.ReadUInt16LittleEndian(header[4..]), BinaryPrimitives.ReadUInt16LittleEndian(header[6..]));
            bits = BinaryPrimitives.ReadUInt16LittleEndian(header[10..]);
        }
        else
        {
            (width, height) = (BinaryPrimitives.ReadInt32LittleEndian(header[4..]), Math.Abs((long)BinaryPrimitives.ReadInt32LittleEndian(header[8..])));
            bits = BinaryPrimitives.ReadUInt16LittleEndian(header[14..]);
            compression = BinaryPrimitives.ReadInt32LittleEndian(header[16..]);
            stated = BinaryPrimitives.ReadUInt32LittleEndian(header[20..]);
        }

        ImageProbe.CheckSize(width, height, limits);
        if (bits is not (1 or 2 or 4 or 8 or 16 or 24 or 32))
            throw new ImageFaultException(ImageFaults.Corrupt, $"The bitmap states {bits} bits a pixel.");
        var isPlain = compression is 0 or 3 or 6;
        var data = isPlain ? (width * bits + 31) / 32 * 4 * height : stated;
        if (dataStart < reader.Offset)
            throw new ImageFaultException(ImageFaults.Corrupt, $"The bitmap's rows begin at byte {dataStart}, within its header.");
        reader.Skip(dataStart - reader.Offset + data, "the rows");
        return new ImageInfo(ImageFormat.Bmp, (int)width, (int)height, new Orientation(1));
    }
}
