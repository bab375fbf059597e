using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Touchstone.Formats.Json;

/// <summary>One value of a document whose top is an object of arrays.</summary>
/// <param name="Member">The member of the top object.</param>
/// <param name="Index">The position in the member's array; -1 where the member is no array, or an empty one.</param>
/// <param name="Value">The value, which holds memory of its own.</param>
internal readonly record struct JsonItem(string Member, int Index, JsonElement Value);

/// <summary>Looks at an element where its bytes lie.</summary>
/// <param name="member">The member of the top object.</param>
/// <param name="index">The position in the member's array.</param>
/// <param name="text">Begins with the element's brace and may end within it.</param>
/// <param name="length">How many bytes the element has, where it was taken: it must be JSON without a fault then.</param>
/// <returns>Whether it is done with; if not, it is given out as an item. Null where the bytes end within it.</returns>
internal delegate bool? JsonTaker(string member, int index, ReadOnlySpan<byte> text, out int length);

/// <summary>Streams the elements of the arrays in a document's top object; the buffer holds one element, not the file.</summary>
internal sealed class JsonItems : IDisposable
{
    private const int FirstBufferBytes = 128 * 1024;

    private static readonly JsonElement EmptyArray = JsonElement.Parse("[]"u8);

    private readonly Stream _stream;
    private readonly string _fileName;
    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(FirstBufferBytes);
    private int _start;
    private int _end;
    private long _line;                                     // of the buffer's first byte, from 0
    private long _column;
    private bool _isFinal;
    private JsonReaderState _state;
    private string? _member;
    private int _index = -1;
    private int _refused = -1;
    private bool _isAfterElement;
    private bool _isOpen;
    private bool _isDone;

    private readonly Func<string, bool>? _isWanted;
    private readonly JsonTaker? _take;

    private JsonItems(Stream stream, string fileName, Func<string, bool>? isWanted, JsonTaker? take) => (_stream, _fileName, _isWanted, _take) = (stream, fileName, isWanted, take);

    /// <summary>Every value, in the order of the file.</summary>
    /// <exception cref="FileFormatFaultException">The file is no JSON object, or ends within it.</exception>
    public static IAsyncEnumerable<JsonItem> ReadAsync(Stream stream, string fileName, CancellationToken cancellationToken) => ReadAsync(stream, fileName, isWanted: null, take: null, cancellationToken);

    /// <summary>The values of those members of the top object that are wanted; the others are passed over.</summary>
    /// <exception cref="FileFormatFaultException">The file is no JSON object, or ends within it.</exception>
    public static IAsyncEnumerable<JsonItem> ReadAsync(Stream stream, string fileName, Func<string, bool>? isWanted, CancellationToken cancellationToken) => ReadAsync(stream, fileName, isWanted, take: null, cancellationToken);

    /// <summary>The same, but for objects that <paramref name="take"/> takes beforehand: no value is made of those. It is not asked about the first element of a list.</summary>
    /// <exception cref="FileFormatFaultException">The file is no JSON object, or ends within it.</exception>
    public static async IAsyncEnumerable<JsonItem> ReadAsync(Stream stream, string fileName, Func<string, bool>? isWanted, JsonTaker? take, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var items = new JsonItems(stream, fileName, isWanted, take);
        await items.FillAsync(cancellationToken);
        items.DropByteOrderMark();
        while (true)
        {
            if (items.TryNext(out var item)) yield return item;
            else if (items._isDone) yield break;
            else await items.FillAsync(cancellationToken);
        }
    }

    public void Dispose() => ArrayPool<byte>.Shared.Return(_buffer);

    private bool TryNext(out JsonItem item)
    {
        item = default;
        try
        {
            if (TakeRun() is null) return false;
            var reader = new Utf8JsonReader(_buffer.AsSpan(_start, _end - _start), _isFinal, _state);
            while (reader.Read())
            {
                if (Step(ref reader, out item) is not { } isItem) return false;
                _start += (int)reader.BytesConsumed;
                _state = reader.CurrentState;
                if (isItem) return true;
                if (_isDone || TakeRun() is null) return false;
                reader = new Utf8JsonReader(_buffer.AsSpan(_start, _end - _start), _isFinal, _state);
            }
        }
        catch (JsonException fault)
        {
            var (line, column) = PlaceOf(fault);
            throw new FileFormatFaultException($"{_fileName}: line {line + 1}, byte {column + 1}: this is no JSON ({fault.Message.Split(". LineNumber")[0]}).", fault);
        }
        catch (InvalidOperationException fault)
        {
            throw new FileFormatFaultException($"{_fileName}: a text is no Unicode ({fault.Message}).", fault);
        }

        return false;
    }

