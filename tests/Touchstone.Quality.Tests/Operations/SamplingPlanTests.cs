using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using Touchstone.Quality.Operations;
using Touchstone.Quality.Tests.LabelErrors;

namespace Touchstone.Quality.Tests.Operations;

public sealed class SamplingPlanTests
{
    [Fact]
    public void Operating_characteristics_equal_those_of_scipy()
    {
        foreach (var row in ExpectedFile.Read("sampling-drift").GetProperty("single_sampling").EnumerateArray())
        {
            var plan = new SamplingPlan(row.GetProperty("n").GetInt32(), row.GetProperty("accept").GetInt32());
            foreach (var point in row.GetProperty("oc_binomial").EnumerateObject())
                Assert.Equal(point.Value.GetDouble(), plan.AcceptanceProbability(double.Parse(point.Name, CultureInfo.InvariantCulture)), 1e-9);
            var ofLot = plan with { LotSize = row.GetProperty("lot").GetInt32() };
            foreach (var point in row.GetProperty("oc_hypergeom").EnumerateObject())
                Assert.Equal(point.Value.GetDouble(), ofLot.AcceptanceProbability(double.Parse(point.Name, CultureInfo.InvariantCulture)), 1e-9);
            // The textbook's formula takes P(accept) for binomial and takes the sample off afterwards; ours does so for a stream, where nothing has to be taken off.
            var (lot, sample) = (ofLot.LotSize!.Value, ofLot.SampleSize);
            Assert.Equal(row.GetProperty("aoql_binomial_grid_1e-4").GetDouble(), plan.AverageOutgoingLimit() * (lot - sample) / lot, 1e-6);
            Assert.True(ofLot.AverageOutgoingLimit() >= plan.AverageOutgoingLimit() * (lot - sample) / lot - 1e-9);
        }
    }

    [Fact]
    public void What_leaves_a_lot_is_as_counted_over_every_number_of_errors_in_the_sample()
    {
        Prop.ForAll(ArbMap.Default.ArbFor<(int Lot, int Sample, int Accept)>(), draw =>
        {
            var lot = Math.Abs(draw.Lot % 60) + 1;
            var sample = Math.Abs(draw.Sample % lot) + 1;
            var plan = new SamplingPlan(sample, Math.Abs(draw.Accept % 4), lot);
            double worst = 0;
            for (var errors = 0; errors <= lot; errors++)
            {
                var leaves = 0.0;
                for (var found = 0; found <= Math.Min(plan.AcceptanceNumber, Math.Min(errors, sample)); found++)
                    leaves += Choose(errors, found) * Choose(lot - errors, sample - found) / Choose(lot, sample) * (errors - found) / lot;
                Assert.Equal(leaves, plan.AverageOutgoing((double)errors / lot), 1e-10);
                worst = Math.Max(worst, leaves);
            }

            Assert.Equal(worst, plan.AverageOutgoingLimit(), 1e-10);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(300));

        static double Choose(int of, int some) => some > of ? 0 : Enumerable.Range(1, some).Aggregate(1.0, (product, i) => product * (of - some + i) / i);
    }

    [Theory]
    [InlineData(50, 27, 0, 0.0092)]
    [InlineData(200, 89, 2, 0.010606337)]
    [InlineData(1000, 128, 3, 0.013875031)]
    public void The_worst_lot_is_found_among_whole_numbers_of_errors(int lot, int sample, int accept, double limit)
    {
        Assert.Equal(limit, new SamplingPlan(sample, accept, lot).AverageOutgoingLimit(), 1e-9);
        Assert.Equal(0, new SamplingPlan(lot, accept, lot).AverageOutgoingLimit());
    }

    [Fact]
    public void The_smallest_plans_equal_the_published_ones()
    {
        foreach (var row in ExpectedFile.Read("sampling-drift").GetProperty("smallest_plan (smallest c, then smallest n, binomial)").EnumerateArray())
        {
            double Number(string name) => row.GetProperty(name).GetDouble();
            var plan = SamplingPlans.Single(new PlanRequirement(Number("p1"), Number("p2"), Number("alpha"), Number("beta")))!;
            Assert.Equal((row.GetProperty("n").GetInt32(), row.GetProperty("c").GetInt32()), (plan.SampleSize, plan.AcceptanceNumber));
            Assert.Equal(Number("pa_at_p1"), plan.AcceptanceProbability(Number("p1")), 1e-9);
            Assert.Equal(Number("pa_at_p2"), plan.AcceptanceProbability(Number("p2")), 1e-9);
        }
    }

    [Theory]
    [InlineData(20)]
    [InlineData(150)]
    [InlineData(1000)]
    [InlineData(100_000)]
    public void A_plan_for_a_lot_keeps_both_risks_and_is_no_larger_than_that_for_a_stream(int lot)
    {
        var requirement = PlanRequirement.OfAccuracies(0.99, 0.95);
        var plan = SamplingPlans.Single(requirement, lot)!;
        Assert.True(plan.SampleSize <= Math.Min(lot, SamplingPlans.Single(requirement)!.SampleSize + 60));
        Assert.True(plan.AcceptanceProbability(Math.Floor(0.01 * lot) / lot) >= 0.95);
        Assert.True(plan.AcceptanceProbability(Math.Ceiling(0.05 * lot) / lot) <= 0.1);
    }

    [Fact]
    public void What_makes_no_sense_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => SamplingPlans.Single(PlanRequirement.OfAccuracies(0.95, 0.99)));
        Assert.Throws<ArgumentOutOfRangeException>(() => SamplingPlans.Single(new PlanRequirement(0.01, 0.05, 0)));
        Assert.Throws<ArgumentOutOfRangeException>(() => new SamplingPlan(10, 1).AcceptanceProbability(double.NaN));
    }

    [Fact]
    public void The_more_errors_come_in_the_seldomer_a_lot_is_accepted()
    {
        Prop.ForAll(ArbMap.Default.ArbFor<(int N, int C, bool IsLot)>(), draw =>
        {
            var n = Math.Abs(draw.N % 200) + 1;
            var plan = new SamplingPlan(n, Math.Abs(draw.C % n), draw.IsLot ? 500 : null);
            var curve = plan.Characteristic(1);
            Assert.Equal(1, curve[0].Acceptance, 1e-12);
            for (var i = 1; i < curve.Length; i++) Assert.True(curve[i].Acceptance <= curve[i - 1].Acceptance + 1e-12);
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Inspection_switches_as_the_standard_says()
    {
        var inspection = new InspectionSwitch();
        foreach (var accepted in new[] { true, false, true, true, true, true, false }) inspection = inspection.Observe(accepted);
        Assert.Equal(InspectionLevel.Normal, inspection.Level); // the two rejected lots are six apart
        inspection = inspection.Observe(true).Observe(false);
        Assert.Equal(InspectionLevel.Tightened, inspection.Level);
        for (var lot = 0; lot < 4; lot++) inspection = inspection.Observe(true);
        Assert.Equal(InspectionLevel.Tightened, inspection.Level);
        Assert.Equal(InspectionLevel.Normal, inspection.Observe(true).Level);
        for (var lot = 0; lot < 5; lot++) inspection = inspection.Observe(false);
        Assert.Equal(InspectionLevel.Stopped, inspection.Level);
        Assert.Equal(InspectionLevel.Tightened, inspection.Observe(true).Resume().Level);
    }
}
