using Npgsql;
using Touchstone.Store.Outbox;

namespace Touchstone.Store.Postgres;

/// <summary>
/// Carries the outbox's wake-up between servers. NOTIFY takes a lock of the whole database until its transaction ends, which would
/// make all durable commits wait for each other; so it is sent on its own, at most every <see cref="Pause"/>.
/// </summary>
internal sealed class OutboxBroadcast : IAsyncDisposable
{
    private const string Channel = "touchstone_outbox";
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan RetryPause = TimeSpan.FromSeconds(2);

    private readonly NpgsqlDataSource _source;
    private readonly OutboxSignal _signal;
    private readonly CancellationTokenSource _stop = new();
    private readonly SemaphoreSlim _pending = new(0, 1);
    private readonly Lock _lock = new();
    private Task? _sender;
    private Task? _listener;

    public OutboxBroadcast(NpgsqlDataSource source, OutboxSignal signal)
    {
        _source = source;
        _signal = signal;
        signal.Raised = Send;
        signal.Waiting = Listen;
    }

    private void Send()
    {
        lock (_lock)
        {
            if (_stop.IsCancellationRequested) return;
            _sender ??= Task.Run(SendLoop);
            if (_pending.CurrentCount == 0) _pending.Release();
        }
    }

    private void Listen()
    {
        if (_listener is not null) return;
        lock (_lock)
        {
            if (!_stop.IsCancellationRequested) _listener ??= Task.Run(ListenLoop);
        }
    }

    private async Task SendLoop()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                await _pending.WaitAsync(_stop.Token);
                await using (var command = _source.CreateCommand($"NOTIFY {Channel}")) await command.ExecuteNonQueryAsync(_stop.Token);
                await Task.Delay(Pause, _stop.Token);
            }
            catch (OperationCanceledException)
            {
                return;
            }
            catch (NpgsqlException)
            {
                // The database is away: readers also look by themselves from time to time.
                await Rest();
            }
        }
    }

    private async Task ListenLoop()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                await using var connection = await _source.OpenConnectionAsync(_stop.Token);
                connection.Notification += (_, _) => _signal.Move();
                await using (var command = new NpgsqlCommand($"LISTEN {Channel}", connection)) await command.ExecuteNonQueryAsync(_stop.Token);
                _signal.Move();
                while (true) await connection.WaitAsync(_stop.Token);
            }
            catch (OperationCanceledException)
            {
                return;
            }
            catch (NpgsqlException)
            {
                await Rest();
            }
        }
    }

    private async Task Rest()
    {
        try
        {
            await Task.Delay(RetryPause, _stop.Token);
        }
        catch (OperationCanceledException)
        {
            // Stopping.
        }
    }

    public async ValueTask DisposeAsync()
    {
        lock (_lock) _stop.Cancel();
        if (_sender is not null) await _sender;
        if (_listener is not null) await _listener;
        _stop.Dispose();
        _pending.Dispose();
    }
}
