using System.Text.Json;
using Touchstone.Curation.Decontamination;
using Touchstone.Curation.Runs;

namespace Touchstone.Curation.Reports;

/// <summary>Makes the report of a finished run from what it left in its folder.</summary>
public static class ReportBuilder
{
    /// <summary>Makes the report. Reads every file of the run once for its digest, and outputs again until it has seen half a gibibyte of kept and as much of dropped documents. What is not as the
    /// run wrote it is named and not looked into.</summary>
    /// <param name="folder">The run's folder.</param>
    /// <param name="name">What the report calls the run; the folder's name where null.</param>
    /// <param name="cancellationToken">Stops between two files.</param>
    /// <exception cref="FileNotFoundException">The run is not finished, or the folder is no run's.</exception>
    /// <exception cref="InvalidDataException">A file is not as a run writes it.</exception>
    public static CurationReport Of(string folder, string? name = null, CancellationToken cancellationToken = default)
    {
        var manifest = RunManifest.Load(folder);
        var missing = RunCheck.Of(folder, manifest, cancellationToken);
        var damaged = missing.Select(m => m.Name).ToHashSet(StringComparer.Ordinal);
        var clusters = ClusterSamples.Of(folder, manifest, damaged);
        var samples = RunSamples.Of(folder, manifest, damaged, clusters);
        var rules = new StepRules(manifest);
        IReadOnlyList<ReportExample> examples = [.. samples.Examples.Take(ReportLimits.ExamplesMax).Select(rules.Explain)];
        return new(
            CurrentVersionOf(manifest), ReportLimits.Clip(name ?? Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)))), manifest.Program, manifest.FinishedAt, manifest.Pipeline,
            new(manifest.ReadBytes, manifest.Inputs.Count, [.. manifest.Inputs.Take(ReportLimits.FilesMax).Select(i => new ReportInput(ReportLimits.Clip(i.File), i.Bytes, i.Sample ?? i.ETag ?? ""))]),
            AmountOf(manifest.Read), AmountOf(manifest.Kept), Dropped(manifest),
            [.. manifest.Steps.Take(ReportLimits.StepsMax).Select(s => StepOf(s, rules))],
            manifest.ReadWords, manifest.KeptWords,
            [.. manifest.Counted.Take(ReportLimits.PerStepMax).Select(c => new ReportCount(ReportLimits.Clip(c.Key), c.Value))],
            Faults(folder, manifest, damaged),
            new(manifest.Usage.CoreSeconds, manifest.Usage.WallSeconds, manifest.Usage.Joules, manifest.Sessions, manifest.Workers),
            [.. RunCheck.FilesOf(manifest).Take(ReportLimits.FilesMax).Select(f => new ReportOutput(f.Kind, ReportLimits.Clip(f.File.Name), f.File.Bytes, f.File.Documents, f.File.Sha256))],
            [.. missing.Take(ReportLimits.FilesMax).Select(m => m with { Name = ReportLimits.Clip(m.Name) })],
            examples,
            clusters.Finish(),
            new(ReportLimits.TextMax, ReportLimits.ExamplesPerReason, samples.IsPart, manifest.DroppedOutputs.Count > 0, [.. Notes(manifest, missing, samples)]));
    }

    internal static ReportAmount AmountOf(Amount amount) => new(amount.Documents, amount.Words, amount.Characters, amount.Bytes == 0 && amount.Characters > 0 ? null : amount.Bytes);

    private static int CurrentVersionOf(RunManifest manifest) => manifest.Version == RunPlan.CurrentVersion
        ? CurationReport.CurrentVersion
        : throw new InvalidDataException($"The run was made by another version of the program (layout {manifest.Version}, this one reads {RunPlan.CurrentVersion}).");

    private static ReportAmount Dropped(RunManifest manifest)
    {
        var sum = new Amount();
        foreach (var amount in manifest.Steps.SelectMany(s => s.Tally.Dropped.Values)) sum.Add(amount);
        return AmountOf(sum);
    }

    private static ReportStep StepOf(ManifestStep step, StepRules rules) => new(
        step.Step, step.Id,
        [.. step.Parameters.Where(p => p.Value is not null).Take(ReportLimits.PerStepMax).Select(p => new ReportParameter(p.Key, ReportLimits.Clip(p.Value!.ToJsonString(RunPlan.OneLine))))],
        AmountOf(step.Tally.Entered),
        [.. step.Tally.Dropped.OrderByDescending(d => d.Value.Documents).ThenBy(d => d.Key, StringComparer.Ordinal).Take(ReportLimits.PerStepMax).Select(d => new ReportReason(ReportLimits.Clip(d.Key), AmountOf(d.Value)))],
        step.Tally.Edited, step.Tally.WordsCut, step.Tally.CharactersCut, NoteOf(step, rules));

    private static string? NoteOf(ManifestStep step, StepRules rules)
    {
        string[] notes = [.. DecontaminateStep.Tell(step.Benchmarks), .. rules.NoteOf(step.Id) is { } note ? [note] : Array.Empty<string>()];
        return notes.Length == 0 ? null : ReportLimits.Clip(string.Join(' ', notes));
    }

    private static ReportFaults Faults(string folder, RunManifest manifest, HashSet<string> damaged)
    {
        var shown = new List<ReportFault>();
        var file = Path.Combine(folder, RunFolder.FaultsName);
        if (manifest.Faults.Count > 0 && !damaged.Contains(RunFolder.FaultsName))
        {
            var number = 0;
            foreach (var line in File.ReadLines(file).Take(ReportLimits.FaultsMax)) shown.Add(FaultOf(file, ++number, line));
        }

        return new(manifest.Faults.Values.Sum(), [.. manifest.Faults.Take(ReportLimits.PerStepMax).Select(f => new ReportCount(f.Key, f.Value))], shown);
    }

    private static ReportFault FaultOf(string file, int number, string line)
    {
        try
        {
            var fault = JsonElement.Parse(line);
            return new(ReportLimits.Clip(fault.GetProperty("file").GetString()!), fault.TryGetProperty("line", out var at) ? at.GetInt64() : null, fault.GetProperty("offset").GetInt64(),
                ReportLimits.Clip(fault.GetProperty("code").GetString()!), ReportLimits.Clip(fault.GetProperty("message").GetString()!));
        }
        catch (Exception broken) when (broken is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new InvalidDataException($"{file}, line {number} is not as a run writes it: {broken.Message}", broken);
        }
    }

    private static IEnumerable<string> Notes(RunManifest manifest, IReadOnlyList<MissingFile> missing, RunSamples samples)
    {
        if (manifest.Inputs.Count > ReportLimits.FilesMax) yield return $"{manifest.Inputs.Count - ReportLimits.FilesMax} more files of the source are in the run's plan.json.";
        var files = RunCheck.FilesOf(manifest).Count();
        if (files > ReportLimits.FilesMax) yield return $"{files - ReportLimits.FilesMax} more files that the run wrote are in its manifest.json.";
        if (missing.Count > ReportLimits.FilesMax) yield return $"{missing.Count - ReportLimits.FilesMax} more files are gone or changed.";
        var faults = manifest.Faults.Values.Sum();
        if (faults > ReportLimits.FaultsMax) yield return $"{faults - ReportLimits.FaultsMax} more faults are in the run's {RunFolder.FaultsName}.";
        if (samples.IsPart) yield return "The run is large: examples are from the first part of its outputs.";
        if (manifest.DroppedOutputs.Count == 0 && manifest.Steps.Any(s => s.Tally.Dropped.Count > 0))
            yield return "Dropped documents were not written aside, so none can be shown. A line such as dropped: { jsonl: dropped/ } in the pipeline does that.";
        if (samples.ExampleCount > ReportLimits.ExamplesMax) yield return $"{samples.ExampleCount - ReportLimits.ExamplesMax} more examples are left out.";
    }
}
