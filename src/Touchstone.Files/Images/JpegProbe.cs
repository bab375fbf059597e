namespace Touchstone.Files.Images;

/// <summary>Walks a JPEG's markers from SOI over every scan to EOI. Pixels are not decoded.</summary>
/// <remarks>
/// ITU-T T.81, annex B. Looked at are the frame header, the scan headers, restart intervals and markers, and whether each scan holds as many bytes as the
/// shortest codes would take. Bytes after EOI (thumbnails, motion photos) are left alone, and so are bytes between segments, which decoders pass over.
/// </remarks>
internal static class JpegProbe
{
    private const byte StartOfImage = 0xD8, EndOfImage = 0xD9, StartOfScan = 0xDA, RestartInterval = 0xDD, App1 = 0xE1;

    public static ImageInfo Walk(ForwardReader reader, ImageLimits limits)
    {
        reader.Skip(2, "the start marker");
        JpegFrame? frame = null;
        Orientation? orientation = null;
        var sawScan = false;
        var restartInterval = 0;
        for (var marker = NextMarker(reader); marker != EndOfImage;)
        {
            if (IsBare(marker))
            {
                marker = NextMarker(reader);
                continue;
            }

            var length = reader.UInt16BigEndian("the length of a segment") - 2;
            if (length < 0) throw Corrupt($"The segment of marker FF{marker:X2} before byte {reader.Offset} states a length below 2.");
            if (marker == StartOfScan)
            {
                if (frame is null) throw Corrupt("A scan comes before the frame header that gives its size.");
                var least = frame.LeastBytes(reader.Take(Math.Min(length, JpegFrame.MaxScanHeaderBytes + 1), "a scan header"));
                marker = WalkScan(reader, restartInterval, least);
                sawScan = true;
                continue;
            }

            if (IsFrame(marker) && frame is null)
                frame = JpegFrame.Read(marker, reader.Take(Math.Min(length, JpegFrame.MaxHeaderBytes + 1), "the frame header"), limits);
            else if (marker == RestartInterval)
                restartInterval = length == 2 ? reader.UInt16BigEndian("the restart interval") : throw Corrupt($"The segment of the restart interval has {length} bytes, not 2.");
            else if (marker == App1 && orientation is null && length >= 14 && reader.Peek(6).SequenceEqual("Exif\0\0"u8))
                orientation = ExifOrientation.Read(reader.Copy(length, "the EXIF segment")[6..]);
            else
                reader.Skip(length, $"the segment of marker FF{marker:X2}");
            marker = NextMarker(reader);
        }

        if (frame is null || !sawScan) throw Corrupt("The JPEG ends without a picture in it.");
        return new ImageInfo(ImageFormat.Jpeg, frame.WidthPx, frame.HeightPx, orientation ?? new Orientation(1));
    }

    /// <summary>Passes over one scan's entropy-coded data and its restart markers, and gives the marker that ends it.</summary>
    private static byte WalkScan(ForwardReader reader, int restartInterval, long leastBytes)
    {
        var start = reader.Offset;
        for (var restarts = 0; ; restarts++)
        {
            var marker = NextMarker(reader);
            if (marker is < 0xD0 or > 0xD7)
            {
                var found = reader.Offset - 2 - start - 2L * restarts;
                return found >= leastBytes ? marker : throw Corrupt($"The scan at byte {start} holds {found} bytes; the shortest codes of its blocks take {leastBytes}.");
            }

            if (restartInterval > 0 && marker != 0xD0 + restarts % 8)
                throw Corrupt($"The scan at byte {start} has restart marker {marker - 0xD0} where {restarts % 8} is due, before byte {reader.Offset}.");
        }
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

    private static ImageFaultException Corrupt(string message) => new(ImageFaults.Corrupt, message);
}
