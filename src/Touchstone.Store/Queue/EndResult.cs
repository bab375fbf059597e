namespace Touchstone.Store.Queue;

/// <summary>What came of skipping or returning a lease.</summary>
public abstract record EndResult
{
    private EndResult()
    {
    }

    /// <summary>Ended; also when the same was asked before (<paramref name="Repeated"/>).</summary>
    public sealed record Ended(bool Repeated) : EndResult;

    /// <summary>Not ended, and why (<see cref="QueueReason"/>).</summary>
    public sealed record Refused(string Reason) : EndResult;
}

/// <summary>What came of a heartbeat.</summary>
public abstract record HeartbeatResult
{
    private HeartbeatResult()
    {
    }

    /// <summary>The lease is kept until then.</summary>
    public sealed record Extended(DateTimeOffset ExpiresAt) : HeartbeatResult;

    /// <summary>Not kept, and why (<see cref="QueueReason"/>).</summary>
    public sealed record Refused(string Reason) : HeartbeatResult;
}
