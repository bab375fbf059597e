using System.Text.Json;
using Touchstone.Files.Mcap;
using Touchstone.Formats.Exchange;
using Touchstone.Formats.Json;
using Touchstone.Formats.Rigs;
using Touchstone.Formats.Wire;

namespace Touchstone.Formats.Mcap;

/// <summary>The cuboids of a message that tells viewers what to draw in space.</summary>
/// <remarks>
/// foxglove-sdk, schemas/proto/foxglove/SceneUpdate.proto, SceneEntity.proto and CubePrimitive.proto, MIT. An entity's class is what its metadata call <c>class</c>, <c>category</c>, <c>label</c> or <c>type</c>, and <c>cube</c> where they call it nothing; other pairs are attributes, its id is the track.
/// Arrows, spheres, lines and the like are passed over, and so is what is deleted or how long it stays.
/// </remarks>
internal sealed class McapScene(Action<string> tell)
{
    private const string Unnamed = "cube";

    private static readonly string[] ClassKeys = ["class", "category", "label", "type"];

    /// <summary>Frames that stay where they are while the vehicle moves (REP 105).</summary>
    private static readonly string[] WorldFrames = ["map", "odom", "earth", "world"];

    /// <summary>The frame of the first entity; empty where there is none.</summary>
    public string FirstFrame { get; private set; } = "";

    /// <summary>The frame of the first entity that moves with the vehicle, which cuboids name as a LiDAR's; null where there is none.</summary>
    public string? OwnFrame { get; private set; }

    /// <summary>The cuboids.</summary>
    public List<LabelledObject> Objects { get; } = [];

    /// <summary>Whether a channel's messages are such.</summary>
    public static bool IsOf(McapChannel channel) => (channel.Schema?.Name, channel.MessageEncoding) is ("foxglove.SceneUpdate", "protobuf");

    /// <summary>Reads a message.</summary>
    /// <exception cref="WireFaultException">The bytes are no such message.</exception>
    public void Read(ReadOnlySpan<byte> data)
    {
        var reader = new WireReader(data, 0);
        while (reader.Next())
            if (reader.Field == 2) ReadEntity(reader.Message());
    }

    private void ReadEntity(WireReader reader)
    {
        var (frame, id) = ("", "");
        Dictionary<string, JsonElement> pairs = new(StringComparer.Ordinal);
        List<(RigidTransform Pose, double X, double Y, double Z)> cubes = [];
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 2: frame = reader.Text(); break;
                case 3: id = reader.Text(); break;
                case 6:
                    var (key, value) = ReadPair(reader.Message());
                    pairs[key] = JsonValues.Of(value);
                    break;
                case 8: if (ReadCube(reader.Message(), id) is { } cube) cubes.Add(cube); break;
            }
        }

        if (cubes.Count == 0) return;
        if (Objects.Count == 0) FirstFrame = frame;
        var isWorld = WorldFrames.Contains(frame.TrimStart('/'));
        if (!isWorld) OwnFrame ??= frame;
        var place = isWorld ? SensorRig.WorldFrame : frame == OwnFrame ? SensorRig.LidarFrame : frame;         // further frames keep their names
        var name = Array.Find(ClassKeys, k => pairs.TryGetValue(k, out var said) && said.GetString() is { Length: > 0 });
        var label = name is null ? Unnamed : pairs[name].GetString()!;
        if (name is not null) pairs.Remove(name);
        foreach (var (pose, x, y, z) in cubes)
            Objects.Add(new LabelledObject(label, new Cuboid(pose.X, pose.Y, pose.Z, x, y, z, pose.Rotation, place)) { Id = id.Length > 0 && cubes.Count == 1 ? id : null, Track = id.Length > 0 ? id : null, Attributes = pairs });
    }

    private static (string Key, string Value) ReadPair(WireReader reader)
    {
        var (key, value) = ("", "");
        while (reader.Next())
        {
            if (reader.Field == 1) key = reader.Text();
            else if (reader.Field == 2) value = reader.Text();
        }

        return (key, value);
    }

    private (RigidTransform Pose, double X, double Y, double Z)? ReadCube(WireReader reader, string id)
    {
        double[] size = [0, 0, 0];
        RigidTransform? stated = RigidTransform.Identity;
        while (reader.Next())
        {
            if (reader.Field == 2) ReadNumbers(reader.Message(), size);
            else if (reader.Field == 1) stated = ReadPose(reader.Message());
        }

        if (stated is { } pose && Array.TrueForAll(size, s => s > 0 && s <= RigJson.FarthestMetres)) return (pose, size[0], size[1], size[2]);
        tell(FormattableString.Invariant($"a cube of the entity \"{id}\" with extents above 0 and a rotation of the length 1, within reach, was expected; {size[0]} x {size[1]} x {size[2]} metres{(stated is null ? " and another rotation or place" : "")} found."));
        return null;
    }

    /// <summary>A pose: where, metres, and how turned.</summary>
    /// <returns>Null where its rotation has not the length 1, or it is farther away than anything on earth.</returns>
    /// <remarks>foxglove-sdk, schemas/proto/foxglove/Pose.proto, MIT.</remarks>
    public static RigidTransform? ReadPose(WireReader reader)
    {
        double[] position = [0, 0, 0], turn = [0, 0, 0, 1];
        while (reader.Next())
        {
            if (reader.Field == 1) ReadNumbers(reader.Message(), position);
            else if (reader.Field == 2) ReadNumbers(reader.Message(), turn = [0, 0, 0, 0]);
        }

        return Turns.OfFile(turn[0], turn[1], turn[2], turn[3]) is { } rotation && Array.TrueForAll(position, p => Math.Abs(p) <= RigJson.FarthestMetres) ? new RigidTransform(rotation, position[0], position[1], position[2]) : null;
    }

    private static void ReadNumbers(WireReader reader, double[] to)
    {
        while (reader.Next())
            if (reader.Field >= 1 && reader.Field <= to.Length) to[reader.Field - 1] = reader.Double();
    }
}
