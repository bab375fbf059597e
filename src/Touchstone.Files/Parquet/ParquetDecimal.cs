using System.Globalization;
using System.Numerics;

namespace Touchstone.Files.Parquet;

/// <summary>A decimal number of any size: <see cref="Unscaled"/> / 10^<see cref="Scale"/>.</summary>
/// <param name="Unscaled">The digits as a whole number.</param>
/// <param name="Scale">How many of them are behind the point, at least 0.</param>
public readonly record struct ParquetDecimal(BigInteger Unscaled, int Scale)
{
    /// <summary>Digits that a <see cref="decimal"/> holds whatever they are.</summary>
    internal const int DecimalPrecisionMax = 28;

    /// <summary>The same number.</summary>
    public static ParquetDecimal From(decimal value)
    {
        Span<int> bits = stackalloc int[4];
        decimal.GetBits(value, bits);
        var unscaled = ((new BigInteger((uint)bits[2]) << 32) + (uint)bits[1] << 32) + (uint)bits[0];
        return new(value < 0 ? -unscaled : unscaled, (bits[3] >> 16) & 0xFF);
    }

    /// <summary>The same number with another count of places.</summary>
    /// <returns>False where digits other than 0 would be lost.</returns>
    public bool TryRescale(int scale, out ParquetDecimal rescaled)
    {
        if (scale >= Scale)
        {
            rescaled = new(Unscaled * BigInteger.Pow(10, scale - Scale), scale);
            return true;
        }

        rescaled = new(BigInteger.DivRem(Unscaled, BigInteger.Pow(10, Scale - scale), out var lost), scale);
        return lost.IsZero;
    }

    /// <summary>The number as a <see cref="decimal"/>, every place kept.</summary>
    /// <exception cref="OverflowException">It has more digits than fit.</exception>
    public decimal ToDecimal()
    {
        var magnitude = BigInteger.Abs(Unscaled);
        if (Scale > DecimalPrecisionMax || magnitude.GetBitLength() > 96) throw new OverflowException($"{this} has more digits than a decimal holds.");
        var low = (ulong)(magnitude & ulong.MaxValue);
        return new decimal((int)(uint)low, (int)(uint)(low >> 32), (int)(uint)(magnitude >> 64), Unscaled.Sign < 0, (byte)Scale);
    }

    /// <summary>The digits with a point and no exponent.</summary>
    public override string ToString()
    {
        var digits = BigInteger.Abs(Unscaled).ToString(CultureInfo.InvariantCulture).PadLeft(Scale + 1, '0');
        var whole = digits[..^Scale];
        return (Unscaled.Sign < 0 ? "-" : "") + (Scale == 0 ? digits : $"{whole}.{digits[^Scale..]}");
    }
}
