using System.Numerics;

namespace Touchstone.Statistics;

/// <summary>
/// A generator whose stream depends on its seed alone: the same on every machine, runtime and processor, so that a sample or a
/// simulation can be drawn again. Not for secrets.
/// </summary>
/// <remarks>
/// xoshiro256** of Blackman and Vigna (ACM TOMS 47(4), 2021), its state filled by SplitMix64. Distributions use no function of the
/// machine's C library. Not safe for several threads; give each its own <see cref="Fork(string)"/>.
/// </remarks>
public sealed class SeededRandom
{
    private const ulong GoldenGamma = 0x9E3779B97F4A7C15UL;

    private readonly ulong _seed;
    private ulong _s0, _s1, _s2, _s3;

    /// <summary>A generator at the start of its stream.</summary>
    /// <param name="seed">Any value; neighbouring seeds give unrelated streams.</param>
    public SeededRandom(ulong seed)
    {
        _seed = seed;
        var state = seed;
        _s0 = SplitMix(ref state);
        _s1 = SplitMix(ref state);
        _s2 = SplitMix(ref state);
        _s3 = SplitMix(ref state);
    }

    /// <summary>A generator at the start of its stream.</summary>
    public SeededRandom(int seed)
        : this(unchecked((ulong)seed))
    {
    }

    /// <summary>Another generator for a part of the work, which depends on this one's seed and the name but not on how much was drawn so far.</summary>
    /// <param name="name">What the part is called: an image's id, "jitter", ...</param>
    public SeededRandom Fork(string name) => new(Mix(_seed ^ StableHash.Of(name)));

    /// <summary>Another generator for the part of the work with this number.</summary>
    public SeededRandom Fork(int number) => new(Mix(_seed + GoldenGamma * (ulong)(uint)number + 1));

    /// <summary>64 uniform bits.</summary>
    public ulong NextUInt64()
    {
        var result = BitOperations.RotateLeft(_s1 * 5, 7) * 9;
        var t = _s1 << 17;
        _s2 ^= _s0;
        _s3 ^= _s1;
        _s1 ^= _s2;
        _s0 ^= _s3;
        _s2 ^= t;
        _s3 = BitOperations.RotateLeft(_s3, 45);
        return result;
    }

    /// <summary>Uniform in [0, 1), a multiple of 2^-53.</summary>
    public double NextDouble() => (NextUInt64() >> 11) * (1.0 / (1UL << 53));

    /// <summary>Uniform in [<paramref name="from"/>, <paramref name="to"/>).</summary>
    public double NextDouble(double from, double to) => from + (to - from) * NextDouble();

    /// <summary>Uniform in 0 ... <paramref name="exclusiveMax"/> - 1, without bias.</summary>
    /// <remarks>D. Lemire, Fast random integer generation in an interval, ACM TOMACS 29(1), 2019.</remarks>
    public int NextInt(int exclusiveMax)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(exclusiveMax);
        var range = (ulong)exclusiveMax;
        var high = Math.BigMul(NextUInt64(), range, out var low);
        if (low < range)
        {
            var threshold = unchecked(0UL - range) % range;
            while (low < threshold) high = Math.BigMul(NextUInt64(), range, out low);
        }

