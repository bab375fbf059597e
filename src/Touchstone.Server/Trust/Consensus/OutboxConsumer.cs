using Touchstone.Store.Outbox;

namespace Touchstone.Server.Trust.Consensus;

/// <summary>Runs the derivation whenever something happened. When it falls behind, nobody who submits waits for it.</summary>
internal sealed partial class OutboxConsumer(Derivation derivation, OutboxSignal signal, ILogger<OutboxConsumer> log) : BackgroundService
{
    /// <summary>Looks again after this time even if no signal came.</summary>
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(2);

    /// <summary>After a failure.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var seen = signal.Version;
            try
            {
                if (await derivation.StepAsync(stoppingToken) > 0) continue;
                await signal.WaitAsync(seen, Idle, stoppingToken);
            }
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                Failed(failure);
                await signal.WaitAsync(signal.Version, Pause, stoppingToken);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "What follows from the outbox could not be written; trying again.")]
    private partial void Failed(Exception failure);
}
