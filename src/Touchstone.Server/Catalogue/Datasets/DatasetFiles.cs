using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Touchstone.Files.Images;
using Touchstone.Files.Storage;
using Touchstone.Formats.Exchange;
using Touchstone.Server.Host;
using Touchstone.Store;
using Touchstone.Store.Ids;

namespace Touchstone.Server.Catalogue.Datasets;

/// <summary>Files of a data set: sent one by one or in archives, listed so that an upload can go on where it ended.</summary>
internal static class DatasetFiles
{
    /// <param name="Path">Below the data set.</param>
    /// <param name="Bytes">Its length; of an archive, what it held.</param>
    public sealed record FileRow(string Path, long Bytes);

    /// <param name="Items">By path.</param>
    public sealed record List(IReadOnlyList<FileRow> Items);

    public static void Map(IEndpointRouteBuilder routes, long bytesMax)
    {
        routes.MapPut("/datasets/{datasetId}/files", PutAsync).RequireManager().WithMetadata(new BodyLimit(bytesMax)).Accepts<byte[]>("application/octet-stream").WithName("UploadDatasetFile")
            .WithSummary("Takes a file of a data set as the body, under ?path=. The same path again replaces it. A path that ends in .zip is unpacked in its place.");
        routes.MapGet("/datasets/{datasetId}/files", ListAsync).RequireManager().WithName("ListDatasetFiles").WithSummary("Files that were uploaded, with their lengths.");
        routes.MapGet("/datasets/{datasetId}/picture", PictureAsync).Produces(StatusCodes.Status200OK, contentType: "application/octet-stream").RequireManager().WithName("GetDatasetPicture")
            .WithSummary("The picture of an input, by the name that a survey gives it.");
    }

    private static async Task<Results<Ok<FileRow>, ProblemHttpResult>> PutAsync(
        DatasetId datasetId, [FromQuery] string? path, HttpRequest request, StoreContext store, StoreDatabase database, ServerOptions options, CurrentContributor current, CancellationToken cancellationToken)
    {
        if (await store.DatasetsVisibleTo(current).AsNoTracking().SingleOrDefaultAsync(d => d.Id == datasetId, cancellationToken) is not { } dataset) return Datasets.NoSuchDataset();
        if (string.IsNullOrEmpty(path)) return Problems.Invalid("?path", "the file's path below the data set", "nothing");
        if (await Datasets.IsBusyAsync(store, dataset, cancellationToken)) return Datasets.Busy();
        var folder = DatasetFolders.Of(options, datasetId);
        try
        {
            var bytes = path.EndsWith(".zip", StringComparison.OrdinalIgnoreCase)
                ? await folder.UnpackAsync(Path.GetDirectoryName(path.Replace('\\', '/')) ?? "", request.Body, options.ImportBytesMax, cancellationToken)
                : await folder.SaveAsync(path, request.Body, options.ImportBytesMax, cancellationToken);

            // What a survey found is no longer what is there.
            if (dataset.Survey is not null) await database.WriteAsync((write, cancel) => write.Datasets.Where(d => d.Id == datasetId).ExecuteUpdateAsync(d => d.SetProperty(x => x.Survey, (string?)null), cancel), cancellationToken);
            return TypedResults.Ok(new FileRow(path, bytes));
        }
        catch (UploadRefusedException refused)
        {
            return refused.Reason == "too_large" ? Problems.TooLarge(refused.Message) : Problems.Unprocessable(refused.Reason, refused.Message);
        }
    }

    private static async Task<Results<Ok<List>, ProblemHttpResult>> ListAsync(DatasetId datasetId, StoreContext store, ServerOptions options, CurrentContributor current, CancellationToken cancellationToken) =>
        await store.DatasetsVisibleTo(current).AnyAsync(d => d.Id == datasetId, cancellationToken)
            ? TypedResults.Ok(new List([.. DatasetFolders.Of(options, datasetId).Files.Select(f => new FileRow(f.Path, f.Bytes))]))
            : Datasets.NoSuchDataset();

    private static async Task<Results<FileStreamHttpResult, ProblemHttpResult>> PictureAsync(
        DatasetId datasetId, [FromQuery] string? name, HttpResponse response, StoreContext store, ServerOptions options, CurrentContributor current, CancellationToken cancellationToken)
    {
        if (!await store.DatasetsVisibleTo(current).AnyAsync(d => d.Id == datasetId, cancellationToken)) return Datasets.NoSuchDataset();
        var folder = DatasetFolders.Of(options, datasetId);
        if (!Directory.Exists(folder.Root) || DatasetSource.Open(folder.Root).PictureFile(name ?? "") is not { } path || !ImageProbe.TryProbe(path, out var image, out _)) return Problems.NotFound("The data set has no such picture.");
        response.Headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
        response.Headers.CacheControl = "private, no-cache";
        return TypedResults.Stream(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, bufferSize: 0, FileOptions.Asynchronous), image.Format.MediaType(), enableRangeProcessing: true);
    }
}
