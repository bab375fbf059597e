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
        var run = (await CommandRun.OfAsync("inspect", TestData.Find(Assert.Skip, "interop", "same_100_images"), "--json")).Expect(0).Json;
        var sets = run["data_sets"]!.AsArray().Select(s => $"{s!["format"]} {s["place"]}").ToList();
        Assert.True(sets.Count >= 4, string.Join('\n', sets));
    }
}
