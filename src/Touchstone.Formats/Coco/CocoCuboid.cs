using System.Text.Json;
using Touchstone.Formats.Exchange;
using Touchstone.Formats.Json;
using Touchstone.Formats.Rigs;

namespace Touchstone.Formats.Coco;

/// <summary>The cuboid of an annotation for detection in space from one picture: <c>bbox_cam3d</c>.</summary>
/// <remarks>
/// MMDetection3D, tools/dataset_converters/nuscenes_converter.py and kitti_converter.py: centre x, y, z in the camera's frame (x right, y down, z ahead, metres), length, height, width, and the turn about y, as KITTI's rotation_y. Files that were made
/// before its version 0.13 have width, length, height and the turn the other way around for nuScenes. A file does not say which; its boxes do, since they are the cuboids' in the picture.
/// </remarks>
internal static class CocoCuboid
{
    /// <summary>The member of an annotation.</summary>
    public const string Member = "bbox_cam3d";

    private const string Intrinsics = "cam_intrinsic";
    private const int Numbers = 7;
    private const double FarthestMetres = RigJson.FarthestMetres;

    /// <summary>From an object's own axes (x ahead, y left, z up) to the camera's at the turn 0: a quarter turn about x.</summary>
    private static readonly Quaternion Upright = Turns.AboutX(Math.PI / 2);

    /// <summary>The cuboid; null where the value is none.</summary>
    /// <param name="value">The member's value.</param>
    /// <param name="isOld">Whether width comes first.</param>
    public static Cuboid? Read(JsonElement value, bool isOld)
    {
        if (value.ValueKind != JsonValueKind.Array || value.GetArrayLength() != Numbers) return null;
        Span<double> n = stackalloc double[Numbers];
        for (var i = 0; i < Numbers; i++)
        {
            if (value[i].AsNumber() is not { } number || Math.Abs(number) > FarthestMetres) return null;
            n[i] = number;
        }

        var (length, height, width, turn) = isOld ? (n[4], n[5], n[3], -n[6]) : (n[3], n[4], n[5], n[6]);
        return length > 0 && height > 0 && width > 0 ? new Cuboid(n[0], n[1], n[2], length, width, height, Quaternion.AboutY(turn) * Upright, SensorRig.CameraFrame) : null;
    }

    /// <summary>The object with its cuboid among its marks.</summary>
    public static LabelledObject Marked(LabelledObject each, bool isOld) => each.Attributes.TryGetValue(Member, out var value) && Read(value, isOld) is { } cuboid
        ? each with { OtherMarks = [.. each.OtherMarks, cuboid], Attributes = each.Attributes.Where(a => a.Key != Member).ToDictionary(StringComparer.Ordinal) }
        : each;

    /// <summary>How far the sides of the box that is stated are from those that the cuboid has in the picture, pixels; null where that is not known.</summary>
    public static double? Miss(LabelledObject each, IReadOnlyDictionary<string, JsonElement> facts, int widthPx, int heightPx, bool isOld)
    {
        if (!each.Attributes.TryGetValue(Member, out var value) || Read(value, isOld) is not { } cuboid || each.Mark.Bounds is not { } stated || CameraOf(facts) is not { } camera) return null;
        if (cuboid.BoxIn(camera, widthPx, heightPx) is not { } seen) return null;
        return Math.Abs(seen.X - stated.X) + Math.Abs(seen.Y - stated.Y) + Math.Abs(seen.Right - stated.Right) + Math.Abs(seen.Bottom - stated.Bottom);
    }

    /// <summary>The camera of an image that states its matrix, of three rows or of four.</summary>
    public static PinholeCamera? CameraOf(IReadOnlyDictionary<string, JsonElement> facts)
    {
        if (!facts.TryGetValue(Intrinsics, out var matrix) || matrix.ValueKind != JsonValueKind.Array || matrix.GetArrayLength() < 2) return null;
        double? At(int row, int column) => matrix[row] is { ValueKind: JsonValueKind.Array } numbers && numbers.GetArrayLength() > column ? numbers[column].AsNumber() : null;
        return At(0, 0) is { } fx and > 0 && At(1, 1) is { } fy and > 0 && At(0, 1) is { } skew && At(0, 2) is { } cx && At(1, 2) is { } cy ? new PinholeCamera(fx, fy, cx, cy, skew) : null;
    }

    /// <summary>Writes the member.</summary>
    public static void Write(Utf8JsonWriter json, Cuboid cuboid)
    {
        var (x, _, z) = cuboid.Rotation.Turn(1, 0, 0);
        json.WriteStartArray(Member);
        foreach (var number in (ReadOnlySpan<double>)[cuboid.X, cuboid.Y, cuboid.Z, cuboid.Length, cuboid.Height, cuboid.Width, Math.Atan2(-z, x)]) json.WriteNumberValue(number);
        json.WriteEndArray();
    }
}
