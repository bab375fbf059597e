namespace Touchstone.Files.Parquet.Encodings;

/// <summary>
/// DELTA_BINARY_PACKED: blocks of differences less their least one, each miniblock with bits of its own.
/// Bit widths are the only sizes trusted, so a page of few bytes takes little memory whatever it states.
/// </summary>
/// <remarks>Apache Parquet, Encodings.md, "Delta Encoding (DELTA_BINARY_PACKED)".</remarks>
internal sealed class DeltaBinaryReader
{
    private readonly byte[] _page;
    private readonly int _end;
    private readonly int _miniblocks;
    private readonly int _miniblockValues;
    private int _at;
    private long _value;
    private long _minDelta;
    private int _widthsAt;
    private int _miniblock;          // the next one of the block
    private int _left;               // differences left in the miniblock
    private int _width;
    private long _bit;
    private bool _isFirst = true;

    public DeltaBinaryReader(byte[] page, int start, int end)
    {
        (_page, _at, _end) = (page, start, end);
        var block = Varint();
        var miniblocks = Varint();
        var count = Varint();
        if (block is 0 or > 1 << 24 || block % 128 != 0 || miniblocks == 0 || miniblocks > block || block % miniblocks != 0 || block / miniblocks % 32 != 0)
            throw new InvalidDataException($"expected blocks of a multiple of 128 values in miniblocks of a multiple of 32, found {block} in {miniblocks}");
        (_miniblocks, _miniblockValues) = ((int)miniblocks, (int)(block / miniblocks));
        _miniblock = _miniblocks;
        Count = (long)Math.Min(count, int.MaxValue);
        var first = Varint();
        _value = (long)(first >> 1) ^ -(long)(first & 1);
    }

    /// <summary>Values that are left.</summary>
    public long Count { get; private set; }

    /// <summary>The next value; arithmetic wraps as the format wants.</summary>
    public long Next()
    {
        if (Count == 0) throw new InvalidDataException("expected more values, found the end of the differences");
        Count--;
        if (_isFirst)
        {
            _isFirst = false;
            return _value;
        }

        if (_left == 0) NextMiniblock();
        _left--;
        _value = unchecked(_value + _minDelta + (long)BitReader.Read(_page.AsSpan(0, _end), _bit, _width));
        _bit += _width;
        return _value;
    }

    /// <summary>Passes all values over.</summary>
    /// <returns>Where the encoding ends.</returns>
    public int SkipAll()
    {
        if (_isFirst && Count > 0) Count--;
        _isFirst = false;
        while (Count > 0)
        {
            NextMiniblock();
            Count -= Math.Min(Count, _left);
        }

        return _at;
    }

    private void NextMiniblock()
    {
        if (_miniblock == _miniblocks)
        {
            var min = Varint();
            _minDelta = (long)(min >> 1) ^ -(long)(min & 1);
            if (_miniblocks > _end - _at) throw new InvalidDataException($"expected the bit widths of {_miniblocks} miniblocks, found {_end - _at} bytes");
            _widthsAt = _at;
            _at += _miniblocks;
            _miniblock = 0;
        }

        _width = _page[_widthsAt + _miniblock++];
        if (_width > 64) throw new InvalidDataException($"expected differences of at most 64 bits, found {_width}");
        var size = (long)_width * _miniblockValues / 8;
        if (size > _end - _at) throw new InvalidDataException($"expected a miniblock of {size} bytes {_at} bytes into the page, found {_end - _at}");
        _bit = (long)_at * 8;
        _at += (int)size;
        _left = _miniblockValues;
    }

    private ulong Varint()
    {
        ulong value = 0;
        for (var shift = 0; shift < 70; shift += 7)
        {
            if (_at >= _end) throw new InvalidDataException("expected a number before the page's end, found the end");
            var b = _page[_at++];
            value |= (ulong)(b & 0x7F) << shift;
            if (b < 0x80) return value;
        }

        throw new InvalidDataException($"expected a number of at most 64 bits {_at} bytes into the page, found a longer one");
    }
}
