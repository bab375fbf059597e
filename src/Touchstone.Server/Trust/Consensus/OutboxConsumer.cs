using System.Diagnostics;
using Touchstone.Server.Host;
using Touchstone.Store.Outbox;
using Touchstone.Store.Queue;

namespace Touchstone.Server.Trust.Consensus;

/// <summary>Runs the derivation whenever something happened, at a fifth of one core, so that nobody who submits waits for it; a backlog is worked off at full
/// speed, unless people crowd at the queue.</summary>
internal sealed partial class OutboxConsumer(Derivation derivation, OutboxSignal signal, IWorkQueue queue, Preparation preparation, ILogger<OutboxConsumer> log) : BackgroundService
{
    /// <summary>Looks again after this time even if no signal came.</summary>
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(2);

    /// <summary>Rest at most this long while people crowd at the queue.</summary>
    private static readonly TimeSpan BusyRest = TimeSpan.FromSeconds(2);

    /// <summary>Rest at most this long otherwise: nobody notices so short a wait.</summary>
    private static readonly TimeSpan IdleRest = TimeSpan.FromMilliseconds(200);

    /// <summary>After a failure.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await preparation.WaitAsync(stoppingToken);
        var isToday = false;
        while (!stoppingToken.IsCancellationRequested)
        {
            var seen = signal.Version;
            try
            {
                if (!isToday && await derivation.RenewAsync(stoppingToken)) Renewed();
                isToday = true;
                var started = Stopwatch.GetTimestamp();
                var rows = await derivation.StepAsync(stoppingToken);
                if (rows == 0) await signal.WaitAsync(seen, Idle, stoppingToken);
                else await Task.Delay(Rest(Stopwatch.GetElapsedTime(started), rows), stoppingToken);
            }
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                Failed(failure);
                await signal.WaitAsync(signal.Version, Pause, stoppingToken);
            }
        }
    }

    /// <summary>A step costs much the same for one row as for ten, so where several people work some time is given for more to come: fewer steps are in the way
    /// of those who submit. Somebody who works alone sees what follows at once.</summary>
    private TimeSpan Rest(TimeSpan step, int rows)
    {
        if (queue.IsBusy) return TimeSpan.FromTicks(Math.Min(4 * step.Ticks, BusyRest.Ticks));
        if (rows >= Derivation.RowsMax) return TimeSpan.Zero;
        return rows > 1 ? IdleRest : TimeSpan.FromTicks(Math.Min(4 * step.Ticks, IdleRest.Ticks));
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "An older version derived consensus and figures; they are derived again from what was recorded.")]
    private partial void Renewed();

    [LoggerMessage(Level = LogLevel.Error, Message = "What follows from the outbox could not be written; trying again.")]
    private partial void Failed(Exception failure);
}
