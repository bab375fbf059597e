using Touchstone.Files.Mcap;
using Touchstone.Formats.Mcap;
using Touchstone.Formats.Wire;

namespace Touchstone.Formats.Tests.Mcap;

/// <summary>Where the points of a <c>foxglove.PointCloud</c> stand in the frame that it names; bytes as its .proto has them.</summary>
public sealed class McapCloudPoseTests
{
    private static readonly McapChannel Channel = new(1, new McapSchema(1, "foxglove.PointCloud", "protobuf", 0), "/lidar", "protobuf");

    private static byte[] Message(int field, params byte[][] parts)
    {
        byte[] body = [.. parts.SelectMany(p => p)];
        return [(byte)(field << 3 | 2), (byte)body.Length, .. body];
    }

    private static byte[] Number(int field, double value) => [(byte)(field << 3 | 1), .. BitConverter.GetBytes(value)];

    private static byte[] Fixed(int field, uint value) => [(byte)(field << 3 | 5), .. BitConverter.GetBytes(value)];

    private static byte[] Text(int field, string text) => Message(field, System.Text.Encoding.UTF8.GetBytes(text));

    private static byte[] Cloud(double w)
    {
        byte[] fields = [], points = [];
        foreach (var (name, at, value) in ((string, uint, float)[])[("x", 0, 1), ("y", 4, 2), ("z", 8, 3), ("normal_x", 12, 1), ("normal_y", 16, 0), ("normal_z", 20, 0), ("intensity", 24, 9)])
        {
            fields = [.. fields, .. Message(5, Text(1, name), Fixed(2, at), [3 << 3, 7])];
            points = [.. points, .. BitConverter.GetBytes(value)];
        }

        var half = Math.Sqrt(0.5);
        return [.. Text(2, "base_link"), .. Message(3, Message(1, Number(1, 10), Number(2, 20), Number(3, 30)), Message(2, Number(3, half), Number(4, w))), .. Fixed(4, 28), .. fields, .. Message(6, points)];
    }

    [Fact]
    public void A_clouds_pose_brings_its_points_into_the_frame_that_it_names()
    {
        var (frame, cloud) = McapCloud.Read(Channel, Cloud(Math.Sqrt(0.5)));
        Assert.Equal("base_link", frame);
        double[] expected = [8, 21, 33, 0, 1, 0, 9];      // a quarter turn about z, then 10, 20, 30
        for (var i = 0; i < expected.Length; i++) Assert.Equal(expected[i], cloud.Columns[i][0], 1e-6);
    }

    [Fact]
    public void A_pose_that_turns_by_no_rotation_is_refused() => Assert.Throws<WireFaultException>(() => McapCloud.Read(Channel, Cloud(5)));
}
