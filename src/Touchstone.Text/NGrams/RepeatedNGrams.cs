using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Touchstone.Text.Unicode;
using Touchstone.Text.Words;

namespace Touchstone.Text.NGrams;

/// <summary>
/// How much of a text is n-grams of words that occur more than once. Exact: what seems equal by its hash is compared. Memory of one thread that is used again for
/// each text; time grows with the number of words, and little with the number of lengths that are asked for where a text repeats little.
/// </summary>
public sealed class RepeatedNGrams
{
    /// <summary>
    /// Two n-grams of so many characters and more, put together without spaces, can only be equal where their first so many characters are. Four words of English
    /// have about as many, so that few beginnings occur twice, and most n-grams of five words are longer.
    /// </summary>
    private const int BeginningLength = 16;

    /// <summary>Memory that one huge text asked for is given back when it held more words than this.</summary>
    private const int KeptWordsMax = 1 << 20;

    private Slot[] _slots = new Slot[1 << 12];
    private int _capacity = 1 << 12;
    private uint _stamp;

    /// <summary>Words at which an n-gram of <see cref="_level"/> words begins that occurs more than once, and the n-gram's name.</summary>
    private int[] _places = new int[1024];
    private int[] _names = new int[1024];
    private int[] _counts = new int[1024];
    private int _placeCount;
    private int _level;
    private (int Count, int FirstWord) _top;

    private int[] _units = new int[1025];
    private int[] _points = new int[1025];
    private char[] _characters = new char[4096];
    private bool[] _mayRepeat = new bool[1024];
    private bool _isConcatenated;

    private WordList _words = new();

    /// <summary>A place in the table; a stamp of an earlier table counts as empty, so that nothing needs clearing.</summary>
    private record struct Slot(ulong Key, uint Stamp, int Value);

    /// <summary>The most frequent n-gram of a text.</summary>
    /// <param name="Count">How often it occurs; 0 where the text has fewer than n words.</param>
    /// <param name="FirstWord">Index of the word at which it first begins; the first in the text among equals.</param>
    /// <param name="Length">Its length in code points, the words joined by single spaces.</param>
    public readonly record struct MostFrequent(int Count, int FirstWord, int Length);

    /// <summary>Takes up another text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="words">Its words; they must stay as they are while questions are asked.</param>
    public void Begin(ReadOnlySpan<char> text, WordList words)
    {
        if (_names.Length > KeptWordsMax) Shrink();
        (_words, _level, _isConcatenated) = (words, 0, false);
        var count = words.Count;
        if (_names.Length < count) Grow(count);
        SumLengths(text);
        _capacity = (int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(count, 1 << 9)) * 2;
        if (_slots.Length < _capacity) (_slots, _stamp) = (new Slot[_capacity], 0);
    }

    /// <summary>The most frequent n-gram.</summary>
    /// <param name="n">Number of words, 1 or more. Asking in ascending order is fastest.</param>
    public MostFrequent Top(int n)
    {
        if (_words.Count < n) return default;
        if (n < _level || _level == 0) CountFirst(n);
        while (_level < n) CountNext();
        var (count, first) = _top;
        return new MostFrequent(count, first, _points[first + n] - _points[first] + n - 1);
    }

    /// <summary>Code points in some words, without what stands between them.</summary>
    public int Length(int firstWord, int words) => _points[firstWord + words] - _points[firstWord];

    /// <summary>Lists the n-grams that occurred before.</summary>
    /// <param name="n">Number of words, 1 or more.</param>
    /// <param name="places">Takes index of the first word of each, in order.</param>
    public void RepeatedPlaces(int n, List<int> places)
    {
        places.Clear();
        if (Top(n).Count < 2) return;

        // Names count up in the order in which n-grams first occur, so that a first occurrence has a higher name than all before it.
        var highest = -1;
        for (var i = 0; i < _placeCount; i++)
        {
            if (_names[i] > highest) highest = _names[i];
            else places.Add(_places[i]);
        }
    }

