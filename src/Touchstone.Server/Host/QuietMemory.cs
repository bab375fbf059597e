namespace Touchstone.Server.Host;

/// <summary>
/// Gives memory back when work has ended: the heap that a busy hour needed, and that the runtime keeps for the next one. Requests are counted but those for
/// health, which are asked for ever.
/// </summary>
internal sealed class QuietMemory(TimeProvider clock) : BackgroundService
{
    private readonly QuietWatch _watch = new();
    private long _requests;

    /// <summary>Counts a request.</summary>
    public void Count() => Interlocked.Increment(ref _requests);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(QuietWatch.Period, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
            if (_watch.IsTime(Interlocked.Read(ref _requests))) SpareMemory.GiveBack();
    }
}

/// <summary>Decides when a server has come to rest. An open page asks now and then: that is rest too.</summary>
internal sealed class QuietWatch
{
    /// <summary>How often it is asked.</summary>
    public static readonly TimeSpan Period = TimeSpan.FromMinutes(1);

    /// <summary>Requests of a period from which on the server is at work.</summary>
    public const int Busy = 30;

    private const int QuietPeriods = 2;
    private long _before;
    private long _givenBackAt;
    private int _quiet;

    /// <summary>Asked once a period: whether there were requests since memory was last given back, and hardly any in the last two periods.</summary>
    /// <param name="requests">All since the start.</param>
    public bool IsTime(long requests)
    {
        _quiet = requests - _before < Busy ? _quiet + 1 : 0;
        _before = requests;
        if (_quiet < QuietPeriods || requests == _givenBackAt) return false;
        (_givenBackAt, _quiet) = (requests, 0);
        return true;
    }
}
