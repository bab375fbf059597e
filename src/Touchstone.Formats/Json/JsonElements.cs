using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text.Json;
using Touchstone.Formats.Exchange;

namespace Touchstone.Formats.Json;

/// <summary>One element of a document.</summary>
/// <param name="Pointer">Its JSON pointer; empty where the document is this one value.</param>
/// <param name="Index">Its position, from 0.</param>
/// <param name="Value">The value, which holds memory of its own.</param>
internal readonly record struct JsonTopElement(string Pointer, int Index, JsonElement Value);

/// <summary>Streams the elements of a document whose top is an array; the buffer holds one element, not the file. Any other document is one element, and several in a row are one each where the caller says that there may be.</summary>
internal sealed class JsonElements : IDisposable
{
    /// <summary>How deep values may be nested, as readers of JSON have it unless told otherwise.</summary>
    public const int DepthMax = 64;

    private const int FirstBufferBytes = 64 * 1024;
    private const int BufferMaxBytes = 1 << 30;

    private readonly Stream _stream;
    private readonly string _fileName;
    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(FirstBufferBytes);
    private int _start;
    private int _end;
    private bool _isFinal;
    private JsonReaderState _state;
    private int _index = -1;
    private bool _isDone;

    private readonly bool _areSeveral;

    private readonly int _elementMaxBytes;

    private JsonElements(Stream stream, string fileName, bool areSeveral, int elementMaxBytes, int depthMax)
    {
        (_stream, _fileName, _areSeveral, _elementMaxBytes) = (stream, fileName, areSeveral, elementMaxBytes);
        _state = new(new JsonReaderOptions { MaxDepth = depthMax, AllowMultipleValues = areSeveral });
        if (areSeveral) _index = 0;
    }

    /// <summary>Every element, in the order of the file. One with a text that is not Unicode is told and left out; one that ends the document too early is told and ends it.</summary>
    /// <exception cref="FileFormatFaultException">The file is no JSON, before its first element.</exception>
    public static IAsyncEnumerable<JsonTopElement> ReadAsync(Stream stream, string fileName, FaultLog faults, CancellationToken cancellationToken, int elementMaxBytes = BufferMaxBytes, int depthMax = DepthMax) =>
        ReadAsync(new JsonElements(stream, fileName, areSeveral: false, elementMaxBytes, depthMax), faults, cancellationToken);

    /// <summary>Every document of a file that holds several in a row, whatever stands between them. The pointer is the document's position.</summary>
    /// <exception cref="FileFormatFaultException">The file is no JSON, before its first document.</exception>
    public static IAsyncEnumerable<JsonTopElement> ReadSeveralAsync(Stream stream, string fileName, FaultLog faults, CancellationToken cancellationToken, int elementMaxBytes = BufferMaxBytes, int depthMax = DepthMax) =>
        ReadAsync(new JsonElements(stream, fileName, areSeveral: true, elementMaxBytes, depthMax), faults, cancellationToken);

    private static async IAsyncEnumerable<JsonTopElement> ReadAsync(JsonElements elements, FaultLog faults, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var _ = elements;
        await elements.FillAsync(cancellationToken);
        elements.DropByteOrderMark();
        while (true)
        {
            if (elements.TryNext(faults, out var element)) yield return element;
            else if (elements._isDone) yield break;
            else if (elements._isFinal) elements.End(faults);
            else await elements.FillAsync(cancellationToken);
        }
    }

    /// <summary>The file's end: where documents follow each other any of them may be the last.</summary>
    private void End(FaultLog faults)
    {
        if (_areSeveral && _index > 0 && _buffer.AsSpan(_start, _end - _start).IndexOfAnyExcept(" \t\r\n"u8) < 0) _isDone = true;
        else Stop(faults, _index < 0 ? "the file ends before its first value" : _areSeveral ? "the file ends within a value" : "the file ends within its list", null);
    }

    public void Dispose() => ArrayPool<byte>.Shared.Return(_buffer);

    private bool TryNext(FaultLog faults, out JsonTopElement element)
    {
        try
        {
            while (!_isDone)
            {
                var reader = new Utf8JsonReader(_buffer.AsSpan(_start, _end - _start), _isFinal, _state);
                if (!reader.Read() || Step(ref reader, out element) is not { } isElement) break;
                _start += (int)reader.BytesConsumed;
                _state = reader.CurrentState;
                if (!isElement) continue;
                if (JsonText.IsUnicode(JsonMarshal.GetRawUtf8Value(element.Value))) return true;
                faults.Add(_fileName, element.Pointer, "a text in it is not Unicode; it is left out.");
            }
        }
        catch (JsonException fault)
        {
            Stop(faults, $"this is no JSON ({fault.Message.Split(" LineNumber")[0].TrimEnd('.')}), at line {fault.LineNumber + 1}, byte {fault.BytePositionInLine + 1}", fault);
        }

        element = default;
        return false;
    }

    /// <summary>Takes one token, or one whole value: true where it is an element, null where the buffer ends within it.</summary>
    private bool? Step(ref Utf8JsonReader reader, out JsonTopElement element)
    {
        element = default;
        switch (reader.TokenType)
        {
            case JsonTokenType.StartArray when _index < 0:
                _index = 0;
                return false;
            case JsonTokenType.EndArray:
                _isDone = true;
                return false;
            default:
                if (!JsonElement.TryParseValue(ref reader, out var value)) return null;
                element = new JsonTopElement(_index < 0 ? "" : $"/{_index}", Math.Max(0, _index), value.Value);
                _isDone = _index < 0 && !_areSeveral;
                _index++;
                return true;
        }
    }

    private void Stop(FaultLog faults, string reason, Exception? cause)
    {
        if (_index <= 0) throw new FileFormatFaultException($"{_fileName}: {reason}.", cause);
        _isDone = true;
        faults.Add(_fileName, $"/{_index}", $"{reason}; the rest of the file is left out.");
    }

    private async Task FillAsync(CancellationToken cancellationToken)
    {
        _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
        (_end, _start) = (_end - _start, 0);
        if (_end == _buffer.Length)
        {
            if (_end >= _elementMaxBytes) throw new FileFormatFaultException($"{_fileName}: element {_index} is longer than {_elementMaxBytes} bytes.");
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
}
