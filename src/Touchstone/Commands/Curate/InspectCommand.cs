using System.CommandLine;
using System.Text;
using Touchstone.Curation.Report;
using Touchstone.Curation.Reports;
using Touchstone.Files.Storage;
using Touchstone.Terminal;

namespace Touchstone.Commands.Curate;

/// <summary><c>touchstone curate inspect</c>: a finished run on one page.</summary>
internal static class InspectCommand
{
    public static Command Make()
    {
        var run = CurateOptions.Run();
        var json = new Option<bool>("--json") { Description = "Print the report as JSON instead; a page is then written only where --page names one." };
        var page = new Option<FileInfo?>("--page") { Description = "File to write; without it report.html in the run's folder.", HelpName = "FILE" };
        return new Command("inspect", "Write a finished run as one page of HTML: where documents and words went by step and reason, how long they are, clusters of near-duplicates side by side, and examples of what was kept and of what was dropped with the values that decided.")
            { run, page, json }
            .Examples("touchstone curate inspect fineweb-run", "touchstone curate inspect fineweb-run --page report.html", "touchstone curate inspect fineweb-run --json > report.json")
            .Runs(async (parsed, cancellationToken) =>
            {
                var folder = parsed.GetValue(run)!;
                if (parsed.GetValue(page) is { } named) RunCheck.RefuseFileOfRun(folder, named.FullName);
                var report = ReportBuilder.Of(folder, cancellationToken: cancellationToken);
                foreach (var file in report.Missing) parsed.Warn($"{file.Name} {file.Problem}: the report lacks what it held.");
                if (parsed.GetValue(json)) parsed.Print(Encoding.UTF8.GetString(ReportJson.ToBytes(report)));
                if (parsed.GetValue(json) && parsed.GetValue(page) is null) return ExitCode.Done;
                var path = parsed.GetValue(page)?.FullName ?? Path.Combine(folder, "report.html");
                await DurableFile.WriteAsync(path, Encoding.UTF8.GetBytes(ReportPage.Html(report)), cancellationToken);
                if (!parsed.GetValue(json)) parsed.Print(path);
                return ExitCode.Done;
            });
    }
}
