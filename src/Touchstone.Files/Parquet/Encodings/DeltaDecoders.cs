namespace Touchstone.Files.Parquet.Encodings;

/// <summary>DELTA_BINARY_PACKED whole numbers.</summary>
internal sealed class DeltaBinaryDecoder(byte[] page, int start, int end) : ValueDecoder
{
    private readonly DeltaBinaryReader _numbers = new(page, start, end);

    public override void Read(ValueVector values, int count)
    {
        values.Reset(count);
        if (values.Physical == ParquetPhysicalType.Int32)
            foreach (ref var word in values.Words) word = unchecked((int)_numbers.Next());
        else
            foreach (ref var number in values.Longs) number = _numbers.Next();
    }
}

/// <summary>DELTA_LENGTH_BYTE_ARRAY: all lengths as differences, then all bytes.</summary>
internal sealed class DeltaLengthDecoder : ValueDecoder
{
    private readonly byte[] _page;
    private readonly int _end;
    private readonly DeltaBinaryReader _lengths;
    private int _at;

    public DeltaLengthDecoder(byte[] page, int start, int end)
    {
        (_page, _end) = (page, end);
        _lengths = new(page, start, end);
        _at = new DeltaBinaryReader(page, start, end).SkipAll();
    }

    public override void Read(ValueVector values, int count)
    {
        values.Reset(count);
        values.Data = _page;
        for (var i = 0; i < count; i++) (values.Starts[i], values.Lengths[i]) = Next();
    }

    /// <summary>Where the next value's bytes are.</summary>
    public (int Start, int Length) Next()
    {
        var length = _lengths.Next();
        if (length < 0 || length > _end - _at) throw new InvalidDataException($"expected {length} bytes of a value {_at} bytes into the page, found {_end - _at}");
        _at += (int)length;
        return (_at - (int)length, (int)length);
    }
}

/// <summary>DELTA_BYTE_ARRAY: how much of the value before to keep, then what follows it.</summary>
internal sealed class DeltaByteArrayDecoder : ValueDecoder
{
    private readonly byte[] _page;
    private readonly int _fixedLength;
    private readonly int _bytesMax;
    private readonly DeltaBinaryReader _prefixes;
    private readonly DeltaLengthDecoder _suffixes;
    private readonly ByteSink _unfolded = new();
    private byte[] _last = [];

    public DeltaByteArrayDecoder(byte[] page, int start, int end, int fixedLength, int bytesMax)
    {
        (_page, _fixedLength, _bytesMax) = (page, fixedLength, bytesMax);
        _prefixes = new(page, start, end);
        _suffixes = new(page, new DeltaBinaryReader(page, start, end).SkipAll(), end);
    }

    public override void Read(ValueVector values, int count)
    {
        values.Reset(count);
        _unfolded.Clear();
        var last = (Start: 0, _last.Length);
        _unfolded.Write(_last);
        for (var i = 0; i < count; i++)
        {
            var prefix = _prefixes.Next();
            var suffix = _suffixes.Next();
            if (prefix < 0 || prefix > last.Length) throw new InvalidDataException($"expected to keep at most the {last.Length} bytes of the value before, found {prefix}");
            var length = prefix + suffix.Length;
            if (_fixedLength > 0 && length != _fixedLength) throw new InvalidDataException($"expected a value of {_fixedLength} bytes, found {length}");
            if (_unfolded.Length + length > _bytesMax) throw new InvalidDataException($"expected values of at most {_bytesMax} bytes in a batch of {count}, found more");
            var (from, to) = (last.Start, _unfolded.Length);
            var space = _unfolded.Space((int)length);
            _unfolded.Written.Slice(from, (int)prefix).CopyTo(space);
            _page.AsSpan(suffix.Start, suffix.Length).CopyTo(space[(int)prefix..]);
            last = (to, (int)length);
            (values.Starts[i], values.Lengths[i]) = last;
        }

        _last = _unfolded.Written.Slice(last.Start, last.Length).ToArray();
        values.Data = _unfolded.Buffer;
    }
}

/// <summary>BYTE_STREAM_SPLIT: all first bytes of the values, then all second ones, and so on.</summary>
internal sealed class ByteStreamSplitDecoder(byte[] page, int start, int end) : ValueDecoder
{
    private byte[] _joined = [];
    private int _next;

    public override void Read(ValueVector values, int count)
    {
        var width = values.Width;
        var stride = (end - start) / width;
        if ((end - start) % width != 0) throw new InvalidDataException($"expected a multiple of {width} bytes, found {end - start}");
        if (count > stride - _next) throw new InvalidDataException($"expected {count} more values, found {stride - _next}");
        if (_joined.Length < count * width) _joined = new byte[count * width];
        for (var b = 0; b < width; b++)
        {
            var stream = page.AsSpan(start + b * stride + _next, count);
            for (var i = 0; i < count; i++) _joined[i * width + b] = stream[i];
        }

        _next += count;
        new PlainDecoder(_joined, 0, count * width).Read(values, count);
    }
}
