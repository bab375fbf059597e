using System.Buffers.Binary;
using Touchstone.Files.Png;

namespace Touchstone.Tests.Cli;

/// <summary>Small pictures made on the spot, good and bad.</summary>
internal static class Pictures
{
    public static byte[] Png(int width, int height, int seed = 0)
    {
        var pixels = new byte[width * height];
        for (var i = 0; i < pixels.Length; i++) pixels[i] = (byte)(i * 7);
        for (var i = 0; i < 4; i++) pixels[i % pixels.Length] += (byte)(seed >> (8 * i));
        return PngWriter.ToBytes(PngImage.Grey(width, height, pixels));
    }

    /// <summary>A PNG whose header says it is so large; checksums are right and next to nothing is behind.</summary>
    public static byte[] Enormous(int width, int height)
    {
        var whole = Png(2, 2);
        var header = whole[16..29];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        byte[] chunk = [.. "IHDR"u8, .. header];
        var checksum = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(checksum, Crc(chunk));
        return [.. whole[..12], .. chunk, .. checksum, .. whole[33..]];
    }

    private static uint Crc(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var b in bytes)
        {
            crc ^= b;
            for (var bit = 0; bit < 8; bit++) crc = (crc & 1) == 1 ? 0xEDB88320 ^ (crc >> 1) : crc >> 1;
        }

        return ~crc;
    }

    /// <summary>A JPEG of stated size with an EXIF orientation; its scan holds no picture worth seeing.</summary>
    public static byte[] Jpeg(int width, int height, int orientation)
    {
        var file = new List<byte> { 0xFF, 0xD8 };
        Segment(file, 0xE0, "JFIF\0\u0001\u0001\0\0\u0001\0\u0001\0\0"u8);
        Segment(file, 0xE1, [.. "Exif\0\0"u8, .. Exif(orientation)]);
        Segment(file, 0xC0, [8, (byte)(height >> 8), (byte)height, (byte)(width >> 8), (byte)width, 1, 1, 0x11, 0]);
        Segment(file, 0xDA, [1, 1, 0, 0, 63, 0]);
        file.AddRange([1, 2, 0xFF, 0x00, (byte)orientation, 4, 5]);
        file.AddRange(new byte[(width + 7) * (height + 7) / 256 + 1]); // two bits a block, the shortest there are
        file.AddRange([0xFF, 0xD9]);
        return [.. file];
    }

    private static void Segment(List<byte> file, byte marker, ReadOnlySpan<byte> payload)
    {
        file.AddRange([0xFF, marker, (byte)((payload.Length + 2) >> 8), (byte)(payload.Length + 2)]);
        file.AddRange(payload);
    }

    private static byte[] Exif(int orientation)
    {
        var bytes = new byte[26];
        "II*\0"u8.CopyTo(bytes);
        bytes[4] = 8;
        bytes[8] = 1;
        BinaryPrimitives.WriteInt16LittleEndian(bytes.AsSpan(10), 0x0112);
        bytes[12] = 3;
        bytes[14] = 1;
        bytes[18] = (byte)orientation;
        return bytes;
    }
}
