using System.Text.Json;
using Touchstone.Demo.Run;
using Touchstone.Quality.Assays;

namespace Touchstone.Tests.Demo;

public sealed class DemoTableTests
{
    private static readonly DemoOutcome Outcome = new(
        Seed: 3, Images: 80, GoldImages: 8, Contributors: 5, Responses: 226, Reviewed: 21, Audited: 40, Agreement: 0.791, AveragePrecision: 0.91, AveragePrecision50: 0.96,
        Measured: [Figure(FigureName.Accuracy, 0.97, 0.951, 0.981), Figure(FigureName.ChoiceAccuracy, 0.925, 0.841, 0.966)],
        True: new Assay
        {
            Confidence = 0.95,
            PopulationImages = 80,
            AuditedImages = 80,
            GoldImages = 0,
            Figures = [Figure(FigureName.Accuracy, 0.968, 0.968, 0.968), Figure(FigureName.ChoiceAccuracy, 0.988, 0.988, 0.988)],
            GoldFigures = [],
            NotKnown = [],
        },
        Data: "/tmp/demo", Release: "/tmp/demo-release", Digest: new string('a', 64), Verified: true, Elapsed: TimeSpan.FromSeconds(12.34));

    [Fact]
    public void Each_interval_stands_beside_what_is_true_and_says_where_it_does_not_hold_it()
    {
        var lines = Lines(Outcome);
        Assert.Contains(lines, l => l.StartsWith("things right (accuracy)", StringComparison.Ordinal) && l.EndsWith("97.0 %     95.1 % – 98.1 %    96.8 %", StringComparison.Ordinal));
        Assert.Contains(lines, l => l.StartsWith("time of day right (choices)", StringComparison.Ordinal) && l.EndsWith("92.5 %     84.1 % – 96.6 %    98.8 %  outside", StringComparison.Ordinal));
        Assert.Contains(lines, l => l.Contains("touchstone verify /tmp/demo-release", StringComparison.Ordinal));
        Assert.All(lines, l => Assert.InRange(l.Length, 0, 80));
    }

    [Fact]
    public void A_release_that_is_not_verified_is_not_praised() =>
        Assert.Contains(Lines(Outcome with { Verified = false }), l => l.StartsWith("Verified   NO", StringComparison.Ordinal));

    [Fact]
    public void The_json_says_all_that_the_table_says()
    {
        using var json = JsonDocument.Parse(Outcome.ToJson().ToJsonString());
        var root = json.RootElement;
        Assert.Equal(
            ["agreement", "ap", "ap50", "audited", "confidence", "contributors", "data", "digest", "figures", "gold_images", "images", "release", "responses", "reviewed", "seconds", "seed", "verified"],
            root.EnumerateObject().Select(p => p.Name).Order(StringComparer.Ordinal));
        var figure = root.GetProperty("figures")[1];
        Assert.Equal(("choice_accuracy", 0.841, 0.966, 0.988, false),
            (figure.GetProperty("name").GetString(), figure.GetProperty("lower").GetDouble(), figure.GetProperty("upper").GetDouble(), figure.GetProperty("true").GetDouble(), figure.GetProperty("holds").GetBoolean()));
        Assert.Equal(["design_effect", "estimate", "holds", "images", "lower", "method", "name", "true", "units", "upper"], figure.EnumerateObject().Select(p => p.Name).Order(StringComparer.Ordinal));
    }

    private static string[] Lines(DemoOutcome outcome)
    {
        using var output = new StringWriter();
        DemoTable.Print(outcome, output);
        return output.ToString().ReplaceLineEndings("\n").Split('\n');
    }

    private static AssayFigure Figure(string name, double estimate, double lower, double upper) => new(name, estimate, lower, upper, 40, 300, 1.1, AssayMethod.Score);
}
