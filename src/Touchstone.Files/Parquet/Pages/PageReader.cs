using System.Buffers.Binary;
using Touchstone.Files.Parquet.Encodings;
using Touchstone.Files.Parquet.Metadata;
using Touchstone.Files.Png;

namespace Touchstone.Files.Parquet.Pages;

/// <summary>Walks the pages of one chunk; holds one page and the dictionary.</summary>
internal sealed class PageReader(Stream stream, ParquetChunk chunk, ParquetLimits limits)
{
    private const int HeaderBytesFirst = 512;
    private const int HeaderBytesMax = 16 << 20;     // statistics of long values lie in headers too
    private readonly long _end = chunk.Offset + chunk.CompressedBytes;
    private long _next = chunk.Offset;
    private byte[] _compressed = [];
    private byte[] _content = [];
    private ValueVector? _dictionary;

    /// <summary>Where the current page's header begins, in bytes from the file's start.</summary>
    public long Offset { get; private set; } = chunk.Offset;

    public PageHeader Header { get; private set; } = new();

    public LevelReader Repetitions { get; private set; }

    public LevelReader Definitions { get; private set; }

    public ValueDecoder Values { get; private set; } = null!;

    /// <summary>The page's bytes; levels are read from them.</summary>
    public byte[] Page { get; private set; } = [];

    /// <summary>Goes to the next page of data.</summary>
    /// <exception cref="InvalidDataException">There is none, or it is broken.</exception>
    public void Next()
    {
        while (true)
        {
            Offset = _next;
            ReadHeader();
            switch (Header.Kind)
            {
                case PageKind.Data:
                    OpenData(ReadContent());
                    return;
                case PageKind.DataV2:
                    OpenDataV2();
                    return;
                case PageKind.Dictionary:
                    OpenDictionary(ReadContent());
                    break;
                default:
                    break;      // an index page, or a kind of the future: passed over as the format wants
            }
        }
    }

    private void ReadHeader()
    {
        for (var wanted = HeaderBytesFirst; ; wanted *= 8)
        {
            var size = (int)Math.Min(Math.Min(wanted, HeaderBytesMax), _end - _next);
            if (size <= 0) throw new InvalidDataException("expected another page, found the chunk's end");
            Growth(ref _compressed, size);
            ReadAt(_next, _compressed.AsSpan(0, size));
            var reader = new CompactReader(_compressed.AsSpan(0, size));
            try
            {
                Header = PageHeader.Read(ref reader);
            }
            catch (InvalidDataException) when (size < _end - _next && size < HeaderBytesMax)
            {
                continue;       // the header may be longer than what was read; more tells
            }

            _next += reader.Position;
            break;
        }

        if (Header.CompressedBytes > _end - _next) throw new InvalidDataException($"expected a page of {Header.CompressedBytes} bytes, found {_end - _next} to the chunk's end");
        if (Header.CompressedBytes > limits.PageBytesMax || Header.UncompressedBytes > limits.PageBytesMax)
            throw new InvalidDataException($"expected a page of at most {limits.PageBytesMax} bytes, found {Header.CompressedBytes}, {Header.UncompressedBytes} uncompressed");
        Growth(ref _compressed, Header.CompressedBytes);
        var page = _compressed.AsSpan(0, Header.CompressedBytes);
        ReadAt(_next, page);
        _next += Header.CompressedBytes;
        if (Header.Checksum is { } stated && Crc32.Of(page) is var found && found != stated)
            throw new InvalidDataException($"expected a page with CRC {stated:x8}, its bytes give {found:x8}");
    }

    /// <summary>The content of a page that is compressed as a whole.</summary>
    private int ReadContent()
    {
        if (chunk.Compression == ParquetCompression.None)
        {
            if (Header.CompressedBytes != Header.UncompressedBytes)
                throw new InvalidDataException($"expected a page without compression to have one size, found {Header.CompressedBytes} and {Header.UncompressedBytes} bytes");
            (_content, _compressed) = (_compressed, _content);
        }
        else
        {
            PageDecompressor.Decompress(chunk.Compression, _compressed, 0, Header.CompressedBytes, Header.UncompressedBytes, ref _content);
        }

        return Header.UncompressedBytes;
    }

    private void OpenDictionary(int length)
    {
        if (_dictionary is not null) throw new InvalidDataException("expected one dictionary page, found a second");
        if (Header.Encoding is not (ValueEncoding.Plain or ValueEncoding.PlainDictionary)) throw new InvalidDataException($"expected a dictionary of plain values, found {Header.Encoding}");
        var dictionary = new ValueVector(chunk.Column.Type.Physical, chunk.Column.Type.Length);
        // The dictionary keeps its bytes; the next page gets a buffer of its own.
        new PlainDecoder(_content, 0, length).Read(dictionary, Header.Count);
        _dictionary = dictionary;
        _content = [];
    }