    /// <summary>
    /// Code points in n-grams that occurred before: walking over the words, an n-gram whose words put together without spaces were met before counts and is passed
    /// over whole; any other is remembered, and the walk goes on with the next word.
    /// </summary>
    /// <param name="text">The text that <see cref="Begin"/> was given.</param>
    /// <param name="n">Number of words.</param>
    /// <param name="found">Takes index of the first word of each n-gram that counted, where not null.</param>
    public long RepeatedCharacters(ReadOnlySpan<char> text, int n, ICollection<int>? found = null)
    {
        if (!_isConcatenated) Concatenate(text);
        NextStamp();
        var total = 0L;
        var last = _words.Count - n;
        var units = _units;
        for (var i = 0; i <= last;)
        {
            // An n-gram whose beginning occurs nowhere else needs neither to be looked for nor to be remembered.
            var length = units[i + n] - units[i];
            if ((!_mayRepeat[i] && length >= BeginningLength) || AddOrFind(i, n, length))
            {
                i++;
                continue;
            }

            total += _points[i + n] - _points[i];
            found?.Add(i);
            i += n;
        }

        return total;
    }

    /// <summary>Remembers an n-gram.</summary>
    /// <returns>False where an equal one was remembered before.</returns>
    private bool AddOrFind(int first, int n, int length)
    {
        var characters = _characters.AsSpan(_units[first], length);
        var key = PieceSet.Hash(characters);
        var mask = _capacity - 1;
        for (var index = Place(key) & mask; ; index = (index + 1) & mask)
        {
            ref var slot = ref _slots[index];
            if (slot.Stamp != _stamp)
            {
                slot = new Slot(key, _stamp, first);
                return true;
            }

            if (slot.Key != key || _units[slot.Value + n] - _units[slot.Value] != length) continue;
            if (characters.SequenceEqual(_characters.AsSpan(_units[slot.Value], length))) return false;
        }
    }

    /// <summary>Counts all n-grams of one or two words.</summary>
    private void CountFirst(int n)
    {
        var ids = _words.Ids;
        _level = Math.Min(n, 2);
        _placeCount = ids.Length - _level + 1;
        for (var i = 0; i < _placeCount; i++) (_places[i], _names[i]) = (i, ids[i]);
        Count(_level == 1 ? [] : ids);
    }

    /// <summary>Counts the n-grams that are one word longer than those counted last: only one that goes on from a repeated one can occur more than once itself.</summary>
    private void CountNext()
    {
        _level++;
        while (_placeCount > 0 && _places[_placeCount - 1] + _level > _words.Count) _placeCount--;
        Count(_words.Ids);
    }

    /// <summary>Names the n-grams at all places in the order in which they first occur, and keeps the places of those that occur more than once.</summary>
    /// <param name="ids">All words; an n-gram is the named shorter one and its last word. Empty where it is the name alone.</param>
    private void Count(ReadOnlySpan<int> ids)
    {
        NextStamp();
        var places = _places.AsSpan(0, _placeCount);
        var names = _names.AsSpan(0, _placeCount);
        var counts = _counts.AsSpan(0, _placeCount);
        var (mask, stamp, used, behind) = (_capacity - 1, _stamp, 0, _level - 1);
        ref var slots = ref MemoryMarshal.GetArrayDataReference(_slots);
        for (var i = 0; i < places.Length; i++)
        {
            var key = (ulong)(uint)names[i] << 32 | (ids.IsEmpty ? 0 : (uint)ids[places[i] + behind]);
            for (var index = Place(key) & mask; ; index = (index + 1) & mask)
            {
                ref var slot = ref Unsafe.Add(ref slots, index);
                if (slot.Stamp != stamp)
                {
                    slot = new Slot(key, stamp, used);
                    names[i] = used;
                    counts[used++] = 1;
                    break;
                }

                if (slot.Key != key) continue;
                names[i] = slot.Value;
                counts[slot.Value]++;
                break;
            }
        }

        KeepRepeated(places, names, counts[..used]);
    }

    private void KeepRepeated(Span<int> places, Span<int> names, ReadOnlySpan<int> counts)
    {
        // Without a repeated one, the first of the text is the most frequent.
        var (kept, best, top) = (0, 1, -1);
        for (var name = 0; name < counts.Length; name++)
        {
            if (counts[name] > best) (best, top) = (counts[name], name);
        }

        _top = (1, 0);
        for (var i = 0; i < places.Length; i++)
        {
            if (names[i] == top)
            {
                _top = (best, places[i]);
                top = -1;
            }

            if (counts[names[i]] == 1) continue;
            (places[kept], names[kept]) = (places[i], names[i]);
            kept++;
        }

        _placeCount = kept;
    }

