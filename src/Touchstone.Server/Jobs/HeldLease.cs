using System.Diagnostics;
using Touchstone.Store.Entities;

namespace Touchstone.Server.Jobs;

/// <summary>The lease of one running job: renewed by a timer and by the handler's reports; losing it stops the handler.</summary>
internal sealed class HeldLease(JobTable table, Job job, CancellationTokenSource stop) : IDisposable
{
    private readonly SemaphoreSlim _one = new(1, 1);
    private long _lastReport = Stopwatch.GetTimestamp();
    private double _progress = job.Progress;

    /// <summary>The job was cancelled, or another server took it over.</summary>
    public bool IsLost { get; private set; }

    public async Task KeepAsync(TimeSpan every, CancellationToken cancellationToken)
    {
        try
        {
            using var timer = new PeriodicTimer(every);
            while (await timer.WaitForNextTickAsync(cancellationToken)) await RenewAsync();
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The job has ended, or was stopped: either way there is nothing left to keep.
        }
    }

    /// <summary>Called by the handler; writes at most as often as said, and throws once the job is no longer this server's.</summary>
    public async Task ReportAsync(double progress, TimeSpan atMostEvery)
    {
        _progress = Math.Clamp(progress, 0, 1);
        if (Stopwatch.GetElapsedTime(_lastReport) >= atMostEvery) await RenewAsync();
        stop.Token.ThrowIfCancellationRequested();
    }

    public void Dispose() => _one.Dispose();

    private async Task RenewAsync()
    {
        await _one.WaitAsync();
        try
        {
            if (IsLost) return;
            _lastReport = Stopwatch.GetTimestamp();
            IsLost = !await table.RenewAsync(job, _progress, CancellationToken.None);
            if (IsLost) await stop.CancelAsync();
        }
        finally
        {
            _one.Release();
        }
    }
}
