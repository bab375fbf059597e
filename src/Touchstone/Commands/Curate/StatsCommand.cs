using System.CommandLine;
using System.Globalization;
using Touchstone.Curation;
using Touchstone.Curation.Runs;
using Touchstone.Terminal;

namespace Touchstone.Commands.Curate;

/// <summary><c>touchstone curate stats</c>: what a finished run did, or how far one is.</summary>
internal static class StatsCommand
{
    public static Command Make()
    {
        var json = Options.Json();
        var run = new Argument<string>("RUN") { Description = "Folder of a run." };
        return new Command("stats", "Tell what a finished run did: documents and words by step and reason, and how long documents are, before and after. Of a run that is not finished, tell which steps are done and how far the one at hand is, whichever machines work on it.")
            { run, json }
            .Examples("touchstone curate stats fineweb-run", "touchstone curate stats fineweb-run --json")
            .Runs((parsed, _) =>
            {
                var folder = parsed.GetValue(run)!;
                if (!File.Exists(Path.Combine(folder, "manifest.json")) && File.Exists(Path.Combine(folder, "plan.json")))
                {
                    RunStatusTable.Tell(parsed, new RunObserver(folder).Look(), parsed.GetValue(json));
                    return Task.FromResult(ExitCode.Done);
                }

                var manifest = RunManifest.Load(folder);
                if (parsed.GetValue(json))
                {
                    parsed.Print(File.ReadAllText(Path.Combine(folder, "manifest.json")).TrimEnd());
                    return Task.FromResult(ExitCode.Done);
                }

                RunTable.Tell(parsed, manifest, folder);
                parsed.Print("");
                foreach (var line in TextTable.Lines([">words", ">documents read", ">kept", ">of those"], Lengths(manifest))) parsed.Print(line);
                return Task.FromResult(ExitCode.Done);
            });
    }

    private static IEnumerable<string[]> Lengths(RunManifest manifest)
    {
        for (var bin = 0; bin < Tally.WordBins; bin++)
            if (manifest.ReadWords[bin] > 0 || manifest.KeptWords[bin] > 0)
                yield return [Name(bin), Figures.Count(manifest.ReadWords[bin]), Figures.Count(manifest.KeptWords[bin]), CurateOptions.Share(manifest.KeptWords[bin], manifest.ReadWords[bin])];
    }

    private static string Name(int bin) => bin switch
    {
        0 => "0",
        1 => "1",
        _ => string.Create(CultureInfo.InvariantCulture, $"{1L << (bin - 1):N0} - {(1L << bin) - 1:N0}"),
    };
}
