using System.Text.Json;
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
    public static Task<JsonNode> PublishAsync(
        ApiClient api, string project, bool acceptUnassayed, string images, ProgressLine progress, CancellationToken cancellationToken) =>
        PublishAsync(api, project, new JsonObject { ["accept_unassayed"] = acceptUnassayed, ["images"] = images }, progress, cancellationToken);

    /// <summary>The same with all that may be asked for.</summary>
    public static async Task<JsonNode> PublishAsync(ApiClient api, string project, JsonObject wanted, ProgressLine progress, CancellationToken cancellationToken)
    {
        var release = await api.PostAsync($"projects/{project}/releases", wanted, cancellationToken);
        try
        {
            return await WaitAsync(api, release!, progress, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            // Nobody waits for it any more: without this the next server would publish it.
            using var soon = new CancellationTokenSource(TimeSpan.FromSeconds(5));
            await api.PutAsync($"jobs/{release!["job"]}/cancellation", null, soon.Token);
            throw;
        }
    }

    /// <summary>A published release by its number.</summary>
    public static async Task<JsonNode> FindAsync(ApiClient api, string project, int number, CancellationToken cancellationToken)
    {
        string? after = null;
        do
        {
            var page = await api.GetAsync($"projects/{project}/releases?limit=500{(after is null ? "" : $"&after={after}")}", cancellationToken);
            foreach (var release in page!["items"]!.AsArray())
            {
                if (release!["number"]!.GetValue<int>() != number) continue;
                return release["state"]!.GetValue<string>() == "published" ? release : throw new CommandException($"Release {number} is {release["state"]} and not published.");
            }

            after = page["next"]?.GetValue<string>();
        }
        while (after is not null);
        throw new CommandException($"The project has no release {number}.");
    }

    /// <summary>Downloads every file of a published release; the folder appears whole or not at all.</summary>
    public static async Task FetchAsync(ApiClient api, string release, DirectoryInfo folder, CancellationToken cancellationToken)
    {
        RequireEmpty(folder);
        var target = Path.TrimEndingDirectorySeparator(folder.FullName);
        var partial = $"{target}.{Guid.NewGuid():N}.partial";
        Directory.CreateDirectory(partial);
        try
        {
            await FetchAsync(api, release, partial, "release.json", cancellationToken);
            var names = await NamesAsync(Path.Combine(partial, "release.json"), cancellationToken);
            var options = new ParallelOptions { MaxDegreeOfParallelism = Downloads, CancellationToken = cancellationToken };
            await Parallel.ForEachAsync(names, options, async (name, token) => await FetchAsync(api, release, partial, name, token));
            if (Directory.Exists(target)) Directory.Delete(target);
            Directory.Move(partial, target);
        }
        finally
        {
            if (Directory.Exists(partial)) Directory.Delete(partial, recursive: true);
        }
    }

    /// <exception cref="CommandException">The folder holds something.</exception>
    public static void RequireEmpty(DirectoryInfo folder)
    {
        if (File.Exists(folder.FullName)) throw new CommandException($"{folder.FullName} is a file; expected a new or empty folder.");
        if (folder.Exists && folder.EnumerateFileSystemInfos().Any()) throw new CommandException($"{folder.FullName} is not empty; a release is never written over.");
    }

    private static async Task<JsonNode> WaitAsync(ApiClient api, JsonNode release, ProgressLine progress, CancellationToken cancellationToken)
    {
        var id = release["id"]!.GetValue<string>();
        while (true)
        {
            release = (await api.GetAsync($"releases/{id}", cancellationToken))!;
            switch (release["state"]!.GetValue<string>())
            {
                case "published":
                    progress.Report(100, 100);
                    return release;
                case "failed":
                    throw new CommandException(release["error"]?.GetValue<string>() ?? "The release failed.");
                default:
                    var job = await api.GetAsync($"jobs/{release["job"]}", cancellationToken);
                    progress.Report((long)(100 * job!["progress"]!.GetValue<double>()), 100, job["error"]?.GetValue<string>() ?? "");
                    await Task.Delay(PollInterval, cancellationToken);
                    break;
            }
        }
    }

    private static async Task<List<string>> NamesAsync(string manifest, CancellationToken cancellationToken)
    {
        try
        {
            var files = JsonNode.Parse(await File.ReadAllBytesAsync(manifest, cancellationToken))!["content"]!["files"]!.AsArray();
            return [.. files.Select(file => file!["path"]!.GetValue<string>())];
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException or NullReferenceException)
        {
            throw new CommandException($"The server's release.json cannot be read: {failure.Message}", inner: failure);
        }
    }

    private static async Task FetchAsync(ApiClient api, string release, string folder, string name, CancellationToken cancellationToken)
    {
        if (!SafePath.TryJoin(folder, name, out var path, out var reason)) throw new CommandException($"The release names a file that must not be written: {reason}");
        await api.DownloadAsync($"releases/{release}/files/{string.Join('/', name.Split('/').Select(Uri.EscapeDataString))}", path, cancellationToken);
    }
}
