namespace Touchstone.Store.Sqlite;

/// <summary>SQLite has one writer at a time. Within the process writers wait here, in turn and without polling, instead of at the file.</summary>
internal sealed class WriteGate : IDisposable
{
    private readonly SemaphoreSlim _turn = new(1, 1);

    public void Enter() => _turn.Wait();

    public Task EnterAsync(CancellationToken cancellationToken) => _turn.WaitAsync(cancellationToken);

    public void Exit() => _turn.Release();

    public void Dispose() => _turn.Dispose();
}

/// <summary>What of a context holds the gate; the first to enter is the one to leave.</summary>
internal enum GateHolder
{
    None,
    Write,
    Transaction,
    Save,
    Command,
}

/// <summary>One context's passage through the gate. A context is used by one flow at a time, so this needs no lock.</summary>
internal sealed class GatePass(WriteGate gate)
{
    private GateHolder _holder;

    public void Enter(GateHolder holder)
    {
        if (_holder != GateHolder.None) return;
        gate.Enter();
        _holder = holder;
    }

    public async Task EnterAsync(GateHolder holder, CancellationToken cancellationToken)
    {
        if (_holder != GateHolder.None) return;
        await gate.EnterAsync(cancellationToken);
        _holder = holder;
    }

    public void Exit(GateHolder holder)
    {
        if (_holder != holder || holder == GateHolder.None) return;
        _holder = GateHolder.None;
        gate.Exit();
    }

    /// <summary>The context is gone: a transaction that was neither committed nor rolled back leaves here.</summary>
    public void ExitAll() => Exit(_holder);
}
