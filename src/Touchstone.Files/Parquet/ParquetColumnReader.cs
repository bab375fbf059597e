using Touchstone.Files.Parquet.Encodings;
using Touchstone.Files.Parquet.Pages;

namespace Touchstone.Files.Parquet;

/// <summary>
/// Reads one column of one row group, a batch of entries at a time: the levels of each entry, and the values of those that have one.
/// It holds a page and the dictionary, however long the column is.
/// </summary>
/// <remarks>
/// An entry has a value where its definition level is the column's. Below that it is null, or the null or empty list or struct that
/// the level tells. A repetition level of 0 begins a row. S. Melnik et al., Dremel, VLDB 2010.
/// </remarks>
public sealed class ParquetColumnReader
{
    private const int BatchEntries = 4096;
    private readonly string _name;
    private readonly int _rowGroup;
    private readonly ParquetChunk _chunk;
    private readonly PageReader _pages;
    private readonly byte[] _definitions = new byte[BatchEntries];
    private readonly byte[] _repetitions = new byte[BatchEntries];
    private readonly ValueVector _values;
    private LevelReader _definitionReader;
    private LevelReader _repetitionReader;
    private long _entriesLeft;
    private int _pageLeft;
    private bool _hasPage;

    internal ParquetColumnReader(Stream stream, string name, int rowGroup, ParquetChunk chunk, ParquetLimits limits)
    {
        (_name, _rowGroup, _chunk) = (name, rowGroup, chunk);
        _pages = new(stream, chunk, limits);
        _values = new(chunk.Column.Type.Physical, chunk.Column.Type.Length);
        _entriesLeft = chunk.EntryCount;
    }

    /// <summary>The column.</summary>
    public ParquetColumn Column => _chunk.Column;

    /// <summary>Entries of the batch.</summary>
    public int EntryCount { get; private set; }

    /// <summary>Values of the batch: entries that are not null.</summary>
    public int ValueCount => _values.Count;

    /// <summary>The entries' definition levels.</summary>
    public ReadOnlySpan<byte> DefinitionLevels => _definitions.AsSpan(0, EntryCount);

    /// <summary>The entries' repetition levels.</summary>
    public ReadOnlySpan<byte> RepetitionLevels => _repetitions.AsSpan(0, EntryCount);

    /// <summary>The values of a column of truth values: 0 and 1.</summary>
    public ReadOnlySpan<byte> Booleans => Values(ParquetPhysicalType.Boolean).Booleans;

    /// <summary>The values of an Int32 column, whatever they mean.</summary>
    public ReadOnlySpan<int> Int32s => Values(ParquetPhysicalType.Int32).Words;

    /// <summary>The values of an Int64 column, whatever they mean.</summary>
    public ReadOnlySpan<long> Int64s => Values(ParquetPhysicalType.Int64).Longs;

    /// <summary>The values of a Float column.</summary>
    public ReadOnlySpan<float> Floats => Values(ParquetPhysicalType.Float).Floats;

    /// <summary>The values of a Double column.</summary>
    public ReadOnlySpan<double> Doubles => Values(ParquetPhysicalType.Double).Doubles;

    internal ValueVector Vector => _values;

    /// <summary>One value of a column of bytes, of any length or a fixed one, or of Int96; valid until the next batch.</summary>
    public ReadOnlySpan<byte> Bytes(int index)
    {
        if (_values.Physical is not (ParquetPhysicalType.ByteArray or ParquetPhysicalType.FixedLengthByteArray or ParquetPhysicalType.Int96))
            throw new InvalidOperationException($"The column {Column.Path} is of {_values.Physical}, not of bytes.");
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)ValueCount, nameof(index));
        return _values.Bytes(index);
    }

    /// <summary>Reads the next batch.</summary>
    /// <returns>False at the column's end in this row group.</returns>
    /// <exception cref="ParquetFormatException">A page is broken.</exception>
    /// <exception cref="DllNotFoundException">The pages are compressed by Zstandard and the system has no libzstd.</exception>
    public bool Read()
    {
        if (_entriesLeft == 0)
        {
            EntryCount = 0;
            return false;
        }

        try
        {
            while (_pageLeft == 0) NextPage();
            var count = Math.Min(_pageLeft, BatchEntries);
            _repetitionReader.Read(_pages.Page, _repetitions.AsSpan(0, count));
            _definitionReader.Read(_pages.Page, _definitions.AsSpan(0, count));
            var values = Column.DefinitionLevel == 0 ? count : _definitions.AsSpan(0, count).Count((byte)Column.DefinitionLevel);
            _pages.Values.Read(_values, values);
            EntryCount = count;
            _pageLeft -= count;
            _entriesLeft -= count;
            return true;
        }
        catch (InvalidDataException fault)
        {
            throw Fault(fault.Message, null, fault);
        }
    }

    internal ParquetFormatException Fault(string message, long? row, Exception? inner = null) =>
        new(_name, new(_rowGroup, Column.Path, _hasPage || inner is not null ? _pages.Offset : null, row), message, inner);

    private void NextPage()
    {
        _pages.Next();
        _hasPage = true;
        _pageLeft = _pages.Header.Count;
        if (_pageLeft > _entriesLeft) throw new InvalidDataException($"expected at most the {_entriesLeft} entries that are left of the chunk, found a page of {_pageLeft}");
        (_definitionReader, _repetitionReader) = (_pages.Definitions, _pages.Repetitions);
    }

    private ValueVector Values(ParquetPhysicalType physical) =>
        _values.Physical == physical ? _values : throw new InvalidOperationException($"The column {Column.Path} is of {_values.Physical}, not of {physical}.");
}
