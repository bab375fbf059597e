using System.Security.Cryptography;
using System.Text;
using Touchstone.Annotations.Selectors;
using Touchstone.Formats.Exchange;
using Touchstone.Formats.Rigs;

namespace Touchstone.Formats.Dgp;

/// <summary>Where the writer puts what: a folder a scene, in it a folder a sensor.</summary>
internal static class DgpPlaces
{
    /// <summary>The scene's folder, with <c>/</c> at its end. Samples without a scene make one together; a scene that was parted has a folder of each part.</summary>
    public static string Folder(Sample sample) => sample.Scene is { Length: > 0 } scene ? scene.Trim('/') + "/" : sample.Split is { } split ? $"scene_{split}/" : "scene/";

    /// <summary>The datum's file below the scene's folder: where it is if it is there, else in the folder of its sensor.</summary>
    public static string File(Sample sample) => sample.Name.StartsWith(Folder(sample), StringComparison.Ordinal)
        ? sample.Name[Folder(sample).Length..]
        : $"{(sample.Kind == InputKind.Scene ? "point_cloud" : "rgb")}/{SensorName(sample)}/{sample.Name}";

    public static string SensorName(Sample sample) =>
        sample.Facts.TryGetValue(DgpFormat.SensorFact, out var name) && name.ValueKind == System.Text.Json.JsonValueKind.String ? name.GetString()!
        : sample.Kind == InputKind.Scene ? SensorRig.Of(sample).Lidar?.Name ?? "LIDAR"
        : SensorRig.Of(sample).Sensors.Where(s => s.Kind == SensorRig.CameraFrame).Take(2).ToList() is [var only] ? only.Name : "CAMERA";

    /// <summary>An id as DGP's are, 40 hexadecimal digits, of a content.</summary>
    public static string KeyOf(string content) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(content)))[..40];
}
