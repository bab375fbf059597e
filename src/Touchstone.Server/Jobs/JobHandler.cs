using Touchstone.Store.Ids;

namespace Touchstone.Server.Jobs;

/// <summary>What runs the jobs of one kind. It may run again after a server died half way, so it must end in the same state when repeated.</summary>
/// <param name="Kind">As in <see cref="Store.Entities.Job.Kind"/>.</param>
/// <param name="Run">Ends when the work is done; throws to be tried again; throws <see cref="JobFailedException"/> to fail for good with that message.</param>
internal sealed record JobHandler(string Kind, Func<JobRun, CancellationToken, Task> Run);

/// <summary>One attempt at a job.</summary>
/// <param name="Id">The job.</param>
/// <param name="OrganizationId">Whose it is.</param>
/// <param name="ProjectId">The project it is about, if any.</param>
/// <param name="CreatedBy">Who asked for it.</param>
/// <param name="Payload">JSON, as it was queued.</param>
/// <param name="Attempt">From 1.</param>
/// <param name="Services">A scope of its own: <c>StoreContext</c> and the rest.</param>
/// <param name="ReportAsync">Tells the share that is done, in [0, 1]; cheap to call often. Throws <see cref="OperationCanceledException"/> once the job was cancelled or taken over.</param>
internal sealed record JobRun(
    JobId Id,
    OrganizationId OrganizationId,
    ProjectId? ProjectId,
    ContributorId CreatedBy,
    string Payload,
    int Attempt,
    IServiceProvider Services,
    Func<double, Task> ReportAsync);

/// <summary>A job that cannot succeed by being tried again. The message is shown to people.</summary>
internal sealed class JobFailedException(string message, Exception? inner = null) : Exception(message, inner);

internal static class JobHandlers
{
    public static void AddJobHandler(this IServiceCollection services, string kind, Func<JobRun, CancellationToken, Task> run) =>
        services.AddSingleton(new JobHandler(kind, run));
}
