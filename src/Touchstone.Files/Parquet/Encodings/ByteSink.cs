namespace Touchstone.Files.Parquet.Encodings;

/// <summary>Bytes that grow and are used again.</summary>
internal sealed class ByteSink
{
    private byte[] _bytes = new byte[4096];

    public int Length { get; private set; }

    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, Length);

    /// <summary>The array that the bytes are in, until more are written.</summary>
    public byte[] Buffer => _bytes;

    public void Clear() => Length = 0;

    public void Byte(byte value) => Space(1)[0] = value;

    public void Varint(ulong value)
    {
        for (; value >= 0x80; value >>= 7) Byte((byte)(value | 0x80));
        Byte((byte)value);
    }

    public void Write(ReadOnlySpan<byte> bytes) => bytes.CopyTo(Space(bytes.Length));

    /// <summary>Room for so many more bytes, counted as written; what was there before may show.</summary>
    public Span<byte> Space(int count)
    {
        if (count > _bytes.Length - Length) Array.Resize(ref _bytes, (int)Math.Min(Math.Max(_bytes.Length * 2L, checked(Length + count)), Array.MaxLength));
        Length += count;
        return _bytes.AsSpan(Length - count, count);
    }

    /// <summary>Writes over four bytes that were reserved for a length.</summary>
    public void LengthAt(int at, int length) => System.Buffers.Binary.BinaryPrimitives.WriteInt32LittleEndian(_bytes.AsSpan(at), length);

    /// <summary>Keeps the first bytes only.</summary>
    public void Truncate(int length) => Length = Math.Min(Length, length);
}
