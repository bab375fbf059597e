using Touchstone.Files.Png;

namespace Touchstone.Files.Images;

/// <summary>Walks a PNG's chunks to IEND and compares every checksum.</summary>
internal static class PngProbe
{
    public static ImageInfo Walk(ForwardReader reader, ImageLimits limits)
    {
        try
        {
            var chunks = new PngChunks(new ForwardStream(reader));
            chunks.ReadSignature();
            var header = PngHeader.Read(chunks);
            ImageProbe.CheckSize(header.WidthPx, header.HeightPx, limits);
            Orientation? orientation = null;
            var sawData = false;
            for (chunks.Next(); chunks.Type != "IEND"; chunks.Next())
            {
                sawData |= chunks.Type == "IDAT";
                if (chunks.Type == "eXIf" && orientation is null && chunks.Length <= ExifOrientation.MostBytes)
                    orientation = ExifOrientation.Read(chunks.ReadAll(ExifOrientation.MostBytes));
                else
                    chunks.Finish();
            }

            chunks.Finish();
            if (!sawData) throw new ImageFaultException(ImageFaults.Corrupt, "The PNG has no IDAT chunk.");
            return new ImageInfo(ImageFormat.Png, header.WidthPx, header.HeightPx, orientation ?? new Orientation(1));
        }
        catch (PngFormatException fault)
        {
            throw new ImageFaultException(fault.Fault == PngFault.Truncated ? ImageFaults.Truncated : ImageFaults.Corrupt, fault.Message);
        }
    }

    /// <summary>The reader's bytes as a stream.</summary>
    private sealed class ForwardStream(ForwardReader reader) : Stream
    {
        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => reader.Offset; set => throw new NotSupportedException(); }

        public override int Read(Span<byte> buffer)
        {
            var count = reader.Peek(Math.Min(buffer.Length, 16 * 1024)).Length;
            reader.Take(count, "a chunk").CopyTo(buffer);
            return count;
        }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
