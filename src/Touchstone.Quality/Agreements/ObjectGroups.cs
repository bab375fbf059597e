namespace Touchstone.Quality.Agreements;

/// <summary>Gathers the marks of one class on one item into objects.</summary>
internal static class ObjectGroups
{
    /// <summary>Joins the most similar pair first; a join never brings two marks of one contributor together. Equal pairs are joined in the order of their contributors.</summary>
    public static IEnumerable<int[]> Gather(int[] marks, Func<int, int> contributorOf, Func<int, int, double> similarity, double threshold)
    {
        Array.Sort(marks, (a, b) => (contributorOf(a), a).CompareTo((contributorOf(b), b)));
        List<(double Similarity, int First, int Second)> edges = [];
        for (var i = 0; i < marks.Length; i++)
        {
            for (var j = i + 1; j < marks.Length; j++)
            {
                if (contributorOf(marks[i]) == contributorOf(marks[j])) continue;
                var alike = similarity(marks[i], marks[j]);
                if (alike >= threshold) edges.Add((alike, i, j));
            }
        }

        var groupOf = Enumerable.Range(0, marks.Length).ToArray();
        var members = marks.Select((_, i) => new List<int> { i }).ToArray();
        foreach (var (_, first, second) in edges.OrderByDescending(e => e.Similarity))
        {
            var (a, b) = (groupOf[first], groupOf[second]);
            if (a == b || members[a].Any(x => members[b].Any(y => contributorOf(marks[x]) == contributorOf(marks[y])))) continue;
            foreach (var moved in members[b]) groupOf[moved] = a;
            members[a].AddRange(members[b]);
            members[b].Clear();
        }

        return members.Where(m => m.Count > 0).Select(m => m.Order().Select(i => marks[i]).ToArray());
    }
}
