using System.Buffers.Binary;
using Touchstone.Files.Compression;
using Touchstone.Files.Parquet.Metadata;
using Touchstone.Files.Parquet.Pages;
using Touchstone.Files.Parquet.Rows;

namespace Touchstone.Files.Parquet;

/// <summary>
/// Writes a Parquet file row by row, or column by column for each row; forward only. Rows wait in memory until their row group is
/// full. A file is whole only after <see cref="Finish"/>: without it there is no footer, and every reader refuses what was written.
/// </summary>
/// <remarks>
/// Apache Parquet, format 2.11: pages of version 1, plain or dictionary encoding, levels in runs, lists of three levels, statistics.
/// </remarks>
public sealed class ParquetWriter
{
    private static readonly string Program = $"touchstone version {typeof(ParquetWriter).Assembly.GetName().Version?.ToString(3)}";
    private readonly Stream _stream;
    private readonly ParquetWriterOptions _options;
    private readonly ParquetColumnWriter[] _columns;
    private readonly RowShredder _shredder;
    private readonly ChunkWriter _chunks;
    private readonly ColumnMark[] _marks;
    private readonly List<ParquetRowGroup> _rowGroups = [];
    private int _groupRows;
    private bool _isFinished;

    /// <summary>Begins a file.</summary>
    /// <param name="stream">A writable stream at the file's start; it stays open.</param>
    /// <param name="schema">The rows' fields; none is of legacy Int96.</param>
    /// <param name="options">The defaults when null.</param>
    /// <exception cref="DllNotFoundException">Zstandard is asked for and the system has no libzstd.</exception>
    public ParquetWriter(Stream stream, ParquetSchema schema, ParquetWriterOptions? options = null)
    {
        _options = options ?? ParquetWriterOptions.Default;
        _options.Check();
        if (_options.Compression == ParquetCompression.Zstd) _ = Zstd.LengthMax(0);      // told before anything is written
        foreach (var column in schema.Columns)
        {
            if (column.Type.Physical == ParquetPhysicalType.Int96) throw new ArgumentException($"The column {column.Path} is of legacy Int96, which is read only; time stamps are Int64.", nameof(schema));
            if (column.DefinitionLevel > byte.MaxValue) throw new ArgumentException($"The column {column.Path} is within too many groups.", nameof(schema));
        }

        (_stream, Schema) = (stream, schema);
        _columns = [.. schema.Columns.Select(c => new ParquetColumnWriter(new ColumnBuffer(c)))];
        _marks = new ColumnMark[_columns.Length];
        _shredder = new(schema, _columns);
        _chunks = new(stream, _options) { Position = Magic.Length };
        stream.Write(Magic);
    }

    /// <summary>The rows' fields.</summary>
    public ParquetSchema Schema { get; }

    /// <summary>The columns, in the schema's order, for writing without objects: a value or null each, then <see cref="EndRow"/>.</summary>
    public IReadOnlyList<ParquetColumnWriter> Columns => _columns;

    /// <summary>Rows written so far.</summary>
    public long RowCount { get; private set; }

    internal static ReadOnlySpan<byte> Magic => "PAR1"u8;

    /// <summary>Writes a row.</summary>
    /// <param name="values">
    /// A value for each field of the schema, of the types that <see cref="ParquetRow"/> tells; also smaller whole numbers,
    /// <see cref="DateTimeOffset"/>, <see cref="DateTime"/>, <see cref="TimeOnly"/>, any list, and dictionaries of names for structs.
    /// </param>
    /// <exception cref="ArgumentException">A value does not fit its column; nothing of the row is written.</exception>
    /// <exception cref="InvalidOperationException">A row that was begun through <see cref="Columns"/> was not ended.</exception>
    public void WriteRow(params ReadOnlySpan<object?> values)
    {
        CheckOpen();
        CheckNothingPends();
        for (var c = 0; c < _columns.Length; c++) _marks[c] = _columns[c].Buffer.Mark();
        var isWhole = false;
        try
        {
            _shredder.Write(values);
            isWhole = true;
        }
        catch (ArgumentException fault)
        {
            throw new ArgumentException($"Row {RowCount}, {fault.Message}.", nameof(values), fault);
        }
        finally
        {
            if (!isWhole)
                for (var c = 0; c < _columns.Length; c++) _columns[c].Buffer.Restore(_marks[c]);
        }

        CountRow();
    }

    /// <summary>Writes a row by the names of its values; names that it lacks are null, names that the schema lacks are passed over.</summary>
    /// <exception cref="ArgumentException">A value does not fit its column; nothing of the row is written.</exception>
    public void WriteRow(ParquetRow row)
    {
        var values = new object?[Schema.Fields.Count];
        for (var f = 0; f < values.Length; f++) values[f] = row.TryGet(Schema.Fields[f].Name, out var value) ? value : null;
        WriteRow(values.AsSpan());
    }

    /// <summary>Ends a row that was written through <see cref="Columns"/>.</summary>
    /// <exception cref="InvalidOperationException">A column got no value for this row, or several, or is repeated.</exception>
    public void EndRow()
    {
        CheckOpen();
        foreach (var column in _columns)
        {
            if (column.Column.RepetitionLevel > 0) throw new InvalidOperationException($"The column {column.Column.Path} is repeated: write it by rows.");
            if (column.Buffer.EntryCount != _groupRows + 1)
                throw new InvalidOperationException($"Row {RowCount} has {column.Buffer.EntryCount - _groupRows} values in column {column.Column.Path}; it needs one.");
        }

        CountRow();
    }

    /// <summary>Writes the last row group and the footer, and flushes the stream.</summary>
    /// <exception cref="InvalidOperationException">A row that was begun through <see cref="Columns"/> was not ended.</exception>
    public void Finish()
    {
        CheckOpen();
        CheckNothingPends();
        if (_groupRows > 0) WriteRowGroup();
        _isFinished = true;
        var footer = FooterWriter.Write(new() { Schema = Schema, RowCount = RowCount, RowGroups = _rowGroups, KeyValues = _options.KeyValues, CreatedBy = Program }).Written;
        _stream.Write(footer);
        Span<byte> tail = stackalloc byte[8];
        BinaryPrimitives.WriteInt32LittleEndian(tail, footer.Length);
        Magic.CopyTo(tail[4..]);
        _stream.Write(tail);
        _stream.Flush();
    }

    private void CountRow()
    {
        RowCount++;
        _groupRows++;
        long bytes = 0;
        foreach (var column in _columns) bytes += column.Buffer.Bytes;
        if (_groupRows >= _options.RowGroupRowsMax || bytes >= _options.RowGroupBytesMax) WriteRowGroup();
    }

    private void WriteRowGroup()
    {
        var chunks = new ParquetChunk[_columns.Length];
        for (var c = 0; c < chunks.Length; c++)
        {
            chunks[c] = _chunks.Write(_columns[c].Buffer);
            _columns[c].Buffer.Clear();
        }

        _rowGroups.Add(new(_groupRows, chunks));
        _groupRows = 0;
    }

    private void CheckNothingPends()
    {
        foreach (var column in _columns)
            if (column.Column.RepetitionLevel == 0 && column.Buffer.EntryCount != _groupRows)
                throw new InvalidOperationException($"Row {RowCount} was begun with a value in column {column.Column.Path}, and not ended by {nameof(EndRow)}.");
    }

    private void CheckOpen()
    {
        if (_isFinished) throw new InvalidOperationException("The file is finished: no more rows can be written.");
    }
}
