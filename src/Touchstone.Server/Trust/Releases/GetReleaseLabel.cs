using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Touchstone.Server.Host;
using Touchstone.Server.Trust.Releases.Format;
using Touchstone.Store;
using Touchstone.Store.Ids;

namespace Touchstone.Server.Trust.Releases;

/// <summary>One label of a release with its lineage, found without reading the whole file.</summary>
internal static class GetReleaseLabel
{
    /// <summary>Every line begins with this and the id, and lines are in the order of the ids.</summary>
    private static readonly byte[] Head = "{\"task\":\""u8.ToArray();

    private const int IdBytes = 36;

    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/releases/{releaseId}/labels/{taskId}", Handle).WithName("GetReleaseLabel").RequireManager();

    public static async Task<Results<Ok<JsonElement>, ProblemHttpResult>> Handle(
        ReleaseId releaseId, LabelTaskId taskId, CurrentContributor contributor, StoreContext store, ServerOptions options, CancellationToken cancellationToken)
    {
        if (await GetReleaseFile.FolderAsync(releaseId, contributor, store, options, cancellationToken) is not { } folder) return GetRelease.NoSuchRelease();
        using var file = File.OpenRead(Path.Combine(folder, ReleaseFiles.Labels));
        return Find(file, taskId) is { } line ? TypedResults.Ok(JsonElement.Parse(line)) : Problems.NotFound("The release has no label of this task.");
    }

    /// <summary>Halves the file until the line is found.</summary>
    internal static byte[]? Find(Stream file, LabelTaskId task)
    {
        var wanted = Encoding.ASCII.GetBytes(task.ToString());
        var (low, high) = (0L, file.Length);   // the line begins in [low, high)
        while (low < high)
        {
            var start = LineStart(file, low + (high - low) / 2, low);
            var line = ReadLine(file, start);
            var order = wanted.AsSpan().SequenceCompareTo(line.AsSpan(Head.Length, IdBytes));
            if (order == 0) return line;
            if (order < 0) high = start;
            else low = start + line.Length + 1;
        }

        return null;
    }

    /// <summary>Where the line that holds a place begins.</summary>
    private static long LineStart(Stream file, long place, long low)
    {
        var buffer = new byte[4096];
        while (place > low)
        {
            var from = Math.Max(low, place - buffer.Length);
            file.Position = from;
            var count = (int)(place - from);
            file.ReadExactly(buffer, 0, count);
            var end = buffer.AsSpan(0, count).LastIndexOf((byte)'\n');
            if (end >= 0) return from + end + 1;
            place = from;
        }

        return low;
    }

    private static byte[] ReadLine(Stream file, long start)
    {
        file.Position = start;
        using var line = new MemoryStream();
        var buffer = new byte[16 * 1024];
        while (file.Read(buffer) is > 0 and var got)
        {
            var end = buffer.AsSpan(0, got).IndexOf((byte)'\n');
            line.Write(buffer, 0, end < 0 ? got : end);
            if (end >= 0) break;
        }

        return line.ToArray();
    }
}
