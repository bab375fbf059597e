using Touchstone.Statistics;

namespace Touchstone.Quality.LabelErrors;

/// <summary>ObjectLab: overlooked, badly placed and wrongly named boxes, told by a model's predictions.</summary>
/// <remarks>
/// U. Tkachenko, A. Thyagarajan, J. Mueller, ObjectLab: Automated diagnosis of mislabeled images in object detection data, 2023 (arXiv 2309.00832), as in cleanlab 2.9.
/// Similarity of two boxes: 0.9 IoU + 0.1 exp(-0.1 distance of centres in pixels). Overlooked: a prediction of at least 0.95 that touches no labelled box gets its similarity to the nearest labelled box of its class, or the
/// least similarity of the whole set times (1 - probability) where the class is absent. Badly placed: the best similarity to an overlapping prediction of the class above 0.5; 1 where there is none.
/// Swapped: 1 - the best similarity to a prediction of another class above 0.95; a box labelled twice with different classes gets the least similarity.
/// </remarks>
public static class ObjectLab
{
    private const double Tiny = 1e-100;

    /// <summary>Scores images.</summary>
    /// <param name="images">The whole set: the least similarity and the precision of classes are taken over all of it.</param>
    /// <param name="options">Null is <see cref="ObjectLabOptions.Default"/>.</param>
    /// <returns>One score an image, in the same order. An image without boxes and without sure predictions has quality 1.</returns>
    /// <exception cref="ArgumentException">A box has a size or a probability that is none; the message names image and box, both from 0.</exception>
    /// <remarks>O(sum over images of given * predicted boxes) time.</remarks>
    public static ObjectLabScore[] Score(IReadOnlyList<ObjectLabImage> images, ObjectLabOptions? options = null)
    {
        options ??= ObjectLabOptions.Default;
        for (var i = 0; i < images.Count; i++) Check(images[i], i);
        double least = 1;
        foreach (var image in images) least = Math.Min(least, LeastSimilarity(image, options));
        var precision = ClassPrecision.Of(images);
        var scores = new ObjectLabScore[images.Count];
        for (var i = 0; i < scores.Length; i++) scores[i] = Score(images[i], least, precision, options);
        return scores;
    }

    private static ObjectLabScore Score(ObjectLabImage image, double least, ClassPrecision precision, ObjectLabOptions options)
    {
        var overlooked = Overlooked(image, least, options);
        var placed = BadlyPlaced(image, options);
        var swapped = Swapped(image, least, options);
        var logs = new[] { overlooked, placed, swapped }.Sum(s => PortableMath.Log(Tiny + SoftMinimum.Of(s, options.Temperature)));
        var isError = false;
        for (var p = 0; p < overlooked.Length; p++) isError |= overlooked[p] <= options.ErrorFactor * precision[image.Predicted[p].Label];
        for (var g = 0; g < placed.Length; g++) isError |= Math.Min(placed[g], swapped[g]) <= options.ErrorFactor * precision[image.Given[g].Label];
        return new ObjectLabScore(PortableMath.Exp(logs / 3), overlooked, placed, swapped, isError);
    }

    private static double[] Overlooked(ObjectLabImage image, double least, ObjectLabOptions options)
    {
        var scores = new double[image.Predicted.Count];
        for (var p = 0; p < scores.Length; p++)
        {
            var predicted = image.Predicted[p];
            scores[p] = double.NaN;
            if (predicted.Probability < options.HighProbability || image.Given.Any(g => Iou(g, predicted) > 0)) continue;
            var own = image.Given.Where(g => g.Label == predicted.Label).Select(g => Similarity(g, predicted, options)).ToArray();
            scores[p] = own.Length > 0 ? own.Max() : least * (1 - predicted.Probability);
        }

        return scores;
    }

    private static double[] BadlyPlaced(ObjectLabImage image, ObjectLabOptions options)
    {
        var scores = new double[image.Given.Count];
        for (var g = 0; g < scores.Length; g++)
        {
            var given = image.Given[g];
            var near = image.Predicted.Where(p => p.Label == given.Label && p.Probability > options.LowProbability && Iou(given, p) > 0).Select(p => Similarity(given, p, options)).ToArray();
            scores[g] = near.Length > 0 ? near.Max() : 1;
        }

        return scores;
    }

    private static double[] Swapped(ObjectLabImage image, double least, ObjectLabOptions options)
    {
        var scores = new double[image.Given.Count];
        for (var g = 0; g < scores.Length; g++)
        {
            var given = image.Given[g];
            if (options.DoubledIou is { } doubled && image.Given.Any(o => o.Label != given.Label && Iou(given, o) >= doubled))
            {
                scores[g] = least;
                continue;
            }

            var others = image.Predicted.Where(p => p.Label != given.Label && p.Probability > options.HighProbability).Select(p => Similarity(given, p, options)).ToArray();
            scores[g] = others.Length > 0 ? Math.Max(least, 1 - others.Max()) : 1;
        }

        return scores;
    }

    private static double LeastSimilarity(ObjectLabImage image, ObjectLabOptions options)
    {
        double least = 1;
        foreach (var given in image.Given)
            foreach (var predicted in image.Predicted)
            {
                var similarity = Similarity(given, predicted, options);
                if (similarity > 0 && similarity < least) least = similarity;
            }

        return least;
    }

    private static double Similarity(LabelledBox given, PredictedBox predicted, ObjectLabOptions options)
    {
        var x = given.X + given.Width / 2 - (predicted.X + predicted.Width / 2);
        var y = given.Y + given.Height / 2 - (predicted.Y + predicted.Height / 2);
        return options.IouWeight * Iou(given, predicted) + (1 - options.IouWeight) * PortableMath.Exp(-options.DistanceFactor * Math.Sqrt(x * x + y * y));
    }

    private static double Iou(LabelledBox given, PredictedBox predicted) => Iou(given, new LabelledBox(predicted.X, predicted.Y, predicted.Width, predicted.Height, predicted.Label));

    internal static double Iou(LabelledBox a, LabelledBox b)
    {
        var width = Math.Min(a.X + a.Width, b.X + b.Width) - Math.Max(a.X, b.X);
        var height = Math.Min(a.Y + a.Height, b.Y + b.Height) - Math.Max(a.Y, b.Y);
        if (!(width > 0 && height > 0)) return 0;
        return width * height / (a.Width * a.Height + b.Width * b.Height - width * height);
    }

    private static void Check(ObjectLabImage image, int index)
    {
        for (var g = 0; g < image.Given.Count; g++)
            if (Fault(image.Given[g]) is { } fault) throw new ArgumentException($"Image {index}, labelled box {g}: {fault}.", nameof(image));
        for (var p = 0; p < image.Predicted.Count; p++)
        {
            var box = image.Predicted[p];
            var fault = Fault(new LabelledBox(box.X, box.Y, box.Width, box.Height, box.Label))
                ?? (box.Probability is >= 0 and <= 1 ? null : $"its probability {box.Probability:R} does not lie between 0 and 1");
            if (fault is not null) throw new ArgumentException($"Image {index}, predicted box {p}: {fault}.", nameof(image));
        }
    }

    private static string? Fault(LabelledBox box)
    {
        if (!(double.IsFinite(box.X) && double.IsFinite(box.Y) && double.IsFinite(box.Width) && double.IsFinite(box.Height))) return "an edge is infinite or not a number";
        if (box.Width < 0 || box.Height < 0) return "its width or height is negative";
        return box.Label < 0 ? $"its class {box.Label} is negative" : null;
    }
}
