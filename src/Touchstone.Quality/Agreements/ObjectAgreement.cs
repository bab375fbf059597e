using Touchstone.Annotations.Geometry;
using Touchstone.Annotations.Masks;

namespace Touchstone.Quality.Agreements;

/// <summary>One object that a contributor marked on an item.</summary>
/// <param name="Item">The item, such as an image or a text.</param>
/// <param name="Contributor">Who marked it.</param>
/// <param name="Label">Its class; objects of different classes are never taken for the same.</param>
/// <param name="Value">Where it is.</param>
public readonly record struct MarkedObject<T>(int Item, int Contributor, int Label, T Value);

/// <summary>Agreement on where things are: boxes, spans of text, masks.</summary>
/// <remarks>
/// Objects of one class on one item are gathered greedily, the most similar pair first, at most one object of each contributor in a group. Krippendorff's alpha then takes
/// the groups for units and 1 - similarity for the distance, so that agreement is measured against what unrelated objects of these data would give
/// (A. Braylan, O. Alonso, M. Lease, Measuring annotator agreement generally across complex structured, multi-object, and free-text annotation tasks, WWW 2022). An object that nobody else marked is missing data to alpha; the mean F1
/// over pairs of contributors counts it.
/// </remarks>
public static class ObjectAgreement
{
    private const int MaxExactObjects = 3_000;
    private const int SampledPairs = 4_000_000;

    /// <summary>Agreement on boxes; similarity is intersection over union.</summary>
    /// <param name="objects">What was marked; contributors that looked at an item and marked nothing belong into <paramref name="seen"/>.</param>
    /// <param name="threshold">Least similarity of two marks of one object, in (0, 1].</param>
    /// <param name="seen">Who looked at which item; null takes each contributor to have seen the items on which they marked something.</param>
    /// <param name="options">Bootstrap, seed, confidence.</param>
    public static ObjectAgreementResult Boxes(
        IReadOnlyList<MarkedObject<Box>> objects, double threshold = 0.5, IReadOnlyList<(int Item, int Contributor)>? seen = null, AgreementOptions? options = null) =>
        Of(objects, Similarity.Iou, threshold, seen, options);

    /// <summary>Agreement on spans of text; similarity is the share of characters in both of those in either. Spans may overlap and come in any order.</summary>
    /// <param name="objects">Spans from the first character to the one after the last.</param>
    /// <param name="threshold">Least similarity of two marks of one span, in (0, 1].</param>
    /// <param name="seen">Who looked at which item; null takes each contributor to have seen the items on which they marked something.</param>
    /// <param name="options">Bootstrap, seed, confidence.</param>
    public static ObjectAgreementResult Spans(
        IReadOnlyList<MarkedObject<(int Start, int End)>> objects, double threshold = 0.5, IReadOnlyList<(int Item, int Contributor)>? seen = null, AgreementOptions? options = null) =>
        Of(objects, SpanSimilarity, threshold, seen, options);

    /// <summary>Agreement on masks; similarity is intersection over union of pixels, 1 of two empty masks, 0 of masks of pictures that differ in size.</summary>
    /// <param name="objects">Masks.</param>
    /// <param name="threshold">Least similarity of two marks of one object, in (0, 1].</param>
    /// <param name="seen">Who looked at which item; null takes each contributor to have seen the items on which they marked something.</param>
    /// <param name="options">Bootstrap, seed, confidence.</param>
    public static ObjectAgreementResult Masks(
        IReadOnlyList<MarkedObject<RunLengthMask>> objects, double threshold = 0.5, IReadOnlyList<(int Item, int Contributor)>? seen = null, AgreementOptions? options = null) =>
        Of(objects, MaskSimilarity, threshold, seen, options);

