using System.Buffers;
using System.Runtime.CompilerServices;

namespace Touchstone.Files.Lines;

/// <summary>One line of a file.</summary>
/// <param name="Number">Counted from 1, with blank lines counted too.</param>
/// <param name="Bytes">The line without its end; valid only until the next one is read. Empty when it is too long.</param>
/// <param name="IsTooLong">The line is longer than the limit and was passed over.</param>
public readonly record struct NdjsonLine(long Number, ReadOnlyMemory<byte> Bytes, bool IsTooLong);

/// <summary>
/// Reads lines of bytes from a stream through one pooled buffer: newline-delimited JSON, but it does not look into the lines. CRLF, a
/// byte order mark and a last line without an end are taken; lines of white space alone are passed over; a line over the limit is
/// told and does not end the reading.
/// </summary>
public static class NdjsonReader
{
    /// <summary>The most that a line may have unless the caller says otherwise: 16 MiB.</summary>
    public const int DefaultMaxLineBytes = 16 << 20;

    private const int FirstBufferBytes = 256 * 1024;

    /// <summary>Reads every line. Copy what shall outlive the step: the memory is used again.</summary>
    /// <param name="stream">A readable stream; it stays open.</param>
    /// <param name="maxLineBytes">The most bytes of a line, at least 1.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public static async IAsyncEnumerable<NdjsonLine> ReadAsync(
        Stream stream, int maxLineBytes = DefaultMaxLineBytes, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        using var lines = new LineBuffer(maxLineBytes);
        while (true)
        {
            while (lines.TryTake(out var line))
                yield return line;
            var got = await stream.ReadAsync(lines.Space(), cancellationToken);
            if (got == 0) break;
            lines.Added(got);
        }

        if (lines.TryTakeLast(out var last)) yield return last;
    }

    /// <summary>Reads every line without awaiting; see <see cref="ReadAsync"/>.</summary>
    public static IEnumerable<NdjsonLine> Read(Stream stream, int maxLineBytes = DefaultMaxLineBytes)
    {
        using var lines = new LineBuffer(maxLineBytes);
        while (true)
        {
            while (lines.TryTake(out var line))
                yield return line;
            var got = stream.Read(lines.Space().Span);
            if (got == 0) break;
            lines.Added(got);
        }

        if (lines.TryTakeLast(out var last)) yield return last;
    }

    /// <summary>The buffer and where the lines are in it.</summary>
    private sealed class LineBuffer(int maxLineBytes) : IDisposable
    {
        private byte[] _buffer = ArrayPool<byte>.Shared.Rent(Math.Min(FirstBufferBytes, Math.Max(4096, maxLineBytes)));
        private int _start;
        private int _scanned;
        private int _end;
        private long _number;
        private bool _isSkipping;
        private bool _isFirst = true;

        public bool TryTake(out NdjsonLine line)
        {
            if (_isFirst && !DropByteOrderMark())
            {
                line = default;
                return false;
            }

            while (_buffer.AsSpan(_scanned, _end - _scanned).IndexOf((byte)'\n') is >= 0 and var offset)
            {
                var newline = _scanned + offset;
                var taken = Take(newline, out line);
                _start = _scanned = newline + 1;
                if (taken) return true;
            }

            _scanned = _end;
            line = default;
            return false;
        }

        public bool TryTakeLast(out NdjsonLine line)
        {
            _isFirst = false;
            line = default;
            return (_end > _start || _isSkipping) && Take(_end, out line);
        }

        /// <summary>Room to read into: what is left of a started line is moved to the front, and the buffer grows up to the limit.</summary>
        public Memory<byte> Space()
        {
            if (_end - _start > maxLineBytes + 1)
            {
                _isSkipping = true;                           // one byte of grace: the line may end in CR LF
                _start = _scanned = _end;
            }

            if (_start > 0)
            {
                _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
                (_end, _scanned, _start) = (_end - _start, _scanned - _start, 0);
            }

            if (_end == _buffer.Length)
            {
                var larger = ArrayPool<byte>.Shared.Rent(_buffer.Length * 2);
                _buffer.AsSpan(0, _end).CopyTo(larger);
                ArrayPool<byte>.Shared.Return(_buffer);
                _buffer = larger;
            }

            return _buffer.AsMemory(_end);
        }

        public void Added(int count) => _end += count;

        public void Dispose() => ArrayPool<byte>.Shared.Return(_buffer);

        /// <summary>The line that ends here, unless it is blank.</summary>
        private bool Take(int end, out NdjsonLine line)
        {
            _number++;
            if (end > _start && _buffer[end - 1] == '\r') end--;
            if (_isSkipping || end - _start > maxLineBytes)
            {
                _isSkipping = false;
                line = new NdjsonLine(_number, default, IsTooLong: true);
                return true;
            }

            line = new NdjsonLine(_number, _buffer.AsMemory(_start, end - _start), IsTooLong: false);
            return line.Bytes.Span.ContainsAnyExcept((byte)' ', (byte)'\t', (byte)'\r');
        }

        private bool DropByteOrderMark()
        {
            ReadOnlySpan<byte> mark = [0xEF, 0xBB, 0xBF];
            var start = _buffer.AsSpan(0, Math.Min(3, _end));
            if (start.Length < 3 && mark.StartsWith(start)) return false;
            if (start.SequenceEqual(mark)) _start = _scanned = 3;
            _isFirst = false;
            return true;
        }
    }
}
