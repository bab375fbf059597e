using System.Buffers.Binary;

namespace Touchstone.Formats.PointClouds;

/// <summary>Reads the vertices of PLY files, ascii and binary. Lists of a vertex, and elements that are no vertices, are passed over.</summary>
/// <remarks>G. Turk, The PLY Polygon File Format, 1994.</remarks>
public static class PlyReader
{
    private const string Vertex = "vertex";

    /// <summary>Reads one file.</summary>
    /// <param name="stream">At its beginning; it need not be one that can seek.</param>
    /// <param name="fileName">Its name, for messages.</param>
    /// <param name="limits">How much memory it may take.</param>
    /// <exception cref="FileFormatFaultException">The file is no PLY file, has no vertices, ends too early or is larger than the limits.</exception>
    public static PointCloud Read(Stream stream, string fileName = "cloud.ply", PointCloudLimits? limits = null)
    {
        var input = new CloudInput(stream, fileName, limits);
        var header = PlyHeader.Read(input);
        var vertices = header.Elements.FirstOrDefault(e => e.Name == Vertex) ?? throw input.Fault("it has no element \"vertex\".");
        PointColumn?[] columns = [.. vertices.Properties.Select(p => p.LengthType is null ? PointColumn.Create(p.Name, p.Type, 0) : null)];
        if (!columns.Any(c => c is not null)) throw input.Fault("its vertices have no property that is a number.");
        foreach (var element in header.Elements.TakeWhile(e => e != vertices)) Skip(input, header.Data, element);
        if (header.Data == PlyData.Ascii) ReadAscii(input, vertices, columns);
        else ReadBinary(input, header.Data, vertices, columns);
        return new PointCloud([.. columns.OfType<PointColumn>()]) { NotRead = [.. NotRead(header, vertices)] };
    }

    private static IEnumerable<Loss> NotRead(PlyHeader header, PlyElement vertices)
    {
        foreach (var element in header.Elements)
            if (element != vertices && element.Count > 0) yield return new Loss($"element:{element.Name}", element.Count, "Elements of a PLY file that are no vertices are not read.");
        foreach (var property in vertices.Properties)
            if (property.LengthType is not null) yield return new Loss($"list:{property.Name}", vertices.Count, "Lists of vertices are not read.");
    }

    private static void ReadAscii(CloudInput input, PlyElement vertices, PointColumn?[] columns)
    {
        if (vertices.HasLists) throw input.Fault("its vertices have lists in lines of numbers; these are not read: write it in binary.");
        AsciiRows.Read(input, [.. columns.Select(c => (c, 1))], vertices.Count);
    }

    private static void ReadBinary(CloudInput input, PlyData data, PlyElement vertices, PointColumn?[] columns)
    {
        if (vertices.HasLists)
        {
            ReadWithLists(input, data, vertices, columns);
            return;
        }

        List<(PointColumn, int)> placed = [];
        var offset = 0;
        foreach (var column in columns)
        {
            placed.Add((column!, offset));
            offset += column!.ValueBytes;
        }

        input.ReadRows(placed, vertices.Stride, vertices.Count);
        if (data == PlyData.BigEndian) foreach (var (column, _) in placed) column.ReverseBytes();
    }

    /// <summary>Vertices of different lengths, one at a time.</summary>
    private static void ReadWithLists(CloudInput input, PlyData data, PlyElement vertices, PointColumn?[] columns)
    {
        var (capacity, stride) = (0, columns.Sum(c => c?.ValueBytes ?? 0));
        Span<byte> value = stackalloc byte[8];
        for (var i = 0; i < vertices.Count; i++)
        {
            if (i == capacity)
            {
                input.CheckSize(capacity = Math.Min(vertices.Count, Math.Max(1 << 10, capacity * 2)), stride);
                foreach (var column in columns) column?.Resize(capacity);
            }

            for (var k = 0; k < columns.Length; k++)
            {
                if (columns[k] is not { } column)
                {
                    SkipList(input, data, vertices.Properties[k]);
                    continue;
                }

                var bytes = value[..column.ValueBytes];
                if (!input.TryRead(bytes)) throw input.Fault($"{vertices.Count} vertices were expected; the file ends after {i}.");
                column.Take(bytes, column.ValueBytes, 0, i);
            }
        }

        foreach (var column in columns)
        {
            column?.Resize(vertices.Count);
            if (data == PlyData.BigEndian) column?.ReverseBytes();
        }
    }

    /// <summary>Passes over an element that stands before the vertices.</summary>
    private static void Skip(CloudInput input, PlyData data, PlyElement element)
    {
        if (data == PlyData.Ascii)
        {
            for (var i = 0; i < element.Count; i++)
                if (!input.TryReadLine(out _)) throw input.Fault($"{element.Count} lines of \"{element.Name}\" were expected; the file ends after {i}.");
        }
        else if (!element.HasLists)
        {
            SkipBytes(input, (long)element.Count * element.Stride);
        }
        else
        {
            for (var i = 0; i < element.Count; i++)
            {
                foreach (var property in element.Properties)
                {
                    if (property.LengthType is null) SkipBytes(input, PointColumn.SizeOf(property.Type));
                    else SkipList(input, data, property);
                }
            }
        }
    }

    private static void SkipList(CloudInput input, PlyData data, PlyProperty property)
    {
        Span<byte> bytes = stackalloc byte[8];
        var length = bytes[..PointColumn.SizeOf(property.LengthType!.Value)];
        if (!input.TryRead(length)) throw input.Fault($"the file ends within \"{property.Name}\".");
        if (data == PlyData.BigEndian) length.Reverse();
        long count = property.LengthType switch
        {
            PointType.Int8 => (sbyte)length[0],
            PointType.UInt8 => length[0],
            PointType.Int16 => BinaryPrimitives.ReadInt16LittleEndian(length),
            PointType.UInt16 => BinaryPrimitives.ReadUInt16LittleEndian(length),
            PointType.Int32 => BinaryPrimitives.ReadInt32LittleEndian(length),
            _ => BinaryPrimitives.ReadUInt32LittleEndian(length),
        };
        if (count < 0) throw input.Fault($"a list of \"{property.Name}\" has the length {count}.");
        SkipBytes(input, count * PointColumn.SizeOf(property.Type));
    }

    private static void SkipBytes(CloudInput input, long count)
    {
        if (count > input.Remaining) throw input.Fault($"{count} bytes before the vertices were expected; {input.Remaining} are left.");
        Span<byte> passed = stackalloc byte[256];
        for (; count > 0; count -= Math.Min(count, passed.Length))
            if (!input.TryRead(passed[..(int)Math.Min(count, passed.Length)])) throw input.Fault("the file ends before its vertices.");
    }
}
