using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Touchstone.Quality.Tracking;
using Touchstone.Statistics;
using Touchstone.Testing;

namespace Touchstone.Quality.Tests;

public sealed class TrackingMetricsTests
{
    [Theory]
    [InlineData("TUD-Campus")]
    [InlineData("TUD-Stadtmitte")]
    public void Figures_equal_those_of_trackeval(string name)
    {
        var result = Evaluate(name);
        var expected = Golden.Read("tracking.json").GetProperty("sequences").GetProperty(name);
        void Same(string field, double? actual) => Assert.Equal(expected.GetProperty(field).GetDouble(), actual!.Value, 1e-12);
        Same("TP", result.Clear.TruePositives);
        Same("FN", result.Clear.FalseNegatives);
        Same("FP", result.Clear.FalsePositives);
        Same("IDSW", result.Clear.IdSwitches);
        Same("Frag", result.Clear.Fragmentations);
        Same("MT", result.Clear.MostlyTracked);
        Same("PT", result.Clear.PartlyTracked);
        Same("ML", result.Clear.MostlyLost);
        Same("MOTA", result.Clear.Mota);
        Same("MOTP", result.Clear.Motp);
        Same("IDTP", result.Identity.TruePositives);
        Same("IDF1", result.Identity.F1);
        Same("IDP", result.Identity.Precision);
        Same("IDR", result.Identity.Recall);
        Same("HOTA", result.Hota.Value);
        Same("DetA", result.Hota.DetA);
        Same("AssA", result.Hota.AssA);
        Same("LocA", result.Hota.LocA);
        Same("DetRe", result.Hota.DetRe);
        Same("DetPr", result.Hota.DetPr);
        Same("AssRe", result.Hota.AssRe);
        Same("AssPr", result.Hota.AssPr);
        foreach (var (value, at) in expected.GetProperty("HOTA_by_alpha").EnumerateArray().Select((v, a) => (v.GetDouble(), a)))
            Assert.Equal(value, result.Hota.ByThreshold[at], 1e-12);
    }

    [Fact]
    public void Figures_equal_the_published_ones_of_the_motchallenge_devkit()
    {
        // The table of the CEM tracker that py-motmetrics quotes from the Matlab devkit.
        var (campus, city) = (Evaluate("TUD-Campus"), Evaluate("TUD-Stadtmitte"));
        Assert.Equal([52.6, 72.3, 55.8, 73.0, 45.1, 58.2, 94.1], Percent(campus));
        Assert.Equal([56.4, 65.4, 64.5, 82.0, 53.1, 60.9, 94.0], Percent(city));
        Assert.Equal((13, 150, 7, 7), (campus.Clear.FalsePositives, campus.Clear.FalseNegatives, campus.Clear.IdSwitches, campus.Clear.Fragmentations));
        Assert.Equal((45, 452, 7, 6), (city.Clear.FalsePositives, city.Clear.FalseNegatives, city.Clear.IdSwitches, city.Clear.Fragmentations));
        var both = TrackingMetrics.Combine([campus, city]);
        Assert.Equal(913, both.Clear.TruePositives);
        Assert.Equal(18, both.TruthTracks);
        Assert.InRange(both.Hota.Value!.Value, campus.Hota.Value!.Value, 0.41);
    }

    [Fact]
    public void Switches_and_fragments_are_counted_as_in_a_case_worked_by_hand()
    {
        // One true track over five frames: found by 1, by 1, lost, by 2, by 2; and one box invented.
        MotRow[] truth = [.. Enumerable.Range(1, 5).Select(f => new MotRow(f, 9, 0, 0, 10, 10))];
        MotRow[] found = [new(1, 1, 0, 0, 10, 10), new(2, 1, 0, 0, 10, 10), new(3, 3, 500, 0, 10, 10), new(4, 2, 0, 0, 10, 10), new(5, 2, 0, 0, 10, 10)];
        var result = TrackingMetrics.Evaluate(truth, found);
        Assert.Equal((4, 1, 1, 1, 1), (result.Clear.TruePositives, result.Clear.FalseNegatives, result.Clear.FalsePositives, result.Clear.IdSwitches, result.Clear.Fragmentations));
        Assert.Equal(0.4, result.Clear.Mota!.Value, 1e-12);
        Assert.Equal((0, 1, 0), (result.Clear.MostlyTracked, result.Clear.PartlyTracked, result.Clear.MostlyLost));
        Assert.Equal(0.4, result.Identity.F1!.Value, 1e-12); // two of five boxes each way
        Assert.Equal(4 / 6.0, result.Hota.DetA!.Value, 1e-12);
        Assert.Equal(2 / 5.0, result.Hota.AssA!.Value, 1e-12); // each match: 2 common of 5 + 2 - 2 boxes
    }

