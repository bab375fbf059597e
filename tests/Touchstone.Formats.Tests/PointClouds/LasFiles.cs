using System.Buffers.Binary;

namespace Touchstone.Formats.Tests.PointClouds;

/// <summary>LAS files put together byte by byte at the places that the specification's tables give (ASPRS, LAS Specification 1.4 - R15). Files of these bytes in the formats 0 to 3 were given to loaders.gl 4.5 (@loaders.gl/las), which reads the same positions, intensities and colours.</summary>
internal static class LasFiles
{
    /// <summary>A file of some points, whose values follow from their number.</summary>
    /// <param name="minor">1.2 to 1.4.</param>
    /// <param name="format">0 to 10.</param>
    /// <param name="points">How many.</param>
    /// <param name="extraBytes">Bytes of a point behind those of its format.</param>
    public static byte[] Write(int minor, int format, int points, int extraBytes = 0)
    {
        int[] lengths = [20, 28, 26, 34, 57, 63, 30, 36, 38, 59, 67];
        var (head, record, between) = (minor switch { 4 => 375, 3 => 235, _ => 227 }, lengths[format] + extraBytes, 54);
        var file = new byte[head + between + points * record];
        "LASF"u8.CopyTo(file);
        (file[24], file[25], file[104]) = (1, (byte)minor, (byte)format);
        BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(94), (ushort)head);
        BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(96), (uint)(head + between));
        BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(105), (ushort)record);
        BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(107), format > 5 ? 0 : (uint)points);
        for (var i = 0; i < 3; i++)
        {
            BinaryPrimitives.WriteDoubleLittleEndian(file.AsSpan(131 + 8 * i), 0.01);
            BinaryPrimitives.WriteDoubleLittleEndian(file.AsSpan(155 + 8 * i), 1_000 * (i + 1));
        }

        if (minor == 4) BinaryPrimitives.WriteUInt64LittleEndian(file.AsSpan(247), (ulong)points);
        for (var i = 0; i < points; i++) Point(file.AsSpan(head + between + i * record, record), format, i);
        return file;
    }

    private static void Point(Span<byte> point, int format, int number)
    {
        for (var i = 0; i < 3; i++) BinaryPrimitives.WriteInt32LittleEndian(point[(4 * i)..], (i - 1) * 250 * number);
        BinaryPrimitives.WriteUInt16LittleEndian(point[12..], (ushort)(60_000 + number));
        var isNew = format > 5;
        point[14] = isNew ? (byte)0x53 : (byte)0b10_101_011;      // return 3 of 5; the older one at the edge of its line
        point[15] = isNew ? (byte)0b0110_1001 : (byte)0b101_00110; // flags, channel and direction; or class 6, synthetic and withheld
        if (isNew)
        {
            (point[16], point[17]) = (200, 7);
            BinaryPrimitives.WriteInt16LittleEndian(point[18..], -5_000);
            BinaryPrimitives.WriteUInt16LittleEndian(point[20..], 9);
            BinaryPrimitives.WriteDoubleLittleEndian(point[22..], 1e8 + number);
        }
        else
        {
            (point[16], point[17]) = (unchecked((byte)-30), 7);
            BinaryPrimitives.WriteUInt16LittleEndian(point[18..], 9);
            if (format is 1 or 3 or 4 or 5) BinaryPrimitives.WriteDoubleLittleEndian(point[20..], 1e8 + number);
        }

        int? colour = format switch { 2 => 20, 3 or 5 => 28, 7 or 8 or 10 => 30, _ => null };
        if (colour is not { } at) return;
        for (var i = 0; i < 3; i++) BinaryPrimitives.WriteUInt16LittleEndian(point[(at + 2 * i)..], (ushort)(1_000 * (i + 1) + number));
        if (format is 8 or 10) BinaryPrimitives.WriteUInt16LittleEndian(point[36..], (ushort)(4_000 + number));
    }
}
