using System.Buffers.Binary;

namespace Touchstone.Files.Images;

/// <summary>Walks a JPEG's markers from SOI over every scan to EOI.</summary>
/// <remarks>ITU-T T.81, annex B. Bytes after EOI (thumbnails, motion photos) are left alone.</remarks>
internal static class JpegProbe
{
    private const byte StartOfImage = 0xD8, EndOfImage = 0xD9, StartOfScan = 0xDA, App1 = 0xE1;

    public static ImageInfo Walk(ForwardReader reader, ImageLimits limits)
    {
        reader.Skip(2, "the start marker");
        (int Width, int Height)? size = null;
        Orientation? orientation = null;
        var sawScan = false;
        for (var marker = NextMarker(reader); marker != EndOfImage; marker = NextMarker(reader))
        {
            if (IsBare(marker)) continue;
            var length = reader.UInt16BigEndian("the length of a segment") - 2;
            if (length < 0) throw new ImageFaultException(ImageFaults.Corrupt, $"The segment of marker FF{marker:X2} before byte {reader.Offset} states a length below 2.");
            if (IsFrame(marker) && size is null)
            {
                size = ReadFrame(reader.Take(length, "the frame header"), limits);
            }
            else if (marker == App1 && orientation is null && length >= 14 && reader.Peek(6).SequenceEqual("Exif\0\0"u8))
            {
                orientation = ExifOrientation.Read(reader.Copy(length, "the EXIF segment")[6..]);
            }
            else
            {
                reader.Skip(length, $"the segment of marker FF{marker:X2}");
            }

            if (marker != StartOfScan) continue;
            if (size is null) throw new ImageFaultException(ImageFaults.Corrupt, "A scan comes before the frame header that gives its size.");
            sawScan = true;
        }

        if (size is not { } s || !sawScan) throw new ImageFaultException(ImageFaults.Corrupt, "The JPEG ends without a picture in it.");
        return new ImageInfo(ImageFormat.Jpeg, s.Width, s.Height, orientation ?? new Orientation(1));
    }

    /// <summary>Passes over entropy-coded data and fill bytes to the next marker that is not a stuffed zero.</summary>
    private static byte NextMarker(ForwardReader reader)
    {
        while (true)
        {
            reader.SkipTo(0xFF, "the picture's data: there is no end marker");
            var code = (byte)0xFF;
            while (code == 0xFF)
                code = reader.Byte("the picture's data: there is no end marker");
            if (code != 0) return code;
        }
    }

    private static bool IsBare(byte marker) => marker is (>= 0xD0 and <= 0xD7) or StartOfImage or 0x01;

    private static bool IsFrame(byte marker) => marker is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC);

    private static (int Width, int Height) ReadFrame(ReadOnlySpan<byte> frame, ImageLimits limits)
    {
        if (frame.Length < 6) throw new ImageFaultException(ImageFaults.Corrupt, $"The frame header has {frame.Length} bytes; 6 are the least.");
        var height = BinaryPrimitives.ReadUInt16BigEndian(frame[1..]);
        var width = BinaryPrimitives.ReadUInt16BigEndian(frame[3..]);
        ImageProbe.CheckSize(width, height, limits);
        return (width, height);
    }
}
