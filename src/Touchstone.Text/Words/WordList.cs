using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Touchstone.Text.Words;

/// <summary>The words of one text in order, as offsets into it: memory that is used again for the next text.</summary>
public sealed class WordList
{
    /// <summary>Lists that grew beyond this many words for one huge text give the memory back with the next.</summary>
    private const int KeptCapacityMax = 1 << 20;

    private int[] _starts = new int[1024];
    private int[] _lengths = new int[1024];
    private int[] _ids = new int[1024];

    /// <summary>Number of words.</summary>
    public int Count { get; private set; }

    /// <summary>First UTF-16 unit of each word in the text.</summary>
    public ReadOnlySpan<int> Starts => _starts.AsSpan(0, Count);

    /// <summary>Number of UTF-16 units of each word.</summary>
    public ReadOnlySpan<int> Lengths => _lengths.AsSpan(0, Count);

    /// <summary>Number of each word in the <see cref="Lexicon"/> of the splitter: equal words of one text have equal numbers.</summary>
    public ReadOnlySpan<int> Ids => _ids.AsSpan(0, Count);

    /// <summary>The characters of a word.</summary>
    /// <param name="text">The text that was split.</param>
    /// <param name="index">Index of the word.</param>
    public ReadOnlySpan<char> Of(ReadOnlySpan<char> text, int index) => text.Slice(_starts[index], _lengths[index]);

    /// <summary>Forgets all words.</summary>
    public void Clear()
    {
        Count = 0;
        if (_starts.Length <= KeptCapacityMax) return;
        (_starts, _lengths, _ids) = (new int[1024], new int[1024], new int[1024]);
    }

    internal void Add(int start, int length, int id)
    {
        Reserve(1);
        AddReserved(start, length, id);
    }

    /// <summary>Makes room for some more words.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void Reserve(int words)
    {
        if (Count + words > _starts.Length) Grow();
    }

    /// <summary>Adds a word for which room was made.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void AddReserved(int start, int length, int id)
    {
        var count = Count;
        Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_starts), count) = start;
        Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_lengths), count) = length;
        Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_ids), count) = id;
        Count = count + 1;
    }

    /// <summary>Adds some words of another list.</summary>
    internal void AddRange(WordList source, int first, int count)
    {
        while (Count + count > _starts.Length) Grow();
        Array.Copy(source._starts, first, _starts, Count, count);
        Array.Copy(source._lengths, first, _lengths, Count, count);
        Array.Copy(source._ids, first, _ids, Count, count);
        Count += count;
    }

    /// <summary>Takes the words of another list and leaves it one's own.</summary>
    internal void Exchange(WordList other)
    {
        (_starts, other._starts) = (other._starts, _starts);
        (_lengths, other._lengths) = (other._lengths, _lengths);
        (_ids, other._ids) = (other._ids, _ids);
        (Count, other.Count) = (other.Count, Count);
    }

    private void Grow()
    {
        var capacity = checked(_starts.Length * 2);
        Array.Resize(ref _starts, capacity);
        Array.Resize(ref _lengths, capacity);
        Array.Resize(ref _ids, capacity);
    }
}
