namespace Touchstone.Statistics.Tests;

public sealed class SumsAndQuantilesTests
{
    [Fact]
    public void A_compensated_sum_keeps_what_a_plain_one_loses()
    {
        double[] values = [1, 1e100, 1, -1e100];
        Assert.Equal(2, StableSum.Of(values));
        Assert.Equal(2, StableSum.Of(values.AsEnumerable()));
        Assert.Equal(100_000, StableSum.Of(Enumerable.Repeat(0.1, 1_000_000)), 1e-9);
    }

    [Fact]
    public void Lanes_add_in_the_order_that_is_promised()
    {
        var random = new SeededRandom(1);
        for (var length = 0; length < 40; length++)
        {
            var values = Enumerable.Range(0, length).Select(_ => random.NextNormal() * Math.Pow(10, random.NextInt(-8, 8))).ToArray();
            var lanes = new double[8];
            for (var i = 0; i < length; i++) lanes[i % 8] += values[i];
            var expected = ((lanes[0] + lanes[4]) + (lanes[2] + lanes[6])) + ((lanes[1] + lanes[5]) + (lanes[3] + lanes[7]));
            Assert.Equal(expected, StableSum.OfLanes(values));
        }
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(0.25, 1.75)]
    [InlineData(0.5, 2.5)]
    [InlineData(1, 4)]
    public void Quantiles_interpolate_as_numpy_does(double probability, double expected) =>
        Assert.Equal(expected, Quantiles.Of([4, 1, 3, 2], probability), 12);

    [Fact]
    public void A_weighted_median_counts_weight_and_not_values()
    {
        Assert.Equal(2, Quantiles.WeightedMedian([1, 2, 3], [1, 1, 1]));
        Assert.Equal(3, Quantiles.WeightedMedian([1, 2, 3], [1, 1, 5]));
        Assert.Equal(2.5, Quantiles.WeightedMedian([4, 1, 2, 3], [1, 1, 1, 1]));
        Assert.Equal(2, Quantiles.WeightedMedian([1, 9, 3], [1, 0, 1]));
        Assert.Equal(7, Quantiles.WeightedMedian([7], [0.1]));
        Assert.Throws<ArgumentException>(() => Quantiles.WeightedMedian([1, 2], [0, 0]));
    }

    [Fact]
    public void Digest_numbers_have_six_decimals_and_no_negative_zero()
    {
        Assert.Equal(0.333333, Rounding.ToDigest(1.0 / 3));
        Assert.Equal("0", Rounding.ToDigest(-1e-9).ToString(System.Globalization.CultureInfo.InvariantCulture));
        Assert.Null(Rounding.ToDigest((double?)null));
        Assert.Throws<ArgumentOutOfRangeException>(() => Rounding.ToDigest(double.NaN));
    }
}
