using System.Globalization;
using System.Text.Json;
using Touchstone.Annotations.Geometry;
using Touchstone.Formats.Exchange;
using Touchstone.Testing;

namespace Touchstone.Formats.Tests.Exchange;

/// <summary>Reads, writes and compares data sets for the tests of all formats.</summary>
internal static class Exchanges
{
    /// <summary>Samples of a file or folder; with <paramref name="faults"/> null there must be no fault.</summary>
    public static async Task<List<Sample>> ReadAsync(DatasetFormat format, string path, FormatOptions? options = null, FaultLog? faults = null)
    {
        var log = faults ?? new FaultLog();
        List<Sample> samples = [];
        await foreach (var sample in format.ReadAsync(DatasetSource.Open(path), options ?? FormatOptions.Default, log, TestContext.Current.CancellationToken)) samples.Add(sample);
        if (faults is null) Assert.True(log.Count == 0, string.Join('\n', log.Kept));
        return samples;
    }

    /// <summary>Narrows and writes samples, then reads them again.</summary>
    public static async Task<(List<Sample> Samples, LossReport Losses)> ThroughAsync(
        DatasetFormat format, IReadOnlyList<Sample> samples, TemporaryFolder folder, DatasetFacts? facts = null, FormatOptions? options = null, FormatOptions? readOptions = null)
    {
        var found = new DatasetSurvey(facts ?? new DatasetFacts());
        foreach (var sample in samples) found.Add(sample);
        var narrowing = new Narrowing(format.TraitsFor(options ?? FormatOptions.Default, found.Facts));
        List<Sample> narrowed = [.. samples.Select(narrowing.Narrow).OfType<Sample>()];
        var survey = new DatasetSurvey(facts ?? new DatasetFacts());
        foreach (var sample in narrowed) survey.Add(sample);
        var path = folder[Guid.NewGuid().ToString("N")];
        await format.WriteAsync(survey.Facts, narrowed.ToAsyncEnumerable(), DatasetTarget.Folder(path), options ?? FormatOptions.Default, TestContext.Current.CancellationToken);
        return (await ReadAsync(format, path, readOptions ?? options), narrowing.Report);
    }

    /// <summary>Writes samples as they are.</summary>
    public static async Task WriteAsync(DatasetFormat format, IReadOnlyList<Sample> samples, string path)
    {
        var survey = new DatasetSurvey(new DatasetFacts());
        foreach (var sample in samples) survey.Add(sample);
        await format.WriteAsync(survey.Facts, samples.ToAsyncEnumerable(), DatasetTarget.Folder(path), FormatOptions.Default, TestContext.Current.CancellationToken);
    }

    /// <summary>What is read of a fixture is the same after it was written and read again.</summary>
    public static async Task AssertRoundTripAsync(DatasetFormat format, string path, FormatOptions? options = null)
    {
        using var folder = new TemporaryFolder();
        var before = await ReadAsync(format, path, options);
        Assert.NotEmpty(before);
        var facts = await format.FactsAsync(DatasetSource.Open(path), options ?? FormatOptions.Default, TestContext.Current.CancellationToken);
        var (after, losses) = await ThroughAsync(format, before, folder, facts, options);
        Assert.True(losses.IsEmpty, string.Join('\n', losses.Losses));
        AssertSame(before, after, format.Traits.RoundingPx);
    }

    /// <summary>Samples say the same, in whatever order: names, splits, sizes, objects with classes, marks within a tolerance, attributes, scores, tracks.</summary>
    public static void AssertSame(IReadOnlyList<Sample> expected, IReadOnlyList<Sample> actual, double tolerancePx)
    {
        Assert.Equal(expected.Select(Key).Order(StringComparer.Ordinal), actual.Select(Key).Order(StringComparer.Ordinal));
        var byKey = actual.ToDictionary(Key);
        foreach (var sample in expected)
        {
            var other = byKey[Key(sample)];
            Assert.Equal((sample.WidthPx, sample.HeightPx, sample.Kind), (other.WidthPx, other.HeightPx, other.Kind));
            Assert.Equal(sample.Opinions.Count, other.Opinions.Count);
            foreach (var (first, second) in sample.Opinions.Zip(other.Opinions)) AssertSame(first, second, tolerancePx, Key(sample));
        }
    }

