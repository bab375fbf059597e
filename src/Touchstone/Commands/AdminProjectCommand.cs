using System.CommandLine;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Touchstone.Operation;
using Touchstone.Terminal;

namespace Touchstone.Commands;

/// <summary><c>touchstone admin project</c>: projects from YAML files.</summary>
internal static class AdminProjectCommand
{
    public static Command Make() => new("project", "Create a project from its YAML file, or list projects.") { Create(), List() };

    private static Command Create()
    {
        var file = new Argument<FileInfo>("FILE") { Description = "The project's YAML file." };
        var (data, database, server, key, json) = (Options.Data(), Options.Database(), Options.Server(), Options.Key(), Options.Json());
        return new Command("create", "Create a project from a YAML file.") { file, server, key, data, database, json }
            .Examples("touchstone admin project create street.project.yaml")
            .Runs(async (parsed, cancellationToken) =>
            {
                var path = parsed.GetValue(file)!;
                if (!path.Exists) throw new CommandException(Directory.Exists(path.FullName) ? $"{path} is a folder; expected a project's YAML file." : $"There is no file {path}.");
                await using var connection = await Connection.OpenAsync(parsed.GetValue(server), parsed.GetValue(key), parsed.GetValue(data)!, parsed.GetValue(database), cancellationToken);
                using var content = new ByteArrayContent(await File.ReadAllBytesAsync(path.FullName, cancellationToken)) { Headers = { ContentType = new MediaTypeHeaderValue("application/yaml") } };
                var project = await connection.Api.SendAsync(HttpMethod.Post, "projects", content, cancellationToken);
                parsed.Print(parsed.GetValue(json) ? project!.ToJsonString() : $"{project!["id"]}  {Printable.Text($"{project["name"]}")}");
                return ExitCode.Done;
            });
    }

    private static Command List()
    {
        var (data, database, server, key, json) = (Options.Data(), Options.Database(), Options.Server(), Options.Key(), Options.Json());
        return new Command("list", "List projects.") { server, key, data, database, json }
            .Examples("touchstone admin project list")
            .Runs(async (parsed, cancellationToken) =>
            {
                await using var connection = await Connection.OpenAsync(parsed.GetValue(server), parsed.GetValue(key), parsed.GetValue(data)!, parsed.GetValue(database), cancellationToken);
                string? after = null;
                do
                {
                    var page = await connection.Api.GetAsync($"projects?limit=500{(after is null ? "" : $"&after={after}")}", cancellationToken);
                    foreach (var project in page!["items"]!.AsArray().OfType<JsonObject>())
                        parsed.Print(parsed.GetValue(json) ? project.ToJsonString() : $"{project["id"]}  {Printable.Text($"{project["name"]}")}");
                    after = page["next"]?.GetValue<string>();
                }
                while (after is not null);
                return ExitCode.Done;
            });
    }
}
