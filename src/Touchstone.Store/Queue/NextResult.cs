using Touchstone.Store.Ids;

namespace Touchstone.Store.Queue;

/// <summary>What came of asking for the next task.</summary>
public abstract record NextResult
{
    private NextResult()
    {
    }

    /// <summary>A lease: new, or one held already when the worker holds as many as allowed.</summary>
    /// <param name="Lease">The lease.</param>
    public sealed record Granted(LeaseGrant Lease) : NextResult
    {
        /// <summary>The compartment of its task.</summary>
        public CompartmentId CompartmentId { get; init; }

        /// <summary>Version of the draft that lies under it; 0 without one. Work saved under an earlier lease of the same contributor on
        /// the same task comes along.</summary>
        public int DraftVersion { get; init; }
    }

    /// <summary>Nothing, and why (<see cref="QueueReason"/>).</summary>
    public sealed record Nothing(string Reason) : NextResult;
}
