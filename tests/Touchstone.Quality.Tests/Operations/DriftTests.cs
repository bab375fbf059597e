using Touchstone.Quality.Operations;
using Touchstone.Quality.Tests.LabelErrors;

namespace Touchstone.Quality.Tests.Operations;

public sealed class DriftTests
{
    [Fact]
    public void Drift_of_a_mix_equals_that_of_scipy()
    {
        var expected = ExpectedFile.Read("sampling-drift").GetProperty("drift");
        var drift = LabelMixDrift.Between(expected.Integers("base"), expected.Integers("current"));
        Assert.Equal(expected.GetProperty("psi").GetDouble(), drift.StabilityIndex, 1e-9);
        Assert.Equal(expected.GetProperty("js_divergence_nats").GetDouble(), drift.JensenShannon, 1e-9);
        Assert.Equal(expected.GetProperty("total_variation").GetDouble(), drift.TotalVariation, 1e-9);
        Assert.Equal(expected.GetProperty("chi2").GetDouble(), drift.Test.Statistic, 1e-8);
        Assert.Equal(expected.GetProperty("chi2_p").GetDouble(), drift.Test.PValue, 1e-9);
        Assert.Equal(expected.GetProperty("chi2_df").GetInt32(), drift.Test.DegreesOfFreedom);
        Assert.False(drift.IsSmoothed);
    }

    [Fact]
    public void A_label_that_comes_or_goes_gives_a_number_and_not_infinity()
    {
        var drift = LabelMixDrift.Between([50, 50, 0, 0], [50, 40, 10, 0]);
        Assert.True(drift.IsSmoothed);
        Assert.InRange(drift.StabilityIndex, 0.1, 1);
        Assert.Equal(2, drift.Test.DegreesOfFreedom);
        Assert.Equal(0, LabelMixDrift.Between([3, 4], [6, 8]).StabilityIndex, 1e-12);
        Assert.Equal(1, LabelMixDrift.Between([3], [9]).Test.PValue);
        Assert.Throws<ArgumentException>(() => LabelMixDrift.Between([0, 0], [1, 2]));
        Assert.Throws<ArgumentException>(() => LabelMixDrift.Between([1], [1, 2]));
    }

    [Fact]
    public void The_cumulative_sum_alarms_where_the_worked_example_does()
    {
        var expected = ExpectedFile.Read("sampling-drift").GetProperty("bernoulli_cusum");
        var chart = new BernoulliCusum(expected.GetProperty("p0").GetDouble(), expected.GetProperty("p1").GetDouble(), expected.GetProperty("threshold_h").GetDouble());
        Assert.Equal(expected.GetProperty("reference_value_k").GetDouble(), chart.Reference, 1e-9);
        var path = expected.Doubles("path_every_20");
        int? alarm = null;
        foreach (var error in expected.Integers("sequence"))
        {
            chart = chart.Observe(error == 1);
            if (chart.IsAlarm) alarm ??= chart.Answers;
            if (chart.Answers % 20 == 0) Assert.Equal(path[chart.Answers / 20 - 1], chart.Sum, 1e-8);
            if (chart.Answers == alarm) Assert.InRange(chart.LastZero, expected.GetProperty("change_after").GetInt32() - 20, expected.GetProperty("change_after").GetInt32() + 10);
        }

        Assert.Equal(expected.GetProperty("first_alarm_at").GetInt32(), alarm);
        Assert.Equal(0, chart.Reset().Sum);
    }

    [Fact]
    public void The_moving_average_equals_the_worked_example()
    {
        var expected = ExpectedFile.Read("sampling-drift");
        var ewma = expected.GetProperty("ewma");
        var average = new ErrorAverage(ewma.GetProperty("start").GetDouble(), ewma.GetProperty("lambda").GetDouble());
        Assert.Equal(ewma.GetProperty("limit_3sigma_asymptotic").GetDouble(), average.SteadyLimit, 1e-9);
        var values = ewma.Doubles("values_every_20");
        foreach (var error in expected.GetProperty("bernoulli_cusum").Integers("sequence"))
        {
            average = average.Observe(error == 1);
            if (average.Answers % 20 == 0) Assert.Equal(values[average.Answers / 20 - 1], average.Value, 1e-9);
        }

        Assert.True(average.IsAlarm);
        Assert.Equal(average.SteadyLimit, average.Limits.Upper, 1e-9);
    }
}
