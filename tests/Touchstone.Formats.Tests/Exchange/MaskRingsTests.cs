using FsCheck;
using FsCheck.Fluent;
using Touchstone.Annotations.Masks;
using Touchstone.Files.Png;
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

    [Fact]
    public void Instances_of_street_photographs_become_polygons_and_masks_again()
    {
        var folder = Touchstone.Testing.TestData.Find(Assert.Skip, "driving", "mapillary_vistas", "instances");
        var (instances, worst) = (0, 1.0);
        foreach (var path in Directory.GetFiles(folder, "*.png").Order(StringComparer.Ordinal).Take(3))
        {
            using var stream = File.OpenRead(path);
            var png = PngReader.Read(stream);
            var samples = png.ToIndices();
            foreach (var value in samples.Distinct().Where(v => (v & 255) > 0).Take(40))
            {
                var pixels = new byte[png.WidthPx * png.HeightPx];
                for (var y = 0; y < png.HeightPx; y++)
                    for (var x = 0; x < png.WidthPx; x++)
                        if (samples[y * png.WidthPx + x] == value) pixels[x * png.HeightPx + y] = 1;
                var mask = RunLengthMask.FromPixels(png.HeightPx, png.WidthPx, pixels);
                worst = Math.Min(worst, RunLengthMask.Iou(mask, Again(mask)));
                instances++;
            }
        }

        Assert.True(instances > 20, $"{instances} instances");
        Assert.True(worst >= 0.99, $"the least overlap is {worst}");
    }

    private static bool Same(RunLengthMask mask) => Again(mask).Counts.SequenceEqual(mask.Counts);

    private static RunLengthMask Again(RunLengthMask mask) => RunLengthMask.FromPolygons(
        mask.Height, mask.Width, [.. MarkShapes.RingsOf(new PixelMask(mask)).Select(ring => ring.SelectMany(p => (double[])[p.X, p.Y]).ToArray())]);
}
