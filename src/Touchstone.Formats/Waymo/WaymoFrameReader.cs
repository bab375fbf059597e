using Touchstone.Formats.Exchange;
using Touchstone.Formats.Json;
using Touchstone.Formats.Rigs;
using Touchstone.Formats.Wire;

namespace Touchstone.Formats.Waymo;

/// <summary>Reads the message Frame as far as labels, calibrations, poses and pictures go.</summary>
/// <remarks>
/// Waymo Open Dataset, <c>dataset.proto</c>; the numbers of fields stand beside their names. Range images, maps, zones without labels, and boxes that the data set computes from others (<c>projected_lidar_labels</c>) are passed over. A camera's own frame has x
/// out of its lens, y to the left and z up; here it has x to the right, y down and z ahead, as of all rigs.
/// </remarks>
internal sealed class WaymoFrameReader(string file, FaultLog faults)
{
    private const int NumbersMax = 64;

    /// <summary>From axes to the right, down and ahead to ahead, left and up.</summary>
    public static readonly RigidTransform Optical = new(new Quaternion(-0.5, 0.5, -0.5, 0.5), 0, 0, 0);

    /// <summary>Names of the coefficients of lenses, in their order.</summary>
    public static readonly string[] Coefficients = ["k1", "k2", "p1", "p2", "k3"];

    /// <summary>Reads a frame. A label without sense is told and left out.</summary>
    /// <exception cref="WireFaultException">The bytes are no such message.</exception>
    public WaymoFrame Read(ReadOnlySpan<byte> record, long offset)
    {
        var frame = new WaymoFrame();
        var labels = new WaymoLabelReader(file, faults);
        var reader = new WireReader(record, offset);
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1: ReadContext(reader.Message(), frame); break;
                case 2: frame.TimestampMicros = reader.Whole(); break;
                case 3: frame.Pose = Transform(reader.Message(), "pose"); break;
                case 4: frame.Pictures.Add(ReadPicture(reader.Message())); break;
                case 6: if (labels.ReadLaserLabel(reader.Message()) is { } label) frame.LaserLabels.Add(label); break;
                case 8: ReadCameraLabels(reader.Message(), labels, frame); break;
            }
        }

        return frame;
    }

    private static void ReadCameraLabels(WireReader reader, WaymoLabelReader labels, WaymoFrame frame)
    {
        var camera = 0;
        List<LabelledObject> objects = [];
        while (reader.Next())
        {
            if (reader.Field == 1) camera = reader.Int();                                      // name
            else if (reader.Field == 2 && labels.ReadCameraLabel(reader.Message()) is { } label) objects.Add(label);      // labels
        }

        if (!frame.CameraLabels.TryAdd(camera, objects)) frame.CameraLabels[camera].AddRange(objects);
    }

    private void ReadContext(WireReader reader, WaymoFrame frame)
    {
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1: frame.Segment = reader.Text(); break;                                  // name
                case 2: frame.Cameras.Add(ReadCamera(reader.Message())); break;                // camera_calibrations
                case 3: frame.Lasers.Add(ReadLaser(reader.Message())); break;                  // laser_calibrations
                case 4: ReadStats(reader.Message(), frame); break;                             // stats
            }
        }
    }

    private static void ReadStats(WireReader reader, WaymoFrame frame)
    {
        while (reader.Next())
        {
            var name = reader.Field switch { 2 => "time_of_day", 3 => "location", 4 => "weather", _ => null };
            if (name is not null) frame.Conditions[name] = JsonValues.Of(reader.Text());
        }
    }

    private WaymoCamera ReadCamera(WireReader reader)
    {
        var camera = new WaymoCamera(0);
        List<double> intrinsic = [];
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1: camera = camera with { Name = reader.Int() }; break;                   // name
                case 2: reader.Doubles(intrinsic, NumbersMax); break;                          // intrinsic: f_u, f_v, c_u, c_v, k1, k2, p1, p2, k3
                case 3: camera.ToVehicle = Transform(reader.Message(), "extrinsic") is { } onVehicle ? onVehicle * Optical : null; break;
                case 4: camera.WidthPx = Math.Max(0, reader.Int()); break;                     // width
                case 5: camera.HeightPx = Math.Max(0, reader.Int()); break;                    // height
            }
        }

        if (intrinsic is [> 0 and var fu, > 0 and var fv, var cu, var cv, ..] && intrinsic.TrueForAll(double.IsFinite))
        {
            camera.Lens = new PinholeCamera(fu, fv, cu, cv);
            for (var i = 0; i < Coefficients.Length && i + 4 < intrinsic.Count; i++) camera.Distortion[Coefficients[i]] = intrinsic[i + 4];
        }
        else if (intrinsic.Count > 0) faults.Add(file, "", $"the camera {WaymoNames.Camera(camera.Name)} has no focal lengths above 0.");
        return camera;
    }

    private (int, RigidTransform?) ReadLaser(WireReader reader)
    {
        var (name, toVehicle) = (0, (RigidTransform?)null);
        while (reader.Next())
        {
            if (reader.Field == 1) name = reader.Int();                                        // name
            else if (reader.Field == 5) toVehicle = Transform(reader.Message(), "extrinsic");  // extrinsic
        }

        return (name, toVehicle);
    }

    private WaymoPicture ReadPicture(WireReader reader)
    {
        var (name, start, length, pose) = (0, 0L, 0, (RigidTransform?)null);
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1: name = reader.Int(); break;                                            // name
                case 2: length = reader.Bytes(out start).Length; break;                        // image
                case 3: pose = Transform(reader.Message(), "pose"); break;                     // pose
            }
        }

        return new WaymoPicture(name, start, length, pose);
    }

    /// <summary>A matrix of 4 x 4, row by row; null where it is none that turns and moves, which is told.</summary>
    private RigidTransform? Transform(WireReader reader, string what)
    {
        List<double> numbers = [];
        while (reader.Next())
            if (reader.Field == 1) reader.Doubles(numbers, 16);
        if (numbers.Count == 16 && numbers.TrueForAll(n => Math.Abs(n) <= RigJson.FarthestMetres) && RigidTransform.OfMatrix([.. numbers]) is { } transform) return transform;
        faults.Add(file, $"byte {reader.End}", $"the {what} was expected to be a matrix of 4 x 4 that turns and moves; {numbers.Count} numbers found.");
        return null;
    }
}