    /// <summary>Puts the words together without spaces and marks those at which a beginning stands that stands elsewhere too.</summary>
    private void Concatenate(ReadOnlySpan<char> text)
    {
        _isConcatenated = true;
        var count = _words.Count;
        var needed = _units[count] + BeginningLength;
        if (_characters.Length < needed) _characters = new char[Math.Max(needed, checked(_characters.Length * 2))];
        var starts = _words.Starts;
        for (var i = 0; i < starts.Length;)
        {
            // Words without white space between them are copied in one go.
            var first = i++;
            while (i < starts.Length && starts[i] - starts[first] == _units[i] - _units[first]) i++;
            text.Slice(starts[first], _units[i] - _units[first]).CopyTo(_characters.AsSpan(_units[first]));
        }

        _characters.AsSpan(_units[count], BeginningLength).Clear();
        MarkRepeatedBeginnings(count);
    }

    private void MarkRepeatedBeginnings(int count)
    {
        NextStamp();
        var (mask, stamp) = (_capacity - 1, _stamp);
        var mayRepeat = _mayRepeat.AsSpan(0, count);
        mayRepeat.Clear();
        ref var slots = ref MemoryMarshal.GetArrayDataReference(_slots);
        for (var i = 0; i < mayRepeat.Length; i++)
        {
            var key = HashBeginning(ref _characters[_units[i]]);
            for (var index = Place(key) & mask; ; index = (index + 1) & mask)
            {
                ref var slot = ref Unsafe.Add(ref slots, index);
                if (slot.Stamp != stamp)
                {
                    slot = new Slot(key, stamp, i);
                    break;
                }

                if (slot.Key != key) continue;
                mayRepeat[i] = mayRepeat[slot.Value] = true;
                break;
            }
        }
    }

    /// <summary>Two beginnings of equal hash count as equal; that costs a look-up and changes nothing.</summary>
    private static ulong HashBeginning(ref char first)
    {
        ref var bytes = ref Unsafe.As<char, byte>(ref first);
        var a = Unsafe.ReadUnaligned<ulong>(ref bytes) * 0x9E3779B97F4A7C15;
        var b = Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref bytes, 8)) * 0xD6E8FEB86659FD93;
        var c = Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref bytes, 16)) * 0xC2B2AE3D27D4EB4F;
        var d = Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref bytes, 24)) * 0x165667B19E3779F9;
        return BitOperations.RotateLeft(a, 17) + BitOperations.RotateLeft(b, 29) ^ BitOperations.RotateLeft(c, 41) + BitOperations.RotateLeft(d, 53);
    }

    private void SumLengths(ReadOnlySpan<char> text)
    {
        var lengths = _words.Lengths;
        var hasOnlyWholeUnits = text.IndexOfAnyInRange('\uD800', '\uDFFF') < 0;
        var (units, points) = (0, 0);
        for (var i = 0; i < lengths.Length; i++)
        {
            (_units[i], _points[i]) = (units, points);
            units += lengths[i];
            points += hasOnlyWholeUnits ? lengths[i] : CodePoints.Count(_words.Of(text, i));
        }

        (_units[lengths.Length], _points[lengths.Length]) = (units, points);
    }

    private void NextStamp()
    {
        if (_stamp == uint.MaxValue)
        {
            Array.Clear(_slots);
            _stamp = 0;
        }

        _stamp++;
    }

    private static int Place(ulong key) => (int)((key * 0x9E3779B97F4A7C15) >> 33);

    private void Grow(int count)
    {
        var capacity = Math.Max(count, checked(_names.Length * 2));
        (_places, _names, _counts, _mayRepeat) = (new int[capacity], new int[capacity], new int[capacity], new bool[capacity]);
        (_units, _points) = (new int[capacity + 1], new int[capacity + 1]);
    }

    private void Shrink()
    {
        (_slots, _stamp, _characters, _names) = (new Slot[1 << 12], 0, new char[4096], []);
        Grow(1024);
    }
}
