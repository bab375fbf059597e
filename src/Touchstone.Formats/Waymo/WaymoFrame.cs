using System.Text.Json;
using Touchstone.Formats.Exchange;
using Touchstone.Formats.Rigs;

namespace Touchstone.Formats.Waymo;

/// <summary>What a camera is and where it sits.</summary>
internal sealed record WaymoCamera(int Name)
{
    public PinholeCamera? Lens { get; set; }

    public Dictionary<string, double> Distortion { get; } = new(StringComparer.Ordinal);

    /// <summary>From a frame with x to the right, y down, z ahead to the vehicle's.</summary>
    public RigidTransform? ToVehicle { get; set; }

    public int WidthPx { get; set; }

    public int HeightPx { get; set; }
}

/// <summary>A picture of a frame, as a stretch of the file.</summary>
/// <param name="Name">The camera's number.</param>
/// <param name="Offset">Where its bytes begin; 0 of none.</param>
/// <param name="Bytes">How many they are; 0 where the picture was taken out.</param>
/// <param name="VehiclePose">Where the vehicle stood when it was taken.</param>
internal sealed record WaymoPicture(int Name, long Offset, int Bytes, RigidTransform? VehiclePose);

/// <summary>One frame: what was recorded at one moment, and what is said of it.</summary>
internal sealed class WaymoFrame
{
    public string Segment { get; set; } = "";

    public long TimestampMicros { get; set; }

    /// <summary>From the vehicle's frame to the world's.</summary>
    public RigidTransform? Pose { get; set; }

    public List<WaymoCamera> Cameras { get; } = [];

    public List<(int Name, RigidTransform? ToVehicle)> Lasers { get; } = [];

    public List<WaymoPicture> Pictures { get; } = [];

    public Dictionary<string, JsonElement> Conditions { get; } = new(StringComparer.Ordinal);

    public List<LabelledObject> LaserLabels { get; } = [];

    /// <summary>Labels of the cameras that were labelled, by the camera's number.</summary>
    public Dictionary<int, List<LabelledObject>> CameraLabels { get; } = [];
}
