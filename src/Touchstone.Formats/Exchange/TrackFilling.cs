using Touchstone.Annotations.Geometry;

namespace Touchstone.Formats.Exchange;

/// <summary>Fills tracks by keyframes in, for formats that have one row a frame.</summary>
/// <remarks>
/// Straight lines from keyframe to keyframe, as Label Studio's editor and CVAT draw them (CVAT's TrackManager, Label Studio's VideoRegion): a track without a further keyframe
/// stays where it is until the clip ends, and what is said of an object holds until it is said anew. Angles turn the shorter way, as CVAT has it, about the centre of the box.
/// </remarks>
internal static class TrackFilling
{
    /// <summary>The most objects that one annotator's tracks of a clip may become: a few numbers in a file must not fill the memory.</summary>
    public const int ObjectsMax = 1_000_000;

    /// <param name="objects">Objects of one annotator.</param>
    /// <param name="sample">Their clip.</param>
    /// <param name="filled">How many marks were filled in.</param>
    /// <param name="left">How many were not: outlines, lines and masks that change, and what is above <see cref="ObjectsMax"/>.</param>
    public static IReadOnlyList<LabelledObject> Fill(IReadOnlyList<LabelledObject> objects, Sample sample, out long filled, out long left)
    {
        (filled, left) = (0, 0);
        var next = Next(objects);
        List<LabelledObject> all = new(objects.Count);
        for (var i = 0; i < objects.Count; i++)
        {
            var one = objects[i];
            all.Add(one);
            if (one is not { Track: not null, Frame: { } frame, IsOutside: false }) continue;
            var then = next[i] is { } at ? objects[at] : null;
            var count = ((long)(then?.Frame ?? sample.FrameCount) - frame - 1) / sample.InterpolationStep;
            if (count <= 0) continue;
            if (all.Count + count > ObjectsMax || then is not null && Between(one.Mark, then.Mark, 0.5) is null)
            {
                left += count;
                continue;
            }

            for (var step = 1; step <= count; step++)
            {
                var offset = step * sample.InterpolationStep;
                var mark = then is null ? one.Mark : Between(one.Mark, then.Mark, (double)offset / (then.Frame!.Value - frame))!;
                all.Add(one with { Mark = mark, Frame = frame + offset, IsKeyframe = false });
            }

            filled += count;
        }

        return all;
    }

    /// <summary>For each object the index of its track's mark in a later frame.</summary>
    private static int?[] Next(IReadOnlyList<LabelledObject> objects)
    {
        var next = new int?[objects.Count];
        foreach (var track in Enumerable.Range(0, objects.Count).Where(i => objects[i] is { Track: not null, Frame: not null }).GroupBy(i => objects[i].Track, StringComparer.Ordinal))
        {
            int[] ordered = [.. track.OrderBy(i => objects[i].Frame)];
            for (var i = 1; i < ordered.Length; i++) next[ordered[i - 1]] = ordered[i];
        }

        return next;
    }

    /// <returns>Null where there is no straight way from one to the other.</returns>
    private static Mark? Between(Mark start, Mark end, double share)
    {
        double At(double a, double b) => a + (b - a) * share;
        return (start, end) switch
        {
            (Outline { Geometry: Box a }, Outline { Geometry: Box b }) => new Outline(new Box(At(a.X, b.X), At(a.Y, b.Y), At(a.Width, b.Width), At(a.Height, b.Height))),
            (Outline { Geometry: Box or RotatedBox } a, Outline { Geometry: Box or RotatedBox } b) when (Turned(a), Turned(b)) is var (first, second) => new Outline(new RotatedBox(
                At(first.CentreX, second.CentreX), At(first.CentreY, second.CentreY), At(first.Width, second.Width), At(first.Height, second.Height),
                first.Angle + Math.IEEERemainder(second.Angle - first.Angle, 2 * Math.PI) * share)),
            (Ellipse a, Ellipse b) => new Ellipse(
                At(a.CentreX, b.CentreX), At(a.CentreY, b.CentreY), At(a.RadiusX, b.RadiusX), At(a.RadiusY, b.RadiusY), a.Angle + Math.IEEERemainder(b.Angle - a.Angle, 2 * Math.PI) * share),
            (Outline { Geometry: Keypoints { Points: var a } }, Outline { Geometry: Keypoints { Points: var b } }) when a.Count == b.Count && a.Select(p => p.Visibility).SequenceEqual(b.Select(p => p.Visibility)) =>
                new Outline(new Keypoints([.. a.Zip(b, (p, q) => new Keypoint(At(p.X, q.X), At(p.Y, q.Y), p.Visibility))])),
            _ => start.Equals(end) ? start : null,
        };
    }

    private static RotatedBox Turned(Outline mark) => mark.Geometry switch
    {
        RotatedBox box => box,
        Box box => new RotatedBox(box.X + box.Width / 2, box.Y + box.Height / 2, box.Width, box.Height, 0),
        _ => throw new InvalidOperationException("Only boxes turn."),
    };
}
