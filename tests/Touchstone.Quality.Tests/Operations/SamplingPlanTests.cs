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
            Assert.Equal(row.GetProperty("aoql_binomial_grid_1e-4").GetDouble(), ofLot.AverageOutgoingLimit(), 1e-6);
        }
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
