using System.Text.Json;
using Touchstone.Annotations.Geometry;
using Touchstone.Formats.Exchange;
using Touchstone.Formats.ImageNet;
using Touchstone.Formats.Tests.Exchange;
using Touchstone.Formats.Yolo;
using Touchstone.Testing;

namespace Touchstone.Formats.Tests.ImageNet;

public sealed class ImageNetFormatTests
{
    private static readonly ImageNetFormat ImageNet = new();

    // The rows that the challenge's page on Kaggle shows, and a file of its annotations, shortened.
    private const string Voc = "<annotation><folder>n01440764</folder><filename>n01440764_96</filename><size><width>500</width><height>375</height><depth>3</depth></size><object><name>n01440764</name><truncated>0</truncated><bndbox><xmin>34</xmin><ymin>128</ymin><xmax>430</xmax><ymax>305</ymax></bndbox></object></annotation>";

    private static readonly Dictionary<string, string> Kaggle = new()
    {
        ["LOC_synset_mapping.txt"] = "n01440764 tench, Tinca tinca\nn01443537 goldfish, Carassius auratus\nn02012849 crane\nn02017213 European gallinule, Porphyrio porphyrio\nn03126707 crane\n",
        ["LOC_train_solution.csv"] = "ImageId,PredictionString\nn02017213_7894,n02017213 115 49 448 294 \nn01440764_96,n01440764 34 128 430 305 \n",
        ["LOC_val_solution.csv"] = "ImageId,PredictionString\nILSVRC2012_val_00000002,n03126707 1 1 10 20 n02012849 5 6 7 8 \nILSVRC2012_val_00000001,n01443537 10 20 30 40 n01443537 50 60 70 80 \n",
        ["ILSVRC/Annotations/CLS-LOC/train/n01440764/n01440764_96.xml"] = Voc,
        ["ILSVRC/Data/CLS-LOC/train/n01440764/n01440764_96.JPEG"] = "",
        ["ILSVRC/Data/CLS-LOC/train/n01440764/n01440764_10026.JPEG"] = "",
        ["ILSVRC/Data/CLS-LOC/val/ILSVRC2012_val_00000001.JPEG"] = "",
        ["ILSVRC/Data/CLS-LOC/test/ILSVRC2012_test_00000001.JPEG"] = "",
        ["ILSVRC/ImageSets/CLS-LOC/train_cls.txt"] = "n01440764/n01440764_10026 1\nn01440764/n01440764_96 2\nn02017213/n02017213_7894 3\n",
    };

