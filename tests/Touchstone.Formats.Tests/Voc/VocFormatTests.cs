using Touchstone.Annotations.Geometry;
using Touchstone.Formats.Exchange;
using Touchstone.Formats.Tests.Exchange;
using Touchstone.Formats.Voc;
using Touchstone.Testing;

namespace Touchstone.Formats.Tests.Voc;

public sealed class VocFormatTests
{
    private static readonly VocFormat Voc = new();

    [Fact]
    public async Task Street_pictures_have_the_boxes_that_are_stated()
    {
        var samples = await Exchanges.ReadAsync(Voc, TestData.Find(Assert.Skip, "driving", "voc_street", "annotations_voc"));
        Assert.Equal(16, samples.Count);
        Assert.Equal(
            ["bicycle 14", "bus 6", "car 14", "motorbike 5", "person 26"],
            samples.SelectMany(s => s.Opinions).SelectMany(o => o.Objects).GroupBy(o => o.Class).Where(g => g.Key is "person" or "bicycle" or "car" or "bus" or "motorbike").OrderBy(g => g.Key).Select(g => $"{g.Key} {g.Count()}"));
        var first = samples.Single(s => s.Name == "2007_000129.jpg");
        Assert.Equal((334, 500), (first.WidthPx, first.HeightPx));
        Assert.Equal(new Outline(new Box(69, 201, 186, 299)), first.Opinions[0].Objects[0].Mark);
    }

    [Fact]
    public Task What_is_written_is_read_again_as_it_was() => Exchanges.AssertRoundTripAsync(Voc, TestData.Find(Assert.Skip, "driving", "voc_street", "annotations_voc"));

    [Fact]
    public async Task Files_of_another_program_are_read()
    {
        var samples = await Exchanges.ReadAsync(Voc, TestData.Find(Assert.Skip, "interop", "datumaro", "voc_dataset", "voc_dataset1"));
        Assert.NotEmpty(samples.SelectMany(s => s.Opinions).SelectMany(o => o.Objects));
    }

    [Fact]
    public void It_is_recognised() =>
        Assert.Equal("voc", Voc.Recognise(DatasetSource.Open(TestData.Find(Assert.Skip, "interop", "same_100_images", "voc"))).Single().Format);

    [Fact]
    public async Task A_bad_file_is_told_with_its_line_and_the_others_are_read()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder["a.xml"], "<annotation>\n<filename>a.jpg</filename>\n<object><name>car</name>\n<bndbox><xmin>9</xmin><ymin>x</ymin><xmax>10</xmax><ymax>4</ymax></bndbox></object>\n<object><name>bus</name><bndbox><xmin>1</xmin><ymin>1</ymin><xmax>1</xmax><ymax>2</ymax></bndbox></object></annotation>", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(folder["b.xml"], "<!DOCTYPE a [<!ENTITY e \"x\">]><annotation>&e;</annotation>", TestContext.Current.CancellationToken);
        var faults = new FaultLog();
        var samples = await Exchanges.ReadAsync(Voc, Path.GetDirectoryName(folder["a.xml"])!, faults: faults);
        Assert.Equal(new Outline(new Box(0, 0, 1, 2)), samples.Single().Opinions[0].Objects.Single().Mark);
        Assert.Equal(["a.xml: line 4: <bndbox> has ymin \"x\"; a number was expected.", "b.xml: line 1"], faults.Kept.Select(f => f.ToString() is var text && f.File == "b.xml" ? text[..13] : text));
    }

    [Fact]
    public Task Damaged_files_give_faults_alone() => Mutations.OfFolderAsync(Voc, TestData.Find(Assert.Skip, "interop", "datumaro", "voc_dataset", "voc_dataset1"), 2_000, seed: 60);
}
