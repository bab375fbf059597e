using Touchstone.Annotations.Answers;
using Touchstone.Annotations.Geometry;
using Touchstone.Annotations.Ontologies;
using Touchstone.Quality.Matching;

namespace Touchstone.Quality.Reliabilities;

/// <summary>One shape that a contributor drew for a candidate object.</summary>
internal readonly record struct Mark(int Contributor, Shape Shape);

/// <summary>Something that at least one contributor marked, or that gold says is there.</summary>
/// <param name="TaskId">The task.</param>
/// <param name="Looked">Contributors who answered the question, one entry for each opinion.</param>
/// <param name="Marked">For each who looked, whether they marked it.</param>
/// <param name="Marks">Their shapes.</param>
/// <param name="Known">The gold shape; null where gold says there is none, or where there is no gold.</param>
/// <param name="IsGold">Whether gold decides if it is there.</param>
internal sealed record Candidate(string TaskId, int[] Looked, bool[] Marked, IReadOnlyList<Mark> Marks, Shape? Known, bool IsGold);

/// <summary>Who looked at a task.</summary>
internal sealed record LookedTask(int[] Looked, bool IsGold);

/// <summary>The candidates of a shapes question from all tasks, and who looked at each task.</summary>
internal sealed record MarkingEvidence(IReadOnlyList<LookedTask> Tasks, List<Candidate> Candidates)
{
    public static MarkingEvidence Gather(
        ShapesQuestion question, IReadOnlyList<TaskOpinions> tasks, IReadOnlyDictionary<string, AnswerSet> known, IReadOnlyDictionary<string, int> contributors,
        double threshold)
    {
        List<LookedTask> looked = [];
        List<Candidate> candidates = [];
        foreach (var task in tasks)
        {
            List<Opinion> opinions = [.. task.Opinions.Where(o => o.Answers.ByQuestion.ContainsKey(question.Id)).OrderBy(o => o.ResponseId, StringComparer.Ordinal)];
            if (opinions.Count == 0) continue;
            var gold = known.TryGetValue(task.TaskId, out var answers) && answers.ByQuestion.TryGetValue(question.Id, out var answer) ? (ShapesAnswer)answer : null;
            looked.Add(new LookedTask([.. opinions.Select(o => contributors[o.ContributorId])], gold is not null));
            candidates.AddRange(OfTask(question, task.TaskId, opinions, gold, contributors, threshold));
        }

        return new MarkingEvidence(looked, candidates);
    }

    private static IEnumerable<Candidate> OfTask(
        ShapesQuestion question, string taskId, List<Opinion> opinions, ShapesAnswer? gold, IReadOnlyDictionary<string, int> contributors, double threshold)
    {
        var shapes = opinions.Select(o => ((ShapesAnswer)o.Answers.ByQuestion[question.Id]).Shapes).ToList();
        // Gold goes in as one more answer, so that an object is what lies about the true shape.
        List<string> keys = [.. opinions.Select((_, i) => $"1{i:D8}")];
        if (gold is not null)
        {
            shapes.Add(gold.Shapes);
            keys.Add("0");
        }

        int[] looked = [.. opinions.Select(o => contributors[o.ContributorId])];
        foreach (var members in ObjectClustering.Cluster(question, shapes, keys, threshold))
        {
            var marked = new bool[opinions.Count];
            List<Mark> marks = [];
            Shape? truth = null;
            foreach (var member in members)
            {
                var shape = shapes[member.Answer][member.Shape];
                if (member.Answer == opinions.Count)
                {
                    truth = shape;
                    continue;
                }

                marked[member.Answer] = true;
                marks.Add(new Mark(looked[member.Answer], shape));
            }

            yield return new Candidate(taskId, looked, marked, marks, truth, gold is not null);
        }
    }
}
