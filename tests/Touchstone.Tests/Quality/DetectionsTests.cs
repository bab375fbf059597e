using System.Text.Json.Nodes;
using Touchstone.Terminal;
using Touchstone.Testing;
using Touchstone.Tests.Cli;

namespace Touchstone.Tests.Quality;

/// <summary><c>touchstone quality detections</c> against what pycocotools computes.</summary>
public sealed class DetectionsTests
{
    [Theory]
    [InlineData("bbox", "bbox", false)]
    [InlineData("bbox", "bbox_useCats0", true)]
    [InlineData("segm", "segm", false)]
    [InlineData("segm", "segm_useCats0", true)]
    public async Task The_figures_are_those_of_the_COCO_API(string type, string name, bool isAgnostic)
    {
        var expected = JsonNode.Parse(await File.ReadAllTextAsync(TestData.Find(Assert.Skip, "crowd", "expected-coco.json"), TestContext.Current.CancellationToken))![name]!;
        string[] options = ["--truth", TestData.Find(Assert.Skip, "crowd", "coco", "gt.json"), "--predictions", TestData.Find(Assert.Skip, "crowd", "coco", $"dt-{type}.json"), "--iou-type", type, "--json"];
        var json = (await CommandRun.OfAsync(["quality", "detections", .. options, .. isAgnostic ? ["--class-agnostic"] : Array.Empty<string>()])).Expect(ExitCode.Done).Json;
        foreach (var (theirs, ours) in new[] { ("AP", "ap"), ("AP50", "ap_50"), ("AP75", "ap_75"), ("APs", "ap_small"), ("APm", "ap_medium"), ("APl", "ap_large"), ("AR1", "ar_1"), ("AR10", "ar_10"), ("AR100", "ar_100"), ("ARs", "ar_small"), ("ARm", "ar_medium"), ("ARl", "ar_large") })
            Assert.Equal(expected[theirs]!.GetValue<double>(), json[ours]!.GetValue<double>(), tolerance: 1e-9);
        if (isAgnostic) return;
        var classes = json["categories"]!.AsArray().ToDictionary(c => c!["category_id"]!.ToJsonString(), c => c!["ap"]!.GetValue<double>());
        foreach (var (id, ap) in expected["AP_per_category"]!.AsObject())
            if (ap!.GetValue<double>() >= 0) Assert.Equal(ap.GetValue<double>(), classes[id], tolerance: 1e-9);
    }

    [Theory]
    [InlineData("driving/voc_street", "bbox")]
    [InlineData("interop/same_100_images/cvat_format", "bbox")]
    [InlineData("driving/camvid", "segm")]
    public async Task What_convert_writes_as_COCO_scores_one_against_itself(string path, string type)
    {
        using var folder = new TemporaryFolder();
        var source = TestData.Find(Assert.Skip, path.Split('/'));
        (await CommandRun.OfAsync("convert", "--to", "coco", source, folder["coco.json"])).Expect(ExitCode.Done);
        var truth = JsonNode.Parse(await File.ReadAllTextAsync(folder["coco.json"], TestContext.Current.CancellationToken))!;
        Assert.True(truth["annotations"]!.AsArray().Count > 70);
        var score = 0.0;
        JsonArray detections = [.. truth["annotations"]!.AsArray().Select(a => new JsonObject { ["image_id"] = a!["image_id"]!.DeepClone(), ["category_id"] = a["category_id"]!.DeepClone(), [type == "bbox" ? type : "segmentation"] = a[type == "bbox" ? type : "segmentation"]!.DeepClone(), ["score"] = score += 1e-4 })];
        await File.WriteAllTextAsync(folder["results.json"], detections.ToJsonString(), TestContext.Current.CancellationToken);
        var json = (await CommandRun.OfAsync("quality", "detections", "--truth", folder["coco.json"], "--predictions", folder["results.json"], "--iou-type", type, "--json")).Expect(ExitCode.Done).Json;
        foreach (var figure in (string[])["ap", "ap_50", "ap_75", "ar_100"]) Assert.Equal(1, json[figure]!.GetValue<double>(), tolerance: 1e-12);
        Assert.All(json["categories"]!.AsArray(), c => Assert.Equal(1, c!["ap"]!.GetValue<double>(), tolerance: 1e-12));
    }

    [Theory]
    [InlineData("""{"images":[]}""", "[]", "coco.json: /categories: expected a list, found nothing")]
    [InlineData("[1]", "[]", "coco.json: expected an object with the lists")]
    [InlineData("{", "[]", "coco.json: line 1, byte 2: this is no JSON")]
    [InlineData(null, "{}", "detections.json: expected a list of detections, found {}")]
    [InlineData(null, """[{"image_id":9,"category_id":3,"bbox":[1,1,8,6],"score":1}]""", "detections.json: /0/image_id: expected the id of an image of ")]
    [InlineData(null, """[{"image_id":1,"category_id":3,"bbox":[1,1,8,6]}]""", "detections.json: /0/score: expected a number; found nothing")]
    [InlineData(null, """[{"image_id":1,"category_id":3,"bbox":[1,1,-8,6],"score":1}]""", "detections.json: /0/bbox: expected x, y, width and height, neither of these below 0; found [1,1,-8,6]")]
    [InlineData(null, """[{"image_id":1,"category_id":3,"score":1}]""", "detections.json: /0/bbox: expected one, found nothing")]
    public async Task What_is_no_COCO_is_told_with_its_pointer(string? truth, string detections, string message)
    {
        using var folder = QualityFolder.Make();
        if (truth is not null) await File.WriteAllTextAsync(folder["coco.json"], truth, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(folder["detections.json"], detections, TestContext.Current.CancellationToken);
        (await CommandRun.OfAsync("quality", "detections", "--truth", folder["coco.json"], "--predictions", folder["detections.json"])).Refused(ExitCode.Failed, message);
    }

    [Fact]
    public async Task Masks_are_asked_for_and_of_the_pictures_size()
    {
        using var folder = QualityFolder.Make();
        string[] command = ["quality", "detections", "--truth", folder["coco.json"], "--predictions", folder["detections.json"], "--iou-type", "segm"];
        await File.WriteAllTextAsync(folder["detections.json"], """[{"image_id":1,"category_id":3,"segmentation":{"size":[9,20],"counts":[180]},"score":1}]""", TestContext.Current.CancellationToken);
        (await CommandRun.OfAsync(command)).Refused(ExitCode.Failed, "/0/segmentation/size: expected the picture's 10 x 20 (height, width), found 9 x 20");
        await File.WriteAllTextAsync(folder["detections.json"], """[{"image_id":1,"category_id":3,"segmentation":{"size":[10,20],"counts":[180]},"score":1}]""", TestContext.Current.CancellationToken);
        (await CommandRun.OfAsync(command)).Refused(ExitCode.Failed, "detections.json: /0/segmentation: ");
    }

    [Fact]
    public async Task Other_categories_are_left_out_and_counted_and_what_is_not_defined_is_null()
    {
        using var folder = QualityFolder.Make();
        await File.WriteAllTextAsync(folder["detections.json"], """[{"image_id":1,"category_id":4,"bbox":[1,1,8,6],"score":1}]""", TestContext.Current.CancellationToken);
        var json = (await CommandRun.OfAsync("quality", "detections", "--truth", folder["coco.json"], "--predictions", folder["detections.json"], "--json")).Expect(ExitCode.Done).Json;
        Assert.Equal(0, json["ap"]!.GetValue<double>());
        Assert.Null(json["ap_large"]);
        Assert.Contains(json["warnings"]!.AsArray(), w => w!["code"]!.GetValue<string>() == "other_categories");
    }
}
