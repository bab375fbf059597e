using Touchstone.Statistics;

namespace Touchstone.Quality.Categorical;

/// <summary>One pass over a range of items: posteriors from odds, and at once how often each contributor was right.</summary>
/// <param name="start">Votes of item i are those from start[i] to start[i + 1].</param>
/// <param name="packed">Contributor and label of each vote, the label in the low bits.</param>
/// <param name="labelBits">Bits of a label.</param>
/// <param name="known">Known class of each item, or empty.</param>
/// <param name="from">First item.</param>
/// <param name="to">The item after the last.</param>
/// <param name="contributorCount">Number of contributors.</param>
/// <param name="labels">Number of labels.</param>
internal sealed class OneCoinPass(int[] start, uint[] packed, int labelBits, int[] known, int from, int to, int contributorCount, int labels)
{
    private const int MostFactors = 20; // odds lie between 1e-10 and 1e10 * labels: so many cannot leave the range of a double

    private readonly uint _labelMask = (1u << labelBits) - 1;
    private readonly double[] _row = new double[labels];

    /// <summary>Expected number of right votes of each contributor.</summary>
    public double[] Right { get; } = new double[contributorCount];

    /// <summary>Expected number of items of each class.</summary>
    public double[] Classes { get; } = new double[labels];

    /// <summary>Log of the probability of the votes of these items, beyond that of all being wrong.</summary>
    public double LogOdds { get; private set; }

    public void StartFromShares()
    {
        Clear();
        for (var i = from; i < to; i++)
        {
            var votes = packed.AsSpan(start[i], start[i + 1] - start[i]);
            _row.AsSpan().Clear();
            if (Known.Has(known, i)) _row[known[i]] = 1;
            else if (votes.Length == 0) _row.AsSpan().Fill(1.0 / labels);
            else
            {
                foreach (var vote in votes) _row[(int)(vote & _labelMask)]++;
                for (var k = 0; k < labels; k++) _row[k] /= votes.Length;
            }

            Count(votes);
        }
    }

    /// <param name="odds">Of each contributor.</param>
    /// <param name="shares">Of each class.</param>
    /// <param name="posterior">Where posteriors go, item * K + class; empty when only counts are wanted.</param>
    public void Run(double[] odds, double[] shares, Span<double> posterior)
    {
        Clear();
        double sum = 0, compensation = 0;
        for (var i = from; i < to; i++)
        {
            var votes = packed.AsSpan(start[i], start[i + 1] - start[i]);
            var logEvidence = Known.Has(known, i) ? Clamp(votes, known[i], odds, shares) : votes.Length <= MostFactors ? ByFactors(votes, odds, shares) : ByLogs(votes, odds, shares);
            Count(votes);
            if (!posterior.IsEmpty) _row.CopyTo(posterior[(i * labels)..]);
            var term = logEvidence - compensation; // Kahan
            var next = sum + term;
            compensation = next - sum - term;
            sum = next;
        }

        LogOdds = sum;
    }

    private void Clear()
    {
        Right.AsSpan().Clear();
        Classes.AsSpan().Clear();
        LogOdds = 0;
    }

    private double ByFactors(ReadOnlySpan<uint> votes, double[] odds, double[] shares)
    {
        var row = _row;
        shares.CopyTo(row.AsSpan());
        foreach (var vote in votes) row[(int)(vote & _labelMask)] *= odds[(int)(vote >> labelBits)];
        double total = 0;
        foreach (var value in row) total += value;
        var scale = 1 / total;
        for (var k = 0; k < row.Length; k++) row[k] *= scale;
        return PortableMath.Log(total);
    }

    private double ByLogs(ReadOnlySpan<uint> votes, double[] odds, double[] shares)
    {
        var row = _row;
        var max = double.NegativeInfinity;
        for (var k = 0; k < row.Length; k++) row[k] = PortableMath.Log(shares[k]);
        foreach (var vote in votes) row[(int)(vote & _labelMask)] += PortableMath.Log(odds[(int)(vote >> labelBits)]);
        foreach (var value in row) max = Math.Max(max, value);
        double total = 0;
        for (var k = 0; k < row.Length; k++) total += row[k] = PortableMath.Exp(row[k] - max);
        for (var k = 0; k < row.Length; k++) row[k] /= total;
        return max + PortableMath.Log(total);
    }

    private double Clamp(ReadOnlySpan<uint> votes, int label, double[] odds, double[] shares)
    {
        var logEvidence = PortableMath.Log(shares[label]);
        foreach (var vote in votes)
            if ((int)(vote & _labelMask) == label) logEvidence += PortableMath.Log(odds[(int)(vote >> labelBits)]);
        _row.AsSpan().Clear();
        _row[label] = 1;
        return logEvidence;
    }

    private void Count(ReadOnlySpan<uint> votes)
    {
        var (row, right) = (_row, Right);
        foreach (var vote in votes) right[(int)(vote >> labelBits)] += row[(int)(vote & _labelMask)];
        Extrapolation.Add(Classes, row);
    }
}
