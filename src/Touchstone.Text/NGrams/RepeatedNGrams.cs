using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Touchstone.Text.Unicode;
using Touchstone.Text.Words;

namespace Touchstone.Text.NGrams;

/// <summary>
/// How much of a text is n-grams of words that occur more than once. Exact: n-grams are compared, not only their hashes. Memory of one thread that is used again
/// for each text; time grows with the number of words for each n that is asked for.
/// </summary>
public sealed class RepeatedNGrams
{
    /// <summary>Memory that one huge text asked for is given back when it held more words than this.</summary>
    private const int KeptWordsMax = 1 << 20;

    private readonly WordPolynomials _polynomials = new();
    private Slot[] _slots = new Slot[1 << 12];
    private int _capacity = 1 << 12;
    private uint _stamp;

    private int[] _names = new int[1024];
    private int[] _counts = new int[1024];
    private int _level;

    private int[] _units = new int[1025];
    private int[] _points = new int[1025];
    private ulong[] _sums = new ulong[1025];
    private ulong[] _inverses = new ulong[1025];
    private char[] _characters = new char[4096];
    private bool _isConcatenated;

    private WordList _words = new();
    private Lexicon _lexicon = new();

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
    /// <param name="lexicon">The lexicon of the splitter that made them.</param>
    public void Begin(ReadOnlySpan<char> text, WordList words, Lexicon lexicon)
    {
        if (_names.Length > KeptWordsMax) Shrink();
        (_words, _lexicon, _level, _isConcatenated) = (words, lexicon, 0, false);
        var count = words.Count;
        if (_names.Length < count) Grow(count);
        var hasSurrogates = text.IndexOfAnyInRange('\uD800', '\uDFFF') >= 0;
        var (units, points) = (0, 0);
        var lengths = words.Lengths;
        for (var i = 0; i < lengths.Length; i++)
        {
            (_units[i], _points[i]) = (units, points);
            units += lengths[i];
            points += hasSurrogates ? CodePoints.Count(words.Of(text, i)) : lengths[i];
        }

        (_units[count], _points[count]) = (units, points);
        var capacity = 1 << 10;
        while (capacity < count * 2) capacity = checked(capacity * 2);
        if (_slots.Length < capacity) (_slots, _stamp) = (new Slot[capacity], 0);
        _capacity = capacity;
    }

    /// <summary>The most frequent n-gram.</summary>
    /// <param name="n">Number of words, 1 or more. Asking in ascending order is fastest.</param>
    public MostFrequent Top(int n)
    {
        if (n < _level || _level == 0) BeginNames();
        while (_level < n) NextNames();
        var (best, name) = (0, 0);
        var count = _words.Count - n + 1;
        if (count <= 0) return default;
        var counts = _counts.AsSpan(0, count);
        for (var i = 0; i < counts.Length; i++)
        {
            if (counts[i] > best) (best, name) = (counts[i], i);
        }

        var first = _names.AsSpan(0, count).IndexOf(name);
        return new MostFrequent(best, first, _points[first + n] - _points[first] + n - 1);
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
        var sums = _sums.AsSpan();
        var inverses = _inverses.AsSpan();
        var (mask, stamp) = (_capacity - 1, _stamp);
        ref var slots = ref MemoryMarshal.GetArrayDataReference(_slots);
        var total = 0L;
        for (int i = 0, last = _words.Count - n; i <= last;)
        {
            var key = WordPolynomials.Difference(sums[i + n], sums[i], inverses[i]);
            var index = Place(key) & mask;
            while (true)
            {
                ref var slot = ref Unsafe.Add(ref slots, index);
                if (slot.Stamp != stamp)
                {
                    slot = new Slot(key, stamp, i);
                    i++;
                    break;
                }

                if (slot.Key == key && AreEqual(slot.Value, i, n))
                {
                    total += _points[i + n] - _points[i];
                    found?.Add(i);
                    i += n;
                    break;
                }

                index = (index + 1) & mask;
            }
        }

        return total;
    }

    private bool AreEqual(int first, int second, int n)
    {
        var length = _units[first + n] - _units[first];
        return length == _units[second + n] - _units[second] && _characters.AsSpan(_units[first], length).SequenceEqual(_characters.AsSpan(_units[second], length));
    }

    /// <summary>Names 1-grams: names number distinct n-grams in the order in which they first occur.</summary>
    private void BeginNames()
    {
        NextStamp();
        var ids = _words.Ids;
        var names = _names.AsSpan(0, ids.Length);
        for (var i = 0; i < ids.Length; i++) names[i] = ids[i];
        Name(ids.Length, names, shifted: []);
        _level = 1;
    }

    /// <summary>From the name of an n-gram and the word behind it to the name of the n-gram that is one longer.</summary>
    private void NextNames()
    {
        NextStamp();
        var ids = _words.Ids;
        var count = Math.Max(0, ids.Length - _level);
        Name(count, _names.AsSpan(0, count), ids.Slice(ids.Length - count));
        _level++;
    }

    private void Name(int count, Span<int> names, ReadOnlySpan<int> shifted)
    {
        var (mask, stamp, used) = (_capacity - 1, _stamp, 0);
        var counts = _counts.AsSpan(0, count);
        counts.Clear();
        ref var slots = ref MemoryMarshal.GetArrayDataReference(_slots);
        for (var i = 0; i < names.Length; i++)
        {
            var key = (ulong)(uint)names[i] << 32 | (shifted.IsEmpty ? 0 : (uint)shifted[i]);
            var index = Place(key) & mask;
            while (true)
            {
                ref var slot = ref Unsafe.Add(ref slots, index);
                if (slot.Stamp != stamp)
                {
                    slot = new Slot(key, stamp, used);
                    names[i] = used;
                    counts[used++] = 1;
                    break;
                }

                if (slot.Key == key)
                {
                    names[i] = slot.Value;
                    counts[slot.Value]++;
                    break;
                }

                index = (index + 1) & mask;
            }
        }
    }

    private void Concatenate(ReadOnlySpan<char> text)
    {
        var count = _words.Count;
        if (_characters.Length < _units[count]) _characters = new char[Math.Max(_units[count], checked(_characters.Length * 2))];
        _polynomials.Begin(_lexicon);
        var (sum, power, inverse) = (0UL, 1UL, 1UL);
        for (var i = 0; i < count; i++)
        {
            (_sums[i], _inverses[i]) = (sum, inverse);
            _words.Of(text, i).CopyTo(_characters.AsSpan(_units[i]));
            _polynomials.Append(_words.Ids[i], ref sum, ref power, ref inverse);
        }

        (_sums[count], _inverses[count]) = (sum, inverse);
        _isConcatenated = true;
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
        (_names, _counts) = (new int[capacity], new int[capacity]);
        (_units, _points, _sums, _inverses) = (new int[capacity + 1], new int[capacity + 1], new ulong[capacity + 1], new ulong[capacity + 1]);
    }

    private void Shrink()
    {
        (_slots, _stamp, _characters) = (new Slot[1 << 12], 0, new char[4096]);
        _names = [];
        Grow(1024);
    }
}