    [Fact]
    public void Perfect_tracks_score_one_whatever_they_are_called() => Prop.ForAll(Gen.Choose(0, 100_000).ToArbitrary(), seed =>
    {
        var (truth, noisy) = Scene(seed);
        var perfect = TrackingMetrics.Evaluate(truth, [.. truth.Select(r => r with { Track = 100 - r.Track }).Reverse()]);
        foreach (var value in new[] { perfect.Clear.Mota, perfect.Clear.Motp, perfect.Identity.F1, perfect.Hota.Value, perfect.Hota.LocA }) Assert.Equal(1, value!.Value, 1e-12);
        var (one, renamed) = (TrackingMetrics.Evaluate(truth, noisy), TrackingMetrics.Evaluate([.. truth.Reverse()], [.. noisy.Select(r => r with { Track = 1000 - r.Track })]));
        Assert.Equal(one.Clear.Mota!.Value, renamed.Clear.Mota!.Value, 1e-12);
        Assert.Equal(one.Identity, renamed.Identity);
        Assert.Equal(one.Hota.Value!.Value, renamed.Hota.Value!.Value, 1e-12);
        Assert.InRange(one.Hota.Value!.Value, 0, 1);
        Assert.Equal(BestIdentity(truth, noisy), one.Identity.TruePositives);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Empty_sides_have_no_figures_that_are_not_numbers()
    {
        MotRow[] some = [new(1, 1, 0, 0, 10, 10)];
        var nothing = TrackingMetrics.Evaluate([], []);
        Assert.Null(nothing.Clear.Mota);
        Assert.Null(nothing.Identity.F1);
        Assert.Null(nothing.Hota.Value);
        var missed = TrackingMetrics.Evaluate(some, []);
        Assert.Equal(0, missed.Clear.Mota);
        Assert.Null(missed.Clear.Motp);
        Assert.Equal(0, missed.Hota.Value);
        Assert.Null(missed.Hota.LocA);
        Assert.Equal(1, missed.Clear.MostlyLost);
        var invented = TrackingMetrics.Evaluate([], some);
        Assert.Null(invented.Clear.Mota);
        Assert.Equal(0, invented.Identity.F1);
        Assert.Equal(1, TrackingMetrics.Evaluate([some[0] with { Confidence = 0 }], []).IgnoredTruthBoxes);
        Assert.Contains("track 1 twice in frame 1", Assert.Throws<ArgumentException>(() => TrackingMetrics.Evaluate([some[0], some[0]], [])).Message);
        Assert.Throws<ArgumentException>(() => TrackingMetrics.Combine([]));
    }

    [Theory]
    [InlineData("1,2,3.5,4,5,6,1,-1,-1,-1", null)]
    [InlineData("1 2 3.5 4 5 6", null)]
    [InlineData("1,2,3", "3 columns")]
    [InlineData("1,2,x,4,5,6", "column 3")]
    [InlineData("1.5,2,3,4,5,6", "column 1")]
    [InlineData("1,2,3,4,-5,6", "column 5")]
    [InlineData("1,2,3,4,5,NaN", "column 6")]
    public void Lines_are_read_or_their_fault_is_named(string line, string? fault)
    {
        Assert.Equal(fault is null, MotRow.TryParse(line, out var row, out var error));
        if (fault is null) Assert.Equal(new MotRow(1, 2, 3.5, 4, 5, 6), row);
        else Assert.Contains(fault, error);
    }

    /// <summary>Most frames in common over all assignments, by trying them all.</summary>
    private static int BestIdentity(MotRow[] truth, MotRow[] predictions)
    {
        static double Iou(MotRow a, MotRow b)
        {
            var both = Math.Max(0, Math.Min(a.X + a.Width, b.X + b.Width) - Math.Max(a.X, b.X)) * Math.Max(0, Math.Min(a.Y + a.Height, b.Y + b.Height) - Math.Max(a.Y, b.Y));
            return both / (a.Width * a.Height + b.Width * b.Height - both);
        }

        long[] tracks = [.. truth.Select(r => r.Track).Distinct()], found = [.. predictions.Select(r => r.Track).Distinct()];
        int Common(long g, long p) => truth.Where(r => r.Track == g).Sum(r => predictions.Count(x => x.Track == p && x.Frame == r.Frame && Iou(r, x) >= 0.5));
        int Best(int g, ulong used) => g == tracks.Length ? 0 : Math.Max(Best(g + 1, used), Enumerable.Range(0, found.Length).Where(p => (used >> p & 1) == 0)
            .Select(p => Common(tracks[g], found[p]) + Best(g + 1, used | 1UL << p)).DefaultIfEmpty(0).Max());
        return Best(0, 0);
    }

    private static (MotRow[] Truth, MotRow[] Noisy) Scene(int seed)
    {
        var random = new SeededRandom(seed);
        List<MotRow> truth = [], noisy = [];
        for (var track = 1; track <= 3; track++)
        {
            var id = track;
            for (var frame = 1; frame <= 6; frame++)
            {
                var row = new MotRow(frame, track, 40 * track + frame + random.NextDouble(), 10 * random.NextDouble(), 30 + random.NextDouble(), 30);
                truth.Add(row);
                if (random.NextBool(0.2)) id += 3;
                if (id < 13 && random.NextBool(0.85)) noisy.Add(row with { Track = id, X = row.X + 6 * random.NextNormal(), Y = row.Y + 3 * random.NextNormal() });
            }
        }

        return ([.. truth], [.. noisy.DistinctBy(r => (r.Frame, r.Track))]);
    }

    private static double[] Percent(TrackingResult r) =>
        [.. new[] { r.Clear.Mota, r.Clear.Motp, r.Identity.F1, r.Identity.Precision, r.Identity.Recall, r.Clear.Recall, r.Clear.Precision }.Select(v => Math.Round(100 * v!.Value, 1))];

    private static TrackingResult Evaluate(string name)
    {
        MotRow[] Read(params string[] path) => [.. File.ReadLines(Touchstone.Testing.TestData.Find(Assert.Skip, ["driving", "mot15_gt_only", .. path])).Where(l => l.Length > 0).Select(l =>
            MotRow.TryParse(l, out var row, out var error) ? row : throw new InvalidDataException(error))];
        return TrackingMetrics.Evaluate(Read(name, "gt", "gt.txt"), Read("tracker_results", $"{name}.txt"));
    }
}

/// <summary>Figures of other programs that are kept beside the tests; each file names its origin.</summary>
internal static class Golden
{
    public static JsonElement Read(string name)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Repository.Root, "tests", "Touchstone.Quality.Tests", "Golden", name)));
        return document.RootElement.Clone();
    }
}
