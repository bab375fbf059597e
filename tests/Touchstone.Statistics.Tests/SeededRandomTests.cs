namespace Touchstone.Statistics.Tests;

public sealed class SeededRandomTests
{
    private const int Draws = 200_000;

    [Fact]
    public void The_stream_is_the_one_that_the_published_algorithm_gives()
    {
        // Computed apart from this code with Blackman and Vigna's xoshiro256starstar.c, its state filled by splitmix64.c from 42.
        var random = new SeededRandom(42);
        ulong[] expected = [1546998764402558742, 6990951692964543102, 12544586762248559009, 17057574109182124193, 18295552978065317476];
        Assert.Equal(expected, expected.Select(_ => random.NextUInt64()));
    }

    [Fact]
    public void The_same_seed_gives_the_same_draws_and_another_seed_others()
    {
        static double[] Draw(int seed)
        {
            var random = new SeededRandom(seed);
            return [random.NextDouble(), random.NextNormal(), random.NextGamma(0.3), random.NextBinomial(50, 0.2), random.NextPoisson(3), random.NextInt(1000)];
        }

        Assert.Equal(Draw(7), Draw(7));
        Assert.NotEqual(Draw(7), Draw(8));
    }

    [Fact]
    public void A_fork_depends_on_the_seed_and_its_name_not_on_what_was_drawn()
    {
        var (first, second) = (new SeededRandom(5), new SeededRandom(5));
        second.NextDouble();
        Assert.Equal(first.Fork("jitter").NextUInt64(), second.Fork("jitter").NextUInt64());
        Assert.NotEqual(first.Fork("jitter").NextUInt64(), first.Fork("misses").NextUInt64());
        Assert.NotEqual(first.Fork(1).NextUInt64(), first.Fork(2).NextUInt64());
        Assert.NotEqual(first.Fork("jitter").NextUInt64(), new SeededRandom(6).Fork("jitter").NextUInt64());
    }

    [Fact]
    public void Distributions_have_the_moments_that_they_should()
    {
        var random = new SeededRandom(1);
        AssertMoments(() => random.NextDouble(), 0.5, 1.0 / 12);
        AssertMoments(() => random.NextNormal(3, 2), 3, 4);
        AssertMoments(() => random.NextExponential(), 1, 1);
        AssertMoments(() => random.NextBinomial(20, 0.3), 6, 4.2);
        AssertMoments(() => random.NextBinomial(20, 0.9), 18, 1.8);
        AssertMoments(() => random.NextPoisson(4.5), 4.5, 4.5);
        AssertMoments(() => random.NextGamma(2.5), 2.5, 2.5);
        AssertMoments(() => random.NextGamma(0.4), 0.4, 0.4);
        AssertMoments(() => random.NextBeta(2, 6), 0.25, 0.25 * 0.75 / 9);
        AssertMoments(() => random.NextInt(10), 4.5, 99.0 / 12);
    }

    [Fact]
    public void Every_index_of_a_sample_without_replacement_is_equally_likely()
    {
        var random = new SeededRandom(2);
        var counts = new int[10];
        for (var i = 0; i < 30_000; i++)
        {
            var sample = random.Sample(10, 4);
            Assert.Equal(4, sample.Distinct().Count());
            foreach (var index in sample) counts[index]++;
        }

        Assert.All(counts, count => Assert.InRange(count, 11_600, 12_400));
        Assert.Equal(Enumerable.Range(0, 10), random.Sample(10, 10));
        Assert.Empty(random.Sample(10, 0));
    }

    [Fact]
    public void Weights_decide_how_often_an_index_is_chosen()
    {
        var random = new SeededRandom(3);
        var counts = new int[4];
        for (var i = 0; i < Draws; i++) counts[random.ChooseIndex([1, 0, 2, 1])]++;
        Assert.Equal(0, counts[1]);
        Assert.InRange(counts[2] / (double)Draws, 0.49, 0.51);
        Assert.Throws<ArgumentException>(() => random.ChooseIndex([0, 0]));
    }

    [Fact]
    public void A_shuffle_keeps_every_item_and_moves_each_anywhere()
    {
        var random = new SeededRandom(4);
        var firsts = new int[5];
        for (var i = 0; i < 20_000; i++)
        {
            int[] items = [0, 1, 2, 3, 4];
            random.Shuffle(items.AsSpan());
            Assert.Equal(10, items.Sum());
            firsts[items[0]]++;
        }

        Assert.All(firsts, count => Assert.InRange(count, 3_700, 4_300));
    }

    [Fact]
    public void Portable_logarithm_and_exponential_are_as_good_as_the_machines_own()
    {
        var random = new SeededRandom(9);
        for (var i = 0; i < 20_000; i++)
        {
            var x = Math.Pow(10, random.NextDouble(-300, 300));
            Assert.Equal(Math.Log(x), PortableMath.Log(x), Math.Abs(Math.Log(x)) * 4e-16);
            var y = random.NextDouble(-700, 700);
            Assert.Equal(1, PortableMath.Exp(y) / Math.Exp(y), 1e-15);
        }

        Assert.Equal(double.NegativeInfinity, PortableMath.Log(0));
        Assert.True(double.IsNaN(PortableMath.Log(-1)));
        Assert.Equal(Math.Log(double.Epsilon), PortableMath.Log(double.Epsilon), 1e-12);
        Assert.Equal(0, PortableMath.Log(1));
        Assert.Equal(0, PortableMath.Exp(-800));
        Assert.Equal(double.PositiveInfinity, PortableMath.Exp(800));
        Assert.Equal(1, PortableMath.Exp(0));
    }

    private static void AssertMoments(Func<double> draw, double mean, double variance)
    {
        double sum = 0, squares = 0;
        for (var i = 0; i < Draws; i++)
        {
            var x = draw();
            sum += x;
            squares += x * x;
        }

        var actual = sum / Draws;
        Assert.Equal(mean, actual, 5 * Math.Sqrt(variance / Draws));
        Assert.Equal(variance, squares / Draws - actual * actual, variance * 0.05);
    }
}
