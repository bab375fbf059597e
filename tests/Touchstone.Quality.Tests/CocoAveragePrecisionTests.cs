using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Touchstone.Annotations.Geometry;
using Touchstone.Annotations.Masks;
using Touchstone.Quality.Detection;
using Touchstone.Statistics;

namespace Touchstone.Quality.Tests;

public sealed class CocoAveragePrecisionTests
{
    [Theory]
    [InlineData("bbox", true)]
    [InlineData("bbox_useCats0", false)]
    public void Figures_equal_those_of_the_coco_api(string section, bool useCategories)
    {
        var (truths, detections) = Load();
        var actual = CocoAveragePrecision.Evaluate(truths, detections, useCategories);
        using var document = Read("expected-coco.json");
        SameFigures(document.RootElement.GetProperty(section), actual);
    }

    [Fact]
    public void Perfect_detections_have_precision_one_and_nothing_to_find_gives_minus_one()
    {
        var box = new Box(10, 10, 50, 50);
        var summary = CocoAveragePrecision.Evaluate([new(1, 1, box, box.Area, false)], [new(1, 1, box, 0.5)]);
        Assert.Equal(1, summary.Ap, 9);
        Assert.Equal(-1, summary.ApSmall);
        Assert.Equal(-1, CocoAveragePrecision.Evaluate([], [new(1, 1, box, 0.5)]).Ap);
        Assert.Equal(0, CocoAveragePrecision.Evaluate([new(1, 1, box, box.Area, false)], []).Ap);
    }

    [Theory]
    [InlineData("segm", true)]
    [InlineData("segm_useCats0", false)]
    public void Figures_of_masks_equal_those_of_the_coco_api(string section, bool useCategories)
    {
        using var truth = Read("coco", "gt.json");
        using var found = Read("coco", "dt-segm.json");
        static RunLengthMask Mask(JsonElement row)
        {
            var rle = row.GetProperty("segmentation");
            var mask = RunLengthMask.Parse(rle.GetProperty("size")[0].GetInt32(), rle.GetProperty("size")[1].GetInt32(), rle.GetProperty("counts").GetString());
            Assert.Equal(rle.GetProperty("counts").GetString(), mask.ToString());
            return mask;
        }

        var actual = CocoAveragePrecision.EvaluateMasks(
            [.. truth.RootElement.GetProperty("annotations").EnumerateArray().Select(a => new CocoMaskTruth(
                a.GetProperty("image_id").GetInt64(), a.GetProperty("category_id").GetInt64(), Mask(a), a.GetProperty("area").GetDouble(), a.GetProperty("iscrowd").GetInt32() != 0))],
            [.. found.RootElement.EnumerateArray().Select(d => new CocoMaskDetection(
                d.GetProperty("image_id").GetInt64(), d.GetProperty("category_id").GetInt64(), Mask(d), d.GetProperty("score").GetDouble()))],
            useCategories);
        using var document = Read("expected-coco.json");
        SameFigures(document.RootElement.GetProperty(section), actual);
    }

    [Fact]
    public void The_pictures_and_objects_are_those_that_the_reference_speaks_of()
    {
        using var truth = Read("coco", "gt.json");
        using var found = Read("coco", "dt-bbox.json");
        using var expected = Read("expected-coco.json");
        var annotations = truth.RootElement.GetProperty("annotations").EnumerateArray().ToArray();
        int[] counts = [truth.RootElement.GetProperty("images").GetArrayLength(), annotations.Length, annotations.Count(a => a.GetProperty("iscrowd").GetInt32() != 0), found.RootElement.GetArrayLength()];
        Assert.Equal(new[] { "images", "annotations", "crowd_annotations", "detections" }.Select(n => expected.RootElement.GetProperty(n).GetInt32()), counts);
    }

    [Fact]
    public void Figures_of_keypoints_equal_those_of_the_coco_api()
    {
        var golden = Golden.Read("keypoints.json");
        static double[] Points(JsonElement row) => [.. row.GetProperty("keypoints").EnumerateArray().Select(x => x.GetDouble())];
        var actual = CocoAveragePrecision.EvaluateKeypoints(
            [.. golden.GetProperty("truths").EnumerateArray().Select(a => new CocoKeypointTruth(
                a.GetProperty("image_id").GetInt64(), 1, Points(a), ReadBox(a), a.GetProperty("area").GetDouble(), a.GetProperty("iscrowd").GetInt32() != 0))],
            [.. golden.GetProperty("detections").EnumerateArray().Select(d => new CocoKeypointDetection(d.GetProperty("image_id").GetInt64(), 1, Points(d), d.GetProperty("score").GetDouble()))]);
        double[] figures = [actual.Ap, actual.Ap50, actual.Ap75, actual.ApMedium, actual.ApLarge, actual.Ar, actual.Ar50, actual.Ar75, actual.ArMedium, actual.ArLarge];
        string[] names = ["AP", "AP50", "AP75", "APm", "APl", "AR", "AR50", "AR75", "ARm", "ARl"];
        foreach (var (name, value) in names.Zip(figures)) Assert.Equal(golden.GetProperty("expected").GetProperty(name).GetDouble(), value, 1e-9);
    }

