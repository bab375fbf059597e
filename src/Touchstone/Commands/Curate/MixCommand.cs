using System.CommandLine;
using System.Globalization;
using System.Text;
using Touchstone.Curation;
using Touchstone.Curation.Composition;
using Touchstone.Curation.Pipelines;
using Touchstone.Curation.Runs;
using Touchstone.Terminal;

namespace Touchstone.Commands.Curate;

/// <summary><c>touchstone curate mix</c>: sources mixed by weight and shuffled.</summary>
internal static class MixCommand
{
    public static Command Make()
    {
        var recipe = new Argument<string>("RECIPE") { Description = "Recipe (YAML): sources with weights, amounts or repeats, a seed, and how files are written." };
        var folder = new Option<string?>("--out") { Description = "Folder of the mixture, which appears when it is whole. Without it the recipe's name with -mix behind it.", HelpName = "DIR" };
        var workers = new Option<int?>("--workers") { Description = "Files that are read at a time; without it one for each core. They change nothing of what comes out.", HelpName = "N" }.Within(1, 1024);
        var (memory, json) = (CurateOptions.Memory(), Options.Json());
        return new Command("mix", "Mix sources by weight and shuffle the whole, out of core. The same recipe, sources and seed give the same bytes, whatever the memory and the workers; the folder appears whole or not at all.")
            { recipe, folder, workers, memory, json }
            .Examples("touchstone curate mix mixture.yaml", "touchstone curate mix mixture.yaml --out mixture-2026 --workers 16 --memory 8G", "touchstone curate mix mixture.yaml --out mixture --json > mixture.json")
            .Runs(async (parsed, cancellationToken) =>
            {
                var path = parsed.GetValue(recipe)!;
                var mixture = Read(path);
                var place = CurateOptions.FolderOf(parsed.GetValue(folder), path, "-mix");
                var options = new RunOptions { Workers = parsed.GetValue(workers) ?? Environment.ProcessorCount, MemoryBytes = parsed.GetValue(memory) };
                MixManifest manifest;
                using (var progress = new RunProgressLine(parsed)) manifest = await CorpusMix.RunAsync(mixture, place, options with { Progress = progress.Report }, cancellationToken);
                if (parsed.GetValue(json)) parsed.Print(Encoding.UTF8.GetString(manifest.ToBytes()).TrimEnd());
                else Tell(parsed, manifest, mixture, place);
                WarnOfFaults(parsed, manifest, place);
                return ExitCode.Done;
            });
    }

    private static MixRecipe Read(string path) => MixRecipe.Parse(path, CurateOptions.ReadText(path, "a recipe"));

    private static void Tell(ParseResult parsed, MixManifest manifest, MixRecipe recipe, string place)
    {
        var hasTokens = recipe.Unit == MixUnit.Tokens;
        foreach (var line in TextTable.Lines(["source", ">documents", ">repeats", ">written", hasTokens ? ">tokens" : ">words", $">of all {recipe.Unit.ToString().ToLowerInvariant()}"], manifest.Sources.Select(s => new[]
        {
            s.Name, Figures.Count(s.Read.Documents), s.Repeats.ToString("0.####", CultureInfo.InvariantCulture), Figures.Count(s.Written.Documents),
            Figures.Count(hasTokens ? (long)s.WrittenTokens!.Value : s.Written.Words), (100 * s.Share).ToString("0.00", CultureInfo.InvariantCulture) + " %",
        }))) parsed.Print(line);
        parsed.Print("");
        parsed.Print($"{Figures.Count(manifest.Written.Documents, "document")} in {Figures.Count(manifest.Outputs.Count, "file")}, {Sizes.Show(manifest.Outputs.Sum(o => o.Bytes))}: {Path.Combine(place, MixManifest.FileName)}");
    }

    private static void WarnOfFaults(ParseResult parsed, MixManifest manifest, string place)
    {
        var faults = manifest.Sources.SelectMany(s => s.Faults).GroupBy(f => f.Key, StringComparer.Ordinal).Select(g => (Code: g.Key, Count: g.Sum(f => f.Value))).OrderBy(f => f.Code, StringComparer.Ordinal).ToList();
        if (faults.Count == 0) return;
        parsed.Warn($"{Figures.Count(faults.Sum(f => f.Count), "fault")} of the sources ({string.Join(", ", faults.Select(f => string.Create(CultureInfo.InvariantCulture, $"{f.Code} {f.Count:N0}")))}); {Path.Combine(place, CorpusMix.FaultsName)} lists each with its place.");
    }
}
