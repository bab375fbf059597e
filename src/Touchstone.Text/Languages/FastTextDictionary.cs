using System.Buffers;
using System.Text;

namespace Touchstone.Text.Languages;

/// <summary>The words and labels of a fastText model, and how a line becomes rows of its input.</summary>
internal sealed class FastTextDictionary
{
    private const string EndOfLine = "</s>";
    private const byte WordStart = (byte)'<';
    private const byte WordEnd = (byte)'>';
    private const byte Label = 1;
    private const ulong WordGramBase = 116049371;

    private static readonly SearchValues<byte> s_blanks = SearchValues.Create(" \n\r\t\v\f\0"u8);

    private readonly FastTextArguments _arguments;
    private readonly Dictionary<string, int> _words;
    private readonly Dictionary<int, int>? _kept; // of a pruned model: the runs that are left, with their rows
    private readonly int _wordCount;

    private FastTextDictionary(FastTextArguments arguments, Dictionary<string, int> words, int wordCount, List<string> labels, List<long> labelCounts, Dictionary<int, int>? kept)
    {
        (_arguments, _words, _wordCount, Labels, LabelCounts, _kept) = (arguments, words, wordCount, labels, labelCounts, kept);
    }

    public IReadOnlyList<string> Labels { get; }

    public IReadOnlyList<long> LabelCounts { get; }

    /// <summary>Rows that the input must have.</summary>
    public long InputRows(int buckets) => _wordCount + (_kept is null ? buckets : (long)_kept.Count);

    public static FastTextDictionary Read(FastTextReader reader, FastTextArguments arguments)
    {
        var (size, wordCount, labelCount) = (reader.Int32("a number of entries"), reader.Int32("a number of words"), reader.Int32("a number of labels"));
        reader.Int64("a number of tokens");
        var pruned = reader.Int64("a number of runs left after pruning");
        if (wordCount < 0 || labelCount < 1 || size != (long)wordCount + labelCount) throw reader.Fault("as many entries as words and labels", $"{size} entries, {wordCount} words, {labelCount} labels");

        var (words, labels, counts) = (new Dictionary<string, int>(StringComparer.Ordinal), new List<string>(), new List<long>());
        for (var i = 0; i < size; i++)
        {
            var (word, count, type) = (reader.Word(), reader.Int64("a count"), reader.Byte("a type of entry"));
            if (type == Label != i >= wordCount) throw reader.Fault("all words before all labels", $"entry {i} of type {type}");
            if (type == Label)
            {
                labels.Add(Encoding.UTF8.GetString(Encoding.Latin1.GetBytes(word)));
                counts.Add(count);
            }
            else words.TryAdd(word, i);
        }

        return new(arguments, words, wordCount, labels, counts, Kept(reader, pruned));
    }

    // -1: the model is not pruned.
    private static Dictionary<int, int>? Kept(FastTextReader reader, long pruned)
    {
        if (pruned < 0) return null;
        var kept = new Dictionary<int, int>();
        for (var i = 0L; i < pruned; i++)
        {
            var run = reader.Int32("a run of letters");
            var row = reader.Int32("a row");
            if (row < 0 || row >= pruned) throw reader.Fault($"a row below {pruned}", $"{row}");
            kept[run] = row;
        }

        return kept;
    }

    /// <summary>Adds the rows of a line's words, their runs of letters and runs of words. The line ends in fastText's own token for that.</summary>
    public void AddLine(ReadOnlySpan<byte> line, List<int> rows)
    {
        var hashes = _arguments.WordGrams > 1 ? new List<int>() : null;
        while (line.Length > 0)
        {
            var end = line.IndexOfAny(s_blanks);
            var token = end < 0 ? line : line[..end];
            line = end < 0 ? [] : line[(end + 1)..];
            if (token.Length > 0) AddToken(token, rows, hashes);
        }

        if (_words.TryGetValue(EndOfLine, out var last)) rows.Add(last);
        if (hashes is null) return;
        hashes.Add((int)Hash("</s>"u8));
        AddWordGrams(hashes, rows);
    }

    private void AddToken(ReadOnlySpan<byte> token, List<int> rows, List<int>? hashes)
    {
        if (token.StartsWith("__label__"u8)) return; // fastText takes such a word for a label, known or not
        var text = Encoding.Latin1.GetString(token);
        var isKnown = _words.TryGetValue(text, out var row);
        if (isKnown) rows.Add(row);
        if (_arguments.MaxGram > 0 && text != EndOfLine) AddRuns(token, rows);
        hashes?.Add((int)Hash(token));
    }

    // Runs of letters of the word between its bounds, by code points of UTF-8; the bounds alone are none.
    private void AddRuns(ReadOnlySpan<byte> token, List<int> rows)
    {
        var word = new byte[token.Length + 2];
        (word[0], word[^1]) = (WordStart, WordEnd);
        token.CopyTo(word.AsSpan(1));
        for (var i = 0; i < word.Length; i++)
        {
            if (IsContinuation(word[i])) continue;
            for (int j = i, n = 1; j < word.Length && n <= _arguments.MaxGram; n++)
            {
                j++;
                while (j < word.Length && IsContinuation(word[j])) j++;
                if (n >= _arguments.MinGram && !(n == 1 && (i == 0 || j == word.Length)) && _arguments.Buckets > 0) AddHashed((int)(Hash(word.AsSpan(i, j - i)) % (uint)_arguments.Buckets), rows);
            }
        }
    }

    private static bool IsContinuation(byte unit) => (unit & 0xC0) == 0x80;

    private void AddWordGrams(List<int> hashes, List<int> rows)
    {
        if (_arguments.Buckets == 0) return;
        for (var i = 0; i < hashes.Count; i++)
        {
            var hash = unchecked((ulong)hashes[i]);
            for (var j = i + 1; j < hashes.Count && j < i + _arguments.WordGrams; j++)
            {
                hash = unchecked(hash * WordGramBase + (ulong)hashes[j]);
                AddHashed((int)(hash % (ulong)_arguments.Buckets), rows);
            }
        }
    }

    private void AddHashed(int bucket, List<int> rows)
    {
        if (_kept is null) rows.Add(_wordCount + bucket);
        else if (_kept.TryGetValue(bucket, out var row)) rows.Add(_wordCount + row);
    }

    // FNV-1a over signed bytes: fastText keeps this mistake of its first version, since models depend on it.
    private static uint Hash(ReadOnlySpan<byte> bytes)
    {
        var hash = 2166136261u;
        foreach (var unit in bytes) hash = (hash ^ (uint)(sbyte)unit) * 16777619u;
        return hash;
    }
}
