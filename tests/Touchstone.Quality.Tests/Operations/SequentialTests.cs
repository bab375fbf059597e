using Touchstone.Quality.Operations;
using Touchstone.Quality.Tests.LabelErrors;
using Touchstone.Statistics;

namespace Touchstone.Quality.Tests.Operations;

public sealed class SequentialTests(ITestOutputHelper output)
{
    [Fact]
    public void Walds_test_ends_where_the_worked_examples_end()
    {
        foreach (var row in ExpectedFile.Read("sampling-drift").GetProperty("sprt").EnumerateArray())
        {
            double Number(string name) => row.GetProperty(name).GetDouble();
            var test = new Sprt(Number("p0"), Number("p1"), Number("alpha"), Number("beta"));
            Assert.Equal(Number("upper"), test.Upper, 1e-8);
            Assert.Equal(Number("lower"), test.Lower, 1e-8);
            var (decision, items, errors) = test.Run([.. row.Integers("errors_sequence").Select(e => e == 1)]);
            Assert.StartsWith(decision == SprtDecision.Good ? "accept" : "reject", row.GetProperty("decision")[0].GetString(), StringComparison.Ordinal);
            Assert.Equal(row.GetProperty("decision")[1].GetInt32(), items);
            Assert.Equal(Number("llr_at_decision"), test.Ratio(items, errors), 1e-8);
        }
    }

    [Fact]
    public void A_test_with_an_end_always_ends_and_its_risks_are_those_of_simulation()
    {
        var test = new Sprt(0.05, 0.2, 0.05, 0.05, largest: 60);
        foreach (var share in new[] { 0.02, 0.05, 0.1, 0.2, 0.4 })
        {
            var point = test.Characteristic(share);
            var random = new SeededRandom(5).Fork($"{share}");
            double good = 0, items = 0;
            const int runs = 4_000;
            for (var run = 0; run < runs; run++)
            {
                var (decision, n, _) = test.Run([.. Enumerable.Range(0, 60).Select(_ => random.NextBool(share))]);
                Assert.NotEqual(SprtDecision.Continue, decision);
                if (decision == SprtDecision.Good) good++;
                items += n;
            }

            Assert.Equal(point.Acceptance, good / runs, 0.03);
            Assert.Equal(point.ExpectedItems, items / runs, 1.5);
        }
    }

    [Fact]
    public void The_lines_of_the_plan_are_where_the_test_decides()
    {
        var test = new Sprt(0.05, 0.2);
        for (var items = 1; items < 200; items++)
            for (var errors = 0; errors <= items; errors++)
            {
                var expected = errors <= test.AcceptanceNumber(items) ? SprtDecision.Good : errors >= test.RejectionNumber(items) ? SprtDecision.Bad : SprtDecision.Continue;
                Assert.Equal(expected, test.Decide(items, errors));
            }

        double last = 1;
        foreach (var share in Enumerable.Range(0, 41).Select(i => i / 40.0))
        {
            var now = test.Characteristic(share).Acceptance;
            Assert.True(now <= last + 1e-9);
            last = now;
        }
    }

    [Fact]
    public void Honest_contributors_are_hardly_ever_proposed_and_spammers_within_forty_tasks()
    {
        var (honest, slowest, spammersMissed) = (0, 0, 0);
        foreach (var (labelCount, isSpammer) in new[] { (4, false), (4, true) })
            for (var person = 0; person < 1_000; person++)
            {
                var random = new SeededRandom(11).Fork($"{labelCount}/{isSpammer}/{person}");
                var errors = isSpammer ? 1 - 1.0 / labelCount : random.NextDouble(0.02, 0.15);
                var gate = new WorkerGate();
                for (var task = 0; task < 1_000 && gate.Verdict != GateVerdict.ProposeRetraining; task++) gate = gate.Observe(!random.NextBool(errors));
                var isProposed = gate.Verdict == GateVerdict.ProposeRetraining;
                if (!isSpammer && isProposed) honest++;
                if (isSpammer && (!isProposed || gate.Answers > 40)) spammersMissed++;
                if (isSpammer) slowest = Math.Max(slowest, gate.Answers);
            }

        output.WriteLine($"Of 1,000 honest contributors (2-15 % errors, 1,000 tasks each) {honest} proposed; of 1,000 spammers {spammersMissed} not within 40 tasks, the slowest after {slowest}.");
        Assert.InRange(honest, 0, 10);
        Assert.InRange(spammersMissed, 0, 5);
    }

    [Fact]
    public void Answers_judged_by_the_others_alone_are_enough()
    {
        // Three labels, three other contributors with 10 % errors each: the posterior from them, not the truth, is what the gate sees.
        var (honest, spammersMissed) = (0, 0);
        for (var person = 0; person < 400; person++)
        {
            var random = new SeededRandom(12).Fork(person);
            var isSpammer = person % 2 == 0;
            var gate = new WorkerGate();
            for (var task = 0; task < (isSpammer ? 40 : 500) && gate.Verdict != GateVerdict.ProposeRetraining; task++)
            {
                var counts = new int[3];
                for (var other = 0; other < 3; other++) counts[random.NextBool(0.1) ? 1 + random.NextInt(2) : 0]++;
                var weights = counts.Select(c => Math.Pow(18, c)).ToArray();
                var label = random.NextBool(isSpammer ? 2 / 3.0 : 0.1) ? 1 + random.NextInt(2) : 0;
                gate = gate.Observe(weights[label] / weights.Sum(), 3);
            }

            if (!isSpammer && gate.Verdict == GateVerdict.ProposeRetraining) honest++;
            if (isSpammer && gate.Verdict != GateVerdict.ProposeRetraining) spammersMissed++;
        }

        output.WriteLine($"Without gold: {honest} of 200 honest contributors proposed in 500 tasks; {spammersMissed} of 200 spammers not within 40.");
        Assert.InRange(honest, 0, 2);
        Assert.InRange(spammersMissed, 0, 6);
    }

    [Fact]
    public void A_proposal_stays_until_a_person_decides_and_decline_after_a_sound_start_is_seen()
    {
        var gate = new WorkerGate();
        for (var i = 0; i < 100; i++) gate = gate.Observe(isRight: true);
        Assert.Equal(GateVerdict.Sound, gate.Verdict);
        for (var i = 0; i < 40; i++) gate = gate.Observe(isRight: false);
        Assert.Equal(GateVerdict.ProposeRetraining, gate.Verdict);
        for (var i = 0; i < 200; i++) gate = gate.Observe(isRight: true);
        Assert.Equal(GateVerdict.ProposeRetraining, gate.Verdict);
        Assert.Contains("A person decides", gate.Reason(), StringComparison.Ordinal);
        Assert.Equal(GateVerdict.Watching, gate.AfterDecision().Verdict);
        Assert.Throws<ArgumentOutOfRangeException>(() => gate.Observe(double.NaN, 3));
    }
}
