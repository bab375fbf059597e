namespace Touchstone.Text.Words;

/// <summary>Finds sequences of tokens that are one of a set of patterns, a step for each token. Immutable, shared by all threads.</summary>
internal sealed class PatternTrie
{
    /// <summary>Next node for a node and a token: <c>node * alphabet + token</c>; 0 where there is none.</summary>
    private readonly short[] _next;
    private readonly bool[] _isEnd;

    /// <param name="patterns">The patterns.</param>
    /// <param name="tokens">All tokens in them; a token's number is its index.</param>
    public PatternTrie(string[][] patterns, string[] tokens)
    {
        (Alphabet, Longest) = (tokens.Length, patterns.Max(pattern => pattern.Length));
        var numbers = tokens.Select((token, index) => (token, index)).ToDictionary(pair => pair.token, pair => pair.index, StringComparer.Ordinal);
        var nodes = patterns.Sum(pattern => pattern.Length) + 1;
        (_next, _isEnd) = (new short[nodes * Alphabet], new bool[nodes]);
        short used = 1;
        foreach (var pattern in patterns)
        {
            var node = 0;
            foreach (var token in pattern)
            {
                ref var next = ref _next[node * Alphabet + numbers[token]];
                if (next == 0) next = used++;
                node = next;
            }

            _isEnd[node] = true;
        }
    }

    /// <summary>Number of distinct tokens.</summary>
    public int Alphabet { get; }

    /// <summary>Number of tokens of the longest pattern.</summary>
    public int Longest { get; }

    /// <summary>The node behind a token, 0 where no pattern goes on; the walk begins with node 0.</summary>
    public int Next(int node, int token) => _next[node * Alphabet + token];

    /// <summary>True where a pattern ends at the node.</summary>
    public bool IsEnd(int node) => _isEnd[node];
}
