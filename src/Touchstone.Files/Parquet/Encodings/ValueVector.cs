using System.Runtime.InteropServices;

namespace Touchstone.Files.Parquet.Encodings;

/// <summary>Values of one physical type: numbers in an array, bytes as places in a buffer that they share.</summary>
internal sealed class ValueVector(ParquetPhysicalType physical, int length)
{
    private byte[] _booleans = [];
    private int[] _words = [];       // Int32 and the bits of Float
    private long[] _longs = [];      // Int64 and the bits of Double

    public ParquetPhysicalType Physical => physical;

    /// <summary>Bytes of a value, where all have as many: of the file's, not of memory; 0 for byte arrays and truth values.</summary>
    public int Width { get; } = physical switch
    {
        ParquetPhysicalType.Int32 or ParquetPhysicalType.Float => 4,
        ParquetPhysicalType.Int64 or ParquetPhysicalType.Double => 8,
        ParquetPhysicalType.Int96 => 12,
        ParquetPhysicalType.FixedLengthByteArray => length,
        _ => 0,
    };

    public int Count { get; private set; }

    public Span<byte> Booleans => _booleans.AsSpan(0, Count);

    public Span<int> Words => _words.AsSpan(0, Count);

    public Span<long> Longs => _longs.AsSpan(0, Count);

    public Span<float> Floats => MemoryMarshal.Cast<int, float>(Words);

    public Span<double> Doubles => MemoryMarshal.Cast<long, double>(Longs);

    /// <summary>What <see cref="Starts"/> and <see cref="Lengths"/> are places in.</summary>
    public byte[] Data { get; set; } = [];

    public int[] Starts { get; private set; } = [];

    public int[] Lengths { get; private set; } = [];

    /// <summary>Each value's place in the dictionary that it came from, where it came from one.</summary>
    public int[]? Codes { get; set; }

    /// <summary>The bytes of a byte array, a fixed-length byte array or an Int96.</summary>
    public ReadOnlySpan<byte> Bytes(int index) => Data.AsSpan(Starts[index], Lengths[index]);

    /// <summary>Makes room for so many values and forgets those before.</summary>
    public void Reset(int count)
    {
        Count = count;
        Codes = null;
        switch (physical)
        {
            case ParquetPhysicalType.Boolean: Ensure(ref _booleans, count); break;
            case ParquetPhysicalType.Int32 or ParquetPhysicalType.Float: Ensure(ref _words, count); break;
            case ParquetPhysicalType.Int64 or ParquetPhysicalType.Double: Ensure(ref _longs, count); break;
            default:
                var (starts, lengths) = (Starts, Lengths);
                Ensure(ref starts, count);
                Ensure(ref lengths, count);
                (Starts, Lengths) = (starts, lengths);
                break;
        }
    }

    /// <summary>Takes values out of a dictionary by their places there.</summary>
    /// <exception cref="InvalidDataException">A place is not in it.</exception>
    public void Gather(ValueVector dictionary, int[] codes)
    {
        var places = codes.AsSpan(0, Count);
        foreach (var code in places)
            if ((uint)code >= (uint)dictionary.Count) throw new InvalidDataException($"expected a place in the dictionary of {dictionary.Count} values, found {(uint)code}");
        switch (physical)
        {
            case ParquetPhysicalType.Boolean: Gather(places, dictionary._booleans, _booleans); break;
            case ParquetPhysicalType.Int32 or ParquetPhysicalType.Float: Gather(places, dictionary._words, _words); break;
            case ParquetPhysicalType.Int64 or ParquetPhysicalType.Double: Gather(places, dictionary._longs, _longs); break;
            default:
                Data = dictionary.Data;
                Gather(places, dictionary.Starts, Starts);
                Gather(places, dictionary.Lengths, Lengths);
                break;
        }

        Codes = codes;
    }

    private static void Gather<T>(ReadOnlySpan<int> codes, T[] from, T[] to)
    {
        for (var i = 0; i < codes.Length; i++) to[i] = from[codes[i]];
    }

    private static void Ensure<T>(ref T[] array, int count)
    {
        if (array.Length < count) array = new T[Math.Max(count, Math.Min(array.Length * 2, 1 << 20))];
    }
}
