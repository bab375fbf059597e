using FsCheck;
using FsCheck.Fluent;
using Touchstone.Files.Png;

namespace Touchstone.Files.Tests.Png;

public class PngRoundTripTests
{
    private static readonly (PngColour Colour, int Depth)[] Kinds =
    [
        (PngColour.Grey, 1), (PngColour.Grey, 2), (PngColour.Grey, 4), (PngColour.Grey, 8), (PngColour.Grey, 16),
        (PngColour.Rgb, 8), (PngColour.Rgb, 16), (PngColour.Palette, 1), (PngColour.Palette, 2), (PngColour.Palette, 4), (PngColour.Palette, 8),
        (PngColour.GreyAlpha, 8), (PngColour.GreyAlpha, 16), (PngColour.Rgba, 8), (PngColour.Rgba, 16),
    ];

    public static readonly Gen<(PngImage Image, PngFilter Filter)> Images =
        from kind in Gen.Elements(Kinds)
        from width in Gen.Choose(1, 40)
        from height in Gen.Choose(1, 20)
        from smooth in Gen.Elements(true, false)
        from seed in Gen.Choose(0, int.MaxValue)
        from filter in Gen.Elements(Enum.GetValues<PngFilter>())
        select (Make(kind.Colour, kind.Depth, width, height, smooth, seed), filter);

    [Fact]
    public void What_is_written_is_read_again() =>
        Prop.ForAll(Images.ToArbitrary(), c =>
        {
            var read = PngReader.Read(new MemoryStream(PngWriter.ToBytes(c.Image, c.Filter)));
            Assert.Equal((c.Image.WidthPx, c.Image.HeightPx, c.Image.Colour, c.Image.BitDepth), (read.WidthPx, read.HeightPx, read.Colour, read.BitDepth));
            Assert.Equal(c.Image.Samples, read.Samples);
            Assert.Equal(c.Image.Palette, read.Palette);
            Assert.Equal(c.Image.Transparency, read.Transparency);
            Assert.Equal(c.Image.Texts, read.Texts);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void An_interlaced_file_gives_the_same_picture() =>
        Prop.ForAll(Images.ToArbitrary(), c =>
            Assert.Equal(c.Image.Samples, PngReader.Read(new MemoryStream(InterlacedPng.Write(c.Image))).Samples)).QuickCheckThrowOnFailure();

    [Fact]
    public void A_sample_is_the_same_in_every_view()
    {
        ushort[] values = [0, 1, 255, 256, 4660, 65535];
        var image = PngImage.Grey16(3, 2, values);
        Assert.Equal(values, image.ToIndices());
        Assert.Equal(4660, image.Sample(1, 1));
        Assert.Equal((byte)0x12, image.ToRgba()[16]);
    }

    [Fact]
    public void Palette_and_transparency_are_resolved()
    {
        var image = new PngImage(4, 1, PngColour.Palette, 2, [0b00_01_10_01]) { Palette = [1, 2, 3, 4, 5, 6, 7, 8, 9], Transparency = [0, 128] };
        Assert.Equal([1, 2, 3, 0, 4, 5, 6, 128, 7, 8, 9, 255, 4, 5, 6, 128], image.ToRgba());
        var keyed = PngImage.Rgb(2, 1, [9, 9, 9, 1, 2, 3]);
        Assert.Equal([9, 9, 9, 0, 1, 2, 3, 255], new PngImage(2, 1, PngColour.Rgb, 8, keyed.Samples) { Transparency = [0, 9, 0, 9, 0, 9] }.ToRgba());
        var outside = new PngImage(1, 1, PngColour.Palette, 8, [7]) { Palette = [1, 2, 3] };
        Assert.Contains("palette entry 7 of 1", Assert.Throws<PngFormatException>(outside.ToRgba).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_checksum_is_that_of_the_standard()
    {
        Assert.Equal(0xCBF43926, Crc32.Of("123456789"u8));
        var bytes = new byte[1000];
        new Random(1).NextBytes(bytes);
        for (var length = 0; length < 40; length++)
        {
            var bitwise = uint.MaxValue;
            foreach (var b in bytes.AsSpan(0, length))
            {
                bitwise ^= b;
                for (var k = 0; k < 8; k++) bitwise = (bitwise & 1) != 0 ? 0xEDB88320 ^ (bitwise >> 1) : bitwise >> 1;
            }

            Assert.Equal(~bitwise, Crc32.Of(bytes.AsSpan(0, length)));
        }
    }

    [Fact]
    public void Adaptive_filters_make_a_smooth_picture_smaller()
    {
        var picture = Make(PngColour.Rgb, 8, 200, 100, smooth: true, seed: 5);
        Assert.True(PngWriter.ToBytes(picture, PngFilter.Adaptive).Length < PngWriter.ToBytes(picture, PngFilter.None).Length);
    }

    private static PngImage Make(PngColour colour, int depth, int width, int height, bool smooth, int seed)
    {
        var random = new Random(seed);
        var rowBytes = PngImage.PackedRowBytes(width, colour, depth);
        var samples = new byte[rowBytes * height];
        for (var i = 0; i < samples.Length; i++)
            samples[i] = smooth ? (byte)(i % rowBytes * 3 + i / rowBytes * 2 + random.Next(2)) : (byte)random.Next(256);
        ClearPadding(samples, rowBytes, width * colour.ChannelCount() * depth);
        var palette = colour == PngColour.Palette ? new byte[3 << depth] : [];
        random.NextBytes(palette);
        return new PngImage(width, height, colour, depth, samples)
        {
            Palette = palette,
            Transparency = colour == PngColour.Palette && seed % 2 == 0 ? [1, 2] : [],
            Texts = seed % 3 == 0 ? [new PngText("Comment", "caf\u00e9"), new PngText("a", "")] : [],
        };
    }

    // The bits after the last pixel of a row mean nothing and are not kept by an interlaced file.
    private static void ClearPadding(byte[] samples, int rowBytes, int rowBits)
    {
        if (rowBits % 8 == 0) return;
        for (var last = rowBytes - 1; last < samples.Length; last += rowBytes)
            samples[last] &= (byte)(0xFF << (8 - rowBits % 8));
    }
}
