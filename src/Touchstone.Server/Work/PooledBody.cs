using System.Buffers;

namespace Touchstone.Server.Work;

/// <summary>A request's body in one pooled array, read once.</summary>
internal sealed class PooledBody : IDisposable
{
    private const int FirstBytes = 8 * 1024;
    private byte[] _buffer;
    private int _length;

    private PooledBody(int capacity) => _buffer = ArrayPool<byte>.Shared.Rent(capacity);

    public ReadOnlyMemory<byte> Bytes => _buffer.AsMemory(0, _length);

    /// <summary>Null when there are more bytes than allowed.</summary>
    public static async ValueTask<PooledBody?> ReadAsync(HttpRequest request, int bytesMax, CancellationToken cancellationToken)
    {
        if (request.ContentLength > bytesMax) return null;
        var body = new PooledBody(request.ContentLength is { } length ? (int)length + 1 : FirstBytes);
        try
        {
            while (await request.Body.ReadAsync(body._buffer.AsMemory(body._length), cancellationToken) is > 0 and var got)
            {
                body._length += got;
                if (body._length > bytesMax)
                {
                    body.Dispose();
                    return null;
                }

                if (body._length == body._buffer.Length) body.Grow();
            }

            return body;
        }
        catch
        {
            body.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        if (_buffer.Length == 0) return;
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
        _length = 0;
    }

    private void Grow()
    {
        var larger = ArrayPool<byte>.Shared.Rent(_buffer.Length * 2);
        Bytes.CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = larger;
    }
}
