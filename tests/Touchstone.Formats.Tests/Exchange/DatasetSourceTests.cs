using Touchstone.Files.Png;
using Touchstone.Formats.Exchange;
using Touchstone.Testing;

namespace Touchstone.Formats.Tests.Exchange;

public sealed class DatasetSourceTests
{
    [Fact]
    public void Pictures_may_be_linked_from_elsewhere_and_nothing_else_may()
    {
        using TemporaryFolder elsewhere = new(), folder = new();
        using (var file = File.Create(elsewhere["a.png"])) PngWriter.Write(file, PngImage.Grey(7, 5, new byte[35]));
        File.WriteAllText(elsewhere["secret.txt"], "secret");
        Directory.CreateDirectory(folder["labels"]);
        File.CreateSymbolicLink(folder["a.png"], elsewhere["a.png"]);
        File.CreateSymbolicLink(folder["b.png"], elsewhere["secret.txt"]);
        File.CreateSymbolicLink(folder["c.txt"], elsewhere["secret.txt"]);
        Directory.CreateSymbolicLink(folder["more"], elsewhere.Path);
        var source = DatasetSource.Open(folder.Path);
        Assert.Equal(["a.png", "b.png"], source.Files);
        Assert.Equal((7, 5), source.SizeOf("a.png"));
        Assert.Null(source.PictureFile("b.png"));
        Assert.False(source.Has("c.txt"));
        Assert.Throws<FileFormatFaultException>(() => source.OpenRead("c.txt").Dispose());
    }

    [Theory]
    [InlineData("cam1/0001.png", "cam1/0001.png", false)]
    [InlineData("set/cam1/0001.png", "cam1/0001.png", false)]
    [InlineData("cam1/0001.png", "cam1/0001", false)]
    [InlineData("cam1/0001.png", "0001.png", false)]
    [InlineData("cam1/0001.png", "/cam1/0001.png", false)]
    [InlineData("cam1/0001.png", "data/cam1/0001.png", true)]
    [InlineData("0001.png", "cam1/0001.png", true)]
    [InlineData("cam1/0001.png", "cam2/0001.png", true)]
    [InlineData("xcam1/0001.png", "cam1/0001.png", true)]
    public void A_picture_is_found_by_its_name_alone_where_the_stated_folders_are_not_its_own(string file, string path, bool isByNameAlone)
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(Path.GetDirectoryName(folder[file])!);
        using (var stream = File.Create(folder[file])) PngWriter.Write(stream, PngImage.Grey(7, 5, new byte[35]));
        Assert.Equal(isByNameAlone, DatasetSource.IsByNameAlone(path, DatasetSource.Open(folder.Path).PictureFile(path)!));
    }

    [Theory]
    [InlineData("../a.png")]
    [InlineData("/etc/hostname")]
    [InlineData("C:\\a.png")]
    [InlineData("")]
    public void A_path_that_leaves_the_source_is_not_there(string path)
    {
        using var folder = new TemporaryFolder();
        var source = DatasetSource.Open(folder.Path);
        Assert.False(source.Has(path));
        Assert.Null(source.SizeOf(path));
    }

    [Fact]
    public void Of_several_pictures_of_one_name_none_is_guessed()
    {
        using var folder = new TemporaryFolder();
        foreach (var (part, width) in ((string, int)[])[("training", 7), ("testing", 9)])
        {
            Directory.CreateDirectory(folder[$"{part}/image_2"]);
            using var file = File.Create(folder[$"{part}/image_2/000000.png"]);
            PngWriter.Write(file, PngImage.Grey(width, 5, new byte[width * 5]));
        }

        var source = DatasetSource.Open(folder.Path);
        Assert.Null(source.PictureFile("000000"));
        Assert.Null(source.SizeOf("000000.png"));
        Assert.Equal((7, 5), source.SizeOf("training/image_2/000000.png"));
        Assert.Equal(folder["training/image_2/000000.png"], source.PictureFile(new Sample { Name = "000000", Picture = "training/image_2/000000.png" }));
    }

    [Fact]
    public void Pictures_are_found_beside_the_folder_of_their_labels()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder["labels"]);
        Directory.CreateDirectory(folder["images"]);
        File.WriteAllText(folder["labels/a.xml"], "<annotation/>");
        using (var file = File.Create(folder["images/a.png"])) PngWriter.Write(file, PngImage.Grey(7, 5, new byte[35]));
        Assert.Equal((7, 5), DatasetSource.Open(folder.Path).At("labels").SizeOf("a.png"));
        Assert.Null(DatasetSource.Open(folder["labels"]).SizeOf("a.png"));
    }
}
