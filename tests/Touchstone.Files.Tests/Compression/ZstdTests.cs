using Touchstone.Files.Compression;

namespace Touchstone.Files.Tests.Compression;

public class ZstdTests
{
    /// <summary>RFC 8878: magic, a frame header of a single segment of 5 bytes, one raw block that is the last, "hello".</summary>
    private static readonly byte[] Hello = Convert.FromHexString("28B52FFD2005290000" + "68656C6C6F");

    [Fact]
    public void A_frame_of_the_specification_is_read()
    {
        byte[] content = [];
        Zstd.Decompress(Hello, 5, ref content);
        Assert.Equal("hello"u8, content.AsSpan(0, 5));
    }

    [Theory]
    [InlineData(4, "the Zstandard data has more")]
    [InlineData(6, "ends after 5")]
    public void Content_of_another_length_is_refused(int expected, string message)
    {
        byte[] content = [];
        Assert.Contains(message, Assert.Throws<InvalidDataException>(() => Zstd.Decompress(Hello, expected, ref content)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Broken_and_cut_frames_are_refused()
    {
        byte[] content = [];
        Assert.Throws<InvalidDataException>(() => Zstd.Decompress(Hello.AsSpan()[..^1], 5, ref content));
        Assert.Throws<InvalidDataException>(() => Zstd.Decompress([1, 2, 3, 4, 5], 5, ref content));
        Assert.Throws<InvalidDataException>(() => Zstd.Decompress([], 5, ref content));
    }

    [Fact]
    public void An_announced_size_takes_no_memory()
    {
        byte[] content = [];
        Assert.Throws<InvalidDataException>(() => Zstd.Decompress(Hello, 1 << 30, ref content));
        Assert.InRange(content.Length, 0, 1 << 20);
    }

    [Fact]
    public void Content_comes_back()
    {
        var random = new Random(5);
        foreach (var length in new[] { 0, 1, 1000, 300_000 })
        {
            var content = new byte[length];
            random.NextBytes(content.AsSpan(length / 2));
            var frame = new byte[Zstd.LengthMax(length)];
            var written = Zstd.Compress(content, frame);
            byte[] read = [];
            Zstd.Decompress(frame.AsSpan(0, written), length, ref read);
            Assert.True(content.AsSpan().SequenceEqual(read.AsSpan(0, length)));
        }
    }
}
