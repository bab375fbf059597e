using Touchstone.Statistics;

namespace Touchstone.Quality.Operations;

/// <summary>Watches whether a contributor errs more than they themselves used to.</summary>
/// <remarks>
/// Page's cumulative sum of log-likelihood ratios, S = max(0, S + log(L(raised) / L(usual))), with the likelihood of <see cref="WorkerGate"/>: an answer that the others give probability q has
/// L(e) = q (1 - e) + (1 - q) e / (K - 1), so that an answer of which the others say nothing moves nothing. On answers known to be right or wrong it is <see cref="BernoulliCusum"/> in other units.
/// The chart learns what is usual as it goes: the first <see cref="BaselineAnswers"/> answers are the baseline, and whenever the sum returns to 0 the answers up to there join it, so that the usual share of errors
/// follows from answers before the present rise alone. Few answers tell little of it: it is taken a part of a standard error above its estimate, lest a lucky start makes ordinary work look like decline. The raised
/// share is <see cref="Rise"/> above it. An alarm stays.
/// </remarks>
public sealed class DriftChart
{
    /// <summary>Answers before the chart begins to watch.</summary>
    public const int BaselineAnswers = 25;

    /// <summary>Rise of the share of errors that it is made to notice.</summary>
    public const double Rise = 0.25;

    /// <summary>Alarm from this log-likelihood ratio on.</summary>
    public const double Limit = 7;

    private const double UsualLeast = 0.05, UsualMost = 0.7, StandardErrors = 0.5;
    private readonly List<(double Right, int Choices)> _rise = [];
    private RunningErrors _before = RunningErrors.None;
    private bool _isWatching;
    private double _usual, _raised;

    /// <summary>Answers seen.</summary>
    public int Answers { get; private set; }

    /// <summary>The usual share of errors, in [0, 1]: that of the answers before the present rise; null before any.</summary>
    public double? Usual => _before.Answers == 0 ? null : _before.Errors;

    /// <summary>The share of errors in the present rise; null outside one.</summary>
    public double? Risen
    {
        get
        {
            if (_rise.Count == 0) return null;
            var errors = RunningErrors.None;
            foreach (var (right, choices) in _rise) errors = errors.After(right, choices);
            return errors.Errors;
        }
    }

    /// <summary>The sum S, a log-likelihood ratio of raised against usual; not negative.</summary>
    public double Statistic { get; private set; }

    /// <summary>Whether the sum has ever reached <see cref="Limit"/>.</summary>
    public bool IsAlarm { get; private set; }

    /// <summary>Number of the first answer (from 0) of the rise that rang the alarm; null without alarm.</summary>
    public int? Since { get; private set; }

    /// <summary>After one answer.</summary>
    /// <param name="right">Probability that it is right by everything but itself, in [0, 1].</param>
    /// <param name="choices">Answers to choose among, 2 or more.</param>
    public void Observe(double right, int choices)
    {
        if (!(right >= 0 && right <= 1)) throw new ArgumentOutOfRangeException(nameof(right), right, "A probability lies in [0, 1].");
        ArgumentOutOfRangeException.ThrowIfLessThan(choices, 2);
        Answers++;
        if (!_isWatching)
        {
            _before = _before.After(right, choices);
            if (_before.Answers == BaselineAnswers) Learn();
            return;
        }

        _rise.Add((right, choices));
        Statistic = Math.Max(0, Statistic + PortableMath.Log(RunningErrors.Likelihood(_raised, right, choices) / RunningErrors.Likelihood(_usual, right, choices)));
        if (Statistic >= Limit && !IsAlarm) (IsAlarm, Since) = (true, Answers - _rise.Count);
        if (Statistic > 0 || IsAlarm) return;
        foreach (var (itsRight, itsChoices) in _rise) _before = _before.After(itsRight, itsChoices);
        _rise.Clear();
        Learn();
    }

    private void Learn()
    {
        _isWatching = true;
        _usual = Math.Clamp(_before.Errors + StandardErrors * Math.Sqrt(_before.Errors * (1 - _before.Errors) / _before.Answers), UsualLeast, UsualMost);
        _raised = _usual + Rise;
    }
}
