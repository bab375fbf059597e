using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Touchstone.Quality.Detection;
using Touchstone.QualityFiles;
using Touchstone.Terminal;

namespace Touchstone.Commands.Quality;

/// <summary><c>touchstone quality detections</c>: COCO's average precision and recall.</summary>
internal static class DetectionsCommand
{
    public static Command Make()
    {
        var truth = new Option<string>("--truth") { Description = "True objects: a COCO dataset (JSON with images, annotations, categories).", HelpName = "FILE", Required = true };
        var predictions = new Option<string>("--predictions") { Description = "Detections: a COCO list of results (JSON with image_id, category_id, score and bbox, segmentation or keypoints). \"-\" is standard input.", HelpName = "FILE", Required = true };
        var type = new Option<string>("--iou-type") { Description = "What is compared: boxes, masks, or keypoints by their similarity (OKS).", DefaultValueFactory = _ => "bbox" }.OneOf("bbox", "segm", "keypoints");
        var agnostic = new Option<bool>("--class-agnostic") { Description = "Match objects whatever their class (pycocotools: useCats = 0); bbox and segm only." };
        var sigmas = new Option<double[]?>("--sigmas")
        {
            Description = "Spread of each keypoint relative to the object's size, parted by commas. Without it COCO's seventeen for people.",
            HelpName = "S1,S2,...",
            CustomParser = result =>
            {
                var words = result.Tokens[0].Value.Split(',');
                var numbers = new double[words.Length];
                for (var i = 0; i < words.Length; i++)
                    if (!double.TryParse(words[i], NumberStyles.Float, CultureInfo.InvariantCulture, out numbers[i]) || !(numbers[i] > 0) || !double.IsFinite(numbers[i]))
                        result.AddError($"--sigmas: expected numbers above 0, found \"{words[i]}\"");
                return numbers;
            },
        };
        var json = Options.Json();
        return new Command("detections", "Measure detections against true objects: COCO's average precision and recall, equal to pycocotools.")
            { truth, predictions, type, agnostic, sigmas, json }
            .Examples(
                "touchstone quality detections --truth coco.json --predictions detections.json",
                "touchstone quality detections --truth coco.json --predictions detections.json --iou-type segm --json",
                "cat detections.json | touchstone quality detections --truth coco.json --predictions - --class-agnostic")
            .Runs((parsed, _) =>
            {
                var (truthPath, predictionsPath, kind) = (parsed.GetValue(truth)!, parsed.GetValue(predictions)!, parsed.GetValue(type)!);
                InputFile.RequireOneStandardInput(truthPath, predictionsPath);
                var spread = parsed.GetValue(sigmas) is { Length: > 0 } given ? given : null;
                if (kind != "keypoints" && spread is not null) throw new CommandException("--sigmas: only --iou-type keypoints has them.", ExitCode.Misuse);
                if (kind == "keypoints" && parsed.GetValue(agnostic)) throw new CommandException("--class-agnostic: not with --iou-type keypoints.", ExitCode.Misuse);
                var files = DetectionFiles.Read(truthPath, predictionsPath);
                var useCategories = !parsed.GetValue(agnostic);
                CocoSummary? objects = null;
                List<(string Key, string Text, double Value)> figures;
                if (kind == "keypoints") figures = FiguresOf(files.EvaluateKeypoints(spread));
                else figures = FiguresOf(objects = kind == "bbox" ? files.EvaluateBoxes(useCategories) : files.EvaluateMasks(useCategories));
                if (parsed.GetValue(json)) parsed.Print(ToJson(files, kind, figures, useCategories ? objects : null).ToJsonString());
                else Tell(parsed, files, kind, figures, useCategories ? objects : null);
                return Task.FromResult(ExitCode.Done);
            });
    }

