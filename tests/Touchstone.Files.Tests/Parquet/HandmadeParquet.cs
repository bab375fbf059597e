using System.Buffers.Binary;
using Touchstone.Files.Parquet;
using Touchstone.Files.Parquet.Metadata;

namespace Touchstone.Files.Tests.Parquet;

/// <summary>Files put together from headers and bytes, as no writer here makes them.</summary>
internal static class HandmadeParquet
{
    /// <summary>A file of one row group whose columns each have pages of version 1 or a dictionary.</summary>
    public static byte[] File(ParquetSchema schema, int rowCount, params (PageHeader Header, byte[] Page)[][] columns)
    {
        using var file = new MemoryStream();
        file.Write("PAR1"u8);
        var chunks = new List<ParquetChunk>();
        for (var c = 0; c < columns.Length; c++)
        {
            var start = file.Position;
            foreach (var (header, page) in columns[c])
            {
                var writer = new CompactWriter();
                (header with { CompressedBytes = page.Length, UncompressedBytes = header.UncompressedBytes == 0 ? page.Length : header.UncompressedBytes }).Write(writer);
                file.Write(writer.Written);
                file.Write(page);
            }

            chunks.Add(new()
            {
                Column = schema.Columns[c],
                EntryCount = columns[c].Where(p => p.Header.Kind == PageKind.Data).Sum(p => p.Header.Count),
                CompressedBytes = file.Position - start,
                UncompressedBytes = file.Position - start,
                Offset = start,
                DataOffset = start,
            });
        }

        Footer(file, FooterWriter.Write(new() { Schema = schema, RowCount = rowCount, RowGroups = [new(rowCount, chunks)] }).Written);
        return file.ToArray();
    }

    /// <summary>A file that is nothing but a footer.</summary>
    public static byte[] OfFooter(ReadOnlySpan<byte> footer)
    {
        using var file = new MemoryStream();
        file.Write("PAR1"u8);
        Footer(file, footer);
        return file.ToArray();
    }

    public static PageHeader Data(int count, ValueEncoding encoding = ValueEncoding.Plain) => new() { Kind = PageKind.Data, Count = count, Encoding = encoding };

    private static void Footer(MemoryStream file, ReadOnlySpan<byte> footer)
    {
        file.Write(footer);
        Span<byte> tail = stackalloc byte[8];
        BinaryPrimitives.WriteInt32LittleEndian(tail, footer.Length);
        "PAR1"u8.CopyTo(tail[4..]);
        file.Write(tail);
    }
}
