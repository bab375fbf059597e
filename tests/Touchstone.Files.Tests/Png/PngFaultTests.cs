using System.Buffers.Binary;
using System.IO.Compression;
using Touchstone.Files.Png;

namespace Touchstone.Files.Tests.Png;

public class PngFaultTests
{
    private static readonly byte[] Good = PngWriter.ToBytes(PngImage.Rgb(20, 10, [.. Enumerable.Range(0, 600).Select(i => (byte)(i * 7))]));

    [Fact]
    public void Every_beginning_of_a_file_is_refused_as_truncated()
    {
        for (var length = 8; length < Good.Length; length++)
        {
            var fault = Assert.Throws<PngFormatException>(() => PngReader.Read(new MemoryStream(Good, 0, length)));
            Assert.Equal(PngFault.Truncated, fault.Fault);
        }

        Assert.Equal(PngFault.NotPng, Assert.Throws<PngFormatException>(() => PngReader.Read(new MemoryStream())).Fault);
    }

    [Fact]
    public void Every_flipped_bit_is_noticed()
    {
        for (var at = 0; at < Good.Length; at++)
        {
            var bad = Good.ToArray();
            bad[at] ^= 0x10;
            Assert.Throws<PngFormatException>(() => PngReader.Read(new MemoryStream(bad)));
        }
    }

    [Fact]
    public void A_hostile_size_is_refused_before_memory_is_taken()
    {
        foreach (var (width, height) in new (uint, uint)[] { (20_000, 20_000), (int.MaxValue, int.MaxValue), (1, int.MaxValue) })
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            var fault = Assert.Throws<PngFormatException>(() => PngReader.Read(new MemoryStream(WithHeader(width, height))));
            Assert.Equal(PngFault.TooLarge, fault.Fault);
            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1_000_000);
        }

        Assert.Equal(PngFault.Corrupt, Assert.Throws<PngFormatException>(() => PngReader.Read(new MemoryStream(WithHeader(0, 5)))).Fault);
        Assert.Equal(PngFault.Corrupt, Assert.Throws<PngFormatException>(() => PngReader.Read(new MemoryStream(WithHeader(uint.MaxValue, 5)))).Fault);
    }

    [Fact]
    public void Too_few_rows_are_told_with_the_row()
    {
        var file = new MemoryStream();
        file.Write(Good.AsSpan(0, 33));
        var data = new MemoryStream();
        using (var zlib = new ZLibStream(data, CompressionLevel.Fastest, leaveOpen: true))
            zlib.Write(new byte[61 * 4 + 30]);
        PngWriter.WriteChunk(file, "IDAT", data.ToArray());
        PngWriter.WriteChunk(file, "IEND", []);
        file.Position = 0;
        Assert.Contains("row 4 of 10", Assert.Throws<PngFormatException>(() => PngReader.Read(file)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Chunks_that_a_decoder_may_ignore_are_ignored_and_others_are_not()
    {
        Assert.Equal(20, PngReader.Read(new MemoryStream(WithChunk("prVt"))).WidthPx);
        Assert.Contains("unexpected PRVT", Assert.Throws<PngFormatException>(() => PngReader.Read(new MemoryStream(WithChunk("PRVT")))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_palette_image_without_palette_is_neither_written_nor_read()
    {
        var image = new PngImage(1, 1, PngColour.Palette, 8, [0]);
        Assert.Throws<ArgumentException>(() => PngWriter.ToBytes(image));
        var bytes = PngWriter.ToBytes(PngImage.Grey(1, 1, [0]));
        bytes[25] = 3;
        BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(29), Crc32.Of(bytes.AsSpan(12, 17)));
        Assert.Contains("no PLTE", Assert.Throws<PngFormatException>(() => PngReader.Read(new MemoryStream(bytes))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Text_that_PNG_does_not_allow_is_not_written()
    {
        foreach (var text in new[] { new PngText("", "x"), new PngText(new string('k', 80), "x"), new PngText("k", "\u65e5") })
            Assert.Throws<ArgumentException>(() => PngWriter.ToBytes(new PngImage(1, 1, PngColour.Grey, 8, [0]) { Texts = [text] }));
    }

    internal static byte[] WithHeader(uint width, uint height)
    {
        var bytes = Good.ToArray();
        BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(16), width);
        BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(20), height);
        BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(29), Crc32.Of(bytes.AsSpan(12, 17)));
        return bytes;
    }

    private static byte[] WithChunk(string type)
    {
        var file = new MemoryStream();
        file.Write(Good.AsSpan(0, 33));
        PngWriter.WriteChunk(file, type, [1, 2, 3]);
        file.Write(Good.AsSpan(33));
        return file.ToArray();
    }
}
