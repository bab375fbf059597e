namespace Touchstone.Files.Parquet.Encodings;

/// <summary>Reads the hybrid of runs of one value and bit-packed groups of eight, a batch at a time: levels, dictionary codes, truth values.</summary>
/// <remarks>Apache Parquet, Encodings.md, "Run Length Encoding / Bit-Packing Hybrid".</remarks>
internal struct RunLengthReader(int start, int end, int width)
{
    private int _at = start;
    private int _left;            // of the run
    private bool _isPacked;
    private int _value;
    private long _bit;

    /// <summary>Reads as many values as the destination holds.</summary>
    /// <param name="bytes">The page, of which this encoding has a part.</param>
    /// <param name="destination">Where the values go.</param>
    /// <exception cref="InvalidDataException">There are fewer, or a run is broken.</exception>
    public void Read<T>(ReadOnlySpan<byte> bytes, Span<T> destination)
        where T : unmanaged, System.Numerics.IBinaryInteger<T>
    {
        if (width == 0)
        {
            destination.Clear();
            return;
        }

        bytes = bytes[..end];
        while (!destination.IsEmpty)
        {
            if (_left == 0) NextRun(bytes, destination.Length);
            var count = Math.Min(_left, destination.Length);
            if (_isPacked) Unpack(bytes, destination[..count]);
            else destination[..count].Fill(T.CreateTruncating(_value));
            _left -= count;
            destination = destination[count..];
        }
    }

    private void Unpack<T>(ReadOnlySpan<byte> bytes, Span<T> destination)
        where T : unmanaged, System.Numerics.IBinaryInteger<T>
    {
        if (width == 1)
        {
            for (var i = 0; i < destination.Length; i++, _bit++) destination[i] = T.CreateTruncating((uint)bytes[(int)(_bit >> 3)] >> (int)(_bit & 7) & 1);
            return;
        }

        for (var i = 0; i < destination.Length; i++, _bit += width) destination[i] = T.CreateTruncating(BitReader.Read(bytes, _bit, width));
    }

    private void NextRun(ReadOnlySpan<byte> bytes, int wanted)
    {
        ulong header = 0;
        var from = _at;
        for (var shift = 0; ; shift += 7)
        {
            if (_at >= end) throw new InvalidDataException($"expected {wanted} more values in runs of {width} bits, found the end");
            if (shift > 28) throw new InvalidDataException($"expected a run's header of at most five bytes {from} bytes into the page, found a longer one");
            var b = bytes[_at++];
            header |= (ulong)(b & 0x7F) << shift;
            if (b < 0x80) break;
        }

        _isPacked = (header & 1) != 0;
        if (_isPacked)
        {
            // Some writers cut the last group's bytes that no value needs.
            var size = Math.Min((long)(header >> 1) * width, end - _at);
            _left = (int)Math.Min((long)(header >> 1) * 8, size * 8 / width);
            _bit = (long)_at * 8;
            _at += (int)size;
        }
        else
        {
            var size = (width + 7) / 8;
            if (size > end - _at) throw new InvalidDataException($"expected a run's value of {size} bytes {_at} bytes into the page, found {end - _at}");
            uint value = 0;
            for (var i = 0; i < size; i++) value |= (uint)bytes[_at + i] << (8 * i);
            if (width < 32 && value >> width != 0) throw new InvalidDataException($"expected a run's value of {width} bits {_at} bytes into the page, found {value}");
            (_value, _left) = ((int)value, (int)Math.Min(header >> 1, int.MaxValue));
            _at += size;
        }

        if (_left == 0) throw new InvalidDataException($"expected a run of values {from} bytes into the page, found an empty one");
    }
}
