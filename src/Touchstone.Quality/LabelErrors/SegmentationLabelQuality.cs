namespace Touchstone.Quality.LabelErrors;

/// <summary>One image's labels and probabilities, pixel by pixel.</summary>
/// <param name="Labels">Class of each pixel, row by row; negative where a pixel is not labelled (it is left out).</param>
/// <param name="Planes">Probabilities plane by plane, as networks give them: class k of pixel i at k * pixels + i. Each pixel's sum to 1 within <see cref="ClassProbabilities.SumTolerance"/>.</param>
public sealed record SegmentedImage(int[] Labels, float[] Planes);

/// <summary>Scores of one image, in [0, 1]: the lower, the likelier its labels are wrong.</summary>
/// <param name="Quality">Smooth minimum of the probabilities of the given labels over its pixels; 1 without a labelled pixel.</param>
/// <param name="CleanShare">1 - the share of its labelled pixels that are called errors; 1 without a labelled pixel.</param>
/// <param name="ErrorPixels">The pixels called errors, ascending.</param>
public sealed record SegmentationScore(double Quality, double CleanShare, int[] ErrorPixels);

/// <summary>Label quality of masks: every pixel a labelled item.</summary>
/// <remarks>
/// V. Lad and J. Mueller, Estimating label quality and errors in semantic segmentation data via any model, 2023 (arXiv 2307.05080), as in cleanlab 2.9 without downsampling. Errors: as many pixels as the confident
/// joint of all pixels has off its diagonal, those of lowest probability of their label, less those whose label is the most probable one.
/// </remarks>
public static class SegmentationLabelQuality
{
    /// <summary>Temperature of the smooth minimum.</summary>
    public const double DefaultTemperature = 0.1;

    /// <summary>Scores images; thresholds are taken over all of them.</summary>
    /// <param name="images">Images, each of its own size.</param>
    /// <param name="labelCount">Number of classes K.</param>
    /// <param name="temperature">Temperature of the smooth minimum, greater than 0.</param>
    /// <exception cref="ArgumentException">A value is no probability, or a label no class; the message names image, pixel and class, all from 0.</exception>
    /// <remarks>O(pixels * K) time, two passes; O(pixels) memory beside the input.</remarks>
    public static SegmentationScore[] Score(IReadOnlyList<SegmentedImage> images, int labelCount, double temperature = DefaultTemperature)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(labelCount);
        var thresholds = Thresholds(images, labelCount);
        var scores = new double[images.Count][];
        List<(float Score, int Image, int Pixel)> low = [];
        var estimated = 0;
        var row = new double[labelCount];
        for (var n = 0; n < images.Count; n++)
        {
            var (labels, planes) = images[n];
            scores[n] = new double[labels.Length];
            for (var i = 0; i < labels.Length; i++)
            {
                scores[n][i] = double.NaN;
                if (labels[i] < 0) continue;
                for (var k = 0; k < labelCount; k++) row[k] = planes[k * labels.Length + i];
                scores[n][i] = row[labels[i]];
                low.Add((planes[labels[i] * labels.Length + i], n, i));
                var confident = ConfidentJoint.ConfidentLabel(row, thresholds);
                if (confident >= 0 && confident != labels[i] && !LabelErrorFinder.AgreesWithModel(row, labels[i])) estimated++;
            }
        }

        low.Sort();
        var errors = new List<int>[images.Count];
        for (var n = 0; n < errors.Length; n++) errors[n] = [];
        foreach (var (_, image, pixel) in low.Take(estimated))
            if (!IsMostProbable(images[image], pixel, labelCount)) errors[image].Add(pixel);
        return [.. images.Select((image, n) => Of(image, scores[n], errors[n], temperature))];
    }

    private static SegmentationScore Of(SegmentedImage image, double[] scores, List<int> errors, double temperature)
    {
        errors.Sort();
        var labelled = image.Labels.Count(l => l >= 0);
        return new SegmentationScore(SoftMinimum.Of(scores, temperature), labelled == 0 ? 1 : 1 - errors.Count / (double)labelled, [.. errors]);
    }

    private static double[] Thresholds(IReadOnlyList<SegmentedImage> images, int labelCount)
    {
        var sums = new double[labelCount];
        var given = new int[labelCount];
        for (var n = 0; n < images.Count; n++)
        {
            var (labels, planes) = images[n];
            if (planes.Length != labels.Length * labelCount)
                throw new ArgumentException($"Image {n} has {labels.Length} pixels and {planes.Length} probabilities, but {labelCount} classes need {labels.Length * labelCount}.", nameof(images));
            for (var i = 0; i < labels.Length; i++)
            {
                Check(labels[i], planes, i, labels.Length, labelCount, n);
                if (labels[i] < 0) continue;
                sums[labels[i]] += planes[labels[i] * labels.Length + i];
                given[labels[i]]++;
            }
        }

        for (var k = 0; k < labelCount; k++) sums[k] = given[k] == 0 ? ConfidentJoint.Unreachable : Math.Max(sums[k] / given[k], 2e-6);
        return sums;
    }

    private static void Check(int label, float[] planes, int pixel, int pixels, int labelCount, int image)
    {
        if (label >= labelCount) throw new ArgumentException($"Image {image}, pixel {pixel}: the label {label} must be below {labelCount}.", nameof(label));
        double sum = 0;
        for (var k = 0; k < labelCount; k++)
        {
            var p = planes[k * pixels + pixel];
            if (!(p >= 0 && p <= 1 + ClassProbabilities.SumTolerance))
                throw new ArgumentException($"Image {image}, pixel {pixel}, class {k}: {p:R} is no probability; it must lie between 0 and 1.", nameof(planes));
            sum += p;
        }

        if (Math.Abs(sum - 1) > ClassProbabilities.SumTolerance)
            throw new ArgumentException($"Image {image}, pixel {pixel}: the {labelCount} probabilities sum to {sum:R}, but must sum to 1.", nameof(planes));
    }

    private static bool IsMostProbable(SegmentedImage image, int pixel, int labelCount)
    {
        var best = 0;
        for (var k = 1; k < labelCount; k++)
            if (image.Planes[k * image.Labels.Length + pixel] > image.Planes[best * image.Labels.Length + pixel]) best = k;
        return best == image.Labels[pixel];
    }
}