    private static TemporaryFolder Written(IReadOnlyDictionary<string, string> files)
    {
        var folder = new TemporaryFolder();
        foreach (var (file, text) in files)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(folder[file])!);
            File.WriteAllText(folder[file], text);
        }

        return folder;
    }

    private static IEnumerable<string> Lines(IEnumerable<Sample> samples) => samples.Select(s =>
        $"{s.Split} {s.Name} {(s.Opinions[0].Answers.TryGetValue("class", out var answer) ? answer.GetString() : "-")}{string.Concat(s.Opinions[0].Objects.Select(o => $" {o.Class} {((Outline)o.Mark).Geometry}"))}");

    private static string Line(string head, params (string Synset, Box Box)[] boxes) => head + string.Concat(boxes.Select(b => $" {b.Synset} {b.Box}"));

    [Fact]
    public async Task The_layout_of_the_challenge_is_read()
    {
        using var folder = Written(Kaggle);
        var samples = await Exchanges.ReadAsync(ImageNet, folder.Path);
        Assert.Equal(
            [
                "test ILSVRC2012_test_00000001.JPEG -",
                "train n01440764_10026.JPEG n01440764",
                Line("train n01440764_96.JPEG n01440764", ("n01440764", new Box(33, 127, 397, 178))),
                Line("train n02017213_7894.JPEG n02017213", ("n02017213", new Box(114, 48, 334, 246))),
                Line("val ILSVRC2012_val_00000001.JPEG n01443537", ("n01443537", new Box(9, 19, 21, 21)), ("n01443537", new Box(49, 59, 21, 21))),
                Line("val ILSVRC2012_val_00000002.JPEG -", ("n03126707", new Box(0, 0, 10, 20)), ("n02012849", new Box(4, 5, 3, 3))),
            ],
            Lines(samples));
        Assert.Equal((500, 375), (samples[2].WidthPx, samples[2].HeightPx));
        var facts = await ImageNet.FactsAsync(DatasetSource.Open(folder.Path), FormatOptions.Default, TestContext.Current.CancellationToken);
        Assert.Equal(("n01440764", "tench, Tinca tinca", 5), (facts.Classes[0].Name, facts.Classes[0].Words, facts.Classes.Count));
        Assert.Equal("imagenet", FormatRegistry.Recognise(DatasetSource.Open(folder.Path))[0].Format);
    }

    [Fact]
    public async Task What_is_written_says_the_same()
    {
        using var folder = Written(Kaggle);
        var samples = (await Exchanges.ReadAsync(ImageNet, folder.Path)).ConvertAll(s => s with { WidthPx = 0, HeightPx = 0 });
        var facts = await ImageNet.FactsAsync(DatasetSource.Open(folder.Path), FormatOptions.Default, TestContext.Current.CancellationToken);
        var (after, losses) = await Exchanges.ThroughAsync(ImageNet, samples, folder, facts);
        Assert.True(losses.IsEmpty, string.Join('\n', losses.Losses));
        Assert.Equal(Lines(samples), Lines(after));
        var target = folder["again"];
        await ImageNet.WriteAsync(facts, samples.ToAsyncEnumerable(), DatasetTarget.Folder(target), FormatOptions.Default, TestContext.Current.CancellationToken);
        Assert.Equal(Kaggle["LOC_synset_mapping.txt"], await File.ReadAllTextAsync(Path.Combine(target, "LOC_synset_mapping.txt"), TestContext.Current.CancellationToken));
        Assert.Equal(Kaggle["LOC_val_solution.csv"].Split('\n').Order(StringComparer.Ordinal), (await File.ReadAllTextAsync(Path.Combine(target, "LOC_val_solution.csv"), TestContext.Current.CancellationToken)).Split('\n').Order(StringComparer.Ordinal));
        Assert.Equal(Kaggle["ILSVRC/ImageSets/CLS-LOC/train_cls.txt"], await File.ReadAllTextAsync(Path.Combine(target, "ImageSets/CLS-LOC/train_cls.txt"), TestContext.Current.CancellationToken));
        Assert.Equal("train/n01440764/n01440764_96.JPEG", ImageNet.PicturePlace(samples[2], FormatOptions.Default));
    }

    [Fact]
    public async Task Folders_of_synsets_are_those_that_YOLO_reads()
    {
        using var folder = Written(new Dictionary<string, string> { ["train/n01440764/n01440764_10026.JPEG"] = "", ["train/n02012849/n02012849_1.JPEG"] = "", ["val/n01440764/ILSVRC2012_val_00000293.JPEG"] = "" });
        Assert.Equal("imagenet", FormatRegistry.Recognise(DatasetSource.Open(folder.Path))[0].Format);
        Assert.Equal(Lines(await Exchanges.ReadAsync(new YoloFormat(), folder.Path)).Order(StringComparer.Ordinal), Lines(await Exchanges.ReadAsync(ImageNet, folder.Path)));
    }

    [Fact]
    public async Task Numbers_of_the_validation_need_their_synsets()
    {
        using var folder = Written(new Dictionary<string, string> { ["data/ILSVRC2012_validation_ground_truth.txt"] = "2\n1\nx\n" });
        var faults = new FaultLog();
        Assert.Equal(["val ILSVRC2012_val_00000001.JPEG 2", "val ILSVRC2012_val_00000002.JPEG 1", "val ILSVRC2012_val_00000003.JPEG -"], Lines(await Exchanges.ReadAsync(ImageNet, folder.Path, faults: faults)));
        Assert.Equal(["line 1", "line 3"], faults.Kept.Select(f => f.Place));
        await File.WriteAllTextAsync(folder["data/map_clsloc.txt"], "n02119789 1 kit_fox\nn02100735 2 English_setter\n", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(folder["data/ILSVRC2012_validation_ground_truth.txt"], "2\n1\n", TestContext.Current.CancellationToken);
        Assert.Equal(["val ILSVRC2012_val_00000001.JPEG n02100735", "val ILSVRC2012_val_00000002.JPEG n02119789"], Lines(await Exchanges.ReadAsync(ImageNet, folder.Path)));
        File.Delete(folder["data/map_clsloc.txt"]);
        Assert.Equal(["val ILSVRC2012_val_00000001.JPEG setter", "val ILSVRC2012_val_00000002.JPEG fox"], Lines(await Exchanges.ReadAsync(ImageNet, folder.Path, new FormatOptions { ClassNames = ["fox", "setter"] })));
    }

    [Fact]
    public async Task What_cannot_be_read_is_told_with_its_line()
    {
        using var folder = Written(new Dictionary<string, string> { ["LOC_train_solution.csv"] = "ImageId,PredictionString\nno comma\nn01440764_1,n01440764 1 2 3 x n01440764 1 2 3 4 n01440764 1\nn01440764_2,n01440764 9 2 3 4\n" });
        var faults = new FaultLog();
        Assert.Equal([Line("train n01440764_1.JPEG n01440764", ("n01440764", new Box(0, 1, 3, 3))), "train n01440764_2.JPEG -"], Lines(await Exchanges.ReadAsync(ImageNet, folder.Path, faults: faults)));
        Assert.Equal(["line 2", "line 3", "line 3", "line 4"], faults.Kept.Select(f => f.Place));
    }

    [Fact]
    public async Task Classes_of_other_data_sets_become_folders()
    {
        using var folder = new TemporaryFolder();
        var answers = new Dictionary<string, JsonElement> { ["class"] = JsonElement.Parse("\"../kit fox\"") };
        var (after, _) = await Exchanges.ThroughAsync(ImageNet, [new Sample { Name = "a/b.png", Opinions = [new Opinion { Answers = answers }] }, new Sample { Name = "c/d.png", Opinions = [new Opinion()] }], folder);
        Assert.Equal(["train a/b.png _kit_fox", "train c_d.png -"], Lines(after));
    }

    [Fact]
    public async Task Damaged_files_give_faults_alone()
    {
        using var folder = Written(new Dictionary<string, string>(Kaggle) { ["ILSVRC2012_validation_ground_truth.txt"] = "2\n1\n", ["map_clsloc.txt"] = "n02119789 1 kit_fox\nn02100735 2 English_setter\n" });
        await Mutations.OfFolderAsync(ImageNet, folder.Path, cases: 2_000, seed: 79);
    }
}
