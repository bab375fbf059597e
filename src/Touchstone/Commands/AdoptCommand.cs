using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Touchstone.Adoption;
using Touchstone.Annotations.Ontologies;
using Touchstone.Conversions;
using Touchstone.Formats.Exchange;
using Touchstone.Operation;
using Touchstone.Terminal;

namespace Touchstone.Commands;

/// <summary><c>touchstone adopt</c>: another tool's project, looked through first and then brought in with who said what and when.</summary>
internal static class AdoptCommand
{
    public static Command Make()
    {
        var path = new Argument<string>("PATH") { Description = "Export or backup of another tool: a file, or a folder with its pictures." };
        var from = new Option<string?>("--from") { Description = "Format of PATH; without it PATH is looked at.", HelpName = "FORMAT" };
        var project = new Option<string?>("--project") { Description = "Name or id of a project that is there, whose ontology the labels are brought under.", HelpName = "PROJECT" };
        var name = new Option<string?>("--name") { Description = "Name of the project that is made otherwise; without it that of PATH. Its ontology is made of what the labels say.", HelpName = "NAME" };
        var yes = new Option<bool>("--yes") { Description = "Import after the X-ray. Without it nothing is imported." };
        var overlap = new Option<int?>("--overlap") { Description = "Answers that every input gets, in the replay of adaptive overlap and in a project that is made (2 without this).", HelpName = "N" }.Within(1, 100);
        var confidence = new Option<double>("--confidence") { Description = "Confidence of a consensus that is enough, in the replay and in a project that is made.", HelpName = "SHARE", DefaultValueFactory = _ => 0.8 };
        var vocEdges = new Option<bool>("--voc-from-zero") { Description = "Pascal VOC's numbers are edges counted from 0." };
        var (data, database, server, key, json) = (Options.Data(), Options.Database(), Options.Server(), Options.Key(), Options.Json());
        return new Command("adopt", "X-ray a project of another tool (what it holds, how its annotators agree, which labels are suspected, what adaptive overlap would have saved, what an import would lose), and then import it whole, with who said what and when, predictions as pre-labels, drafts and skips. Ends with 1 where a record did not go in; the others are in.")
            { path, from, project, name, yes, overlap, confidence, vocEdges, server, key, data, database, json }
            .Examples(
                "touchstone adopt label-studio-export.json",
                "touchstone adopt ./cvat-task --yes",
                "touchstone adopt ./labels --project \"Street scenes\" --yes --json > xray.json")
            .Runs(async (parsed, cancellationToken) =>
            {
                var rule = new OverlapReplayOptions(parsed.GetValue(overlap) ?? 2, parsed.GetValue(confidence) is >= 0 and <= 1 and var share ? share : throw new CommandException("--confidence: expected a share from 0 to 1", ExitCode.Misuse));
                var options = FormatOptions.Default with { VocCountsFromOne = !parsed.GetValue(vocEdges) };
                var root = DatasetSource.Open(parsed.GetValue(path)!);
                var (found, place) = parsed.GetValue(from) is { } named ? (FoundFormat.Named(named, "--from", toWrite: false), "") : FoundFormat.Of(root, parsed.GetValue(path)!);
                if (found.Labels is not { } format) throw new CommandException($"{found.Name} holds {found.About}; adopt is about labels of pictures.");
                var (imports, title) = (parsed.GetValue(yes), parsed.GetValue(name) ?? root.Title);
                await using var connection = imports || parsed.GetValue(project) is not null
                    ? await Connection.OpenAsync(parsed.GetValue(server), parsed.GetValue(key), parsed.GetValue(data)!, parsed.GetValue(database), cancellationToken)
                    : null;
                var into = parsed.GetValue(project) is { } wanted ? await connection!.ProjectAsync(wanted, cancellationToken) : null;
                var refused = 0L;
                Xray xray;
                using (var progress = parsed.Progress("Looked at"))
                    xray = await new XrayReader(format, root.At(place), options, rule).ReadAsync(into is null ? null : await OntologyAsync(connection!, into, cancellationToken), parsed.GetValue(project) ?? title, count => progress.Report(count, null), cancellationToken);
                var result = XrayPage.ToJson(xray);
                if (!parsed.GetValue(json)) XrayPage.Tell(parsed, xray);
                if (imports)
                {
                    if (into is null && xray.Ontology.Questions.Count == 0) throw new CommandException($"{parsed.GetValue(path)} says nothing of pictures that a project could ask for: adopt is about labels of pictures. Nothing was imported.");
                    var run = new AdoptionRun(connection!.Api, root, place, xray);
                    into ??= await run.CreateProjectAsync(title, rule, cancellationToken);
                    using var progress = parsed.Progress("Uploaded");
                    var imported = await run.ImportAsync(into, title, options, (done, total) => progress.Report(done, total), cancellationToken);
                    result["imported"] = new JsonObject { ["project"] = into, ["tasks"] = imported["tasks_imported"]!.DeepClone(), ["tasks_repeated"] = imported["tasks_repeated"]!.DeepClone(), ["responses"] = imported["responses_imported"]!.DeepClone(), ["responses_repeated"] = imported["responses_repeated"]!.DeepClone(), ["prelabels"] = imported["prelabels_imported"]!.DeepClone(), ["drafts"] = imported["drafts_imported"]!.DeepClone(), ["skips"] = imported["skips_imported"]!.DeepClone(), ["besides_repeated"] = imported["besides_repeated"]!.DeepClone(), ["faults"] = imported["faults"]!.DeepClone(), ["first_faults"] = imported["first_faults"]!.DeepClone() };
                    refused = imported["faults"]!.GetValue<long>();
                    progress.Dispose();
                    if (!parsed.GetValue(json)) parsed.Print(string.Create(CultureInfo.InvariantCulture, $"Imported: {imported["tasks_imported"]!.GetValue<long>():N0} tasks and {imported["responses_imported"]!.GetValue<long>():N0} responses into the project {into}, {imported["prelabels_imported"]!.GetValue<long>():N0} pre-labels, {imported["drafts_imported"]!.GetValue<long>():N0} drafts and {imported["skips_imported"]!.GetValue<long>():N0} skips; {imported["tasks_repeated"]!.GetValue<long>():N0} tasks and {imported["responses_repeated"]!.GetValue<long>():N0} responses were there before."));
                }
                else if (!parsed.GetValue(json))
                {
                    parsed.Tell("Nothing was imported. Run it with --yes to import.");
                }

                if (parsed.GetValue(json)) parsed.Print(result.ToJsonString());
                if (refused > 0) parsed.Warn(string.Create(CultureInfo.InvariantCulture, $"{refused:N0} records did not go in, such as inputs without a picture; --json lists the first of them."));
                return refused == 0 ? ExitCode.Done : ExitCode.Failed;
            });
    }

    private static async Task<Ontology> OntologyAsync(Connection connection, string project, CancellationToken cancellationToken)
    {
        var version = (await connection.Api.GetAsync($"projects/{project}", cancellationToken))!["ontology_version"]!.GetValue<int>();
        var ontology = (await connection.Api.GetAsync($"projects/{project}/ontologies/{version}", cancellationToken))!;
        return OntologyJson.Parse(System.Text.Encoding.UTF8.GetBytes((ontology["ontology"] ?? ontology).ToJsonString())).ValueOrThrow();
    }
}
