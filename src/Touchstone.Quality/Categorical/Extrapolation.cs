using System.Numerics;
using System.Runtime.InteropServices;

namespace Touchstone.Quality.Categorical;

/// <summary>Long steps for slow iterations: from three points of a path to where it seems to lead.</summary>
/// <remarks>
/// The third scheme of SQUAREM (R. Varadhan and C. Roland, Scandinavian Journal of Statistics 35(2), 2008), taken on expected counts rather than on
/// parameters: their sums are fixed by the votes and stay so on a straight line, and negative ones, which only a long step makes, are set to 0.
/// Sums are taken in a fixed order of eight lanes, whatever the machine.
/// </remarks>
internal static class Extrapolation
{
    /// <summary>Writes the extrapolated point.</summary>
    /// <param name="first">The point at which the two steps began.</param>
    /// <param name="second">The point after one.</param>
    /// <param name="third">The point after two.</param>
    /// <param name="to">Where to write; may be none of the others.</param>
    /// <param name="longest">The longest step allowed, in the same measure as the returned one.</param>
    /// <param name="classes">So many counts at the end are those of the classes, which stay shares of one whole also where one is set to 0.</param>
    /// <returns>How many plain steps the long one is worth, roughly; 1 and nothing written when there is nothing to gain.</returns>
    public static double Leap(double[] first, double[] second, double[] third, double[] to, double longest, int classes)
    {
        double step = 0, bend = 0;
        for (var i = 0; i < first.Length; i++)
        {
            var r = second[i] - first[i];
            var v = third[i] - second[i] - r;
            step += r * r;
            bend += v * v;
        }

        if (bend <= 0 || step <= bend) return 1;
        var length = Math.Min(Math.Sqrt(step / bend), longest);
        for (var i = 0; i < first.Length; i++)
        {
            var r = second[i] - first[i];
            var v = third[i] - second[i] - r;
            to[i] = Math.Max(0, first[i] + 2 * length * r + length * length * v);
        }

        KeepSum(third.AsSpan(third.Length - classes), to.AsSpan(to.Length - classes));
        return length;
    }

    private static void KeepSum(ReadOnlySpan<double> of, Span<double> counts)
    {
        double wanted = 0, sum = 0;
        foreach (var count in of) wanted += count;
        foreach (var count in counts) sum += count;
        if (sum <= 0) of.CopyTo(counts);
        else
            foreach (ref var count in counts) count *= wanted / sum;
    }

    /// <summary>Adds element by element.</summary>
    public static void Add(Span<double> to, ReadOnlySpan<double> values)
    {
        ref var target = ref MemoryMarshal.GetReference(to);
        ref var source = ref MemoryMarshal.GetReference(values[..to.Length]); // checks the lengths, once
        var i = 0;
        for (; i <= to.Length - Vector<double>.Count; i += Vector<double>.Count)
            (Vector.LoadUnsafe(ref target, (nuint)i) + Vector.LoadUnsafe(ref source, (nuint)i)).StoreUnsafe(ref target, (nuint)i);
        for (; i < to.Length; i++) to[i] += values[i];
    }
}
