using System.Text;
using Touchstone.Files.Parquet.Pages;

namespace Touchstone.Files.Parquet;

/// <summary>
/// Takes the values of one column that is not repeated, as they lie in the file, without making objects of them: one value or null a
/// row, then <see cref="ParquetWriter.EndRow"/>.
/// </summary>
public sealed class ParquetColumnWriter
{
    private static readonly UTF8Encoding Utf8 = new(false, throwOnInvalidBytes: true);
    private readonly ColumnBuffer _buffer;

    internal ParquetColumnWriter(ColumnBuffer buffer) => _buffer = buffer;

    /// <summary>The column.</summary>
    public ParquetColumn Column => _buffer.Column;

    internal ColumnBuffer Buffer => _buffer;

    /// <summary>Adds null.</summary>
    /// <exception cref="InvalidOperationException">The column is required or repeated.</exception>
    public void AppendNull()
    {
        CheckFlat();
        if (Column.Repetition != ParquetRepetition.Optional) throw new InvalidOperationException($"The column {Column.Path} is required: it has no null.");
        _buffer.AddNull(0, Column.DefinitionLevel - 1);
    }

    /// <summary>Adds a truth value.</summary>
    /// <exception cref="InvalidOperationException">The column is of another physical type, or repeated.</exception>
    public void Append(bool value)
    {
        Check(ParquetPhysicalType.Boolean);
        _buffer.Add(0, value);
    }

    /// <summary>Adds a number of 32 bits: a whole number, a day, a time in milliseconds or the digits of a decimal.</summary>
    /// <exception cref="InvalidOperationException">The column is of another physical type, or repeated.</exception>
    public void Append(int value)
    {
        Check(ParquetPhysicalType.Int32);
        _buffer.Add(0, value);
    }

    /// <summary>Adds a number of 64 bits: a whole number, a count of units of time or the digits of a decimal.</summary>
    /// <exception cref="InvalidOperationException">The column is of another physical type, or repeated.</exception>
    public void Append(long value)
    {
        Check(ParquetPhysicalType.Int64);
        _buffer.Add(0, value);
    }

    /// <summary>Adds a number.</summary>
    /// <exception cref="InvalidOperationException">The column is of another physical type, or repeated.</exception>
    public void Append(float value)
    {
        Check(ParquetPhysicalType.Float);
        _buffer.Add(0, BitConverter.SingleToInt32Bits(value));
    }

    /// <summary>Adds a number.</summary>
    /// <exception cref="InvalidOperationException">The column is of another physical type, or repeated.</exception>
    public void Append(double value)
    {
        Check(ParquetPhysicalType.Double);
        _buffer.Add(0, BitConverter.DoubleToInt64Bits(value));
    }

    /// <summary>Adds bytes; those of text must be UTF-8.</summary>
    /// <exception cref="InvalidOperationException">The column is not of bytes, or repeated.</exception>
    /// <exception cref="ArgumentException">The column is of bytes of another length.</exception>
    public void Append(ReadOnlySpan<byte> value)
    {
        CheckBytes();
        if (Column.Type.Length > 0 && value.Length != Column.Type.Length) throw new ArgumentException($"The column {Column.Path} has values of {Column.Type.Length} bytes, not {value.Length}.", nameof(value));
        value.CopyTo(_buffer.AddBytes(0, value.Length));
    }

    /// <summary>Adds text.</summary>
    /// <exception cref="InvalidOperationException">The column is not of byte arrays, or repeated.</exception>
    /// <exception cref="ArgumentException">The text has half of a surrogate pair.</exception>
    public void Append(ReadOnlySpan<char> value)
    {
        Check(ParquetPhysicalType.ByteArray);
        AddText(0, value);
    }

    /// <summary>Adds text.</summary>
    /// <exception cref="InvalidOperationException">The column is not of byte arrays, or repeated.</exception>
    /// <exception cref="ArgumentException">The text has half of a surrogate pair.</exception>
    public void Append(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        Append(value.AsSpan());
    }

    internal void AddText(int repetition, ReadOnlySpan<char> value)
    {
        var length = Utf8.GetByteCount(value);
        Utf8.GetBytes(value, _buffer.AddBytes(repetition, length));
    }

    private void Check(ParquetPhysicalType physical)
    {
        CheckFlat();
        if (Column.Type.Physical != physical) throw new InvalidOperationException($"The column {Column.Path} is of {Column.Type.Physical}, not of {physical}.");
    }

    private void CheckBytes()
    {
        CheckFlat();
        if (Column.Type.Physical is not (ParquetPhysicalType.ByteArray or ParquetPhysicalType.FixedLengthByteArray)) throw new InvalidOperationException($"The column {Column.Path} is of {Column.Type.Physical}, not of bytes.");
    }

    private void CheckFlat()
    {
        if (Column.RepetitionLevel > 0) throw new InvalidOperationException($"The column {Column.Path} is repeated: write it by rows.");
    }
}
