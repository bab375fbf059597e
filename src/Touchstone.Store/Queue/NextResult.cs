namespace Touchstone.Store.Queue;

/// <summary>What came of asking for the next task.</summary>
public abstract record NextResult
{
    private NextResult()
    {
    }

    /// <summary>A lease: new, or one held already when the worker holds as many as allowed.</summary>
    public sealed record Granted(LeaseGrant Lease) : NextResult;

    /// <summary>Nothing, and why (<see cref="QueueReason"/>).</summary>
    public sealed record Nothing(string Reason) : NextResult;
}
