using Touchstone.Store.Queue;

namespace Touchstone.Server.Work;

/// <summary>Ends leases whose time has passed, so that their slots come free.</summary>
internal sealed partial class LeaseSweeper(IWorkQueue queue, TimeProvider clock, ILogger<LeaseSweeper> log) : BackgroundService
{
    private const int Limit = 500;
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await SweepAsync(stoppingToken);
            }
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                // The database may be away for a while; leases that ran out stay submittable, so the next round is soon enough.
                Failed(failure);
            }
        }
    }

    /// <summary>Ends all that are due; how many.</summary>
    public async Task<int> SweepAsync(CancellationToken cancellationToken)
    {
        var total = 0;
        int ended;
        do
        {
            ended = await queue.ExpireAsync(Limit, cancellationToken);
            total += ended;
        }
        while (ended == Limit);
        return total;
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Leases that ran out could not be ended; trying again.")]
    private partial void Failed(Exception failure);
}
