using Touchstone.Statistics;

namespace Touchstone.Quality.Assays;

/// <summary>What a rule of overlap buys: answers an item and accuracy, by simulation.</summary>
/// <remarks>
/// Contributors err independently, each with the same probability, and a wrong answer is any other label alike (one-coin model): a label with n answers then has probability r^n over the sum, r = (1 - e)(K - 1) / e. Work of
/// unlike difficulty or errors that go together does worse: the forecast is for planning, and the audit decides.
/// </remarks>
internal static class OverlapForecast
{
    private const int SimulatedItems = 5_000;

    public static (double Answers, double Accuracy) Of(OverlapPlan overlap, double errors, int labelCount, SeededRandom random)
    {
        var odds = PortableMath.Log((1 - errors) * (labelCount - 1) / errors);
        var counts = new int[labelCount];
        long answers = 0, right = 0;
        for (var item = 0; item < SimulatedItems; item++)
        {
            Array.Clear(counts);
            var given = 0;
            while (given < overlap.Max && (given < overlap.Min || Leader(counts, odds).Probability < overlap.Confidence))
            {
                counts[random.NextBool(errors) ? 1 + random.NextInt(labelCount - 1) : 0]++;
                given++;
            }

            answers += given;
            var most = counts.Max();
            var tied = counts.Count(c => c == most);
            if (counts[0] == most && (tied == 1 || random.NextInt(tied) == 0)) right++;
        }

        return (answers / (double)SimulatedItems, right / (double)SimulatedItems);
    }

    private static (int Label, double Probability) Leader(int[] counts, double odds)
    {
        var most = 0;
        for (var k = 1; k < counts.Length; k++)
            if (counts[k] > counts[most]) most = k;
        double sum = 0;
        foreach (var count in counts) sum += PortableMath.Exp((count - counts[most]) * odds);
        return (most, 1 / sum);
    }
}
