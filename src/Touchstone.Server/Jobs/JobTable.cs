using Microsoft.EntityFrameworkCore;
using Touchstone.Store;
using Touchstone.Store.Entities;
using Touchstone.Store.Ids;

namespace Touchstone.Server.Jobs;

/// <summary>
/// The durable side of jobs: every step is one conditional update, so that of several servers one takes a job, and one that lost
/// its lease can no longer write.
/// </summary>
internal sealed class JobTable(StoreDatabase database, TimeProvider clock)
{
    public const int AttemptsMax = 5;
    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(5);
    private const int Candidates = 8;

    /// <summary>Adds a job to the caller's transaction; raise <see cref="JobSignal"/> once that is committed.</summary>
    public static Job Add(StoreContext store, string kind, string payload, OrganizationId organization, ProjectId? project, ContributorId createdBy, DateTimeOffset now)
    {
        var job = new Job { Id = JobId.New(now), OrganizationId = organization, ProjectId = project, Kind = kind, Payload = payload, CreatedBy = createdBy, CreatedAt = now };
        store.Add(job);
        return job;
    }

    /// <summary>Takes the oldest job that is due: a queued one, or one whose server let its lease run out. Null when there is none.</summary>
    public async Task<Job?> TakeAsync(string server, IReadOnlyCollection<string> kinds, CancellationToken cancellationToken)
    {
        var now = clock.Now();
        await using var store = database.CreateContext();
        var due = await store.Jobs.AsNoTracking()
            .Where(j => kinds.Contains(j.Kind) && ((j.State == JobState.Queued && (j.LeasedUntil == null || j.LeasedUntil <= now)) || (j.State == JobState.Running && j.LeasedUntil < now)))
            .OrderBy(j => j.CreatedAt).Take(Candidates).ToListAsync(cancellationToken);
        foreach (var job in due)
            if (await ClaimAsync(job, server, now, cancellationToken)) return job;
        return null;
    }

    private async Task<bool> ClaimAsync(Job job, string server, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (job.Attempts >= AttemptsMax)
        {
            await EndAsync(job, JobState.Failed, $"It was begun {job.Attempts} times and its server died each time.", cancellationToken);
            return false;
        }

        var (until, attempts, version) = (now + Lease, job.Attempts + 1, job.Version + 1);
        var taken = await UpdateAsync(
            jobs => jobs.Where(j => j.Id == job.Id && j.Version == job.Version).ExecuteUpdateAsync(
                j => j.SetProperty(x => x.State, JobState.Running).SetProperty(x => x.LeasedBy, server).SetProperty(x => x.LeasedUntil, until)
                    .SetProperty(x => x.Attempts, attempts).SetProperty(x => x.Version, version), cancellationToken),
            cancellationToken);
        (job.State, job.LeasedBy, job.LeasedUntil, job.Attempts, job.Version) = (JobState.Running, server, until, attempts, version);
        return taken;
    }

    /// <summary>Keeps the lease and tells the progress; false when the job was cancelled or taken over.</summary>
    public Task<bool> RenewAsync(Job job, double progress, CancellationToken cancellationToken)
    {
        var until = clock.Now() + Lease;
        return UpdateAsync(
            jobs => Held(jobs, job).ExecuteUpdateAsync(j => j.SetProperty(x => x.LeasedUntil, until).SetProperty(x => x.Progress, progress), cancellationToken), cancellationToken);
    }

    public Task<bool> EndAsync(Job job, JobState state, string? error, CancellationToken cancellationToken)
    {
        var now = clock.Now();
        var progress = state == JobState.Done ? 1 : job.Progress;
        return UpdateAsync(
            jobs => Held(jobs, job).ExecuteUpdateAsync(
                j => j.SetProperty(x => x.State, state).SetProperty(x => x.Error, error).SetProperty(x => x.Progress, progress).SetProperty(x => x.EndedAt, now)
                    .SetProperty(x => x.LeasedBy, (string?)null).SetProperty(x => x.LeasedUntil, (DateTimeOffset?)null).SetProperty(x => x.Version, x => x.Version + 1), cancellationToken),
            cancellationToken);
    }

    /// <summary>Gives a job that failed back to the queue, after a pause that doubles; the last attempt's failure is final.</summary>
    public Task<bool> RetryAsync(Job job, string error, CancellationToken cancellationToken)
    {
        if (job.Attempts >= AttemptsMax) return EndAsync(job, JobState.Failed, error, cancellationToken);
        var notBefore = clock.Now() + FirstPause * Math.Pow(2, job.Attempts - 1);
        return UpdateAsync(
            jobs => Held(jobs, job).ExecuteUpdateAsync(
                j => j.SetProperty(x => x.State, JobState.Queued).SetProperty(x => x.Error, error).SetProperty(x => x.LeasedBy, (string?)null)
                    .SetProperty(x => x.LeasedUntil, notBefore).SetProperty(x => x.Version, x => x.Version + 1), cancellationToken),
            cancellationToken);
    }

    /// <summary>Gives a job back that was stopped because this server stops; the attempt does not count.</summary>
    public Task<bool> GiveBackAsync(Job job, CancellationToken cancellationToken) => UpdateAsync(
        jobs => Held(jobs, job).ExecuteUpdateAsync(
            j => j.SetProperty(x => x.State, JobState.Queued).SetProperty(x => x.Attempts, x => x.Attempts - 1).SetProperty(x => x.LeasedBy, (string?)null)
                .SetProperty(x => x.LeasedUntil, (DateTimeOffset?)null).SetProperty(x => x.Version, x => x.Version + 1), cancellationToken),
        cancellationToken);

    /// <summary>Cancels a job that has not ended; whoever runs it learns of it at their next report.</summary>
    public Task<bool> CancelAsync(JobId id, CancellationToken cancellationToken)
    {
        var now = clock.Now();
        return UpdateAsync(
            jobs => jobs.Where(j => j.Id == id && (j.State == JobState.Queued || j.State == JobState.Running)).ExecuteUpdateAsync(
                j => j.SetProperty(x => x.State, JobState.Cancelled).SetProperty(x => x.EndedAt, now).SetProperty(x => x.LeasedBy, (string?)null)
                    .SetProperty(x => x.LeasedUntil, (DateTimeOffset?)null).SetProperty(x => x.Version, x => x.Version + 1), cancellationToken),
            cancellationToken);
    }

    /// <summary>The job, if this attempt still has it.</summary>
    private static IQueryable<Job> Held(IQueryable<Job> jobs, Job job) => jobs.Where(j => j.Id == job.Id && j.State == JobState.Running && j.Version == job.Version);

    private Task<bool> UpdateAsync(Func<IQueryable<Job>, Task<int>> update, CancellationToken cancellationToken) =>
        database.WriteAsync(async (store, _) => await update(store.Jobs) == 1, cancellationToken);
}
