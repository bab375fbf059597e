using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Touchstone.Quality.Detection;
using Touchstone.Statistics;

namespace Touchstone.Quality.Tests;

public sealed class BoxFusionTests
{
    [Theory]
    [InlineData("wbf_avg", FusionScore.Average)]
    [InlineData("wbf_max", FusionScore.Max)]
    [InlineData("wbf_box_and_model_avg", FusionScore.BoxAndModelAverage)]
    [InlineData("wbf_absent_model_aware_avg", FusionScore.AbsentModelAwareAverage)]
    [InlineData("wbf_avg_unweighted_overflow", FusionScore.Average)]
    public void Fused_boxes_equal_those_of_the_python_package(string mode, FusionScore score)
    {
        foreach (var example in Examples())
        {
            var unweighted = mode == "wbf_avg_unweighted_overflow";
            var options = new BoxFusionOptions
            {
                IouThreshold = example.Iou,
                MinScore = example.MinScore,
                Weights = unweighted ? null : example.Weights,
                Score = score,
                AllowsOverflow = unweighted,
            };
            Same(example.Expected(mode), BoxFusion.Weighted(example.Original(), options), example.Name);
        }
    }

    [Fact]
    public void Suppressed_boxes_equal_those_of_the_python_package()
    {
        foreach (var example in Examples())
        {
            var weighted = new BoxFusionOptions { IouThreshold = example.Iou, Weights = example.Weights };
            Same(example.Expected("nms"), BoxFusion.Suppress(example.Original(), weighted), example.Name);
            var plain = new BoxFusionOptions { IouThreshold = example.Iou };
            var soft = BoxFusion.SuppressSoftly(example.Models, plain, sigma: 0.1, keepAbove: 1e-4);
            // The package gives back the scores from before they were lowered.
            Same(example.Expected("soft_nms_sigma0.1"), [.. soft.Select(b => b with { Box = b.Box with { Score = example.Models[b.Sources[0].Model][b.Sources[0].Index].Score } })], example.Name);
            Same(example.Expected("nmw"), BoxFusion.SuppressWeighted(example.Models, weighted with { MinScore = example.MinScore }), example.Name);
        }
    }

    [Fact]
    public void Boxes_alone_stay_as_they_are_and_equal_ones_become_one() => Prop.ForAll(Gen.Choose(0, 100_000).ToArbitrary(), seed =>
    {
        var random = new SeededRandom(seed);
        ScoredBox[] apart = [.. Enumerable.Range(0, 5).Select(i => new ScoredBox(i / 5.0, 0.1, i / 5.0 + 0.15, 0.1 + random.NextDouble(0.1, 0.5), random.NextDouble(0.1, 1), i % 2))];
        var one = BoxFusion.Weighted([apart, apart, apart]);
        Assert.Equal(5, one.Count);
        foreach (var fused in one)
        {
            var source = apart[fused.Sources[0].Index];
            Assert.Equal(3, fused.Sources.Count);
            Assert.Equal(source.X2, fused.Box.X2, 1e-12);
            Assert.Equal(source.Score, fused.Box.Score, 1e-12);
        }

        Assert.Equal(5, BoxFusion.Suppress([apart, apart]).Count);
        Assert.Equal(5, BoxFusion.SuppressWeighted([apart, apart]).Count);
        Assert.All(BoxFusion.SuppressSoftly([apart]), b => Assert.Equal(apart[b.Sources[0].Index].Score, b.Box.Score, 1e-12));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Awkward_boxes_are_put_right_or_named()
    {
        Assert.Empty(BoxFusion.Weighted([]));
        Assert.Empty(BoxFusion.Weighted([[new(0.5, 0.1, 0.5, 0.9, 1, 0), new(2, 0, 3, 1, 1, 0)]]));
        var turned = Assert.Single(BoxFusion.Weighted([[new(0.9, 0.8, 0.1, 0.2, 0.5, 3)]]));
        Assert.Equal(new ScoredBox(0.1, 0.2, 0.9, 0.8, 0.5, 3), turned.Box);
        Assert.Equal(300, Assert.Single(BoxFusion.Suppress([[new(10, 10, 300, 200, 0.5, 0)]], new() { Width = 640, Height = 480 })).Box.X2);
        Assert.Contains("Box 0 of model 0", Assert.Throws<ArgumentException>(() => BoxFusion.Weighted([[new(double.NaN, 0, 1, 1, 1, 0)]])).Message);
        Assert.Throws<ArgumentException>(() => BoxFusion.Weighted([[]], new() { Weights = [1, 2] }));
    }

    private static void Same(JsonElement expected, IReadOnlyList<FusedBox> actual, string name)
    {
        var boxes = expected.GetProperty("boxes");
        Assert.True(boxes.GetArrayLength() == actual.Count, $"{name}: {boxes.GetArrayLength()} boxes expected, {actual.Count} found.");
        // Within equal scores the package's order is that of an unstable sort: compare as sets.
        var left = actual.ToList();
        for (var i = 0; i < actual.Count; i++)
        {
            var (box, score, label) = (boxes[i], expected.GetProperty("scores")[i].GetDouble(), (int)expected.GetProperty("labels")[i].GetDouble());
            var at = left.FindIndex(f => f.Box.Label == label && Math.Abs(f.Box.Score - score) < 1e-6 && Math.Abs(f.Box.X1 - box[0].GetDouble()) < 1e-6
                && Math.Abs(f.Box.Y1 - box[1].GetDouble()) < 1e-6 && Math.Abs(f.Box.X2 - box[2].GetDouble()) < 1e-6 && Math.Abs(f.Box.Y2 - box[3].GetDouble()) < 1e-6);
            Assert.True(at >= 0, $"{name}: box {i} {box} {score} {label} is missing.");
            left.RemoveAt(at);
            if (i > 0 && label == actual[i - 1].Box.Label) Assert.Equal(score, actual[i].Box.Score, 1e-6);
        }
    }

    private static IEnumerable<Example> Examples()
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(Touchstone.Testing.TestData.Find(Assert.Skip, "crowd", "expected-wbf.json")));
        return [.. document.RootElement.Clone().EnumerateArray().Select(e => new Example(e))];
    }

    private sealed class Example(JsonElement json)
    {
        public string Name => json.GetProperty("name").GetString()!;

        public double Iou => json.GetProperty("iou_thr").GetDouble();

        public double MinScore => json.GetProperty("skip_box_thr").GetDouble();

        public double[] Weights => [.. json.GetProperty("weights").EnumerateArray().Select(w => w.GetDouble())];

        /// <summary>Boxes with the scores of the file, which the package had scaled twice by its weights' shares before they were written.</summary>
        public ScoredBox[][] Models => [.. Enumerable.Range(0, Weights.Length).Select(m => Enumerable.Range(0, json.GetProperty("labels")[m].GetArrayLength()).Select(i =>
        {
            var box = json.GetProperty("boxes")[m][i];
            return new ScoredBox(box[0].GetDouble(), box[1].GetDouble(), box[2].GetDouble(), box[3].GetDouble(), json.GetProperty("scores")[m][i].GetDouble(), json.GetProperty("labels")[m][i].GetInt32());
        }).ToArray())];

        /// <summary>Boxes with the scores as they were first given.</summary>
        public ScoredBox[][] Original()
        {
            var share = Weights.Select(w => w / Weights.Sum()).ToArray();
            return [.. Models.Select((boxes, m) => boxes.Select(b => b with { Score = Math.Round(b.Score / (share[m] * share[m]), 6) }).ToArray())];
        }

        public JsonElement Expected(string mode) => json.GetProperty("out").GetProperty(mode);
    }
}
