using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Touchstone.Quality.Masks;
using Touchstone.Statistics;
using TestData = Touchstone.Testing.TestData;

namespace Touchstone.Quality.Tests;

public sealed class MaskConsensusTests
{
    [Theory]
    [InlineData("SegmentationMajorityVote")]
    [InlineData("SegmentationEM")]
    [InlineData("SegmentationRASA")]
    public void Masks_equal_the_reference(string method)
    {
        var (images, expected) = Load();
        var reference = expected.GetProperty(method);
        var different = new List<string>();
        double sum = 0;
        foreach (var (name, masks, _, truth) in images)
        {
            var result = method switch
            {
                "SegmentationMajorityVote" => MaskConsensus.Majority(masks),
                "SegmentationEM" => MaskConsensus.OneCoin(masks),
                _ => MaskConsensus.Rasa(masks),
            };
            var overlap = MaskRuns.IntersectionOverUnion(result.Runs, truth);
            sum += overlap;
            var theirs = Decode(reference.GetProperty("masks").GetProperty(name).GetString()!);
            if (!MaskRuns.ToBytes(theirs).SequenceEqual(MaskRuns.ToBytes(result.Runs))) different.Add($"{name} {MaskRuns.IntersectionOverUnion(theirs, result.Runs):F4}");
            else Assert.Equal(reference.GetProperty("iou").GetProperty(name).GetDouble(), overlap, 1e-8);
        }

        Assert.True(different.Count == 0, $"{different.Count} differ: {string.Join(", ", different)}; mean {sum / images.Length:F6}");
        Assert.Equal(reference.GetProperty("mean_iou").GetDouble(), sum / images.Length, 1e-8);
    }

    [Fact]
    public void Knowing_contributors_from_other_images_is_nearer_the_truth_than_each_image_alone()
    {
        var (images, expected) = Load();
        var results = MaskConsensus.Staple([.. images.Select(i => new ImageMasks(i.Masks, i.Contributors))], images.Max(i => i.Contributors.Max()) + 1);
        var together = images.Select((image, i) => MaskRuns.IntersectionOverUnion(results[i].Runs, image.Truth)).Average();
        var alone = images.Average(i => MaskRuns.IntersectionOverUnion(MaskConsensus.Staple(i.Masks).Runs, i.Truth));
        var theirs = expected.GetProperty("SegmentationEM").GetProperty("mean_iou").GetDouble();
        Assert.True(together > theirs && together > alone, $"together {together:F4}, alone {alone:F4}, reference {theirs:F4}");
    }

    [Fact]
    public void Staple_likelihood_never_falls_by_more_than_its_prior_gives()
    {
        var (images, _) = Load();
        foreach (var (name, masks, _, _) in images.Take(10))
        {
            var before = double.NegativeInfinity;
            for (var rounds = 1; rounds < 20; rounds++)
            {
                var likelihood = MaskConsensus.Staple(masks, rounds).LogLikelihood!.Value;
                Assert.True(likelihood >= before - 1, $"{name} round {rounds}: {likelihood} after {before}");
                before = likelihood;
            }
        }
    }

