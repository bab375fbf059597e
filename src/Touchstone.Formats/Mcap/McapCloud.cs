using Touchstone.Files.Mcap;
using Touchstone.Formats.PointClouds;
using Touchstone.Formats.Rigs;
using Touchstone.Formats.Wire;

namespace Touchstone.Formats.Mcap;

/// <summary>Points that a message is of.</summary>
internal static class McapCloud
{
    private const int FieldsMax = 256;

    private sealed record Field(string Name, int Offset, PointType Type, int Count);

    /// <summary>Whether a channel's messages are clouds.</summary>
    public static bool IsOf(McapChannel channel) => (channel.Schema?.Name, channel.MessageEncoding) is
        ("sensor_msgs/msg/PointCloud2", "cdr") or ("sensor_msgs/PointCloud2" or "sensor_msgs/msg/PointCloud2", "ros1") or ("foxglove.PointCloud", "protobuf");

    /// <summary>Reads one.</summary>
    /// <returns>The frame that its points are in, and the points.</returns>
    /// <exception cref="WireFaultException">The bytes are no such message.</exception>
    public static (string Frame, PointCloud Cloud) Read(McapChannel channel, ReadOnlySpan<byte> data) =>
        channel.MessageEncoding == "protobuf" ? OfProtobuf(data) : OfRos(new RosReader(data, channel.MessageEncoding == "cdr"));

    /// <remarks>ros2/common_interfaces, sensor_msgs/msg/PointCloud2.msg and PointField.msg.</remarks>
    private static (string, PointCloud) OfRos(RosReader reader)
    {
        var frame = reader.Header();
        var (height, width) = (reader.UInt32(), reader.UInt32());
        var count = reader.UInt32();
        if (count > FieldsMax) throw new WireFaultException(0, $"a cloud of {count} fields; at most {FieldsMax} are read.");
        List<Field> fields = [];
        for (var i = 0; i < count; i++)
        {
            var (name, offset, type, values) = (reader.Text(), reader.UInt32(), reader.Byte(), reader.UInt32());
            PointType[] types = [PointType.Int8, PointType.UInt8, PointType.Int16, PointType.UInt16, PointType.Int32, PointType.UInt32, PointType.Float32, PointType.Float64];
            if (type < 1 || type > types.Length) throw new WireFaultException(0, $"the field \"{name}\" is of the type {type}; 1 to {types.Length} was expected.");
            fields.Add(Checked(name, offset, types[type - 1], values == 0 ? 1 : values));
        }

        var isBigEndian = reader.Byte() != 0;
        var (step, rowStep) = (reader.UInt32(), reader.UInt32());
        var data = reader.Bytes();
        if (width == 0 || height == 0) return (frame, Build(fields, [], 1, 0, 0, 0, isBigEndian: false));
        if (step == 0 || rowStep < (ulong)width * step || (ulong)height * rowStep > (ulong)data.Length) throw new WireFaultException(0, $"{height} rows of {width} points of {step} bytes, each row of {rowStep}, were expected; {data.Length} bytes found.");
        return (frame, Build(fields, data, step, width, height, rowStep, isBigEndian));
    }

