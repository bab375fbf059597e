using System.Buffers.Binary;
using System.Text;

namespace Touchstone.Files.Arrow;

/// <summary>A column of one batch of rows. Values stay as the file has them and are read one by one.</summary>
public sealed class ArrowColumn
{
    private readonly ReadOnlyMemory<byte> _validity;
    private readonly ReadOnlyMemory<byte> _offsets;
    private readonly ReadOnlyMemory<byte> _values;
    private readonly ArrowDictionary? _dictionary;
    private readonly string _file;

    internal ArrowColumn(string file, string name, ArrowType type, int count, ReadOnlyMemory<byte> validity, ReadOnlyMemory<byte> offsets, ReadOnlyMemory<byte> values, ArrowDictionary? dictionary)
    {
        (_file, Name, StoredType, Count) = (file, name, type, count);
        (_validity, _offsets, _values, _dictionary) = (validity, offsets, values, dictionary);
    }

    /// <summary>Its name.</summary>
    public string Name { get; }

    /// <summary>What its values are; of a column that points into a dictionary, what the dictionary's are.</summary>
    public ArrowType Type => _dictionary?.Type ?? StoredType;

    /// <summary>Rows.</summary>
    public int Count { get; }

    private ArrowType StoredType { get; }

    /// <summary>Whether a row has no value.</summary>
    /// <param name="row">In [0, <see cref="Count"/>).</param>
    public bool IsNull(int row) => StoredType == ArrowType.Null || _validity.Length > 0 && (_validity.Span[row >> 3] >> (row & 7) & 1) == 0;

    /// <summary>A whole number, or 0 and 1 for false and true; null where there is none, or one beyond 64 bits with a sign.</summary>
    /// <exception cref="ArrowFormatException">The row points past the end of its dictionary.</exception>
    public long? Whole(int row)
    {
        if (IsNull(row)) return null;
        return _dictionary is null ? Stored(row) : Entry(row) is var (column, at) ? column.Whole(at) : null;
    }

    /// <summary>A number; null where there is none. Whole numbers of more than 53 bits are rounded.</summary>
    /// <exception cref="ArrowFormatException">As of <see cref="Whole"/>.</exception>
    public double? Number(int row)
    {
        if (IsNull(row)) return null;
        if (_dictionary is not null) return Entry(row) is var (column, at) ? column.Number(at) : null;
        var values = _values.Span;
        return StoredType switch
        {
            ArrowType.Float16 => (double)BinaryPrimitives.ReadHalfLittleEndian(values[(2 * row)..]),
            ArrowType.Float32 => BinaryPrimitives.ReadSingleLittleEndian(values[(4 * row)..]),
            ArrowType.Float64 => BinaryPrimitives.ReadDoubleLittleEndian(values[(8 * row)..]),
            ArrowType.UInt64 => BinaryPrimitives.ReadUInt64LittleEndian(values[(8 * row)..]),
            _ => Stored(row),
        };
    }

    /// <summary>A text; null where there is none. Bytes that are no UTF-8 become U+FFFD.</summary>
    /// <exception cref="ArrowFormatException">The text lies outside its column, or as of <see cref="Whole"/>.</exception>
    public string? Text(int row)
    {
        if (IsNull(row)) return null;
        if (_dictionary is not null) return Entry(row) is var (column, at) ? column.Text(at) : null;
        if (!StoredType.IsText()) return null;
        var offsets = _offsets.Span;
        var (start, end) = StoredType == ArrowType.Text
            ? (BinaryPrimitives.ReadInt32LittleEndian(offsets[(4 * row)..]), BinaryPrimitives.ReadInt32LittleEndian(offsets[(4 * row + 4)..]))
            : (BinaryPrimitives.ReadInt64LittleEndian(offsets[(8 * row)..]), BinaryPrimitives.ReadInt64LittleEndian(offsets[(8 * row + 8)..]));
        if (start < 0 || end < start || end > _values.Length)
            throw new ArrowFormatException(_file, null, $"row {row} of \"{Name}\" is the bytes {start} to {end} of {_values.Length}.");
        return Encoding.UTF8.GetString(_values.Span[(int)start..(int)end]);
    }

    private long? Stored(int row)
    {
        var values = _values.Span;
        return StoredType switch
        {
            ArrowType.Bool => values[row >> 3] >> (row & 7) & 1,
            ArrowType.Int8 => (sbyte)values[row],
            ArrowType.UInt8 => values[row],
            ArrowType.Int16 => BinaryPrimitives.ReadInt16LittleEndian(values[(2 * row)..]),
            ArrowType.UInt16 => BinaryPrimitives.ReadUInt16LittleEndian(values[(2 * row)..]),
            ArrowType.Int32 => BinaryPrimitives.ReadInt32LittleEndian(values[(4 * row)..]),
            ArrowType.UInt32 => BinaryPrimitives.ReadUInt32LittleEndian(values[(4 * row)..]),
            ArrowType.Int64 => BinaryPrimitives.ReadInt64LittleEndian(values[(8 * row)..]),
            ArrowType.UInt64 => BinaryPrimitives.ReadUInt64LittleEndian(values[(8 * row)..]) is var value and <= long.MaxValue ? (long)value : null,
            _ => null,
        };
    }

    private (ArrowColumn Column, int Row) Entry(int row)
    {
        var index = Stored(row) ?? -1;
        return _dictionary!.At(index) ?? throw new ArrowFormatException(_file, null, $"row {row} of \"{Name}\" is entry {index} of a dictionary of {_dictionary.Count}.");
    }
}

/// <summary>The values that rows point to by number, in one part or several.</summary>
internal sealed class ArrowDictionary(ArrowType type)
{
    private readonly List<ArrowColumn> _parts = [];

    public ArrowType Type => type;

    public long Count { get; private set; }

    public bool IsFilled => _parts.Count > 0;

    public void Add(ArrowColumn part)
    {
        _parts.Add(part);
        Count += part.Count;
    }

    /// <summary>The part and the row of an entry; null where there is none of that number.</summary>
    public (ArrowColumn, int)? At(long index)
    {
        if (index < 0) return null;
        foreach (var part in _parts)
        {
            if (index < part.Count) return (part, (int)index);
            index -= part.Count;
        }

        return null;
    }
}

/// <summary>Rows that stand together in the file.</summary>
/// <param name="Count">Rows.</param>
/// <param name="Columns">In the order of the schema.</param>
public sealed record ArrowBatch(int Count, IReadOnlyList<ArrowColumn> Columns)
{
    /// <summary>The column of that name; null where there is none.</summary>
    public ArrowColumn? Find(string name)
    {
        foreach (var column in Columns)
            if (column.Name == name) return column;
        return null;
    }
}
