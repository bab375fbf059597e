using Touchstone.Files.Parquet.Encodings;

namespace Touchstone.Files.Parquet.Pages;

/// <summary>The entries of one column that wait for their row group to be written.</summary>
internal sealed class ColumnBuffer(ParquetColumn column)
{
    private readonly ByteSink _definitions = new();
    private readonly ByteSink _repetitions = new();
    private readonly ByteSink _bytes = new();       // of byte arrays, of fixed-length ones, or a byte for each truth value
    private int[] _words = [];
    private long[] _longs = [];
    private int[] _ends = [];                       // of each byte array in _bytes

    public ParquetColumn Column => column;

    public int EntryCount { get; private set; }

    public int ValueCount { get; private set; }

    public ReadOnlySpan<byte> Definitions => _definitions.Written;

    public ReadOnlySpan<byte> Repetitions => _repetitions.Written;

    public ReadOnlySpan<byte> Booleans => _bytes.Written;

    public ReadOnlySpan<int> Words => _words.AsSpan(0, ValueCount);

    public ReadOnlySpan<long> Longs => _longs.AsSpan(0, ValueCount);

    /// <summary>Bytes that the entries take in memory.</summary>
    public long Bytes => _definitions.Length + _repetitions.Length + _bytes.Length + (long)ValueCount * column.Type.Physical switch
    {
        ParquetPhysicalType.Int64 or ParquetPhysicalType.Double => 8,
        ParquetPhysicalType.Boolean or ParquetPhysicalType.FixedLengthByteArray => 0,
        _ => 4,
    };

    /// <summary>The bytes of a byte array or a fixed-length one.</summary>
    public ReadOnlySpan<byte> ValueBytes(int index)
    {
        if (column.Type.Length > 0) return _bytes.Written.Slice(index * column.Type.Length, column.Type.Length);
        var start = index == 0 ? 0 : _ends[index - 1];
        return _bytes.Written[start.._ends[index]];
    }

    /// <summary>Bytes of some values in plain encoding.</summary>
    public long PlainBytes(int from, int to) => column.Type.Physical switch
    {
        ParquetPhysicalType.Boolean => (to - from + 7) / 8,
        ParquetPhysicalType.Int32 or ParquetPhysicalType.Float => 4L * (to - from),
        ParquetPhysicalType.Int64 or ParquetPhysicalType.Double => 8L * (to - from),
        ParquetPhysicalType.FixedLengthByteArray => (long)column.Type.Length * (to - from),
        _ => from == to ? 0 : 4L * (to - from) + _ends[to - 1] - (from == 0 ? 0 : _ends[from - 1]),
    };

    /// <summary>Adds an entry without value.</summary>
    public void AddNull(int repetition, int definition)
    {
        if (column.RepetitionLevel > 0) _repetitions.Byte((byte)repetition);
        if (column.DefinitionLevel > 0) _definitions.Byte((byte)definition);
        EntryCount++;
    }

    public void Add(int repetition, bool value)
    {
        _bytes.Byte(value ? (byte)1 : (byte)0);
        AddEntry(repetition);
    }

    public void Add(int repetition, int value)
    {
        if (ValueCount == _words.Length) Grow(ref _words);
        _words[ValueCount] = value;
        AddEntry(repetition);
    }

    public void Add(int repetition, long value)
    {
        if (ValueCount == _longs.Length) Grow(ref _longs);
        _longs[ValueCount] = value;
        AddEntry(repetition);
    }

    /// <summary>Room for a value of so many bytes, which is then an entry.</summary>
    public Span<byte> AddBytes(int repetition, int length)
    {
        var space = _bytes.Space(length);
        if (column.Type.Length == 0)
        {
            if (ValueCount == _ends.Length) Grow(ref _ends);
            _ends[ValueCount] = _bytes.Length;
        }

        AddEntry(repetition);
        return space;
    }

    public ColumnMark Mark() => new(EntryCount, ValueCount, _bytes.Length);

    /// <summary>Goes back to what was there at a mark.</summary>
    public void Restore(ColumnMark mark)
    {
        (EntryCount, ValueCount) = (mark.Entries, mark.Values);
        _bytes.Truncate(mark.Bytes);
        _definitions.Truncate(mark.Entries);
        _repetitions.Truncate(mark.Entries);
    }

    public void Clear() => Restore(default);

    private void AddEntry(int repetition)
    {
        ValueCount++;
        AddNull(repetition, column.DefinitionLevel);
    }

    private static void Grow<T>(ref T[] array) => Array.Resize(ref array, Math.Max(1024, array.Length * 2));
}

/// <summary>How much of a column was there.</summary>
internal readonly record struct ColumnMark(int Entries, int Values, int Bytes);
