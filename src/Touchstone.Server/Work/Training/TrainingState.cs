using Microsoft.EntityFrameworkCore;
using Touchstone.Server.Trust.Consensus;
using Touchstone.Store;
using Touchstone.Store.Entities;
using Touchstone.Store.Ids;

namespace Touchstone.Server.Work.Training;

/// <summary>How far a contributor has come with training in a project.</summary>
/// <param name="Left">Training tasks that come before ordinary work; 0 when none do.</param>
/// <param name="Of">All of this training, those that are done among them.</param>
internal readonly record struct TrainingState(int Left, int Of)
{
    /// <summary>By project, of those where training comes first for the contributor and there is any.</summary>
    public static async Task<Dictionary<ProjectId, TrainingState>> OfAsync(StoreContext store, IReadOnlyCollection<ProjectId> projects, ContributorId contributor, CancellationToken cancellationToken)
    {
        var found = new Dictionary<ProjectId, TrainingState>();
        var rows = await store.Projects.Where(p => projects.Contains(p.Id))
            .Select(p => new { p.Id, p.TrainingTasks, Standing = store.Standings.Where(s => s.ProjectId == p.Id && s.ContributorId == contributor).Select(s => new { s.State, s.TrainingLeft, s.Since }).FirstOrDefault() })
            .Where(p => p.TrainingTasks > 0 || p.Standing != null).ToListAsync(cancellationToken);
        foreach (var row in rows)
        {
            var left = row.Standing is not { } standing ? row.TrainingTasks : standing.State == StandingState.Training ? standing.TrainingLeft : 0;
            if (left == 0 || !await TrainingTasks.Of(store, row.Id).AnyAsync(cancellationToken)) continue;
            var done = row.Standing is { } since ? await DoneAsync(store, row.Id, contributor, since.Since, cancellationToken) : 0;
            found.Add(row.Id, new(left, left + done));
        }

        return found;
    }

    public static Task<int> DoneAsync(StoreContext store, ProjectId project, ContributorId contributor, DateTimeOffset since, CancellationToken cancellationToken) =>
        store.TrainingAnswers.CountAsync(a => a.ProjectId == project && a.ContributorId == contributor && a.SubmittedAt >= since, cancellationToken);

    /// <summary>The training task that comes next: one that the contributor never did, the oldest first; when they have done all, the one that they did longest ago.</summary>
    /// <returns>Null where the project has none.</returns>
    public static async Task<LabelTaskId?> OfferedAsync(StoreContext store, ProjectId project, ContributorId contributor, CancellationToken cancellationToken)
    {
        var tasks = await TrainingTasks.Of(store, project).OrderBy(t => t.Id).Select(t => t.Id).ToListAsync(cancellationToken);
        if (tasks.Count == 0) return null;
        var answered = await store.TrainingAnswers.Where(a => a.ProjectId == project && a.ContributorId == contributor).OrderBy(a => a.Id).Select(a => a.TaskId).ToListAsync(cancellationToken);
        var lastDone = new Dictionary<LabelTaskId, int>();
        for (var i = 0; i < answered.Count; i++) lastDone[answered[i]] = i + 1;
        return tasks.MinBy(t => lastDone.GetValueOrDefault(t));
    }
}
