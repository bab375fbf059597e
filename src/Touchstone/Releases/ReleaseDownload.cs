using System.Text.Json.Nodes;
using Touchstone.Client;
using Touchstone.Files.Storage;
using Touchstone.Terminal;

namespace Touchstone.Releases;

/// <summary>Publishes a release through the API and brings its files into a folder.</summary>
internal static class ReleaseDownload
{
    /// <summary>Files that are fetched at the same time.</summary>
    private const int Downloads = 4;

    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(100);

    /// <summary>Asks for a release and waits until it is published.</summary>
    /// <returns>The release as the API shows it.</returns>
    /// <exception cref="CommandException">It was refused or failed; the message says why.</exception>
    public static async Task<JsonNode> PublishAsync(
        ApiClient api, string project, bool acceptUnassayed, string images, ProgressLine progress, CancellationToken cancellationToken)
    {
        var release = await api.PostAsync($"projects/{project}/releases", new JsonObject { ["accept_unassayed"] = acceptUnassayed, ["images"] = images }, cancellationToken);
        var id = release!["id"]!.GetValue<string>();
        while (true)
        {
            release = await api.GetAsync($"releases/{id}", cancellationToken);
            switch (release!["state"]!.GetValue<string>())
            {
                case "published":
                    progress.Report(100, 100);
                    return release;
                case "failed":
                    throw new CommandException(release["error"]?.GetValue<string>() ?? "The release failed.");
                default:
                    progress.Report((long)(100 * (release["progress"]?.GetValue<double>() ?? 0)), 100);
                    await Task.Delay(PollInterval, cancellationToken);
                    break;
            }
        }
    }

    /// <summary>Downloads every file of a published release into a new or empty folder.</summary>
    public static async Task FetchAsync(ApiClient api, string release, DirectoryInfo folder, CancellationToken cancellationToken)
    {
        if (folder.Exists && folder.EnumerateFileSystemInfos().Any()) throw new CommandException($"{folder.FullName} is not empty; nothing was written.");
        folder.Create();
        await FetchAsync(api, release, folder, "release.json", cancellationToken);
        var manifest = JsonNode.Parse(await File.ReadAllBytesAsync(Path.Combine(folder.FullName, "release.json"), cancellationToken))!;
        var files = manifest["content"]!["files"]!.AsArray().Select(file => file!["path"]!.GetValue<string>());
        var options = new ParallelOptions { MaxDegreeOfParallelism = Downloads, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(files, options, async (file, token) => await FetchAsync(api, release, folder, file, token));
    }

    private static async Task FetchAsync(ApiClient api, string release, DirectoryInfo folder, string name, CancellationToken cancellationToken)
    {
        if (!SafePath.TryJoin(folder.FullName, name, out var path, out var reason)) throw new CommandException($"The release names a file that must not be written: {reason}");
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        await api.DownloadAsync($"releases/{release}/files/{string.Join('/', name.Split('/').Select(Uri.EscapeDataString))}", path, cancellationToken);
    }
}