    private static List<(string Key, string Text, double Value)> FiguresOf(CocoSummary summary) =>
    [
        ("ap", "average precision, overlap 0.50 to 0.95", summary.Ap),
        ("ap_50", "average precision, overlap 0.50", summary.Ap50),
        ("ap_75", "average precision, overlap 0.75", summary.Ap75),
        ("ap_small", "average precision of small objects (below 32 x 32)", summary.ApSmall),
        ("ap_medium", "average precision of medium objects (to 96 x 96)", summary.ApMedium),
        ("ap_large", "average precision of large objects", summary.ApLarge),
        ("ar_1", "average recall, 1 detection a picture", summary.Ar1),
        ("ar_10", "average recall, 10 detections a picture", summary.Ar10),
        ("ar_100", "average recall, 100 detections a picture", summary.Ar100),
        ("ar_small", "average recall of small objects", summary.ArSmall),
        ("ar_medium", "average recall of medium objects", summary.ArMedium),
        ("ar_large", "average recall of large objects", summary.ArLarge),
    ];

    private static List<(string Key, string Text, double Value)> FiguresOf(CocoKeypointSummary summary) =>
    [
        ("ap", "average precision, similarity 0.50 to 0.95", summary.Ap),
        ("ap_50", "average precision, similarity 0.50", summary.Ap50),
        ("ap_75", "average precision, similarity 0.75", summary.Ap75),
        ("ap_medium", "average precision of medium objects (32 x 32 to 96 x 96)", summary.ApMedium),
        ("ap_large", "average precision of large objects", summary.ApLarge),
        ("ar", "average recall, 20 detections a picture", summary.Ar),
        ("ar_50", "average recall, similarity 0.50", summary.Ar50),
        ("ar_75", "average recall, similarity 0.75", summary.Ar75),
        ("ar_medium", "average recall of medium objects", summary.ArMedium),
        ("ar_large", "average recall of large objects", summary.ArLarge),
    ];

    /// <summary>A figure; null where there is no true object to find, which the COCO API writes as -1.</summary>
    private static double? Defined(double value) => value < 0 ? null : value;

    private static void Tell(ParseResult parsed, DetectionFiles files, string kind, List<(string Key, string Text, double Value)> figures, CocoSummary? objects)
    {
        parsed.Print($"{kind}: {Figures.Count(files.Truth.Objects.Count, "true object")} and {Figures.Count(files.Detections.Count, "detection")} in {Figures.Count(files.Truth.Images.Count, "picture")}");
        parsed.Print("");
        foreach (var line in TextTable.Lines(["figure", "what it is", ">value"], figures.Select(f => new[] { f.Key, f.Text, Figures.Of(Defined(f.Value)) }))) parsed.Print(line);
        if (objects is not null)
        {
            parsed.Print("");
            foreach (var line in TextTable.Lines(["class", ">ap"], objects.ApByCategory.OrderBy(c => c.Key).Select(c => new[] { files.Truth.Categories[c.Key], Figures.Of(Defined(c.Value)) }))) parsed.Print(line);
        }

        foreach (var (_, message) in Warnings(files)) parsed.Warn(message);
    }

    private static JsonObject ToJson(DetectionFiles files, string kind, List<(string Key, string Text, double Value)> figures, CocoSummary? objects)
    {
        var json = new JsonObject
        {
            ["iou_type"] = kind,
            ["images"] = files.Truth.Images.Count,
            ["truths"] = files.Truth.Objects.Count,
            ["detections"] = files.Detections.Count,
        };
        foreach (var (key, _, value) in figures) json[key] = Figures.Json(Defined(value));
        if (objects is not null)
            json["categories"] = new JsonArray([.. objects.ApByCategory.OrderBy(c => c.Key).Select(c => (JsonNode)new JsonObject
            {
                ["category_id"] = c.Key,
                ["name"] = files.Truth.Categories[c.Key],
                ["ap"] = Figures.Json(Defined(c.Value)),
            })]);
        json["warnings"] = new JsonArray([.. Warnings(files).Select(w => (JsonNode)new JsonObject { ["code"] = w.Code, ["message"] = w.Message })]);
        return json;
    }

    private static IEnumerable<(string Code, string Message)> Warnings(DetectionFiles files)
    {
        if (files.OfOtherCategories > 0)
            yield return ("other_categories", $"{Figures.Count(files.OfOtherCategories, "detection")} of categories that {files.Truth.Name} does not have {(files.OfOtherCategories == 1 ? "is" : "are")} left out, as the COCO API does.");
        if (files.Truth.Objects.Count == 0) yield return ("no_truth", "There is no true object, so nothing can be measured.");
    }
}
