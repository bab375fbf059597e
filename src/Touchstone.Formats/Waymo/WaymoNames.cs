namespace Touchstone.Formats.Waymo;

/// <summary>Names of what the data set numbers.</summary>
/// <remarks>Waymo Open Dataset, <c>dataset.proto</c> (CameraName, LaserName), <c>label.proto</c> (Label.Type) and <c>protos/keypoint.proto</c> (KeypointType); Apache License 2.0.</remarks>
internal static class WaymoNames
{
    private static readonly string[] Cameras = ["UNKNOWN", "FRONT", "FRONT_LEFT", "FRONT_RIGHT", "SIDE_LEFT", "SIDE_RIGHT", "REAR_LEFT", "REAR", "REAR_RIGHT"];

    private static readonly string[] Lasers = ["UNKNOWN", "TOP", "FRONT", "SIDE_LEFT", "SIDE_RIGHT", "REAR"];

    /// <summary>Classes by their number.</summary>
    public static readonly string[] Classes = ["UNKNOWN", "VEHICLE", "PEDESTRIAN", "SIGN", "CYCLIST"];

    /// <summary>Numbers of the points of a person, in the order in which they are kept.</summary>
    public static readonly int[] KeypointTypes = [1, 5, 6, 7, 8, 9, 10, 13, 14, 15, 16, 17, 18, 19, 20];

    /// <summary>Their names.</summary>
    public static readonly string[] Keypoints =
    [
        "nose", "left_shoulder", "left_elbow", "left_wrist", "left_hip", "left_knee", "left_ankle", "right_shoulder", "right_elbow", "right_wrist", "right_hip", "right_knee", "right_ankle", "forehead", "head_center",
    ];

    public static string Camera(int number) => Of(Cameras, number);

    public static string Laser(int number) => Of(Lasers, number);

    public static string Class(int number) => Of(Classes, number);

    /// <summary>A number without a name is its own.</summary>
    private static string Of(string[] names, int number) => number >= 0 && number < names.Length ? names[number] : FormattableString.Invariant($"UNKNOWN_{number}");
}
