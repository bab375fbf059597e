using System.Numerics;
using System.Runtime.InteropServices;

namespace Touchstone.Text.NGrams;

/// <summary>Tells which pieces of one text, such as lines, occurred before. Compares the pieces themselves. Memory of one thread that is used again.</summary>
public sealed class PieceSet
{
    private const int KeptCapacityMax = 1 << 20;

    private Slot[] _slots = new Slot[1 << 8];
    private uint _stamp;
    private int _count;
    private int _capacity = 1 << 8;

    private record struct Slot(uint Hash, uint Stamp, int Start, int Length);

    /// <summary>Forgets all pieces.</summary>
    public void Begin()
    {
        if (_slots.Length > KeptCapacityMax || _stamp == uint.MaxValue) (_slots, _stamp) = (new Slot[1 << 8], 0);
        (_count, _capacity) = (0, 1 << 8);
        _stamp++;
    }

    /// <summary>Takes a piece in.</summary>
    /// <param name="text">The text that all pieces since <see cref="Begin"/> belong to.</param>
    /// <param name="start">First UTF-16 unit.</param>
    /// <param name="length">Number of UTF-16 units.</param>
    /// <returns>False where an equal piece was taken in before.</returns>
    public bool Add(ReadOnlySpan<char> text, int start, int length)
    {
        var piece = text.Slice(start, length);
        var (hash, mask) = (Hash(piece), _capacity - 1);
        for (var index = (int)hash & mask; ; index = (index + 1) & mask)
        {
            ref var slot = ref _slots[index];
            if (slot.Stamp != _stamp)
            {
                slot = new Slot(hash, _stamp, start, length);
                if (++_count * 2 > _capacity) Grow();
                return true;
            }

            if (slot.Hash == hash && slot.Length == length && piece.SequenceEqual(text.Slice(slot.Start, length))) return false;
        }
    }

    private void Grow()
    {
        var (old, capacity, stamp) = (_slots, _capacity, _stamp);
        _capacity = checked(capacity * 2);
        (_slots, _stamp) = (new Slot[Math.Max(old.Length, _capacity)], 1);
        foreach (var slot in old.AsSpan(0, capacity))
        {
            if (slot.Stamp != stamp) continue;
            var index = (int)slot.Hash & (_capacity - 1);
            while (_slots[index].Stamp == _stamp) index = (index + 1) & (_capacity - 1);
            _slots[index] = slot with { Stamp = _stamp };
        }
    }

    private static uint Hash(ReadOnlySpan<char> piece)
    {
        var hash = (ulong)piece.Length * 0x9E3779B97F4A7C15;
        var words = MemoryMarshal.Cast<char, ulong>(piece);
        foreach (var word in words) hash = BitOperations.RotateLeft((hash ^ word) * 0xD6E8FEB86659FD93, 29);
        foreach (var unit in piece[(words.Length * 4)..]) hash = BitOperations.RotateLeft((hash ^ unit) * 0xD6E8FEB86659FD93, 29);
        hash ^= hash >> 32;
        return (uint)((hash * 0xD6E8FEB86659FD93) >> 32);
    }
}
