namespace Touchstone.Quality.LabelErrors;

/// <summary>Takes from each class as many items as the calibrated confident joint says are wrong there.</summary>
internal static class Pruning
{
    public static bool[] Prune(ReadOnlySpan<int> labels, ClassProbabilities probabilities, ConfidentJoint joint, LabelErrorOptions options)
    {
        var counts = Counts(joint, options);
        var members = Members(labels, joint.GivenCounts);
        var byClass = new bool[labels.Length];
        var byRate = new bool[labels.Length];
        for (var k = 0; k < joint.LabelCount; k++)
        {
            if (members[k].Length <= options.MinExamplesPerClass) continue;
            if (options.Filter != LabelErrorFilter.PruneByNoiseRate)
                Mark(byClass, members[k], members[k].Length - counts[k * joint.LabelCount + k], i => probabilities.Values[i * joint.LabelCount + k]);
            if (options.Filter == LabelErrorFilter.PruneByClass) continue;
            for (var j = 0; j < joint.LabelCount; j++)
                if (j != k) Mark(byRate, members[k], counts[j * joint.LabelCount + k], i => probabilities.Values[i * joint.LabelCount + k] - probabilities.Values[i * joint.LabelCount + j]);
        }

        if (options.Filter == LabelErrorFilter.PruneByClass) return byClass;
        if (options.Filter == LabelErrorFilter.Both)
            for (var i = 0; i < byRate.Length; i++) byRate[i] &= byClass[i];
        return byRate;
    }

    /// <summary>Items to take from (true j, given k) at j * K + k, and to keep on the diagonal: at least as many as the options say.</summary>
    private static int[] Counts(ConfidentJoint joint, LabelErrorOptions options)
    {
        var size = joint.LabelCount;
        var counts = new double[size * size];
        for (var k = 0; k < size; k++)
        {
            var nonZero = 0;
            for (var j = 0; j < size; j++)
                if (joint.Calibrated[k * size + j] != 0) nonZero++;
            double kept = joint.Calibrated[k * size + k];
            var raised = Math.Max(kept, options.MinExamplesPerClass);
            var decrease = (raised - kept) / Math.Max(nonZero - 1, 1);
            double taken = 0;
            for (var j = 0; j < size; j++)
            {
                if (j == k) continue;
                var before = Math.Max(0, joint.Calibrated[k * size + j] - decrease);
                counts[j * size + k] = Math.Truncate(before * options.FractionNoise);
                taken += before - before * options.FractionNoise;
            }

            counts[k * size + k] = Math.Truncate(raised + taken);
        }

        return Array.ConvertAll(counts, c => (int)c);
    }

    private static int[][] Members(ReadOnlySpan<int> labels, int[] givenCounts)
    {
        var members = Array.ConvertAll(givenCounts, n => new int[n]);
        var next = new int[givenCounts.Length];
        for (var i = 0; i < labels.Length; i++) members[labels[i]][next[labels[i]]++] = i;
        return members;
    }

    private static void Mark(bool[] marked, int[] members, int count, Func<int, double> key)
    {
        if (count <= 0) return;
        var keys = Array.ConvertAll(members, i => key(i));
        var order = Enumerable.Range(0, members.Length).ToArray();
        Array.Sort(order, (a, b) => keys[a] != keys[b] ? keys[a].CompareTo(keys[b]) : a - b);
        foreach (var place in order.AsSpan(0, Math.Min(count, order.Length))) marked[members[place]] = true;
    }
}
