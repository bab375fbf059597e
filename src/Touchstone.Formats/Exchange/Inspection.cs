using Touchstone.Annotations.Geometry;

namespace Touchstone.Formats.Exchange;

/// <summary>Something about an object that somebody should look at.</summary>
/// <param name="Kind">A stable word: <c>outside_image</c>, <c>no_area</c>, <c>duplicate</c>, <c>unknown_class</c>, <c>tiny</c>, <c>size_differs</c> or <c>size_unknown</c>.</param>
/// <param name="Sample">The sample.</param>
/// <param name="Class">The object's class.</param>
/// <param name="Message">What was found.</param>
public sealed record Suspicion(string Kind, string Sample, string Class, string Message);

/// <summary>Looks at every object of a data set for what is probably wrong with it.</summary>
public sealed class Inspection
{
    /// <summary>How many suspicions of a kind are kept with their words.</summary>
    public const int KeptMax = 100;

    /// <summary>Two boxes of one class that overlap by more (intersection over union) are called duplicates.</summary>
    public const double DuplicateIou = 0.95;

    private const double EdgePx = 1;
    private const double TinyPx = 3;

    private readonly HashSet<string>? _classes;
    private readonly SortedDictionary<string, (long Count, List<Suspicion> Kept)> _byKind = new(StringComparer.Ordinal);

    /// <param name="stated">What the format states; classes that are not among its list, where it has one, are unknown.</param>
    public Inspection(DatasetFacts stated)
    {
        Survey = new DatasetSurvey(stated);
        if (stated.Classes.Count > 0) _classes = stated.Classes.Select(c => c.Name).ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>What is in the data set.</summary>
    public DatasetSurvey Survey { get; }

    /// <summary>Suspicions by kind: how many, and the first of them.</summary>
    public IEnumerable<(string Kind, long Count, IReadOnlyList<Suspicion> First)> Suspicions => _byKind.Select(k => (k.Key, k.Value.Count, (IReadOnlyList<Suspicion>)k.Value.Kept));

    /// <summary>Smallest and largest width and height of the inputs whose size is known; null where none is.</summary>
    public (int MinWidth, int MinHeight, int MaxWidth, int MaxHeight)? Sizes { get; private set; }

    /// <summary>Looks at a sample.</summary>
    public void Add(Sample sample)
    {
        Survey.Add(sample);
        if (sample is { WidthPx: > 0, HeightPx: > 0 })
            Sizes = Sizes is var (a, b, c, d) ? (Math.Min(a, sample.WidthPx), Math.Min(b, sample.HeightPx), Math.Max(c, sample.WidthPx), Math.Max(d, sample.HeightPx)) : (sample.WidthPx, sample.HeightPx, sample.WidthPx, sample.HeightPx);
        foreach (var opinion in sample.Opinions)
        {
            foreach (var each in opinion.Objects) Look(sample, each);
            LookForDuplicates(sample, opinion.Objects);
        }
    }

    /// <summary>Looks whether labels were made on a picture of the size that is there: where it was scaled since, they lie beside what they mark.</summary>
    /// <param name="sample">A sample whose stated size, where it has one, is that of the labels.</param>
    /// <param name="pictureSize">Width and height of its picture in pixels; null where it is not there.</param>
    public void LookAtSize(Sample sample, (int WidthPx, int HeightPx)? pictureSize)
    {
        if (pictureSize is not var (width, height) || sample.WidthPx <= 0 || sample.HeightPx <= 0 || (width, height) == (sample.WidthPx, sample.HeightPx)) return;
        Suspect("size_differs", sample.Name, "", $"the labels are for {sample.WidthPx} x {sample.HeightPx} px, and the picture has {width} x {height} px");
    }

    private void Look(Sample sample, LabelledObject each)
    {
        if (_classes is not null && !_classes.Contains(each.Class)) Suspect("unknown_class", sample, each, $"the class \"{each.Class}\" is not in the data set's list");
        if (each.Mark.Bounds is not { } bounds) return;
        if (each.Mark is Outline { Geometry: not (Polyline or Keypoints) } or Rings or Ellipse or PixelMask)
        {
            if (bounds.Width <= 0 || bounds.Height <= 0) Suspect("no_area", sample, each, FormattableString.Invariant($"it is {bounds.Width:0.##} x {bounds.Height:0.##} px"));
            else if (bounds.Width < TinyPx && bounds.Height < TinyPx) Suspect("tiny", sample, each, FormattableString.Invariant($"it is {bounds.Width:0.##} x {bounds.Height:0.##} px"));
        }

        if (sample.WidthPx <= 0 || sample.HeightPx <= 0) return;
        if (bounds.X < -EdgePx || bounds.Y < -EdgePx || bounds.Right > sample.WidthPx + EdgePx || bounds.Bottom > sample.HeightPx + EdgePx)
            Suspect("outside_image", sample, each, FormattableString.Invariant($"x {bounds.X:0.#} to {bounds.Right:0.#}, y {bounds.Y:0.#} to {bounds.Bottom:0.#} in a picture of {sample.WidthPx} x {sample.HeightPx} px"));
    }

    /// <summary>Objects sorted by their left edges: only those that reach the next one's are compared.</summary>
    private void LookForDuplicates(Sample sample, IReadOnlyList<LabelledObject> objects)
    {
        if (objects.Count < 2) return;
        var sorted = objects.Where(o => o.Mark is Outline { Geometry: Box } && o.Mark.Bounds is { Area: > 0 }).OrderBy(o => o.Frame).ThenBy(o => o.Class, StringComparer.Ordinal).ThenBy(o => o.Mark.Bounds!.X).ToArray();
        for (var i = 0; i < sorted.Length; i++)
        {
            var a = sorted[i].Mark.Bounds!;
            for (var j = i + 1; j < sorted.Length && sorted[j].Frame == sorted[i].Frame && sorted[j].Class == sorted[i].Class && sorted[j].Mark.Bounds!.X < a.X + a.Width * (1 - DuplicateIou) + 1e-9; j++)
                if (Iou(a, sorted[j].Mark.Bounds!) > DuplicateIou) Suspect("duplicate", sample, sorted[j], FormattableString.Invariant($"another {sorted[j].Class} lies at the same place (x {a.X:0.#}, y {a.Y:0.#})"));
        }
    }

    private static double Iou(Box a, Box b)
    {
        var width = Math.Min(a.Right, b.Right) - Math.Max(a.X, b.X);
        var height = Math.Min(a.Bottom, b.Bottom) - Math.Max(a.Y, b.Y);
        if (width <= 0 || height <= 0) return 0;
        return width * height / (a.Area + b.Area - width * height);
    }

    private void Suspect(string kind, Sample sample, LabelledObject each, string message) => Suspect(kind, each.Frame is { } frame ? $"{sample.Name}, frame {frame}" : sample.Name, each.Class, message);

    private void Suspect(string kind, string name, string className, string message)
    {
        var (count, kept) = _byKind.TryGetValue(kind, out var known) ? known : (0, []);
        if (kept.Count < KeptMax) kept.Add(new Suspicion(kind, name, className, message));
        _byKind[kind] = (count + 1, kept);
    }
}
