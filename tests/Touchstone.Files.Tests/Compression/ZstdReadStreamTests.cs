using System.Text;
using Touchstone.Files.Compression;

namespace Touchstone.Files.Tests.Compression;

public sealed class ZstdReadStreamTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(1_000_000)]
    public void Frames_one_behind_the_other_are_read_as_one(int step)
    {
        Assert.SkipUnless(Zstd.IsAvailable, "The system has no libzstd.");
        var content = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, 40_000).Select(i => $"line {i * 7919 % 1000}\n")));
        byte[] skippable = [0x50, 0x2A, 0x4D, 0x18, 3, 0, 0, 0, 9, 9, 9];
        using var stream = new ZstdReadStream(new MemoryStream([.. Frame(content[..100_000]), .. skippable, .. Frame([]), .. Frame(content[100_000..])]));
        var read = new MemoryStream();
        var buffer = new byte[step];
        for (var got = stream.Read(buffer); got > 0; got = stream.Read(buffer)) read.Write(buffer, 0, got);
        Assert.Equal(content, read.ToArray());
        Assert.Equal(content.Length, stream.Position);
    }

    [Fact]
    public void A_frame_cut_anywhere_is_told_behind_what_stands_before()
    {
        Assert.SkipUnless(Zstd.IsAvailable, "The system has no libzstd.");
        var content = new byte[300_000];
        new Random(3).NextBytes(content);
        var frame = Frame(content);
        for (var cut = 1; cut < frame.Length; cut += 9_973)
        {
            using var stream = new ZstdReadStream(new MemoryStream(frame[..cut]));
            var read = new MemoryStream();
            Assert.Throws<InvalidDataException>(() => stream.CopyTo(read));
            Assert.Equal(content[..(int)read.Length], read.ToArray());
            Assert.True(read.Length >= cut - 140_000);                 // a block of 128 KiB is given as a whole
        }
    }

    [Theory]
    [InlineData(10_000)]
    [InlineData(1 << 17)]
    [InlineData(10_000_000)]
    public void Everything_before_a_damaged_block_is_given(int step)
    {
        Assert.SkipUnless(Zstd.IsAvailable, "The system has no libzstd.");
        var content = new byte[1_000_000];
        new Random(3).NextBytes(content);                              // blocks of 128 KiB that are stored as they are
        var frame = Frame(content);
        var heads = frame.Length - content.Length - 7 * 3;             // seven whole blocks and a part, with a head of 3 bytes each
        for (var block = 0; block < 8; block++)
        {
            var damaged = (byte[])frame.Clone();
            damaged[heads - 3 + block * ((1 << 17) + 3)] |= 6;         // a type of block that is reserved
            using var stream = new ZstdReadStream(new MemoryStream(damaged));
            var read = new MemoryStream();
            Assert.Throws<InvalidDataException>(() => stream.CopyTo(read, step));
            Assert.Equal(content[..(block << 17)], read.ToArray());
        }
    }

    [Fact]
    public void Rubbish_is_told()
    {
        Assert.SkipUnless(Zstd.IsAvailable, "The system has no libzstd.");
        using var stream = new ZstdReadStream(new MemoryStream("this is no frame"u8.ToArray()));
        Assert.Throws<InvalidDataException>(() => stream.Read(new byte[10]));
    }

    private static byte[] Frame(byte[] content)
    {
        var frame = new byte[Zstd.LengthMax(content.Length)];
        return frame[..Zstd.Compress(content, frame)];
    }
}