    /// <remarks>foxglove-sdk, schemas/proto/foxglove/PointCloud.proto and PackedElementField.proto, MIT. Points stand in the frame of the cloud; its pose brings them into the frame that the message names.</remarks>
    private static (string, PointCloud) OfProtobuf(ReadOnlySpan<byte> message)
    {
        var (frame, step, pose) = ("", 0u, RigidTransform.Identity);
        List<Field> fields = [];
        ReadOnlySpan<byte> data = [];
        var reader = new WireReader(message, 0);
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 2: frame = reader.Text(); break;
                case 3: pose = McapScene.ReadPose(reader.Message()) ?? throw reader.Fault("a pose with a rotation of the length 1, within reach, was expected."); break;
                case 4: step = reader.Fixed(); break;
                case 5 when fields.Count == FieldsMax: throw reader.Fault($"more than {FieldsMax} fields.");
                case 5: fields.Add(ReadField(reader.Message())); break;
                case 6: data = reader.Bytes(); break;
            }
        }

        if (step == 0 || data.Length % step != 0) throw new WireFaultException(0, $"points of {step} bytes were expected; {data.Length} bytes found.");
        var count = (uint)(data.Length / step);
        var cloud = Build(fields, data, step, count, 1, (uint)data.Length, isBigEndian: false);
        return (frame, pose == RigidTransform.Identity ? cloud : Moved(cloud, pose));
    }

    /// <summary>The points where a pose brings them; normals turn with them.</summary>
    private static PointCloud Moved(PointCloud cloud, RigidTransform pose)
    {
        PointColumn[] columns = [.. cloud.Columns];
        Move(columns, ["x", "y", "z"], pose);
        foreach (var normal in (string[][])[["normal_x", "normal_y", "normal_z"], ["nx", "ny", "nz"]]) Move(columns, normal, pose with { X = 0, Y = 0, Z = 0 });
        return new PointCloud(columns) { Rows = cloud.Rows };
    }

    /// <summary>Moves three columns, where all are there. Whole numbers become real ones.</summary>
    private static void Move(PointColumn[] columns, string[] names, RigidTransform pose)
    {
        var at = Array.ConvertAll(names, name => Array.FindIndex(columns, c => c.Name == name && c.Components == 1));
        if (Array.Exists(at, i => i < 0)) return;
        var (x, y, z) = (columns[at[0]], columns[at[1]], columns[at[2]]);
        var (a, b, c) = (new double[x.Count], new double[x.Count], new double[x.Count]);
        for (var i = 0; i < x.Count; i++) (a[i], b[i], c[i]) = pose.Apply(x[i], y[i], z[i]);
        (columns[at[0]], columns[at[1]], columns[at[2]]) = (OfType(x, a), OfType(y, b), OfType(z, c));
    }

    private static PointColumn OfType(PointColumn before, double[] values) => before.Type == PointType.Float32
        ? new PointColumn<float>(before.Name, Array.ConvertAll(values, v => (float)v))
        : new PointColumn<double>(before.Name, values);

    private static Field ReadField(WireReader reader)
    {
        var (name, offset, type) = ("", 0u, 0);
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1: name = reader.Text(); break;
                case 2: offset = reader.Fixed(); break;
                case 3: type = reader.Int(); break;
            }
        }

        PointType[] types = [PointType.UInt8, PointType.Int8, PointType.UInt16, PointType.Int16, PointType.UInt32, PointType.Int32, PointType.Float32, PointType.Float64];
        if (type < 1 || type > types.Length) throw reader.Fault($"the field \"{name}\" is of the type {type}; 1 to {types.Length} was expected.");
        return Checked(name, offset, types[type - 1], 1);
    }

    private static Field Checked(string name, uint offset, PointType type, uint count) => offset <= int.MaxValue && count <= ushort.MaxValue
        ? new Field(name, (int)offset, type, (int)count)
        : throw new WireFaultException(0, $"the field \"{name}\" has {count} values at byte {offset} of a point.");

    private static PointCloud Build(List<Field> fields, ReadOnlySpan<byte> data, uint step, uint width, uint height, uint rowStep, bool isBigEndian)
    {
        if (fields.Count == 0 || fields.DistinctBy(f => f.Name).Count() != fields.Count) throw new WireFaultException(0, "a cloud with fields, each of another name, was expected.");
        var points = (int)((ulong)width * height);                      // no more than the data hold
        var values = 0L;
        foreach (var field in fields)
        {
            var bytes = (long)PointColumn.SizeOf(field.Type) * field.Count;
            if (points > 0 && field.Offset + bytes > step) throw new WireFaultException(0, $"the field \"{field.Name}\" ends at byte {field.Offset + bytes} of a point of {step} bytes.");
            values += bytes;
        }

        // Fields that lie over each other would make much of little.
        if (values * points > 4L * data.Length) throw new WireFaultException(0, $"the fields of a point take {values} bytes, a point {step}.");
        List<PointColumn> columns = [];
        foreach (var field in fields)
        {
            var column = PointColumn.Create(field.Name, field.Type, points, field.Count);
            for (var row = 0; row < height && points > 0; row++) column.Take(data.Slice((int)(row * (long)rowStep), (int)(width * step)), (int)step, field.Offset, row * (int)width);
            if (isBigEndian) column.ReverseBytes();
            columns.Add(column);
        }

        return new PointCloud(columns) { Rows = (int)Math.Max(1, height) };
    }

    /// <summary>As a PCD file.</summary>
    public static byte[] ToPcd(PointCloud cloud)
    {
        using var stream = new MemoryStream();
        PcdWriter.Write(stream, cloud, PcdData.Binary);
        return stream.ToArray();
    }
}
