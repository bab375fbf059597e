using System.Globalization;
using System.Text;
using System.Text.Json;
using Touchstone.Formats.Exchange;
using Touchstone.Formats.Json;
using Touchstone.Formats.Rigs;

namespace Touchstone.Formats.Kitti;

/// <summary>KITTI's calibration of a picture as facts of it: its matrices as they stand, and the left colour camera and the LiDAR as a <see cref="SensorRig"/>.</summary>
/// <remarks>
/// Geiger et al., IJRR 2013: a point of the LiDAR is brought by R0_rect * Tr_velo_to_cam into the frame of the rectified reference camera, in which labels stand, and by P2 into the picture of the left colour camera. That camera stands
/// some centimetres beside the reference, which P2's last column says: <see cref="Sensor.ProjectionOffset"/>. KITTI's vehicle is not used; the LiDAR's frame stands for it.
/// </remarks>
internal static class KittiRig
{
    /// <summary>The fact with the file's matrices by name, each row by row.</summary>
    public const string MatricesFact = "kitti_calibration";

    private const string Camera = "image_2", Lidar = "velodyne", Matrix = "P2";

    /// <summary>The facts of a picture or sequence; none where it has no calibration. One that cannot be read is told.</summary>
    public static IReadOnlyDictionary<string, JsonElement> Facts(DatasetSource source, string folder, string name, int widthPx, int heightPx, FaultLog faults)
    {
        var file = $"{folder}calib/{name}.txt";
        if (!source.Has(file)) return Sample.Empty;
        try
        {
            using var text = source.OpenText(file);
            var calibration = KittiCalibration.Read(text, file);
            Dictionary<string, JsonElement> facts = new(StringComparer.Ordinal) { [MatricesFact] = JsonSerializer.SerializeToElement(calibration.Matrices) };
            if (Rig(calibration) is { } rig)
            {
                var sweep = $"{folder}{Lidar}/{name}.bin";
                facts[SensorRig.FactName] = new SensorRig(
                [
                    .. rig.Sensors.Select(s => s.Kind == SensorRig.CameraFrame ? s with { WidthPx = widthPx, HeightPx = heightPx } : source.Has(sweep) ? s with { File = sweep } : s),
                ]).ToFact();
            }
            else faults.Add(file, "", "P2 of a rectified camera was expected, and R0_rect and Tr_velo_to_cam that turn and move; the sensors' places are left out.");
            return facts;
        }
        catch (FileFormatFaultException fault)
        {
            faults.Add(file, "", fault.Message[(file.Length + 2)..]);
            return Sample.Empty;
        }
    }

    /// <summary>The camera and, where the file says how it stands, the LiDAR; null where a matrix is none of a rectified camera, or turns by no rotation.</summary>
    private static SensorRig? Rig(KittiCalibration calibration)
    {
        var matrices = calibration.Matrices;
        if (!matrices.TryGetValue(Matrix, out var p) || p is not [> 0 and var fx, var skew, var cx, _, 0, > 0 and var fy, var cy, _, 0, 0, 1, _]) return null;
        var z = p[11];
        var y = (p[7] - cy * z) / fy;
        var camera = new Sensor(Camera, SensorRig.CameraFrame) { Camera = new PinholeCamera(fx, fy, cx, cy, skew), ProjectionOffset = ((p[3] - skew * y - cx * z) / fx, y, z) };
        if ((matrices.GetValueOrDefault("Tr_velo_to_cam") ?? matrices.GetValueOrDefault("Tr_velo_cam")) is not { } stands) return new SensorRig([camera]);
        if (RigidTransform.OfMatrix([.. stands]) is not { } toReference) return null;
        if ((matrices.GetValueOrDefault("R0_rect") ?? matrices.GetValueOrDefault("R_rect")) is [var a, var b, var c, var d, var e, var f, var g, var h, var i])
        {
            if (RigidTransform.OfMatrix([a, b, c, 0, d, e, f, 0, g, h, i, 0]) is not { } rectified) return null;
            toReference = rectified * toReference;
        }

        return new SensorRig([camera with { ToVehicle = toReference.Inverse }, new Sensor(Lidar, SensorRig.LidarFrame) { ToVehicle = RigidTransform.Identity, Fields = PointClouds.PointCloud.KittiColumns }]);
    }

    /// <summary>Writes the calibration of a picture: its own matrices, or those that follow from the one camera and the LiDAR of its rig.</summary>
    /// <returns>Null where nothing is known of it.</returns>
    public static string? Write(Sample sample)
    {
        var text = new StringBuilder();
        if (sample.Facts.TryGetValue(MatricesFact, out var stated) && ((JsonElement?)stated).Members().Any())
        {
            foreach (var matrix in ((JsonElement?)stated).Members()) Line(text, matrix.Name, [.. stated.Items(matrix.Name).Select(v => v.AsNumber() ?? 0)]);
            return text.ToString();
        }

        var rig = SensorRig.Of(sample);
        if (rig.Sensors.Where(s => s.Kind == SensorRig.CameraFrame).Take(2).ToList() is not [{ Camera: { } k } camera]) return null;
        var (x, y, z) = camera.ProjectionOffset ?? (0, 0, 0);
        // Programs that read these files go by the number of the line, so all four cameras are written as the one that is known.
        foreach (var name in (ReadOnlySpan<string>)["P0", "P1", Matrix, "P3"])
            Line(text, name, [k.FocalX, k.Skew, k.CentreX, k.FocalX * x + k.Skew * y + k.CentreX * z, 0, k.FocalY, k.CentreY, k.FocalY * y + k.CentreY * z, 0, 0, 1, z]);
        Line(text, "R0_rect", [1, 0, 0, 0, 1, 0, 0, 0, 1]);
        if (rig.Lidar is { } lidar && SensorRig.Between(lidar, camera) is { } toCamera)
        {
            var ((ax, ay, az), (bx, by, bz), (cx, cy, cz)) = (toCamera.Rotation.Turn(1, 0, 0), toCamera.Rotation.Turn(0, 1, 0), toCamera.Rotation.Turn(0, 0, 1));
            Line(text, "Tr_velo_to_cam", [ax, bx, cx, toCamera.X, ay, by, cy, toCamera.Y, az, bz, cz, toCamera.Z]);
        }

        return text.ToString();
    }

    private static void Line(StringBuilder text, string name, ReadOnlySpan<double> values)
    {
        text.Append(name).Append(':');
        foreach (var value in values) text.Append(CultureInfo.InvariantCulture, $" {value:R}");
        text.Append('\n');
    }
}
