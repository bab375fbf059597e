using System.Buffers.Binary;

namespace Touchstone.Files.Png;

/// <summary>The IHDR chunk, checked.</summary>
internal readonly record struct PngHeader(int WidthPx, int HeightPx, int BitDepth, PngColour Colour, bool IsInterlaced)
{
    public int BitsPerPixel => Colour.ChannelCount() * BitDepth;

    /// <summary>Reads the first chunk of a file, which must be IHDR.</summary>
    public static PngHeader Read(PngChunks chunks)
    {
        chunks.Next();
        if (chunks.Type != "IHDR" || chunks.Length != 13)
            throw new PngFormatException(PngFault.Corrupt, $"the first chunk is {chunks.Type} with {chunks.Length} bytes, not IHDR with 13");
        var bytes = chunks.ReadAll(13);
        var width = BinaryPrimitives.ReadUInt32BigEndian(bytes);
        var height = BinaryPrimitives.ReadUInt32BigEndian(bytes.AsSpan(4));
        if (width is 0 or > int.MaxValue || height is 0 or > int.MaxValue)
            throw new PngFormatException(PngFault.Corrupt, $"the header states {width} x {height} pixels");
        var header = new PngHeader((int)width, (int)height, bytes[8], (PngColour)bytes[9], bytes[12] == 1);
        if (!header.Colour.Allows(header.BitDepth))
            throw new PngFormatException(PngFault.Corrupt, $"the header states colour type {bytes[9]} with {bytes[8]} bits, which PNG does not have");
        if (bytes[10] != 0 || bytes[11] != 0 || bytes[12] > 1)
            throw new PngFormatException(PngFault.Corrupt, $"the header states compression {bytes[10]}, filter method {bytes[11]}, interlace {bytes[12]}; PNG defines 0, 0 and 0 or 1");
        return header;
    }
}
