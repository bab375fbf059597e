namespace Touchstone.Files.Parquet.Metadata;

/// <summary>Writes a footer.</summary>
internal static class FooterWriter
{
    /// <summary>The format's version that pages of version 1 and the newer logical types go with.</summary>
    private const int Version = 1;

    public static CompactWriter Write(FileMetadata file)
    {
        var writer = new CompactWriter();
        writer.Begin();
        writer.Int32(1, Version);
        SchemaTree.Write(writer, 2, file.Schema);
        writer.Int64(3, file.RowCount);
        writer.List(4, CompactType.Struct, file.RowGroups.Count);
        foreach (var group in file.RowGroups) Write(writer, group);
        if (file.KeyValues.Count > 0)
        {
            writer.List(5, CompactType.Struct, file.KeyValues.Count);
            foreach (var (key, value) in file.KeyValues)
            {
                writer.Begin();
                writer.Text(1, key);
                writer.Text(2, value);
                writer.End();
            }
        }

        writer.Text(6, file.CreatedBy);
        writer.List(7, CompactType.Struct, file.Schema.Columns.Count);     // every column's bounds are in the order of its type
        foreach (var _ in file.Schema.Columns)
        {
            writer.Begin();
            writer.Begin(1);
            writer.End();
            writer.End();
        }

        writer.End();
        return writer;
    }

    private static void Write(CompactWriter writer, ParquetRowGroup group)
    {
        writer.Begin();
        writer.List(1, CompactType.Struct, group.Chunks.Count);
        foreach (var chunk in group.Chunks)
        {
            writer.Begin();
            writer.Int64(2, chunk.Offset);
            Write(writer, chunk);
            writer.End();
        }

        writer.Int64(2, group.Chunks.Sum(c => c.UncompressedBytes));
        writer.Int64(3, group.RowCount);
        writer.Int64(5, group.Chunks[0].Offset);
        writer.Int64(6, group.Chunks.Sum(c => c.CompressedBytes));
        writer.End();
    }

    private static void Write(CompactWriter writer, ParquetChunk chunk)
    {
        writer.Begin(3);
        writer.Int32(1, (int)chunk.Column.Type.Physical);
        writer.List(2, CompactType.Int32, chunk.HasDictionary ? 3 : 2);
        writer.Element((int)ValueEncoding.Plain);
        writer.Element((int)ValueEncoding.RunLength);
        if (chunk.HasDictionary) writer.Element((int)ValueEncoding.RunLengthDictionary);
        writer.List(3, CompactType.Binary, chunk.Column.Names.Count);
        foreach (var name in chunk.Column.Names) writer.Element(name);
        writer.Int32(4, (int)chunk.Compression);
        writer.Int64(5, chunk.EntryCount);
        writer.Int64(6, chunk.UncompressedBytes);
        writer.Int64(7, chunk.CompressedBytes);
        writer.Int64(9, chunk.DataOffset);
        if (chunk.HasDictionary) writer.Int64(11, chunk.Offset);
        writer.Begin(12);
        if (chunk.Statistics.NullCount is { } nulls) writer.Int64(3, nulls);
        if (chunk.Statistics.Max is { } max) writer.Binary(5, max.Span);
        if (chunk.Statistics.Min is { } min) writer.Binary(6, min.Span);
        writer.End();
        writer.End();
    }
}
