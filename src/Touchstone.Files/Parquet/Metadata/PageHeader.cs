namespace Touchstone.Files.Parquet.Metadata;

/// <summary>Kinds of pages; the numbers are those of the format's PageType.</summary>
internal enum PageKind
{
    Data = 0,
    Index = 1,
    Dictionary = 2,
    DataV2 = 3,
}

/// <summary>How values are encoded; the numbers are those of the format's Encoding.</summary>
internal enum ValueEncoding
{
    Plain = 0,
    PlainDictionary = 2,
    RunLength = 3,
    BitPacked = 4,
    DeltaBinaryPacked = 5,
    DeltaLengthByteArray = 6,
    DeltaByteArray = 7,
    RunLengthDictionary = 8,
    ByteStreamSplit = 9,
}

/// <summary>What stands before a page (parquet.thrift, PageHeader and the header of its kind).</summary>
internal sealed record PageHeader
{
    public PageKind Kind { get; init; }

    public int UncompressedBytes { get; init; }

    public int CompressedBytes { get; init; }

    /// <summary>CRC-32 of the page as it lies in the file, or null.</summary>
    public uint? Checksum { get; init; }

    /// <summary>Entries, nulls counted too; or values of a dictionary.</summary>
    public int Count { get; init; }

    public ValueEncoding Encoding { get; init; }

    public ValueEncoding DefinitionEncoding { get; init; } = ValueEncoding.RunLength;

    public ValueEncoding RepetitionEncoding { get; init; } = ValueEncoding.RunLength;

    /// <summary>Bytes of the levels, which version 2 keeps uncompressed before the values.</summary>
    public int DefinitionBytes { get; init; }

    public int RepetitionBytes { get; init; }

    /// <summary>Version 2 may leave a page uncompressed.</summary>
    public bool IsCompressed { get; init; } = true;

    /// <summary>Reads a header.</summary>
    /// <exception cref="InvalidDataException">It is broken, or a required field is missing or negative.</exception>
    public static PageHeader Read(ref CompactReader reader)
    {
        var header = new PageHeader();
        int? kind = null, uncompressed = null, compressed = null;
        var hasKindHeader = false;
        for (var id = 0; reader.Field(ref id, out var type);)
        {
            switch (id)
            {
                case 1: kind = reader.Int32(type); break;
                case 2: uncompressed = reader.Int32(type); break;
                case 3: compressed = reader.Int32(type); break;
                case 4: header = header with { Checksum = (uint)reader.Int32(type) }; break;
                case 5 or 7 or 8:
                    reader.ExpectStruct(type);
                    header = header.ReadKind(ref reader, id);
                    hasKindHeader = true;
                    break;
                default: reader.Skip(type); break;
            }
        }

        if (kind is null || uncompressed is not >= 0 || compressed is not >= 0)
            throw new InvalidDataException($"expected a page header with type and sizes, found type {Shown(kind)}, {Shown(uncompressed)} bytes uncompressed, {Shown(compressed)} compressed");
        header = header with { Kind = (PageKind)kind, UncompressedBytes = uncompressed.Value, CompressedBytes = compressed.Value };
        if (header.Kind != PageKind.Index && !hasKindHeader) throw new InvalidDataException($"expected a header of the page's kind {kind}, found none");
        if (header.Count < 0 || header.DefinitionBytes < 0 || header.RepetitionBytes < 0)
            throw new InvalidDataException($"expected counts from 0 on, found {header.Count} values, {header.DefinitionBytes} and {header.RepetitionBytes} bytes of levels");
        return header;
    }

    public void Write(CompactWriter writer)
    {
        writer.Begin();
        writer.Int32(1, (int)Kind);
        writer.Int32(2, UncompressedBytes);
        writer.Int32(3, CompressedBytes);
        if (Checksum is { } checksum) writer.Int32(4, (int)checksum);
        writer.Begin(Kind == PageKind.Dictionary ? 7 : 5);
        writer.Int32(1, Count);
        writer.Int32(2, (int)Encoding);
        if (Kind == PageKind.Data)
        {
            writer.Int32(3, (int)DefinitionEncoding);
            writer.Int32(4, (int)RepetitionEncoding);
        }

        writer.End();
        writer.End();
    }

    private PageHeader ReadKind(ref CompactReader reader, int kind)
    {
        var header = this;
        for (var id = 0; reader.Field(ref id, out var type);)
        {
            switch (kind, id)
            {
                case (_, 1): header = header with { Count = reader.Int32(type) }; break;
                case (5 or 7, 2) or (8, 4): header = header with { Encoding = (ValueEncoding)reader.Int32(type) }; break;
                case (5, 3): header = header with { DefinitionEncoding = (ValueEncoding)reader.Int32(type) }; break;
                case (5, 4): header = header with { RepetitionEncoding = (ValueEncoding)reader.Int32(type) }; break;
                case (8, 5): header = header with { DefinitionBytes = reader.Int32(type) }; break;
                case (8, 6): header = header with { RepetitionBytes = reader.Int32(type) }; break;
                case (8, 7): header = header with { IsCompressed = reader.Boolean(type) }; break;
                default: reader.Skip(type); break;
            }
        }

        return header;
    }

    private static string Shown(int? number) => number?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "none";
}
