using System.CommandLine;
using System.Text;
using System.Text.Json.Nodes;
using Touchstone.Imports;
using Touchstone.Operation;
using Touchstone.Server.People;
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
            Description = "A folder of pictures (searched below), or an NDJSON manifest: one object a line with \"file\" (relative to the manifest), \"asset\" or \"sha256\", "
                + "and optionally \"external_id\", \"priority\" (0-9), \"overlap\" and \"gold\" (known answers). \"-\" reads the manifest from standard input.",
        };
        var prefix = new Option<string>("--prefix") { Description = "Put before the external id of each picture of a folder, which is its path below the folder: for folders in which names repeat.", HelpName = "TEXT", DefaultValueFactory = _ => "" };
        var report = new Option<FileInfo?>("--report") { Description = "Write every refused record to this file, one JSON object a line.", HelpName = "FILE" };
        var (data, database, server, key, json) = (Options.Data(), Options.Database(), Options.Server(), Options.Key(), Options.Json());
        return new Command("import", "Bring pictures into a project. Run it again to resume: what is there is recognised and not sent twice. Ends with 1 where a record was refused; the others are in.")
            { project, source, prefix, report, server, key, data, database, json }
            .Examples(
                "touchstone import \"Street scenes\" ~/photos",
                "touchstone import \"Street scenes\" ~/photos/monday --prefix monday/",
                "touchstone import \"Street scenes\" manifest.ndjson --report refused.ndjson",
                "TOUCHSTONE_KEY=ts_... touchstone import \"Street scenes\" ~/photos --server https://label.example.org")
            .Runs(async (parsed, cancellationToken) =>
            {
                var from = parsed.GetValue(source)!;
                if (from != "-" && !Directory.Exists(from) && !File.Exists(from)) throw new CommandException($"There is no folder or file {from}.");
                await using var refusals = Report.Open(parsed.GetValue(report));
                await using var connection = await Connection.OpenAsync(
                    parsed.GetValue(server), parsed.GetValue(key), parsed.GetValue(data)!, parsed.GetValue(database), cancellationToken);
                var id = await connection.ProjectAsync(parsed.GetValue(project)!, cancellationToken);
                var (outcome, passedOver) = await RunAsync(parsed, connection, id, from, parsed.GetValue(prefix)!, refusals.Add, cancellationToken);
                Print(parsed, outcome, passedOver, parsed.GetValue(json));
                return outcome.RefusedCount == 0 ? ExitCode.Done : ExitCode.Failed;
            });
    }

    private static async Task<(ImportOutcome Outcome, long PassedOver)> RunAsync(
        ParseResult parsed, Connection connection, string project, string source, string prefix, Action<RefusedRecord> onRefused, CancellationToken cancellationToken)
    {
        using var progress = parsed.Progress("Importing");
        var runner = new ImportRunner(connection.Api, project, progress) { OnRefused = onRefused, BatchName = BatchNameOf(source) };
        try
        {
            if (!Directory.Exists(source)) return (await runner.RunAsync(ManifestSource.ReadAsync(source, runner.Refuse, cancellationToken), null, cancellationToken), 0);
            var passedOver = 0L;
            var files = FolderSource.Read(Path.GetFullPath(source), prefix, runner.Refuse, () => passedOver++);
            if (files.Count == 0 && runner.Outcome.RefusedCount == 0) throw new CommandException($"{source} holds no pictures (looked for .jpg, .png, .webp, .gif, .bmp and their like).");
            return (await runner.RunAsync(files.ToAsyncEnumerable(), files.Count, cancellationToken), passedOver);
        }
        catch (Exception failure) when (failure is not CommandException || runner.Outcome is not { Imported: 0, Repeated: 0, Uploaded: 0 })
        {
            progress.Dispose();
            parsed.Tell($"The import was cut short after {Describe(runner.Outcome)}. These stay; run the same command again for the rest.");
            throw;
        }
    }

    /// <summary>The source's own name, where it can be a name.</summary>
    private static string? BatchNameOf(string source)
    {
        if (source == "-") return null;
        var name = Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(source)));
        return Texts.CheckName(name, "") is null ? name : null;
    }

    private static string Describe(ImportOutcome outcome) => $"{outcome.Imported:N0} new, {outcome.Repeated:N0} there before, {outcome.Uploaded:N0} pictures sent, {outcome.RefusedCount:N0} refused";

    private static void Print(ParseResult parsed, ImportOutcome outcome, long passedOver, bool json)
    {
        if (json)
        {
            parsed.Print(new JsonObject
            {
                ["imported"] = outcome.Imported,
                ["repeated"] = outcome.Repeated,
                ["uploaded"] = outcome.Uploaded,
                ["refused"] = outcome.RefusedCount,
                ["passed_over"] = passedOver,
                ["faults"] = new JsonArray([.. outcome.Refused.Select(r => (JsonNode)r.ToJson())]),
            }.ToJsonString());
            return;
        }

        parsed.Print(Describe(outcome) + (passedOver > 0 ? $", {passedOver:N0} other files passed over" : ""));
        foreach (var record in outcome.Refused.Take(RefusedShown)) parsed.Tell($"  {record}");
        if (outcome.Refused.Any(r => r.Line is null && r.Reason == "external_id_taken")) parsed.Tell("  The project has other pictures under these names. --prefix tells folders apart.");
        if (outcome.RefusedCount > RefusedShown) parsed.Tell($"  and {outcome.RefusedCount - RefusedShown:N0} more; --report FILE lists them all");
    }

    /// <summary>The file of refusals: opened before anything goes in, and written as they come, so that an import that is cut short leaves it too.</summary>
    private sealed class Report(StreamWriter? file) : IAsyncDisposable
    {
        public static Report Open(FileInfo? path) => new(path is null ? null : new StreamWriter(path.FullName, append: false, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)) { AutoFlush = true });

        public void Add(RefusedRecord record) => file?.WriteLine(record.ToJson().ToJsonString());

        public ValueTask DisposeAsync() => file?.DisposeAsync() ?? ValueTask.CompletedTask;
    }
}
