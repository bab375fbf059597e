namespace Touchstone.Text.Hashing;

/// <summary>
/// The integers that NumPy's <c>RandomState(seed).randint(low, high, dtype=uint64 or uint32)</c> draws: published MinHash parameters are draws of it, so signatures are only
/// equal to another tool's when these are.
/// </summary>
/// <remarks>
/// MT19937 of M. Matsumoto and T. Nishimura (ACM TOMACS 8(1), 1998) seeded by init_genrand, values by masked rejection; a 64-bit value takes two outputs, the first one high.
/// Not safe for several threads; not for secrets.
/// </remarks>
public sealed class NumpyRandomState
{
    private const int StateLength = 624, Shift = 397;

    private readonly uint[] _state = new uint[StateLength];
    private int _next = StateLength;

    /// <summary>A generator at the start of its stream.</summary>
    public NumpyRandomState(uint seed)
    {
        _state[0] = seed;
        for (var i = 1; i < StateLength; i++) _state[i] = 1812433253u * (_state[i - 1] ^ (_state[i - 1] >> 30)) + (uint)i;
    }

    /// <summary>A value as <c>randint(low, high, dtype=uint64)</c> draws it.</summary>
    /// <param name="low">Smallest value.</param>
    /// <param name="high">One beyond the largest value.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no value between the two.</exception>
    public ulong NextUInt64(ulong low, ulong high)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(low, high);
        var range = high - 1 - low;
        // NumPy draws one output where 32 bits are enough for the range.
        if (range <= uint.MaxValue) return low + Below32((uint)range);
        var mask = ulong.MaxValue >> System.Numerics.BitOperations.LeadingZeroCount(range);
        ulong value;
        do
        {
            var first = Next();
            value = (((ulong)first << 32) | Next()) & mask;
        }
        while (value > range);
        return low + value;
    }

    /// <summary>A value as <c>randint(low, high, dtype=uint32)</c> draws it.</summary>
    /// <param name="low">Smallest value.</param>
    /// <param name="high">One beyond the largest value.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no value between the two.</exception>
    public uint NextUInt32(uint low, uint high)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(low, high);
        return low + Below32(high - 1 - low);
    }

    private uint Below32(uint range)
    {
        if (range == 0) return 0;
        if (range == uint.MaxValue) return Next();
        var mask = uint.MaxValue >> System.Numerics.BitOperations.LeadingZeroCount(range);
        uint value;
        do value = Next() & mask;
        while (value > range);
        return value;
    }

    private uint Next()
    {
        if (_next == StateLength) Regenerate();
        var y = _state[_next++];
        y ^= y >> 11;
        y ^= (y << 7) & 0x9D2C5680;
        y ^= (y << 15) & 0xEFC60000;
        return y ^ (y >> 18);
    }

    private void Regenerate()
    {
        for (var i = 0; i < StateLength; i++)
        {
            var y = (_state[i] & 0x80000000) | (_state[(i + 1) % StateLength] & 0x7FFFFFFF);
            _state[i] = _state[(i + Shift) % StateLength] ^ (y >> 1) ^ ((y & 1) == 0 ? 0 : 0x9908B0DFu);
        }

        _next = 0;
    }
}
