using System.Buffers.Binary;

namespace Touchstone.Files.Images;

/// <summary>Walks a GIF's blocks to its trailer.</summary>
/// <remarks>CompuServe, GIF89a Specification, 1990.</remarks>
internal static class GifProbe
{
    public static ImageInfo Walk(ForwardReader reader, ImageLimits limits)
    {
        var screen = reader.Take(13, "the header");
        int width = BinaryPrimitives.ReadUInt16LittleEndian(screen[6..]), height = BinaryPrimitives.ReadUInt16LittleEndian(screen[8..]);
        ImageProbe.CheckSize(width, height, limits);
        SkipColours(reader, screen[10]);
        var pictures = 0;
        for (var block = reader.Byte("its blocks"); block != 0x3B; block = reader.Byte("its blocks: there is no trailer"))
        {
            switch (block)
            {
                case 0x2C:
                    SkipColours(reader, reader.Take(9, "an image descriptor")[8]);
                    reader.Skip(1, "the image data");
                    SkipSubBlocks(reader);
                    pictures++;
                    break;
                case 0x21:
                    reader.Skip(1, "an extension");
                    SkipSubBlocks(reader);
                    break;
                default:
                    throw new ImageFaultException(ImageFaults.Corrupt, $"The GIF has a block {block:x2} at byte {reader.Offset - 1}; 21, 2c or 3b were expected.");
            }
        }

        if (pictures == 0) throw new ImageFaultException(ImageFaults.Corrupt, "The GIF has no picture in it.");
        return new ImageInfo(ImageFormat.Gif, width, height, new Orientation(1));
    }

    private static void SkipColours(ForwardReader reader, byte flags)
    {
        if ((flags & 0x80) != 0) reader.Skip(3 << ((flags & 7) + 1), "a colour table");
    }

    private static void SkipSubBlocks(ForwardReader reader)
    {
        for (var length = reader.Byte("a data block"); length != 0; length = reader.Byte("a data block"))
            reader.Skip(length, "a data block");
    }
}
