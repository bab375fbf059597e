using Touchstone.Statistics;

namespace Touchstone.Quality.Tracking;

/// <summary>CLEAR MOT: how many boxes are found, invented, and change their track.</summary>
/// <remarks>
/// K. Bernardin, R. Stiefelhagen, EURASIP Journal on Image and Video Processing 2008, with TrackEval's rules (clear.py): a frame is matched to go on with the pairs of
/// the frame before it wherever they still overlap enough, then for the greatest overlap; a switch is told from the last track that the true one ever had.
/// </remarks>
public sealed record ClearMot
{
    /// <summary>True boxes that were found.</summary>
    public required int TruePositives { get; init; }

    /// <summary>True boxes that were missed.</summary>
    public required int FalseNegatives { get; init; }

    /// <summary>Predicted boxes where nothing is.</summary>
    public required int FalsePositives { get; init; }

    /// <summary>Times that a true track is found under another id than before (IDSW).</summary>
    public required int IdSwitches { get; init; }

    /// <summary>Times that a true track is found again after it was lost (Frag).</summary>
    public required int Fragmentations { get; init; }

    /// <summary>True tracks found in more than 80 % of their frames (MT).</summary>
    public required int MostlyTracked { get; init; }

    /// <summary>True tracks found in 20 % to 80 % of their frames (PT).</summary>
    public required int PartlyTracked { get; init; }

    /// <summary>True tracks found in less than 20 % of their frames (ML).</summary>
    public required int MostlyLost { get; init; }

    /// <summary>Sum of the overlaps of all matches.</summary>
    public required double OverlapSum { get; init; }

    /// <summary>1 - (missed + invented + switches) / true boxes (MOTA); below 0 for much that is invented. Null without true boxes.</summary>
    public double? Mota => Share(TruePositives - FalsePositives - IdSwitches, TruePositives + FalseNegatives);

    /// <summary>Mean overlap of the matches (MOTP, in [0.5, 1], more is better). Null without matches.</summary>
    public double? Motp => Share(OverlapSum, TruePositives);

    /// <summary>Share of the true boxes that were found. Null without true boxes.</summary>
    public double? Recall => Share(TruePositives, TruePositives + FalseNegatives);

    /// <summary>Share of the predicted boxes that are right. Null without predictions.</summary>
    public double? Precision => Share(TruePositives, TruePositives + FalsePositives);

    /// <summary>Measures one sequence.</summary>
    internal static ClearMot Of(TrackingFrames sequence, double threshold)
    {
        var least = threshold - 2.220446049250313e-16;
        int[] seen = new int[sequence.TruthTracks], found = new int[seen.Length], pieces = new int[seen.Length];
        int[] last = Filled(seen.Length), before = Filled(seen.Length);
        int right = 0, missed = 0, wrong = 0, switches = 0;
        double overlap = 0;
        foreach (var (truth, predictions, overlaps) in sequence.Frames)
        {
            foreach (var g in truth) seen[g]++;
            if (truth.Length == 0 || predictions.Length == 0)
            {
                missed += truth.Length;
                wrong += predictions.Length;
                continue; // as in TrackEval, a frame that either side leaves empty is passed over: tracks go on across it
            }

            var scores = new double[overlaps.Length];
            for (var g = 0; g < truth.Length; g++)
            {
                for (var p = 0; p < predictions.Length; p++)
                {
                    var cell = g * predictions.Length + p;
                    if (overlaps[cell] >= least) scores[cell] = overlaps[cell] + (before[truth[g]] == predictions[p] ? 1000 : 0);
                }
            }

            var chosen = new int[truth.Length];
            Assignment.Maximise(scores, truth.Length, predictions.Length, chosen);
            var now = Filled(seen.Length);
            var matches = 0;
            for (var g = 0; g < truth.Length; g++)
            {
                if (chosen[g] < 0 || !(scores[g * predictions.Length + chosen[g]] > 2.220446049250313e-16)) continue;
                var (track, prediction) = (truth[g], predictions[chosen[g]]);
                matches++;
                overlap += overlaps[g * predictions.Length + chosen[g]];
                found[track]++;
                if (last[track] >= 0 && last[track] != prediction) switches++;
                if (before[track] < 0) pieces[track]++;
                last[track] = now[track] = prediction;
            }

            before = now;
            right += matches;
            missed += truth.Length - matches;
            wrong += predictions.Length - matches;
        }

        var shares = found.Select((f, t) => (double)f / seen[t]).ToArray();
        var mostly = shares.Count(s => s > 0.8);
        var partly = shares.Count(s => s >= 0.2) - mostly;
        return new ClearMot
        {
            TruePositives = right,
            FalseNegatives = missed,
            FalsePositives = wrong,
            IdSwitches = switches,
            Fragmentations = pieces.Sum(p => Math.Max(0, p - 1)),
            MostlyTracked = mostly,
            PartlyTracked = partly,
            MostlyLost = shares.Length - mostly - partly,
            OverlapSum = overlap,
        };
    }

    /// <summary>All sequences together: counts are added.</summary>
    internal static ClearMot Combine(IReadOnlyList<ClearMot> all) => new()
    {
        TruePositives = all.Sum(c => c.TruePositives),
        FalseNegatives = all.Sum(c => c.FalseNegatives),
        FalsePositives = all.Sum(c => c.FalsePositives),
        IdSwitches = all.Sum(c => c.IdSwitches),
        Fragmentations = all.Sum(c => c.Fragmentations),
        MostlyTracked = all.Sum(c => c.MostlyTracked),
        PartlyTracked = all.Sum(c => c.PartlyTracked),
        MostlyLost = all.Sum(c => c.MostlyLost),
        OverlapSum = all.Sum(c => c.OverlapSum),
    };

    internal static double? Share(double part, double whole) => whole > 0 ? part / whole : null;

    private static int[] Filled(int length)
    {
        var values = new int[length];
        Array.Fill(values, -1);
        return values;
    }
}