    [Fact]
    public void Overlaps_and_polygons_equal_those_of_the_coco_api()
    {
        using var truth = Read("coco", "gt.json");
        using var found = Read("coco", "dt-segm.json");
        using var expected = Read("expected-coco.json");
        static RunLengthMask Mask(JsonElement rle) => RunLengthMask.Parse(rle.GetProperty("size")[0].GetInt32(), rle.GetProperty("size")[1].GetInt32(), rle.GetProperty("counts").GetString());
        foreach (var image in expected.RootElement.GetProperty("iou_matrices_first_10_images (rows = detections in file order, cols = annotations in file order)").EnumerateArray())
        {
            var id = image.GetProperty("image_id").GetInt64();
            var truths = truth.RootElement.GetProperty("annotations").EnumerateArray().Where(a => a.GetProperty("image_id").GetInt64() == id).ToArray();
            var detections = found.RootElement.EnumerateArray().Where(a => a.GetProperty("image_id").GetInt64() == id).ToArray();
            for (var d = 0; d < detections.Length; d++)
            {
                for (var g = 0; g < truths.Length; g++)
                {
                    var iou = RunLengthMask.Overlap(Mask(detections[d].GetProperty("segmentation")), Mask(truths[g].GetProperty("segmentation")), truths[g].GetProperty("iscrowd").GetInt32() != 0);
                    Assert.Equal(image.GetProperty("segm_iou")[d][g].GetDouble(), iou, 1e-9);
                }
            }
        }

        using var boxes = Read("coco", "dt-bbox.json");
        foreach (var image in expected.RootElement.GetProperty("iou_matrices_first_10_images (rows = detections in file order, cols = annotations in file order)").EnumerateArray())
        {
            bool IsOf(JsonElement row) => row.GetProperty("image_id").GetInt64() == image.GetProperty("image_id").GetInt64();
            static double[] Box(JsonElement row) => [.. row.GetProperty("bbox").EnumerateArray().Select(x => x.GetDouble())];
            var truths = truth.RootElement.GetProperty("annotations").EnumerateArray().Where(IsOf).ToArray();
            var detections = boxes.RootElement.EnumerateArray().Where(IsOf).ToArray();
            var overlap = new BoxOverlap([.. truths.SelectMany(Box)], [.. detections.SelectMany(Box)], [.. truths.Select(t => t.GetProperty("iscrowd").GetInt32() != 0)]);
            var overlaps = new double[truths.Length * detections.Length];
            overlap.Fill([.. Enumerable.Range(0, detections.Length)], [.. Enumerable.Range(0, truths.Length)], overlaps);
            Assert.Equal([.. image.GetProperty("bbox_iou").EnumerateArray().SelectMany(r => r.EnumerateArray().Select(x => x.GetDouble()))], overlaps, (a, b) => Math.Abs(a - b) < 1e-9);
        }

        foreach (var example in expected.RootElement.GetProperty("polygon_rasterisation_80x100").EnumerateArray())
        {
            var mask = RunLengthMask.FromPolygons(80, 100, [.. example.GetProperty("polygon").EnumerateArray().Select(p => p.EnumerateArray().Select(x => x.GetDouble()).ToArray())]);
            Assert.Equal(example.GetProperty("rle").GetProperty("counts").GetString(), mask.ToString());
            Assert.Equal(example.GetProperty("area").GetInt64(), mask.Area);
            Assert.Equal(example.GetProperty("bbox").EnumerateArray().Select(x => (int)x.GetDouble()), [mask.Bounds.X, mask.Bounds.Y, mask.Bounds.Width, mask.Bounds.Height]);
        }
    }

