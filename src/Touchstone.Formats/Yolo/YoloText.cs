using System.Buffers;
using System.Globalization;

namespace Touchstone.Formats.Yolo;

/// <summary>The text of one label file, as bytes in a buffer that is given back.</summary>
internal sealed class YoloText : IDisposable
{
    private const int NumberMaxBytes = 32;                  // a double in full takes 24 at most

    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(1 << 14);
    private int _length;

    /// <summary>What was written so far.</summary>
    public ReadOnlySpan<byte> Written => _buffer.AsSpan(0, _length);

    /// <summary>The class's number, which begins a line.</summary>
    public void Begin(int number)
    {
        Reserve();
        number.TryFormat(_buffer.AsSpan(_length), out var bytes, default, CultureInfo.InvariantCulture);
        _length += bytes;
    }

    /// <summary>A blank and a number, in the fewest digits that give it again.</summary>
    public void Add(double number)
    {
        Reserve();
        _buffer[_length++] = (byte)' ';
        number.TryFormat(_buffer.AsSpan(_length), out var bytes, default, CultureInfo.InvariantCulture);
        _length += bytes;
    }

    /// <summary>Ends the line.</summary>
    public void End()
    {
        Reserve();
        _buffer[_length++] = (byte)'\n';
    }

    /// <inheritdoc/>
    public void Dispose() => ArrayPool<byte>.Shared.Return(_buffer);

    private void Reserve()
    {
        if (_buffer.Length - _length >= NumberMaxBytes) return;
        var larger = ArrayPool<byte>.Shared.Rent(2 * _buffer.Length);
        Written.CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = larger;
    }
}
