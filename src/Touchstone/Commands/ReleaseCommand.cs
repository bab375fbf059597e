using System.CommandLine;
using System.Text.Json.Nodes;
using Touchstone.Operation;
using Touchstone.Releases;
using Touchstone.Terminal;

namespace Touchstone.Commands;

/// <summary><c>touchstone release</c>: publish what is done, with its assay.</summary>
internal static class ReleaseCommand
{
    public static Command Make()
    {
        var project = new Argument<string>("PROJECT") { Description = "Name or id of the project." };
        var output = new Option<DirectoryInfo>("--out") { Description = "A new or empty folder for the release.", HelpName = "DIR", Required = true };
        var unassayed = new Option<bool>("--accept-unassayed") { Description = "Publish even if nothing was measured; the card then says so." };
        var images = new Option<string>("--images") { Description = "reference: name pictures by digest. copy: put them into the release.", DefaultValueFactory = _ => "reference" }.OneOf("reference", "copy");
        var licence = new Option<string?>("--licence") { Description = "Terms that shall stand in the card.", HelpName = "TEXT" };
        var number = new Option<int?>("--number") { Description = "Bring this published release again instead of making a new one.", HelpName = "N" }.Within(1, int.MaxValue);
        var (data, database, server, key, json) = (Options.Data(), Options.Database(), Options.Server(), Options.Key(), Options.Json());
        return new Command("release", "Publish the accepted labels of a project with their measured accuracy and lineage.")
            { project, output, unassayed, images, licence, number, server, key, data, database, json }
            .Examples(
                "touchstone release \"Street scenes\" --out ./street-1",
                "touchstone release \"Street scenes\" --out ./street-1 --images copy && touchstone verify ./street-1",
                "touchstone release \"Street scenes\" --out ./again --number 1")
            .Runs(async (parsed, cancellationToken) =>
            {
                var folder = parsed.GetValue(output)!;
                ReleaseDownload.RequireEmpty(folder);   // before a release is published for nothing
                await using var connection = await Connection.OpenAsync(
                    parsed.GetValue(server), parsed.GetValue(key), parsed.GetValue(data)!, parsed.GetValue(database), cancellationToken);
                var id = await connection.ProjectAsync(parsed.GetValue(project)!, cancellationToken);
                var release = parsed.GetValue(number) is { } n
                    ? await ReleaseDownload.FindAsync(connection.Api, id, n, cancellationToken)
                    : await PublishAsync(
                        parsed,
                        connection,
                        id,
                        new JsonObject { ["accept_unassayed"] = parsed.GetValue(unassayed), ["images"] = parsed.GetValue(images), ["licence"] = parsed.GetValue(licence) },
                        cancellationToken);
                await ReleaseDownload.FetchAsync(connection.Api, release["id"]!.GetValue<string>(), folder, cancellationToken);
                parsed.Print(parsed.GetValue(json) ? release.ToJsonString() : $"Release {release["number"]} {release["digest"]} in {folder.FullName}");
                return ExitCode.Done;
            });
    }

    private static async Task<JsonNode> PublishAsync(ParseResult parsed, Connection connection, string project, JsonObject wanted, CancellationToken cancellationToken)
    {
        using var progress = parsed.Progress("Releasing");
        try
        {
            return await ReleaseDownload.PublishAsync(connection.Api, project, wanted, progress, cancellationToken);
        }
        catch (CommandException refused) when (refused.Message.Contains("accept_unassayed", StringComparison.Ordinal))
        {
            throw new CommandException(refused.Message.Replace("accept_unassayed", "--accept-unassayed", StringComparison.Ordinal), inner: refused);
        }
    }
}
