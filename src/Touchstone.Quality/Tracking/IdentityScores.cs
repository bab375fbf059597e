using Touchstone.Statistics;

namespace Touchstone.Quality.Tracking;

/// <summary>Identity scores: how far each true track is found under one and the same id, over the whole sequence.</summary>
/// <remarks>
/// E. Ristani and others, Performance measures and a data set for multi-target, multi-camera tracking, ECCV workshops 2016. TrackEval (identity.py) minimises missed and
/// invented boxes over padded matrices; the same optimum is the assignment of tracks with the most frames in common.
/// </remarks>
/// <param name="TruePositives">Boxes of true tracks that their partner found (IDTP).</param>
/// <param name="FalseNegatives">Other true boxes (IDFN).</param>
/// <param name="FalsePositives">Other predicted boxes (IDFP).</param>
public sealed record IdentityScores(int TruePositives, int FalseNegatives, int FalsePositives)
{
    /// <summary>Harmonic mean of <see cref="Precision"/> and <see cref="Recall"/> (IDF1). Null without any box.</summary>
    public double? F1 => ClearMot.Share(TruePositives, TruePositives + 0.5 * FalsePositives + 0.5 * FalseNegatives);

    /// <summary>Share of the predicted boxes (IDP). Null without predictions.</summary>
    public double? Precision => ClearMot.Share(TruePositives, TruePositives + FalsePositives);

    /// <summary>Share of the true boxes (IDR). Null without true boxes.</summary>
    public double? Recall => ClearMot.Share(TruePositives, TruePositives + FalseNegatives);

    /// <summary>Measures one sequence.</summary>
    internal static IdentityScores Of(TrackingFrames sequence, double threshold)
    {
        var common = new double[sequence.TruthTracks * sequence.PredictionTracks];
        foreach (var (truth, predictions, overlaps) in sequence.Frames)
        {
            for (var g = 0; g < truth.Length; g++)
                for (var p = 0; p < predictions.Length; p++)
                    if (overlaps[g * predictions.Length + p] >= threshold) common[truth[g] * sequence.PredictionTracks + predictions[p]]++;
        }

        var right = common.Length == 0 ? 0 : (int)Math.Round(Assignment.Maximise(common, sequence.TruthTracks, sequence.PredictionTracks, new int[sequence.TruthTracks]));
        return new IdentityScores(right, sequence.TruthBoxes - right, sequence.PredictionBoxes - right);
    }

    /// <summary>All sequences together: counts are added.</summary>
    internal static IdentityScores Combine(IReadOnlyList<IdentityScores> all) =>
        new(all.Sum(i => i.TruePositives), all.Sum(i => i.FalseNegatives), all.Sum(i => i.FalsePositives));
}
