using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Touchstone.Server.Host;
using Touchstone.Store;
using Touchstone.Store.Ids;
using Touchstone.Store.Queue;

namespace Touchstone.Server.Catalogue.Tasks;

internal static class SetPriority
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPut("/tasks/{taskId}/priority", HandleAsync).RequireManager().WithName("SetPriority").WithSummary("Moves a task in the queue: 0 is last, 9 first.");

    public sealed record Request(int Priority);

    private static async Task<Results<NoContent, ProblemHttpResult>> HandleAsync(
        LabelTaskId taskId, Request request, StoreDatabase database, CurrentContributor current, CancellationToken cancellationToken)
    {
        if (request.Priority is < 0 or > 9) return Problems.Invalid("/priority", "a whole number from 0 (last) to 9 (first)", request.Priority.ToString());
        var found = await database.WriteAsync(
            async (store, cancel) =>
            {
                if (!await store.TasksVisibleTo(current).AnyAsync(t => t.Id == taskId, cancel)) return false;
                await QueueChanges.SetPriorityAsync(store, taskId, request.Priority, cancel);
                return true;
            },
            cancellationToken);
        return found ? TypedResults.NoContent() : ListTasks.NoSuchTask();
    }
}
