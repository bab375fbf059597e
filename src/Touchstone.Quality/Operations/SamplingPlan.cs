using Touchstone.Statistics;

namespace Touchstone.Quality.Operations;

/// <summary>A single sampling plan: look at so many items, accept the lot if no more than so many are wrong.</summary>
/// <param name="SampleSize">Items to look at, n.</param>
/// <param name="AcceptanceNumber">Errors up to which the lot is accepted, c.</param>
/// <param name="LotSize">Items of the lot, from which the sample is drawn without replacement; null for a stream or a lot so large that it does not matter.</param>
public sealed record SamplingPlan(int SampleSize, int AcceptanceNumber, int? LotSize = null)
{
    /// <summary>Errors from which on the lot is rejected, c + 1.</summary>
    public int RejectionNumber => AcceptanceNumber + 1;

    /// <summary>Probability that a lot with this share of errors is accepted: a point of the operating characteristic.</summary>
    /// <param name="errorShare">In [0, 1]; of a finite lot the nearest whole number of errors is meant (halves to even).</param>
    /// <remarks>Hypergeometric for a finite lot, binomial otherwise. Falls as the share rises.</remarks>
    public double AcceptanceProbability(double errorShare)
    {
        if (!(errorShare >= 0 && errorShare <= 1)) throw new ArgumentOutOfRangeException(nameof(errorShare), errorShare, "A share of errors lies in [0, 1].");
        return LotSize is { } lot
            ? Counting.HypergeometricCumulative(AcceptanceNumber, SampleSize, (int)Math.Round(errorShare * lot), lot)
            : Counting.BinomialCumulative(AcceptanceNumber, SampleSize, errorShare);
    }

    /// <summary>The operating characteristic at evenly spaced shares of errors from 0 to <paramref name="largestShare"/>.</summary>
    /// <param name="largestShare">In (0, 1].</param>
    /// <param name="points">At least 2.</param>
    public OperatingPoint[] Characteristic(double largestShare, int points = 101)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(points, 2);
        return [.. Enumerable.Range(0, points).Select(i => largestShare * i / (points - 1)).Select(p => new OperatingPoint(p, AcceptanceProbability(p), AverageOutgoing(p), AverageInspection(p)))];
    }

    /// <summary>Share of errors that leaves on average when rejected lots are looked through and put right, and errors of the sample too.</summary>
    /// <param name="errorShare">Share that comes in, in [0, 1]; of a finite lot the nearest whole number of errors is meant, as by <see cref="AcceptanceProbability"/>.</param>
    /// <remarks>H. F. Dodge and H. G. Romig, Bell System Technical Journal 8(4), 1929. p P(accept) for a stream.</remarks>
    public double AverageOutgoing(double errorShare)
    {
        if (!(errorShare >= 0 && errorShare <= 1)) throw new ArgumentOutOfRangeException(nameof(errorShare), errorShare, "A share of errors lies in [0, 1].");
        return LotSize is { } lot ? OutgoingOfLot((int)Math.Round(errorShare * lot), lot) : errorShare * Counting.BinomialCumulative(AcceptanceNumber, SampleSize, errorShare);
    }

    /// <summary>Items looked at on average when rejected lots are looked through: n + (1 - P(accept)) (N - n); n without a lot.</summary>
    /// <param name="errorShare">Share that comes in, in [0, 1].</param>
    public double AverageInspection(double errorShare) =>
        SampleSize + (LotSize is { } lot ? (1 - AcceptanceProbability(errorShare)) * (lot - SampleSize) : 0);

    /// <summary>The largest <see cref="AverageOutgoing"/> over all shares that may come in: no worse leaves on average, whatever comes.</summary>
    /// <remarks>The curve has one peak, since the logarithm of P(accept) bends downwards: of a lot the peak is found among whole numbers of errors, of a stream by golden section to 1e-9.</remarks>
    public double AverageOutgoingLimit() => LotSize is { } lot ? LimitOfLot(lot) : LimitOfStream();

    /// <summary>
    /// Mean share of errors that leaves from a lot with so many: each stays undetected with probability (N - n) / N, and the lot is then accepted if no more than c
    /// of the other errors are among the n of N - 1 items, which is hypergeometric.
    /// </summary>
    private double OutgoingOfLot(int errors, int lot) =>
        errors == 0 || SampleSize >= lot ? 0 : errors / (double)lot * ((lot - SampleSize) / (double)lot) * Counting.HypergeometricCumulative(AcceptanceNumber, SampleSize, errors - 1, lot - 1);

    private double LimitOfLot(int lot)
    {
        var (low, high) = (0, lot);
        while (low < high)
        {
            var middle = low + (high - low) / 2;
            if (OutgoingOfLot(middle + 1, lot) > OutgoingOfLot(middle, lot)) low = middle + 1;
            else high = middle;
        }

        return OutgoingOfLot(low, lot);
    }

    private double LimitOfStream()
    {
        var ratio = (Math.Sqrt(5) - 1) / 2;
        double low = 0, high = 1;
        while (high - low > 1e-9)
        {
            var (a, b) = (high - ratio * (high - low), low + ratio * (high - low));
            if (AverageOutgoing(a) > AverageOutgoing(b) || (AverageOutgoing(a) == 0 && a > 0)) high = b;
            else low = a;
        }

        return AverageOutgoing((low + high) / 2);
    }
}

/// <summary>One point of an operating characteristic.</summary>
/// <param name="ErrorShare">Share of errors in the lot.</param>
/// <param name="Acceptance">Probability that the lot is accepted.</param>
/// <param name="AverageOutgoing">Share of errors that leaves when rejected lots are put right.</param>
/// <param name="AverageInspection">Items looked at on average when rejected lots are looked through.</param>
public readonly record struct OperatingPoint(double ErrorShare, double Acceptance, double AverageOutgoing, double AverageInspection);
