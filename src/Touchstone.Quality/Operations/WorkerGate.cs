using System.Globalization;
using Touchstone.Statistics;

namespace Touchstone.Quality.Operations;

/// <summary>What the gate says of a contributor. There is no word for expelling anyone: a statistic may propose, a person decides.</summary>
public enum GateVerdict
{
    /// <summary>Not enough answers yet.</summary>
    Watching,

    /// <summary>The answers are those of an honest contributor; watching goes on.</summary>
    Sound,

    /// <summary>Retraining is proposed; a person decides.</summary>
    ProposeRetraining,
}

/// <summary>Settings of a <see cref="WorkerGate"/>.</summary>
/// <param name="HonestErrors">Share of errors that an honest contributor may have, in (0, 1).</param>
/// <param name="BadErrors">Share of errors that should lead to retraining, above it.</param>
/// <param name="FalseProposals">Largest probability that an honest contributor is ever proposed, however long they work, in (0, 1).</param>
/// <param name="Miss">Probability that a round of answers of a bad contributor passes as sound, in (0, 1).</param>
public sealed record WorkerGateOptions(double HonestErrors = 0.15, double BadErrors = 0.4, double FalseProposals = 0.01, double Miss = 0.05)
{
    /// <summary>15 % errors are honest, 40 % are bad, and one honest contributor of a hundred is ever proposed.</summary>
    public static readonly WorkerGateOptions Default = new();
}

/// <summary>A gate on one contributor's answers: sequential tests one after another, so that later decline is seen too.</summary>
/// <remarks>
/// Each round is <see cref="Sprt"/>: a sound round ends and the next begins. The j-th round may call an honest contributor bad with probability 6 / (pi j)² times <see cref="WorkerGateOptions.FalseProposals"/>, which
/// sums to it over all rounds; Wald's bound makes that alpha / (1 - beta) at most, so alpha is taken (1 - beta) times smaller. Answers need not be gold: an answer to which the others give probability q adds
/// log((q (1 - p1) + (1 - q) p1 / (K - 1)) / (q (1 - p0) + (1 - q) p0 / (K - 1))), the likelihood ratio with the truth summed out; gold is q = 0 or 1.
/// <para>
/// The two shares of errors may differ from answer to answer (<see cref="Observe(double, int, GateBounds)"/>) as long as they are predictable, that is, follow from what was known before the answer. The product of the likelihood ratios then
/// still is a nonnegative supermartingale for whoever errs at each answer with at most the honest share p0 in force there: given the past, a ratio's expectation is linear in the true share, 1 at p0 and at least 1 at p1, hence
/// at most 1 below p0. By Ville's inequality it ever reaches 1 / alpha with probability alpha at most, and that holds for a round under way whatever the bounds were. (The thresholds depend on the risks alone, never on the shares.)
/// </para>
/// A record: observing gives a new state.
/// </remarks>
public sealed record WorkerGate
{
    private const double PiSquared = Math.PI * Math.PI;

    /// <summary>A gate before the first answer.</summary>
    public WorkerGate(WorkerGateOptions? options = null)
    {
        Options = options ?? WorkerGateOptions.Default;
        if (!(Options.FalseProposals > 0 && Options.FalseProposals < 1)) throw new ArgumentOutOfRangeException(nameof(options), Options.FalseProposals, "A probability of false proposals lies between 0 and 1.");
        _ = RoundTest(1);
        Bounds = new GateBounds(Options.HonestErrors, Options.BadErrors);
    }

    /// <summary>The settings.</summary>
    public WorkerGateOptions Options { get; }

    /// <summary>What it says now. A proposal stays until <see cref="AfterDecision"/>.</summary>
    public GateVerdict Verdict { get; private init; }

    /// <summary>Answers seen since the last decision of a person.</summary>
    public int Answers { get; private init; }

    /// <summary>Of them the expected number of errors.</summary>
    public double Errors { get; private init; }

    /// <summary>Rounds ended as sound.</summary>
    public int SoundRounds { get; private init; }

    /// <summary>Log-likelihood ratio of bad against honest in the round under way.</summary>
    public double Ratio { get; private init; }

