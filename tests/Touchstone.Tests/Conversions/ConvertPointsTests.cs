using Touchstone.Terminal;
using Touchstone.Tests.Cli;

namespace Touchstone.Tests.Conversions;

/// <summary><c>touchstone convert</c> and <c>inspect</c> with points.</summary>
public sealed class ConvertPointsTests
{
    [Fact]
    public async Task Points_are_recognised_told_and_written_with_a_report()
    {
        using var folder = new ConversionFolder();
        var told = (await CommandRun.OfAsync("inspect", folder["sweep.pcd"])).Expect(0).Output;
        Assert.Contains("1 clouds, 2 points", told, StringComparison.Ordinal);
        Assert.Contains("1 points without a finite position", told, StringComparison.Ordinal);
        var set = (await CommandRun.OfAsync("inspect", folder["sweep.pcd"], "--json")).Expect(0).Json["data_sets"]!.AsArray().Single()!;
        Assert.Equal(("pcd", 2, 4), (set["format"]!.GetValue<string>(), set["points"]!.GetValue<int>(), set["columns"]!.AsArray().Count));
        Assert.Equal((2.5, 1), (set["columns"]![1]!["most"]!.GetValue<double>(), set["columns"]![1]!["not_a_number"]!.GetValue<int>()));
        (await CommandRun.OfAsync("convert", folder["sweep.pcd"], folder["sweep.ply"], "--points", "ascii")).Expect(0);
        Assert.EndsWith("end_header\n1 2.5 -3 7\nnan nan nan 0\n", await File.ReadAllTextAsync(folder["sweep.ply"], TestContext.Current.CancellationToken), StringComparison.Ordinal);
        var run = (await CommandRun.OfAsync("convert", "--to", "kitti-bin", folder["sweep.ply"], folder["sweep.bin"], "--json")).Expect(0).Json;
        Assert.Equal(["column_type:reflectance", "intensity_range"], run["losses"]!.AsArray().Select(l => l!["kind"]!.GetValue<string>()));
        Assert.Equal(32, new FileInfo(folder["sweep.bin"]).Length);
    }

    [Fact]
    public async Task What_cannot_be_is_refused_in_words()
    {
        using var folder = new ConversionFolder();
        (await CommandRun.OfAsync("convert", "--to", "coco", folder["sweep.pcd"], folder["out"])).Refused(ExitCode.Misuse, "COCO is about labels of inputs, PCD about points");
        (await CommandRun.OfAsync("convert", "--to", "las", folder["sweep.pcd"], folder["out"])).Refused(ExitCode.Misuse, "read and not written");
        (await CommandRun.OfAsync("convert", "--to", "ply", folder["sweep.pcd"], folder["out.ply"], "--points", "compressed")).Refused(ExitCode.Misuse, "--points compressed");
        (await CommandRun.OfAsync("convert", "--to", "ply", folder["sweep.pcd"], folder["out.ply"], "--map", folder["classes.yaml"])).Refused(ExitCode.Misuse, "--map is about labels");
        (await CommandRun.OfAsync("convert", "--to", "trl", folder["pairs.jsonl"], folder["out"], "--points", "ascii")).Refused(ExitCode.Misuse, "--points is about points");
        (await CommandRun.OfAsync("adopt", folder["sweep.pcd"])).Refused(ExitCode.Failed, "PCD holds points");
    }
}
