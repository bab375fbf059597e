using System.IO.Compression;

namespace Touchstone.Formats.Json;

/// <summary>A file that is read as it stands, or unpacked where its name ends in <c>.gz</c>. Nothing is unpacked ahead of the reader.</summary>
/// <remarks>A file that is no gzip, or ends too early, is told as other broken files are.</remarks>
internal sealed class GzipInput : Stream
{
    private readonly GZipStream _gzip;
    private readonly string _fileName;

    private GzipInput(Stream packed, string fileName) => (_gzip, _fileName) = (new GZipStream(packed, CompressionMode.Decompress), fileName);

    /// <summary>The file's contents.</summary>
    public static Stream Of(Stream file, string fileName) => fileName.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? new GzipInput(file, fileName) : file;

    /// <inheritdoc/>
    public override bool CanRead => true;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => false;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer)
    {
        try
        {
            return _gzip.Read(buffer);
        }
        catch (InvalidDataException fault)
        {
            throw Broken(fault);
        }
    }

    /// <inheritdoc/>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        try
        {
            return await _gzip.ReadAsync(buffer, cancellationToken);
        }
        catch (InvalidDataException fault)
        {
            throw Broken(fault);
        }
    }

    /// <inheritdoc/>
    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <inheritdoc/>
    public override void Flush()
    {
    }

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing) _gzip.Dispose();
        base.Dispose(disposing);
    }

    private FileFormatFaultException Broken(InvalidDataException fault) => new($"{_fileName}: this is no gzip file that can be unpacked ({fault.Message})", fault);
}
