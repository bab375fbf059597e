using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Touchstone.Statistics;

namespace Touchstone.Quality.Categorical;

/// <summary>
/// One pass over a range of items: the posterior of each from the contributors' confusions, and at once the counts that the next round needs.
/// A round so streams four bytes a vote; all else stays in the processor's caches.
/// </summary>
/// <remarks>
/// Rows are padded to whole vectors of four classes. All arithmetic is element by element and in the order of votes, so neither the width of the
/// machine's vectors nor the number of its cores changes a bit.
/// </remarks>
internal sealed class DawidSkenePass(VotesByItem votes, int[] known, int from, int to, int stride, int contributorCount)
{
    /// <summary>Votes of an item whose probabilities are multiplied as they are: none is below 1e-10, so the product stays within a double. More are added as logarithms.</summary>
    public const int MostFactors = 20;

    private readonly int _labels = votes.LabelCount;
    private readonly double[] _row = new double[stride];

    /// <summary>Expected number of times that a contributor said a label of items of a class: (contributor * K + said) * stride + actual.</summary>
    public double[] Counts { get; } = new double[contributorCount * votes.LabelCount * stride];

    /// <summary>Expected number of items of each class.</summary>
    public double[] Classes { get; } = new double[stride];

    /// <summary>Whether a posterior is put wholly on the most probable class, of equal ones the first.</summary>
    public bool Hard { get; set; }

    /// <summary>Log of the probability of the votes of these items.</summary>
    public double LogLikelihood { get; private set; }

    /// <summary>Starts from each item's share of votes.</summary>
    public void StartFromShares()
    {
        Clear();
        var tally = new int[_labels];
        for (var i = from; i < to; i++)
        {
            var cells = votes.Of(i);
            _row.AsSpan().Clear();
            if (known[i] != DawidSkene.Unknown) _row[known[i]] = 1;
            else if (cells.Length == 0) _row.AsSpan(0, _labels).Fill(1.0 / _labels);
            else
            {
                tally.AsSpan().Clear();
                foreach (var cell in cells) tally[cell % _labels]++;
                for (var k = 0; k < _labels; k++) _row[k] = (double)tally[k] / cells.Length;
                if (Hard) Harden(_row, _labels);
            }

            Scatter(cells);
        }
    }

    /// <summary>Posteriors, counts and log-likelihood under the given parameters.</summary>
    /// <param name="confusion">Laid out as <see cref="Counts"/>.</param>
    /// <param name="logConfusion">Its logarithms; not read where no item has more than <see cref="MostFactors"/> votes.</param>
    /// <param name="shares">Of each class, 0 in the padding.</param>
    /// <param name="logShares">Their logarithms, negative infinity in the padding.</param>
    /// <param name="posterior">Where posteriors go, item * K + class; empty when only counts are wanted.</param>
    public void Run(double[] confusion, double[] logConfusion, double[] shares, double[] logShares, Span<double> posterior)
    {
        Clear();
        double sum = 0, compensation = 0;
        for (var i = from; i < to; i++)
        {
            var cells = votes.Of(i);
            double logEvidence;
            if (cells.Length <= MostFactors)
            {
                shares.CopyTo(_row.AsSpan());
                Gather<Product>(confusion, cells);
                logEvidence = known[i] == DawidSkene.Unknown ? NormaliseProducts(_row, _labels) : PortableMath.Log(Clamp(_row, known[i]));
            }
            else
            {
                logShares.CopyTo(_row.AsSpan());
                Gather<Sum>(logConfusion, cells);
                logEvidence = known[i] == DawidSkene.Unknown ? Normalise(_row, _labels) : Clamp(_row, known[i]);
            }

            if (Hard) Harden(_row, _labels);
            Scatter(cells);
            if (!posterior.IsEmpty) _row.AsSpan(0, _labels).CopyTo(posterior[(i * _labels)..]);
            var term = logEvidence - compensation; // Kahan: all terms are negative, none exceeds the sum for long
            var next = sum + term;
            compensation = next - sum - term;
            sum = next;
        }

        LogLikelihood = sum;
    }

