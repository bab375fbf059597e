using System.Buffers.Binary;

namespace Touchstone.Formats.PointClouds;

/// <summary>The head of a LAS file, as far as its points need it.</summary>
/// <param name="PointFormat">0 to 10.</param>
/// <param name="RecordBytes">Bytes of a point, at least those of its format.</param>
/// <param name="Points">How many there are.</param>
/// <param name="Scale">Of x, y and z.</param>
/// <param name="Offset">Of x, y and z.</param>
internal sealed record LasHeader(int PointFormat, int RecordBytes, long Points, double[] Scale, double[] Offset)
{
    // ASPRS, LAS Specification 1.4 - R15, table 3: where each entry of the public header block begins.
    private const int VersionMinorAt = 25, VersionMajorAt = 24, HeaderBytesAt = 94, PointsOffsetAt = 96, FormatAt = 104, RecordBytesAt = 105, LegacyPointsAt = 107, ScaleAt = 131, OffsetAt = 155, PointsAt = 247;
    private const int LeastBytes = 227, LeastBytesOf14 = 375;
    private const int FormatMax = 10, PackedBits = 0xC0;

    /// <summary>Reads the head and passes over what stands before the points.</summary>
    /// <exception cref="FileFormatFaultException">It is no head of a LAS file, or contradicts itself.</exception>
    public static LasHeader Read(CloudInput input)
    {
        var head = new byte[LeastBytesOf14];
        if (!input.TryRead(head.AsSpan(0, LeastBytes)) || !head.AsSpan(0, 4).SequenceEqual("LASF"u8)) throw input.Fault("this is no LAS file: it does not begin with a head after \"LASF\".");
        var (major, minor) = (head[VersionMajorAt], head[VersionMinorAt]);
        if (major != 1 || minor > 4) throw input.Fault($"it is of version {major}.{minor}; 1.0 to 1.4 are read.");
        var own = minor == 4 ? LeastBytesOf14 : LeastBytes;
        if (!input.TryRead(head.AsSpan(LeastBytes, own - LeastBytes))) throw input.Fault("the file ends within its head.");
        var stated = BinaryPrimitives.ReadUInt16LittleEndian(head.AsSpan(HeaderBytesAt));
        if (stated < own) throw input.Fault($"its head has {stated} bytes; {own} or more were expected.");
        var begins = BinaryPrimitives.ReadUInt32LittleEndian(head.AsSpan(PointsOffsetAt));
        if (begins < stated) throw input.Fault($"its points begin at byte {begins}, within the head of {stated} bytes.");

        if ((head[FormatAt] & PackedBits) != 0) throw input.Fault("its points are compressed by LASzip (LAZ), which is not read; unpack it first, for example with laszip or pdal.");
        if (head[FormatAt] > FormatMax) throw input.Fault($"its points are of the format {head[FormatAt]}; 0 to {FormatMax} are read.");
        var record = BinaryPrimitives.ReadUInt16LittleEndian(head.AsSpan(RecordBytesAt));
        if (record < LasFields.BytesOf(head[FormatAt])) throw input.Fault($"a point has {record} bytes; {LasFields.BytesOf(head[FormatAt])} or more were expected of the format {head[FormatAt]}.");
        var points = minor == 4 ? BinaryPrimitives.ReadUInt64LittleEndian(head.AsSpan(PointsAt)) : BinaryPrimitives.ReadUInt32LittleEndian(head.AsSpan(LegacyPointsAt));
        if (points > int.MaxValue) throw input.Fault($"{points} points are more than the {int.MaxValue} that are read.");
        var header = new LasHeader(head[FormatAt], record, (long)points, Numbers(head, ScaleAt), Numbers(head, OffsetAt));
        if (!header.Scale.Concat(header.Offset).All(double.IsFinite)) throw input.Fault("its scales and offsets are not all finite numbers.");
        Skip(input, begins - own);
        return header;
    }

    private static double[] Numbers(byte[] head, int at) => [.. Enumerable.Range(0, 3).Select(i => BinaryPrimitives.ReadDoubleLittleEndian(head.AsSpan(at + 8 * i)))];

    private static void Skip(CloudInput input, long count)
    {
        if (count > input.Remaining) throw input.Fault($"{count} bytes before the points were expected; {input.Remaining} are left.");
        Span<byte> passed = stackalloc byte[256];
        for (; count > 0; count -= Math.Min(count, passed.Length))
            if (!input.TryRead(passed[..(int)Math.Min(count, passed.Length)])) throw input.Fault("the file ends before its points.");
    }
}
