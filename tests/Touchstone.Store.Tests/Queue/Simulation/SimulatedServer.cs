using Touchstone.Store.Queue;

namespace Touchstone.Store.Tests.Queue.Simulation;

/// <summary>A server process' queue, which can be killed and started again.</summary>
internal sealed class SimulatedServer
{
    private readonly StoreDatabase _database;
    private readonly TimeProvider _clock;
    private int _seed;

    public SimulatedServer(StoreDatabase database, TimeProvider clock, int seed)
    {
        (_database, _clock, _seed) = (database, clock, seed);
        Queue = Start();
    }

    public FaultPlan Faults { get; } = new();

    public IWorkQueue Queue { get; private set; }

    private IWorkQueue Start() => _database.CreateQueue(_clock, new QueueOptions { Seed = _seed++, Fault = Faults.At, ScanRows = 8 });

    public async Task RestartAsync()
    {
        await Queue.DisposeAsync();
        Queue = Start();
    }

    /// <summary>The answer, or null when the server failed or died before it gave one: nobody knows then what was done.</summary>
    public async Task<T?> TryAsync<T>(Func<IWorkQueue, Task<T>> ask)
    {
        try
        {
            return await ask(Queue);
        }
        catch (Exception failure) when (failure is SimulatedFaultException or QueueKilledException or ObjectDisposedException)
        {
            return default;
        }
    }
}
