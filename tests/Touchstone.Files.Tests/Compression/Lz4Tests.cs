using System.Text;
using Touchstone.Files.Compression;

namespace Touchstone.Files.Tests.Compression;

public class Lz4Tests
{
    [Theory]
    [InlineData("00", "")]
    [InlineData("30 616263", "abc")]
    [InlineData("1A 61 0100 10 62", "aaaaaaaaaaaaaaab")]                                     // a match that reaches into what it writes
    [InlineData("F0 01 61616161616161616161616161616161", "aaaaaaaaaaaaaaaa")]              // a literal's length in a byte of its own
    [InlineData("1F 61 0100 00 10 62", "aaaaaaaaaaaaaaaaaaaab")]                             // a match's length in a byte of its own
    public void Blocks_of_the_description_are_read(string block, string text)
    {
        var content = new byte[text.Length];
        Lz4Decoder.Decode(Convert.FromHexString(block.Replace(" ", "", StringComparison.Ordinal)), content);
        Assert.Equal(text, Encoding.ASCII.GetString(content));
    }

    [Theory]
    [InlineData("40 616263", 4, "literal of 4 bytes at byte 1 does not fit")]
    [InlineData("30 616263", 4, "expected 4 bytes of content, the LZ4 block gives 3")]
    [InlineData("F0 FF", 4, "ends within a length")]
    [InlineData("10 61 01", 9, "ends within a match's offset")]
    [InlineData("10 61 0200", 9, "match of 4 bytes from 2 bytes back")]
    [InlineData("10 61 0000", 9, "match of 4 bytes from 0 bytes back")]
    [InlineData("1F 61 0100 FF 00", 9, "match of 274 bytes from 1 bytes back")]
    public void A_broken_block_is_refused(string block, int length, string message)
    {
        var fault = Assert.Throws<InvalidDataException>(() => Lz4Decoder.Decode(Convert.FromHexString(block.Replace(" ", "", StringComparison.Ordinal)), new byte[length]));
        Assert.Contains(message, fault.Message, StringComparison.Ordinal);
    }
}
