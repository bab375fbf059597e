using Touchstone.Statistics;

namespace Touchstone.Quality.Operations;

/// <summary>Shares of errors between which a gate decides at one answer.</summary>
/// <param name="Honest">Share of errors that an honest contributor may have, in (0, 1).</param>
/// <param name="Bad">Share of errors that should lead to retraining, above it.</param>
public readonly record struct GateBounds(double Honest, double Bad)
{
    /// <summary>Errors beyond the honest share from which work is bad.</summary>
    public const double Gap = 0.25;

    /// <summary>Largest honest share: where everybody errs more than this, nothing tells bad work from a hard task.</summary>
    public const double HonestMost = 0.65;

    /// <summary>The bounds for an honest share, kept within (0, <see cref="HonestMost"/>].</summary>
    public static GateBounds Of(double honest)
    {
        var kept = Math.Clamp(honest, 1e-3, HonestMost);
        return new GateBounds(kept, kept + Gap);
    }
}

/// <summary>How often a crowd errs as usual, kept up from answer to answer: by it the bounds of <see cref="WorkerGate"/> follow how hard a project is.</summary>
/// <remarks>
/// A contributor's share of errors e is estimated by on-line expectation maximisation under the gate's own model, in which an answer that the others give probability q has likelihood
/// q (1 - e) + (1 - q) e / (K - 1): e moves by about 1 / n (at least 1 / <see cref="Memory"/>, so that it forgets) towards the probability that the answer is wrong. So doubt of the reference is not taken for errors of the contributor.
/// The crowd's is the median over contributors with at least <see cref="AnswersLeast"/> answers: half of a crowd would have to guess before guessing became usual.
/// Bounds: honest = max(0.15, the crowd's + 0.05), bad = honest + 0.25. They are renewed every <see cref="Interval"/> answers and follow from answers before the one that they are used at, never from it.
/// </remarks>
public sealed class CrowdErrors
{
    /// <summary>Answers of a contributor that count fully; older ones fade.</summary>
    public const int Memory = 200;

    /// <summary>Answers before a contributor counts for the crowd.</summary>
    public const int AnswersLeast = 10;

    /// <summary>Answers of the crowd from one renewal of the bounds to the next.</summary>
    public const int Interval = 16;

    private const double HonestLeast = 0.15;
    private const double Slack = 0.05;
    private readonly List<RunningErrors> _contributors = [];
    private int _answers;

    /// <summary>Bounds for the next answer.</summary>
    public GateBounds Bounds { get; private set; } = GateBounds.Of(HonestLeast);

    /// <summary>The crowd's usual share of errors in [0, 1]; null before anybody has answered enough.</summary>
    public double? Usual { get; private set; }

    /// <summary>Enters an answer, in the order of answers.</summary>
    /// <param name="contributor">Number of the contributor, from 0 on.</param>
    /// <param name="right">Probability that the answer is right by everything but itself, in [0, 1].</param>
    /// <param name="choices">Answers to choose among, 2 or more.</param>
    public void Observe(int contributor, double right, int choices)
    {
        while (_contributors.Count <= contributor) _contributors.Add(RunningErrors.None);
        _contributors[contributor] = _contributors[contributor].After(right, choices, Memory);
        if (++_answers % Interval == 0) Renew();
    }

    private void Renew()
    {
        double[] known = [.. _contributors.Where(c => c.Answers >= AnswersLeast).Select(c => c.Errors)];
        if (known.Length == 0) return;
        Usual = Quantiles.Of(known, 0.5);
        Bounds = GateBounds.Of(Math.Max(HonestLeast, Usual.Value + Slack));
    }
}
