using FsCheck;
using FsCheck.Fluent;
using Touchstone.Annotations.Masks;
using Touchstone.Formats.Exchange;

namespace Touchstone.Formats.Tests.Exchange;

public sealed class MaskRingsTests
{
    [Fact]
    public void A_mask_made_of_its_rings_has_the_same_pixels() =>
        Prop.ForAll(ArbMap.Default.ArbFor<int>(), ArbMap.Default.ArbFor<byte[]>(), (seed, bytes) =>
        {
            var (width, height) = (1 + Math.Abs(seed % 9), 1 + Math.Abs(seed / 9 % 9));
            var pixels = new byte[width * height];
            for (var i = 0; i < pixels.Length; i++) pixels[i] = (byte)(bytes.Length == 0 ? 0 : bytes[i % bytes.Length] >> (i / bytes.Length % 8) & 1);
            return Same(RunLengthMask.FromPixels(height, width, pixels));
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(64, 48, 2)]
    [InlineData(33, 61, 3)]
    public void So_has_one_with_holes_islands_and_touching_corners(int width, int height, int seed)
    {
        for (var round = 0; round < 40; round++)
        {
            var random = new Random(seed * 1000 + round);
            var pixels = new byte[width * height];
            for (var blob = 0; blob < 6; blob++)
            {
                var (x, y, r, value) = (random.Next(width), random.Next(height), random.Next(1, 12), (byte)random.Next(2));
                for (var i = 0; i < pixels.Length; i++)
                    if (Math.Abs(i / height - x) + Math.Abs(i % height - y) < r) pixels[i] = value;
            }

            Assert.True(Same(RunLengthMask.FromPixels(height, width, pixels)), $"round {round}");
        }
    }

    [Theory]
    [InlineData(600, 600, 0.5)]
    [InlineData(600, 600, 0.7)]
    [InlineData(10_000, 30, 0.8)]
    public void Noise_with_parts_and_holes_beyond_number_takes_no_long_time(int width, int height, double inside)
    {
        var random = new Random(7);
        var pixels = new byte[width * height];
        for (var i = 0; i < pixels.Length; i++) pixels[i] = random.NextDouble() < inside ? (byte)1 : (byte)0;
        var watch = System.Diagnostics.Stopwatch.StartNew();
        Assert.True(Same(RunLengthMask.FromPixels(height, width, pixels)));
        Assert.True(watch.Elapsed.TotalSeconds < 60, $"{watch.Elapsed}");          // on a busy machine; comparing every hole with every ring takes hours
    }

    private static bool Same(RunLengthMask mask) => Again(mask).Counts.SequenceEqual(mask.Counts);

    private static RunLengthMask Again(RunLengthMask mask) => RunLengthMask.FromPolygons(
        mask.Height, mask.Width, [.. MarkShapes.RingsOf(new PixelMask(mask)).Select(ring => ring.SelectMany(p => (double[])[p.X, p.Y]).ToArray())]);
}