    [Fact]
    public void The_fast_evaluation_equals_the_plain_loop() => Prop.ForAll(Gen.Choose(0, 100_000).ToArbitrary(), seed =>
    {
        var (truths, detections) = RandomStreet(seed);
        foreach (var useCategories in new[] { true, false })
        {
            var (plain, fast) = (PlainCoco.Evaluate(truths, detections, useCategories), CocoAveragePrecision.Evaluate(truths, detections, useCategories));
            Assert.Equal(Figures(plain), Figures(fast), (a, b) => Math.Abs(a - b) < 1e-12);
            Assert.Equal(plain.ApByCategory.Keys.Order(), fast.ApByCategory.Keys.Order());
            foreach (var category in plain.PrecisionAt50ByCategory) Assert.Equal(category.Value, fast.PrecisionAt50ByCategory[category.Key], (a, b) => Math.Abs(a - b) < 1e-12);
        }
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Perfect_boxes_masks_and_keypoints_score_one()
    {
        var (truths, _) = RandomStreet(5);
        truths = [.. truths.Where(t => !t.IsCrowd).DistinctBy(t => (t.ImageId, t.CategoryId))];
        var boxes = CocoAveragePrecision.Evaluate(truths, [.. truths.Select((t, i) => new CocoDetection(t.ImageId, t.CategoryId, t.Box, 1.0 / (i + 1)))]);
        Assert.Equal(1, boxes.Ap, 1e-12);
        Assert.Equal(1, boxes.Ar1, 1e-12);
        var mask = RunLengthMask.FromPolygon(100, 100, [10, 10, 60, 12, 58, 40, 12, 44]);
        Assert.Equal(1, CocoAveragePrecision.EvaluateMasks([new(1, 1, mask, mask.Area, false)], [new(1, 1, mask, 0.3)]).Ap, 1e-12);
        double[] points = [.. Enumerable.Range(0, 17).SelectMany(i => new double[] { 10 + 5 * i, 20 + 3 * i, 2 })];
        var pose = CocoAveragePrecision.EvaluateKeypoints([new(1, 1, points, new Box(10, 20, 80, 48), 3840, false)], [new(1, 1, points, 0.3)]);
        Assert.Equal(1, pose.Ap, 1e-12);
        Assert.Equal(1, pose.ArMedium, 1e-12);
        Assert.Equal(-1, pose.ApLarge);
    }

    [Fact]
    public void Bad_input_is_named()
    {
        var box = new Box(0, 0, 1, 1);
        Assert.Contains("place 0", Assert.Throws<ArgumentException>(() => CocoAveragePrecision.Evaluate([], [new(1, 1, box, double.NaN)])).Message);
        var (small, large) = (RunLengthMask.FromCounts(2, 2, [4]), RunLengthMask.FromCounts(2, 3, [6]));
        Assert.Contains("Image 7", Assert.Throws<ArgumentException>(() => CocoAveragePrecision.EvaluateMasks([new(7, 1, small, 0, false)], [new(7, 1, large, 1)])).Message);
        Assert.Throws<ArgumentException>(() => CocoAveragePrecision.EvaluateKeypoints([], [new(1, 1, [1, 2], 1)]));
        Assert.Throws<FormatException>(() => RunLengthMask.FromCounts(2, 2, [5]));
        Assert.Throws<FormatException>(() => RunLengthMask.Parse(2, 2, "~~"));
        Assert.Throws<FormatException>(() => RunLengthMask.Parse(2, 2, "P"));
    }

    [Fact]
    public void Masks_survive_every_form_and_join_as_pixels_do() => Prop.ForAll(Gen.Choose(0, 100_000).ToArbitrary(), seed =>
    {
        var random = new SeededRandom(seed);
        byte[] Pixels() => [.. Enumerable.Range(0, 7 * 11).Select(_ => (byte)(random.NextBool(0.4) ? 1 : 0))];
        var (a, b) = (Pixels(), Pixels());
        var (one, other) = (RunLengthMask.FromPixels(7, 11, a), RunLengthMask.FromPixels(7, 11, b));
        Assert.Equal(a, one.ToPixels());
        Assert.Equal(a, RunLengthMask.Parse(7, 11, one.ToString()).ToPixels());
        Assert.Equal(a.Count(p => p != 0), one.Area);
        var both = a.Zip(b, (x, y) => x & y).Sum();
        Assert.Equal(both, RunLengthMask.Intersection(one, other));
        var union = RunLengthMask.Union(7, 11, [one, other]);
        Assert.Equal(a.Zip(b, (x, y) => (byte)(x | y)), union.ToPixels());
        Assert.Equal(RunLengthMask.FromPixels(7, 11, union.ToPixels()).ToString(), union.ToString());
        var rest = RunLengthMask.Without(one, other);
        Assert.Equal(a.Zip(b, (x, y) => (byte)(x & ~y)), rest.ToPixels());
        Assert.Equal(RunLengthMask.FromPixels(7, 11, rest.ToPixels()).ToString(), rest.ToString());
        if (both > 0) Assert.Equal(both / (double)union.Area, RunLengthMask.Iou(one, other), 1e-12);
        int[] inside = [.. Enumerable.Range(0, 77).Where(i => a[i] != 0)];
        if (inside.Length > 0) Assert.Equal((inside.Min(i => i / 7), inside.Min(i => i % 7)), (one.Bounds.X, one.Bounds.Y));
    }).QuickCheckThrowOnFailure();

    private static (List<CocoTruth> Truths, List<CocoDetection> Detections) RandomStreet(int seed)
    {
        var random = new SeededRandom(seed);
        List<CocoTruth> truths = [];
        List<CocoDetection> detections = [];
        for (var image = 0; image < 6; image++)
        {
            for (var o = random.NextInt(7); o > 0; o--)
            {
                var box = new Box(random.NextInt(60), random.NextInt(60), 5 + random.NextInt(120), 5 + random.NextInt(120));
                truths.Add(new(image, 1 + random.NextInt(3), box, box.Area * random.NextDouble(0.5, 1), random.NextBool(0.1)));
                for (var d = random.NextInt(3); d > 0; d--)
                {
                    var moved = new Box(box.X + random.NextInt(9), box.Y + random.NextInt(9), box.Width, box.Height);
                    detections.Add(new(image, random.NextBool(0.8) ? truths[^1].CategoryId : 4, moved, random.NextInt(6) / 5.0)); // ties on purpose
                }
            }
        }

        return (truths, detections);
    }

    private static double[] Figures(CocoSummary s) => [s.Ap, s.Ap50, s.Ap75, s.ApSmall, s.ApMedium, s.ApLarge, s.Ar1, s.Ar10, s.Ar100, s.ArSmall, s.ArMedium, s.ArLarge];

    private static void SameFigures(JsonElement expected, CocoSummary actual)
    {
        string[] names = ["AP", "AP50", "AP75", "APs", "APm", "APl", "AR1", "AR10", "AR100", "ARs", "ARm", "ARl"];
        foreach (var (name, value) in names.Zip(Figures(actual))) Assert.Equal(expected.GetProperty(name).GetDouble(), value, 1e-9);
        if (!expected.TryGetProperty("AP_per_category", out var categories)) return;
        foreach (var category in categories.EnumerateObject())
            Assert.Equal(category.Value.GetDouble(), actual.ApByCategory[long.Parse(category.Name)], 1e-9);
        foreach (var category in expected.GetProperty("precision_at_iou50_recall_0_0.1_..1").EnumerateObject())
            for (var level = 0; level <= 10; level++)
                Assert.Equal(category.Value[level].GetDouble(), actual.PrecisionAt50ByCategory[long.Parse(category.Name)][level * 10], 1e-9);
    }

    private static JsonDocument Read(params string[] path) => JsonDocument.Parse(File.ReadAllBytes(Touchstone.Testing.TestData.Find(Assert.Skip, ["crowd", .. path])));

    private static Box ReadBox(JsonElement row)
    {
        var box = row.GetProperty("bbox");
        return new Box(box[0].GetDouble(), box[1].GetDouble(), box[2].GetDouble(), box[3].GetDouble());
    }

    internal static (List<CocoTruth> Truths, List<CocoDetection> Detections) Load()
    {
        using var truth = JsonDocument.Parse(File.ReadAllBytes(Touchstone.Testing.TestData.Find(Assert.Skip, "crowd", "coco", "gt.json")));
        using var found = JsonDocument.Parse(File.ReadAllBytes(Touchstone.Testing.TestData.Find(Assert.Skip, "crowd", "coco", "dt-bbox.json")));
        return (
            [.. truth.RootElement.GetProperty("annotations").EnumerateArray().Select(a => new CocoTruth(
                a.GetProperty("image_id").GetInt64(), a.GetProperty("category_id").GetInt64(), ReadBox(a), a.GetProperty("area").GetDouble(), a.GetProperty("iscrowd").GetInt32() != 0))],
            [.. found.RootElement.EnumerateArray().Select(d => new CocoDetection(
                d.GetProperty("image_id").GetInt64(), d.GetProperty("category_id").GetInt64(), ReadBox(d), d.GetProperty("score").GetDouble()))]);
    }
}
