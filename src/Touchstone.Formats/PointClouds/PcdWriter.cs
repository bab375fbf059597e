using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace Touchstone.Formats.PointClouds;

/// <summary>Writes PCD files, version 0.7.</summary>
public static class PcdWriter
{
    /// <summary>Writes one file. Fields stand one after another without room between them.</summary>
    /// <exception cref="ArgumentException">A column's name is no single word of ASCII or is <c>_</c>, or compressed points would take 4 GiB.</exception>
    public static void Write(Stream stream, PointCloud cloud, PcdData data = PcdData.Binary)
    {
        foreach (var column in cloud.Columns)
            if (column.Name is "" or "_" || !Ascii.IsValid(column.Name) || column.Name.Any(c => c <= ' ')) throw new ArgumentException($"PCD has no place for a column called \"{column.Name}\": names are single words of ASCII.", nameof(cloud));
        stream.Write(Encoding.ASCII.GetBytes(Header(cloud, data)));
        switch (data)
        {
            case PcdData.Ascii:
                AsciiRows.Write(stream, cloud.Columns, cloud.Count);
                break;
            case PcdData.Binary:
                BinaryRows.Write(stream, cloud.Columns, cloud.Count);
                break;
            default:
                WriteCompressed(stream, cloud);
                break;
        }
    }

    private static string Header(PointCloud cloud, PcdData data)
    {
        string All(Func<PointColumn, string> part) => string.Join(' ', cloud.Columns.Select(part));
        var viewpoint = string.Join(' ', (cloud.Viewpoint ?? PointCloud.NoViewpoint).Select(v => v.ToString("R", CultureInfo.InvariantCulture)));
        return string.Create(CultureInfo.InvariantCulture, $"""
            # .PCD v0.7 - Point Cloud Data file format
            VERSION 0.7
            FIELDS {All(c => c.Name)}
            SIZE {All(c => c.ValueBytes.ToString(CultureInfo.InvariantCulture))}
            TYPE {All(c => c.Type switch { PointType.Float32 or PointType.Float64 => "F", PointType.Int8 or PointType.Int16 or PointType.Int32 or PointType.Int64 => "I", _ => "U" })}
            COUNT {All(c => c.Components.ToString(CultureInfo.InvariantCulture))}
            WIDTH {cloud.Count / cloud.Rows}
            HEIGHT {cloud.Rows}
            VIEWPOINT {viewpoint}
            POINTS {cloud.Count}
            DATA {data switch { PcdData.Ascii => "ascii", PcdData.Binary => "binary", _ => "binary_compressed" }}

            """).ReplaceLineEndings("\n");
    }

    private static void WriteCompressed(Stream stream, PointCloud cloud)
    {
        var bytes = cloud.Columns.Sum(c => (long)c.Length * c.ValueBytes);
        if (bytes > Array.MaxLength) throw new ArgumentException($"{bytes} bytes of points are too many to be compressed in one file.", nameof(cloud));
        var columns = new byte[bytes];
        var at = 0;
        foreach (var column in cloud.Columns)
        {
            column.Bytes.CopyTo(columns.AsSpan(at));
            at += column.Bytes.Length;
        }

        var packed = Lzf.Pack(columns);
        Span<byte> lengths = stackalloc byte[8];
        BinaryPrimitives.WriteUInt32LittleEndian(lengths, (uint)packed.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(lengths[4..], (uint)bytes);
        stream.Write(lengths);
        stream.Write(packed);
    }
}
