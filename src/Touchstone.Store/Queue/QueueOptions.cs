namespace Touchstone.Store.Queue;

/// <summary>How a queue behaves. The defaults are for production.</summary>
public sealed record QueueOptions
{
    /// <summary>Operations of one group from which on the queue is a crowd's.</summary>
    internal const int Crowd = 8;

    /// <summary>Live leases that a contributor holds in a project: the current one and one prefetched. At least 1.</summary>
    public int MaxHeld { get; init; } = 2;

    /// <summary>How long a contributor has to do work again that was sent back.</summary>
    public TimeSpan CorrectionTerm { get; init; } = TimeSpan.FromDays(7);

    /// <summary>Rows of a lane read at a time while looking for an eligible task, 1 to 10,000.</summary>
    public int ScanRows { get; init; } = 64;

    /// <summary>Operations that share one durable transaction at most.</summary>
    public int GroupSize { get; init; } = 128;

    /// <summary>Operations that wait at most; beyond that callers wait to enter.</summary>
    public int Capacity { get; init; } = 8192;

    /// <summary>PostgreSQL: groups of this process under way at once; those of one project follow each other while there is a crowd.</summary>
    public int ParallelGroups { get; init; } = 4;

    /// <summary>Seeds the draw of gold; null draws a seed from the operating system.</summary>
    public int? Seed { get; init; }

    /// <summary>Called before each statement with its name; simulations throw from it to crash there.</summary>
    internal Action<string>? Fault { get; init; }
}