    /// <summary>Agreement on anything with a similarity.</summary>
    /// <param name="objects">What was marked.</param>
    /// <param name="similarity">Symmetric, in [0, 1], 1 of a thing with itself.</param>
    /// <param name="threshold">Least similarity of two marks of one object, in (0, 1].</param>
    /// <param name="seen">Who looked at which item; null takes each contributor to have seen the items on which they marked something.</param>
    /// <param name="options">Bootstrap over items (the expected distance is held), seed, confidence.</param>
    /// <remarks>The expected distance is the mean over all pairs of matched objects up to 3,000 of them, beyond that over 4,000,000 pairs drawn with the seed.</remarks>
    public static ObjectAgreementResult Of<T>(
        IReadOnlyList<MarkedObject<T>> objects, Func<T, T, double> similarity, double threshold = 0.5, IReadOnlyList<(int Item, int Contributor)>? seen = null, AgreementOptions? options = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(threshold);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(threshold, 1);
        options ??= AgreementOptions.Default;
        var groups = objects.Select((o, i) => (Object: o, Index: i)).GroupBy(x => (x.Object.Item, x.Object.Label)).OrderBy(g => g.Key.Item).ThenBy(g => g.Key.Label)
            .SelectMany(g => ObjectGroups.Gather([.. g.Select(x => x.Index)], i => objects[i].Contributor, (i, j) => similarity(objects[i].Value, objects[j].Value), threshold))
            .ToArray();
        var matched = groups.Where(g => g.Length >= 2).ToArray();
        var looked = (seen ?? []).Concat(objects.Select(o => (o.Item, o.Contributor))).Distinct().ToArray();
        var frame = new Agreement
        {
            Coefficient = "krippendorff-objects",
            Value = null,
            ObservedAgreement = null,
            ExpectedAgreement = null,
            Confidence = options.Confidence,
            Items = looked.Select(l => l.Item).Distinct().Count(),
            PairedItems = matched.Select(g => objects[g[0]].Item).Distinct().Count(),
            Raters = looked.Select(l => l.Contributor).Distinct().Count(),
            Votes = objects.Count,
        };
        var (f1, overlap) = OverPairs(objects, groups, looked, similarity);
        var model = new ObjectAlphaModel<T>(objects, matched, similarity, options.Seed, MaxExactObjects, SampledPairs);
        return new ObjectAgreementResult(AgreementCoefficients.Measure(frame, model, options), f1, overlap, matched.Length, groups.Length - matched.Length);
    }

    /// <summary>Mean F1 over items and pairs of contributors that both looked, and mean similarity of the pairs of marks of one object.</summary>
    private static (double? F1, double? Overlap) OverPairs<T>(
        IReadOnlyList<MarkedObject<T>> objects, int[][] groups, (int Item, int Contributor)[] looked, Func<T, T, double> similarity)
    {
        var marks = objects.GroupBy(o => (o.Item, o.Contributor)).ToDictionary(g => g.Key, g => g.Count());
        var shared = new Dictionary<(int Item, int First, int Second), int>();
        double overlap = 0;
        long pairs = 0;
        foreach (var group in groups)
        {
            for (var i = 0; i < group.Length; i++)
            {
                for (var j = 0; j < i; j++)
                {
                    var (a, b) = (objects[group[i]], objects[group[j]]);
                    var key = (a.Item, Math.Min(a.Contributor, b.Contributor), Math.Max(a.Contributor, b.Contributor));
                    shared[key] = shared.GetValueOrDefault(key) + 1;
                    overlap += similarity(a.Value, b.Value);
                    pairs++;
                }
            }
        }

        double f1 = 0;
        long compared = 0;
        foreach (var item in looked.GroupBy(l => l.Item))
        {
            var who = item.Select(l => l.Contributor).Order().ToArray();
            for (var i = 0; i < who.Length; i++)
            {
                for (var j = 0; j < i; j++)
                {
                    var count = marks.GetValueOrDefault((item.Key, who[i])) + marks.GetValueOrDefault((item.Key, who[j]));
                    f1 += count == 0 ? 1 : 2.0 * shared.GetValueOrDefault((item.Key, who[j], who[i])) / count;
                    compared++;
                }
            }
        }

        return (compared == 0 ? null : f1 / compared, pairs == 0 ? null : overlap / pairs);
    }

    private static double SpanSimilarity((int Start, int End) first, (int Start, int End) second)
    {
        if (first == second) return 1;
        var both = Math.Min(first.End, second.End) - Math.Max(first.Start, second.Start);
        return both <= 0 ? 0 : both / (double)(first.End - first.Start + second.End - second.Start - both);
    }

    private static double MaskSimilarity(RunLengthMask first, RunLengthMask second)
    {
        if (first.Height != second.Height || first.Width != second.Width) return 0;
        return first.Area == 0 && second.Area == 0 ? 1 : RunLengthMask.Iou(first, second);
    }
}

/// <summary>Agreement on objects.</summary>
/// <param name="Alpha">Alpha of the places of matched objects, at distance 1 - similarity.</param>
/// <param name="MeanF1">Mean over items and pairs of contributors of F1 of the one's objects against the other's, two empty answers agreeing wholly; null without a pair.</param>
/// <param name="MeanSimilarity">Mean similarity of two marks of one object; null where nothing was matched.</param>
/// <param name="MatchedObjects">Objects that at least two contributors marked.</param>
/// <param name="LoneObjects">Objects that one contributor alone marked.</param>
public sealed record ObjectAgreementResult(Agreement Alpha, double? MeanF1, double? MeanSimilarity, int MatchedObjects, int LoneObjects);
