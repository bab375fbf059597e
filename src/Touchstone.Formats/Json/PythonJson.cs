namespace Touchstone.Formats.Json;

/// <summary>JSON as Python's <c>json</c> writes it unless it is told not to: NaN, Infinity and -Infinity, which JSON has no place for, stand in it as words. They are read as null.</summary>
/// <param name="inner">The file, which is closed with this.</param>
internal sealed class PythonJson(Stream inner) : Stream
{
    private const int WordMax = 9;                        // -Infinity

    private readonly byte[] _input = new byte[1 << 14];
    private readonly byte[] _output = new byte[(1 << 15) + WordMax];
    private readonly byte[] _word = new byte[WordMax];
    private int _start;
    private int _end;
    private int _wordLength;
    private bool _isInText;
    private bool _isEscaped;
    private bool _isDone;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        while (_start == _end && !_isDone) Take(inner.Read(_input));
        return Give(buffer);
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (_start == _end && !_isDone) Take(await inner.ReadAsync(_input, cancellationToken));
        return Give(buffer.Span);
    }

    private int Give(Span<byte> buffer)
    {
        var given = Math.Min(buffer.Length, _end - _start);
        _output.AsSpan(_start, given).CopyTo(buffer);
        _start += given;
        return given;
    }

    private void Take(int got)
    {
        (_start, _end) = (0, 0);
        foreach (var each in _input.AsSpan(0, got)) Take(each);
        if (got > 0) return;
        EndWord();
        _isDone = true;
    }

    /// <summary>Letters outside of texts are held back until the word is whole: of 3 bytes or more 4 are made at most, so the output holds twice the input.</summary>
    private void Take(byte each)
    {
        if (_isInText)
        {
            _output[_end++] = each;
            if (_isEscaped) _isEscaped = false;
            else if (each == '\\') _isEscaped = true;
            else if (each == '"') _isInText = false;
            return;
        }

        if ((each == '-' && _wordLength == 0 || char.IsAsciiLetter((char)each)) && _wordLength < WordMax)
        {
            _word[_wordLength++] = each;
            return;
        }

        EndWord();
        _output[_end++] = each;
        _isInText = each == '"';
    }

    private void EndWord()
    {
        var word = _word.AsSpan(0, _wordLength);
        var written = word.SequenceEqual("NaN"u8) || word.SequenceEqual("Infinity"u8) || word.SequenceEqual("-Infinity"u8) ? "null"u8 : word;
        written.CopyTo(_output.AsSpan(_end));
        _end += written.Length;
        _wordLength = 0;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) inner.Dispose();
        base.Dispose(disposing);
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
