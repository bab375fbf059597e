using System.Buffers.Binary;

namespace Touchstone.Formats.PointClouds;

/// <summary>Reads PCD files, version 0.7 and those before it: ascii, binary, binary_compressed; any fields of 1, 2, 4 or 8 bytes, several values a field, and room that is left between them.</summary>
/// <remarks>Point Cloud Library, "The PCD (Point Cloud Data) file format". The head is taken at its word for where a field stands, also where a writer miscounted the room between fields.</remarks>
public static class PcdReader
{
    /// <summary>Reads one file.</summary>
    /// <param name="stream">At its beginning; it need not be one that can seek.</param>
    /// <param name="fileName">Its name, for messages.</param>
    /// <param name="limits">How much memory it may take.</param>
    /// <exception cref="FileFormatFaultException">The file is no PCD file, ends too early, is damaged or larger than the limits.</exception>
    public static PointCloud Read(Stream stream, string fileName = "cloud.pcd", PointCloudLimits? limits = null)
    {
        var input = new CloudInput(stream, fileName, limits);
        var header = PcdHeader.Read(input);
        PointColumn?[] columns = [.. header.Fields.Select(f => f.Type is { } type ? PointColumn.Create(f.Name, type, 0, f.Count) : null)];
        switch (header.Data)
        {
            case PcdData.Ascii:
                AsciiRows.Read(input, [.. columns.Zip(header.Fields, (c, f) => (c, f.Count))], header.Points);
                break;
            case PcdData.Binary:
                List<(PointColumn, int)> placed = [];
                var offset = 0;
                for (var i = 0; i < columns.Length; offset += header.Fields[i++].Bytes)
                    if (columns[i] is { } column) placed.Add((column, offset));
                input.ReadRows(placed, header.Stride, header.Points);
                break;
            default:
                ReadCompressed(input, header, columns);
                break;
        }

        return new PointCloud([.. columns.OfType<PointColumn>()]) { Rows = header.Points == 0 ? 1 : header.Rows, Viewpoint = header.Viewpoint, NotRead = input.Behind() };
    }

    /// <summary>Two lengths of 32 bits, packed and unpacked, then the packed columns one after another.</summary>
    private static void ReadCompressed(CloudInput input, PcdHeader header, PointColumn?[] columns)
    {
        Span<byte> lengths = stackalloc byte[8];
        if (!input.TryRead(lengths)) throw input.Fault("the file ends before the lengths of its compressed points.");
        var packedBytes = BinaryPrimitives.ReadUInt32LittleEndian(lengths);
        var bytes = BinaryPrimitives.ReadUInt32LittleEndian(lengths[4..]);
        if (bytes != (long)header.Points * header.Stride) throw input.Fault($"{header.Points} points of {header.Stride} bytes were expected; {bytes} bytes are said to be compressed.");
        if (packedBytes > input.Remaining) throw input.Fault($"{packedBytes} compressed bytes were expected; {input.Remaining} are left.");
        input.CheckSize(header.Points, header.Stride);
        var packed = ReadPacked(input, packedBytes);
        if (bytes > input.Limits.Unpacked(packed.Length)) throw input.Fault($"{packed.Length} compressed bytes are said to be {bytes}; {input.Limits.Unpacked(packed.Length)} are read at most.");
        var unpacked = new byte[bytes];
        if (!Lzf.TryUnpack(packed, unpacked)) throw input.Fault("its compressed points are damaged.");
        var at = 0;
        for (var i = 0; i < columns.Length; i++)
        {
            var length = header.Points * header.Fields[i].Bytes;
            if (columns[i] is { } column)
            {
                column.Resize(header.Points);
                unpacked.AsSpan(at, length).CopyTo(column.Bytes);
            }

            at += length;
        }
    }

    /// <summary>Memory is taken as the bytes come, where the stream does not say how many there are.</summary>
    private static byte[] ReadPacked(CloudInput input, uint count)
    {
        if (count > Array.MaxLength) throw input.Fault($"{count} compressed bytes are more than are read.");
        var packed = new byte[input.Remaining is null ? Math.Min(count, 1 << 16) : count];
        for (var done = 0; ; Array.Resize(ref packed, (int)Math.Min(count, 2L * packed.Length)))
        {
            if (!input.TryRead(packed.AsSpan(done))) throw input.Fault($"{count} compressed bytes were expected; the file ends before that.");
            done = packed.Length;
            if (done == count) return packed;
        }
    }
}
