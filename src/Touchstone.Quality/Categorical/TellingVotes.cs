namespace Touchstone.Quality.Categorical;

/// <summary>
/// The votes that tell anything of who errs how: those on items that somebody else voted on too, and on items whose class is known. A lone vote agrees with nothing and contradicts nothing, yet a model
/// with free confusions finds a tale for many of them at once, such as that all items are of one class and half the votes wrong.
/// </summary>
/// <param name="Votes">The votes, their items numbered anew.</param>
/// <param name="Known">Known classes of these items; empty when none was given.</param>
/// <param name="NumberOf">The new number of each item, -1 of one that is left out; null when none is.</param>
internal sealed record TellingVotes(Votes Votes, int[] Known, int[]? NumberOf)
{
    public static TellingVotes Of(Votes votes, ReadOnlySpan<int> known)
    {
        var byItem = votes.ByItem;
        var number = new int[votes.ItemCount];
        var (items, count) = (0, 0);
        for (var i = 0; i < number.Length; i++)
        {
            var tells = byItem.Of(i).Length > 1 || (!known.IsEmpty && known[i] != DawidSkene.Unknown);
            number[i] = tells ? items++ : -1;
            if (tells) count += byItem.Of(i).Length;
        }

        return items == number.Length ? new(votes, known.ToArray(), null) : new(Keep(votes, number, items, count), Keep(known, number, items), number);
    }

    private static Votes Keep(Votes votes, int[] number, int items, int count)
    {
        var (item, contributor, label) = (new int[count], new int[count], new int[count]);
        var kept = 0;
        for (var v = 0; v < votes.Count; v++)
        {
            if (number[votes.Items[v]] is var at && at < 0) continue;
            (item[kept], contributor[kept], label[kept]) = (at, votes.Contributors[v], votes.Labels[v]);
            kept++;
        }

        return new Votes(item, contributor, label, items, votes.ContributorCount, votes.LabelCount);
    }

    private static int[] Keep(ReadOnlySpan<int> known, int[] number, int items)
    {
        if (known.IsEmpty) return [];
        var kept = new int[items];
        for (var i = 0; i < number.Length; i++)
            if (number[i] >= 0) kept[number[i]] = known[i];
        return kept;
    }
}