    private void OpenData(int length)
    {
        Page = _content;
        var at = 0;
        Repetitions = LevelReader.Open(Page, ref at, length, Header.RepetitionEncoding, chunk.Column.RepetitionLevel, Header.Count);
        Definitions = LevelReader.Open(Page, ref at, length, Header.DefinitionEncoding, chunk.Column.DefinitionLevel, Header.Count);
        Values = ValueDecoder.For(Header.Encoding, chunk.Column.Type, Page, at, length, _dictionary, limits.PageBytesMax);
    }

    /// <summary>Levels lie uncompressed before the values, which a page may leave uncompressed as well.</summary>
    private void OpenDataV2()
    {
        var levels = (long)Header.RepetitionBytes + Header.DefinitionBytes;
        if (levels > Header.CompressedBytes || levels > Header.UncompressedBytes)
            throw new InvalidDataException($"expected at most {Math.Min(Header.CompressedBytes, Header.UncompressedBytes)} bytes of levels, found {levels}");
        var levelBytes = (int)levels;
        var valueBytes = Header.UncompressedBytes - levelBytes;
        byte[] values;
        int start;
        if (chunk.Compression == ParquetCompression.None || !Header.IsCompressed || valueBytes == 0)
        {
            if (Header.CompressedBytes < Header.UncompressedBytes) throw new InvalidDataException($"expected {Header.UncompressedBytes} bytes of a page without compression, found {Header.CompressedBytes}");
            (values, start) = (_compressed, levelBytes);
        }
        else
        {
            PageDecompressor.Decompress(chunk.Compression, _compressed, levelBytes, Header.CompressedBytes, valueBytes, ref _content);
            (values, start) = (_content, 0);
        }

        Page = _compressed;
        Repetitions = LevelReader.OfBytes(0, Header.RepetitionBytes, chunk.Column.RepetitionLevel);
        Definitions = LevelReader.OfBytes(Header.RepetitionBytes, levelBytes, chunk.Column.DefinitionLevel);
        Values = ValueDecoder.For(Header.Encoding, chunk.Column.Type, values, start, start + valueBytes, _dictionary, limits.PageBytesMax);
    }

    private void ReadAt(long offset, Span<byte> bytes)
    {
        stream.Position = offset;
        var got = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        if (got < bytes.Length) throw new InvalidDataException($"expected {bytes.Length} bytes, the file ends after {got}");
    }

    private static void Growth(ref byte[] buffer, int bytes)
    {
        if (buffer.Length < bytes) buffer = new byte[Math.Max(bytes, Math.Min(buffer.Length * 2, 1 << 20))];
    }
}

/// <summary>Reads levels: runs, or the plain bit-packing of old writers.</summary>
internal struct LevelReader
{
    private RunLengthReader _runs;
    private int _max;
    private bool _isBitPacked;
    private long _bit;

    /// <summary>Levels of a page of version 1: a length and runs; nothing where no level but 0 is possible.</summary>
    public static LevelReader Open(byte[] page, ref int at, int end, ValueEncoding encoding, int levelMax, int count)
    {
        if (levelMax == 0) return default;
        if (encoding == ValueEncoding.BitPacked)
        {
            var bytes = ((long)count * Width(levelMax) + 7) / 8;
            if (bytes > end - at) throw new InvalidDataException($"expected {bytes} bytes of levels, found {end - at}");
            at += (int)bytes;
            return new() { _max = levelMax, _isBitPacked = true, _bit = (at - bytes) * 8 };
        }

        if (encoding != ValueEncoding.RunLength) throw new InvalidDataException($"expected levels in runs, found {encoding}");
        var length = end - at >= 4 ? BinaryPrimitives.ReadInt32LittleEndian(page.AsSpan(at)) : throw new InvalidDataException($"expected the length of levels, found {end - at} bytes");
        at += 4;
        if (length < 0 || length > end - at) throw new InvalidDataException($"expected {(uint)length} bytes of levels, found {end - at}");
        at += length;
        return OfBytes(at - length, at, levelMax);
    }

    /// <summary>Runs without a length before them.</summary>
    public static LevelReader OfBytes(int start, int end, int levelMax) =>
        levelMax == 0 ? default : new() { _max = levelMax, _runs = new(start, end, Width(levelMax)) };

    /// <summary>Bits that the levels from 0 to one take.</summary>
    public static int Width(int levelMax) => levelMax == 0 ? 0 : int.Log2(levelMax) + 1;

    public void Read(byte[] page, Span<byte> levels)
    {
        if (_max == 0)
        {
            levels.Clear();
            return;
        }

        if (_isBitPacked) ReadBitPacked(page, levels);
        else _runs.Read(page, levels);
        foreach (var level in levels)
            if (level > _max) throw new InvalidDataException($"expected levels from 0 to {_max}, found {level}");
    }

    /// <summary>The deprecated packing goes from the highest bit of each byte on.</summary>
    private void ReadBitPacked(byte[] page, Span<byte> levels)
    {
        var width = Width(_max);
        foreach (ref var level in levels)
        {
            level = 0;
            for (var b = 0; b < width; b++, _bit++) level = (byte)(level << 1 | page[(int)(_bit >> 3)] >> (int)(7 - (_bit & 7)) & 1);
        }
    }
}
