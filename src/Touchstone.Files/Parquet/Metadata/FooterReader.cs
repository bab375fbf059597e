namespace Touchstone.Files.Parquet.Metadata;

/// <summary>Reads a footer. Faults are <see cref="InvalidDataException"/>; the caller adds the file's name.</summary>
internal static class FooterReader
{
    /// <summary>Reads a footer.</summary>
    /// <param name="footer">Its bytes.</param>
    /// <param name="dataEnd">Where the footer begins: chunks end before it.</param>
    /// <param name="limits">The most fields and levels of the schema.</param>
    public static FileMetadata Read(ReadOnlySpan<byte> footer, long dataEnd, ParquetLimits limits)
    {
        var reader = new CompactReader(footer);
        ParquetSchema? schema = null;
        long rows = -1;
        List<ParquetRowGroup>? groups = null;
        var keyValues = new Dictionary<string, string>(StringComparer.Ordinal);
        var createdBy = "";
        for (var id = 0; reader.Field(ref id, out var type);)
        {
            switch (id)
            {
                case 2: schema = SchemaTree.Build(ReadSchema(ref reader, type, limits.FieldsMax), limits.DepthMax); break;
                case 3: rows = reader.Integer(type); break;
                case 4: groups = ReadGroups(ref reader, type, schema ?? throw new InvalidDataException("expected the schema before the row groups"), dataEnd); break;
                case 5: ReadKeyValues(ref reader, type, keyValues); break;
                case 6: createdBy = reader.Text(type); break;
                case 8: throw new InvalidDataException("the file is encrypted, which is not supported");
                default: reader.Skip(type); break;
            }
        }

        if (schema is null || groups is null || rows < 0) throw new InvalidDataException("expected a footer with schema, number of rows and row groups, found one without");
        long sum = 0;
        foreach (var group in groups) sum = sum > long.MaxValue - group.RowCount ? long.MaxValue : sum + group.RowCount;
        return sum == rows
            ? new() { Schema = schema, RowCount = rows, RowGroups = groups, KeyValues = keyValues, CreatedBy = createdBy }
            : throw new InvalidDataException($"expected the {rows} rows that the footer states, found {sum} in its row groups");
    }

    private static List<SchemaElement> ReadSchema(ref CompactReader reader, CompactType type, int fieldsMax)
    {
        var count = reader.List(type, CompactType.Struct);
        if (count > fieldsMax) throw new InvalidDataException($"expected a schema of at most {fieldsMax} fields, found {count}");
        var elements = new List<SchemaElement>();
        for (; count > 0; count--) elements.Add(SchemaElement.Read(ref reader));
        return elements;
    }

    private static List<ParquetRowGroup> ReadGroups(ref CompactReader reader, CompactType type, ParquetSchema schema, long dataEnd)
    {
        var count = reader.List(type, CompactType.Struct);
        var groups = new List<ParquetRowGroup>();
        for (var g = 0; g < count; g++)
        {
            long rows = -1;
            List<ParquetChunk>? chunks = null;
            for (var id = 0; reader.Field(ref id, out var field);)
            {
                if (id == 1) chunks = ReadChunks(ref reader, field, schema, g, dataEnd);
                else if (id == 3) rows = reader.Integer(field);
                else reader.Skip(field);
            }

            if (chunks is null || rows < 0) throw new InvalidDataException($"expected columns and a number of rows of row group {g}, found none");
            groups.Add(new(rows, chunks));
        }

        return groups;
    }

    private static List<ParquetChunk> ReadChunks(ref CompactReader reader, CompactType type, ParquetSchema schema, int group, long dataEnd)
    {
        var count = reader.List(type, CompactType.Struct);
        if (count != schema.Columns.Count) throw new InvalidDataException($"expected {schema.Columns.Count} columns in row group {group}, found {count}");
        var chunks = new List<ParquetChunk>(count);
        foreach (var column in schema.Columns)
        {
            ParquetChunk? chunk = null;
            for (var id = 0; reader.Field(ref id, out var field);)
            {
                switch (id)
                {
                    case 1: throw new InvalidDataException($"the values of row group {group}, column {column.Path} are in another file ({reader.Text(field)}), which is not supported");
                    case 3:
                        reader.ExpectStruct(field);
                        chunk = ReadChunk(ref reader, column, group, dataEnd);
                        break;
                    case 8: throw new InvalidDataException($"row group {group}, column {column.Path} is encrypted, which is not supported");
                    default: reader.Skip(field); break;
                }
            }

            chunks.Add(chunk ?? throw new InvalidDataException($"expected metadata of row group {group}, column {column.Path}, found none"));
        }

        return chunks;
    }

