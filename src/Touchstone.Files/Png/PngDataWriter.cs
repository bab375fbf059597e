namespace Touchstone.Files.Png;

/// <summary>Cuts what is written to it into IDAT chunks.</summary>
internal sealed class PngDataWriter(Stream stream) : Stream
{
    private readonly byte[] _chunk = new byte[64 * 1024];
    private int _count;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        while (!buffer.IsEmpty)
        {
            var part = buffer[..Math.Min(buffer.Length, _chunk.Length - _count)];
            part.CopyTo(_chunk.AsSpan(_count));
            _count += part.Length;
            buffer = buffer[part.Length..];
            if (_count == _chunk.Length) WriteOut();
        }
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    protected override void Dispose(bool disposing)
    {
        if (disposing) WriteOut();
        base.Dispose(disposing);
    }

    private void WriteOut()
    {
        if (_count > 0) PngWriter.WriteChunk(stream, "IDAT", _chunk.AsSpan(0, _count));
        _count = 0;
    }

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
