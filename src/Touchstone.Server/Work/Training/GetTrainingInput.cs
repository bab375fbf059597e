using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Net.Http.Headers;
using Touchstone.Files.Storage;
using Touchstone.Server.Host;
using Touchstone.Store;
using Touchstone.Store.Entities;
using Touchstone.Store.Ids;

namespace Touchstone.Server.Work.Training;

/// <summary>The bytes that a training task looks at, before it is answered and beside the feedback after it.</summary>
internal static class GetTrainingInput
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/training/{taskId}/input", Handle)
        .Produces(StatusCodes.Status200OK, contentType: "application/octet-stream").WithName("GetTrainingInput").WithSummary("The picture of a training task.");

    public static async Task<Results<FileStreamHttpResult, ProblemHttpResult>> Handle(
        LabelTaskId taskId, HttpResponse response, CurrentContributor contributor, InputCache inputs, ContentFolder content, StoreContext store, CancellationToken cancellationToken)
    {
        var task = await store.TasksVisibleTo(contributor).Where(t => t.Id == taskId && t.Purpose == TaskPurpose.Training).Select(t => new { t.AssetId }).SingleOrDefaultAsync(cancellationToken);
        if (task?.AssetId is not { } asset) return AnswerTraining.NoSuchTask();
        return await GetLeaseInput.OpenAsync(asset, new EntityTagHeaderValue($"\"{taskId}\""), response, inputs, content, store, cancellationToken);
    }
}
