using System.Text.Json;
using Touchstone.Annotations.Geometry;

namespace Touchstone.Formats.Exchange;

/// <summary>Takes from samples the numbers that nothing can be reckoned with. Files may state numbers beyond what a double holds, and sums and products of those that it holds may be beyond it too.</summary>
public static class FiniteNumbers
{
    /// <summary>Coordinates beyond it are no place: from 2^53 on a double cannot tell a whole number from the next.</summary>
    public const double CoordinateMax = 1L << 53;

    /// <summary>The sample without objects whose marks have such numbers, and without scores and attributes that are such numbers. The same sample where there are none.</summary>
    /// <param name="sample">A sample as it was read.</param>
    /// <param name="faults">Takes what was left out.</param>
    public static Sample Only(Sample sample, FaultLog faults)
    {
        List<Opinion>? opinions = null;
        for (var i = 0; i < sample.Opinions.Count; i++)
        {
            if (Only(sample, sample.Opinions[i], faults) is not { } kept) continue;
            opinions ??= [.. sample.Opinions];
            opinions[i] = kept;
        }

        return opinions is null ? sample : sample with { Opinions = opinions };
    }

    /// <returns>Null where all is sound.</returns>
    private static Opinion? Only(Sample sample, Opinion opinion, FaultLog faults)
    {
        List<LabelledObject>? objects = null;
        for (var i = 0; i < opinion.Objects.Count; i++)
        {
            var each = opinion.Objects[i];
            var kept = Only(sample, each, i, faults);
            if (ReferenceEquals(kept, each))
            {
                objects?.Add(each);
                continue;
            }

            objects ??= [.. opinion.Objects.Take(i)];
            if (kept is not null) objects.Add(kept);
        }

        return objects is null ? null : opinion with { Objects = objects };
    }

    private static LabelledObject? Only(Sample sample, LabelledObject each, int index, FaultLog faults)
    {
        void Tell(string message) => faults.Add(sample.Name, FormattableString.Invariant($"object {index + 1} ({each.Class})"), message);
        if (!IsSound(each.Mark) || !each.OtherMarks.All(IsSound))
        {
            Tell($"its place has numbers beyond {CoordinateMax:0}, or that are none; it is left out.");
            return null;
        }

        var kept = each;
        if (each.Score is { } score && !double.IsFinite(score))
        {
            Tell("its score is no finite number; it is left out.");
            kept = kept with { Score = null };
        }

        foreach (var (name, value) in each.Attributes)
        {
            if (value.ValueKind != JsonValueKind.Number || value.TryGetDouble(out var number) && double.IsFinite(number)) continue;
            Tell($"its attribute \"{name}\" is a number beyond what can be reckoned with; the attribute is left out.");
            kept = kept with { Attributes = kept.Attributes.Where(a => a.Key != name).ToDictionary(StringComparer.Ordinal) };
        }

        return kept;
    }

    private static bool IsSound(Mark mark) => mark switch
    {
        PixelMask or TextSpan => true,
        Cuboid c => Within(c.X) && Within(c.Y) && Within(c.Z) && Within(c.Length) && Within(c.Width) && Within(c.Height)
            && double.IsFinite(c.Rotation.X) && double.IsFinite(c.Rotation.Y) && double.IsFinite(c.Rotation.Z) && double.IsFinite(c.Rotation.W),
        Ellipse e => Within(e.CentreX) && Within(e.CentreY) && Within(e.RadiusX) && Within(e.RadiusY) && double.IsFinite(e.Angle),
        Outline { Geometry: Keypoints points } => AreWithin(points.Points),
        Outline { Geometry: RotatedBox turned } => Within(turned.CentreX) && Within(turned.CentreY) && Within(turned.Width) && Within(turned.Height) && double.IsFinite(turned.Angle),
        _ => mark.Bounds is not { } bounds || Within(bounds.X) && Within(bounds.Y) && Within(bounds.Right) && Within(bounds.Bottom),
    };

    private static bool AreWithin(IReadOnlyList<Keypoint> points)
    {
        for (var i = 0; i < points.Count; i++)
            if (!Within(points[i].X) || !Within(points[i].Y)) return false;
        return true;
    }

    private static bool Within(double number) => Math.Abs(number) <= CoordinateMax;
}
