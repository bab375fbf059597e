using System.Text.Json;
using System.Xml.Linq;
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
        var objects = samples.Single().Opinions[0].Objects;
        Assert.Equal(["cat 0 1 3 3", "person 3 4 3 3"], objects.Select(o => $"{o.Class} {o.Mark.Bounds!.X} {o.Mark.Bounds.Y} {o.Mark.Bounds.Width} {o.Mark.Bounds.Height}"));
        Assert.Equal("""{"truncated":true,"difficult":false}""", JsonSerializer.Serialize(objects[0].Attributes));
        Assert.Equal(
            """{"other":true,"jumping":false,"phoning":true,"playinginstrument":false,"reading":true,"ridingbike":false,"ridinghorse":true,"running":false,"takingphoto":true,"usingcomputer":false,"walking":true,"parts":[{"name":"head","bndbox":[5.5,6,7.5,8]}]}""",
            JsonSerializer.Serialize(objects[1].Attributes));
    }

    [Fact]
    public async Task Every_element_of_an_object_of_another_program_is_in_what_is_written_of_it()
    {
        using var folder = new TemporaryFolder();
        var path = TestData.Find(Assert.Skip, "interop", "datumaro", "voc_dataset", "voc_dataset1");
        await Exchanges.WriteAsync(Voc, await Exchanges.ReadAsync(Voc, path), folder["out"]);
        static List<string> Elements(string file) => [.. XDocument.Load(file).Root!.Elements("object").Select((o, i) => (o, i)).SelectMany(o => o.o.DescendantsAndSelf().Where(e => !e.HasElements).Select(e => $"{o.i} {string.Join('/', e.AncestorsAndSelf().Reverse().Skip(2).Select(a => a.Name.LocalName))} {e.Value.Trim()}"))];
        var written = Elements(Directory.EnumerateFiles(folder["out"], "*.xml", SearchOption.AllDirectories).Single());
        Assert.All(Elements(Directory.EnumerateFiles(path, "*.xml", SearchOption.AllDirectories).Single()), element => Assert.Contains(element, written));
    }

    [Fact]
    public async Task Attributes_of_CVAT_and_outlines_of_Roboflow_are_read_and_what_nobody_knows_is_told()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder["a.xml"], """
            <annotation><filename>a.jpg</filename><size><width>50</width><height>40</height></size><weather>rain</weather>
            <object><name>car</name><bndbox><xmin>11</xmin><ymin>11</ymin><xmax>20</xmax><ymax>20</ymax></bndbox>
            <attributes><attribute><name>rotation</name><value>30.5</value></attribute><attribute><name>colour</name><value>red</value></attribute><attribute><name>parked</name><value>True</value></attribute></attributes>
            <polygon><x1>10</x1><y1>10</y1><x2>20</x2><y2>10</y2><x3>15</x3><y3>20</y3></polygon><mask>m.png</mask></object></annotation>
            """, TestContext.Current.CancellationToken);
        var faults = new FaultLog();
        var each = (await Exchanges.ReadAsync(Voc, folder.Path, faults: faults)).Single().Opinions[0].Objects.Single();
        Assert.Equal(new Outline(new Polygon([new(10, 10), new(20, 10), new(15, 20)])), each.Mark);
        Assert.Empty(each.OtherMarks);
        Assert.Equal("""{"rotation":30.5,"colour":"red","parked":true}""", JsonSerializer.Serialize(each.Attributes));
        Assert.Equal(["a.xml: line 1: <weather> is not known; it is left out.", "a.xml: line 4: <mask> of an object is not known; it is left out."], faults.Kept.Select(f => f.ToString()));
    }

    [Fact]
    public async Task Attributes_of_every_type_survive()
    {
        using var folder = new TemporaryFolder();
        var attributes = JsonElement.Parse("""{"text":"red","number":"12","flag":"true","blank":"","n":12.5,"big":1e3,"yes":true,"list":["a",1],"walking":true,"reading":"a book","parts":[{"name":"head","bndbox":[1,2,3,4]}],"pose":"Left","truncated":true,"difficult":false}""")
            .EnumerateObject().ToDictionary(m => m.Name, m => m.Value.Clone());
        List<Sample> samples = [new() { Name = "a.jpg", WidthPx = 50, HeightPx = 40, Opinions = [new Opinion { Objects = [new("car", new Outline(new Box(1, 2, 3, 4))) { Attributes = attributes }] }] }];
        var (after, losses) = await Exchanges.ThroughAsync(Voc, samples, folder);
        Assert.True(losses.IsEmpty);
        Exchanges.AssertSame(samples, after, 1);
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
