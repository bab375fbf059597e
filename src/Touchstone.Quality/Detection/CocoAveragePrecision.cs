using Touchstone.Annotations.Geometry;
using Touchstone.Annotations.Masks;

namespace Touchstone.Quality.Detection;

/// <summary>Average precision and recall of boxes, masks and keypoints, computed as the COCO API (pycocotools) does, to the last decimals.</summary>
/// <remarks>
/// T.-Y. Lin et al., Microsoft COCO, 2014; the rules are those of cocoeval.py: detections in stable order of falling score, each takes the free true object of
/// greatest overlap (of equal ones the last), regular objects before ignored ones, crowds by the share of the detection that they cover; precision made
/// monotone from the right and read at 101 recall levels; means over what exists. Classes are evaluated on all processors; the result does not depend on how many.
/// </remarks>
public static class CocoAveragePrecision
{
    /// <summary>Evaluates boxes.</summary>
    /// <param name="truths">True objects, in file order.</param>
    /// <param name="detections">Detections, in file order; those on images or of classes without any true object still count as COCO counts them.</param>
    /// <param name="useCategories">False matches across classes (COCO's <c>useCats = 0</c>).</param>
    /// <exception cref="ArgumentException">A score is not a number.</exception>
    public static CocoSummary Evaluate(IReadOnlyList<CocoTruth> truths, IReadOnlyList<CocoDetection> detections, bool useCategories = true)
    {
        var problem = new CocoProblem(truths.Count, detections.Count);
        var (boxes, found) = (new double[truths.Count * 4], new double[detections.Count * 4]);
        for (var g = 0; g < truths.Count; g++)
        {
            var t = truths[g];
            problem.Truth(g, t.ImageId, t.CategoryId, t.Area, t.IsCrowd, t.IsCrowd);
            Put(boxes, g, t.Box);
        }

        for (var d = 0; d < detections.Count; d++)
        {
            var p = detections[d];
            problem.Detection(d, p.ImageId, p.CategoryId, p.Box.Width * p.Box.Height, p.Score);
            Put(found, d, p.Box);
        }

        return CocoSummaries.OfObjects(problem.Evaluate(new BoxOverlap(boxes, found, problem.IsCrowd), CocoSettings.Objects, useCategories));
    }

    /// <summary>Evaluates masks (COCO's <c>segm</c>).</summary>
    /// <param name="truths">True objects, in file order.</param>
    /// <param name="detections">Detections, in file order.</param>
    /// <param name="useCategories">False matches across classes.</param>
    /// <exception cref="ArgumentException">A score is not a number, or two masks of one image differ in the picture's size.</exception>
    public static CocoSummary EvaluateMasks(IReadOnlyList<CocoMaskTruth> truths, IReadOnlyList<CocoMaskDetection> detections, bool useCategories = true)
    {
        CheckSizes(truths, detections);
        var problem = new CocoProblem(truths.Count, detections.Count);
        var (masks, found) = (new RunLengthMask[truths.Count], new RunLengthMask[detections.Count]);
        for (var g = 0; g < truths.Count; g++)
        {
            var t = truths[g];
            problem.Truth(g, t.ImageId, t.CategoryId, t.Area, t.IsCrowd, t.IsCrowd);
            masks[g] = t.Mask;
        }

        for (var d = 0; d < detections.Count; d++)
        {
            var p = detections[d];
            problem.Detection(d, p.ImageId, p.CategoryId, p.Mask.Area, p.Score);
            found[d] = p.Mask;
        }

        return CocoSummaries.OfObjects(problem.Evaluate(new MaskOverlap(masks, found, problem.IsCrowd), CocoSettings.Objects, useCategories));
    }

    /// <summary>Evaluates keypoints by object keypoint similarity.</summary>
    /// <param name="truths">True objects, in file order; those without a labelled point are ignored, as crowds are.</param>
    /// <param name="detections">Detections, in file order.</param>
    /// <param name="sigmas">Spread of each point relative to the object's size; null is COCO's seventeen for people.</param>
    /// <exception cref="ArgumentException">A score is not a number, or an object has another number of points than there are sigmas.</exception>
    public static CocoKeypointSummary EvaluateKeypoints(IReadOnlyList<CocoKeypointTruth> truths, IReadOnlyList<CocoKeypointDetection> detections, double[]? sigmas = null)
    {
        sigmas ??= KeypointOverlap.PersonSigmas;
        var problem = new CocoProblem(truths.Count, detections.Count);
        for (var g = 0; g < truths.Count; g++)
        {
            var t = truths[g];
            CheckPoints(t.Keypoints, sigmas, "true object", g);
            var labelled = 0;
            for (var i = 2; i < t.Keypoints.Length; i += 3)
                if (t.Keypoints[i] > 0) labelled++;
            problem.Truth(g, t.ImageId, t.CategoryId, t.Area, t.IsCrowd, t.IsCrowd || labelled == 0);
        }

        for (var d = 0; d < detections.Count; d++)
        {
            var p = detections[d];
            CheckPoints(p.Keypoints, sigmas, "detection", d);
            problem.Detection(d, p.ImageId, p.CategoryId, KeypointOverlap.AreaOf(p.Keypoints), p.Score);
        }

        return CocoSummaries.OfKeypoints(problem.Evaluate(new KeypointOverlap(truths, detections, sigmas), CocoSettings.Keypoints, useCategories: true));
    }

    private static void Put(double[] boxes, int at, Box box)
    {
        boxes[4 * at] = box.X;
        boxes[4 * at + 1] = box.Y;
        boxes[4 * at + 2] = box.Width;
        boxes[4 * at + 3] = box.Height;
    }

    private static void CheckSizes(IReadOnlyList<CocoMaskTruth> truths, IReadOnlyList<CocoMaskDetection> detections)
    {
        var sizes = new Dictionary<long, (int Height, int Width)>();
        foreach (var (image, mask) in truths.Select(t => (t.ImageId, t.Mask)).Concat(detections.Select(d => (d.ImageId, d.Mask))))
        {
            if (!sizes.TryGetValue(image, out var size)) sizes[image] = (mask.Height, mask.Width);
            else if (size != (mask.Height, mask.Width))
                throw new ArgumentException($"Image {image} has masks of {size.Width} x {size.Height} and of {mask.Width} x {mask.Height} pixels.", nameof(detections));
        }
    }

    private static void CheckPoints(double[] keypoints, double[] sigmas, string what, int at)
    {
        if (keypoints.Length != 3 * sigmas.Length)
            throw new ArgumentException($"The {what} at place {at} has {keypoints.Length} numbers; {sigmas.Length} points with x, y and visibility or score have {3 * sigmas.Length}.");
    }
}
