using System.Runtime.CompilerServices;
using System.Text;

namespace Touchstone.Files.Tables;

/// <summary>CSV as RFC 4180 has it: commas, quotes around whole fields, quotes doubled within them.</summary>
internal sealed class CsvTable(ByteWindow window, string name) : TableReader(name)
{
    private (int Start, int End, bool IsDoubled)[] _fields = new (int, int, bool)[16];   // offsets from the window's start
    private int _count;
    private int _broken;         // offset from the window's start of what breaks the record, -1 where that is not known
    private int _next;           // offset from the window's start of what follows the record
    private long _nextLine = 1;
    private long _line;

    public override long Line => _line;

    public override long Offset => window.Offset;

    public override ReadOnlySpan<byte> this[int column]
    {
        get
        {
            var (start, end, isDoubled) = _fields[column];
            var field = window.Buffer.AsSpan(window.Start + start, end - start);
            return isDoubled ? Undoubled(field) : field;
        }
    }

    public override bool Read()
    {
        if (!ReadRecord()) return false;
        if (_count == Header.Count) return true;
        throw _count < Header.Count
            ? At(_next, $"expected {Header.Count} fields ({Shown(string.Join(",", Header))}), the line ends after {_count}")
            : Fault(Header.Count, $"expected {Header.Count} fields ({Shown(string.Join(",", Header))}), found {_count}");
    }

    public override bool TrySkipBroken()
    {
        if (_next > 0) return true;          // the record's end was found
        if (_broken < 0) return false;
        int end;
        while ((end = window.Buffer.AsSpan(window.Start + _broken, window.End - window.Start - _broken).IndexOf((byte)'\n')) < 0)
        {
            if (window.IsOverfull) return false;
            if (window.Fill()) continue;
            _next = window.End - window.Start;
            return true;
        }

        _next = _broken + end + 1;
        _nextLine = _line + window.Buffer.AsSpan(window.Start, _next).Count((byte)'\n');
        return true;
    }

    public override long SkipRest() => window.Drain();

    public override TableFormatException Fault(int column, string message) => column < 0 ? new(Name, _line, 0, message) : At(_fields[column].Start, message);

    protected override void Dispose(bool disposing) => window.Dispose();

    private protected override string[] ReadHeader()
    {
        if (!ReadRecord()) throw new TableFormatException(Name, 1, 0, "expected a header line, found none");
        HeaderLine = _line;
        var header = new string[_count];
        for (var c = 0; c < _count; c++) header[c] = String(c).Trim();
        return header;

        string String(int column) => System.Text.Unicode.Utf8.IsValid(this[column]) ? Text(this[column]) : throw Fault(column, "expected a header in UTF-8, found other bytes");
    }

    /// <summary>The next record that is no blank line.</summary>
    private bool ReadRecord()
    {
        while (true)
        {
            window.Start += _next;
            (_next, _broken) = (0, -1);
            _line = _nextLine;
            while (!TryScan(isLast: false))
            {
                if (window.IsOverfull) throw Endless();
                if (window.Fill()) continue;
                if (window.Start == window.End) return false;
                TryScan(isLast: true);
                break;
            }

            if (_count != 1 || _fields[0].End != 0) return true;   // else a line without any character
        }
    }

    /// <summary>Finds the fields of the record at the window's start.</summary>
    /// <returns>False where its end is not in the window.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private bool TryScan(bool isLast)
    {
        var bytes = window.Buffer.AsSpan(window.Start, window.End - window.Start);
        var at = 0;
        var lines = 0;
        _count = 0;
        while (true)
        {
            var start = at;
            var isDoubled = false;
            int end;
            if (at < bytes.Length && bytes[at] == '"')
            {
                start++;
                end = QuoteEnd(bytes, start, ref isDoubled, ref lines);
                if (end < 0 || (end + 1 == bytes.Length && !isLast)) return isLast ? throw Unclosed(start - 1) : false;
                at = end + 1;
                if (at < bytes.Length && bytes[at] is not ((byte)',' or (byte)'\n' or (byte)'\r'))
                    throw Broken(at, "expected a comma or the line's end after the closing quote (a quote within a quoted field is doubled)");
            }
            else
            {
                while (at < bytes.Length && bytes[at] is var b && b != ',' && b != '\n' && b != '\r')
                {
                    if (b == '"') throw Broken(at, "expected a quote only around a whole field, found one within it");
                    at++;
                }

                end = at;
            }

            if (at == bytes.Length && !isLast) return false;
            Keep(start, end, isDoubled);
            if (at < bytes.Length && bytes[at] == ',')
            {
                at++;
                continue;
            }

            if (at < bytes.Length && bytes[at] == '\r')
            {
                at++;
                if (at == bytes.Length && !isLast) return false;
                if (at < bytes.Length && bytes[at] != '\n') throw Broken(at - 1, "expected a line's end as LF or CR LF, found a CR alone");
            }

            if (at < bytes.Length) at++;
            _next = at;
            _nextLine = _line + lines + 1;
            return true;
        }
    }

    /// <summary>Place of the closing quote, or -1.</summary>
    private static int QuoteEnd(ReadOnlySpan<byte> bytes, int at, ref bool isDoubled, ref int lines)
    {
        for (; at < bytes.Length; at++)
        {
            if (bytes[at] == '\n') lines++;
            if (bytes[at] != '"') continue;
            if (at + 1 >= bytes.Length || bytes[at + 1] != '"') return at;
            isDoubled = true;
            at++;
        }

        return -1;
    }

    private void Keep(int start, int end, bool isDoubled)
    {
        if (_count == _fields.Length) Array.Resize(ref _fields, _count * 2);
        _fields[_count++] = (start, end, isDoubled);
    }

    private static byte[] Undoubled(ReadOnlySpan<byte> field)
    {
        var text = new byte[field.Length];
        var length = 0;
        for (var i = 0; i < field.Length; i++)
        {
            text[length++] = field[i];
            if (field[i] == '"') i++;
        }

        return text[..length];
    }

    private TableFormatException Broken(int offset, string message)
    {
        _broken = offset;
        return At(offset, message);
    }

    private TableFormatException Unclosed(int quote) => At(quote, "expected a closing quote, the file ends without one");

    private TableFormatException Endless() =>
        new(Name, _line, 0, $"the record that begins here is longer than {RecordBytesMax >> 20} MiB; a closing quote may be missing");

    /// <summary>A fault at an offset from the window's start.</summary>
    private TableFormatException At(int offset, string message)
    {
        var before = window.Buffer.AsSpan(window.Start, Math.Min(offset, window.End - window.Start));
        if (before.EndsWith("\n"u8)) before = before[..^1];   // the end of a line is told as a place behind its last character
        var line = _line + before.Count((byte)'\n');
        var ahead = Encoding.UTF8.GetString(before[(before.LastIndexOf((byte)'\n') + 1)..]).TrimEnd('\r');
        return new(Name, line, ahead.EnumerateRunes().Count() + 1, message);
    }
}
