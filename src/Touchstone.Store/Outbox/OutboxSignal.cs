namespace Touchstone.Store.Outbox;

/// <summary>Wakes readers of the outbox: in process at once, between servers by LISTEN/NOTIFY. A hint only: a missed or needless
/// wake-up costs time, never a row.</summary>
public sealed class OutboxSignal
{
    /// <summary>Counts wake-ups; take it before reading, then wait for it to move.</summary>
    public long Version => throw new NotImplementedException();

    /// <summary>Says that rows were committed.</summary>
    public void Raise() => throw new NotImplementedException();

    /// <summary>Waits until <see cref="Version"/> is above <paramref name="seen"/> or the time has passed.</summary>
    /// <returns>The version now.</returns>
    public Task<long> WaitAsync(long seen, TimeSpan atMost, CancellationToken cancellationToken) => throw new NotImplementedException();
}
