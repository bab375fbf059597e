using System.Text;
using System.Text.Json;

namespace Touchstone.Files.Tables;

/// <summary>One flat JSON object a line; strings, numbers, true and false are fields, null is none.</summary>
internal sealed class NdjsonTable(ByteWindow window, string name) : TableReader(name)
{
    private const int Nested = -1;
    private readonly List<byte[]> _names = [];
    private readonly List<(int Start, int Length, int Place)> _fields = [];   // in _text; Place in the line, -1 where there is none
    private byte[] _text = new byte[4096];
    private int _length;
    private int _next;
    private long _line;

    public override long Line => _line;

    public override long Offset => window.Offset;

    public override ReadOnlySpan<byte> this[int column] => _fields[column].Length >= 0
        ? _text.AsSpan(_fields[column].Start, _fields[column].Length)
        : throw Fault(column, $"expected text, a number, true, false or null as {Header[column]}, found a list or an object");

    public override bool Read()
    {
        if (!ReadLine(out var line)) return false;
        for (var c = 0; c < _fields.Count; c++) _fields[c] = (0, 0, -1);
        Parse(line, isHeader: false);
        return true;
    }

    public override bool TrySkipBroken() => _next > 0;

    public override long SkipRest() => window.Drain();

    public override TableFormatException Fault(int column, string message) =>
        new(Name, _line, column < 0 || _fields[column].Place < 0 ? 0 : ColumnOf(_fields[column].Place), message);

    protected override void Dispose(bool disposing) => window.Dispose();

    /// <summary>The names are those of the first object, which is then read again as a record.</summary>
    private protected override string[] ReadHeader()
    {
        if (!ReadLine(out var line)) throw new TableFormatException(Name, 1, 0, "expected a JSON object, found none");
        HeaderLine = _line;
        Parse(line, isHeader: true);
        _next = 0;
        _line--;
        return [.. _names.Select(n => Text(n))];
    }

    private bool ReadLine(out ReadOnlySpan<byte> line)
    {
        while (true)
        {
            window.Start += _next;
            _next = 0;
            int end;
            while ((end = window.Buffer.AsSpan(window.Start, window.End - window.Start).IndexOf((byte)'\n')) < 0)
            {
                if (window.IsOverfull) throw new TableFormatException(Name, _line + 1, 0, $"the line is longer than {RecordBytesMax >> 20} MiB");
                if (window.Fill()) continue;
                end = window.End - window.Start;
                break;
            }

            line = window.Buffer.AsSpan(window.Start, end);
            if (end == 0 && window.Start == window.End) return false;
            _next = Math.Min(end + 1, window.End - window.Start);
            _line++;
            if (line.ContainsAnyExcept(" \t\r"u8)) return true;
        }
    }

    private void Parse(ReadOnlySpan<byte> line, bool isHeader)
    {
        _length = 0;
        var json = new Utf8JsonReader(line);
        try
        {
            json.Read();
            if (json.TokenType != JsonTokenType.StartObject) throw At((int)json.TokenStartIndex, "expected a JSON object");
            for (var member = 0; json.Read() && json.TokenType == JsonTokenType.PropertyName; member++)
            {
                var column = ColumnNamed(ref json, member, isHeader);
                json.Read();
                if (column >= 0) Keep(ref json, column);
                else json.Skip();
            }

            if (json.Read()) throw At((int)json.TokenStartIndex, "expected one JSON object on the line, found more behind it");
        }
        catch (JsonException broken)
        {
            throw At((int)(broken.BytePositionInLine ?? 0), "expected a JSON object on one line; it cannot be read: " + broken.Message.Split(" LineNumber:")[0], broken);
        }
    }

    /// <summary>Place of a member's column; -1 where the first object had none of that name.</summary>
    private int ColumnNamed(ref Utf8JsonReader json, int member, bool isHeader)
    {
        if (isHeader)
        {
            _names.Add(Encoding.UTF8.GetBytes(json.GetString()!));
            _fields.Add((0, 0, -1));
            return member;
        }

        if (member < _names.Count && json.ValueTextEquals(_names[member])) return member;
        for (var c = 0; c < _names.Count; c++)
            if (json.ValueTextEquals(_names[c])) return c;
        return -1;
    }

    private void Keep(ref Utf8JsonReader json, int column)
    {
        if (_fields[column].Place >= 0) throw At((int)json.TokenStartIndex, $"expected every member once, found {Shown(Text(_names[column]))} twice");
        var start = _length;
        switch (json.TokenType)
        {
            case JsonTokenType.Null: break;
            case JsonTokenType.String:
                Reserve(json.ValueSpan.Length);
                _length += json.CopyString(_text.AsSpan(start));
                break;
            case JsonTokenType.Number or JsonTokenType.True or JsonTokenType.False:
                Reserve(json.ValueSpan.Length);
                json.ValueSpan.CopyTo(_text.AsSpan(start));
                _length += json.ValueSpan.Length;
                break;
            default:
                _fields[column] = (0, Nested, (int)json.TokenStartIndex);   // refused only where somebody asks for it
                json.Skip();
                return;
        }

        _fields[column] = (start, _length - start, (int)json.TokenStartIndex);
    }

    private void Reserve(int bytes)
    {
        if (_length + bytes > _text.Length) Array.Resize(ref _text, Math.Max(_text.Length * 2, _length + bytes));
    }

    private TableFormatException At(int offset, string message, Exception? inner = null) => new(Name, _line, ColumnOf(offset), message, inner);

    private int ColumnOf(int offset)
    {
        var before = window.Buffer.AsSpan(window.Start, Math.Min(offset, window.End - window.Start));
        return Encoding.UTF8.GetString(before).EnumerateRunes().Count() + 1;
    }
}
