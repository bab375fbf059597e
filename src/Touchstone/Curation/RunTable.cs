using System.CommandLine;
using System.Globalization;
using Touchstone.Commands.Curate;
using Touchstone.Curation.Decontamination;
using Touchstone.Curation.Pipelines;
using Touchstone.Curation.Runs;
using Touchstone.Terminal;

namespace Touchstone.Curation;

/// <summary>What a run did, for people.</summary>
internal static class RunTable
{
    public static void Tell(ParseResult parsed, RunManifest manifest, string folder)
    {
        foreach (var line in TextTable.Lines(["step", "reason", ">documents", ">of all", ">words", ">of all"], Rows(manifest))) parsed.Print(line);
        parsed.Print("");
        foreach (var step in manifest.Steps.Where(s => s.Tally.Edited > 0))
            parsed.Print($"{step.Id} changed {Figures.Count(step.Tally.Edited, "document")}: {Figures.Count(step.Tally.WordsCut)} words fewer.");
        foreach (var step in manifest.Steps)
            if (step.Found is { } found) parsed.Print($"{step.Id} found {Figures.Count(found.Clusters, "cluster")} with {Figures.Count(found.Duplicates, "document")}.");
        foreach (var line in manifest.Steps.SelectMany(s => DecontaminateStep.Tell(s.Benchmarks))) parsed.Print(line);
        if (manifest.Counted.Count > 0) parsed.Print(string.Join(", ", manifest.Counted.Select(c => $"{c.Key} {Figures.Count(c.Value)}")) + ".");
        var (usage, read) = (manifest.Usage, manifest.ReadBytes);
        parsed.Print(string.Create(CultureInfo.InvariantCulture,
            $"{Sizes.Show(read)} in {usage.WallSeconds:N1} s, {usage.CoreSeconds:N1} core-seconds ({read / 1e6 / Math.Max(usage.WallSeconds, 1e-9):N1} MB/s){(usage.Joules is { } joules ? $", {joules:N0} J of the processor packages" : "")}."));
        parsed.Print($"{Figures.Count(manifest.Outputs.Count, "file")}, {Sizes.Show(manifest.Outputs.Sum(o => o.Bytes))}: {Path.Combine(folder, "manifest.json")}");
    }

    private static IEnumerable<string[]> Rows(RunManifest manifest)
    {
        var read = manifest.Read;
        yield return Row("read", "", read, read);
        foreach (var step in manifest.Steps)
        {
            if (step.Tally.Dropped.Count == 0) yield return Row(step.Id, "dropped none", new Amount(), read);
            foreach (var (reason, amount) in step.Tally.Dropped.OrderByDescending(d => d.Value.Documents)) yield return Row(step.Id, reason, amount, read);
        }

        yield return Row("kept", "", manifest.Kept, read);
    }

    private static string[] Row(string step, string reason, Amount amount, Amount all) =>
        [step, reason, Figures.Count(amount.Documents), CurateOptions.Share(amount.Documents, all.Documents), Figures.Count(amount.Words), CurateOptions.Share(amount.Words, all.Words)];
}
