using Touchstone.Annotations.Ontologies;
using Touchstone.Quality.Consensus;
using Touchstone.Quality.Reliabilities;
using Touchstone.Statistics;

namespace Touchstone.Quality.Assays;

/// <summary>Grades the consensus of gold tasks without letting them judge themselves.</summary>
public static class GoldGrading
{
    /// <summary>Folds that gold is divided into.</summary>
    public const int DefaultFoldCount = 5;

    /// <summary>
    /// For each fold of gold tasks: fits reliability on everything but the fold, its opinions and known answers left out; estimates the fold's
    /// consensus with it; grades that against the known answers.
    /// </summary>
    /// <param name="ontology">The ontology that the answers were made under.</param>
    /// <param name="tasks">All tasks with opinions, gold or not.</param>
    /// <param name="known">Known answers of gold tasks; those without opinions are passed over.</param>
    /// <param name="fit">How reliability is fitted; null is the default.</param>
    /// <param name="consensus">How consensus is estimated; null is the default.</param>
    /// <param name="foldCount">Number of folds; a task's fold follows from its id alone.</param>
    /// <returns>Graded images in the order of their ids.</returns>
    public static IReadOnlyList<GradedImage> Grade(
        Ontology ontology, IReadOnlyList<TaskOpinions> tasks, IReadOnlyList<KnownAnswers> known, ReliabilityOptions? fit = null, ConsensusOptions? consensus = null,
        int foldCount = DefaultFoldCount)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(foldCount, 2);
        var answers = known.ToDictionary(k => k.TaskId, k => k.Answers, StringComparer.Ordinal);
        List<GradedImage> graded = [];
        foreach (var fold in tasks.Where(t => answers.ContainsKey(t.TaskId) && t.Opinions.Count > 0).GroupBy(t => FoldOf(t.TaskId, foldCount)))
        {
            var table = ReliabilityFit.Fit(ontology, tasks, known, fit, isHeldOut: id => answers.ContainsKey(id) && FoldOf(id, foldCount) == fold.Key).Table;
            foreach (var task in fold)
            {
                var result = TaskConsensus.Estimate(ontology, task.Input, task.Opinions, table, consensus);
                graded.Add(Grading.Grade(ontology, task.TaskId, result.Answers, answers[task.TaskId]));
            }
        }

        graded.Sort((a, b) => string.CompareOrdinal(a.ImageId, b.ImageId));
        return graded;
    }

    /// <summary>The fold of a gold task.</summary>
    public static int FoldOf(string taskId, int foldCount = DefaultFoldCount) => StableHash.Fold(taskId, foldCount);
}
