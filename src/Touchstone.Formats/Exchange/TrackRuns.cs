namespace Touchstone.Formats.Exchange;

/// <summary>Tracks of which each frame is stated, for formats that show a track from each mark on until the next one.</summary>
internal static class TrackRuns
{
    /// <summary>The marks of one track with a mark that is outside after each unbroken run. Tracks by keyframes, and those that say themselves where the object is away, are left as they are.</summary>
    /// <param name="marks">Marks of one track in the order of their frames.</param>
    /// <param name="sample">Their clip.</param>
    public static IReadOnlyList<LabelledObject> Closed(IReadOnlyList<LabelledObject> marks, Sample sample)
    {
        if (sample.InterpolationStep > 0 || marks.Any(m => m.IsOutside || !m.IsKeyframe)) return marks;
        var frames = marks.Select(s => s.Frame ?? 0).Distinct().Order().ToList();
        var step = frames.Count < 2 ? 1 : frames.Zip(frames.Skip(1), (a, b) => b - a).Min();
        List<LabelledObject> closed = new(marks.Count + 1);
        for (var i = 0; i < marks.Count; i++)
        {
            closed.Add(marks[i]);
            var after = (long)(marks[i].Frame ?? 0) + step;
            var isLast = i == marks.Count - 1;
            if (isLast ? (sample.FrameCount == 0 || after < sample.FrameCount) && after <= int.MaxValue : marks[i + 1].Frame > after) closed.Add(marks[i] with { Frame = (int)after, IsOutside = true });
        }

        return closed;
    }
}
