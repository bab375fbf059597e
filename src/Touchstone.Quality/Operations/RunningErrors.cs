namespace Touchstone.Quality.Operations;

/// <summary>A contributor's share of errors, estimated answer by answer from what the others' answers say, with the truth summed out: on-line expectation maximisation.</summary>
/// <param name="Errors">The share, in (0, 1).</param>
/// <param name="Answers">Answers that it rests on.</param>
internal readonly record struct RunningErrors(double Errors, int Answers)
{
    /// <summary>Before any answer: what is believed of an honest contributor.</summary>
    public static readonly RunningErrors None = new(0.15, 0);

    /// <summary>Answers that the belief before any is worth.</summary>
    private const int PriorAnswers = 5;

    private const double Least = 1e-3;

    /// <summary>Probability of an answer that the others take to be right with <paramref name="right"/>, from somebody who errs so often.</summary>
    public static double Likelihood(double errors, double right, int choices) => right * (1 - errors) + (1 - right) * errors / (choices - 1);

    /// <summary>After one answer: a step towards the probability that it is wrong.</summary>
    /// <param name="right">Probability that it is right by everything but itself.</param>
    /// <param name="choices">Answers to choose among, 2 or more.</param>
    /// <param name="memory">Answers that count fully; older ones fade.</param>
    public RunningErrors After(double right, int choices, int memory = int.MaxValue)
    {
        var likelihood = Likelihood(Errors, right, choices);
        var wrong = likelihood > 0 ? (1 - right) * Errors / (choices - 1) / likelihood : Errors;
        var step = Math.Max(1.0 / (Answers + 1 + PriorAnswers), 1.0 / memory);
        return new RunningErrors(Math.Clamp(Errors + step * (wrong - Errors), Least, 1 - Least), Answers + 1);
    }
}
