using System.Text.Json;
using Touchstone.Annotations.Geometry;
using Touchstone.Formats.Exchange;
using Touchstone.Formats.LabelMe;
using Touchstone.Formats.Tests.Exchange;
using Touchstone.Testing;

namespace Touchstone.Formats.Tests.LabelMe;

public sealed class LabelMeXmlFormatTests
{
    private static readonly LabelMeXmlFormat LabelMe = new();

    private static string Old => TestData.Find(Assert.Skip, "interop", "datumaro", "labelme_dataset");

    [Fact]
    public async Task The_picture_has_its_polygons_boxes_masks_and_parts()
    {
        var sample = (await Exchanges.ReadAsync(LabelMe, Old)).Single();
        Assert.Equal(("subset1/img1.png", 102, 77), (sample.Name, sample.WidthPx, sample.HeightPx));
        var objects = sample.Opinions[0].Objects;
        Assert.Equal(["window Polygon", "license plate Mask", "o1 Polygon", "q1 Polygon", "b1 Box", "m1 Mask", "hg Polygon"], objects.Select(o => $"{o.Class} {o.Mark.Kind}"));
        Assert.Equal(new Outline(new Polygon([new(43, 34), new(45, 34), new(45, 37), new(43, 37)])), objects[0].Mark);
        Assert.Equal(new Outline(new Box(13, 19, 10, 11)), objects[4].Mark);
        Assert.Equal("""{"occluded":true,"date":"15-Nov-2019 14:38:51","username":"anonymous","a1":true}""", JsonSerializer.Serialize(objects[2].Attributes));
        Assert.Equal([new("3", "2", "part_of"), new("4", "2", "part_of"), new("6", "5", "part_of")], sample.Opinions[0].Relations);
        var mask = ((PixelMask)objects[5].Mark).Mask;
        Assert.Equal((102, 77), (mask.Width, mask.Height));
        Assert.InRange(mask.Bounds.X, 55, 57);   // near the file's own box of it, 56 to 70
        Assert.InRange(mask.Bounds.Y, 13, 15);
    }

    [Fact]
    public async Task A_bad_object_is_told_with_its_line_and_the_others_are_read()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder["a.xml"], "<annotation><filename>a.jpg</filename><imagesize><nrows>9</nrows><ncols>8</ncols></imagesize>\n<object><name>a</name><polygon><pt><x>1</x><y>q</y></pt></polygon></object>\n<object><name>b</name><polygon><pt><x>1</x><y>1</y></pt></polygon></object>\n<object><name>c</name><segm><mask>../x.png</mask><box><xmin>1</xmin><ymin>2</ymin><xmax>3</xmax><ymax>4</ymax></box></segm></object>\n<object><name>d</name></object><object><deleted>1</deleted></object></annotation>", TestContext.Current.CancellationToken);
        var faults = new FaultLog();
        var sample = (await Exchanges.ReadAsync(LabelMe, folder.Path, faults: faults)).Single();
        Assert.Equal(new Outline(new Box(1, 2, 2, 2)), sample.Opinions[0].Objects.Single().Mark);
        Assert.Equal(
            [
                "a.xml: line 2: <pt> has y \"q\"; a number was expected.",
                "a.xml: line 3: <polygon> has 1 points; 3 or more were expected.",
                "a.xml: line 4: the mask \"../x.png\" is not there or its picture's size is not known; its box is taken.",
                "a.xml: line 5: <object> \"d\" has neither <polygon> nor <segm>.",
            ],
            faults.Kept.Select(f => f.ToString()));
    }

    [Fact]
    public async Task Damaged_files_give_faults_alone()
    {
        var mask = await File.ReadAllBytesAsync(Path.Combine(Old, "Masks", "subset1", "img1_mask_5.png"), TestContext.Current.CancellationToken);
        var labels = await File.ReadAllBytesAsync(Path.Combine(Old, "Annotations", "subset1", "img1.xml"), TestContext.Current.CancellationToken);
        await Mutations.OfFileAsync(LabelMe, labels, "Annotations/subset1/img1.xml", seed: 1, cases: 1_700, others: new Dictionary<string, byte[]> { ["Masks/subset1/img1_mask_5.png"] = mask });
        await Mutations.OfFileAsync(LabelMe, mask, "Masks/subset1/img1_mask_5.png", seed: 2, cases: 300, others: new Dictionary<string, byte[]> { ["Annotations/subset1/img1.xml"] = labels });
    }

    [Fact]
    public void It_is_recognised_and_claims_no_other_format()
    {
        Assert.Equal("labelme-xml", FormatRegistry.Recognise(DatasetSource.Open(Old))[0].Format);
        Assert.Empty(LabelMe.Recognise(DatasetSource.Open(TestData.Find(Assert.Skip, "driving", "voc_street"))));
        Assert.Empty(LabelMe.Recognise(DatasetSource.Open(TestData.Find(Assert.Skip, "interop", "datumaro", "cvat_dataset"))));
    }
}
