namespace Touchstone.Files.Png;

/// <summary>The payloads of consecutive IDAT chunks as one stream; at its end the walk stands at the first other chunk.</summary>
internal sealed class PngDataStream(PngChunks chunks) : Stream
{
    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override int Read(Span<byte> buffer)
    {
        while (chunks.Type == "IDAT")
        {
            if (buffer.IsEmpty) return 0;
            if (chunks.Read(buffer) is > 0 and var got) return got;
            chunks.Finish();
            chunks.Next();
        }

        return 0;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    /// <summary>Reads what follows the compressed data, as some writers pad it, so that every CRC is checked.</summary>
    public void Drain()
    {
        while (chunks.Type == "IDAT")
        {
            chunks.Finish();
            chunks.Next();
        }
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
