using System.Text.Json;
using Touchstone.Annotations.Geometry;
using Touchstone.Formats.Exchange;
using Touchstone.Formats.Json;
using Touchstone.Formats.Rigs;
using Touchstone.Formats.Wire;

namespace Touchstone.Formats.Waymo;

/// <summary>Reads the message Label: a cuboid of the LiDAR, or a box of a camera with a person's keypoints.</summary>
/// <remarks>Waymo Open Dataset, <c>label.proto</c> and <c>protos/keypoint.proto</c>. The second box that newer files have of a cuboid (<c>camera_synced_box</c>), which is moved to the moment of a camera, and keypoints in space are passed over.</remarks>
internal sealed class WaymoLabelReader(string file, FaultLog faults)
{
    private ref struct Parts
    {
        public Parts()
        {
        }

        public double[] Box = [0, 0, 0, 0, 0, 0, 0];              // by the number of the field less 1
        public bool HasBox = false;
        public int Type = 0;
        public string? Id = null;
        public Keypoint[]? Keypoints = null;
        public Dictionary<string, JsonElement> Attributes = new(StringComparer.Ordinal);
    }

    /// <summary>A cuboid in the vehicle's frame; null where it is none, which is told.</summary>
    public LabelledObject? ReadLaserLabel(WireReader reader)
    {
        var parts = Read(ref reader);
        var (x, y, z, width, length, height, heading) = (parts.Box[0], parts.Box[1], parts.Box[2], parts.Box[3], parts.Box[4], parts.Box[5], parts.Box[6]);
        if (parts.HasBox && length > 0 && width > 0 && height > 0 && Array.TrueForAll(parts.Box, v => Math.Abs(v) <= RigJson.FarthestMetres))
            return new LabelledObject(WaymoNames.Class(parts.Type), new Cuboid(x, y, z, length, width, height, Quaternion.AboutZ(heading), SensorRig.LidarFrame)) { Id = parts.Id, Track = parts.Id, Attributes = parts.Attributes };
        faults.Add(file, $"byte {reader.End}", FormattableString.Invariant($"the label \"{parts.Id}\" was expected to have a cuboid with extents above 0; {length} x {width} x {height} metres found."));
        return null;
    }

    /// <summary>A box in a picture; its width and height stand in <c>length</c> and <c>width</c>, along x and y.</summary>
    public LabelledObject? ReadCameraLabel(WireReader reader)
    {
        var parts = Read(ref reader);
        var (x, y, width, height) = (parts.Box[0], parts.Box[1], parts.Box[4], parts.Box[3]);
        if (!parts.HasBox || !(width > 0 && height > 0) || !Array.TrueForAll(parts.Box, double.IsFinite))
        {
            faults.Add(file, $"byte {reader.End}", FormattableString.Invariant($"the label \"{parts.Id}\" was expected to have a box with extents above 0; {width} x {height} pixels found."));
            return null;
        }

        return new LabelledObject(WaymoNames.Class(parts.Type), new Outline(new Box(x - width / 2, y - height / 2, width, height)))
        {
            Id = parts.Id,
            Track = parts.Id,
            Attributes = parts.Attributes,
            OtherMarks = parts.Keypoints is { } points ? [new Outline(new Keypoints(points))] : [],
        };
    }

    private static Parts Read(ref WireReader reader)
    {
        var parts = new Parts();
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1: ReadBox(reader.Message(), ref parts); break;                           // box
                case 2: ReadMotion(reader.Message(), parts.Attributes); break;                 // metadata
                case 3: parts.Type = reader.Int(); break;                                      // type
                case 4: parts.Id = reader.Text(); break;                                       // id
                case 5: parts.Attributes["detection_difficulty_level"] = JsonValues.Of((long)reader.Int()); break;
                case 6: parts.Attributes["tracking_difficulty_level"] = JsonValues.Of((long)reader.Int()); break;
                case 7: parts.Attributes["num_lidar_points_in_box"] = JsonValues.Of((long)reader.Int()); break;
                case 9: parts.Keypoints = ReadKeypoints(reader.Message()); break;              // camera_keypoints
                case 10: ReadAssociation(reader.Message(), parts.Attributes); break;           // association
                case 11: parts.Attributes["most_visible_camera_name"] = JsonValues.Of(reader.Text()); break;
                case 13: parts.Attributes["num_top_lidar_points_in_box"] = JsonValues.Of((long)reader.Int()); break;
            }
        }

        return parts;
    }

    private static void ReadBox(WireReader reader, ref Parts parts)
    {
        parts.HasBox = true;
        while (reader.Next())
            if (reader.Field is >= 1 and <= 7) parts.Box[reader.Field - 1] = reader.Double();  // center_x, center_y, center_z, width, length, height, heading
    }

    private static void ReadMotion(WireReader reader, Dictionary<string, JsonElement> attributes)
    {
        while (reader.Next())
        {
            var name = reader.Field switch { 1 => "speed_x", 2 => "speed_y", 3 => "accel_x", 4 => "accel_y", 5 => "speed_z", 6 => "accel_z", _ => null };
            if (name is not null && reader.Double() is var value && double.IsFinite(value)) attributes[name] = JsonValues.Of(value);
        }
    }

    private static void ReadAssociation(WireReader reader, Dictionary<string, JsonElement> attributes)
    {
        while (reader.Next())
            if (reader.Field == 1) attributes["laser_object_id"] = JsonValues.Of(reader.Text());
    }

    private static Keypoint[] ReadKeypoints(WireReader reader)
    {
        var points = new Keypoint[WaymoNames.KeypointTypes.Length];
        while (reader.Next())
        {
            if (reader.Field != 1) continue;                                                   // keypoint
            var (type, point) = (0, default(Keypoint));
            var each = reader.Message();
            while (each.Next())
            {
                if (each.Field == 1) type = each.Int();                                        // type
                else if (each.Field == 2) point = ReadKeypoint(each.Message());                // keypoint_2d
            }

            if (Array.IndexOf(WaymoNames.KeypointTypes, type) is >= 0 and var at) points[at] = point;
        }

        return points;
    }

    private static Keypoint ReadKeypoint(WireReader reader)
    {
        var (x, y, isHidden, isPlaced) = (0.0, 0.0, false, false);
        while (reader.Next())
        {
            if (reader.Field is not (1 or 2)) continue;
            var part = reader.Message();
            isPlaced |= reader.Field == 1;                                                     // location_px; else visibility
            while (part.Next())
            {
                if (reader.Field == 2 && part.Field == 1) isHidden = part.Whole() != 0;        // is_occluded
                else if (reader.Field == 1 && part.Field == 1) x = part.Double();
                else if (reader.Field == 1 && part.Field == 2) y = part.Double();
            }
        }

        return isPlaced && double.IsFinite(x) && double.IsFinite(y) ? new Keypoint(x, y, isHidden ? Visibility.Hidden : Visibility.Visible) : default;
    }
}
