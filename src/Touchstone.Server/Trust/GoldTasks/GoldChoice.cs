using Touchstone.Store.Ids;

namespace Touchstone.Server.Trust.GoldTasks;

/// <summary>A reviewed task that gold could be made of.</summary>
/// <param name="Task">The task.</param>
/// <param name="Confidence">How sure its consensus was, in [0, 1].</param>
/// <param name="Classes">Classes in its answers.</param>
internal sealed record GoldCandidate(LabelTaskId Task, double Confidence, IReadOnlyCollection<string> Classes);

/// <summary>Chooses what becomes gold: the surest, spread over the classes.</summary>
internal static class GoldChoice
{
    /// <summary>What has nothing in it counts as a class too: seeing that there is nothing must be right as well.</summary>
    private const string Nothing = "";

    /// <summary>Takes in turn the surest task that has the class which was chosen least often so far.</summary>
    /// <returns>At most <paramref name="count"/>, in the order in which they were chosen; the same for the same candidates.</returns>
    public static List<LabelTaskId> Pick(IEnumerable<GoldCandidate> candidates, int count)
    {
        var left = candidates.OrderByDescending(c => c.Confidence).ThenBy(c => c.Task.ToString(), StringComparer.Ordinal).ToList();
        var chosen = left.SelectMany(ClassesOf).Distinct().Order(StringComparer.Ordinal).ToDictionary(c => c, _ => 0);
        var found = new List<LabelTaskId>();
        while (found.Count < count && left.Count > 0)
        {
            var rarest = left.SelectMany(ClassesOf).Distinct().MinBy(c => (chosen[c], c));
            var next = left.First(c => ClassesOf(c).Contains(rarest!));
            foreach (var name in ClassesOf(next)) chosen[name]++;
            found.Add(next.Task);
            left.Remove(next);
        }

        return found;
    }

    private static IEnumerable<string> ClassesOf(GoldCandidate candidate) => candidate.Classes.Count == 0 ? [Nothing] : candidate.Classes;
}
