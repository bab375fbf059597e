using Touchstone.Statistics;

namespace Touchstone.Quality.Operations;

/// <summary>A cumulative sum over right and wrong answers that rises when errors become more frequent.</summary>
/// <remarks>
/// M. R. Reynolds and Z. G. Stoumbos, A CUSUM chart for monitoring a proportion when inspecting continuously, Journal of Quality Technology 31(1), 1999. S = max(0, S + x - k), x = 1 for an error,
/// k = log((1 - p0) / (1 - p1)) / log(p1 (1 - p0) / (p0 (1 - p1))); an alarm from S at least h. After an alarm S goes on unless <see cref="Reset"/> is called.
/// </remarks>
public sealed record BernoulliCusum
{
    /// <summary>A chart before the first answer.</summary>
    /// <param name="usual">Share of errors p0 as usual, in (0, 1).</param>
    /// <param name="raised">Share of errors p1 to be noticed, in (p0, 1).</param>
    /// <param name="threshold">Alarm threshold h, greater than 0.</param>
    public BernoulliCusum(double usual, double raised, double threshold)
    {
        if (!(usual > 0 && usual < raised && raised < 1)) throw new ArgumentOutOfRangeException(nameof(raised), raised, $"The raised share of errors must lie above the usual one ({usual:R}), both between 0 and 1.");
        if (!(threshold > 0)) throw new ArgumentOutOfRangeException(nameof(threshold), threshold, "A threshold is greater than 0.");
        Threshold = threshold;
        Reference = PortableMath.Log((1 - usual) / (1 - raised)) / PortableMath.Log(raised * (1 - usual) / (usual * (1 - raised)));
    }

    /// <summary>What is taken off at each answer, k: between the two shares.</summary>
    public double Reference { get; }

    /// <summary>Alarm threshold h.</summary>
    public double Threshold { get; }

    /// <summary>The sum S, not negative.</summary>
    public double Sum { get; private init; }

    /// <summary>Answers seen.</summary>
    public int Answers { get; private init; }

    /// <summary>Answers at the start of the present rise: an estimate of when the change came.</summary>
    public int LastZero { get; private init; }

    /// <summary>Whether S has reached h.</summary>
    public bool IsAlarm => Sum >= Threshold;

    /// <summary>After one answer.</summary>
    public BernoulliCusum Observe(bool isError)
    {
        var sum = Math.Max(0, Sum + (isError ? 1 : 0) - Reference);
        return this with { Sum = sum, Answers = Answers + 1, LastZero = sum == 0 ? Answers + 1 : LastZero };
    }

    /// <summary>From zero again, after someone has looked into an alarm.</summary>
    public BernoulliCusum Reset() => this with { Sum = 0, LastZero = Answers };
}

/// <summary>An exponentially weighted moving average of errors with its control limits.</summary>
/// <remarks>
/// S. W. Roberts, Technometrics 1(3), 1959. z = lambda x + (1 - lambda) z from p0 on; limits p0 ± L sqrt(p0 (1 - p0) lambda / (2 - lambda) (1 - (1 - lambda)^(2t))), for large t without the last factor.
/// </remarks>
public sealed record ErrorAverage
{
    /// <summary>An average before the first answer.</summary>
    /// <param name="usual">Share of errors p0 as usual, in (0, 1); the average starts there.</param>
    /// <param name="weight">Weight lambda of the newest answer, in (0, 1].</param>
    /// <param name="width">Limits in standard deviations L, greater than 0.</param>
    public ErrorAverage(double usual, double weight = 0.1, double width = 3)
    {
        if (!(usual > 0 && usual < 1)) throw new ArgumentOutOfRangeException(nameof(usual), usual, "A share of errors lies between 0 and 1.");
        if (!(weight > 0 && weight <= 1)) throw new ArgumentOutOfRangeException(nameof(weight), weight, "A weight lies between 0 and 1, such as 0.1.");
        if (!(width > 0)) throw new ArgumentOutOfRangeException(nameof(width), width, "A width is greater than 0.");
        (Usual, Weight, Width, Value) = (usual, weight, width, usual);
    }

    /// <summary>Share of errors as usual, p0.</summary>
    public double Usual { get; }

    /// <summary>Weight of the newest answer, lambda.</summary>
    public double Weight { get; }

    /// <summary>Limits in standard deviations, L.</summary>
    public double Width { get; }

    /// <summary>The average z, in [0, 1].</summary>
    public double Value { get; private init; }

    /// <summary>Answers seen, t.</summary>
    public int Answers { get; private init; }

    /// <summary>The limits after the answers seen, not below 0 nor above 1.</summary>
    public Interval Limits
    {
        get
        {
            var half = Width * Math.Sqrt(Usual * (1 - Usual) * Weight / (2 - Weight) * (1 - Math.Pow(1 - Weight, 2.0 * Answers)));
            return new Interval(Math.Max(0, Usual - half), Math.Min(1, Usual + half));
        }
    }

    /// <summary>The upper limit that <see cref="Limits"/> nears.</summary>
    public double SteadyLimit => Math.Min(1, Usual + Width * Math.Sqrt(Usual * (1 - Usual) * Weight / (2 - Weight)));

    /// <summary>Whether there are more errors than the limits allow.</summary>
    public bool IsAlarm => Answers > 0 && Value > Limits.Upper;

    /// <summary>After one answer.</summary>
    public ErrorAverage Observe(bool isError) => this with { Value = Weight * (isError ? 1 : 0) + (1 - Weight) * Value, Answers = Answers + 1 };
}
