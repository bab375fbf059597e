using Touchstone.Demo.Run;
using Touchstone.Quality.Assays;
using Touchstone.Testing;

namespace Touchstone.Tests.Demo;

/// <summary>The demo as a user runs it: a real server, HTTP, a release in a folder.</summary>
public sealed class DemoRunTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public async Task A_demo_ends_with_a_verified_release_and_tells_the_truth_beside_its_assay(int seed)
    {
        using var folder = new TemporaryFolder();
        var options = new DemoOptions(new DirectoryInfo(folder["data"]), new DirectoryInfo(folder["release"]), seed, 40, "http://127.0.0.1:0");
        await using var demo = await DemoRun.StartAsync(options, _ => { }, TestContext.Current.CancellationToken);
        var outcome = await demo.RunAsync(TestContext.Current.CancellationToken);

        output.WriteLine(outcome.ToJson().ToJsonString());
        Assert.True(outcome.Verified);
        Assert.True(outcome.Responses >= 2 * outcome.Images, $"{outcome.Responses} responses");
        var (measured, truth) = (outcome.Measured.Single(f => f.Name == FigureName.Accuracy), outcome.True.Find(FigureName.Accuracy)!);
        Assert.InRange(truth.Estimate, 0.85, 1);

        // One run may miss, as one in twenty does; it may not be far off. A sample of twenty images without any error tells nothing finer than half an error an image.
        var slack = Math.Max((measured.Upper - measured.Lower) / 2, 0.5 / measured.SampleImages);
        Assert.InRange(truth.Estimate, measured.Lower - slack, measured.Upper + slack);
    }
}
