using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Touchstone.Files.Compression;

namespace Touchstone.Files.Tests.Compression;

public class SnappyTests
{
    [Theory]
    [InlineData("00", "")]
    [InlineData("03 08 616263", "abc")]
    [InlineData("0A 00 61 15 01", "aaaaaaaaaa")]                       // a copy that reaches into what it writes
    [InlineData("08 0C 61626364 01 04", "abcdabcd")]                   // a one-byte offset
    [InlineData("08 0C 61626364 0E 0400", "abcdabcd")]                 // a two-byte offset
    [InlineData("08 0C 61626364 0F 04000000", "abcdabcd")]             // a four-byte offset
    [InlineData("04 F0 03 61626364", "abcd")]                          // a literal's length in a byte of its own
    public void Blocks_of_the_description_are_read(string block, string text)
    {
        var content = new byte[text.Length];
        SnappyDecoder.Decode(Convert.FromHexString(block.Replace(" ", "", StringComparison.Ordinal)), content);
        Assert.Equal(text, Encoding.ASCII.GetString(content));
    }

    [Theory]
    [InlineData("", 0, "ends within its length")]
    [InlineData("FFFFFFFFFF", 0, "longer than five bytes")]
    [InlineData("FFFFFFFF07 00 61", 0, "more than it can hold")]
    [InlineData("04 08 616263", 4, "states 4 bytes and gives 3")]
    [InlineData("04 0C 616263", 4, "literal of 4 bytes at byte 2 does not fit")]
    [InlineData("08 00 61 15 02", 8, "copy of 9 bytes from 2 bytes back")]
    [InlineData("08 00 61 15 00", 8, "copy of 9 bytes from 0 bytes back")]
    [InlineData("04 00 61 15 01", 4, "copy of 9 bytes from 1 bytes back")]
    [InlineData("04 00 61 0E 01", 4, "ends within a copy")]
    [InlineData("04 FC FFFFFF", 4, "ends within a literal's length")]
    [InlineData("04 FC FFFFFFFF", 4, "longer than any block")]
    [InlineData("05 08 616263", 4, "expected 4 bytes of content, the Snappy block states 5")]
    public void A_broken_block_is_refused(string block, int length, string message)
    {
        var fault = Assert.Throws<InvalidDataException>(() => SnappyDecoder.Decode(Convert.FromHexString(block.Replace(" ", "", StringComparison.Ordinal)), new byte[length]));
        Assert.Contains(message, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Content_comes_back() => Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed =>
    {
        var random = new Random(seed);
        var content = new byte[random.Next(200_000)];
        for (var at = 0; at < content.Length;)      // stretches of noise, of one byte, and of what was there before
        {
            var stretch = content.AsSpan(at, Math.Min(content.Length - at, random.Next(1, 5_000)));
            if (random.Next(3) == 0) random.NextBytes(stretch);
            else if (random.Next(2) == 0) stretch.Fill((byte)random.Next(256));
            else for (int i = 0, from = random.Next(at + 1); i < stretch.Length; i++) stretch[i] = content[from + i];
            at += stretch.Length;
        }

        var block = new byte[SnappyEncoder.LengthMax(content.Length)];
        var length = SnappyEncoder.Encode(content, block);
        var read = new byte[content.Length];
        SnappyDecoder.Decode(block.AsSpan(0, length), read);
        Assert.True(content.AsSpan().SequenceEqual(read));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void What_repeats_becomes_small()
    {
        var block = new byte[SnappyEncoder.LengthMax(1_000_000)];
        Assert.InRange(SnappyEncoder.Encode(new byte[1_000_000], block), 1, 50_000);
    }
}
