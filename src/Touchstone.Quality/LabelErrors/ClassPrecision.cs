namespace Touchstone.Quality.LabelErrors;

/// <summary>How far a detector can be believed, class by class: average precision against the given boxes, the mean over IoU 0.50, 0.55, ... 0.95.</summary>
/// <remarks>
/// Area under the precision envelope over all points (PASCAL VOC 2010), each prediction matched to the given box of its class of largest IoU, whether taken or not, as ObjectLab's authors do; not COCO's figure.
/// A class without given boxes, or without predictions, has precision 0.
/// </remarks>
internal sealed class ClassPrecision
{
    private const int Thresholds = 10;
    private readonly double[] _precision;

    private ClassPrecision(double[] precision) => _precision = precision;

    public double this[int label] => _precision[label];

    public static ClassPrecision Of(IReadOnlyList<ObjectLabImage> images)
    {
        var labels = images.SelectMany(i => i.Given.Select(g => g.Label).Concat(i.Predicted.Select(p => p.Label))).DefaultIfEmpty(-1).Max() + 1;
        var precision = new double[labels];
        for (var label = 0; label < labels; label++)
            for (var t = 0; t < Thresholds; t++) precision[label] += Average(images, label, 0.5 + 0.05 * t) / Thresholds;
        return new ClassPrecision(precision);
    }

    private static double Average(IReadOnlyList<ObjectLabImage> images, int label, double threshold)
    {
        List<(double Probability, bool Hit)> detections = [];
        var given = 0;
        foreach (var image in images)
        {
            LabelledBox[] boxes = [.. image.Given.Where(g => g.Label == label)];
            given += boxes.Length;
            var taken = new bool[boxes.Length];
            foreach (var predicted in image.Predicted.Where(p => p.Label == label).OrderByDescending(p => p.Probability))
            {
                var best = Nearest(boxes, predicted, out var iou);
                var isHit = best >= 0 && iou >= threshold && !taken[best];
                if (isHit) taken[best] = true;
                detections.Add((predicted.Probability, isHit));
            }
        }

        return given == 0 ? 0 : Area([.. detections.OrderByDescending(d => d.Probability).Select(d => d.Hit)], given);
    }

    private static int Nearest(LabelledBox[] boxes, PredictedBox predicted, out double iou)
    {
        var best = -1;
        iou = -1;
        for (var b = 0; b < boxes.Length; b++)
        {
            var own = ObjectLab.Iou(boxes[b], new LabelledBox(predicted.X, predicted.Y, predicted.Width, predicted.Height, predicted.Label));
            if (own > iou) (best, iou) = (b, own);
        }

        return best;
    }

    /// <summary>Recall rises by 1 / given at each hit; the precision there is the best one from there on.</summary>
    private static double Area(bool[] hits, int given)
    {
        var total = hits.Count(h => h);
        double area = 0, envelope = 0;
        for (var n = hits.Length - 1; n >= 0; n--)
        {
            envelope = Math.Max(envelope, total / (n + 1.0));
            if (!hits[n]) continue;
            area += envelope / given;
            total--;
        }

        return area;
    }
}
