using System.Text.Json.Nodes;
using Touchstone.Terminal;
using Touchstone.Testing;
using Touchstone.Tests.Cli;

namespace Touchstone.Tests.Conversions;

/// <summary><c>touchstone convert</c> and <c>inspect</c> as people run them.</summary>
public sealed class ConvertTests
{
    [Fact]
    public async Task Every_example_of_the_help_runs()
    {
        using var folder = new ConversionFolder();
        Assert.True(await HelpExamples.RunAsync(folder.Path, "convert", "inspect") >= 6);
        var loss = JsonNode.Parse(await File.ReadAllTextAsync(folder["loss.json"], TestContext.Current.CancellationToken))!;
        Assert.Equal(("label-studio", "coco", 1, 1), (loss["from"]!.GetValue<string>(), loss["to"]!.GetValue<string>(), loss["inputs_written"]!.GetValue<int>(), loss["objects_written"]!.GetValue<int>()));
        Assert.Contains(loss["losses"]!.AsArray(), l => l!["kind"]!.GetValue<string>() == "class:tram");
        Assert.Contains("<polygon", await File.ReadAllTextAsync(folder["sheet.html"], TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_split_puts_pictures_and_labels_beside_each_other()
    {
        using var folder = new ConversionFolder();
        var run = (await CommandRun.OfAsync("convert", "--to", "yolo", folder["voc"], folder["yolo"], "--split", "train=0.6,val=0.4", "--images", "copy", "--json")).Expect(0).Json;
        Assert.Equal((5, 10, 5), (run["inputs_written"]!.GetValue<int>(), run["objects_written"]!.GetValue<int>(), run["pictures_placed"]!.GetValue<int>()));
        foreach (var (split, count) in ((string, int)[])[("train", 3), ("val", 2)])
        {
            var labels = Directory.GetFiles(folder[$"yolo/labels/{split}"]).Select(Path.GetFileNameWithoutExtension).Order();
            Assert.Equal(count, labels.Count());
            Assert.Equal(labels, Directory.GetFiles(folder[$"yolo/images/{split}"]).Select(Path.GetFileNameWithoutExtension).Order());
        }

        Assert.Contains(run["losses"]!.AsArray(), l => l!["kind"]!.GetValue<string>() == "attribute:truncated");
        var back = (await CommandRun.OfAsync("inspect", folder["yolo"], "--json")).Expect(0).Json["data_sets"]![0]!;
        Assert.Equal(("yolo", 5), (back["format"]!.GetValue<string>(), back["inputs"]!.GetValue<int>()));
        Assert.Equal(["car", "tram"], back["classes"]!.AsArray().Select(c => c!["name"]!.GetValue<string>()));
    }

    [Fact]
    public async Task Linked_pictures_are_read_as_copied_ones_are()
    {
        using var folder = new ConversionFolder();
        (await CommandRun.OfAsync("convert", "--to", "yolo", folder["voc"], folder["linked"], "--images", "link")).Expect(0);
        var set = (await CommandRun.OfAsync("inspect", folder["linked"], "--json")).Expect(0).Json["data_sets"]![0]!;
        Assert.Equal((5, 0), (set["inputs"]!.GetValue<int>(), set["faults"]!.GetValue<int>()));
        (await CommandRun.OfAsync("convert", "--to", "coco", folder["linked"], folder["again"], "--images", "copy")).Expect(0);
        Assert.Equal(5, Directory.GetFiles(folder["again"], "*.png", SearchOption.AllDirectories).Count(f => new FileInfo(f).LinkTarget is null));
    }

    [Fact]
    public async Task One_bad_record_is_named_and_the_others_go_on_unless_it_is_strict()
    {
        using var folder = new ConversionFolder();
        folder.Write("voc/Annotations/street_9.xml", "<annotation><filename>street_9.png</filename>\n<object><name>car</name><bndbox><xmin>1</xmin></bndbox></object></annotation>");
        var run = (await CommandRun.OfAsync("convert", "--to", "coco", folder["voc"], folder["coco.json"])).Expect(0);
        Assert.Contains("street_9.xml: line 2: <bndbox> has no ymin", run.Error, StringComparison.Ordinal);
        Assert.Contains("6 of 6 inputs, 10 objects", run.Output, StringComparison.Ordinal);
        (await CommandRun.OfAsync("convert", "--to", "coco", folder["voc"], folder["coco2.json"], "--strict")).Refused(ExitCode.Failed, "street_9.xml: line 2");
    }

    [Fact]
    public async Task What_cannot_be_is_refused_in_words()
    {
        using var folder = new ConversionFolder();
        (await CommandRun.OfAsync("convert", "--to", "nonsense", folder["voc"], folder["out"])).Refused(ExitCode.Misuse, "there is no format \"nonsense\"", "yolo");
        (await CommandRun.OfAsync("convert", "--to", "yolo", folder["nowhere"], folder["out"])).Refused(ExitCode.Failed, "no file or folder");
        (await CommandRun.OfAsync("convert", "--to", "coco", folder["classes.yaml"], folder["out"])).Refused(ExitCode.Failed, "no format that is known");
        (await CommandRun.OfAsync("convert", "--to", "yolo", folder["voc"], folder["labels"])).Refused(ExitCode.Failed, "not empty");
        (await CommandRun.OfAsync("convert", "--to", "yolo", folder["voc"], folder["out"], "--split", "train=-1")).Refused(ExitCode.Misuse, "--split");
        folder.Write("map.yaml", "car: [a]\n");
        (await CommandRun.OfAsync("convert", "--to", "yolo", folder["voc"], folder["out"], "--map", folder["map.yaml"])).Refused(ExitCode.Failed, "line 1");
    }

    [Fact]
    public async Task A_folder_with_several_formats_is_told_apart()
    {
        var path = TestData.Find(Assert.Skip, "interop", "same_100_images");
        var run = (await CommandRun.OfAsync("inspect", path, "--size", "640x480", "--json")).Expect(0).Json;
        Assert.Equal(
            [
                "coco coco_format_v1/instances_default.json", "coco coco_format_v2/instances_v2.json", "coco detections_coco/coco_dets.json", "cvat cvat_format/annotations.xml", "labelme labelme", "openimages openimages_format", "voc imagenet", "voc voc",
                "yolo-darknet yolo",
            ],
            run["data_sets"]!.AsArray().Select(s => $"{s!["format"]} {s["place"]}").Order(StringComparer.Ordinal));
        Assert.All(run["data_sets"]!.AsArray(), s => Assert.True(s!["inputs"]!.GetValue<int>() > 0, $"{s["place"]}"));
    }

    [Fact]
    public async Task Data_sets_beside_each_other_are_all_told_and_none_is_left_out_in_silence()
    {
        using var folder = new ConversionFolder();
        foreach (var set in (string[])["a", "b"])
        {
            folder.Write($"sets/{set}/data.yaml", "train: images\nval: images\nnames: [car]\n");
            folder.Write($"sets/{set}/labels/{set}.txt", "0 0.5 0.5 0.5 0.5\n");
        }

        folder.Write("sets/broken/obj.data", "classes = 1\nnames = data/obj.names\ntrain = data/train.txt\n");
        var sets = (await CommandRun.OfAsync("inspect", folder["sets"], "--json", "--size", "10x10")).Expect(0).Json["data_sets"]!.AsArray();
        Assert.Equal(["yolo a 1", "yolo b 1", "yolo-darknet broken broken"], sets.Select(s => $"{s!["format"]} {s["place"]} {s["inputs"]?.ToString() ?? "broken"}").Order(StringComparer.Ordinal));
        Assert.Contains("there is no such file", sets.Single(s => s!["place"]!.GetValue<string>() == "broken")!["error"]!.GetValue<string>(), StringComparison.Ordinal);
        (await CommandRun.OfAsync("convert", "--to", "coco", folder["sets"], folder["out"])).Refused(ExitCode.Failed, "holds 3 data sets", "\n  yolo           a: ");
        (await CommandRun.OfAsync("convert", "--from", "yolo", "--to", "coco", folder["sets"], folder["out"])).Refused(ExitCode.Failed, "each with a head of its own");
        folder.Write("mixed/yolo/data.yaml", "train: images\nval: images\nnames: [car]\n");
        folder.Write("mixed/yolo/labels/a.txt", "0 0.5 0.5 0.5 0.5\n");
        folder.Write("mixed/coco/instances.json", await File.ReadAllTextAsync(folder["instances.json"], TestContext.Current.CancellationToken));
        var one = (await CommandRun.OfAsync("convert", "--from", "yolo", "--to", "coco", folder["mixed"], folder["one.json"], "--size", "10x10")).Expect(0);
        Assert.Contains("coco/instances.json is a data set of another format (coco) and is left out", one.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_conversion_of_nothing_fails_and_archives_are_named()
    {
        using var folder = new ConversionFolder();
        Directory.CreateDirectory(folder["empty"]);
        var run = (await CommandRun.OfAsync("convert", "--from", "voc", "--to", "coco", folder["empty"], folder["out"])).Expect(ExitCode.Failed);
        Assert.Contains("nothing was found", run.Error, StringComparison.Ordinal);
        folder.Write("delivery/export.zip", "PK");
        (await CommandRun.OfAsync("inspect", folder["delivery/export.zip"])).Refused(ExitCode.Failed, "is an archive: unpack it");
        (await CommandRun.OfAsync("convert", "--to", "yolo", folder["delivery"], folder["out2"])).Refused(ExitCode.Failed, "export.zip in it is an archive");
    }
}
