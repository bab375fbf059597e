namespace Touchstone.Quality.Categorical;

/// <summary>Repeats a round of expectation maximisation until the log-likelihood no longer moves, with long steps where they help.</summary>
/// <remarks>
/// A long step is kept only if it does not lower the log-likelihood, so the likelihood of a maximum-likelihood fit never falls. Convergence is
/// always judged on a plain round, hence the fixed points are those of the plain iteration.
/// </remarks>
/// <param name="step">One round: reads a state, writes the next one, returns the log-likelihood of the parameters in between.</param>
/// <param name="start">The state to begin with; taken over.</param>
/// <param name="accelerated">Whether long steps are taken.</param>
/// <param name="slack">Share of its size by which a long step may lower the log-likelihood; above 0 where a prior, not the likelihood alone, is climbed.</param>
/// <param name="classes">How many counts at the end of a state are those of the classes.</param>
internal sealed class Ascent(Func<double[], double[], double> step, double[] start, bool accelerated, double slack, int classes)
{
    private const int PlainRounds = 4; // the first rounds decide which of several maxima is climbed: those are the plain iteration's
    private const double LongestLeap = 64;
    private const double FirstLeap = 4;

    private readonly List<double> _history = [];
    private double[] _first = start;
    private double[] _second = new double[start.Length];
    private double[] _third = accelerated ? new double[start.Length] : [];
    private double[] _leap = accelerated ? new double[start.Length] : [];
    private double _longest = FirstLeap;

    public double LogLikelihood { get; private set; } = double.NegativeInfinity;

    public int Rounds { get; private set; }

    public bool Converged { get; private set; }

    /// <summary>Where the path stands.</summary>
    public double[] State => _first;

    /// <summary>Log-likelihoods of the points kept, in order.</summary>
    public double[] History => [.. _history];

    /// <summary>Goes on until a plain round changes the log-likelihood by no more than a share of its size.</summary>
    public void Run(double tolerance, int maxRounds)
    {
        Converged = false;
        while (!Converged && Rounds < maxRounds)
        {
            Plain(_first, _second, tolerance);
            if (Converged || Rounds >= maxRounds || !accelerated || Rounds < PlainRounds)
            {
                (_first, _second) = (_second, _first);
                continue;
            }

            Plain(_second, _third, tolerance);
            if (Converged || Rounds >= maxRounds || !Leapt()) (_first, _third) = (_third, _first);
        }
    }

    private void Plain(double[] from, double[] to, double tolerance)
    {
        var next = step(from, to);
        Rounds++;
        Converged = Math.Abs(next - LogLikelihood) <= tolerance * Math.Abs(next);
        LogLikelihood = next;
        _history.Add(next);
    }

    private bool Leapt()
    {
        var length = Extrapolation.Leap(_first, _second, _third, _leap, _longest, classes);
        if (length <= 1) return false;
        var reached = step(_leap, _second);
        Rounds++;
        if (!(reached >= LogLikelihood - slack * Math.Abs(LogLikelihood)))
        {
            _longest = Math.Max(2, _longest / 2);
            return false;
        }

        if (length >= _longest) _longest = Math.Min(LongestLeap, _longest * 2);
        LogLikelihood = reached;
        _history.Add(reached);
        (_first, _second) = (_second, _first);
        return true;
    }
}
