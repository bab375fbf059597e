using System.Security.Cryptography;
using System.Text;
using Touchstone.Text.Normalisation;

namespace Touchstone.Text.Tests.Normalisation;

public sealed class TextSimplifierTests
{
    // Each computed with Python 3.13 and datatrove's definition.
    [Theory]
    [InlineData("Hello, World!  It's\t2 o'clock.", "hello world it s 0 o clock")]
    [InlineData("1,234.56 and 3.14.15 and 7. and .5", "0 0 and 0 0 and 0 and 0")]
    [InlineData("Café NAÏVE Ångström Ωμέγα", "cafe naive angstrom ωμεγα")]
    [InlineData("ΟΔΟΣ ΟΔΟΣ. ΟΔΟΣ'Α Σ", "οδος οδος οδοσ α σ")]
    [InlineData("İstanbul ٣٫١٤ 가각", "istanbul 0 \u1100\u1161\u1100\u1161\u11A8")]
    [InlineData("x \u0301 y", "x  y")]
    [InlineData("\u0301", "")]
    [InlineData("", "")]
    [InlineData("  \n\u2028\u00A0 ", "")]
    [InlineData("１２３４％５", "0 0")]
    [InlineData("\u037E", ";")]
    [InlineData("。x।", "x।")]
    public void Texts_become_what_datatrove_makes_of_them(string text, string expected) => Assert.Equal(expected, new TextSimplifier().Simplify(text).ToString());

    [Fact]
    public void Every_character_of_the_basic_plane_becomes_what_python_makes_of_it()
    {
        // SHA-1 computed with Python 3.13 (Unicode 15.1) and datatrove's definition; left out are letters and marks that Unicode 16 brought.
        using var digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA1);
        var simplifier = new TextSimplifier();
        for (var c = 0; c <= char.MaxValue; c++)
        {
            if (c is (>= 0xD800 and < 0xE000) or 0x897 or 0x1C89 or 0x1C8A or (>= 0xA7CB and <= 0xA7CD) or (>= 0xA7DA and <= 0xA7DC)) continue;
            Add(digest, simplifier.Simplify($"Σ{(char)c}1 {(char)c}bΣ{(char)c}"));
        }

        foreach (var (first, end) in ((int, int)[])[(0x1D100, 0x1D200), (0x1D7C0, 0x1D800), (0x2F800, 0x2FA1E)])
            for (var c = first; c < end; c++) Add(digest, simplifier.Simplify($"{char.ConvertFromUtf32(c)}1{char.ConvertFromUtf32(c)} {char.ConvertFromUtf32(c)}"));
        Assert.Equal("5df295d1f1f31d68e4eb27df944e458c0c7aa401", Convert.ToHexStringLower(digest.GetHashAndReset()));
    }

    [Fact]
    public void A_lone_surrogate_stays_and_long_texts_grow_the_buffer()
    {
        Assert.Equal("a\uD800b \uDC00", new TextSimplifier().Simplify("A\uD800B \uDC00").ToString());
        var hangul = new string('각', 100_000);
        Assert.Equal(300_000, new TextSimplifier().Simplify(hangul).Length);
    }

    private static void Add(IncrementalHash digest, ReadOnlySpan<char> text) => digest.AppendData(Encoding.UTF8.GetBytes(text.ToString() + "\n"));
}
