using System.Collections.Concurrent;

namespace Touchstone.Curation.Runs;

/// <summary>Threads that work on batches of any shard, each with buffers of its own.</summary>
/// <typeparam name="TWorker">A thread's own buffers.</typeparam>
internal sealed class WorkerPool<TWorker> : IDisposable
{
    private readonly BlockingCollection<Action<TWorker>> _work = [];
    private readonly Thread[] _threads;

    public WorkerPool(int workers, Func<TWorker> create)
    {
        _threads = new Thread[workers];
        for (var t = 0; t < workers; t++)
        {
            _threads[t] = new Thread(() => Loop(create())) { IsBackground = true, Name = "curation worker" };
            _threads[t].Start();
        }
    }

    /// <summary>Works on something when a thread is free.</summary>
    public Task<TResult> RunAsync<TResult>(Func<TWorker, TResult> work)
    {
        var done = new TaskCompletionSource<TResult>(TaskCreationOptions.RunContinuationsAsynchronously);
        _work.Add(worker =>
        {
            try
            {
                done.SetResult(work(worker));
            }
            catch (Exception failure)
            {
                done.SetException(failure);
            }
        });
        return done.Task;
    }

    public void Dispose()
    {
        _work.CompleteAdding();
        foreach (var thread in _threads) thread.Join();
        _work.Dispose();
    }

    private void Loop(TWorker worker)
    {
        foreach (var work in _work.GetConsumingEnumerable()) work(worker);
    }
}
