using Touchstone.Annotations.Masks;
using Touchstone.Formats.LabelStudio;

namespace Touchstone.Formats.Tests.LabelStudio;

public sealed class BrushRleTests
{
    /// <summary>Ones at (1,1), (2,1), (3,1), (1,2), (2,2) of a picture of 5 x 4, as label-studio-sdk's converter and the COCO API have them.</summary>
    private static readonly byte[] Strokes = [0, 0, 0, 80, 57, 27, 254, 23, 0, 183, 255, 56, 4, 255, 248, 108, 0];

    private const string Coco = "52200O4";

    [Fact]
    public void Strokes_and_masks_of_other_formats_are_the_same()
    {
        var mask = BrushRle.Decode(Strokes, height: 4, width: 5);
        Assert.Equal([5u, 2, 2, 2, 2, 1, 6], mask.Counts.ToArray());
        Assert.Equal(Coco, mask.ToString());
        Assert.Equal((1, 1, 3, 2), mask.Bounds);
        Assert.Equal(5, mask.Area);
        Assert.Equal(Strokes, BrushRle.Encode(RunLengthMask.Parse(4, 5, Coco)));
        Assert.Equal(Strokes, BrushRle.Encode(RunLengthMask.FromCounts(4, 5, [5, 2, 2, 2, 2, 1, 6])));
    }

    [Fact]
    public void Literal_values_are_read()
    {
        // 4 values of 8 bits, lengths of 3, 4, 8 and 16 bits; literal, size 0, length 4 - 1: 1 2 3 0, then 1 2 3 9.
        Assert.Equal(0, BrushRle.Decode(Bits("00000000000000000000000000000100 00111 0010 0011 0111 1111 0 00 011 00000001 00000010 00000011 00000000"), 1, 1).Area);
        Assert.Equal(1, BrushRle.Decode(Bits("00000000000000000000000000000100 00111 0010 0011 0111 1111 0 00 011 00000001 00000010 00000011 00001001"), 1, 1).Area);
    }

    [Fact]
    public void Any_mask_is_the_same_after_both_ways()
    {
        for (var seed = 0; seed < 200; seed++)
        {
            var random = new Random(seed);
            var (height, width) = (random.Next(1, 300), random.Next(1, 300));
            var pixels = new byte[height * width];
            var share = random.NextDouble();
            for (var i = 0; i < pixels.Length;)
            {
                var inside = random.NextDouble() < share;
                for (var n = random.Next(1, seed % 2 == 0 ? 4 : 20_000); n > 0 && i < pixels.Length; n--) pixels[i++] = inside ? (byte)1 : (byte)0;
            }

            var mask = RunLengthMask.FromPixels(height, width, pixels);
            Assert.Equal(mask.Counts.ToArray(), BrushRle.Decode(BrushRle.Encode(mask), height, width).Counts.ToArray());
        }
    }

    [Fact]
    public void Strokes_that_end_early_or_are_of_another_picture_are_refused()
    {
        Assert.Contains("end within", Assert.Throws<FormatException>(() => BrushRle.Decode(Strokes.AsSpan(0, 12), 4, 5)).Message, StringComparison.Ordinal);
        Assert.Contains("80 values", Assert.Throws<FormatException>(() => BrushRle.Decode(Strokes, 5, 5)).Message, StringComparison.Ordinal);
        Assert.Contains("pixels", Assert.Throws<FormatException>(() => BrushRle.Decode(Strokes, 1 << 20, 1 << 20)).Message, StringComparison.Ordinal);
    }

    private static byte[] Bits(string bits)
    {
        var all = bits.Replace(" ", "", StringComparison.Ordinal);
        all = all.PadRight((all.Length + 7) / 8 * 8, '0');
        return [.. Enumerable.Range(0, all.Length / 8).Select(i => Convert.ToByte(all.Substring(8 * i, 8), 2))];
    }
}
