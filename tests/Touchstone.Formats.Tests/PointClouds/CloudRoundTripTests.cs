using System.Text;
using Touchstone.Formats.PointClouds;
using Touchstone.Formats.Tests.Exchange;

namespace Touchstone.Formats.Tests.PointClouds;

public sealed class CloudRoundTripTests
{
    [Theory]
    [InlineData(PcdData.Ascii)]
    [InlineData(PcdData.Binary)]
    [InlineData(PcdData.BinaryCompressed)]
    public void What_PCD_writes_is_read_again_as_it_was(PcdData data) => Generated.ForSeeds(seed =>
    {
        var cloud = Clouds.Random(seed);
        var bytes = Clouds.Write(s => PcdWriter.Write(s, cloud, data)).ToArray();
        var read = PcdReader.Read(new MemoryStream(bytes));
        Clouds.AssertSame(cloud, read);
        Assert.Equal(cloud.Viewpoint!, read.Viewpoint!);
        Assert.Equal(cloud.Rows, read.Rows);
        Clouds.AssertSame(cloud, PcdReader.Read(new Clouds.Trickle(bytes)));
        return Task.CompletedTask;
    });

    [Theory]
    [InlineData(PlyData.Ascii)]
    [InlineData(PlyData.LittleEndian)]
    [InlineData(PlyData.BigEndian)]
    public void What_PLY_writes_is_read_again_as_it_was(PlyData data) => Generated.ForSeeds(seed =>
    {
        var cloud = Clouds.Random(seed, isSingle: true, hasLongs: false);
        var bytes = Clouds.Write(s => PlyWriter.Write(s, cloud, data)).ToArray();
        Clouds.AssertSame(cloud, PlyReader.Read(new MemoryStream(bytes)));
        Clouds.AssertSame(cloud, PlyReader.Read(new Clouds.Trickle(bytes)));
        return Task.CompletedTask;
    });

    [Fact]
    public void What_NPY_and_NPZ_write_is_read_again_as_it_was() => Generated.ForSeeds(seed =>
    {
        var column = Clouds.Random(seed).Columns[^1];
        var values = PointColumn.Create("values", column.Type, column.Length);
        column.Bytes.CopyTo(values.Bytes);
        var array = new NpyArray([column.Count, column.Components], values);
        var bytes = Clouds.Write(s => NpyFile.Write(s, array)).ToArray();
        var archive = Clouds.Write(s => NpzFile.Write(s, [new("a", array), new("b/c", array)]));
        var limits = new PointCloudLimits { ExpansionMax = 2_000 };
        var inArchive = NpzFile.Read(archive, limits: limits);
        Assert.Equal(["a", "b/c"], inArchive.Keys.Order(StringComparer.Ordinal));
        foreach (var read in (NpyArray[])[NpyFile.Read(new MemoryStream(bytes)), NpyFile.Read(new Clouds.Trickle(bytes)), inArchive["a"], inArchive["b/c"]])
        {
            Assert.Equal(array.Shape, read.Shape);
            Clouds.AssertSame(new PointCloud([array.Values]), new PointCloud([read.Values]));
        }

        Assert.Single(NpzFile.Read(archive, only: ["b/c"], limits: limits));
        return Task.CompletedTask;
    });

    [Fact]
    public void A_sweep_that_is_written_is_read_again_as_it_was() => Generated.ForSeeds(seed =>
    {
        var cloud = new PointCloud([.. Clouds.Random(seed).Columns.Take(3)]);
        var bytes = Clouds.Write(s => SweepFile.Write(s, cloud)).ToArray();
        Clouds.AssertSame(cloud, SweepFile.Read(new MemoryStream(bytes), ["x", "y", "z"]));
        Clouds.AssertSame(cloud, SweepFile.Read(new Clouds.Trickle(bytes), ["x", "y", "z"]));
        return Task.CompletedTask;
    });

    [Fact]
    public void What_LZF_packs_it_unpacks() => Generated.ForSeeds(seed =>
    {
        var random = new Random(seed);
        var bytes = new byte[random.Next(20_000)];
        random.NextBytes(bytes);
        for (var i = 0; i < bytes.Length; i++) if (i % 500 > random.Next(500)) bytes[i] = (byte)(i % 7);
        var packed = Lzf.Pack(bytes);
        var unpacked = new byte[bytes.Length];
        Assert.True(Lzf.TryUnpack(packed, unpacked));
        Assert.Equal(bytes, unpacked);
        if (bytes.Length > 0) Assert.False(Lzf.TryUnpack(packed, new byte[bytes.Length - 1]));
        Assert.False(Lzf.TryUnpack(packed, new byte[bytes.Length + 1]));
        return Task.CompletedTask;
    });

