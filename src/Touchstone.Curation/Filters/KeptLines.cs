using System.Buffers;
using System.Globalization;
using System.Text;
using Touchstone.Curation.Steps;

namespace Touchstone.Curation.Filters;

/// <summary>The lines of a text that C4 keeps, put together anew.</summary>
internal sealed class KeptLines
{
    private const int KeptCapacityMax = 1 << 22;

    private readonly List<int> _starts = [];
    private char[] _joined = new char[1 << 14];
    private char[] _line = new char[1 << 10];
    private int _length;

    /// <summary>The kept lines, joined by line feeds.</summary>
    public ReadOnlySpan<char> Joined => _joined.AsSpan(0, _length);

    public void Begin()
    {
        _starts.Clear();
        _length = 0;
        if (_joined.Length > KeptCapacityMax) _joined = new char[1 << 14];
        if (_line.Length > KeptCapacityMax) _line = new char[1 << 10];
    }

    public void Keep(ReadOnlySpan<char> line)
    {
        var needed = _length + line.Length + 1;
        if (needed > _joined.Length) Array.Resize(ref _joined, Math.Max(needed, checked(_joined.Length * 2)));
        if (_starts.Count > 0) _joined[_length++] = '\n';
        _starts.Add(_length);
        line.CopyTo(_joined.AsSpan(_length));
        _length += line.Length;
    }

    /// <summary>Number of sentences in the kept lines, each line taken for itself; counted as far as a limit.</summary>
    public int CountSentences(WorkingText text, int limit)
    {
        var sentences = 0;
        for (var i = 0; i < _starts.Count && sentences < limit; i++)
        {
            var end = i + 1 < _starts.Count ? _starts[i + 1] - 1 : _length;
            sentences += text.CountSentences(_joined.AsSpan(_starts[i], end - _starts[i]));
        }

        return sentences;
    }

    /// <summary>The line without matches of <c>\[\d*]|\[edit]|\[citation needed]</c>; good until the next call.</summary>
    public ReadOnlySpan<char> WithoutCitations(ReadOnlySpan<char> line)
    {
        var (copied, used) = (0, 0);
        for (var open = line.IndexOf('['); open >= 0;)
        {
            var length = CitationLength(line[open..]);
            if (length > 0)
            {
                if (_line.Length < line.Length) _line = new char[Math.Max(line.Length, checked(_line.Length * 2))];
                line[copied..open].CopyTo(_line.AsSpan(used));
                used += open - copied;
                copied = open + length;
            }

            var from = open + Math.Max(length, 1);
            var next = line[from..].IndexOf('[');
            open = next < 0 ? -1 : from + next;
        }

        if (copied == 0) return line;
        line[copied..].CopyTo(_line.AsSpan(used));
        return _line.AsSpan(0, used + line.Length - copied);
    }

    private static int CitationLength(ReadOnlySpan<char> text)
    {
        if (text.StartsWith("[edit]")) return "[edit]".Length;
        if (text.StartsWith("[citation needed]")) return "[citation needed]".Length;
        for (var i = 1; i < text.Length;)
        {
            if (text[i] == ']') return i + 1;
            if (Rune.DecodeFromUtf16(text[i..], out var rune, out var units) != OperationStatus.Done || Rune.GetUnicodeCategory(rune) != UnicodeCategory.DecimalDigitNumber) return 0;
            i += units;
        }

        return 0;
    }
}
