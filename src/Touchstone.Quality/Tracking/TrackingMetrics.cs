namespace Touchstone.Quality.Tracking;

/// <summary>CLEAR MOT, identity scores and HOTA of tracked boxes, as TrackEval computes them.</summary>
public static class TrackingMetrics
{
    /// <summary>Measures one sequence.</summary>
    /// <param name="truth">True boxes; those with confidence 0 are marked as not to be evaluated in the files, are left out and counted.</param>
    /// <param name="predictions">A tracker's boxes; their confidence is not looked at.</param>
    /// <param name="threshold">Least intersection over union of a match for CLEAR MOT and the identity scores, in (0, 1].</param>
    /// <exception cref="ArgumentException">A track occurs twice in one frame.</exception>
    /// <remarks>Time grows with the frames and the cube of the boxes in a frame; memory with the true times the predicted tracks.</remarks>
    public static TrackingResult Evaluate(IReadOnlyList<MotRow> truth, IReadOnlyList<MotRow> predictions, double threshold = 0.5)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(threshold);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(threshold, 1);
        MotRow[] counted = [.. truth.Where(r => r.Confidence != 0)];
        var sequence = new TrackingFrames(counted, predictions);
        return new TrackingResult(
            ClearMot.Of(sequence, threshold), IdentityScores.Of(sequence, threshold), Hota.Of(sequence),
            sequence.Frames.Length, sequence.TruthTracks, sequence.PredictionTracks, truth.Count - counted.Length);
    }

    /// <summary>All sequences together: boxes weigh alike, tracks of different sequences are different.</summary>
    /// <param name="sequences">Results of the sequences, at least one.</param>
    public static TrackingResult Combine(IReadOnlyList<TrackingResult> sequences)
    {
        if (sequences.Count == 0) throw new ArgumentException("There is no sequence to combine.", nameof(sequences));
        return new TrackingResult(
            ClearMot.Combine([.. sequences.Select(s => s.Clear)]), IdentityScores.Combine([.. sequences.Select(s => s.Identity)]), Hota.Combine([.. sequences.Select(s => s.Hota)]),
            sequences.Sum(s => s.Frames), sequences.Sum(s => s.TruthTracks), sequences.Sum(s => s.PredictedTracks), sequences.Sum(s => s.IgnoredTruthBoxes));
    }
}

/// <summary>How well a tracker did.</summary>
/// <param name="Clear">CLEAR MOT.</param>
/// <param name="Identity">Identity scores.</param>
/// <param name="Hota">HOTA and its parts.</param>
/// <param name="Frames">Frames with any box.</param>
/// <param name="TruthTracks">True tracks.</param>
/// <param name="PredictedTracks">Predicted tracks.</param>
/// <param name="IgnoredTruthBoxes">True boxes left out because the file marks them so.</param>
public sealed record TrackingResult(ClearMot Clear, IdentityScores Identity, Hota Hota, int Frames, int TruthTracks, int PredictedTracks, int IgnoredTruthBoxes);
