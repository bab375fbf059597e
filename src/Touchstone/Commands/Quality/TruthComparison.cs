using Touchstone.Quality.Categorical;
using Touchstone.QualityFiles;
using Touchstone.Statistics;

namespace Touchstone.Commands.Quality;

/// <summary>Inferred labels against known ones.</summary>
/// <param name="Tasks">Tasks with votes whose label is known and was not given to the method.</param>
/// <param name="Right">Those of them that the method has right.</param>
/// <param name="WithoutVotes">Known tasks that nobody voted on.</param>
/// <param name="Gold">Known tasks that the method was told.</param>
internal sealed record TruthComparison(int Tasks, int Right, int WithoutVotes, int Gold)
{
    /// <summary>Share that is right; null where nothing could be compared.</summary>
    public double? Accuracy => Tasks == 0 ? null : (double)Right / Tasks;

    /// <summary>Wilson's interval at 95 %.</summary>
    public Interval? Interval => Tasks == 0 ? null : ProportionInterval.Wilson(Right, Tasks);

    public static TruthComparison Of(VoteTable table, TruthResult result, KnownLabels truth, KnownLabels? gold)
    {
        int tasks = 0, right = 0, told = 0, voted = 0;
        for (var t = 0; t < table.Log.Tasks.Length; t++)
        {
            var task = table.Log.Tasks[t];
            if (!truth.ByTask.TryGetValue(task, out var label)) continue;
            voted++;
            if (gold is not null && gold.ByTask.ContainsKey(task))
            {
                told++;
                continue;
            }

            tasks++;
            if (table.Labels[result.LabelOf(t)] == label) right++;
        }

        return new TruthComparison(tasks, right, truth.ByTask.Count - voted, told);
    }
}
