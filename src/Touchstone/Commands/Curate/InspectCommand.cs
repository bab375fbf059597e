using System.CommandLine;
using System.Text;
using System.Text.Json.Nodes;
using Touchstone.Curation.Report;
using Touchstone.Curation.Runs;
using Touchstone.Files.Storage;
using Touchstone.Terminal;

namespace Touchstone.Commands.Curate;

/// <summary><c>touchstone curate inspect</c>: a finished run on one page.</summary>
internal static class InspectCommand
{
    public static Command Make()
    {
        var (run, json) = (CurateOptions.Run(), Options.Json());
        var page = new Option<FileInfo?>("--page") { Description = "File to write; without it report.html in the run's folder.", HelpName = "FILE" };
        return new Command("inspect", "Write a finished run as one page of HTML: where documents and words went by step and reason, how long they are, clusters of near-duplicates side by side, and examples of what was kept and of what was dropped for each reason.")
            { run, page, json }
            .Examples("touchstone curate inspect fineweb-run", "touchstone curate inspect fineweb-run --page report.html --json")
            .Runs(async (parsed, cancellationToken) =>
            {
                var folder = parsed.GetValue(run)!;
                var manifest = RunManifest.Load(folder);
                var path = parsed.GetValue(page)?.FullName ?? Path.Combine(folder, "report.html");
                var html = RunReport.Html(folder, manifest, RunSamples.Of(folder, manifest));
                await DurableFile.WriteAsync(path, Encoding.UTF8.GetBytes(html), cancellationToken);
                if (parsed.GetValue(json)) parsed.Print(new JsonObject { ["page"] = path, ["bytes"] = new FileInfo(path).Length }.ToJsonString());
                else parsed.Print(path);
                return ExitCode.Done;
            });
    }
}
