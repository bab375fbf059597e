using Microsoft.EntityFrameworkCore;
using Touchstone.Quality.Operations;
using Touchstone.Server.Trust.Consensus;
using Touchstone.Store;
using Touchstone.Store.Entities;
using Touchstone.Store.Ids;

namespace Touchstone.Server.Trust.GoldTasks;

/// <summary>Reads what a project's gold was answered, to look for answers that got about.</summary>
internal static class GoldPool
{
    /// <summary>Grades that are looked at: the latest of the pool. What leaked long ago was found, or its gold is retired.</summary>
    private const int GradesMax = 5_000;
    private const int ChunkSize = 500;

    private sealed record Answered(ResponseId Response, LabelTaskId Task, ContributorId Contributor, double Right)
    {
        public long ActiveMilliseconds { get; set; }

        public string? Fingerprint { get; set; }
    }

    /// <summary>The check by gold task, of those with enough answers.</summary>
    public static async Task<Dictionary<LabelTaskId, GoldLeakResult>> LeaksAsync(StoreContext store, ProjectId project, CancellationToken cancellationToken)
    {
        var answers = await store.ResponseGrades.Where(g => g.ProjectId == project && g.Basis == GradeBasis.Gold).OrderByDescending(g => g.ResponseId).Take(GradesMax)
            .Select(g => new Answered(g.ResponseId, g.TaskId, g.ContributorId, g.Right)).ToListAsync(cancellationToken);
        answers.Reverse();
        var byTask = answers.GroupBy(a => a.Task).Where(g => g.Count() >= GoldLeak.LeastAnswers).Select(g => (Task: g.Key, Answers: g.ToList())).ToList();
        if (byTask.Count == 0) return [];
        await AddResponsesAsync(store, answers, cancellationToken);
        var skills = await SkillsAsync(store, project, cancellationToken);
        var paces = answers.Where(a => a.ActiveMilliseconds > 0).GroupBy(a => a.Contributor)
            .ToDictionary(g => g.Key, g => (Sum: g.Sum(a => Math.Log(a.ActiveMilliseconds)), Count: g.Count()));
        var results = GoldLeak.Check([.. byTask.Select(t => (IReadOnlyList<GoldAnswer>)t.Answers.ConvertAll(a => Of(a, skills[a.Contributor], paces)))]);
        return byTask.Select((t, i) => (t.Task, Result: results[i])).ToDictionary(t => t.Task, t => t.Result);
    }

    /// <summary>Beside what the contributor does elsewhere: this answer is taken out of their figures.</summary>
    private static GoldAnswer Of(Answered answer, (double Right, int Count) skill, Dictionary<ContributorId, (double Sum, int Count)> paces)
    {
        double? haste = null;
        if (answer.ActiveMilliseconds > 0 && paces[answer.Contributor] is { Count: > 1 } pace)
        {
            var log = Math.Log(answer.ActiveMilliseconds);
            haste = log - (pace.Sum - log) / (pace.Count - 1);
        }

        return new(answer.Right >= 0.5, Math.Clamp((skill.Right - answer.Right + 1) / (skill.Count - 1 + 2), 0, 1), haste, answer.Fingerprint);
    }

    private static async Task AddResponsesAsync(StoreContext store, List<Answered> answers, CancellationToken cancellationToken)
    {
        var byId = answers.ToDictionary(a => a.Response);
        foreach (var chunk in byId.Keys.Chunk(ChunkSize))
        {
            foreach (var row in await store.Responses.Where(r => chunk.Contains(r.Id)).Select(r => new { r.Id, r.ActiveMilliseconds, r.Digest, r.Answers }).ToListAsync(cancellationToken))
            {
                byId[row.Id].ActiveMilliseconds = row.ActiveMilliseconds;

                // Drawn shapes are never alike by chance; a choice among few is.
                if (MarkWriter.ClassesOf(row.Answers).Count > 0) byId[row.Id].Fingerprint = Convert.ToHexString(row.Digest);
            }
        }
    }

    private static async Task<Dictionary<ContributorId, (double Right, int Count)>> SkillsAsync(StoreContext store, ProjectId project, CancellationToken cancellationToken) =>
        (await store.ResponseGrades.Where(g => g.ProjectId == project).GroupBy(g => g.ContributorId).Select(g => new { g.Key, Right = g.Sum(x => x.Right), Count = g.Count() }).ToListAsync(cancellationToken))
        .ToDictionary(g => g.Key, g => (g.Right, g.Count));

    public static string? ReasonOf(GoldLeakSign sign) => sign switch
    {
        GoldLeakSign.SuddenlyRight => "Later answers are right far more often than the same contributors' skill elsewhere explains.",
        GoldLeakSign.SuddenlyFast => "Later right answers came far faster than the same contributors usually work.",
        GoldLeakSign.Identical => "Different contributors gave exactly the same answer, one after another, far more often than on other gold.",
        _ => null,
    };
}
