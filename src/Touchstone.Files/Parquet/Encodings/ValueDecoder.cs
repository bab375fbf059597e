using Touchstone.Files.Parquet.Metadata;

namespace Touchstone.Files.Parquet.Encodings;

/// <summary>Reads a page's values one batch after another. Faults are <see cref="InvalidDataException"/>; the caller adds the place.</summary>
internal abstract class ValueDecoder
{
    /// <summary>Reads the next values.</summary>
    /// <param name="values">Made to hold exactly <paramref name="count"/> values; bytes stay valid until the next batch.</param>
    /// <param name="count">How many.</param>
    public abstract void Read(ValueVector values, int count);

    /// <summary>The decoder of a page.</summary>
    /// <param name="encoding">How the values are encoded.</param>
    /// <param name="type">Their type.</param>
    /// <param name="page">The page's buffer.</param>
    /// <param name="start">Where in it the values begin.</param>
    /// <param name="end">Where they end.</param>
    /// <param name="dictionary">The chunk's dictionary, or null.</param>
    /// <param name="bytesMax">The most bytes that a batch may unfold to.</param>
    public static ValueDecoder For(ValueEncoding encoding, ParquetType type, byte[] page, int start, int end, ValueVector? dictionary, int bytesMax) => (encoding, type.Physical) switch
    {
        (ValueEncoding.Plain, _) => new PlainDecoder(page, start, end),
        (ValueEncoding.PlainDictionary or ValueEncoding.RunLengthDictionary, _) =>
            new DictionaryDecoder(page, start, end, dictionary ?? throw new InvalidDataException("expected a dictionary page before a page that refers to one, found none")),
        (ValueEncoding.RunLength, ParquetPhysicalType.Boolean) => new RunLengthBooleanDecoder(page, start, end),
        (ValueEncoding.DeltaBinaryPacked, ParquetPhysicalType.Int32 or ParquetPhysicalType.Int64) => new DeltaBinaryDecoder(page, start, end),
        (ValueEncoding.DeltaLengthByteArray, ParquetPhysicalType.ByteArray) => new DeltaLengthDecoder(page, start, end),
        (ValueEncoding.DeltaByteArray, ParquetPhysicalType.ByteArray or ParquetPhysicalType.FixedLengthByteArray) => new DeltaByteArrayDecoder(page, start, end, type.Length, bytesMax),
        (ValueEncoding.ByteStreamSplit, not (ParquetPhysicalType.Boolean or ParquetPhysicalType.ByteArray or ParquetPhysicalType.Int96)) => new ByteStreamSplitDecoder(page, start, end),
        _ => throw new InvalidDataException($"expected an encoding of {type.Physical} values, found {encoding}"),
    };
}
