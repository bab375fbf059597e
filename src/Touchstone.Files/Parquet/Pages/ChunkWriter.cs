using System.IO.Compression;
using Touchstone.Files.Compression;
using Touchstone.Files.Parquet.Encodings;
using Touchstone.Files.Parquet.Metadata;
using Touchstone.Files.Png;

namespace Touchstone.Files.Parquet.Pages;

/// <summary>Writes the chunks of a row group: a dictionary page where it pays, then pages of data in version 1.</summary>
internal sealed class ChunkWriter(Stream stream, ParquetWriterOptions options)
{
    private readonly ByteSink _page = new();
    private byte[] _compressed = [];
    private long _uncompressedBytes;

    /// <summary>Bytes written so far, from the file's start.</summary>
    public long Position { get; set; }

    /// <summary>Writes a column's entries.</summary>
    public ParquetChunk Write(ColumnBuffer buffer)
    {
        var start = Position;
        _uncompressedBytes = 0;
        var dictionary = options.UseDictionaries ? DictionaryBuilder.Build(buffer, options.DictionaryBytesMax) : null;
        if (dictionary is not null)
        {
            _page.Clear();
            PlainWriter.Write(buffer, dictionary.Firsts, _page);
            WritePage(new() { Kind = PageKind.Dictionary, Count = dictionary.Firsts.Length, Encoding = ValueEncoding.Plain });
        }

        var dataOffset = Position;
        WriteData(buffer, dictionary);
        return new()
        {
            Column = buffer.Column,
            Compression = options.Compression,
            EntryCount = buffer.EntryCount,
            CompressedBytes = Position - start,
            UncompressedBytes = _uncompressedBytes,
            Statistics = ChunkStatistics.Of(buffer, dictionary?.Firsts),
            Offset = start,
            DataOffset = dataOffset,
            HasDictionary = dictionary is not null,
        };
    }

    private void WriteData(ColumnBuffer buffer, ChunkDictionary? dictionary)
    {
        var (entry, value) = (0, 0);
        do
        {
            var (entryEnd, valueEnd) = PageEnd(buffer, dictionary, entry, value);
            _page.Clear();
            WriteLevels(buffer.Repetitions, entry, entryEnd, buffer.Column.RepetitionLevel);
            WriteLevels(buffer.Definitions, entry, entryEnd, buffer.Column.DefinitionLevel);
            if (dictionary is null)
            {
                PlainWriter.Write(buffer, value, valueEnd, _page);
            }
            else
            {
                _page.Byte((byte)dictionary.Bits);
                RunLengthWriter.Write<int>(dictionary.Codes.AsSpan(value, valueEnd - value), dictionary.Bits, _page);
            }

            WritePage(new() { Kind = PageKind.Data, Count = entryEnd - entry, Encoding = dictionary is null ? ValueEncoding.Plain : ValueEncoding.RunLengthDictionary });
            (entry, value) = (entryEnd, valueEnd);
        }
        while (entry < buffer.EntryCount);
    }

    /// <summary>The end of the page that begins there: behind the row whose values fill it.</summary>
    private (int Entry, int Value) PageEnd(ColumnBuffer buffer, ChunkDictionary? dictionary, int entry, int value)
    {
        var definitions = buffer.Definitions;
        var repetitions = buffer.Repetitions;
        var level = buffer.Column.DefinitionLevel;
        var perValue = (dictionary?.Bits ?? 0) / 8.0;
        double bytes = 0;
        for (; entry < buffer.EntryCount; entry++)
        {
            if (bytes >= options.PageBytes && (repetitions.IsEmpty || repetitions[entry] == 0)) break;
            bytes += 0.125;                                     // a level's bit at least, so that pages of nulls end too
            if (level > 0 && definitions[entry] < level) continue;
            bytes += dictionary is null ? buffer.PlainBytes(value, value + 1) : perValue;
            value++;
        }

        return (entry, value);
    }

    private void WriteLevels(ReadOnlySpan<byte> levels, int from, int to, int levelMax)
    {
        if (levelMax == 0) return;
        var at = _page.Length;
        _page.Space(4);
        RunLengthWriter.Write(levels[from..to], LevelReader.Width(levelMax), _page);
        _page.LengthAt(at, _page.Length - at - 4);
    }

    private void WritePage(PageHeader header)
    {
        var page = Compressed();
        header = header with { UncompressedBytes = _page.Length, CompressedBytes = page.Length, Checksum = options.HasChecksums ? Crc32.Of(page) : null };
        var writer = new CompactWriter();
        header.Write(writer);
        stream.Write(writer.Written);
        stream.Write(page);
        Position += writer.Written.Length + page.Length;
        _uncompressedBytes += writer.Written.Length + _page.Length;
    }

    private ReadOnlySpan<byte> Compressed()
    {
        var page = _page.Written;
        switch (options.Compression)
        {
            case ParquetCompression.Snappy:
                Reserve(SnappyEncoder.LengthMax(page.Length));
                return _compressed.AsSpan(0, SnappyEncoder.Encode(page, _compressed));
            case ParquetCompression.Zstd:
                Reserve(Zstd.LengthMax(page.Length));
                return _compressed.AsSpan(0, Zstd.Compress(page, _compressed, options.ZstdLevel));
            case ParquetCompression.Gzip:
                using (var gzipped = new MemoryStream())
                {
                    using (var gzip = new GZipStream(gzipped, CompressionLevel.Optimal, leaveOpen: true)) gzip.Write(page);
                    return gzipped.GetBuffer().AsSpan(0, (int)gzipped.Length);
                }

            default:
                return page;
        }
    }

    private void Reserve(int bytes)
    {
        if (_compressed.Length < bytes) _compressed = new byte[bytes];
    }
}
