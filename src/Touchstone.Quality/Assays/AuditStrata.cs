using Touchstone.Statistics;

namespace Touchstone.Quality.Assays;

/// <summary>Parts a release by class and confidence, shares out an audit among the parts, and draws it.</summary>
public sealed class AuditStrata
{
    /// <summary>Upper ends of the bands of confidence; the last band is what lies above.</summary>
    public static readonly IReadOnlyList<double> DefaultBands = [0.9, 0.99];

    private AuditStrata(string[] names, int[] stratumOf, int[][] members, double[] errorGuess) => (Names, StratumOf, Members, ExpectedErrors) = (names, stratumOf, members, errorGuess);

    /// <summary>What each part is called.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>Part of each item; -1 for an item that is left out, since its truth is known.</summary>
    public IReadOnlyList<int> StratumOf { get; }

    /// <summary>Items of each part, ascending.</summary>
    public IReadOnlyList<int[]> Members { get; }

    /// <summary>Share of errors that the posteriors expect in each part, at least 0.5 %: for sharing out the audit only.</summary>
    public IReadOnlyList<double> ExpectedErrors { get; }

    /// <summary>Parts a release.</summary>
    /// <param name="labels">Final label of each item, in [0, <paramref name="labelCount"/>).</param>
    /// <param name="confidences">Probability that the label is right, as the consensus has it, in [0, 1].</param>
    /// <param name="labelCount">Number of labels.</param>
    /// <param name="isKnown">Items whose truth is known and that need no audit; null for none.</param>
    /// <param name="bands">Upper ends of the bands, ascending; null is <see cref="DefaultBands"/>.</param>
    /// <param name="leastItems">Parts of fewer items join the other small parts of their band.</param>
    /// <param name="labelNames">What the labels are called; null names them by number.</param>
    public static AuditStrata By(
        ReadOnlySpan<int> labels, ReadOnlySpan<double> confidences, int labelCount, ReadOnlySpan<bool> isKnown = default, IReadOnlyList<double>? bands = null, int leastItems = 50, IReadOnlyList<string>? labelNames = null)
    {
        bands ??= DefaultBands;
        if (labels.Length != confidences.Length || (!isKnown.IsEmpty && isKnown.Length != labels.Length)) throw new ArgumentException("Labels, confidences and known items differ in number.", nameof(confidences));
        var cells = new List<int>[(bands.Count + 1) * (labelCount + 1)];
        for (var c = 0; c < cells.Length; c++) cells[c] = [];
        var sums = new double[labels.Length];
        for (var i = 0; i < labels.Length; i++)
        {
            if ((uint)labels[i] >= (uint)labelCount) throw new ArgumentOutOfRangeException(nameof(labels), labels[i], $"Item {i}: the label must lie in [0, {labelCount}).");
            if (!(confidences[i] >= 0 && confidences[i] <= 1)) throw new ArgumentOutOfRangeException(nameof(confidences), confidences[i], $"Item {i}: a confidence lies between 0 and 1.");
            sums[i] = 1 - confidences[i];
            if (isKnown.IsEmpty || !isKnown[i]) cells[Band(confidences[i], bands) * (labelCount + 1) + labels[i]].Add(i);
        }

        for (var c = 0; c < cells.Length; c++)
        {
            var others = (c / (labelCount + 1) + 1) * (labelCount + 1) - 1;
            if (c == others || cells[c].Count >= leastItems) continue;
            cells[others].AddRange(cells[c]);
            cells[c].Clear();
        }

        return Of(cells, labels.Length, sums, labelCount, bands, labelNames);
    }

    /// <summary>Shares out an audit: to each part in proportion to its items times the standard deviation of errors that is expected there (Neyman), at least two where there are so many.</summary>
    /// <param name="total">Items to audit; fewer where the release has fewer, more where two of each part are more.</param>
    /// <returns>Items to audit of each part.</returns>
    /// <remarks>J. Neyman, Journal of the Royal Statistical Society 97(4), 1934. What rounding leaves goes to the parts that lost most by it.</remarks>
    public int[] Allocate(int total)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(total);
        var sizes = Members.Select(m => Math.Min(2, m.Length)).ToArray();
        var weights = Members.Select((m, h) => m.Length * Math.Sqrt(ExpectedErrors[h] * (1 - ExpectedErrors[h]))).ToArray();
        var left = Math.Min(total, Members.Sum(m => m.Length)) - sizes.Sum();
        while (left > 0)
        {
            var open = Enumerable.Range(0, sizes.Length).Where(h => sizes[h] < Members[h].Length).ToArray();
            var weight = open.Sum(h => weights[h]);
            var given = 0;
            foreach (var h in open)
            {
                var more = Math.Min(Members[h].Length - sizes[h], (int)(left * weights[h] / weight));
                sizes[h] += more;
                given += more;
            }

            left -= given;
            if (given > 0) continue;
            // Fewer are left than parts: one each, to the largest weights first.
            foreach (var h in open.OrderByDescending(h => weights[h]).Take(left)) sizes[h]++;
            left -= Math.Min(left, open.Length);
        }

        return sizes;
    }

    /// <summary>Draws an audit: a simple random sample without replacement of each part. A larger audit of the same seed contains the smaller one, as a sequence of looks needs.</summary>
    /// <param name="sizes">Items to audit of each part.</param>
    /// <param name="seed">Seed of the draw.</param>
    /// <returns>Items of each part in the order of the draw.</returns>
    public int[][] Draw(IReadOnlyList<int> sizes, int seed)
    {
        var random = new SeededRandom(seed);
        return [.. Members.Select((members, h) =>
        {
            if (sizes[h] < 0 || sizes[h] > members.Length) throw new ArgumentOutOfRangeException(nameof(sizes), sizes[h], $"Part \"{Names[h]}\" has {members.Length} items.");
            var shuffled = (int[])members.Clone();
            random.Fork(h).Shuffle<int>(shuffled);
            return shuffled[..sizes[h]];
        })];
    }

    private static int Band(double confidence, IReadOnlyList<double> bands)
    {
        var band = 0;
        while (band < bands.Count && confidence >= bands[band]) band++;
        return band;
    }

    private static AuditStrata Of(List<int>[] cells, int count, double[] errors, int labelCount, IReadOnlyList<double> bands, IReadOnlyList<string>? labelNames)
    {
        var stratumOf = new int[count];
        Array.Fill(stratumOf, -1);
        List<string> names = [];
        List<int[]> members = [];
        List<double> guesses = [];
        for (var c = 0; c < cells.Length; c++)
        {
            if (cells[c].Count == 0) continue;
            cells[c].Sort();
            foreach (var item in cells[c]) stratumOf[item] = members.Count;
            var (label, band) = (c % (labelCount + 1), c / (labelCount + 1));
            var range = $"{(band == 0 ? 0 : bands[band - 1]):R}-{(band == bands.Count ? 1 : bands[band]):R}";
            names.Add(label == labelCount ? $"other classes, confidence {range}" : $"{labelNames?[label] ?? $"class {label}"}, confidence {range}");
            members.Add([.. cells[c]]);
            guesses.Add(Math.Clamp(cells[c].Average(i => errors[i]), 0.005, 0.5));
        }

        return new AuditStrata([.. names], stratumOf, [.. members], [.. guesses]);
    }
}
