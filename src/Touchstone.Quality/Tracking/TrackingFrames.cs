namespace Touchstone.Quality.Tracking;

/// <summary>A sequence frame by frame: which tracks are there and how far their boxes overlap.</summary>
internal sealed class TrackingFrames
{
    public TrackingFrames(IReadOnlyList<MotRow> truth, IReadOnlyList<MotRow> predictions)
    {
        var (truthNumbers, predictionNumbers) = (Numbers(truth), Numbers(predictions));
        (TruthTracks, PredictionTracks) = (truthNumbers.Count, predictionNumbers.Count);
        (TruthBoxes, PredictionBoxes) = (truth.Count, predictions.Count);
        var truthFrames = ByFrame(truth, "truth");
        var predictionFrames = ByFrame(predictions, "predictions");
        Frames = [.. truthFrames.Keys.Union(predictionFrames.Keys).Order().Select(f =>
        {
            var (g, p) = (truthFrames.GetValueOrDefault(f, []), predictionFrames.GetValueOrDefault(f, []));
            return new TrackingFrame(Array.ConvertAll(g, r => truthNumbers[r.Track]), Array.ConvertAll(p, r => predictionNumbers[r.Track]), Overlaps(g, p));
        })];
    }

    public int TruthTracks { get; }

    public int PredictionTracks { get; }

    public int TruthBoxes { get; }

    public int PredictionBoxes { get; }

    public TrackingFrame[] Frames { get; }

    private static Dictionary<long, int> Numbers(IReadOnlyList<MotRow> rows) =>
        rows.Select(r => r.Track).Distinct().Order().Select((track, i) => (track, i)).ToDictionary(x => x.track, x => x.i);

    private static Dictionary<int, MotRow[]> ByFrame(IReadOnlyList<MotRow> rows, string what)
    {
        var frames = rows.GroupBy(r => r.Frame).ToDictionary(g => g.Key, g => g.OrderBy(r => r.Track).ToArray());
        foreach (var (frame, boxes) in frames)
        {
            for (var i = 1; i < boxes.Length; i++)
                if (boxes[i].Track == boxes[i - 1].Track) throw new ArgumentException($"The {what} have track {boxes[i].Track} twice in frame {frame}.");
        }

        return frames;
    }

    private static double[] Overlaps(MotRow[] truth, MotRow[] predictions)
    {
        var overlaps = new double[truth.Length * predictions.Length];
        for (var g = 0; g < truth.Length; g++)
        {
            for (var p = 0; p < predictions.Length; p++)
            {
                var (a, b) = (truth[g], predictions[p]);
                var width = Math.Min(a.X + a.Width, b.X + b.Width) - Math.Max(a.X, b.X);
                var height = Math.Min(a.Y + a.Height, b.Y + b.Height) - Math.Max(a.Y, b.Y);
                if (width <= 0 || height <= 0) continue;
                var both = width * height;
                overlaps[g * predictions.Length + p] = both / (a.Width * a.Height + b.Width * b.Height - both);
            }
        }

        return overlaps;
    }
}

/// <summary>One frame.</summary>
/// <param name="Truth">Numbers of the true tracks, ascending.</param>
/// <param name="Predictions">Numbers of the predicted tracks, ascending.</param>
/// <param name="Overlaps">Intersection over union, a row for each true box.</param>
internal sealed record TrackingFrame(int[] Truth, int[] Predictions, double[] Overlaps);
