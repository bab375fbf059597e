namespace Touchstone.Store.Queue;

/// <summary>Thrown by a simulation's fault hook: the process ends at this statement, and nothing after it happens.</summary>
internal sealed class QueueKilledException() : Exception("The queue was killed here.");
