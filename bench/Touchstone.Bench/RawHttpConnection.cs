using System.Buffers.Text;
using System.Net.Sockets;
using System.Text;

namespace Touchstone.Bench;

/// <summary>
/// One keep-alive HTTP/1.1 connection that costs as little as possible, so that on a small machine the load generator takes little of
/// what it measures. It understands only what Touchstone's server sends: a status line, Content-Length or chunked bodies.
/// </summary>
internal sealed class RawHttpConnection : IDisposable
{
    private readonly Socket _socket;
    private readonly string _host;
    private byte[] _buffer = new byte[64 * 1024];
    private int _start;
    private int _end;

    public RawHttpConnection(Uri server)
    {
        _host = server.Authority;
        _socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        _socket.Connect(server.Host, server.Port);
    }

    /// <summary>The body of the last response; valid until the next request.</summary>
    public ReadOnlyMemory<byte> Body { get; private set; }

    /// <summary>Sends a request and reads the whole response.</summary>
    /// <returns>The status code.</returns>
    public async ValueTask<int> SendAsync(string key, string method, string path, ReadOnlyMemory<byte> body, string contentType = "application/json")
    {
        var headers = $"Host: {_host}\r\nAuthorization: Bearer {key}\r\n";
        var head = body.IsEmpty && method == "GET"
            ? $"{method} {path} HTTP/1.1\r\n{headers}\r\n"
            : $"{method} {path} HTTP/1.1\r\n{headers}Content-Type: {contentType}\r\nContent-Length: {body.Length}\r\n\r\n";
        var length = Encoding.ASCII.GetByteCount(head) + body.Length;
        var message = System.Buffers.ArrayPool<byte>.Shared.Rent(length);
        try
        {
            var written = Encoding.ASCII.GetBytes(head, message);
            body.CopyTo(message.AsMemory(written));
            var sent = 0;
            while (sent < length) sent += await _socket.SendAsync(message.AsMemory(sent, length - sent), SocketFlags.None);
        }
        finally
        {
            System.Buffers.ArrayPool<byte>.Shared.Return(message);
        }

        return await ReadAsync();
    }

    public void Dispose() => _socket.Dispose();

    private async ValueTask<int> ReadAsync()
    {
        _start = _end = 0;
        int headerEnd;
        while ((headerEnd = _buffer.AsSpan(0, _end).IndexOf("\r\n\r\n"u8)) < 0) await FillAsync();
        var (status, contentLength, chunked) = Parse(_buffer.AsSpan(0, headerEnd));
        _start = headerEnd + 4;
        if (chunked)
        {
            Body = await ReadChunksAsync();
        }
        else
        {
            while (_end - _start < contentLength) await FillAsync();
            Body = _buffer.AsMemory(_start, contentLength);
        }

        return status;
    }

    private static (int Status, int ContentLength, bool Chunked) Parse(ReadOnlySpan<byte> head)
    {
        if (!Utf8Parser.TryParse(head[9..], out int status, out _)) throw new IOException("The answer has no status.");
        var length = 0;
        var at = head.IndexOf("Content-Length: "u8);
        if (at >= 0 && !Utf8Parser.TryParse(head[(at + 16)..], out length, out _)) throw new IOException("The answer's length is not a number.");
        return (status, length, head.IndexOf("Transfer-Encoding: chunked"u8) >= 0);
    }

    private async ValueTask<ReadOnlyMemory<byte>> ReadChunksAsync()
    {
        var body = new MemoryStream();
        while (true)
        {
            int line;
            while ((line = _buffer.AsSpan(_start, _end - _start).IndexOf("\r\n"u8)) < 0) await FillAsync();
            if (!Utf8Parser.TryParse(_buffer.AsSpan(_start, line), out int size, out _, 'x')) throw new IOException("A chunk has no size.");
            _start += line + 2;
            while (_end - _start < size + 2) await FillAsync();
            body.Write(_buffer, _start, size);
            _start += size + 2;
            if (size == 0) return body.ToArray();
        }
    }

    private async ValueTask FillAsync()
    {
        if (_end == _buffer.Length) Array.Resize(ref _buffer, _buffer.Length * 2);
        var read = await _socket.ReceiveAsync(_buffer.AsMemory(_end), SocketFlags.None);
        if (read == 0) throw new IOException("The server closed the connection.");
        _end += read;
    }
}
