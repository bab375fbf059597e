using System.Runtime.ExceptionServices;
using Touchstone.Store;

namespace Touchstone.Server.Host;

/// <summary>
/// What takes a second of computing and is not needed to listen: the database's model and the routes' bindings. They are made right after the port is open, on
/// one thread, so that another core is left for who asks meanwhile; an early request for either waits for it. The server's own workers begin after it.
/// </summary>
internal sealed class Preparation(StoreDatabase database, EndpointDataSource routes, IHostApplicationLifetime lifetime) : BackgroundService
{
    /// <summary>The first questions after a start compile some more; what they needed is given back with the rest.</summary>
    private static readonly TimeSpan BeforeRest = TimeSpan.FromSeconds(8);

    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private ExceptionDispatchInfo? _failure;

    /// <summary>Waits until it is done; one that failed stops the server, and this wait with it.</summary>
    public Task WaitAsync(CancellationToken stoppingToken) => _done.Task.WaitAsync(stoppingToken);

    /// <summary>What failed, if it did and stopped the server.</summary>
    public void ThrowIfFailed() => _failure?.Throw();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var listening = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var started = lifetime.ApplicationStarted.Register(listening.SetResult);
        await listening.Task.WaitAsync(stoppingToken);
        try
        {
            database.Warm();
            stoppingToken.ThrowIfCancellationRequested();
            _ = routes.Endpoints;
            _done.SetResult();
            await Task.Delay(BeforeRest, stoppingToken);
            SpareMemory.GiveBack();
        }
        catch (Exception failure) when (!stoppingToken.IsCancellationRequested)
        {
            _failure = ExceptionDispatchInfo.Capture(failure);
            lifetime.StopApplication();
        }
    }
}
