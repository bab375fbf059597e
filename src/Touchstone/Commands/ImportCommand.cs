using System.CommandLine;
using System.Text.Json.Nodes;
using Touchstone.Imports;
using Touchstone.Operation;
using Touchstone.Terminal;

namespace Touchstone.Commands;

/// <summary><c>touchstone import</c>: pictures or a manifest into a project.</summary>
internal static class ImportCommand
{
    private const int RefusedShown = 20;

    public static Command Make()
    {
        var project = new Argument<string>("PROJECT") { Description = "Name or id of the project." };
        var source = new Argument<string>("FOLDER|MANIFEST")
        {
            Description = "A folder of pictures (searched below), or an NDJSON manifest: one object a line with \"file\" (relative to the manifest) or \"asset\", "
                + "and optionally \"external_id\", \"priority\" (0-9) and \"gold\" (known answers). \"-\" reads the manifest from standard input.",
        };
        var report = new Option<FileInfo?>("--report") { Description = "Write every refused record to this file, one JSON object a line.", HelpName = "FILE" };
        var (data, database, server, key, json) = (Options.Data(), Options.Database(), Options.Server(), Options.Key(), Options.Json());
        return new Command("import", "Bring pictures into a project. Run it again to resume: what is there is recognised and not sent twice.")
            { project, source, report, server, key, data, database, json }
            .Examples(
                "touchstone import \"Street scenes\" ~/photos",
                "touchstone import \"Street scenes\" manifest.ndjson --report refused.ndjson",
                "TOUCHSTONE_KEY=ts_... touchstone import \"Street scenes\" ~/photos --server https://label.example.org")
            .Runs(async (parsed, cancellationToken) =>
            {
                await using var connection = await Connection.OpenAsync(
                    parsed.GetValue(server), parsed.GetValue(key), parsed.GetValue(data)!, parsed.GetValue(database), cancellationToken);
                var id = await connection.ProjectAsync(parsed.GetValue(project)!, cancellationToken);
                var outcome = await RunAsync(connection, id, parsed.GetValue(source)!, cancellationToken);
                if (parsed.GetValue(report) is { } file) await File.WriteAllLinesAsync(file.FullName, outcome.Refused.Select(r => ToJson(r).ToJsonString()), cancellationToken);
                Print(outcome, parsed.GetValue(json));
                return outcome.Refused.Count == 0 ? ExitCode.Done : ExitCode.Failed;
            });
    }

    private static async Task<ImportOutcome> RunAsync(Connection connection, string project, string source, CancellationToken cancellationToken)
    {
        using var progress = ProgressLine.OnStandardError("Importing");
        var runner = new ImportRunner(connection.Api, project, progress);
        if (Directory.Exists(source))
        {
            var files = ImportSource.Folder(Path.GetFullPath(source)).ToList();
            if (files.Count == 0) throw new CommandException($"{source} holds no pictures (looked for .jpg, .jpeg, .png, .webp, .gif, .bmp).");
            return await runner.RunAsync(files.ToAsyncEnumerable(), files.Count, cancellationToken);
        }

        if (source != "-" && !File.Exists(source)) throw new CommandException($"There is no folder or file {source}.");
        return await runner.RunAsync(ImportSource.Manifest(source, runner.Refuse, cancellationToken), null, cancellationToken);
    }

    private static void Print(ImportOutcome outcome, bool json)
    {
        if (json)
        {
            Console.WriteLine(new JsonObject
            {
                ["imported"] = outcome.Imported,
                ["repeated"] = outcome.Repeated,
                ["uploaded"] = outcome.Uploaded,
                ["refused"] = new JsonArray([.. outcome.Refused.Select(ToJson)]),
            }.ToJsonString());
            return;
        }

        Console.WriteLine($"{outcome.Imported:N0} new, {outcome.Repeated:N0} there before, {outcome.Uploaded:N0} pictures sent, {outcome.Refused.Count:N0} refused");
        foreach (var record in outcome.Refused.Take(RefusedShown)) Console.Error.WriteLine($"  {record.Where}: {record.Reason}: {record.Detail}");
        if (outcome.Refused.Count > RefusedShown) Console.Error.WriteLine($"  and {outcome.Refused.Count - RefusedShown:N0} more; --report FILE lists them all");
    }

    private static JsonNode ToJson(RefusedRecord record) =>
        new JsonObject { ["where"] = record.Where, ["reason"] = record.Reason, ["detail"] = record.Detail };
}
