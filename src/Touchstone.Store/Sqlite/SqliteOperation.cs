namespace Touchstone.Store.Sqlite;

/// <summary>One caller's change, waiting for its turn in a group.</summary>
internal abstract class SqliteOperation
{
    /// <summary>Carries it out inside the group's transaction. May be run again if that transaction was undone.</summary>
    /// <returns>False when it needs another turn, in the next group.</returns>
    public abstract bool Run(QueueSession session);

    /// <summary>Forgets what an undone transaction left in it.</summary>
    public virtual void Reset()
    {
    }

    /// <summary>Answers the caller: the group is durable.</summary>
    public abstract void Complete();

    public abstract void Fail(Exception failure);
}

/// <summary>An operation whose caller waits for a <typeparamref name="T"/>.</summary>
internal abstract class SqliteOperation<T> : SqliteOperation
    where T : class
{
    private readonly TaskCompletionSource<T> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private T? _result;

    public Task<T> Answer => _answer.Task;

    protected abstract T? Decide(QueueSession session);

    public sealed override bool Run(QueueSession session) => (_result = Decide(session)) is not null;

    public sealed override void Complete() => _answer.TrySetResult(_result!);

    public sealed override void Fail(Exception failure) => _answer.TrySetException(failure);
}

/// <summary>An operation of one piece.</summary>
internal sealed class SimpleOperation<T>(Func<QueueSession, T> decide) : SqliteOperation<T>
    where T : class
{
    protected override T Decide(QueueSession session) => decide(session);
}
