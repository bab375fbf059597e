using System.Diagnostics;
using System.Globalization;
using Touchstone.Quality.Agreements;
using Touchstone.Quality.Categorical;

namespace Touchstone.Bench;

/// <summary>Time, memory and accuracy of truth inference on made votes, beside crowd-kit 1.4.1 on the same number of votes, one core (seconds, MB).</summary>
internal static class TruthInference
{
    private static readonly Dictionary<string, (double Seconds, double Megabytes)> CrowdKit = new(StringComparer.Ordinal)
    {
        ["majority"] = (1.3, 419),
        ["wawa"] = (3.4, 442),
        ["dawid-skene"] = (37.5, 631),
        ["dawid-skene-1e-9"] = (37.5, 631),
        ["one-coin"] = (13.8, 642),
        ["mace"] = (113, 2300), // one start; ours makes ten
        ["alpha"] = (3.0, 500),
    };

    public static void Run(string[] arguments)
    {
        var items = Arguments.Int(arguments, "--items", 100_000);
        var repeats = Arguments.Int(arguments, "--repeats", 5);
        var only = Arguments.Value(arguments, "--only")?.Split(',');
        var (votes, truth) = CrowdVotes.Make(items);
        Console.WriteLine(Line($"{votes.Count} votes, {votes.ItemCount} items, {votes.ContributorCount} contributors, {votes.LabelCount} labels; best of {repeats}, from votes in memory, {Environment.ProcessorCount} processors"));
        Console.WriteLine("method                  ms   cpu ms   peak MB  rounds  accuracy  crowd-kit   ratio");
        foreach (var method in TruthMethods.All.Where(m => !m.NeedsKnown && !m.NeedsWeights && !m.OfTwoLabels && only?.Contains(m.Name) != false))
            Report(method.Name, votes, truth, repeats, items, v => method.Fit(v, TruthInputs.None));
        if (only?.Contains("dawid-skene-1e-9") != false)
            Report("dawid-skene-1e-9", votes, truth, repeats, items, v => DawidSkene.Fit(v, DawidSkeneOptions.MaximumLikelihood with { Tolerance = 1e-9 }));
        if (only?.Contains("alpha") != false)
            Report("alpha", votes, truth, repeats, items, v =>
            {
                KrippendorffAlpha.Nominal(v);
                return null;
            });
    }

    private static void Report(string name, Votes votes, int[] truth, int repeats, int items, Func<Votes, TruthResult?> run)
    {
        var (best, cpu) = (double.PositiveInfinity, double.PositiveInfinity);
        TruthResult? result = null;
        GC.Collect();
        PeakMemory.Reset();
        for (var r = 0; r < repeats; r++)
        {
            // New votes each time, so that nothing that was kept from the last run is used again.
            var fresh = new Votes(votes.Items, votes.Contributors, votes.Labels, votes.ItemCount, votes.ContributorCount, votes.LabelCount);
            var before = Process.GetCurrentProcess().TotalProcessorTime;
            var clock = Stopwatch.StartNew();
            result = run(fresh);
            best = Math.Min(best, clock.Elapsed.TotalMilliseconds);
            cpu = Math.Min(cpu, (Process.GetCurrentProcess().TotalProcessorTime - before).TotalMilliseconds);
        }

        var accuracy = result is null ? "" : Line($"{Enumerable.Range(0, truth.Length).Count(i => result.LabelOf(i) == truth[i]) / (double)truth.Length:F4}");
        var peer = items == 100_000 && CrowdKit.TryGetValue(name, out var figures) ? Line($"{figures.Seconds,7:F1} s {figures.Seconds * 1000 / best,7:F0}x") : "";
        Console.WriteLine(Line($"{name,-20} {best,7:F1}  {cpu,7:F1}  {PeakMemory.Megabytes(),8:F0}  {result?.Rounds,6}  {accuracy,8}  {peer}"));
    }

    private static string Line(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
