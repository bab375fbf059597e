namespace Touchstone.Quality.Categorical;

/// <summary>What all starts of <see cref="Mace"/> share: the votes in the order of items, and how often each contributor said each label.</summary>
internal sealed class MaceData
{
    public MaceData(Votes votes)
    {
        var byItem = votes.ByItem;
        Votes = votes;
        Start = byItem.Start;
        Cell = byItem.Cell;
        Counts = votes.Facts.VotesOf;
        Label = new int[votes.Count];
        CellCounts = new int[votes.ContributorCount * votes.LabelCount];
        for (var v = 0; v < Cell.Length; v++)
        {
            Label[v] = byItem.At(v).Label;
            CellCounts[Cell[v]]++;
        }

        Parts = byItem.Parts(CellCounts.Length);
    }

    public Votes Votes { get; }

    public int[] Start { get; }

    /// <summary>contributor * K + label of each vote.</summary>
    public int[] Cell { get; }

    public int[] Label { get; }

    public int[] Counts { get; }

    public int[] CellCounts { get; }

    public int[] Parts { get; }
}
