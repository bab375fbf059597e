namespace Touchstone.Files.Parquet.Encodings;

/// <summary>RLE_DICTIONARY: places in the chunk's dictionary, behind a byte that gives their bits.</summary>
internal sealed class DictionaryDecoder : ValueDecoder
{
    private readonly byte[] _page;
    private readonly ValueVector _dictionary;
    private RunLengthReader _runs;
    private int[] _codes = [];

    public DictionaryDecoder(byte[] page, int start, int end, ValueVector dictionary)
    {
        var width = start < end ? page[start] : 0;
        if (width > 32) throw new InvalidDataException($"expected dictionary codes of at most 32 bits, found {width}");
        (_page, _dictionary) = (page, dictionary);
        _runs = new(Math.Min(start + 1, end), end, width);
    }

    public override void Read(ValueVector values, int count)
    {
        values.Reset(count);
        if (_codes.Length < count) _codes = new int[count];
        _runs.Read(_page, _codes.AsSpan(0, count));
        values.Gather(_dictionary, _codes);
    }
}

/// <summary>RLE of truth values: runs of one bit behind four bytes of their length.</summary>
internal sealed class RunLengthBooleanDecoder : ValueDecoder
{
    private readonly byte[] _page;
    private RunLengthReader _runs;

    public RunLengthBooleanDecoder(byte[] page, int start, int end)
    {
        var length = end - start >= 4 ? System.Buffers.Binary.BinaryPrimitives.ReadInt32LittleEndian(page.AsSpan(start)) : 0;
        if (length < 0 || length > Math.Max(0, end - start - 4)) throw new InvalidDataException($"expected {(uint)length} bytes of truth values, found {end - start - 4}");
        _page = page;
        _runs = new(Math.Min(start + 4, end), Math.Min(start + 4, end) + length, 1);
    }

    public override void Read(ValueVector values, int count)
    {
        values.Reset(count);
        _runs.Read(_page, values.Booleans);
    }
}
