using Touchstone.Server.Host;
using Touchstone.Store.Entities;

namespace Touchstone.Server.Jobs;

/// <summary>
/// Runs the jobs of the database, a few at a time. A lease is renewed while a job runs; when this server dies, the lease runs out and
/// another server begins the job anew.
/// </summary>
internal sealed partial class JobRunner(JobTable table, JobSignal signal, IEnumerable<JobHandler> handlers, IServiceProvider services, Preparation preparation, ILogger<JobRunner> log) : BackgroundService
{
    private const int AtOnce = 2;
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan RenewEvery = JobTable.Lease / 4;
    private static readonly TimeSpan ReportEvery = TimeSpan.FromSeconds(1);
    private readonly Dictionary<string, JobHandler> _handlers = handlers.ToDictionary(h => h.Kind);
    private readonly string _server = $"{Environment.MachineName}/{Environment.ProcessId}/{Guid.NewGuid():N}";

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (_handlers.Count == 0) return;
        await preparation.WaitAsync(stoppingToken);
        await Task.WhenAll(Enumerable.Range(0, AtOnce).Select(_ => LoopAsync(stoppingToken)));
    }

    private async Task LoopAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (await table.TakeAsync(_server, _handlers.Keys, stoppingToken) is { } job) await RunAsync(job, stoppingToken);
                else await signal.WaitAsync(Look, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception failure)
            {
                // The database may be away for a while: look again later.
                Unreachable(failure);
                await Task.Delay(Look, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task RunAsync(Job job, CancellationToken stoppingToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        using var lease = new HeldLease(table, job, stop);
        var renewing = lease.KeepAsync(RenewEvery, stop.Token);
        try
        {
            Began(job.Kind, job.Id.Value, job.Attempts);
            await using var scope = services.CreateAsyncScope();
            await _handlers[job.Kind].Run(
                new JobRun(job.Id, job.OrganizationId, job.ProjectId, job.CreatedBy, job.Payload, job.Attempts, scope.ServiceProvider, progress => lease.ReportAsync(progress, ReportEvery)), stop.Token);
            await table.EndAsync(job, JobState.Done, null, CancellationToken.None);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            if (!lease.IsLost) await table.GiveBackAsync(job, CancellationToken.None);
        }
        catch (JobFailedException failure)
        {
            await table.EndAsync(job, JobState.Failed, failure.Message, CancellationToken.None);
        }
        catch (Exception failure) when (Failures.IsFull(failure))
        {
            Full(job.Kind, job.Id.Value, job.Attempts, failure.GetBaseException().Message);
            await table.RetryAsync(job, "The server's disk is full; nothing was kept.", CancellationToken.None);
        }
        catch (Exception failure)
        {
            Failed(failure, job.Kind, job.Id.Value, job.Attempts);
            await table.RetryAsync(job, $"Attempt {job.Attempts} failed inside the server; its log has the cause.", CancellationToken.None);
        }
        finally
        {
            await stop.CancelAsync();
            await renewing;
        }
    }

    [LoggerMessage(1, LogLevel.Information, "Job {Kind} {Id} begins, attempt {Attempt}")]
    private partial void Began(string kind, Guid id, int attempt);

    [LoggerMessage(2, LogLevel.Error, "Job {Kind} {Id} failed in attempt {Attempt}")]
    private partial void Failed(Exception failure, string kind, Guid id, int attempt);

    [LoggerMessage(4, LogLevel.Error, "Job {Kind} {Id} found the disk full in attempt {Attempt}: {Cause}")]
    private partial void Full(string kind, Guid id, int attempt, string cause);

    [LoggerMessage(3, LogLevel.Error, "Jobs could not be looked for; trying again")]
    private partial void Unreachable(Exception failure);
}
