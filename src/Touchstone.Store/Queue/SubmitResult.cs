using Touchstone.Store.Ids;

namespace Touchstone.Store.Queue;

/// <summary>One answer set, checked by the caller, to be stored under a lease.</summary>
/// <param name="Worker">Who submits.</param>
/// <param name="Token">The lease.</param>
/// <param name="Answers">The answers' JSON as it was checked.</param>
/// <param name="Digest">SHA-256 of <paramref name="Answers"/> in UTF-8: the same lease and digest twice is one response.</param>
/// <param name="ActiveMilliseconds">Time in which the contributor was active, at least 0.</param>
/// <param name="Next">Also hand out the next lease, in the same transaction.</param>
public sealed record Submission(Worker Worker, LeaseToken Token, string Answers, byte[] Digest, long ActiveMilliseconds, bool Next);

/// <summary>What came of a submit. Accepted and repeated answers go out only when the response is durable.</summary>
public abstract record SubmitResult
{
    private SubmitResult()
    {
    }

    /// <summary>Stored now.</summary>
    /// <param name="ResponseId">The response.</param>
    /// <param name="SubmittedAt">Its time.</param>
    /// <param name="Next">The next lease; null when none was asked for.</param>
    public sealed record Accepted(ResponseId ResponseId, DateTimeOffset SubmittedAt, NextResult? Next) : SubmitResult;

    /// <summary>The same body was stored under this lease before: the same receipt again.</summary>
    /// <param name="ResponseId">The response.</param>
    /// <param name="SubmittedAt">When it was stored the first time.</param>
    /// <param name="Next">The next lease; null when none was asked for.</param>
    public sealed record Repeated(ResponseId ResponseId, DateTimeOffset SubmittedAt, NextResult? Next) : SubmitResult;

    /// <summary>Not stored, and why (<see cref="QueueReason"/>).</summary>
    public sealed record Refused(string Reason) : SubmitResult;
}
