namespace Touchstone.Server.Jobs;

/// <summary>Tells this server's runner that a job was queued; other servers look by themselves every few seconds.</summary>
internal sealed class JobSignal : IDisposable
{
    private readonly SemaphoreSlim _queued = new(0, 1);

    public void Raise()
    {
        lock (_queued)
        {
            if (_queued.CurrentCount == 0) _queued.Release();
        }
    }

    public Task WaitAsync(TimeSpan atMost, CancellationToken cancellationToken) => _queued.WaitAsync(atMost, cancellationToken);

    public void Dispose() => _queued.Dispose();
}
