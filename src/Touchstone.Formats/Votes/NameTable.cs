using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace Touchstone.Formats.Votes;

/// <summary>Names numbered from 0 in the order in which they first come; looked up by their UTF-8 bytes without making a string.</summary>
internal sealed class NameTable
{
    private const int FirstSlots = 1024;
    private int[] _slots = new int[FirstSlots];     // number + 1; 0 is free
    private uint[] _hashes = new uint[FirstSlots / 2];
    private int[] _ends = new int[FirstSlots / 2];  // end of a name in _bytes; it begins where the one before ends
    private long[] _lines = new long[FirstSlots / 2];
    private byte[] _bytes = new byte[16 * FirstSlots];

    public int Count { get; private set; }

    /// <summary>Line on which a name first came.</summary>
    public long LineOf(int number) => _lines[number];

    public string this[int number] => Encoding.UTF8.GetString(Bytes(number));

    public string[] ToArray()
    {
        var names = new string[Count];
        for (var i = 0; i < names.Length; i++) names[i] = this[i];
        return names;
    }

    /// <summary>The name's number, or -1 where it never came.</summary>
    public int Find(ReadOnlySpan<byte> name)
    {
        var hash = Hash(name);
        for (var slot = hash & (uint)(_slots.Length - 1); ; slot = (slot + 1) & (uint)(_slots.Length - 1))
        {
            var number = _slots[slot] - 1;
            if (number < 0) return -1;
            if (_hashes[number] == hash && Bytes(number).SequenceEqual(name)) return number;
        }
    }

    /// <summary>The name's number, a new one where it never came.</summary>
    /// <param name="name">UTF-8, which is not looked into.</param>
    /// <param name="line">Line on which it stands.</param>
    /// <param name="isNew">Whether it came for the first time.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public int Add(ReadOnlySpan<byte> name, long line, out bool isNew)
    {
        var hash = Hash(name);
        var slot = hash & (uint)(_slots.Length - 1);
        for (; ; slot = (slot + 1) & (uint)(_slots.Length - 1))
        {
            var number = _slots[slot] - 1;
            if (number < 0) break;
            if (_hashes[number] != hash || !Bytes(number).SequenceEqual(name)) continue;
            isNew = false;
            return number;
        }

        isNew = true;
        if (Count == _hashes.Length)
        {
            Grow();
            slot = FreeSlot(hash);
        }

        Keep(name);
        _slots[slot] = Count + 1;
        _hashes[Count] = hash;
        _lines[Count] = line;
        return Count++;
    }

    private ReadOnlySpan<byte> Bytes(int number)
    {
        var start = number == 0 ? 0 : _ends[number - 1];
        return _bytes.AsSpan(start, _ends[number] - start);
    }

    private void Keep(ReadOnlySpan<byte> name)
    {
        var start = Count == 0 ? 0 : _ends[Count - 1];
        if (_bytes.Length - start < name.Length) Array.Resize(ref _bytes, (int)Math.Min(Array.MaxLength, Math.Max(2L * _bytes.Length, (long)start + name.Length)));
        name.CopyTo(_bytes.AsSpan(start));
        _ends[Count] = start + name.Length;
    }

    private void Grow()
    {
        Array.Resize(ref _hashes, Count * 2);
        Array.Resize(ref _ends, Count * 2);
        Array.Resize(ref _lines, Count * 2);
        _slots = new int[Count * 4];
        for (var number = 0; number < Count; number++) _slots[FreeSlot(_hashes[number])] = number + 1;
    }

    private uint FreeSlot(uint hash)
    {
        var slot = hash & (uint)(_slots.Length - 1);
        while (_slots[slot] != 0) slot = (slot + 1) & (uint)(_slots.Length - 1);
        return slot;
    }

    private static uint Hash(ReadOnlySpan<byte> name)
    {
        const ulong Mixer = 0x9E3779B97F4A7C15;
        var hash = (ulong)name.Length * Mixer;
        while (name.Length >= sizeof(ulong))
        {
            hash = BitOperations.RotateLeft((hash ^ MemoryMarshal.Read<ulong>(name)) * Mixer, 29);
            name = name[sizeof(ulong)..];
        }

        ulong last = 0;
        foreach (var b in name) last = (last << 8) | b;
        hash = (hash ^ last) * Mixer;
        hash = (hash ^ (hash >> 32)) * Mixer;
        return (uint)(hash >> 32);
    }
}
