namespace Touchstone.Formats.PointClouds;

/// <summary>One entry of a point of a LAS file.</summary>
/// <param name="Name">Its name; of an entry of bits that of none of its columns.</param>
/// <param name="Type">As it stands in the file.</param>
/// <param name="Offset">Where in the point it begins, bytes.</param>
/// <param name="Bits">Of a byte that several things share: name, place of the lowest bit and mask of each; null else.</param>
internal sealed record LasField(string Name, PointType Type, int Offset, IReadOnlyList<(string Name, int Shift, int Mask)>? Bits = null);

/// <summary>What a point of each format has, and where.</summary>
/// <remarks>ASPRS, LAS Specification 1.4 - R15, tables 7 to 19 (point data record formats 0 to 10).</remarks>
internal static class LasFields
{
    /// <summary>Bytes of a point of each format.</summary>
    private static readonly int[] Bytes = [20, 28, 26, 34, 57, 63, 30, 36, 38, 59, 67];

    private static readonly LasField[] First =
    [
        new("x", PointType.Int32, 0), new("y", PointType.Int32, 4), new("z", PointType.Int32, 8), new("intensity", PointType.UInt16, 12),
    ];

    private static readonly LasField[] Old =
    [
        .. First,
        new("flags", PointType.UInt8, 14, [("return_number", 0, 7), ("number_of_returns", 3, 7), ("scan_direction", 6, 1), ("edge_of_flight_line", 7, 1)]),
        new("class", PointType.UInt8, 15, [("classification", 0, 31), ("synthetic", 5, 1), ("key_point", 6, 1), ("withheld", 7, 1)]),
        new("scan_angle", PointType.Int8, 16), new("user_data", PointType.UInt8, 17), new("point_source_id", PointType.UInt16, 18),
    ];

    private static readonly LasField[] New =
    [
        .. First,
        new("returns", PointType.UInt8, 14, [("return_number", 0, 15), ("number_of_returns", 4, 15)]),
        new("flags", PointType.UInt8, 15, [("synthetic", 0, 1), ("key_point", 1, 1), ("withheld", 2, 1), ("overlap", 3, 1), ("scanner_channel", 4, 3), ("scan_direction", 6, 1), ("edge_of_flight_line", 7, 1)]),
        new("classification", PointType.UInt8, 16), new("user_data", PointType.UInt8, 17), new("scan_angle", PointType.Int16, 18), new("point_source_id", PointType.UInt16, 20), new("gps_time", PointType.Float64, 22),
    ];

    /// <summary>Bytes of a point of that format, 0 to 10.</summary>
    public static int BytesOf(int format) => Bytes[format];

    /// <summary>The entries of a point of that format, 0 to 10. Positions come first.</summary>
    public static IReadOnlyList<LasField> Of(int format) => format switch
    {
        0 => Old,
        1 or 4 => [.. Old, Time(20)],
        2 => [.. Old, .. Colour(20)],
        3 or 5 => [.. Old, Time(20), .. Colour(28)],
        6 or 9 => New,
        7 => [.. New, .. Colour(30)],
        _ => [.. New, .. Colour(30), new("nir", PointType.UInt16, 36)],
    };

    private static LasField Time(int offset) => new("gps_time", PointType.Float64, offset);

    private static LasField[] Colour(int offset) => [new("red", PointType.UInt16, offset), new("green", PointType.UInt16, offset + 2), new("blue", PointType.UInt16, offset + 4)];
}
