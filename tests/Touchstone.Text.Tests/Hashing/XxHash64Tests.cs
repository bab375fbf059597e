using System.Text;
using Touchstone.Text.Hashing;

namespace Touchstone.Text.Tests.Hashing;

public sealed class XxHash64Tests
{
    private const uint Seed = 2654435761;

    [Theory]
    [InlineData(0, 0, 0xEF46DB3751D8E999)]
    [InlineData(0, Seed, 0xAC75FDA2929B17EF)]
    [InlineData(1, 0, 0xE934A84ADB052768)]
    [InlineData(1, Seed, 0x5014607643A9B4C3)]
    [InlineData(4, 0, 0x9136A0DCA57457EE)]
    [InlineData(14, 0, 0x8282DCC4994E35C8)]
    [InlineData(14, Seed, 0xC3BD6BF63DEB6DF0)]
    [InlineData(222, 0, 0xB641AE8CB691C174)]
    [InlineData(222, Seed, 0x20CB8AB7AE10C14A)]
    public void Hashes_equal_the_sanity_checks_of_the_reference(int length, uint seed, ulong expected)
    {
        // The buffer and the values are those of xxHash's own sanity test (xxhsum, XXH64).
        var bytes = new byte[length];
        var generator = (ulong)Seed;
        for (var i = 0; i < length; i++)
        {
            bytes[i] = (byte)(generator >> 56);
            generator = unchecked(generator * 11400714785074694797UL);
        }

        Assert.Equal(expected, XxHash64.Hash(bytes, seed));
    }

    [Theory]
    [InlineData("a", 0xD24EC4F1A98C6E5B)]
    [InlineData("abc", 0x44BC2CF5AD770999)]
    public void Hashes_of_short_words_are_the_published_ones(string text, ulong expected) => Assert.Equal(expected, XxHash64.Hash(Encoding.UTF8.GetBytes(text)));
}
