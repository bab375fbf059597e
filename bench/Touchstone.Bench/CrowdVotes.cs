using Touchstone.Quality.Categorical;
using Touchstone.Statistics;

namespace Touchstone.Bench;

/// <summary>A made crowd: contributors of widely different accuracy, wrong labels alike likely, the same number of votes on every item.</summary>
internal static class CrowdVotes
{
    private const int VotesAnItem = 10;
    private const int Contributors = 1_000;
    private const int Labels = 10;

    public static (Votes Votes, int[] Truth) Make(int items, int seed = 1)
    {
        var random = new SeededRandom(seed);
        var accuracy = new double[Contributors];
        for (var c = 0; c < Contributors; c++) accuracy[c] = random.NextDouble(0.3, 0.79);
        var truth = new int[items];
        int[] voted = new int[items * VotesAnItem], voter = new int[voted.Length], said = new int[voted.Length];
        for (int i = 0, v = 0; i < items; i++)
        {
            truth[i] = random.NextInt(Labels);
            foreach (var c in random.Sample(Contributors, VotesAnItem))
            {
                (voted[v], voter[v]) = (i, c);
                said[v++] = random.NextBool(accuracy[c]) ? truth[i] : (truth[i] + 1 + random.NextInt(Labels - 1)) % Labels;
            }
        }

        return (new Votes(voted, voter, said, items, Contributors, Labels), truth);
    }
}
