using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Touchstone.Text.Words;

/// <summary>
/// Chunks of up to fifteen printable ASCII characters that were met lately, found by the characters themselves: nineteen in twenty chunks of English text. A table of
/// fixed size with two places for each chunk, in which a new chunk takes the place of the older one.
/// </summary>
internal sealed class ShortChunks
{
    private const int PlaceBits = 15;

    /// <summary>All bits set in the first n bytes, for n from 0.</summary>
    private static readonly Vector128<byte>[] FirstBytes = [.. Enumerable.Range(0, 16).Select(n => Vector128.Create([.. Enumerable.Range(0, 16).Select(i => (byte)(i < n ? 0xFF : 0))]))];

    private readonly Entry[] _entries = new Entry[1 << PlaceBits];

    /// <param name="Low">The first eight characters in ASCII, zero behind the end; 0 where the place is empty.</param>
    /// <param name="High">The next seven.</param>
    /// <param name="Id">Number of the chunk in the lexicon.</param>
    /// <param name="Split">What it falls into, as the lexicon says.</param>
    public readonly record struct Entry(ulong Low, ulong High, int Id, int Split);

    /// <summary>Length of the chunk at an index, 0 where it is none that this table takes: it holds other characters, is longer, or ends less than 16 units before the text does.</summary>
    /// <param name="text">The text.</param>
    /// <param name="index">First unit of the chunk.</param>
    /// <param name="characters">The chunk in ASCII, zero behind its end.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int LengthAt(ReadOnlySpan<char> text, int index, out Vector128<ulong> characters)
    {
        characters = default;
        if (text.Length - index < 2 * Vector128<ushort>.Count) return 0;
        ref var first = ref Unsafe.As<char, ushort>(ref Unsafe.Add(ref MemoryMarshal.GetReference(text), index));
        var bytes = Vector128.NarrowWithSaturation(Vector128.LoadUnsafe(ref first), Vector128.LoadUnsafe(ref first, (nuint)Vector128<ushort>.Count));

        // Printable ASCII is 0x21 to 0x7E; what else stops the chunk is white space, or a reason to look closer.
        var stops = Vector128.GreaterThan(bytes - Vector128.Create((byte)0x21), Vector128.Create((byte)(0x7E - 0x21))).ExtractMostSignificantBits();
        if (stops == 0) return 0;
        var length = BitOperations.TrailingZeroCount(stops);
        if ((EnglishCharacters.Of((char)Unsafe.Add(ref first, length)) & EnglishClass.Space) == 0) return 0;
        characters = (bytes & FirstBytes[length]).AsUInt64();
        return length;
    }

    /// <summary>Finds a chunk.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryFind(Vector128<ulong> characters, out Entry entry)
    {
        var (low, high) = (characters.ToScalar(), characters.GetElement(1));
        ref var entries = ref MemoryMarshal.GetArrayDataReference(_entries);
        var place = Place(low, high);
        entry = Unsafe.Add(ref entries, place);
        if (entry.Low == low && entry.High == high) return true;
        entry = Unsafe.Add(ref entries, place ^ 1);
        return entry.Low == low && entry.High == high;
    }

    /// <summary>Remembers a chunk that was not found.</summary>
    public Entry Add(Vector128<ulong> characters, int id, int split)
    {
        var entry = new Entry(characters.ToScalar(), characters.GetElement(1), id, split);
        var place = Place(entry.Low, entry.High);
        _entries[place ^ 1] = _entries[place];
        _entries[place] = entry;
        return entry;
    }

    public void Clear() => Array.Clear(_entries);

    private static int Place(ulong low, ulong high) => (int)((low ^ high * 0xC2B2AE3D27D4EB4F) * 0x9E3779B97F4A7C15 >> (64 - PlaceBits));
}
