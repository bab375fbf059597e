using Touchstone.Text.Unicode;

namespace Touchstone.Curation.Filters;

/// <summary>A text that is gone over line by line several times, each time with what the time before left. Lines are parted by line feeds.</summary>
internal sealed class LineEdit
{
    private const int KeptCapacityMax = 1 << 22;

    private char[] _current = new char[1 << 14];
    private char[] _next = new char[1 << 14];
    private int _length;
    private int _nextLength;
    private int _position;
    private int _lineStart;
    private bool _hasLine;

    /// <summary>The text as it is now.</summary>
    public ReadOnlySpan<char> Current => _current.AsSpan(0, _length);

    /// <summary>Lines that the last pass left out.</summary>
    public int Dropped { get; private set; }

    public void Begin(ReadOnlySpan<char> text)
    {
        if (_current.Length < text.Length || _current.Length > KeptCapacityMax)
        {
            _current = new char[Math.Max(text.Length, 1 << 14)];
            _next = new char[_current.Length];
        }

        text.CopyTo(_current);
        _length = text.Length;
    }

    /// <summary>Begins to go over the lines.</summary>
    public void BeginPass() => (_position, _nextLength, _hasLine, Dropped) = (0, 0, false, 0);

    /// <summary>The next line; it counts as left out until <see cref="Keep"/> or <see cref="EndLine"/> take it.</summary>
    public bool TryTake(out ReadOnlySpan<char> line)
    {
        line = [];
        if (_position > _length) return false;
        var rest = _current.AsSpan(_position, _length - _position);
        var end = rest.IndexOf('\n');
        line = end < 0 ? rest : rest[..end];
        _position += line.Length + 1;
        Dropped++;
        return true;
    }

    /// <summary>Keeps a line as it is.</summary>
    public void Keep(ReadOnlySpan<char> line)
    {
        BeginLine();
        Append(line);
        EndLine();
    }

    /// <summary>Begins a line that is kept in pieces.</summary>
    public void BeginLine()
    {
        if (_hasLine) _next[_nextLength++] = '\n';
        _lineStart = _nextLength;
    }

    /// <summary>A piece of the line.</summary>
    public void Append(ReadOnlySpan<char> piece)
    {
        piece.CopyTo(_next.AsSpan(_nextLength));
        _nextLength += piece.Length;
    }

    /// <summary>Ends a line that was kept in pieces.</summary>
    /// <param name="unlessBlank">True to leave it out after all where only white space is left.</param>
    public void EndLine(bool unlessBlank = false)
    {
        if (unlessBlank && PythonLines.Strip(_next.AsSpan(_lineStart, _nextLength - _lineStart)).IsEmpty)
        {
            _nextLength = _hasLine ? _lineStart - 1 : _lineStart;
            return;
        }

        _hasLine = true;
        Dropped--;
    }

    /// <summary>Makes what was kept the text.</summary>
    /// <param name="strip">True to strip white space off both ends.</param>
    public void EndPass(bool strip)
    {
        (_current, _next, _length) = (_next, _current, _nextLength);
        if (!strip) return;
        var stripped = PythonLines.Strip(Current);
        if (stripped.Length == _length) return;
        Current.Overlaps(stripped, out var start);
        _current.AsSpan(stripped.IsEmpty ? 0 : start, stripped.Length).CopyTo(_current);
        _length = stripped.Length;
    }
}
