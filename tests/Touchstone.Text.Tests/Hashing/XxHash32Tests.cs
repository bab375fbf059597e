using System.Text;
using Touchstone.Text.Hashing;

namespace Touchstone.Text.Tests.Hashing;

public sealed class XxHash32Tests
{
    private const uint Seed = 2654435761;

    [Theory]
    [InlineData(0, 0, 0x02CC5D05)]
    [InlineData(0, Seed, 0x36B78AE7)]
    [InlineData(1, 0, 0xCF65B03E)]
    [InlineData(1, Seed, 0xB4545AA4)]
    [InlineData(14, 0, 0x1208E7E2)]
    [InlineData(14, Seed, 0x6AF1D1FE)]
    [InlineData(222, 0, 0x5BD11DBD)]
    [InlineData(222, Seed, 0x58803C5F)]
    public void Hashes_equal_the_sanity_checks_of_the_reference(int length, uint seed, uint expected)
    {
        // The buffer and the values are those of xxHash's own sanity test (xxhsum, XXH32).
        var bytes = new byte[length];
        var generator = (ulong)Seed;
        for (var i = 0; i < length; i++)
        {
            bytes[i] = (byte)(generator >> 56);
            generator = unchecked(generator * 11400714785074694797UL);
        }

        Assert.Equal(expected, XxHash32.Hash(bytes, seed));
    }

    [Theory]
    [InlineData("ABC", 0x80712ED5)]
    [InlineData("test", 0x3E2023CF)]
    [InlineData("1234567", 0xDD8D554E)]
    [InlineData("123456789ABCDEF", 0x576E3CF9)]
    [InlineData("Nobody inspects the spammish repetition", 0xE2293B2F)]
    [InlineData("The quick brown fox jumps over the lazy dog", 0xE85EA4DE)]
    public void Hashes_of_short_words_are_the_published_ones(string text, uint expected) => Assert.Equal(expected, XxHash32.Hash(Encoding.UTF8.GetBytes(text)));
}
