using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Touchstone.Text.Words;

/// <summary>
/// The distinct words and chunks that one splitter has met, each with a number, and for chunks the words that they fall into. It only saves work: what a chunk
/// falls into does not depend on what was met before. Bounded: <see cref="IsFull"/> tells the splitter to begin anew with the next text.
/// </summary>
public sealed class Lexicon
{
    private const int EntriesMax = 1 << 18;
    private const int CharactersMax = 1 << 22;
    internal const int Unknown = 0;
    internal const int Whole = -1;

    private Slot[] _slots = new Slot[1 << 12];
    private Entry[] _entries = new Entry[1 << 11];
    private char[] _characters = new char[1 << 14];
    private int[] _parts = new int[1 << 12];
    private int _charactersUsed;
    private int _partsUsed;

    /// <summary>One probe tells hash and entry apart without touching the entry.</summary>
    private readonly record struct Slot(uint Hash, int EntryPlusOne);

    /// <param name="Start">First character in <see cref="_characters"/>.</param>
    /// <param name="Length">Number of UTF-16 units.</param>
    /// <param name="Split">What the text falls into as a chunk: <see cref="Unknown"/>, <see cref="Whole"/>, or where in <see cref="_parts"/> it stands.</param>
    private record struct Entry(int Start, int Length, int Split);

    /// <summary>Number of texts known; their numbers run from 0.</summary>
    public int Count { get; private set; }

    /// <summary>Counts how often all was forgotten: a number means the same text only within one generation.</summary>
    public int Generation { get; private set; }

    /// <summary>True when so much is known that the next text should begin with an empty lexicon.</summary>
    internal bool IsFull => Count > EntriesMax || _charactersUsed > CharactersMax;

    /// <summary>The characters behind a number.</summary>
    public ReadOnlySpan<char> this[int id] => _characters.AsSpan(_entries[id].Start, _entries[id].Length);

    internal const uint HashSeed = 0x9E3779B9;

    /// <summary>Adds one UTF-16 unit to a hash, so that a chunk is hashed while its end is looked for.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static uint HashStep(uint hash, char unit) => (hash ^ unit) * 0x01000193;

    internal static uint Hash(ReadOnlySpan<char> text)
    {
        var hash = HashSeed;
        foreach (var unit in text) hash = HashStep(hash, unit);
        return hash;
    }

    /// <summary>The number of a text, which is a new one for a text that was not met before.</summary>
    internal int Number(ReadOnlySpan<char> text, uint hash)
    {
        var mask = _slots.Length - 1;
        for (var index = Place(hash) & mask; ; index = (index + 1) & mask)
        {
            var slot = Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_slots), index);
            if (slot.EntryPlusOne == 0) return Insert(text, hash, index);
            if (slot.Hash != hash) continue;
            ref readonly var entry = ref _entries[slot.EntryPlusOne - 1];
            if (entry.Length == text.Length && text.SequenceEqual(_characters.AsSpan(entry.Start, entry.Length))) return slot.EntryPlusOne - 1;
        }
    }

    /// <summary>The number of a text, -1 where it was never met.</summary>
    public int Find(ReadOnlySpan<char> text)
    {
        var (hash, mask) = (Hash(text), _slots.Length - 1);
        for (var index = Place(hash) & mask; ; index = (index + 1) & mask)
        {
            var slot = _slots[index];
            if (slot.EntryPlusOne == 0) return -1;
            if (slot.Hash == hash && text.SequenceEqual(this[slot.EntryPlusOne - 1])) return slot.EntryPlusOne - 1;
        }
    }

    /// <summary>What a chunk falls into: 0 where it is not known yet, -1 where the chunk is a word itself, else a handle for <see cref="Parts"/>.</summary>
    internal int SplitOf(int id) => _entries[id].Split;

    /// <summary>Pairs of length and number of the words that a chunk falls into.</summary>
    internal ReadOnlySpan<int> Parts(int split) => _parts.AsSpan(split + 1, _parts[split]);

    internal void SetWhole(int id) => _entries[id].Split = Whole;

    internal void SetParts(int id, ReadOnlySpan<int> parts)
    {
        if (_partsUsed == 0) _partsUsed = 1;   // 0 means unknown
        var end = _partsUsed + 1 + parts.Length;
        if (end > _parts.Length) Array.Resize(ref _parts, Math.Max(end, _parts.Length * 2));
        _parts[_partsUsed] = parts.Length;
        parts.CopyTo(_parts.AsSpan(_partsUsed + 1));
        _entries[id].Split = _partsUsed;
        _partsUsed = end;
    }

    internal void Clear()
    {
        Array.Clear(_slots);
        (Count, _charactersUsed, _partsUsed) = (0, 0, 0);
        Generation++;
        if (_characters.Length <= 2 * CharactersMax) return;
        (_slots, _entries, _characters, _parts) = (new Slot[1 << 12], new Entry[1 << 11], new char[1 << 14], new int[1 << 12]);
    }

    private static int Place(uint hash) => (int)((hash * 0x9E3779B1u) >> 8);

    private int Insert(ReadOnlySpan<char> text, uint hash, int index)
    {
        if (Count == _entries.Length) Array.Resize(ref _entries, Count * 2);
        if (_charactersUsed + text.Length > _characters.Length) Array.Resize(ref _characters, Math.Max(_charactersUsed + text.Length, checked(_characters.Length * 2)));
        text.CopyTo(_characters.AsSpan(_charactersUsed));
        _entries[Count] = new Entry(_charactersUsed, text.Length, Unknown);
        _charactersUsed += text.Length;
        _slots[index] = new Slot(hash, ++Count);
        if (Count * 2 > _slots.Length) Rehash();
        return Count - 1;
    }

    private void Rehash()
    {
        var old = _slots;
        _slots = new Slot[old.Length * 2];
        var mask = _slots.Length - 1;
        foreach (var slot in old)
        {
            if (slot.EntryPlusOne == 0) continue;
            var index = Place(slot.Hash) & mask;
            while (_slots[index].EntryPlusOne != 0) index = (index + 1) & mask;
            _slots[index] = slot;
        }
    }
}
