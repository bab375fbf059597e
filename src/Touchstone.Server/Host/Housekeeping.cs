using Microsoft.EntityFrameworkCore;
using Touchstone.Files.Storage;
using Touchstone.Store;
using Touchstone.Store.Ids;

namespace Touchstone.Server.Host;

/// <summary>Removes what has served its purpose: answers kept for repeats, links long expired, leftovers of uploads that were cut off.</summary>
internal sealed partial class Housekeeping(StoreDatabase database, ContentFolder content, TimeProvider clock, Preparation preparation, ILogger<Housekeeping> log) : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromHours(1);
    private static readonly TimeSpan LinksKept = TimeSpan.FromDays(30);
    private static readonly TimeSpan UploadsKept = TimeSpan.FromDays(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await preparation.WaitAsync(stoppingToken);
        using var timer = new PeriodicTimer(Period, clock);
        do
        {
            try
            {
                await CleanAsync(stoppingToken);
            }
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                Failed(failure);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    public async Task CleanAsync(CancellationToken cancellationToken)
    {
        var now = clock.Now();
        var (answers, links) = (now - Idempotency.Kept, now - LinksKept);
        await database.WriteAsync((store, cancel) => store.IdempotencyRecords.Where(r => r.CreatedAt < answers).ExecuteDeleteAsync(cancel), cancellationToken);
        await database.WriteAsync((store, cancel) => store.SignInLinks.Where(l => l.ExpiresAt < links).ExecuteDeleteAsync(cancel), cancellationToken);
        content.Sweep(UploadsKept);
    }

    [LoggerMessage(1, LogLevel.Warning, "Housekeeping failed; trying again in an hour")]
    private partial void Failed(Exception failure);
}