    /// <summary>From the description of the format: one byte as it is, then eight copies of it from one byte back.</summary>
    [Fact]
    public void A_copy_of_LZF_may_reach_into_itself()
    {
        var to = new byte[9];
        Assert.True(Lzf.TryUnpack([0, 65, 6 << 5, 0], to));
        Assert.Equal("AAAAAAAAA"u8, to);
        Assert.True(Lzf.TryUnpack([0, 65, 7 << 5, 1, 0], new byte[11]));
        Assert.False(Lzf.TryUnpack([0, 65, 6 << 5, 1], to));
        Assert.False(Lzf.TryUnpack([0, 65, 7 << 5], to));
    }

    [Fact]
    public void Zeros_are_packed_well()
    {
        Assert.InRange(Lzf.Pack(new byte[100_000]).Length, 1, 1_500);
    }

    [Theory]
    [InlineData(1, "{'descr': '<i2', 'fortran_order': False, 'shape': (3,), }")]
    [InlineData(2, "{\"shape\": (3L,), \"descr\": \">i2\", \"fortran_order\": True}")]
    [InlineData(3, " { 'descr' : '=i2' , 'fortran_order' : False , 'shape' : ( 3 , ) } ")]
    public void Every_version_of_NPY_is_read(byte version, string head)
    {
        List<byte> file = [0x93, .. "NUMPY"u8, version, 0, (byte)head.Length, 0, .. version == 1 ? (byte[])[] : [0, 0], .. Encoding.ASCII.GetBytes(head), .. head.Contains('>', StringComparison.Ordinal) ? (byte[])[0, 1, 1, 0, 0xFF, 0xFF] : [1, 0, 0, 1, 0xFF, 0xFF]];
        var array = NpyFile.Read(new MemoryStream([.. file]));
        Assert.Equal([3], array.Shape);
        Assert.Equal([1, 256, -1], ((PointColumn<short>)array.Values).Values.ToArray());
    }

    [Fact]
    public void Vertices_between_other_elements_and_with_lists_are_read()
    {
        var head = "ply\nformat binary_big_endian 1.0\nelement face 1\nproperty list uchar short a\nelement camera 2\nproperty short b\nelement vertex 2\nproperty uchar k\nproperty list uchar uchar c\nelement rest 9\nproperty int d\nend_header\n";
        // One face with a list of two; two cameras; the vertex 5 with a list of one, and 6 with a list of none.
        byte[] body = [2, 0, 7, 9, 9, 1, 1, 2, 2, 5, 1, 2, 6, 0];
        var cloud = PlyReader.Read(new MemoryStream([.. Encoding.ASCII.GetBytes(head), .. body]));
        Assert.Equal([5, 6], ((PointColumn<byte>)cloud.Columns.Single()).Values.ToArray());
    }

    [Fact]
    public void Room_between_fields_is_passed_over_wherever_it_is()
    {
        const string Head = "VERSION 0.7\nFIELDS _ x _ n\nSIZE 1 4 2 1\nTYPE U F U I\nCOUNT 3 1 0 2\nWIDTH 2\nHEIGHT 1\nPOINTS 2\nDATA ";
        byte[] rows = [9, 9, 9, 0, 0, 128, 63, 1, 255, 9, 9, 9, 0, 0, 0, 64, 2, 254];
        byte[] columns = [9, 9, 9, 9, 9, 9, 0, 0, 128, 63, 0, 0, 0, 64, 1, 255, 2, 254];
        var packed = Lzf.Pack(columns);
        foreach (var file in (byte[][])[[.. Encoding.ASCII.GetBytes(Head + "binary\n"), .. rows], [.. Encoding.ASCII.GetBytes(Head + "binary_compressed\n"), (byte)packed.Length, 0, 0, 0, 18, 0, 0, 0, .. packed], Encoding.ASCII.GetBytes(Head + "ascii\n9 9 9 1 1 -1\n\n9 9 9 2.0 2 -2\r\n")])
        {
            var cloud = PcdReader.Read(new MemoryStream(file));
            Assert.Equal([1f, 2f], ((PointColumn<float>)cloud.Find("x")!).Values.ToArray());
            Assert.Equal([1, -1, 2, -2], ((PointColumn<sbyte>)cloud.Find("n")!).Values.ToArray());
            Assert.Null(cloud.Positions());
        }
    }
}
