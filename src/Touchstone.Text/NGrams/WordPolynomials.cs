using Touchstone.Text.Words;

namespace Touchstone.Text.NGrams;

/// <summary>
/// Hashes of words put together without spaces that do not depend on where one word ends and the next begins: the sum of c_k b^k over the characters, modulo the
/// prime 2^61 - 1 (Karp and Rabin 1987). The terms of each word are worked out once.
/// </summary>
internal sealed class WordPolynomials
{
    private const ulong Prime = (1UL << 61) - 1;

    /// <summary>Any base beyond the largest character serves; equal hashes are always followed by a comparison.</summary>
    private const ulong Base = 0x0F1E_2D3C_4B5A_6977 % Prime;

    private static readonly ulong InverseBase = Power(Base, Prime - 2);

    private Terms[] _terms = new Terms[1024];
    private Lexicon? _lexicon;
    private int _generation;

    /// <param name="Sum">Of c_k b^k over the word alone.</param>
    /// <param name="Power">b to the word's length; 0 where the terms are not known.</param>
    /// <param name="Inverse">Of <paramref name="Power"/>.</param>
    private readonly record struct Terms(ulong Sum, ulong Power, ulong Inverse);

    public void Begin(Lexicon lexicon)
    {
        if (!ReferenceEquals(lexicon, _lexicon) || lexicon.Generation != _generation)
        {
            Array.Clear(_terms);
            (_lexicon, _generation) = (lexicon, lexicon.Generation);
        }

        if (_terms.Length < lexicon.Count) Array.Resize(ref _terms, Math.Max(lexicon.Count, _terms.Length * 2));
    }

    /// <summary>Takes one more word behind those so far.</summary>
    /// <param name="id">Number of the word in the lexicon.</param>
    /// <param name="sum">Of all characters so far.</param>
    /// <param name="power">b to their number.</param>
    /// <param name="inverse">Of <paramref name="power"/>.</param>
    public void Append(int id, ref ulong sum, ref ulong power, ref ulong inverse)
    {
        var terms = _terms[id];
        if (terms.Power == 0) _terms[id] = terms = Of(_lexicon![id]);
        sum = Reduce(sum + Multiply(power, terms.Sum));
        power = Multiply(power, terms.Power);
        inverse = Multiply(inverse, terms.Inverse);
    }

    /// <summary>The hash of the characters between two sums.</summary>
    public static ulong Difference(ulong end, ulong start, ulong inverseAtStart) => Multiply(Reduce(end + Prime - start), inverseAtStart);

    private static Terms Of(ReadOnlySpan<char> word)
    {
        var (sum, power, inverse) = (0UL, 1UL, 1UL);
        foreach (var unit in word)
        {
            sum = Reduce(sum + Multiply(power, unit + 1UL));
            power = Multiply(power, Base);
            inverse = Multiply(inverse, InverseBase);
        }

        return new Terms(sum, power, inverse);
    }

    private static ulong Multiply(ulong first, ulong second)
    {
        var high = Math.BigMul(first, second, out var low);
        return Reduce((low & Prime) + (low >> 61 | high << 3));
    }

    private static ulong Reduce(ulong value)
    {
        value = (value & Prime) + (value >> 61);
        return value >= Prime ? value - Prime : value;
    }

    private static ulong Power(ulong value, ulong exponent)
    {
        var result = 1UL;
        for (; exponent > 0; exponent >>= 1)
        {
            if ((exponent & 1) == 1) result = Multiply(result, value);
            value = Multiply(value, value);
        }

        return result;
    }
}
