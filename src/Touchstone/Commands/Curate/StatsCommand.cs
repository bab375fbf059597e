using System.CommandLine;
using System.Globalization;
using Touchstone.Curation;
using Touchstone.Curation.Reports;
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
        var verify = new Option<bool>("--verify") { Description = "Read every file that the finished run wrote and compare its SHA-256 digest with the manifest's. What is gone or changed is named, and the command fails." };
        return new Command("stats", "Tell what a finished run did: documents and words by step and reason, and how long documents are, before and after. Of a run that is not finished, tell which steps are done and how far the one at hand is, whichever machines work on it.")
            { run, verify, json }
            .Examples("touchstone curate stats fineweb-run", "touchstone curate stats fineweb-run --json", "touchstone curate stats fineweb-run --verify")
            .Runs((parsed, cancellationToken) =>
            {
                var folder = parsed.GetValue(run)!;
                if (!parsed.GetValue(verify) && !File.Exists(Path.Combine(folder, "manifest.json")) && File.Exists(Path.Combine(folder, "plan.json")))
                {
                    RunStatusTable.Tell(parsed, new RunObserver(folder).Look(), parsed.GetValue(json));
                    return Task.FromResult(ExitCode.Done);
                }

                var manifest = RunManifest.Load(folder);
                if (parsed.GetValue(json))
                {
                    parsed.Print(File.ReadAllText(Path.Combine(folder, "manifest.json")).TrimEnd());
                    return Task.FromResult(Verify(parsed, folder, manifest, parsed.GetValue(verify), cancellationToken));
                }

                RunTable.Tell(parsed, manifest, folder);
                parsed.Print("");
                foreach (var line in TextTable.Lines([">words", ">documents read", ">kept", ">of those"], Lengths(manifest))) parsed.Print(line);
                return Task.FromResult(Verify(parsed, folder, manifest, parsed.GetValue(verify), cancellationToken));
            });
    }

    private static int Verify(ParseResult parsed, string folder, RunManifest manifest, bool isWanted, CancellationToken cancellationToken)
    {
        if (!isWanted) return ExitCode.Done;
        var missing = RunCheck.Of(folder, manifest, cancellationToken);
        foreach (var file in missing) parsed.Warn($"{file.Name} {file.Problem}");
        if (missing.Count == 0) parsed.Tell("Every file that the manifest names is as the run wrote it.");
        return missing.Count == 0 ? ExitCode.Done : ExitCode.Failed;
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
