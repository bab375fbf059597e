using System.Globalization;
using System.Text.Json;
using Touchstone.Annotations.Geometry;
using Touchstone.Formats.Rigs;

namespace Touchstone.Formats.Exchange;

/// <summary>What a format's numbers hold less of than objects have: tilts of cuboids, parts of pixels, attributes that are no numbers, classes of crowds. Part of <see cref="Narrowing"/>.</summary>
internal sealed class ObjectFits(FormatTraits to, LossCounter losses)
{
    /// <summary>A tilt below this is noise of writing and reading, radians.</summary>
    private const double TiltNoise = 1e-6;

    private double _tiltMaxDegrees;

    /// <summary>The object as the format has it, with what that costs counted.</summary>
    public LabelledObject Fit(LabelledObject each)
    {
        if (to.CuboidsStandUpright is { } up)
        {
            CountTilt(each.Mark, up);
            foreach (var mark in each.OtherMarks) CountTilt(mark, up);
        }

        if (to.HasWholePixels)
        {
            CountRounding(each.Mark);
            foreach (var mark in each.OtherMarks) CountRounding(mark);
        }

        if (to.CrowdClass is { } crowd && each.Class != crowd && each.Attributes.TryGetValue(CommonAttributes.Crowd, out var isCrowd) && isCrowd.ValueKind == JsonValueKind.True)
        {
            losses.Add("class:crowd", $"{to.Name} has one class for crowds, \"{crowd}\": of which class they are is not kept.");
            each = each with { Class = crowd };
        }

        return to.HasNumericAttributes ? WithNumbers(each) : each;
    }

    /// <summary>Counts what of a sample's sensors the format has no place for.</summary>
    public void CountSensors(Sample sample)
    {
        if (!to.HasOnlyCalibrations || !sample.Facts.ContainsKey(SensorRig.FactName)) return;
        var sensors = SensorRig.Of(sample).Sensors;
        if (sensors.Any(s => s.ToWorld is not null)) losses.Add("sensors:pose", $"{to.Name} has no place for where sensors stood in the world.");
        if (sensors.Any(s => s.Timestamp is not null)) losses.Add("sensors:time", $"{to.Name} has no place for when sensors recorded.");
        if (sensors.Any(s => s.Distortion.Count > 0)) losses.Add("sensors:distortion", $"{to.Name}'s pictures are rectified: what a lens bends is not kept.");
        var cameras = sensors.Count(s => s.Kind == SensorRig.CameraFrame);
        var others = sensors.Count - sensors.Count(s => s.Kind == SensorRig.LidarFrame && s == sensors.First(l => l.Kind == SensorRig.LidarFrame)) - (cameras == 1 ? 1 : 0);
        if (others > 0) losses.Add("sensors:others", $"{to.Name} has a calibration of the one camera of a picture and the first LiDAR: other sensors, or cameras where there are several, are left out.", others);
    }

    /// <summary>Says how far a cuboid's own z lies from the way that is up.</summary>
    private void CountTilt(Mark mark, (double X, double Y, double Z) up)
    {
        if (mark is not Cuboid { Rotation: var q }) return;
        var (x, y, z) = (2 * (q.X * q.Z + q.W * q.Y), 2 * (q.Y * q.Z - q.W * q.X), 1 - 2 * (q.X * q.X + q.Y * q.Y));
        var (a, b, c) = (y * up.Z - z * up.Y, z * up.X - x * up.Z, x * up.Y - y * up.X);
        var tilt = Math.Atan2(Math.Sqrt(a * a + b * b + c * c), x * up.X + y * up.Y + z * up.Z);
        if (!(tilt > TiltNoise)) return;
        _tiltMaxDegrees = Math.Max(_tiltMaxDegrees, tilt * 180 / Math.PI);
        losses.Add("geometry:cuboid_tilt", string.Create(CultureInfo.InvariantCulture, $"{to.Name}'s cuboids stand upright: which way they head is kept, how they lean is not; by {_tiltMaxDegrees:0.####} degrees at most."));
    }

    private void CountRounding(Mark mark)
    {
        if (mark is not Outline { Geometry: Box box }) return;
        foreach (var edge in (ReadOnlySpan<double>)[box.X, box.Y, box.Right, box.Bottom])
        {
            if (Math.Abs(edge - Math.Round(edge)) < 1e-9) continue;
            losses.Add("rounding", $"{to.Name}'s boxes are of whole pixels: edges go to the nearest.");
            return;
        }
    }

    private LabelledObject WithNumbers(LabelledObject each)
    {
        Dictionary<string, JsonElement>? kept = null;
        foreach (var (name, value) in each.Attributes)
        {
            if (!to.Attributes.Carries(name) || IsNumber(value)) continue;
            losses.Add($"attribute:{name}", $"{to.Name} has a number for \"{name}\"; values that are none are left out.");
            (kept ??= new(each.Attributes, StringComparer.Ordinal)).Remove(name);
        }

        return kept is null ? each : each with { Attributes = kept };
    }

    private static bool IsNumber(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False or JsonValueKind.Null => true,
        JsonValueKind.String => double.TryParse(value.GetString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number),
        _ => false,
    };
}