    private static ParquetChunk ReadChunk(ref CompactReader reader, ParquetColumn column, int group, long dataEnd)
    {
        var chunk = new ParquetChunk { Column = column, EntryCount = -1, CompressedBytes = -1, DataOffset = -1 };
        long? dictionary = null;
        for (var id = 0; reader.Field(ref id, out var type);)
        {
            switch (id)
            {
                case 1 when reader.Int32(type) is var physical && physical != (int)column.Type.Physical:
                    throw new InvalidDataException($"expected type {(int)column.Type.Physical} ({column.Type.Physical}) of row group {group}, column {column.Path}, found {physical}");
                case 1: break;
                case 4: chunk = chunk with { Compression = (ParquetCompression)reader.Int32(type) }; break;
                case 5: chunk = chunk with { EntryCount = reader.Integer(type) }; break;
                case 6: chunk = chunk with { UncompressedBytes = reader.Integer(type) }; break;
                case 7: chunk = chunk with { CompressedBytes = reader.Integer(type) }; break;
                case 9: chunk = chunk with { DataOffset = reader.Integer(type) }; break;
                case 11: dictionary = reader.Integer(type); break;
                case 12:
                    reader.ExpectStruct(type);
                    chunk = chunk with { Statistics = ReadStatistics(ref reader, column.Type) };
                    break;
                default: reader.Skip(type); break;
            }
        }

        // Some writers give 0 for "no dictionary", and some a place behind the data.
        var start = dictionary is { } d && d >= 4 && d < chunk.DataOffset ? d : chunk.DataOffset;
        if (chunk.EntryCount < 0 || start < 4 || chunk.CompressedBytes < 0 || start > dataEnd || chunk.CompressedBytes > dataEnd - start)
        {
            throw new InvalidDataException(
                $"expected row group {group}, column {column.Path} between byte 4 and the footer at byte {dataEnd}, found {chunk.EntryCount} entries in {chunk.CompressedBytes} bytes from byte {start}");
        }

        return chunk with { Offset = start, HasDictionary = start != chunk.DataOffset };
    }

    private static ParquetStatistics ReadStatistics(ref CompactReader reader, ParquetType columnType)
    {
        byte[]? min = null, max = null, oldMin = null, oldMax = null;
        long? nulls = null;
        for (var id = 0; reader.Field(ref id, out var type);)
        {
            switch (id)
            {
                case 1: oldMax = reader.Binary(type).ToArray(); break;
                case 2: oldMin = reader.Binary(type).ToArray(); break;
                case 3: nulls = reader.Integer(type); break;
                case 5: max = reader.Binary(type).ToArray(); break;
                case 6: min = reader.Binary(type).ToArray(); break;
                default: reader.Skip(type); break;
            }
        }

        // The deprecated pair was always compared with sign, so it holds for signed numbers only.
        var isOldSound = columnType is { Physical: ParquetPhysicalType.Int32 or ParquetPhysicalType.Int64 or ParquetPhysicalType.Float or ParquetPhysicalType.Double, IsSigned: true };
        return new(Memory(min ?? (isOldSound ? oldMin : null)), Memory(max ?? (isOldSound ? oldMax : null)), nulls);
    }

    private static ReadOnlyMemory<byte>? Memory(byte[]? bytes) => bytes is null ? default(ReadOnlyMemory<byte>?) : bytes;

    private static void ReadKeyValues(ref CompactReader reader, CompactType type, Dictionary<string, string> keyValues)
    {
        for (var left = reader.List(type, CompactType.Struct); left > 0; left--)
        {
            string? key = null;
            var value = "";
            for (var id = 0; reader.Field(ref id, out var field);)
            {
                if (id == 1) key = reader.Text(field);
                else if (id == 2) value = reader.Text(field);
                else reader.Skip(field);
            }

            if (key is not null) keyValues[key] = value;
        }
    }
}
