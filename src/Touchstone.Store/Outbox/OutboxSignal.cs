namespace Touchstone.Store.Outbox;

/// <summary>Wakes readers of the outbox: in process at once, between servers by LISTEN/NOTIFY. A hint only: a missed or needless
/// wake-up costs time, never a row.</summary>
public sealed class OutboxSignal
{
    private readonly Lock _lock = new();
    private TaskCompletionSource _moved = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _version;

    internal OutboxSignal()
    {
    }

    /// <summary>Counts wake-ups; take it before reading, then wait for it to move.</summary>
    public long Version => Volatile.Read(ref _version);

    /// <summary>Told when this process itself committed rows, to pass it on to other servers.</summary>
    internal Action? Raised { get; set; }

    /// <summary>Told before the first wait, to begin listening to other servers.</summary>
    internal Action? Waiting { get; set; }

    /// <summary>Says that this process committed rows.</summary>
    public void Raise()
    {
        Move();
        Raised?.Invoke();
    }

    /// <summary>Waits until <see cref="Version"/> is above <paramref name="seen"/> or the time has passed.</summary>
    /// <returns>The version now.</returns>
    public async Task<long> WaitAsync(long seen, TimeSpan atMost, CancellationToken cancellationToken)
    {
        Waiting?.Invoke();
        var moved = Volatile.Read(ref _moved);
        if (Version > seen) return Version;
        try
        {
            await moved.Task.WaitAsync(atMost, cancellationToken);
        }
        catch (TimeoutException)
        {
            // The longest wait is over: the caller looks again, in case a wake-up was missed.
        }

        return Version;
    }

    /// <summary>Wakes the readers of this process only.</summary>
    internal void Move()
    {
        TaskCompletionSource moved;
        lock (_lock)
        {
            _version++;
            moved = _moved;
            _moved = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        moved.TrySetResult();
    }
}
