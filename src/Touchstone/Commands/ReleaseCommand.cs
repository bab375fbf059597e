using System.CommandLine;
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
        var images = new Option<string>("--images") { Description = "reference: name pictures by digest. copy: put them into the release.", DefaultValueFactory = _ => "reference" };
        images.AcceptOnlyFromAmong("reference", "copy");
        var (data, database, server, key, json) = (Options.Data(), Options.Database(), Options.Server(), Options.Key(), Options.Json());
        return new Command("release", "Publish the accepted labels of a project with their measured accuracy and lineage.")
            { project, output, unassayed, images, server, key, data, database, json }
            .Examples(
                "touchstone release \"Street scenes\" --out ./street-1",
                "touchstone release \"Street scenes\" --out ./street-1 --images copy && touchstone verify ./street-1")
            .Runs(async (parsed, cancellationToken) =>
            {
                await using var connection = await Connection.OpenAsync(
                    parsed.GetValue(server), parsed.GetValue(key), parsed.GetValue(data)!, parsed.GetValue(database), cancellationToken);
                var id = await connection.ProjectAsync(parsed.GetValue(project)!, cancellationToken);
                using var progress = ProgressLine.OnStandardError("Releasing");
                var release = await ReleaseDownload.PublishAsync(
                    connection.Api, id, parsed.GetValue(unassayed), parsed.GetValue(images)!, progress, cancellationToken);
                await ReleaseDownload.FetchAsync(connection.Api, release["id"]!.GetValue<string>(), parsed.GetValue(output)!, cancellationToken);
                Console.WriteLine(parsed.GetValue(json) ? release.ToJsonString() : $"Release {release["number"]} {release["digest"]} in {parsed.GetValue(output)!.FullName}");
                return ExitCode.Done;
            });
    }
}
