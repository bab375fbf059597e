using System.Text.Json;
using Touchstone.Files.Png;
using Touchstone.Testing;

namespace Touchstone.Files.Tests.Png;

public class RealPngTests
{
    [Fact]
    public void Instances_of_traffic_lights_are_as_many_as_the_data_set_says()
    {
        var folder = TestData.Find(Assert.Skip, "driving", "mapillary_vistas");
        using var config = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, "config.json")));
        var trafficLight = config.RootElement.GetProperty("labels").EnumerateArray().Select(l => l.GetProperty("name").GetString()).ToList().IndexOf("object--traffic-light");
        var counts = Directory.GetFiles(Path.Combine(folder, "instances"), "*.png").ToDictionary(
            path => Path.GetFileName(path)[..4],
            path => Read(path).ToIndices().Distinct().Count(value => value >> 8 == trafficLight));
        Assert.Equal((12, 6, 12, 9, 11, 1), (counts["-3-M"], counts["-4jz"], counts["-9y4"], counts["_2yF"], counts["_4Sj"], counts["_6lY"]));
    }

    [Fact]
    public void The_two_masks_of_a_photograph_name_the_same_class_in_every_pixel()
    {
        var folder = TestData.Find(Assert.Skip, "driving", "mapillary_vistas");
        foreach (var path in Directory.GetFiles(Path.Combine(folder, "instances"), "*.png").Order(StringComparer.Ordinal).Take(1))
        {
            var instances = Read(path).ToIndices();
            var labels = Read(Path.Combine(folder, "labels", Path.GetFileName(path)));
            Assert.Equal(PngColour.Palette, labels.Colour);
            Assert.Equal(labels.ToIndices(), instances.Select(value => (ushort)(value >> 8)));
        }
    }

    [Fact]
    public void Masks_of_the_clip_have_the_extent_that_another_program_measured()
    {
        var folder = TestData.Find(Assert.Skip, "driving", "davis_car_shadow");
        var lines = File.ReadAllLines(Path.Combine(folder, "derived_mot_gt.txt"));
        var masks = Directory.GetFiles(Path.Combine(folder, "Annotations"), "*.png").Order(StringComparer.Ordinal).ToArray();
        Assert.Equal(masks.Length, lines.Length);
        foreach (var (line, mask) in lines.Zip(masks))
            Assert.Equal(line.Split(',')[2..6].Select(double.Parse), Extent(Read(mask)));
    }

    [Fact]
    public void Every_real_file_is_read_and_survives_being_written()
    {
        var count = 0;
        foreach (var path in Directory.EnumerateFiles(TestData.Find(Assert.Skip, "interop"), "*.png", SearchOption.AllDirectories)
            .Concat(Directory.EnumerateFiles(TestData.Find(Assert.Skip, "driving", "tusimple_lanes"), "*.png", SearchOption.AllDirectories))
            .Concat(Directory.EnumerateFiles(TestData.Find(Assert.Skip, "driving", "kitti_object"), "*.png", SearchOption.AllDirectories)))
        {
            var image = Read(path);
            var again = PngReader.Read(new MemoryStream(PngWriter.ToBytes(image, PngFilter.Up, System.IO.Compression.CompressionLevel.Fastest)));
            Assert.Equal(image.Samples, again.Samples);
            Assert.Equal(image.WidthPx * image.HeightPx * 4, image.ToRgba().Length);
            count++;
        }

        Assert.True(count >= 30, $"{count} files");
    }

    private static PngImage Read(string path)
    {
        using var stream = File.OpenRead(path);
        return PngReader.Read(stream);
    }

    private static double[] Extent(PngImage mask)
    {
        int left = int.MaxValue, top = int.MaxValue, right = -1, bottom = -1;
        var rgba = mask.ToRgba();
        for (var y = 0; y < mask.HeightPx; y++)
            for (var x = 0; x < mask.WidthPx; x++)
                if (rgba[(y * mask.WidthPx + x) * 4] > 127)
                    (left, top, right, bottom) = (Math.Min(left, x), Math.Min(top, y), Math.Max(right, x), Math.Max(bottom, y));
        return [left, top, right - left + 1, bottom - top + 1];
    }
}
