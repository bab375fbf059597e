using System.Globalization;
using System.Text;

namespace Touchstone.Formats.PointClouds;

/// <summary>Writes the points of a cloud as the vertices of a PLY file. The values of a column that has several a point become properties of their own, <c>normal_0</c> and so on.</summary>
public static class PlyWriter
{
    /// <summary>Writes one file.</summary>
    /// <exception cref="ArgumentException">A column holds whole numbers of 64 bits, which PLY has no type for, or its name is no single word of ASCII.</exception>
    public static void Write(Stream stream, PointCloud cloud, PlyData data = PlyData.LittleEndian)
    {
        var head = new StringBuilder($"ply\nformat {data switch { PlyData.Ascii => "ascii", PlyData.LittleEndian => "binary_little_endian", _ => "binary_big_endian" }} 1.0\n");
        head.Append(CultureInfo.InvariantCulture, $"element vertex {cloud.Count}\n");
        foreach (var column in cloud.Columns)
        {
            if (column.Name.Length == 0 || !Ascii.IsValid(column.Name) || column.Name.Any(c => c <= ' ')) throw new ArgumentException($"PLY has no place for a column called \"{column.Name}\": names are single words of ASCII.", nameof(cloud));
            for (var k = 0; k < column.Components; k++) head.Append(CultureInfo.InvariantCulture, $"property {TypeOf(column)} {column.Name}{(column.Components > 1 ? $"_{k}" : "")}\n");
        }

        stream.Write(Encoding.ASCII.GetBytes(head.Append("end_header\n").ToString()));
        if (data == PlyData.Ascii) AsciiRows.Write(stream, cloud.Columns, cloud.Count);
        else BinaryRows.Write(stream, data == PlyData.LittleEndian ? cloud.Columns : [.. cloud.Columns.Select(Reversed)], cloud.Count);
    }

    private static PointColumn Reversed(PointColumn column)
    {
        var reversed = PointColumn.Create(column.Name, column.Type, column.Count, column.Components);
        column.Bytes.CopyTo(reversed.Bytes);
        reversed.ReverseBytes();
        return reversed;
    }

    private static string TypeOf(PointColumn column) => column.Type switch
    {
        PointType.Int8 => "char",
        PointType.UInt8 => "uchar",
        PointType.Int16 => "short",
        PointType.UInt16 => "ushort",
        PointType.Int32 => "int",
        PointType.UInt32 => "uint",
        PointType.Float32 => "float",
        PointType.Float64 => "double",
        _ => throw new ArgumentException($"PLY has no whole numbers of 64 bits; the column \"{column.Name}\" is of them.", nameof(column)),
    };
}
