using System.Buffers.Binary;
using System.Text.Json;
using Touchstone.Annotations.Selectors;
using Touchstone.Files.Compression;
using Touchstone.Files.Images;
using Touchstone.Files.Mcap;
using Touchstone.Formats.Exchange;
using Touchstone.Formats.Interchange;
using Touchstone.Formats.Mcap;
using Touchstone.Formats.PointClouds;
using Touchstone.Formats.Rigs;
using Touchstone.Formats.SusTech;
using Touchstone.Formats.Tests.Exchange;
using Touchstone.Testing;

namespace Touchstone.Formats.Tests.Mcap;

/// <summary>A recording that MCAP's own library wrote, with messages of ROS 1 and 2, Protocol Buffers and JSON (tests/format-peers/mcap.mjs).</summary>
public sealed class McapFormatTests
{
    private static readonly McapFormat Mcap = new();

    private static TemporaryFolder Written(string compression)
    {
        var folder = new TemporaryFolder();
        FormatPeers.Run("mcap.mjs", folder["drive.mcap"], compression);
        return folder;
    }

    private static async Task<(List<Sample> Samples, FaultLog Faults)> ReadAsync(TemporaryFolder folder)
    {
        var faults = new FaultLog();
        return (await Exchanges.ReadAsync(Mcap, folder.Path, faults: faults), faults);
    }