    private void Clear()
    {
        Counts.AsSpan().Clear();
        Classes.AsSpan().Clear();
        LogLikelihood = 0;
    }

    private static double Normalise(double[] row, int labels)
    {
        ref var first = ref MemoryMarshal.GetArrayDataReference(row);
        var largest = Vector256.LoadUnsafe(ref first);
        for (var j = 4; j < row.Length; j += 4) largest = Vector256.Max(largest, Vector256.LoadUnsafe(ref first, (nuint)j));
        var max = Math.Max(Math.Max(largest[0], largest[1]), Math.Max(largest[2], largest[3]));
        for (var j = 0; j < row.Length; j += 4)
            VectorExp.OfNegative(Vector256.LoadUnsafe(ref first, (nuint)j) - Vector256.Create(max)).StoreUnsafe(ref first, (nuint)j);
        double total = 0;
        for (var j = 0; j < labels; j++) total += row[j];
        for (var j = 0; j < row.Length; j += 4)
            (Vector256.LoadUnsafe(ref first, (nuint)j) / Vector256.Create(total)).StoreUnsafe(ref first, (nuint)j);
        return max + PortableMath.Log(total);
    }

    private static double NormaliseProducts(double[] row, int labels)
    {
        ref var first = ref MemoryMarshal.GetArrayDataReference(row);
        double total = 0;
        for (var j = 0; j < labels; j++) total += row[j];
        var scale = Vector256.Create(1 / total);
        for (var j = 0; j < row.Length; j += 4)
            (Vector256.LoadUnsafe(ref first, (nuint)j) * scale).StoreUnsafe(ref first, (nuint)j);
        return PortableMath.Log(total);
    }

    private static double Clamp(double[] row, int known)
    {
        var evidence = row[known];
        row.AsSpan().Clear();
        row[known] = 1;
        return evidence;
    }

    private static void Harden(double[] row, int labels)
    {
        var best = 0;
        for (var k = 1; k < labels; k++)
            if (row[k] > row[best]) best = k;
        row.AsSpan().Clear();
        row[best] = 1;
    }

    /// <summary>Adds the rows of the votes to the item's row, or multiplies them into it.</summary>
    private void Gather<TJoin>(double[] rows, ReadOnlySpan<int> cells)
        where TJoin : struct, IJoin
    {
        ref var row = ref MemoryMarshal.GetArrayDataReference(_row);
        ref var first = ref MemoryMarshal.GetArrayDataReference(rows);
        var at = 0;
        for (; stride - at > 12; at += 16) Gather<Four, TJoin>(ref Unsafe.Add(ref first, at), cells, stride, ref Unsafe.Add(ref row, at));
        switch (stride - at)
        {
            case 4: Gather<One, TJoin>(ref Unsafe.Add(ref first, at), cells, stride, ref Unsafe.Add(ref row, at)); break;
            case 8: Gather<Two, TJoin>(ref Unsafe.Add(ref first, at), cells, stride, ref Unsafe.Add(ref row, at)); break;
            case 12: Gather<Three, TJoin>(ref Unsafe.Add(ref first, at), cells, stride, ref Unsafe.Add(ref row, at)); break;
        }
    }

    /// <summary>Adds the item's row to the counts of its votes, and to the classes.</summary>
    private void Scatter(ReadOnlySpan<int> cells)
    {
        ref var row = ref MemoryMarshal.GetArrayDataReference(_row);
        ref var counts = ref MemoryMarshal.GetArrayDataReference(Counts);
        ref var classes = ref MemoryMarshal.GetArrayDataReference(Classes);
        for (var j = 0; j < stride; j += 4)
            (Vector256.LoadUnsafe(ref classes, (nuint)j) + Vector256.LoadUnsafe(ref row, (nuint)j)).StoreUnsafe(ref classes, (nuint)j);
        var at = 0;
        for (; stride - at > 12; at += 16) Scatter<Four>(ref Unsafe.Add(ref counts, at), cells, stride, ref Unsafe.Add(ref row, at));
        switch (stride - at)
        {
            case 4: Scatter<One>(ref Unsafe.Add(ref counts, at), cells, stride, ref Unsafe.Add(ref row, at)); break;
            case 8: Scatter<Two>(ref Unsafe.Add(ref counts, at), cells, stride, ref Unsafe.Add(ref row, at)); break;
            case 12: Scatter<Three>(ref Unsafe.Add(ref counts, at), cells, stride, ref Unsafe.Add(ref row, at)); break;
        }
    }

