using System.Text;

namespace Touchstone.Formats.PointClouds;

/// <summary>The bytes of a file of points: lines of a header, then rows. Nothing is allocated on the word of a header beyond what the stream can hold.</summary>
internal sealed class CloudInput
{
    public const int LineMaxBytes = 1 << 16;

    private const int BufferBytes = 1 << 16;

    /// <summary>How far what stands behind the points is counted.</summary>
    private const int BehindMaxBytes = 1 << 20;

    /// <summary>Points that memory is first taken for where the stream does not say how long it is.</summary>
    private const int FirstPoints = 1 << 12;

    private readonly Stream _stream;
    private readonly PointCloudLimits _limits;
    private readonly byte[] _buffer = new byte[BufferBytes];
    private readonly byte[] _line = new byte[LineMaxBytes];
    private int _start;
    private int _end;

    public CloudInput(Stream stream, string fileName, PointCloudLimits? limits)
    {
        _stream = stream;
        FileName = fileName;
        _limits = limits ?? PointCloudLimits.Default;
    }

    public string FileName { get; }

    public PointCloudLimits Limits => _limits;

    /// <summary>Lines read so far.</summary>
    public int Line { get; private set; }

    /// <summary>Bytes that are left; null where the stream does not know.</summary>
    public long? Remaining => _stream.CanSeek ? _stream.Length - _stream.Position + (_end - _start) : null;

    public FileFormatFaultException Fault(string message) => new($"{FileName}: {message}");

    public FileFormatFaultException LineFault(string message) => new($"{FileName}: line {Line}: {message}");

    /// <summary>The next line without its end.</summary>
    /// <returns>False at the end of the file. The bytes hold until the next call.</returns>
    public bool TryReadLine(out ReadOnlySpan<byte> line)
    {
        var length = 0;
        while (true)
        {
            if (_start == _end && !Fill())
            {
                line = _line.AsSpan(0, length);
                if (length > 0) Line++;
                return length > 0;
            }

            var window = _buffer.AsSpan(_start, _end - _start);
            var at = window.IndexOf((byte)'\n');
            var part = at < 0 ? window : window[..at];
            if (length + part.Length > LineMaxBytes) throw Fault($"line {Line + 1} is longer than {LineMaxBytes} bytes.");
            part.CopyTo(_line.AsSpan(length));
            length += part.Length;
            _start += at < 0 ? part.Length : at + 1;
            if (at < 0) continue;
            Line++;
            if (length > 0 && _line[length - 1] == '\r') length--;
            line = _line.AsSpan(0, length);
            return true;
        }
    }

    /// <summary>The next line as words. Bytes that are no ASCII become question marks: names of fields are all that could have any.</summary>
    public bool TryReadWords(out string[] words)
    {
        var has = TryReadLine(out var line);
        words = has ? Encoding.ASCII.GetString(line).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries) : [];
        return has;
    }

    /// <summary>Fills all of a span.</summary>
    /// <returns>False where the file ends before that.</returns>
    public bool TryRead(Span<byte> to)
    {
        while (to.Length > 0)
        {
            if (_start == _end)
            {
                if (to.Length >= BufferBytes)
                {
                    var got = ReadStream(to);
                    if (got == 0) return false;
                    to = to[got..];
                    continue;
                }

                if (!Fill()) return false;
            }

            var taken = Math.Min(to.Length, _end - _start);
            _buffer.AsSpan(_start, taken).CopyTo(to);
            _start += taken;
            to = to[taken..];
        }

        return true;
    }

    /// <summary>Reads rows of one length.</summary>
    /// <param name="columns">The columns with where in a row each begins.</param>
    /// <param name="stride">Bytes of a row, 1 or more.</param>
    /// <param name="points">How many rows the header says there are; null for as many as the file holds.</param>
    /// <exception cref="FileFormatFaultException">There are fewer rows, or too many for the limits.</exception>
    public void ReadRows(IReadOnlyList<(PointColumn Column, int Offset)> columns, int stride, long? points)
    {
        var known = Remaining;
        if (known is { } bytes && points * stride > bytes) throw Fault($"{points} points of {stride} bytes were expected; {bytes} bytes are left.");
        if (points is null && known is { } whole && whole % stride != 0) throw Fault($"{whole} bytes are no whole number of points of {stride} bytes.");
        var count = points ?? known / stride;
        CheckSize(count ?? 0, stride);
        var capacity = known is null ? (int)Math.Min(count ?? FirstPoints, FirstPoints) : (int)count!.Value;
        foreach (var (column, _) in columns) column.Resize(capacity);
        var chunk = new byte[Math.Max(1, BufferBytes / stride) * stride];
        long done = 0;
        while (count is null || done < count)
        {
            var got = Fill(chunk.AsSpan(0, (int)Math.Min(chunk.Length, (count - done) * stride ?? chunk.Length)));
            if (got % stride != 0 || count is not null && got == 0) throw Fault(count is null ? $"the file ends within point {done + got / stride}." : $"{count} points were expected; the file ends after {done + got / stride}.");
            if (got == 0) break;
            var end = (int)done + got / stride;
            if (end > capacity)
            {
                CheckSize(end, stride);
                capacity = (int)Math.Min(Math.Max(end, 2L * capacity), count ?? int.MaxValue / stride);
                foreach (var (column, _) in columns) column.Resize(capacity);
            }

            foreach (var (column, offset) in columns) column.Take(chunk.AsSpan(0, got), stride, offset, (int)done);
            done = end;
        }

        if (done != capacity) foreach (var (column, _) in columns) column.Resize((int)done);
    }

    /// <summary>What stands behind the last point: bytes that nothing says anything of. Blanks and ends of lines are nothing.</summary>
    public IReadOnlyList<Loss> Behind()
    {
        long bytes = 0;
        do
        {
            foreach (var each in _buffer.AsSpan(_start, _end - _start))
                if (each is not ((byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n' or 0)) bytes++;
        }
        while (bytes < BehindMaxBytes && Fill());
        _start = _end;
        return bytes == 0 ? [] : [new Loss("behind_points", bytes, "Bytes behind the last point that the head speaks of are not read.")];
    }

    /// <summary>Refuses what is larger than the limits or than an array can be.</summary>
    public void CheckSize(long points, long stride)
    {
        if (points > int.MaxValue || points * stride > Math.Min(_limits.BytesMax, Array.MaxLength))
            throw Fault($"{points} points of {stride} bytes are more than the {Math.Min(_limits.BytesMax, Array.MaxLength)} bytes that are read.");
    }

    private int Fill(Span<byte> to)
    {
        var got = 0;
        while (got < to.Length)
        {
            if (_start == _end && !Fill()) break;
            var taken = Math.Min(to.Length - got, _end - _start);
            _buffer.AsSpan(_start, taken).CopyTo(to[got..]);
            _start += taken;
            got += taken;
        }

        return got;
    }

    private bool Fill()
    {
        _start = 0;
        _end = ReadStream(_buffer);
        return _end > 0;
    }

    private int ReadStream(Span<byte> to)
    {
        try
        {
            return _stream.Read(to);
        }
        catch (InvalidDataException fault)
        {
            throw new FileFormatFaultException($"{FileName}: what is compressed in it is damaged ({fault.Message.TrimEnd('.')}).", fault);
        }
    }
}
