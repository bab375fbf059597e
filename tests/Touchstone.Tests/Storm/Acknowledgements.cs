using System.Collections.Concurrent;

namespace Touchstone.Tests.Storm;

/// <summary>What clients were told, to be held against what is there in the end.</summary>
internal sealed class Acknowledgements
{
    /// <summary>By lease token, when the response was stored, as the server said it.</summary>
    public ConcurrentDictionary<string, string> SubmittedAt { get; } = new();

    public ConcurrentBag<string> Contradictions { get; } = [];

    public void Add(string token, string submittedAt)
    {
        var first = SubmittedAt.GetOrAdd(token, submittedAt);
        if (first != submittedAt) Contradictions.Add($"lease {token} was acknowledged at {first} and at {submittedAt}");
    }
}