    /// <summary>Lets the taker have elements one after the other, or passes over those that are not wanted. What the reader knows after one element of a list holds after the next one too, but for its place in the file.</summary>
    /// <returns>Null where the buffer ends within an element, else whether any was taken.</returns>
    private bool? TakeRun()
    {
        if (!_isAfterElement || _refused == _index) return false;
        if ((_isWanted?.Invoke(_member!) == false ? PassOver : _take) is not { } take) return false;
        for (var first = _index; ;)
        {
            var cursor = new JsonCursor(_buffer.AsSpan(_start, _end - _start));
            if (!cursor.TryTake((byte)',') || cursor.Peek() != (byte)'{') return cursor.IsCut && !_isFinal ? null : _index > first;
            switch (take(_member!, _index, _buffer.AsSpan(_start + cursor.At, _end - _start - cursor.At), out var length))
            {
                case null:
                    return _isFinal ? _index > first : null;
                case false:
                    _refused = _index;
                    return _index > first;
                default:
                    _start += cursor.At + length;
                    _index++;
                    break;
            }
        }
    }

    private static bool? PassOver(string member, int index, ReadOnlySpan<byte> text, out int length)
    {
        length = JsonCursor.LengthOfObject(text);
        return length > 0 ? true : null;
    }

    /// <summary>Takes one token, or one whole value: true where it is an item, null where the buffer ends within it.</summary>
    private bool? Step(ref Utf8JsonReader reader, out JsonItem item)
    {
        item = default;
        _isAfterElement = false;
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject when !_isOpen:
                _isOpen = true;
                return false;
            case not JsonTokenType.None when !_isOpen:
                throw new FileFormatFaultException($"{_fileName}: the document is {Describe(reader.TokenType)}; an object was expected.");
            case JsonTokenType.PropertyName when _member is null:
                _member = reader.GetString();
                return false;
            case JsonTokenType.EndObject when _member is null:
                _isDone = true;
                return false;
            case JsonTokenType.StartArray when _index < 0:
                _index = 0;
                return false;
            case JsonTokenType.EndArray when _index >= 0:
                var isEmpty = _index == 0;
                item = new JsonItem(_member!, -1, EmptyArray);
                (_member, _index) = (null, -1);
                return isEmpty;
            default:
                if (_isWanted?.Invoke(_member!) == false)
                {
                    if (!reader.TrySkip()) return null;
                    Pass();
                    return false;
                }

                if (!JsonElement.TryParseValue(ref reader, out var value)) return null;
                item = new JsonItem(_member!, _index, value.Value);
                Pass();
                return true;
        }
    }

    private void Pass()
    {
        if (_index < 0)
        {
            _member = null;
            return;
        }

        _index++;
        _isAfterElement = true;
    }

    /// <summary>The line and the byte in it, from 0, of a fault. The reader counts only what it read itself: its own count at the buffer's unread part is taken off and that of the file put in its place.</summary>
    private (long Line, long Column) PlaceOf(JsonException fault)
    {
        var (line, column) = Counted(_buffer.AsSpan(0, _start), _line, _column);
        var (ownLine, ownColumn) = OwnPlace();
        var (faultLine, faultColumn) = (fault.LineNumber ?? 0, fault.BytePositionInLine ?? 0);
        return (line + faultLine - ownLine, faultLine == ownLine ? column + faultColumn - ownColumn : faultColumn);
    }

    private (long Line, long Column) OwnPlace()
    {
        try
        {
            var reader = new Utf8JsonReader("\u0001"u8, isFinalBlock: false, _state);
            reader.Read();
            throw new InvalidOperationException("A control character stands nowhere in JSON.");
        }
        catch (JsonException here)
        {
            return (here.LineNumber ?? 0, here.BytePositionInLine ?? 0);
        }
    }

    private static (long Line, long Column) Counted(ReadOnlySpan<byte> text, long line, long column)
    {
        var lines = text.Count((byte)'\n');
        return (line + lines, lines == 0 ? column + text.Length : text.Length - 1 - text.LastIndexOf((byte)'\n'));
    }

    private async Task FillAsync(CancellationToken cancellationToken)
    {
        if (_isFinal) throw new FileFormatFaultException($"{_fileName}: the file ends within its JSON object.");
        (_line, _column) = Counted(_buffer.AsSpan(0, _start), _line, _column);
        _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
        (_end, _start) = (_end - _start, 0);
        if (_end == _buffer.Length)
        {
            var larger = ArrayPool<byte>.Shared.Rent(_buffer.Length * 2);
            _buffer.AsSpan(0, _end).CopyTo(larger);
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = larger;
        }

        var got = await _stream.ReadAsync(_buffer.AsMemory(_end), cancellationToken);
        _end += got;
        _isFinal = got == 0;
    }

    private void DropByteOrderMark()
    {
        if (_buffer.AsSpan(_start, _end - _start).StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF])) _start += 3;
    }

    private static string Describe(JsonTokenType token) => token switch
    {
        JsonTokenType.StartArray => "a list",
        JsonTokenType.String => "a text",
        JsonTokenType.Number => "a number",
        _ => "a single value",
    };
}
