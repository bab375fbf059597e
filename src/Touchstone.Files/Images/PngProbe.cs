using System.IO.Compression;
using Touchstone.Files.Png;

namespace Touchstone.Files.Images;

/// <summary>Walks a PNG's chunks to IEND, compares every checksum and inflates the picture's data, which it counts and does not keep.</summary>
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
            chunks.Next();
            while (chunks.Type != "IEND")
            {
                if (chunks.Type == "IDAT")
                {
                    if (sawData) throw new ImageFaultException(ImageFaults.Corrupt, $"Another chunk parts the IDAT chunks before byte {chunks.Offset}.");
                    CheckData(chunks, header); // leaves the walk at the first chunk after the data
                    sawData = true;
                    continue;
                }

                if (chunks.Type == "eXIf" && orientation is null && chunks.Length <= ExifOrientation.MostBytes)
                    orientation = ExifOrientation.Read(chunks.ReadAll(ExifOrientation.MostBytes));
                else
                    chunks.Finish();
                chunks.Next();
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

    /// <summary>Inflates the data through one small buffer, at most to what the header asks for; more than that, which some writers leave, is not looked at.</summary>
    private static void CheckData(PngChunks chunks, PngHeader header)
    {
        var expected = PngRows.Layout(header).Sum(pass => (long)pass.Rows * (1 + pass.RowBytes));
        using var data = new PngDataStream(chunks);
        using var starts = RowStarts(header).GetEnumerator();
        var isRowAhead = starts.MoveNext();
        long found = 0;
        try
        {
            using var rows = new ZLibStream(data, CompressionMode.Decompress, leaveOpen: true);
            var buffer = new byte[32 * 1024];
            while (found <= expected && rows.Read(buffer) is > 0 and var got)
            {
                for (; isRowAhead && starts.Current < found + got; isRowAhead = starts.MoveNext())
                    if (buffer[starts.Current - found] is > 4 and var filter)
                        throw new ImageFaultException(ImageFaults.Corrupt, $"A row of the PNG's data names filter {filter}; PNG defines 0 to 4.");
                found += got;
            }
        }
        catch (InvalidDataException fault)
        {
            throw new ImageFaultException(
                ImageFaults.Corrupt, $"The PNG's data are broken after {found} of the {expected} bytes that its {Describe(header)} take ({fault.Message.TrimEnd('.')}).");
        }

        if (found < expected)
            throw new ImageFaultException(ImageFaults.Corrupt, $"The PNG's data hold {found} bytes; its {Describe(header)} take {expected}.");
        data.Drain();
    }

    /// <summary>Where in the inflated data each row begins, with the byte that names its filter.</summary>
    private static IEnumerable<long> RowStarts(PngHeader header)
    {
        long at = 0;
        foreach (var (rows, rowBytes) in PngRows.Layout(header))
            for (var row = 0; row < rows; row++, at += 1 + rowBytes)
                yield return at;
    }

    private static string Describe(PngHeader header) => $"{header.WidthPx} x {header.HeightPx} pixels of {header.BitsPerPixel} bits";

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
