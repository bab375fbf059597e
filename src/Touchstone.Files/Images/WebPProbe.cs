using System.Buffers.Binary;
using System.Text;

namespace Touchstone.Files.Images;

/// <summary>Walks a WebP's RIFF chunks to the stated end.</summary>
/// <remarks>RFC 9649.</remarks>
internal static class WebPProbe
{
    public static ImageInfo Walk(ForwardReader reader, ImageLimits limits)
    {
        reader.Skip(4, "the header");
        var end = 8 + (long)reader.UInt32LittleEndian("the header");
        reader.Skip(4, "the header");
        (int Width, int Height)? size = null;
        Orientation? orientation = null;
        var sawPicture = false;
        while (reader.Offset + 8 <= end)
        {
            var head = reader.Take(8, "a chunk header");
            var type = Encoding.Latin1.GetString(head[..4]);
            var length = BinaryPrimitives.ReadUInt32LittleEndian(head[4..]);
            var next = reader.Offset + length + (length & 1);
            sawPicture |= type is "VP8 " or "VP8L" or "ANMF";
            if (size is null && type is "VP8 " or "VP8L" or "VP8X")
            {
                var start = reader.Peek((int)Math.Min(10, length));
                if (start.Length < Math.Min(10, length)) throw reader.Truncated($"the {type.Trim()} chunk");
                size = ReadSize(type, start);
                ImageProbe.CheckSize(size.Value.Width, size.Value.Height, limits);
            }
            else if (type == "EXIF" && orientation is null && length is >= 8 and <= ExifOrientation.MostBytes)
            {
                var exif = reader.Copy((int)length, "the EXIF chunk");
                orientation = ExifOrientation.Read(exif.AsSpan().StartsWith("Exif\0\0"u8) ? exif[6..] : exif);
            }

            // The padding byte of the last chunk is left out by some writers.
            reader.Skip(Math.Min(next, Math.Max(end, reader.Offset)) - reader.Offset, $"the {type.Trim()} chunk");
            if (next > end + 1) throw new ImageFaultException(ImageFaults.Corrupt, $"The {type.Trim()} chunk reaches to byte {next}, the file's header says {end}.");
        }

        if (size is not { } s || !sawPicture) throw new ImageFaultException(ImageFaults.Corrupt, "The WebP has no picture in it.");
        return new ImageInfo(ImageFormat.WebP, s.Width, s.Height, orientation ?? new Orientation(1));
    }

    private static (int Width, int Height) ReadSize(string type, ReadOnlySpan<byte> chunk)
    {
        switch (type)
        {
            case "VP8X" when chunk.Length >= 10:
                return (1 + (chunk[4] | chunk[5] << 8 | chunk[6] << 16), 1 + (chunk[7] | chunk[8] << 8 | chunk[9] << 16));
            case "VP8L" when chunk.Length >= 5 && chunk[0] == 0x2F:
                var bits = BinaryPrimitives.ReadUInt32LittleEndian(chunk[1..]);
                return (1 + (int)(bits & 0x3FFF), 1 + (int)(bits >> 14 & 0x3FFF));
            case "VP8 " when chunk.Length >= 10 && chunk[3..6].SequenceEqual((ReadOnlySpan<byte>)[0x9D, 0x01, 0x2A]):
                return (BinaryPrimitives.ReadUInt16LittleEndian(chunk[6..]) & 0x3FFF, BinaryPrimitives.ReadUInt16LittleEndian(chunk[8..]) & 0x3FFF);
            default:
                throw new ImageFaultException(ImageFaults.Corrupt, $"The {type.Trim()} chunk does not begin as WebP says.");
        }
    }
}