        return (int)high;
    }

    /// <summary>Uniform in <paramref name="min"/> ... <paramref name="exclusiveMax"/> - 1.</summary>
    public int NextInt(int min, int exclusiveMax)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(min, exclusiveMax);
        var span = (long)exclusiveMax - min;
        return span <= int.MaxValue ? min + NextInt((int)span) : (int)(min + (long)Math.BigMul(NextUInt64(), (ulong)span, out _));
    }

    /// <summary>True with probability <paramref name="probability"/>.</summary>
    public bool NextBool(double probability = 0.5) => NextDouble() < probability;

    /// <summary>Normal with the given mean and standard deviation, by inversion: one uniform a draw.</summary>
    public double NextNormal(double mean = 0, double standardDeviation = 1) =>
        mean + standardDeviation * Normal.Quantile(NextOpenDouble());

    /// <summary>Exponential with mean 1.</summary>
    public double NextExponential() => -PortableMath.Log(NextOpenDouble());

    /// <summary>Number of successes in <paramref name="trials"/> trials. O(trials * min(p, 1 - p) + 1) time.</summary>
    /// <remarks>Second waiting time method: L. Devroye, Non-Uniform Random Variate Generation, 1986, X.4.</remarks>
    public int NextBinomial(int trials, double probability)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(trials);
        if (probability > 0.5) return trials - NextBinomial(trials, 1 - probability);
        if (probability <= 0 || trials == 0) return 0;
        var logMiss = PortableMath.Log(1 - probability);
        var successes = 0;
        double sum = 0;
        while (true)
        {
            sum += PortableMath.Log(NextOpenDouble()) / (trials - successes);
            if (sum < logMiss) return successes;
            if (++successes == trials) return trials;
        }
    }

    /// <summary>Poisson with the given mean. O(mean) time.</summary>
    public int NextPoisson(double mean)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(mean);
        var count = 0;
        var left = mean - NextExponential();
        while (left >= 0)
        {
            count++;
            left -= NextExponential();
        }

        return count;
    }

    /// <summary>Gamma with the given shape and scale 1.</summary>
    /// <remarks>Marsaglia and Tsang, ACM TOMS 26(3), 2000.</remarks>
    public double NextGamma(double shape)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(shape);
        if (shape < 1) return NextGamma(shape + 1) * PortableMath.Exp(PortableMath.Log(NextOpenDouble()) / shape);
        var d = shape - 1.0 / 3;
        var c = 1 / Math.Sqrt(9 * d);
        while (true)
        {
            var x = NextNormal();
            var v = 1 + c * x;
            if (v <= 0) continue;
            v = v * v * v;
            if (PortableMath.Log(NextOpenDouble()) < 0.5 * x * x + d - d * v + d * PortableMath.Log(v)) return d * v;
        }
    }

    /// <summary>Beta with the given parameters.</summary>
    public double NextBeta(double alpha, double beta)
    {
        var x = NextGamma(alpha);
        return x / (x + NextGamma(beta));
    }

    /// <summary>One of the items, each equally likely.</summary>
    public T Choose<T>(IReadOnlyList<T> items) => items[NextInt(items.Count)];

    /// <summary>An index, each with probability proportional to its weight.</summary>
    /// <param name="weights">Not negative, not all zero.</param>
    public int ChooseIndex(ReadOnlySpan<double> weights)
    {
        double total = 0;
        foreach (var weight in weights) total += weight;
        if (!(total > 0)) throw new ArgumentException("The weights must not be negative and must not all be zero.", nameof(weights));
        var left = NextDouble() * total;
        var last = 0;
        for (var i = 0; i < weights.Length; i++)
        {
            if (weights[i] <= 0) continue;
            last = i;
            left -= weights[i];
            if (left < 0) return i;
        }

        return last;
    }

    /// <summary>Puts the items into a uniformly random order.</summary>
    public void Shuffle<T>(Span<T> items)
    {
        for (var i = items.Length - 1; i > 0; i--)
        {
            var j = NextInt(i + 1);
            (items[i], items[j]) = (items[j], items[i]);
        }
    }

    /// <summary>A simple random sample without replacement.</summary>
    /// <returns><paramref name="count"/> different numbers of 0 ... <paramref name="population"/> - 1, ascending.</returns>
    /// <remarks>Floyd's algorithm: Bentley and Floyd, Communications of the ACM 30(9), 1987. O(count log count) time.</remarks>
    public int[] Sample(int population, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, population);
        var chosen = new HashSet<int>(count);
        for (var j = population - count; j < population; j++)
            if (!chosen.Add(NextInt(j + 1))) chosen.Add(j);
        var sample = chosen.ToArray();
        Array.Sort(sample);
        return sample;
    }

    private double NextOpenDouble() => ((NextUInt64() >> 11) + 0.5) * (1.0 / (1UL << 53));

    private static ulong SplitMix(ref ulong state) => Mix(state += GoldenGamma);

    private static ulong Mix(ulong z)
    {
        z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9UL;
        z = (z ^ z >> 27) * 0x94D049BB133111EBUL;
        return z ^ z >> 31;
    }
}