    [Fact]
    public void Runs_and_bytes_say_the_same() => Prop.ForAll(Gen.Choose(0, 1_000_000).ToArbitrary(), seed =>
    {
        var random = new SeededRandom(seed);
        byte[][] masks = [.. Enumerable.Range(0, 4).Select(_ => Enumerable.Range(0, 50).Select(_ => (byte)(random.NextBool() ? 1 : 0)).ToArray())];
        int[][] runs = [.. masks.Select(m => MaskRuns.FromBytes(m))];
        for (var m = 0; m < 4; m++) Assert.Equal(masks[m], MaskRuns.ToBytes(runs[m]));
        var both = masks[0].Zip(masks[1]).Count(p => p.First + p.Second == 2);
        var either = masks[0].Zip(masks[1]).Count(p => p.First + p.Second > 0);
        Assert.Equal((double)both / either, MaskRuns.IntersectionOverUnion(runs[0], runs[1]), 12);
        var majority = MaskRuns.ToBytes(MaskConsensus.Majority(runs).Runs);
        for (var p = 0; p < 50; p++) Assert.Equal(masks.Sum(m => m[p]) >= 2, majority[p] == 1);
        foreach (var method in Methods)
        {
            var (first, second) = (method(runs), method([runs[2], runs[0], runs[3], runs[1]]));
            Assert.Equal(first.Runs, second.Runs);
            Assert.InRange(first.Confidence, 0, 1);
        }
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(40));

    [Fact]
    public void Alike_masks_are_the_mask_and_empty_ones_agree()
    {
        Assert.Equal(1, MaskRuns.IntersectionOverUnion([9], [9]));
        foreach (var method in Methods)
        {
            var alike = method([[3, 4, 2], [3, 4, 2], [3, 4, 2]]);
            Assert.Equal([3, 4, 2], alike.Runs);
            Assert.All(alike.Overlaps, o => Assert.Equal(1, o));
            var empty = method([[9], [9], [9]]);
            Assert.Equal([9], empty.Runs);
            Assert.All(empty.Overlaps, o => Assert.Equal(1, o));
            Assert.All(empty.Reliabilities, r => Assert.True(double.IsFinite(r)));
            Assert.Contains(empty.Warnings, w => w.Code == "all_empty");
            Assert.Contains(method([]).Warnings, w => w.Code == "no_votes");
            Assert.Equal([0, 9], method([[0, 9]]).Runs);
        }

        Assert.Contains("Mask 1", Assert.Throws<ArgumentException>(() => MaskConsensus.Majority([[9], [8]])).Message, StringComparison.Ordinal);
    }

    private static readonly Func<IReadOnlyList<int[]>, MaskResult>[] Methods =
        [m => MaskConsensus.Majority(m), m => MaskConsensus.OneCoin(m), m => MaskConsensus.Staple(m), m => MaskConsensus.Rasa(m)];

    private static ((string Name, int[][] Masks, int[] Contributors, int[] Truth)[] Images, JsonElement Expected) Load()
    {
        var data = JsonDocument.Parse(File.ReadAllBytes(TestData.Find(Assert.Skip, "crowd", "segmentation-synthetic.json"))).RootElement;
        var labels = data.GetProperty("labels").EnumerateArray()
            .Select(l => (Task: l.GetProperty("task").GetString()!, Worker: l.GetProperty("worker").GetString()!, Mask: Decode(l.GetProperty("rle").GetString()!))).ToArray();
        string[] workers = [.. labels.Select(l => l.Worker).Distinct().Order(StringComparer.Ordinal)];
        var images = data.GetProperty("truth").EnumerateObject().Select(t =>
        {
            var own = labels.Where(l => l.Task == t.Name).ToArray();
            return (t.Name, own.Select(l => l.Mask).ToArray(), own.Select(l => Array.IndexOf(workers, l.Worker)).ToArray(), Decode(t.Value.GetString()!));
        }).ToArray();
        return (images, JsonDocument.Parse(File.ReadAllBytes(TestData.Find(Assert.Skip, "crowd", "expected-segmentation.json"))).RootElement);
    }

    /// <summary>COCO's compressed runs: five bits a character from 48 on, differences from the run before last.</summary>
    private static int[] Decode(string text)
    {
        List<int> runs = [];
        for (var at = 0; at < text.Length;)
        {
            int value = 0, shift = 0;
            bool more;
            do
            {
                var bits = text[at++] - 48;
                value |= (bits & 31) << shift;
                more = (bits & 32) != 0;
                shift += 5;
                if (!more && (bits & 16) != 0) value |= -1 << shift;
            }
            while (more);
            runs.Add(runs.Count > 2 ? value + runs[^2] : value);
        }

        return [.. runs];
    }
}
