using System.Text;
using System.Text.Json;
using Touchstone.Annotations.Geometry;
using Touchstone.Formats.Coco;
using Touchstone.Testing;

namespace Touchstone.Formats.Tests.Coco;

public class CocoReaderTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Files_of_four_tools_are_read_without_a_fault()
    {
        var v1 = await ReadFile("same_100_images", "coco_format_v1", "instances_default.json");
        var v2 = await ReadFile("same_100_images", "coco_format_v2", "instances_v2.json");
        foreach (var dataset in new[] { v1, v2 })
        {
            Assert.Empty(dataset.Faults);
            Assert.Equal((100, 273, 20), (dataset.Images.Count, dataset.Images.Sum(i => i.Annotations.Count), dataset.Categories.Count));
        }

        // The two tools number images differently and write the same boxes in another order.
        foreach (var image in v2.Images)
        {
            var same = v1.Images.Single(i => i.FileName == image.FileName);
            Assert.Equal((same.WidthPx, same.HeightPx, same.Annotations.Count), (image.WidthPx, image.HeightPx, image.Annotations.Count));
            Assert.All(image.Annotations, a => Assert.Contains(same.Annotations, b => b.Category.Name == a.Category.Name && Near(a.Bounds, b.Bounds, 0.01)));
        }
    }

    [Fact]
    public async Task Masks_polygons_and_keypoints_of_Datumaro_are_read()
    {
        var polygons = await ReadFile("datumaro", "coco_dataset", "coco", "annotations", "instances_val.json");
        Assert.Empty(polygons.Faults);
        var annotations = polygons.Images.Single().Annotations;
        Assert.Equal([CocoOutline.Polygon, CocoOutline.Mask], annotations.Select(a => a.Outline));
        Assert.Equal(new Polygon([new Point(0, 0), new Point(1, 0), new Point(1, 2), new Point(0, 2)]), annotations[0].Geometry);
        Assert.Equal((false, true), (annotations[0].IsCrowd, annotations[1].IsCrowd));
        Assert.Equal("hello", annotations[0].Attributes["y"].GetString());
        var keypoints = await ReadFile("datumaro", "coco_dataset", "coco", "annotations", "person_keypoints_train.json");
        Assert.Equal(new Keypoints([new Keypoint(0, 0, Visibility.NotLabelled), new Keypoint(0, 2, Visibility.Hidden), new Keypoint(4, 1, Visibility.Visible)]), keypoints.Images[0].Annotations[0].Geometry);
    }

    [Fact]
    public async Task The_evaluation_truth_has_the_images_and_crowds_that_a_plain_reading_counts()
    {
        var path = TestData.Find(Assert.Skip, "crowd", "coco", "gt.json");
        var dataset = await CocoReader.ReadFileAsync(path, Cancel);
        using var plain = JsonDocument.Parse(await File.ReadAllBytesAsync(path, Cancel));
        var annotations = plain.RootElement.GetProperty("annotations").EnumerateArray().ToArray();
        Assert.Empty(dataset.Faults);
        Assert.Equal((40, annotations.Length), (dataset.Images.Count, dataset.Images.Sum(i => i.Annotations.Count)));
        Assert.Equal(annotations.Count(a => a.GetProperty("iscrowd").GetInt32() == 1), dataset.Images.Sum(i => i.Annotations.Count(a => a.IsCrowd)));
        Assert.Equal(annotations.Sum(a => a.GetProperty("area").GetDouble()), dataset.Images.SelectMany(i => i.Annotations).Sum(a => a.Area), 3);
    }

    [Fact]
    public async Task Members_may_come_in_any_order()
    {
        var dataset = await Read("""
            {"annotations":[{"id":1,"image_id":7,"category_id":3,"bbox":[1,2,3,4]}],"more":{"x":[1,2]},"images":[{"id":7,"file_name":"a","width":9,"height":9}],"categories":[{"id":3,"name":"car"}]}
            """);
        Assert.Empty(dataset.Faults);
        var annotation = Assert.Single(Assert.Single(dataset.Images).Annotations);
        Assert.Equal(("car", new Box(1, 2, 3, 4), 12.0), (annotation.Category.Name, annotation.Bounds, annotation.Area));
    }

    [Theory]
    [InlineData("""{"id":9,"image_id":1,"category_id":90,"bbox":[1,2,3,4]}""", "/annotations/1/category_id", "refers to category_id 90, which is not in \"categories\"")]
    [InlineData("""{"id":9,"image_id":5,"category_id":1,"bbox":[1,2,3,4]}""", "/annotations/1/image_id", "refers to image_id 5, which is not in \"images\"")]
    [InlineData("""{"id":9,"image_id":1,"category_id":1,"bbox":[1,2,3]}""", "/annotations/1/bbox", "expected x, y, width and height, the last two not below 0; found [1,2,3]")]
    [InlineData("""{"id":9,"image_id":1,"category_id":1,"bbox":[1,2,-3,4]}""", "/annotations/1/bbox", "expected x, y, width and height, the last two not below 0; found [1,2,-3,4]")]
    [InlineData("""{"id":9,"image_id":1,"category_id":1,"bbox":[1,"2",3,4]}""", "/annotations/1/bbox/1", "expected a number; found \"2\"")]
    [InlineData("""{"id":9,"image_id":1,"category_id":1}""", "/annotations/1/bbox", "expected a list of four numbers; found nothing")]
    [InlineData("""{"id":9,"image_id":1,"category_id":1,"bbox":[1,2,3,4],"segmentation":[[1,2,3,4,5]]}""", "/annotations/1/segmentation/0", "expected an even count of at least six numbers; found [1,2,3,4,5]")]
    [InlineData("""{"id":9,"image_id":1,"category_id":1,"bbox":[1,2,3,4],"keypoints":[1,2,7]}""", "/annotations/1/keypoints/2", "expected visibility 0, 1 or 2; found 7")]
    [InlineData("""{"id":9,"image_id":1,"category_id":1,"bbox":[1,2,3,4],"iscrowd":"no"}""", "/annotations/1/iscrowd", "expected 0 or 1; found \"no\"")]
    [InlineData("""{"id":9,"image_id":null,"category_id":1,"bbox":[1,2,3,4]}""", "/annotations/1/image_id", "expected a whole number; found nothing")]
    public async Task A_bad_annotation_is_told_with_its_id_and_place_and_the_good_ones_go_in(string bad, string pointer, string message)
    {
        var dataset = await Read($$"""
            {"images":[{"id":1,"file_name":"a","width":9,"height":9}],"categories":[{"id":1,"name":"car"}],
            "annotations":[{"id":1,"image_id":1,"category_id":1,"bbox":[1,2,3,4]},{{bad}},{"id":3,"image_id":1,"category_id":1,"bbox":[1,2,3,4]}]}
            """);
        Assert.Equal(2, dataset.Images[0].Annotations.Count);
        Assert.Equal(new FormatFault(pointer, 9, message), Assert.Single(dataset.Faults));
    }

    [Theory]
    [InlineData("", "this is no JSON")]
    [InlineData("[]", "the document is a list; an object was expected")]
    [InlineData("{}", "no list \"images\"")]
    [InlineData("{\"images\":[{\"id\":1", "no JSON")]
    [InlineData("{\"images\":[\n{\"id\":1,,}]}", "line 2, byte 9: this is no JSON")]
    [InlineData("hello", "line 1, byte 1: this is no JSON")]
    public async Task A_file_that_is_no_COCO_file_is_refused(string text, string message)
    {
        var fault = await Assert.ThrowsAsync<FileFormatFaultException>(() => Read(text));
        Assert.Contains(message, fault.Message, StringComparison.Ordinal);
        Assert.StartsWith("annotations.json: ", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Images_with_faults_and_repeated_ids_are_told()
    {
        var dataset = await Read("""
            {"images":[{"id":1,"file_name":"a","width":9,"height":9},{"id":1,"file_name":"b","width":9,"height":9},{"id":2,"file_name":"c","width":0,"height":9},7],
            "categories":[{"id":1,"name":"x"},{"id":1,"name":"y"}],"annotations":{}}
            """);
        Assert.Equal(["/annotations", "/categories/1/id", "/images/1/id", "/images/2/width", "/images/3/id"], dataset.Faults.Select(f => f.Pointer).Order(StringComparer.Ordinal));
        Assert.Single(dataset.Images);
    }

    [Fact]
    public async Task An_element_larger_than_the_buffer_is_read()
    {
        var ring = string.Join(',', Enumerable.Range(0, 200_000));
        var dataset = await Read($$"""
            {"images":[{"id":1,"file_name":"a","width":9,"height":9}],"categories":[{"id":1,"name":"car"}],"annotations":[{"id":1,"image_id":1,"category_id":1,"bbox":[1,2,3,4],"segmentation":[[{{ring}}]]}]}
            """);
        Assert.Equal(100_000, Assert.IsType<Polygon>(dataset.Images[0].Annotations[0].Geometry).Points.Count);
    }

    private static bool Near(Box a, Box b, double tolerance) =>
        Math.Abs(a.X - b.X) <= tolerance && Math.Abs(a.Y - b.Y) <= tolerance && Math.Abs(a.Right - b.Right) <= tolerance && Math.Abs(a.Bottom - b.Bottom) <= tolerance;

    private static Task<CocoDataset> ReadFile(params string[] parts) => CocoReader.ReadFileAsync(TestData.Find(Assert.Skip, ["interop", .. parts]), Cancel);

    private static Task<CocoDataset> Read(string text) => CocoReader.ReadAsync(new Stepping(Encoding.UTF8.GetBytes(text)), cancellationToken: Cancel);

    private sealed class Stepping(byte[] bytes) : MemoryStream(bytes)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer.Length > 5000 && Length > 5000 ? buffer : buffer[..Math.Min(buffer.Length, 7)], cancellationToken);
    }
}
