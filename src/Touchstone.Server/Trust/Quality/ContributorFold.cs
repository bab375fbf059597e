using System.Globalization;
using Touchstone.Quality.Operations;
using Touchstone.Statistics;

namespace Touchstone.Server.Trust.Quality;

/// <summary>What the gate says of a contributor. It may propose; only a person's decision changes anything.</summary>
/// <param name="Verdict">Its word.</param>
/// <param name="Answers">Graded answers since the last decision.</param>
/// <param name="Errors">Of them the expected number of errors.</param>
/// <param name="HonestErrors">Share of errors that passes as honest in this project now.</param>
/// <param name="BadErrors">Share of errors that leads to a proposal.</param>
/// <param name="Reason">A sentence.</param>
internal sealed record GateBody(GateVerdict Verdict, int Answers, double Errors, double HonestErrors, double BadErrors, string Reason);

/// <summary>Whether a contributor errs more than they used to.</summary>
/// <param name="Alarm">It rang since the last decision.</param>
/// <param name="Since">When the rise began that rang it.</param>
/// <param name="Statistic">Log-likelihood ratio of a raised share of errors against the usual one.</param>
/// <param name="Limit">Alarm from here on.</param>
/// <param name="Usual">Their usual share of errors; null before enough answers.</param>
/// <param name="Reason">A sentence.</param>
internal sealed record DriftBody(bool Alarm, DateTimeOffset? Since, double Statistic, double Limit, double? Usual, string Reason);

/// <summary>Some answers in a row.</summary>
/// <param name="From">Time of the first.</param>
/// <param name="To">Time of the last.</param>
/// <param name="Answers">How many.</param>
/// <param name="Right">Share that is right.</param>
/// <param name="Low">Lower end of its 95 % interval.</param>
/// <param name="High">Upper end.</param>
internal sealed record PointBody(DateTimeOffset From, DateTimeOffset To, int Answers, double Right, double Low, double High);

/// <summary>Folds a contributor's grades: everything that is said of them is computed when asked for.</summary>
internal static class ContributorFold
{
    public const int PointsMax = 60;
    private const int PointAnswersLeast = 10;

    /// <summary>Gate and drift over what was submitted after the last decision; what was counted before it counts no more.</summary>
    public static (GateBody Gate, DriftBody Drift) Judge(IReadOnlyList<GradeEntry> grades, DateTimeOffset? decidedAt)
    {
        var gate = new WorkerGate();
        var chart = new DriftChart();
        var counted = new List<GradeEntry>(grades.Count);
        foreach (var grade in grades)
        {
            if (grade.At <= decidedAt) continue;
            counted.Add(grade);
            gate = gate.Observe(grade.Right, grade.Choices, grade.Bounds);
            chart.Observe(grade.Right, grade.Choices);
        }

        return (
            new GateBody(gate.Verdict, gate.Answers, Rounding.ToDigest(gate.Errors), Rounding.ToDigest(gate.Bounds.Honest), Rounding.ToDigest(gate.Bounds.Bad), gate.Reason()),
            new DriftBody(chart.IsAlarm, chart.Since is { } since ? counted[since].At : null, Rounding.ToDigest(chart.Statistic), DriftChart.Limit, Rounding.ToDigest(chart.Usual), ReasonOf(chart)));
    }

    private static string ReasonOf(DriftChart chart) => chart switch
    {
        { IsAlarm: true } => string.Create(
            CultureInfo.InvariantCulture,
            $"About {100 * (chart.Risen ?? 0):F0} % of the last {chart.Answers - chart.Since} answers are wrong, after {100 * (chart.Usual ?? 0):F0} % before. A person looks into it."),
        { Answers: < DriftChart.BaselineAnswers } => string.Create(CultureInfo.InvariantCulture, $"{chart.Answers} answers; watching begins after {DriftChart.BaselineAnswers}."),
        _ => string.Create(CultureInfo.InvariantCulture, $"No more errors than usual, which is about {100 * (chart.Usual ?? 0):F0} %."),
    };

    public static (double? Right, double? Low, double? High) Share(IReadOnlyList<GradeEntry> grades)
    {
        if (grades.Count == 0) return default;
        var (right, low, high) = Share(grades, 0, grades.Count);
        return (right, low, high);
    }

    private static (double Right, double Low, double High) Share(IReadOnlyList<GradeEntry> grades, int from, int count)
    {
        double sum = 0;
        for (var i = from; i < from + count; i++) sum += grades[i].Right;
        var interval = ProportionInterval.Wilson(Math.Min(sum, count), count);
        return (Rounding.ToDigest(sum / count), Rounding.ToDigest(interval.Lower), Rounding.ToDigest(interval.Upper));
    }

    /// <summary>All grades in at most <see cref="PointsMax"/> parts of like size, oldest first.</summary>
    public static List<PointBody> Points(IReadOnlyList<GradeEntry> grades)
    {
        var size = Math.Max(PointAnswersLeast, (grades.Count + PointsMax - 1) / PointsMax);
        var points = new List<PointBody>();
        for (var from = 0; from < grades.Count; from += size)
        {
            var count = Math.Min(size, grades.Count - from);
            var (right, low, high) = Share(grades, from, count);
            points.Add(new PointBody(grades[from].At, grades[from + count - 1].At, count, right, low, high));
        }

        return points;
    }
}
