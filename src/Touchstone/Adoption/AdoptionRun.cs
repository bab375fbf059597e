using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Touchstone.Annotations.Projects;
using Touchstone.Client;
using Touchstone.Formats.Exchange;
using Touchstone.Terminal;

namespace Touchstone.Adoption;

/// <summary>Brings another tool's project in through the API: the project, the files, and then the import that the server makes of them.</summary>
internal sealed class AdoptionRun(ApiClient api, DatasetSource root, string place, Xray xray)
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(200);

    /// <summary>Makes the project that the data set would be imported into.</summary>
    /// <returns>Its id.</returns>
    public async Task<string> CreateProjectAsync(string name, OverlapReplayOptions overlap, CancellationToken cancellationToken)
    {
        var most = Math.Max(overlap.Min, 4);
        var definition = new ProjectDefinition { Name = name, Questions = xray.Ontology.Questions, Ontology = xray.Ontology, Overlap = new OverlapPolicy(overlap.Min, most, overlap.Confidence) };
        using var yaml = new StringContent(ProjectFile.Write(definition), Encoding.UTF8, "application/yaml");
        return (await api.SendAsync(HttpMethod.Post, "projects", yaml, cancellationToken))!["id"]!.GetValue<string>();
    }

    /// <summary>Uploads and imports.</summary>
    /// <returns>The server's report.</returns>
    public async Task<JsonNode> ImportAsync(string project, string name, FormatOptions options, Action<long, long> progress, CancellationToken cancellationToken)
    {
        var dataset = (await api.PostAsync($"projects/{project}/datasets", new JsonObject { ["name"] = name }, cancellationToken))!["id"]!.GetValue<string>();
        var files = Files().ToList();
        for (var i = 0; i < files.Count; i++)
        {
            await UploadAsync(dataset, files[i].Path, files[i].File, cancellationToken);
            progress(i + 1, files.Count);
        }

        var plan = new JsonObject { ["format"] = xray.Format.Traits.Id, ["place"] = place, ["as"] = "responses", ["whole"] = true, ["contributors"] = await PeopleAsync(cancellationToken), ["voc_from_zero"] = !options.VocCountsFromOne, ["class_names"] = JsonSerializer.SerializeToNode(options.ClassNames) };
        await api.PostAsync($"datasets/{dataset}/import", plan, cancellationToken);
        var ended = await EndAsync(dataset, cancellationToken);
        await api.SendAsync(HttpMethod.Delete, $"datasets/{dataset}", null, cancellationToken);
        return ended["job"]!["state"]!.GetValue<string>() == "done"
            ? ended["imported"]!
            : throw new CommandException($"The import ended: {ended["job"]!["error"]?.GetValue<string>() ?? "it was cancelled"}. What went in stays; run the command again with --project {project} for the rest.");
    }

    /// <summary>Members whose address is what the files name an annotator by are those annotators; for the others the server makes members.</summary>
    private async Task<JsonObject> PeopleAsync(CancellationToken cancellationToken)
    {
        JsonObject people = [];
        for (string? after = null; ;)
        {
            var page = (await api.GetAsync($"contributors?limit=200{(after is null ? "" : $"&after={Uri.EscapeDataString(after)}")}", cancellationToken))!;
            foreach (var member in page["items"]!.AsArray())
                if (member!["email"]?.GetValue<string>() is { } address && !member["simulated"]!.GetValue<bool>() && member["suspended_at"] is null)
                    foreach (var name in xray.Named.Where(n => string.Equals(n, address, StringComparison.OrdinalIgnoreCase))) people[name] = member["id"]!.GetValue<string>();
            after = page["next"]?.GetValue<string>();
            if (after is null) return people;
        }
    }

    private async Task<JsonNode> EndAsync(string dataset, CancellationToken cancellationToken)
    {
        while (true)
        {
            var now = (await api.GetAsync($"datasets/{dataset}", cancellationToken))!;
            if (now["job"]!["state"]!.GetValue<string>() is "done" or "failed" or "cancelled") return now;
            await Task.Delay(Look, cancellationToken);
        }
    }

    /// <summary>Every file of a folder, since masks are labels and pictures at once; of a single file it and the pictures that it speaks of.</summary>
    private IEnumerable<(string Path, string File)> Files()
    {
        // An archive among the files would be unpacked there, and bring in what the X-ray did not see.
        HashSet<string> taken = new(StringComparer.Ordinal);
        foreach (var file in root.Files.Where(f => !f.EndsWith(".zip", StringComparison.OrdinalIgnoreCase)))
            if ((DatasetSource.IsPicture(file) ? root.PictureFile(file) : root.PathOf(file)) is { } path && taken.Add(file)) yield return (file, path);
        foreach (var picture in xray.Pictures)
            if (Path.GetRelativePath(root.Root, picture).Replace(Path.DirectorySeparatorChar, '/') is var below && taken.Add(below)) yield return (below, picture);
    }

    private async Task UploadAsync(string dataset, string path, string file, CancellationToken cancellationToken)
    {
        await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1 << 16, FileOptions.Asynchronous);
        using var content = new StreamContent(stream) { Headers = { ContentType = new MediaTypeHeaderValue("application/octet-stream") } };
        await api.SendAsync(HttpMethod.Put, $"datasets/{dataset}/files?path={Uri.EscapeDataString(path)}", content, cancellationToken);
    }
}
