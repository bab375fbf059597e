using Touchstone.Annotations.Answers;
using Touchstone.Annotations.Ontologies;
using Touchstone.Quality.Operations;
using Touchstone.Quality.Reliabilities;
using Touchstone.Statistics;

namespace Touchstone.Quality.Tests.Operations;

/// <summary>The gate and the drift chart on grades that others' answers give, with nothing known.</summary>
public sealed class CrowdGateTests(ITestOutputHelper output)
{
    private static readonly string[] Options = ["a", "b", "c", "d"];

    private static readonly Ontology Choice = new([new ChoiceQuestion("q", null, [.. Options.Select(o => new ChoiceOption(o))])]);

    /// <summary>Somebody whose share of errors may change with the number of their answer.</summary>
    private sealed record Person(int Number, Func<int, double> Errors)
    {
        public int Given { get; set; }

        public WorkerGate Gate { get; set; } = new();

        public DriftChart Drift { get; } = new();

        public int? ProposedAt { get; set; }
    }

    private static void Run(List<Person> crowd, int tasks, int overlap, double hard, SeededRandom random)
    {
        var usual = new CrowdErrors();
        for (var task = 0; task < tasks; task++)
        {
            var truth = random.NextInt(4);
            var difficulty = random.NextBool(hard) ? 0.3 : 0;   // some tasks are hard for everybody
            var who = random.Sample(crowd.Count, overlap);
            Opinion[] opinions = [.. who.Select(w =>
            {
                var person = crowd[w];
                var isWrong = random.NextBool(Math.Min(0.75, person.Errors(person.Given++) + difficulty));
                return new Opinion($"{task:D6}-{w:D4}", $"p{w}", new AnswerSet(Choice, new Dictionary<string, Answer> { ["q"] = new ChoiceAnswer([Options[isWrong ? (truth + 1 + random.NextInt(3)) % 4 : truth]]) }));
            })];
            foreach (var (grade, w) in ResponseGrading.ByOthers(Choice, null, opinions).Zip(who))
            {
                var person = crowd[w];
                person.Gate = person.Gate.Observe(grade.Right, grade.Choices, usual.Bounds);
                person.Drift.Observe(grade.Right, grade.Choices);
                if (person.Gate.Verdict == GateVerdict.ProposeRetraining) person.ProposedAt ??= person.Gate.Answers;
            }

            foreach (var (grade, w) in ResponseGrading.ByOthers(Choice, null, opinions).Zip(who)) usual.Observe(w, grade.Right, grade.Choices);
        }
    }

    [Theory]
    [InlineData(2, 0)]
    [InlineData(3, 0)]
    [InlineData(3, 0.2)]
    public void Of_a_thousand_honest_contributors_hardly_one_is_proposed_by_the_others_answers(int overlap, double hard)
    {
        var random = new SeededRandom(21).Fork($"{overlap}/{hard}");
        List<Person> crowd = [.. Enumerable.Range(0, 1_000).Select(i => random.NextDouble(0.02, 0.15) is var errors ? new Person(i, _ => errors) : null!)];
        Run(crowd, 100 * crowd.Count / overlap, overlap, hard, random);
        var (proposed, rang) = (crowd.Count(p => p.ProposedAt is not null), crowd.Count(p => p.Drift.IsAlarm));
        output.WriteLine($"Of 1,000 honest contributors with about 100 answers each, {overlap} on a task, {hard:P0} of tasks hard: {proposed} proposed, {rang} drift alarms.");
        Assert.InRange(proposed, 0, 10);
        Assert.InRange(rang, 0, 20);
    }

