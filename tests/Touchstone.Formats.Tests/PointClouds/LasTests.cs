using Touchstone.Formats.PointClouds;

namespace Touchstone.Formats.Tests.PointClouds;

public sealed class LasTests
{
    public static IEnumerable<TheoryDataRow<int, int>> Formats => Enumerable.Range(0, 11).SelectMany(f => Enumerable.Range(f > 5 ? 4 : f > 3 ? 3 : 2, f > 5 ? 1 : f > 3 ? 2 : 3).Select(minor => new TheoryDataRow<int, int>(minor, f)));

    [Theory]
    [MemberData(nameof(Formats))]
    public void Points_of_every_format_are_read_as_the_tables_place_them(int minor, int format)
    {
        foreach (var extra in (int[])[0, 5])
        {
            var cloud = LasReader.Read(new MemoryStream(LasFiles.Write(minor, format, 7, extra)));
            Assert.Equal(7, cloud.Count);
            double[] At(params string[] names) => [.. names.Select(n => cloud.Find(n)![6])];
            Assert.Equal((double[])[1_000 - 15, 2_000, 3_000 + 15, 60_006], At("x", "y", "z", "intensity"));
            Assert.Equal((double[])[3, 5, 7, 9], At("return_number", "number_of_returns", "user_data", "point_source_id"));
            var isNew = format > 5;
            Assert.Equal(isNew ? (double[])[200, 1, 0, 0, -30] : [6, 1, 0, 1, -30], At("classification", "synthetic", "key_point", "withheld", "scan_angle"));
            Assert.Equal(isNew ? (double[])[1, 0] : [0, 1], At("scan_direction", "edge_of_flight_line"));
            if (isNew) Assert.Equal((double[])[1, 2], At("overlap", "scanner_channel"));
            Assert.Equal<double?>(isNew || format is 1 or 3 or 4 or 5 ? 1e8 + 6 : null, cloud.Find("gps_time")?[6]);
            Assert.Equal<double?>(format is 2 or 3 or 5 or 7 or 8 or 10 ? 3_006 : null, cloud.Find("blue")?[6]);
            Assert.Equal<double?>(format is 8 or 10 ? 4_006 : null, cloud.Find("nir")?[6]);
            Clouds.AssertSame(cloud, LasReader.Read(new Clouds.Trickle(LasFiles.Write(minor, format, 7, extra))));
        }
    }

    [Theory]
    [InlineData(104, 0x80, "its points are compressed by LASzip")]
    [InlineData(104, 11, "its points are of the format 11; 0 to 10 are read.")]
    [InlineData(24, 2, "it is of version 2.2; 1.0 to 1.4 are read.")]
    [InlineData(94, 0, "its head has 0 bytes; 227 or more were expected.")]
    [InlineData(96, 100, "its points begin at byte 100, within the head of 227 bytes.")]
    [InlineData(105, 19, "a point has 19 bytes; 20 or more were expected of the format 0.")]
    [InlineData(107, 8, "8 points of 20 bytes were expected; 140 bytes are left.")]
    [InlineData(138, 0x7F, "its scales and offsets are not all finite numbers.")]
    [InlineData(0, 0, "this is no LAS file")]
    public void A_head_that_contradicts_itself_is_told(int at, byte value, string message)
    {
        var file = LasFiles.Write(2, 0, 7);
        file[at] = value;
        if (at == 96) file[97] = 0;
        if (at == 138) file[137] = 0xF0;
        Assert.StartsWith($"a.las: {message}", Assert.Throws<FileFormatFaultException>(() => LasReader.Read(new MemoryStream(file), "a.las")).Message, StringComparison.Ordinal);
    }
}
