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
/// <param name="reader">Stands on the element's first token, and on its last one where it was taken.</param>
/// <returns>Whether it is done with; if not, it is given out as an item. Null where the buffer ends within it.</returns>
internal delegate bool? JsonTaker(string member, int index, ref Utf8JsonReader reader);

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
    private bool _isFinal;
    private JsonReaderState _state;
    private string? _member;
    private int _index = -1;
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

    /// <summary>The same, but for objects that <paramref name="take"/> takes beforehand: no value is made of those.</summary>
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
        try
        {
            var reader = new Utf8JsonReader(_buffer.AsSpan(_start, _end - _start), _isFinal, _state);
            while (reader.Read())
            {
                if (Step(ref reader, out item) is not { } isItem) return false;
                _start += (int)reader.BytesConsumed;
                _state = reader.CurrentState;
                if (isItem) return true;
                if (_isDone) return false;
                reader = new Utf8JsonReader(_buffer.AsSpan(_start, _end - _start), _isFinal, _state);
            }
        }
        catch (JsonException fault)
        {
            throw new FileFormatFaultException($"{_fileName}: line {fault.LineNumber + 1}, byte {fault.BytePositionInLine + 1}: this is no JSON ({fault.Message.Split(". LineNumber")[0]}).", fault);
        }

        catch (InvalidOperationException fault)
        {
            throw new FileFormatFaultException($"{_fileName}: a text is no Unicode ({fault.Message}).", fault);
        }

        item = default;
        return false;
    }

    /// <summary>Takes one token, or one whole value: true where it is an item, null where the buffer ends within it.</summary>
    private bool? Step(ref Utf8JsonReader reader, out JsonItem item)
    {
        item = default;
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
                    if (_index < 0) _member = null;
                    else _index++;
                    return false;
                }

                if (_take is not null && _index >= 0 && reader.TokenType == JsonTokenType.StartObject)
                {
                    var after = reader;
                    if (_take(_member!, _index, ref after) is not { } isTaken) return null;
                    if (isTaken)
                    {
                        reader = after;
                        _index++;
                        return false;
                    }
                }

                if (!JsonElement.TryParseValue(ref reader, out var value)) return null;
                item = new JsonItem(_member!, _index, value.Value);
                if (_index < 0) _member = null;
                else _index++;
                return true;
        }
    }

    private async Task FillAsync(CancellationToken cancellationToken)
    {
        if (_isFinal) throw new FileFormatFaultException($"{_fileName}: the file ends within its JSON object.");
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