    [Fact]
    public void Spammers_are_proposed_within_forty_answers_and_somebody_who_drifts_rings_the_alarm()
    {
        var (late, honest, silent, longest) = (0, 0, 0, 0);
        var since = new List<double>();
        for (var run = 0; run < 40; run++)
        {
            var random = new SeededRandom(22).Fork(run);
            List<Person> crowd = [.. Enumerable.Range(0, 8).Select(i => random.NextDouble(0.03, 0.12) is var errors ? new Person(i, _ => errors) : null!)];
            crowd.Add(new Person(8, _ => 0.75));
            crowd.Add(new Person(9, _ => 0.75));
            crowd.Add(new Person(10, given => given < 50 ? 0.06 : 0.55));
            Run(crowd, 540, 3, 0, random);
            foreach (var spammer in crowd[8..10])
            {
                longest = Math.Max(longest, spammer.ProposedAt ?? 999);
                if (spammer.ProposedAt is not <= 40) late++;
            }

            honest += crowd[..8].Count(p => p.ProposedAt is not null);
            if (!crowd[10].Drift.IsAlarm) silent++;
            else since.Add(crowd[10].Drift.Since!.Value);
        }

        output.WriteLine($"Of 80 spammers {late} later than after 40 answers, the slowest after {longest}; {honest} of 320 honest contributors proposed; {silent} of 40 who drift without alarm, the others since answer {string.Join(' ', since)}.");
        Assert.InRange(late, 0, 2);
        Assert.InRange(honest, 0, 4);
        Assert.InRange(silent, 0, 1);
        Assert.InRange(Quantiles.Of([.. since], 0.5), 45, 60);   // it began at 50
    }

    [Fact]
    public void Bounds_follow_the_crowd_and_a_minority_that_guesses_does_not_move_them()
    {
        var usual = new CrowdErrors();
        Assert.Equal(new GateBounds(0.15, 0.4), usual.Bounds);
        var random = new SeededRandom(3);
        for (var i = 0; i < 5_000; i++) usual.Observe(i % 10, random.NextBool(i % 10 < 4 ? 0.75 : 0.08) ? 0 : 1, 4);
        Assert.InRange(usual.Usual!.Value, 0.03, 0.2);
        Assert.InRange(usual.Bounds.Honest, 0.15, 0.25);
        for (var i = 0; i < 5_000; i++) usual.Observe(i % 10, random.NextBool(0.4) ? 0 : 1, 4);
        Assert.InRange(usual.Usual!.Value, 0.33, 0.47);
        Assert.Equal(usual.Bounds.Honest + GateBounds.Gap, usual.Bounds.Bad, 1e-12);
        for (var i = 0; i < 5_000; i++) usual.Observe(i % 10, 0, 2);
        Assert.Equal(GateBounds.HonestMost, usual.Bounds.Honest);
    }

    /// <summary>Ville's inequality with bounds that jump about: who errs as much as is honest at every answer is hardly ever proposed.</summary>
    [Fact]
    public void Moving_bounds_keep_the_promise_of_the_gate()
    {
        var proposed = 0;
        for (var person = 0; person < 1_000; person++)
        {
            var random = new SeededRandom(31).Fork(person);
            var gate = new WorkerGate();
            for (var answer = 0; answer < 500 && gate.Verdict != GateVerdict.ProposeRetraining; answer++)
            {
                var bounds = GateBounds.Of(gate.Ratio > 1 ? 0.15 : 0.15 + 0.25 * random.NextDouble());   // follows from the past alone
                gate = gate.Observe(random.NextBool(bounds.Honest) ? 0 : 1, 3, bounds);
            }

            if (gate.Verdict == GateVerdict.ProposeRetraining) proposed++;
        }

        output.WriteLine($"{proposed} of 1,000 proposed who err exactly as much as is honest at each answer.");
        Assert.InRange(proposed, 0, 16);   // at most 1 % in truth; the interval of what 1,000 show
        Assert.Throws<ArgumentOutOfRangeException>(() => new WorkerGate().Observe(1, 2, new GateBounds(0.4, 0.4)));
    }

    [Fact]
    public void A_drift_chart_learns_what_is_usual_before_it_judges()
    {
        var chart = new DriftChart();
        for (var i = 0; i < 400; i++) chart.Observe(i % 10 == 0 ? 0 : 1, 2);
        Assert.False(chart.IsAlarm);
        Assert.InRange(chart.Usual!.Value, 0.08, 0.12);
        for (var i = 0; i < 60 && !chart.IsAlarm; i++) chart.Observe(i % 2, 2);
        Assert.True(chart.IsAlarm);
        Assert.InRange(chart.Since!.Value, 390, 405);
        Assert.InRange(chart.Answers, 410, 440);
        for (var i = 0; i < 400; i++) chart.Observe(1, 2);
        Assert.True(chart.IsAlarm, "An alarm stays until somebody has looked into it.");
        Assert.Throws<ArgumentOutOfRangeException>(() => chart.Observe(double.NaN, 2));
    }
}
