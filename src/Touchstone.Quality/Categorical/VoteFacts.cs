using System.Runtime.CompilerServices;

namespace Touchstone.Quality.Categorical;

/// <summary>What votes are like before any model sees them.</summary>
internal sealed class VoteFacts
{
    /// <summary>Votes of each contributor.</summary>
    public required int[] VotesOf { get; init; }

    /// <summary>How often each label was given.</summary>
    public required int[] Given { get; init; }

    /// <summary>Items without votes.</summary>
    public required int Unvoted { get; init; }

    /// <summary>Items with one vote.</summary>
    public required int Single { get; init; }

    /// <summary>Items of two votes or more on which two labels or more share the most votes.</summary>
    public required int Tied { get; init; }

    /// <summary>Votes beyond the first of the same contributor on the same item.</summary>
    public required int Repeated { get; init; }

    /// <summary>Groups of contributors who share items, directly or through others.</summary>
    public required int Groups { get; init; }

    /// <summary>Contributors with a vote.</summary>
    public int Active => VotesOf.Count(n => n > 0);

    /// <summary>Items with two votes or more.</summary>
    public required int Overlapped { get; init; }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static VoteFacts Of(Votes votes)
    {
        var byItem = votes.ByItem;
        var (k, active) = (votes.LabelCount, 0);
        var votesOf = new int[votes.ContributorCount];
        foreach (var contributor in votes.Contributors)
            if (votesOf[contributor]++ == 0) active++;
        var given = new int[k];
        var counts = new int[k];
        var seen = new int[votes.ContributorCount]; // the last item that each contributor voted on, counted from 1
        var groups = new Partition(votes.ContributorCount, active);
        int unvoted = 0, single = 0, tied = 0, repeated = 0;
        for (var i = 0; i < votes.ItemCount; i++)
        {
            var cells = byItem.Of(i);
            if (cells.Length == 0) unvoted++;
            if (cells.Length == 1) single++;
            var first = cells.Length == 0 ? -1 : byItem.ContributorOf(cells[0]);
            foreach (var cell in cells)
            {
                var contributor = byItem.ContributorOf(cell);
                counts[cell - contributor * k]++;
                if (seen[contributor] == i + 1) repeated++;
                seen[contributor] = i + 1;
                if (groups.Count > 1) groups.Join(first, contributor);
            }

            // Without branches: which label leads is what no processor foresees.
            var most = 0;
            foreach (var count in counts) most = Math.Max(most, count);
            var sharing = 0;
            for (var j = 0; j < counts.Length; j++)
            {
                sharing += counts[j] == most ? 1 : 0;
                given[j] += counts[j];
                counts[j] = 0;
            }

            if (cells.Length > 0 && sharing > 1) tied++;
        }

        return new VoteFacts
        {
            VotesOf = votesOf,
            Given = given,
            Unvoted = unvoted,
            Single = single,
            Tied = tied,
            Repeated = repeated,
            Groups = groups.Count,
            Overlapped = votes.ItemCount - unvoted - single,
        };
    }

    /// <summary>Disjoint sets of contributors (R. E. Tarjan, JACM 22(2), 1975).</summary>
    private sealed class Partition(int contributors, int active)
    {
        private readonly int[] _parent = [.. Enumerable.Range(0, contributors)];

        public int Count { get; private set; } = active;

        public void Join(int a, int b)
        {
            (a, b) = (Root(a), Root(b));
            if (a == b) return;
            _parent[b] = a;
            Count--;
        }

        private int Root(int node)
        {
            while (_parent[node] != node) node = _parent[node] = _parent[_parent[node]];
            return node;
        }
    }
}