    private static void AssertSame(Opinion expected, Opinion actual, double tolerancePx, string sample)
    {
        Assert.Equal((expected.Kind, expected.Contributor, expected.Review), (actual.Kind, actual.Contributor, actual.Review));
        Assert.Equal(Text(expected.Answers), Text(actual.Answers));
        Assert.True(expected.Objects.Count == actual.Objects.Count, $"{sample}: {expected.Objects.Count} objects became {actual.Objects.Count}");
        foreach (var (first, second) in expected.Objects.Zip(actual.Objects))
        {
            Assert.Equal((first.Class, first.Mark.Kind, first.Track, first.Frame, first.IsOutside), (second.Class, second.Mark.Kind, second.Track, second.Frame, second.IsOutside));
            Assert.Equal(Text(first.Attributes), Text(second.Attributes));
            Assert.Equal(first.Score.HasValue, second.Score.HasValue);
            if (first.Score is { } score) Assert.Equal(score, second.Score!.Value, 1e-4);
            Assert.Equal(first.OtherMarks.Select(m => m.Kind), second.OtherMarks.Select(m => m.Kind));
            foreach (var (a, b) in first.OtherMarks.Zip(second.OtherMarks)) Assert.True(Distance(a, b) <= tolerancePx + 1e-9, $"{sample}: {a} became {b}");
            Assert.True(Distance(first.Mark, second.Mark) <= tolerancePx + 1e-9, $"{sample}: {first.Mark} became {second.Mark}");
        }
    }

    /// <summary>The greatest distance of coordinates, pixels; of angles, pixels at the mark's edge.</summary>
    public static double Distance(Mark first, Mark second) => (first, second) switch
    {
        (Outline { Geometry: RotatedBox a }, Outline { Geometry: RotatedBox b }) => Greatest(a.Corners(), b.Corners()),
        (Outline { Geometry: Polygon a }, Outline { Geometry: Polygon b }) => Greatest(a.Points, b.Points),
        (Outline { Geometry: Polyline a }, Outline { Geometry: Polyline b }) => Greatest(a.Points, b.Points),
        (Outline { Geometry: Keypoints a }, Outline { Geometry: Keypoints b }) => a.Points.Select(p => p.Visibility).SequenceEqual(b.Points.Select(p => p.Visibility))
            ? Greatest([.. a.Points.Select(p => new Point(p.X, p.Y))], [.. b.Points.Select(p => new Point(p.X, p.Y))]) : double.PositiveInfinity,
        (Rings a, Rings b) => a.Parts.Count == b.Parts.Count ? a.Parts.Zip(b.Parts).Max(p => Greatest(p.First, p.Second)) : double.PositiveInfinity,
        (Ellipse a, Ellipse b) => Greatest(a.ToPolygon().Points, b.ToPolygon().Points),
        (PixelMask a, PixelMask b) => a.Equals(b) ? 0 : double.PositiveInfinity,
        (Cuboid a, Cuboid b) => a.Frame != b.Frame ? double.PositiveInfinity : ((double[])[a.X - b.X, a.Y - b.Y, a.Z - b.Z, a.Length - b.Length, a.Width - b.Width, a.Height - b.Height,
            1 - Math.Abs(a.Rotation.X * b.Rotation.X + a.Rotation.Y * b.Rotation.Y + a.Rotation.Z * b.Rotation.Z + a.Rotation.W * b.Rotation.W)]).Max(Math.Abs),
        (TextSpan a, TextSpan b) => a == b ? 0 : double.PositiveInfinity,
        _ when first.Bounds is { } a && second.Bounds is { } b => Greatest([new(a.X, a.Y), new(a.Right, a.Bottom)], [new(b.X, b.Y), new(b.Right, b.Bottom)]),
        _ => double.PositiveInfinity,
    };

    private static double Greatest(IReadOnlyList<Point> first, IReadOnlyList<Point> second) =>
        first.Count != second.Count ? double.PositiveInfinity : first.Zip(second).Max(p => Math.Max(Math.Abs(p.First.X - p.Second.X), Math.Abs(p.First.Y - p.Second.Y)));

    private static string Key(Sample sample) => $"{sample.Split}|{sample.Name}";

    private static string Text(IReadOnlyDictionary<string, JsonElement> values) =>
        string.Join(", ", values.OrderBy(v => v.Key, StringComparer.Ordinal).Select(v => string.Create(CultureInfo.InvariantCulture, $"{v.Key}={JsonSerializer.Serialize(v.Value)}")));
}
