using Touchstone.Annotations.Geometry;
using Touchstone.Annotations.Masks;
using Touchstone.Formats;
using Touchstone.Formats.Coco;
using Touchstone.Quality.Detection;

namespace Touchstone.QualityFiles;

/// <summary>True objects and detections of the same pictures, in the forms that the evaluations take.</summary>
internal sealed record DetectionFiles(CocoEvaluationFile Truth, IReadOnlyList<CocoEvaluationObject> Detections, string DetectionsName, int OfOtherCategories)
{
    /// <summary>Reads both files. Detections of pictures that the truth does not have are refused, those of other categories left out and counted.</summary>
    public static DetectionFiles Read(string truthPath, string detectionsPath)
    {
        CocoEvaluationFile truth, detections;
        using (var stream = InputFile.Open(truthPath)) truth = CocoEvaluationReader.ReadTruth(stream, InputFile.NameOf(truthPath));
        using (var stream = InputFile.Open(detectionsPath)) detections = CocoEvaluationReader.ReadDetections(stream, InputFile.NameOf(detectionsPath));
        foreach (var found in detections.Objects)
            if (!truth.Images.ContainsKey(found.ImageId))
                throw new FileFormatFaultException($"{detections.Name}: {found.Pointer}/image_id: expected the id of an image of {truth.Name}, found {found.ImageId}");
        CocoEvaluationObject[] known = [.. detections.Objects.Where(d => truth.Categories.ContainsKey(d.CategoryId))];
        return new DetectionFiles(truth, known, detections.Name, detections.Objects.Count - known.Length);
    }

    public CocoSummary EvaluateBoxes(bool useCategories) => CocoAveragePrecision.Evaluate(
        [.. Truth.Objects.Select(t => new CocoTruth(t.ImageId, t.CategoryId, Bounds(Truth.Name, t), t.Area ?? Bounds(Truth.Name, t).Area, t.IsCrowd))],
        [.. Detections.Select(d => new CocoDetection(d.ImageId, d.CategoryId, Bounds(DetectionsName, d), d.Score!.Value))],
        useCategories);

    public CocoSummary EvaluateMasks(bool useCategories)
    {
        List<CocoMaskTruth> truths = [];
        foreach (var t in Truth.Objects)
        {
            var mask = Mask(Truth.Name, t);
            truths.Add(new CocoMaskTruth(t.ImageId, t.CategoryId, mask, t.Area ?? mask.Area, t.IsCrowd));
        }

        return CocoAveragePrecision.EvaluateMasks(
            truths, [.. Detections.Select(d => new CocoMaskDetection(d.ImageId, d.CategoryId, Mask(DetectionsName, d), d.Score!.Value))], useCategories);
    }

    /// <param name="sigmas">Spread of each point relative to the object's size; null is COCO's seventeen for people.</param>
    public CocoKeypointSummary EvaluateKeypoints(double[]? sigmas)
    {
        var points = sigmas?.Length ?? 17;
        return CocoAveragePrecision.EvaluateKeypoints(
            [.. Truth.Objects.Select(t => new CocoKeypointTruth(t.ImageId, t.CategoryId, Keypoints(Truth.Name, t, points), Bounds(Truth.Name, t), t.Area ?? Bounds(Truth.Name, t).Area, t.IsCrowd))],
            [.. Detections.Select(d => new CocoKeypointDetection(d.ImageId, d.CategoryId, Keypoints(DetectionsName, d, points), d.Score!.Value))],
            sigmas);
    }

    private static Box Bounds(string name, CocoEvaluationObject found) => found.Bounds ?? throw Lacks(name, found, "bbox");

    private static double[] Keypoints(string name, CocoEvaluationObject found, int points)
    {
        var numbers = found.Keypoints ?? throw Lacks(name, found, "keypoints");
        return numbers.Length == 3 * points ? numbers : throw new FileFormatFaultException($"{name}: {found.Pointer}/keypoints: expected {3 * points} numbers for {points} points, found {numbers.Length}; other points need --sigmas");
    }

    private RunLengthMask Mask(string name, CocoEvaluationObject found)
    {
        var (width, height) = Truth.Images[found.ImageId];
        try
        {
            var mask = found.Segmentation switch
            {
                CocoSegmentation.Polygons polygons => RunLengthMask.FromPolygons(height, width, polygons.Rings),
                CocoSegmentation.Runs runs => RunLengthMask.FromCounts(runs.Height, runs.Width, runs.Counts),
                CocoSegmentation.PackedRuns packed => RunLengthMask.Parse(packed.Height, packed.Width, packed.Counts),
                _ => throw Lacks(name, found, "segmentation"),
            };
            return (mask.Height, mask.Width) == (height, width)
                ? mask
                : throw new FileFormatFaultException($"{name}: {found.Pointer}/segmentation/size: expected the picture's {height} x {width} (height, width), found {mask.Height} x {mask.Width}");
        }
        catch (Exception fault) when (fault is ArgumentException or FormatException and not FileFormatFaultException)
        {
            throw new FileFormatFaultException($"{name}: {found.Pointer}/segmentation: {fault.Message}", fault);
        }
    }

    private static FileFormatFaultException Lacks(string name, CocoEvaluationObject found, string member) => new($"{name}: {found.Pointer}/{member}: expected one, found nothing");
}
