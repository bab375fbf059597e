using System.Text;
using Touchstone.Annotations.Geometry;
using Touchstone.Formats.Coco;
using Touchstone.Formats.Truth;
using Touchstone.Testing;

namespace Touchstone.Formats.Tests.Truth;

public class TruthReaderTests
{
    [Fact]
    public void The_street_photographs_have_the_boxes_that_their_collection_counts()
    {
        var images = Directory.GetFiles(TestData.Find(Assert.Skip, "driving", "voc_street", "annotations_voc"), "*.xml").Select(ReadVoc).ToArray();
        Assert.Equal(16, images.Length);
        var counts = images.SelectMany(i => i.Boxes).CountBy(b => b.Class).ToDictionary();
        Assert.Equal((26, 14, 14, 6, 5), (counts["person"], counts["bicycle"], counts["car"], counts["bus"], counts["motorbike"]));
        Assert.All(images, i => Assert.All(i.Boxes, b => Assert.True(b.Box.X >= 0 && b.Box.Y >= 0 && b.Box.Right <= i.WidthPx && b.Box.Bottom <= i.HeightPx)));
    }

    [Fact]
    public async Task Pixels_counted_from_one_become_edges_counted_from_zero()
    {
        var bicycle = ReadVoc(TestData.Find(Assert.Skip, "driving", "voc_street", "annotations_voc", "2007_001311.xml")).Boxes[0];
        Assert.Equal(new TruthBox("bicycle", new Box(464, 103, 26, 63), Ignore: true), bicycle);

        // The COCO export of the same pictures takes xmin and xmax - xmin as they stand, which moves every left edge by a pixel.
        var coco = await CocoReader.ReadFileAsync(TestData.Find(Assert.Skip, "interop", "same_100_images", "coco_format_v1", "instances_default.json"), TestContext.Current.CancellationToken);
        foreach (var path in Directory.GetFiles(TestData.Find(Assert.Skip, "interop", "same_100_images", "voc"), "*.xml"))
        {
            var image = ReadVoc(path);
            var same = coco.Images.Single(i => i.FileName == image.FileName);
            Assert.Equal(image.Boxes.Count, same.Annotations.Count);
            Assert.All(image.Boxes, b => Assert.Contains(same.Annotations, a => a.Bounds == new Box(b.Box.X + 1, b.Box.Y + 1, b.Box.Width - 1, b.Box.Height - 1)));
        }
    }

    [Theory]
    [InlineData("<annotation><size><width>5</width><height>5</height></size></annotation>", "a.xml: line 1: <annotation> has no <filename>.")]
    [InlineData("<annotation><filename>a</filename><size><width>five</width><height>5</height></size></annotation>", "<width> is \"five\"; a number was expected")]
    [InlineData("<x/>", "expected <annotation>")]
    [InlineData("no xml", "no XML that can be read")]
    [InlineData("<!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/passwd\">]><annotation>&b;</annotation>", "no XML that can be read")]
    public void A_file_that_is_not_VOC_is_refused_with_its_line(string xml, string message) =>
        Assert.Contains(message, Assert.Throws<FileFormatFaultException>(() => VocReader.Read(new MemoryStream(Encoding.UTF8.GetBytes(xml)), "a.xml")).Message, StringComparison.Ordinal);

    [Fact]
    public void Labels_of_KITTI_are_read_with_the_regions_that_nobody_labels()
    {
        using var text = File.OpenText(TestData.Find(Assert.Skip, "driving", "kitti_object", "training", "label_2", "000001.txt"));
        var image = KittiReader.Read(text, "000001.txt");
        Assert.Equal(["Truck", "Car", "Cyclist", "DontCare", "DontCare", "DontCare", "DontCare"], image.Boxes.Select(b => b.Class));
        Assert.Equal(4, image.Boxes.Count(b => b.Ignore));
        Assert.Equal(387.63, image.Boxes[1].Box.X);
        Assert.Equal(203.12, image.Boxes[1].Box.Bottom, 9);
    }

    [Theory]
    [InlineData("Car 0 0 0 1 2 3", "line 1 has 7 fields")]
    [InlineData("\nCar 0 0 0 1 x 3 4", "line 2: field 6 is \"x\"")]
    [InlineData("Car 0 0 0 5 2 3 4", "right and bottom must not be below")]
    public void A_line_that_is_not_KITTI_is_refused(string text, string message) =>
        Assert.Contains(message, Assert.Throws<FileFormatFaultException>(() => KittiReader.Read(new StringReader(text))).Message, StringComparison.Ordinal);

    private static TruthImage ReadVoc(string path)
    {
        using var stream = File.OpenRead(path);
        return VocReader.Read(stream, Path.GetFileName(path));
    }
}
