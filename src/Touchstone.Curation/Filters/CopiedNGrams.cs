using System.Runtime.InteropServices;
using Touchstone.Curation.Steps;
using Touchstone.Text.Unicode;
using Touchstone.Text.Words;

namespace Touchstone.Curation.Filters;

/// <summary>
/// N-grams of the words that begin with a letter or number, by Unicode's word breaking, and how much of a text they are. Exact: an n-gram is known by the number of the (n-1)-gram that it begins with and by its last word.
/// Only places whose (n-1)-gram stands several times are looked at for n, so that a text which repeats little is soon done. Memory of one worker.
/// </summary>
internal sealed class CopiedNGrams
{
    /// <summary>Memory that one huge text asked for is given back.</summary>
    private const int KeptWordsMax = 1 << 20;

    private readonly UnicodeTokenizer _tokenizer = new();
    private readonly WordList _all = new();
    private readonly List<int> _ids = [], _starts = [], _units = [], _lengths = [];

    /// <summary>Words at which an n-gram of <see cref="_level"/> words begins of which there are several, and the n-gram's number there.</summary>
    private readonly List<int> _places = [], _names = [];

    private readonly List<int> _counts = [];
    private Dictionary<ulong, int> _numbers = [];
    private int _level;

    /// <summary>Code points in all words.</summary>
    public long Characters { get; private set; }

    /// <summary>Takes up another text.</summary>
    public void Begin(ReadOnlySpan<char> text)
    {
        if (_ids.Capacity > KeptWordsMax)
        {
            _numbers = [];
            foreach (var list in (ReadOnlySpan<List<int>>)[_ids, _starts, _units, _lengths, _places, _names, _counts])
            {
                list.Clear();
                list.Capacity = 0;
            }
        }

        _tokenizer.Split(text, _all);
        foreach (var list in (ReadOnlySpan<List<int>>)[_ids, _starts, _units, _lengths]) list.Clear();
        Characters = 0;
        for (var i = 0; i < _all.Count; i++)
        {
            var word = _all.Of(text, i);
            if (!DclmLineRules.BeginsWithLetterOrNumber(word)) continue;
            var length = CodePoints.Count(word);
            _ids.Add(_all.Ids[i]);
            _starts.Add(_all.Starts[i]);
            _units.Add(word.Length);
            _lengths.Add(length);
            Characters += length;
        }

        BeginWithWords();
    }

    /// <summary>Code points in all occurrences of the most frequent n-gram, without what stands between words; of several such the longest one. 0 where none stands twice.</summary>
    /// <param name="n">Words, 2 or more.</param>
    public long TopCharacters(int n)
    {
        MoveTo(n);
        var (top, characters) = (0, 0L);
        for (var i = 0; i < _places.Count; i++)
        {
            var count = _counts[_names[i]];
            if (count < top) continue;
            var all = LengthOf(_places[i], n) * count;
            (top, characters) = (count, count > top ? all : Math.Max(characters, all));
        }

        return characters;
    }

    /// <summary>Code points of the words that are in an n-gram of which there are several, each word once.</summary>
    /// <param name="n">Words, 2 or more.</param>
    /// <param name="spans">Takes where these words stand; null where nobody asks.</param>
    public long CopiedCharacters(int n, List<TextRange>? spans)
    {
        MoveTo(n);
        var (characters, end) = (0L, 0);
        foreach (var place in _places)
        {
            var from = Math.Max(place, end);
            end = place + n;
            for (var w = from; w < end; w++) characters += _lengths[w];
            spans?.Add(new(_starts[from], _starts[end - 1] + _units[end - 1] - _starts[from]));
        }

        return characters;
    }

    private long LengthOf(int place, int n)
    {
        var length = 0L;
        for (var w = place; w < place + n; w++) length += _lengths[w];
        return length;
    }

    private void MoveTo(int n)
    {
        if (n < _level) BeginWithWords();
        while (_level < n) MoveOn();
    }

    /// <summary>Every word is a place to begin with; its number is that of its text.</summary>
    private void BeginWithWords()
    {
        _level = 1;
        _places.Clear();
        _names.Clear();
        for (var i = 0; i < _ids.Count; i++)
        {
            _places.Add(i);
            _names.Add(_ids[i]);
        }
    }

    /// <summary>From n-grams to those of one word more.</summary>
    private void MoveOn()
    {
        _numbers.Clear();
        _counts.Clear();
        var kept = 0;
        for (var i = 0; i < _places.Count; i++)
        {
            var last = _places[i] + _level;
            if (last >= _ids.Count) continue;
            ref var number = ref CollectionsMarshal.GetValueRefOrAddDefault(_numbers, ((ulong)(uint)_names[i] << 32) | (uint)_ids[last], out var isKnown);
            if (!isKnown)
            {
                number = _counts.Count;
                _counts.Add(0);
            }

            _counts[number]++;
            (_places[kept], _names[kept]) = (_places[i], number);
            kept++;
        }

        Truncate(kept);
        KeepCopied();
        _level++;
    }

    private void KeepCopied()
    {
        var kept = 0;
        for (var i = 0; i < _places.Count; i++)
        {
            if (_counts[_names[i]] < 2) continue;
            (_places[kept], _names[kept]) = (_places[i], _names[i]);
            kept++;
        }

        Truncate(kept);
    }

    private void Truncate(int count)
    {
        _places.RemoveRange(count, _places.Count - count);
        _names.RemoveRange(count, _names.Count - count);
    }
}
