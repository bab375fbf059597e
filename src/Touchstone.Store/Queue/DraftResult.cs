namespace Touchstone.Store.Queue;

/// <summary>Work saved under a lease.</summary>
/// <param name="Body">As the contributor's tool wrote it.</param>
/// <param name="Version">Counts from 1; names what the next save is based on.</param>
/// <param name="UpdatedAt">When it was saved.</param>
public sealed record DraftView(string Body, int Version, DateTimeOffset UpdatedAt);

/// <summary>What came of saving a draft.</summary>
public abstract record DraftResult
{
    private DraftResult()
    {
    }

    /// <summary>Saved; a live lease is renewed by it.</summary>
    public sealed record Saved(int Version, DateTimeOffset ExpiresAt) : DraftResult;

    /// <summary>Somebody (another window) saved since: the newer draft, which is kept.</summary>
    public sealed record Conflict(DraftView Newer) : DraftResult;

    /// <summary>Not saved, and why (<see cref="QueueReason"/>).</summary>
    public sealed record Refused(string Reason) : DraftResult;
}
