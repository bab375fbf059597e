using System.CommandLine;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Touchstone.Curation.Reports;
using Touchstone.Operation;
using Touchstone.Terminal;

namespace Touchstone.Commands.Curate;

/// <summary><c>touchstone curate share</c>: a finished run's report for the organization to look at in the browser.</summary>
internal static class ShareCommand
{
    public static Command Make()
    {
        var run = CurateOptions.Run();
        var name = new Option<string?>("--name") { Description = "What the corpus is called there; without it the name of the run's folder.", HelpName = "NAME" };
        var (server, key, data, database, json) = (Options.Server(), Options.Key(), Options.Data(), Options.Database(), Options.Json());
        return new Command("share", "Send the report of a finished run to a server, where owners and managers of the organization see it under Corpora. The corpus itself stays here; the report holds examples of its texts. The same report is kept once.")
            { run, name, server, key, data, database, json }
            .Examples(
                "touchstone curate share fineweb-run",
                "touchstone curate share fineweb-run --name \"Crawl of May\"",
                "TOUCHSTONE_KEY=ts_... touchstone curate share fineweb-run --server https://label.example.org")
            .Runs(async (parsed, cancellationToken) =>
            {
                var report = ReportBuilder.Of(parsed.GetValue(run)!, parsed.GetValue(name), cancellationToken);
                foreach (var file in report.Missing) parsed.Warn($"{file.Name} {file.Problem}: the report lacks what it held.");
                await using var connection = await Connection.OpenAsync(
                    parsed.GetValue(server), parsed.GetValue(key), parsed.GetValue(data)!, parsed.GetValue(database), cancellationToken);
                using var body = new ByteArrayContent(ReportJson.ToBytes(report)) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
                var kept = (await connection.Api.SendAsync(HttpMethod.Post, "corpora", body, cancellationToken))!.AsObject();
                Tell(parsed, kept, parsed.GetValue(server), parsed.GetValue(json));
                return ExitCode.Done;
            });
    }

    private static void Tell(ParseResult parsed, JsonObject kept, Uri? server, bool json)
    {
        var id = kept["id"]!.GetValue<string>();
        if (json) parsed.Print(new JsonObject { ["id"] = id, ["name"] = kept["name"]!.DeepClone(), ["digest"] = kept["digest"]!.DeepClone(), ["repeated"] = kept["repeated"]!.DeepClone() }.ToJsonString());
        else parsed.Print($"{(kept["repeated"]!.GetValue<bool>() ? "There already" : "Shared")}: {(server is null ? $"/corpora/{id}" : new Uri(server, $"/corpora/{id}").ToString())}");
    }
}