    /// <summary>The shares of errors that the last answer was tested with: those of the options before one, and wherever none are given.</summary>
    public GateBounds Bounds { get; private init; }

    /// <summary>After a gold answer.</summary>
    public WorkerGate Observe(bool isRight) => Observe(isRight ? 1 : 0, 2);

    /// <summary>After an answer.</summary>
    /// <param name="probability">Probability that the answer is right from everything but this contributor's own answer: 0 or 1 for gold, a posterior otherwise; in [0, 1].</param>
    /// <param name="labelCount">Number of labels of the question, at least 2.</param>
    public WorkerGate Observe(double probability, int labelCount) => Observe(probability, labelCount, new GateBounds(Options.HonestErrors, Options.BadErrors));

    /// <summary>After an answer, tested between shares of errors of its own.</summary>
    /// <param name="probability">Probability that the answer is right from everything but this contributor's own answer, in [0, 1].</param>
    /// <param name="labelCount">Number of labels of the question, at least 2.</param>
    /// <param name="bounds">The shares in force at this answer. They must follow from what was known before it, such as <see cref="CrowdErrors.Bounds"/>.</param>
    public WorkerGate Observe(double probability, int labelCount, GateBounds bounds)
    {
        if (!(bounds.Honest > 0 && bounds.Honest < bounds.Bad && bounds.Bad < 1))
            throw new ArgumentOutOfRangeException(nameof(bounds), bounds, "The bad share of errors lies above the honest one, both between 0 and 1.");
        if (!(probability >= 0 && probability <= 1)) throw new ArgumentOutOfRangeException(nameof(probability), probability, "A probability lies in [0, 1].");
        ArgumentOutOfRangeException.ThrowIfLessThan(labelCount, 2);
        var seen = this with { Answers = Answers + 1, Errors = Errors + (1 - probability), Bounds = Verdict == GateVerdict.ProposeRetraining ? Bounds : bounds };
        if (Verdict == GateVerdict.ProposeRetraining) return seen;
        var test = RoundTest(SoundRounds + 1);
        var ratio = Ratio + PortableMath.Log(Likelihood(bounds.Bad, probability, labelCount) / Likelihood(bounds.Honest, probability, labelCount));
        if (ratio >= test.Upper) return seen with { Ratio = ratio, Verdict = GateVerdict.ProposeRetraining };
        return ratio <= test.Lower ? seen with { Ratio = 0, SoundRounds = SoundRounds + 1, Verdict = GateVerdict.Sound } : seen with { Ratio = ratio };
    }

    /// <summary>After a person decided on a proposal, whatever they decided: a fresh start.</summary>
    public WorkerGate AfterDecision() => new(Options);

    /// <summary>What a lead reads beside a proposal, in one sentence.</summary>
    public string Reason() => Verdict switch
    {
        GateVerdict.ProposeRetraining => string.Create(
            CultureInfo.InvariantCulture,
            $"About {Errors:F1} of {Answers} answers are wrong; that is {PortableMath.Exp(Math.Min(Ratio, 30)):F0} times likelier at {100 * Bounds.Bad:F0} % errors than at {100 * Bounds.Honest:F0} %. A person decides."),
        GateVerdict.Sound => string.Create(
            CultureInfo.InvariantCulture,
            $"About {Errors:F1} of {Answers} answers are wrong; {SoundRounds} {(SoundRounds == 1 ? "round of answers was that" : "rounds of answers were those")} of an honest contributor."),
        _ => string.Create(CultureInfo.InvariantCulture, $"About {Errors:F1} of {Answers} answers are wrong; more answers are needed."),
    };

    /// <summary>Gold answers that an honest contributor gives on average until the first round ends.</summary>
    public double ExpectedGoldAnswers() => RoundTest(1).Characteristic(Options.HonestErrors).ExpectedItems;

    private Sprt RoundTest(int round) =>
        new(Options.HonestErrors, Options.BadErrors, Options.FalseProposals * 6 / (PiSquared * round * round) * (1 - Options.Miss), Options.Miss);

    private static double Likelihood(double errors, double probability, int labelCount) =>
        probability * (1 - errors) + (1 - probability) * errors / (labelCount - 1);
}