    // The compiler makes one method for each width, in which the row stays in registers.
    private static void Gather<TWidth, TJoin>(ref double rows, ReadOnlySpan<int> cells, int stride, ref double row)
        where TWidth : struct, IWidth
        where TJoin : struct, IJoin
    {
        var a = Vector256.LoadUnsafe(ref row);
        var b = TWidth.Vectors > 1 ? Vector256.LoadUnsafe(ref row, 4) : default;
        var c = TWidth.Vectors > 2 ? Vector256.LoadUnsafe(ref row, 8) : default;
        var d = TWidth.Vectors > 3 ? Vector256.LoadUnsafe(ref row, 12) : default;
        foreach (var cell in cells)
        {
            ref var place = ref Unsafe.Add(ref rows, (nint)cell * stride);
            a = TJoin.Of(a, Vector256.LoadUnsafe(ref place));
            if (TWidth.Vectors > 1) b = TJoin.Of(b, Vector256.LoadUnsafe(ref place, 4));
            if (TWidth.Vectors > 2) c = TJoin.Of(c, Vector256.LoadUnsafe(ref place, 8));
            if (TWidth.Vectors > 3) d = TJoin.Of(d, Vector256.LoadUnsafe(ref place, 12));
        }

        a.StoreUnsafe(ref row);
        if (TWidth.Vectors > 1) b.StoreUnsafe(ref row, 4);
        if (TWidth.Vectors > 2) c.StoreUnsafe(ref row, 8);
        if (TWidth.Vectors > 3) d.StoreUnsafe(ref row, 12);
    }

    private static void Scatter<TWidth>(ref double counts, ReadOnlySpan<int> cells, int stride, ref double row)
        where TWidth : struct, IWidth
    {
        var a = Vector256.LoadUnsafe(ref row);
        var b = TWidth.Vectors > 1 ? Vector256.LoadUnsafe(ref row, 4) : default;
        var c = TWidth.Vectors > 2 ? Vector256.LoadUnsafe(ref row, 8) : default;
        var d = TWidth.Vectors > 3 ? Vector256.LoadUnsafe(ref row, 12) : default;
        foreach (var cell in cells)
        {
            ref var place = ref Unsafe.Add(ref counts, (nint)cell * stride);
            (Vector256.LoadUnsafe(ref place) + a).StoreUnsafe(ref place);
            if (TWidth.Vectors > 1) (Vector256.LoadUnsafe(ref place, 4) + b).StoreUnsafe(ref place, 4);
            if (TWidth.Vectors > 2) (Vector256.LoadUnsafe(ref place, 8) + c).StoreUnsafe(ref place, 8);
            if (TWidth.Vectors > 3) (Vector256.LoadUnsafe(ref place, 12) + d).StoreUnsafe(ref place, 12);
        }
    }

    private interface IJoin
    {
        static abstract Vector256<double> Of(Vector256<double> a, Vector256<double> b);
    }

    private readonly struct Sum : IJoin
    {
        public static Vector256<double> Of(Vector256<double> a, Vector256<double> b) => a + b;
    }

    private readonly struct Product : IJoin
    {
        public static Vector256<double> Of(Vector256<double> a, Vector256<double> b) => a * b;
    }

    private interface IWidth
    {
        static abstract int Vectors { get; }
    }

    private readonly struct One : IWidth
    {
        public static int Vectors => 1;
    }

    private readonly struct Two : IWidth
    {
        public static int Vectors => 2;
    }

    private readonly struct Three : IWidth
    {
        public static int Vectors => 3;
    }

    private readonly struct Four : IWidth
    {
        public static int Vectors => 4;
    }
}
