using Touchstone.Terminal;
using Touchstone.Testing;
using Touchstone.Tests.Cli;

namespace Touchstone.Tests.Quality;

/// <summary><c>touchstone quality tracks</c> against the table of the MOTChallenge kit.</summary>
public sealed class TracksTests
{
    [Fact]
    public async Task The_figures_are_the_published_ones()
    {
        string Truth(string name) => TestData.Find(Assert.Skip, "driving", "mot15_gt_only", name, "gt", "gt.txt");
        string Found(string name) => TestData.Find(Assert.Skip, "driving", "mot15_gt_only", "tracker_results", $"{name}.txt");
        var json = (await CommandRun.OfAsync("quality", "tracks", "--truth", Truth("TUD-Campus"), Truth("TUD-Stadtmitte"), "--predictions", Found("TUD-Campus"), Found("TUD-Stadtmitte"), "--json")).Expect(ExitCode.Done).Json;
        var campus = json["sequences"]![0]!;
        Assert.Equal(0.526, campus["mota"]!.GetValue<double>(), 3);
        Assert.Equal(0.723, campus["motp"]!.GetValue<double>(), 3);
        Assert.Equal(0.558, campus["idf1"]!.GetValue<double>(), 3);
        Assert.Equal((13, 150, 7, 7), (campus["false"]!.GetValue<int>(), campus["missed"]!.GetValue<int>(), campus["id_switches"]!.GetValue<int>(), campus["fragmentations"]!.GetValue<int>()));
        Assert.Equal(0.564, json["sequences"]![1]!["mota"]!.GetValue<double>(), 3);
        Assert.Equal(913, json["matches"]!.GetValue<int>());
        Assert.Equal(18, json["truth_tracks"]!.GetValue<int>());
        Assert.Equal(19, json["hota_by_overlap"]!.AsArray().Count);
    }

    [Theory]
    [InlineData("1,1,0,0,10\n", "pred.txt, line 1: expected frame, id, x, y, width, height and perhaps a confidence; there are 5 columns")]
    [InlineData("1,1,0,0,10,10,1\n\n1,2,0,nan,10,10\n", "pred.txt, line 3: ")]
    [InlineData("1,1,0,0,10,10\n1,1,5,5,10,10\n", "pred.txt, line 2: expected every track once in a frame, found track 1 in frame 1 again (the first is on line 1)")]
    public async Task Lines_that_are_no_boxes_are_told(string text, string message)
    {
        using var folder = QualityFolder.Make();
        await File.WriteAllTextAsync(folder["pred.txt"], text, TestContext.Current.CancellationToken);
        (await CommandRun.OfAsync("quality", "tracks", "--truth", folder["gt.txt"], "--predictions", folder["pred.txt"])).Refused(ExitCode.Failed, message);
    }

    [Fact]
    public async Task Without_truth_nothing_is_measured_and_that_is_told()
    {
        using var folder = QualityFolder.Make();
        await File.WriteAllTextAsync(folder["gt.txt"], "", TestContext.Current.CancellationToken);
        var run = (await CommandRun.OfAsync("quality", "tracks", "--truth", folder["gt.txt"], "--predictions", folder["pred.txt"], "--json")).Expect(ExitCode.Done);
        Assert.DoesNotContain("NaN", run.Output, StringComparison.Ordinal);
        Assert.Contains(run.Json["warnings"]!.AsArray(), w => w!["code"]!.GetValue<string>() == "no_truth");
    }
}
