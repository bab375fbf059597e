using System.Buffers.Binary;
using Touchstone.Files.Png;

namespace Touchstone.Formats.Tests.Exchange;

/// <summary>Damage to PNG that passes its checksums: other pixels, other sizes, other chunks. A flipped bit alone would always be refused by the first check.</summary>
internal static class PngMutations
{
    private static readonly byte[] Signature = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A];

    private const int HeaderBytes = 33;                     // signature, and IHDR with its length, type and checksum

    /// <summary>Whether the bytes begin as PNG does.</summary>
    public static bool IsPng(ReadOnlySpan<byte> bytes) => bytes.Length > HeaderBytes && bytes.StartsWith(Signature);

    /// <summary>Bytes of a picture's pixels as its header has it, but no more than compressed data of that length can hold (deflate: 1032 to 1); of other files their length.</summary>
    public static long DecodedBytes(ReadOnlySpan<byte> bytes)
    {
        if (!IsPng(bytes)) return bytes.Length;
        var (width, height) = (BinaryPrimitives.ReadUInt32BigEndian(bytes[16..]), BinaryPrimitives.ReadUInt32BigEndian(bytes[20..]));
        return bytes.Length + (long)Math.Min((double)width * height * 4, bytes.Length * 1032.0);
    }

    /// <summary>Another picture of the same form, or the same file with damage whose checksums were mended.</summary>
    public static byte[] Mutate(byte[] original, Random random, Func<byte[], Random, byte[]> damage)
    {
        if (random.Next(3) == 0) return Mended(random.Next(2) == 0 ? OtherSize(original, random) : damage(original, random));
        using var stream = new MemoryStream(original);
        var image = PngReader.Read(stream);
        byte[] samples = [.. image.Samples];
        for (var times = random.Next(1, 20); times > 0; times--)
        {
            var (at, value) = (random.Next(samples.Length), (byte)random.Next(256));
            samples.AsSpan(at, Math.Min(random.Next(1, 64), samples.Length - at)).Fill(value);
        }

        var (width, height) = random.Next(4) == 0 ? (image.WidthPx, random.Next(1, image.HeightPx + 1)) : (image.WidthPx, image.HeightPx);
        return PngWriter.ToBytes(new PngImage(width, height, image.Colour, image.BitDepth, samples[..(image.RowBytes * height)]) { Palette = image.Palette, Transparency = image.Transparency }, PngFilter.None, System.IO.Compression.CompressionLevel.Fastest);
    }

    private static byte[] OtherSize(byte[] original, Random random)
    {
        byte[] bytes = [.. original];
        int[] sizes = [0, 1, 2, 65_535, 20_000, 1_000_000, int.MaxValue, -1];
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(16 + 4 * random.Next(2)), sizes[random.Next(sizes.Length)]);
        if (random.Next(3) == 0) bytes[24 + random.Next(5)] = (byte)random.Next(17);
        return bytes;
    }

    private static byte[] Mended(byte[] bytes)
    {
        for (var at = Signature.Length; at + 12 <= bytes.Length;)
        {
            var length = BinaryPrimitives.ReadUInt32BigEndian(bytes.AsSpan(at));
            if (length > bytes.Length - at - 12) break;
            BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(at + 8 + (int)length), Checksum(bytes.AsSpan(at + 4, (int)length + 4)));
            at += (int)length + 12;
        }

        return bytes;
    }

    /// <summary>CRC-32 of ISO 3309, bit by bit, as PNG's specification has it.</summary>
    private static uint Checksum(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var each in bytes)
        {
            crc ^= each;
            for (var bit = 0; bit < 8; bit++) crc = (crc & 1) != 0 ? crc >> 1 ^ 0xEDB88320 : crc >> 1;
        }

        return ~crc;
    }
}