    [Theory]
    [InlineData("none")]
    [InlineData("lz4")]
    [InlineData("zstd")]
    [InlineData("unchunked")]
    public async Task Pictures_and_clouds_come_out_named_by_topic_and_time(string compression)
    {
        using var folder = Written(compression);
        var (samples, faults) = await ReadAsync(folder);
        Assert.Equal(
        [
            "Image drive/camera/front/compressed/1700000000000000000.png 8x6 front_optical",
            "Image drive/camera/front/compressed/1700000000100000000.png 8x6 front",
            "Image drive/camera/front/compressed/1700000000100000000-1.png 8x6 ",
            "Image drive/camera/left/1700000000010000000.png 4x3 left_optical",
            "Image drive/camera/right/1700000000020000000.png 5x7 right_optical",
            "Image drive/camera/_./rear_cam/1700000000030000000.png 9x9 rear_optical",
            "Scene drive/lidar/points/1700000000040000000.pcd 0x0 lidar_top",
            "Scene drive/lidar/ros1/1700000000050000000.pcd 0x0 velodyne",
            "Scene drive/lidar/foxglove/1700000000060000000.pcd 0x0 base",
            "Scene drive/objects/1700000000070000000 0x0 base_link",
        ], samples.Select(s => $"{s.Kind} {s.Name} {s.WidthPx}x{s.HeightPx} {s.Facts["frame_id"].GetString()}"));
        Assert.All(samples.SkipLast(1), s => Assert.Empty(s.Opinions));
        Assert.Equal(("/camera/left", 1700000000010000000UL, 1700000000009999993UL, "drive"), (samples[3].Facts["topic"].GetString(), samples[3].Facts["log_time"].GetUInt64(), samples[3].Facts["publish_time"].GetUInt64(), samples[3].Scene));
        Assert.EndsWith("a message of /camera/left at 1700000000300000000 ns: byte 1 of it: the message ends within a number.", faults.Kept[1].ToString(), StringComparison.Ordinal);
        Assert.EndsWith(
            "a message of /objects at 1700000000070000000 ns: a cube of the entity \"sign\" with extents above 0 and a rotation of the length 1, within reach, was expected; 1 x 0 x 1 metres found.",
            faults.Kept[0].ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cubes_are_cuboids_in_the_frame_of_their_message()
    {
        using var folder = Written("none");
        var scene = (await ReadAsync(folder)).Samples[^1];
        var (car, sign) = (scene.Opinions.Single().Objects[0], scene.Opinions.Single().Objects[1]);
        Assert.Equal(("car", "car-1", "car-1", """{"state":"parked"}"""), (car.Class, car.Id, car.Track, JsonSerializer.Serialize(car.Attributes)));
        Assert.True(Exchanges.Distance(new Cuboid(10, 1, 0.75, 4, 2, 1.5, Quaternion.AboutZ(Math.PI / 2), "lidar"), car.Mark) < 1e-9, $"{car.Mark}");
        Assert.Equal(("cube", new Cuboid(100, 0, 0, 0.5, 0.5, 1, Quaternion.Identity, "world")), (sign.Class, sign.Mark));
        Assert.Equal("base_link", SensorRig.Of(scene).Lidar!.Name);
        var (after, _) = await Exchanges.ThroughAsync(new SusTechFormat(), [scene with { Opinions = [new Opinion { Objects = [car] }] }], folder);
        Assert.True(Exchanges.Distance(car.Mark, after.Single().Opinions[0].Objects.Single().Mark) < 1e-9);
    }

    [Theory]
    [InlineData("none")]
    [InlineData("lz4")]
    [InlineData("zstd")]
    [InlineData("unchunked")]
    public async Task What_was_recorded_is_read_again_from_where_it_stands(string compression)
    {
        using var folder = Written(compression);
        var (samples, _) = await ReadAsync(folder);
        foreach (var picture in samples.Where(s => s.Kind == InputKind.Image))
        {
            Assert.True(ImageProbe.TryProbe(new MemoryStream(picture.RecordedFile!()), out var image, out var fault), $"{fault}");
            Assert.Equal((picture.WidthPx, picture.HeightPx), (image.WidthPx, image.HeightPx));
        }

        foreach (var scene in samples.Where(s => s.Kind == InputKind.Scene && s.Opinions.Count == 0))
        {
            var cloud = PcdReader.Read(new MemoryStream(scene.RecordedFile!()));
            Assert.Equal(["x Float32", "y Float32", "z Float32", "intensity UInt8"], cloud.Columns.Select(c => $"{c.Name} {c.Type}"));
            // The pose of the one by foxglove is 1 m along x.
            Assert.Equal([scene.Name.Contains("foxglove", StringComparison.Ordinal) ? -0.5 : -1.5, 0.25, 1000, 255], cloud.Columns.Select(c => c[1]));
            Assert.Equal((3, 3), (cloud.Count, scene.Facts["points"].GetInt32()));
        }
    }

    [Theory]
    [InlineData("none")]
    [InlineData("lz4")]
    [InlineData("zstd")]
    [InlineData("unchunked")]
    public async Task Topics_are_counted_with_their_times(string compression)
    {
        using var folder = Written(compression);
        var facts = await Mcap.FactsAsync(DatasetSource.Open(folder.Path), FormatOptions.Default, TestContext.Current.CancellationToken);
        Assert.Equal(
        [
            "/camera/front/compressed sensor_msgs/msg/CompressedImage cdr 3 0-100", "/camera/left foxglove.CompressedImage protobuf 2 10-300", "/camera/right foxglove.CompressedImage json 1 20-20", "/camera/../rear cam sensor_msgs/CompressedImage ros1 1 30-30",
            "/lidar/points sensor_msgs/msg/PointCloud2 cdr 1 40-40", "/lidar/ros1 sensor_msgs/PointCloud2 ros1 1 50-50", "/lidar/foxglove foxglove.PointCloud protobuf 1 60-60", "/objects foxglove.SceneUpdate protobuf 1 70-70", "/imu  json 50 200-249",
        ], facts.Channels.Select(c => $"{c.Topic} {c.Schema} {c.Encoding} {c.Messages} {(c.FirstNanoseconds - 1700000000000000000) / 1_000_000}-{(c.LastNanoseconds - 1700000000000000000) / 1_000_000}"));
        Assert.Equal(["attachment calib.yaml (text/yaml, 9 bytes)", "metadata drive (2 values)"], facts.Enclosed);
    }

    [Fact]
    public async Task Pictures_and_clouds_are_copied_out()
    {
        using var folder = Written("zstd");
        ConversionPlan plan = new() { From = Mcap, To = new InterchangeFormat(), Pictures = PictureMode.Copy };
        var result = await Conversion.RunAsync(plan, DatasetSource.Open(folder.Path), DatasetTarget.Folder(folder["out"]), new FaultLog(), cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal((10, 9, 1), (result.Written, result.PicturesPlaced, result.PicturesMissing));
        Assert.True(ImageProbe.TryProbe(folder["out/drive/camera/right/1700000000020000000.png"], out _, out _));
        using var stream = File.OpenRead(folder["out/drive/lidar/points/1700000000040000000.pcd"]);
        Assert.Equal(3, PcdReader.Read(stream).Count);
    }

    /// <summary>A recorder that lost power leaves neither an index nor an end.</summary>
    [Fact]
    public async Task A_recording_that_was_not_closed_is_read_as_far_as_it_goes()
    {
        using var folder = Written("unchunked");
        var whole = File.ReadAllBytes(folder["drive.mcap"]);
        var seen = 0;
        for (var length = 8; length < whole.Length; length += 97)
        {
            File.WriteAllBytes(folder["drive.mcap"], whole[..length]);
            var (samples, faults) = await ReadAsync(folder);
            Assert.InRange(samples.Count, seen, 10);
            seen = samples.Count;
            Assert.Contains(faults.Kept, f => f.Message.StartsWith("the file ", StringComparison.Ordinal) || f.Message.Contains(" are left of the file.", StringComparison.Ordinal));
        }

        Assert.Equal(10, seen);
    }

    [Fact]
    public async Task A_damaged_chunk_is_told_and_the_others_are_read()
    {
        using var folder = Written("none");
        var file = File.ReadAllBytes(folder["drive.mcap"]);
        var at = file.AsSpan().IndexOf("front_optical"u8);
        file[at] ^= 1;
        File.WriteAllBytes(folder["drive.mcap"], file);
        var (samples, faults) = await ReadAsync(folder);
        Assert.InRange(samples.Count, 3, 9);
        Assert.DoesNotContain(samples, s => s.Name.EndsWith("compressed/1700000000000000000.png", StringComparison.Ordinal));
        Assert.Matches("^drive.mcap: byte [0-9]+: the checksum of a chunk is [0-9a-f]{8}; [0-9a-f]{8} was expected.$", faults.Kept[0].ToString());
        Assert.Contains(faults.Kept, f => f.Message.StartsWith("the checksum of the data is ", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("not.mcap and long enough", "byte 0: this is no MCAP file: it does not begin with 89 4D 43 41 50 30 0D 0A.")]
    [InlineData("MAGIC", "byte 8: the file ends without a footer: its recorder did not close it.")]
    [InlineData("MAGIC\u0005\u0001", "byte 8: the file ends within the head of a record: 2 bytes are left, 9 were expected.")]
    [InlineData("MAGIC\u0005\u007f\0\0\0\0\0\0\u0001x", "byte 8: a record of the kind 5 with 72057594037928063 bytes was expected; 1 are left of the file.")]
    [InlineData("MAGIC\u0005\u0004\0\0\0\0\0\0\0\u0001\0ab", "byte 8: a number of 4 bytes was expected at byte 2 of the record; 2 are left of it.")]
    public async Task What_cannot_be_read_is_told_with_its_place(string content, string message)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder["a.mcap"], [.. content.StartsWith("MAGIC", StringComparison.Ordinal) ? (byte[])[0x89, .. "MCAP0\r\n"u8] : [], .. System.Text.Encoding.Latin1.GetBytes(content.Replace("MAGIC", "", StringComparison.Ordinal))]);
        var (samples, faults) = await ReadAsync(folder);
        Assert.Empty(samples);
        Assert.Equal($"a.mcap: {message}", faults.Kept[0].ToString());
    }

    private static byte[] WithChunk(ulong size, string compression, ReadOnlySpan<byte> packed)
    {
        using var content = new MemoryStream();
        using var writer = new BinaryWriter(content);
        writer.Write([0x89, .. "MCAP0\r\n"u8, 6]);
        writer.Write(8UL + 8 + 8 + 4 + 4 + (ulong)compression.Length + 8 + (ulong)packed.Length);
        foreach (var number in (ulong[])[0, 0, size]) writer.Write(number);
        writer.Write(0u);
        writer.Write((uint)compression.Length);
        writer.Write(System.Text.Encoding.ASCII.GetBytes(compression));
        writer.Write((ulong)packed.Length);
        writer.Write(packed);
        return content.ToArray();
    }

    [Fact]
    public void A_chunk_that_would_unpack_to_much_more_is_refused_before_memory_is_taken()
    {
        var noughts = new byte[100_000_000];
        var packed = new byte[Zstd.LengthMax(noughts.Length)];
        var length = Zstd.Compress(noughts, packed);
        foreach (var (size, compression) in ((ulong, string)[])[(1UL << 60, "zstd"), (100_000_000, "zstd"), (100_000_000, "lz4"), (ulong.MaxValue, "")])
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            var file = WithChunk(size, compression, packed.AsSpan(0, length));
            var reader = new McapReader(new MemoryStream(file));
            Assert.Equal(McapRecord.Fault, reader.Read());
            Assert.Matches($"^a chunk of {length} bytes is said to unpack to {size}; at most [0-9]+ are read.$", reader.Fault!.Message);
            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
        }
    }

    [Theory]
    [InlineData("zip", "a chunk is compressed by \"zip\"; lz4, zstd or nothing was expected.")]
    [InlineData("lz4", "a chunk is damaged: no LZ4 frame: it does not begin with 04 22 4D 18.")]
    [InlineData("", "a chunk that is not compressed has 10 bytes; 7 were expected.")]
    public void A_chunk_that_is_none_is_told(string compression, string message)
    {
        var reader = new McapReader(new MemoryStream(WithChunk(7, compression, new byte[10])));
        Assert.Equal(McapRecord.Fault, reader.Read());
        Assert.Equal((8, message), (reader.Fault!.Offset, reader.Fault.Message));
    }

    [Theory]
    [InlineData("unchunked", 1_000, 97)]
    [InlineData("none", 300, 1_097)]
    [InlineData("lz4", 400, 1_397)]
    [InlineData("zstd", 300, 1_797)]
    public async Task Damaged_files_give_faults_alone(string compression, int cases, int seed)
    {
        using var folder = Written(compression);
        await Mutations.OfFolderAsync(Mcap, folder.Path, cases, seed);
    }

    /// <summary>Damage behind the checksum of a chunk: in the messages of a recording whose chunks have none.</summary>
    [Fact]
    public async Task Damaged_messages_give_faults_alone()
    {
        using var folder = Written("none");
        var file = File.ReadAllBytes(folder["drive.mcap"]);
        for (var at = 8; at < file.Length - 9;)
        {
            if (file[at] == 6) file.AsSpan(at + 9 + 24, 4).Clear();
            else if (file[at] == 15) file.AsSpan(at + 9, 4).Clear();
            at += 9 + (int)BinaryPrimitives.ReadUInt64LittleEndian(file.AsSpan(at + 1));
            if (at >= file.Length - 8) break;
        }

        File.WriteAllBytes(folder["drive.mcap"], file);
        await Mutations.OfFolderAsync(Mcap, folder.Path, 1_000, seed: 2_097);
    }

    [Fact]
    public void They_are_recognised()
    {
        using var folder = Written("none");
        Assert.Equal([("mcap", "")], FormatRegistry.Recognise(DatasetSource.Open(folder.Path)).Select(r => (r.Format, r.Place)));
        File.WriteAllText(folder["drive.mcap"], "no recording");
        Assert.Empty(FormatRegistry.Recognise(DatasetSource.Open(folder.Path)));
    }
}
