using System.Text.Json;
using Touchstone.Annotations.Geometry;
using Touchstone.Quality.Detection;
using Touchstone.Testing;

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
        using var document = JsonDocument.Parse(File.ReadAllBytes(TestData.Find(Assert.Skip, "crowd", "expected-coco.json")));
        var expected = document.RootElement.GetProperty(section);
        void Same(string name, double value) => Assert.Equal(expected.GetProperty(name).GetDouble(), value, 1e-9);
        Same("AP", actual.Ap);
        Same("AP50", actual.Ap50);
        Same("AP75", actual.Ap75);
        Same("APs", actual.ApSmall);
        Same("APm", actual.ApMedium);
        Same("APl", actual.ApLarge);
        Same("AR1", actual.Ar1);
        Same("AR10", actual.Ar10);
        Same("AR100", actual.Ar100);
        Same("ARs", actual.ArSmall);
        Same("ARm", actual.ArMedium);
        Same("ARl", actual.ArLarge);
        if (!useCategories) return;
        foreach (var category in expected.GetProperty("AP_per_category").EnumerateObject())
            Assert.Equal(category.Value.GetDouble(), actual.ApByCategory[long.Parse(category.Name)], 1e-9);
        foreach (var category in expected.GetProperty("precision_at_iou50_recall_0_0.1_..1").EnumerateObject())
            for (var level = 0; level <= 10; level++)
                Assert.Equal(category.Value[level].GetDouble(), actual.PrecisionAt50ByCategory[long.Parse(category.Name)][level * 10], 1e-9);
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

    internal static (List<CocoTruth> Truths, List<CocoDetection> Detections) Load()
    {
        using var truth = JsonDocument.Parse(File.ReadAllBytes(TestData.Find(Assert.Skip, "crowd", "coco", "gt.json")));
        using var found = JsonDocument.Parse(File.ReadAllBytes(TestData.Find(Assert.Skip, "crowd", "coco", "dt-bbox.json")));
        static Box ReadBox(JsonElement row)
        {
            var box = row.GetProperty("bbox");
            return new Box(box[0].GetDouble(), box[1].GetDouble(), box[2].GetDouble(), box[3].GetDouble());
        }

        return (
            [.. truth.RootElement.GetProperty("annotations").EnumerateArray().Select(a => new CocoTruth(
                a.GetProperty("image_id").GetInt64(), a.GetProperty("category_id").GetInt64(), ReadBox(a), a.GetProperty("area").GetDouble(), a.GetProperty("iscrowd").GetInt32() != 0))],
            [.. found.RootElement.EnumerateArray().Select(d => new CocoDetection(
                d.GetProperty("image_id").GetInt64(), d.GetProperty("category_id").GetInt64(), ReadBox(d), d.GetProperty("score").GetDouble()))]);
    }
}
