using Microsoft.EntityFrameworkCore;
using Touchstone.Quality.Operations;
using Touchstone.Store;
using Touchstone.Store.Ids;

namespace Touchstone.Server.Trust.Quality;

/// <summary>A grade, with the bounds that were in force for it.</summary>
internal readonly record struct GradeEntry(double Right, int Choices, DateTimeOffset At, GateBounds Bounds);

/// <summary>The grades of a project by contributor, oldest first, and how often its crowd errs.</summary>
/// <param name="ByContributor">Grades in the order of submission.</param>
/// <param name="Usual">The crowd's usual share of errors; null before anybody answered enough.</param>
internal sealed record GradeHistory(IReadOnlyDictionary<ContributorId, List<GradeEntry>> ByContributor, double? Usual)
{
    /// <summary>Of a project with more grades the earliest are left out, a whole <see cref="Step"/> at a time: what is folded from them begins at the same answer
    /// for as long, since a gate that began anew with each answer would keep no promise of how seldom it is wrong.</summary>
    private const int GradesMax = 200_000;

    private const int Step = 100_000;

    public static async Task<GradeHistory> ReadAsync(StoreContext store, ProjectId project, CancellationToken cancellationToken)
    {
        var count = await store.ResponseGrades.CountAsync(g => g.ProjectId == project, cancellationToken);
        var leftOut = count <= GradesMax ? 0 : (count - GradesMax + Step - 1) / Step * Step;
        var rows = await store.ResponseGrades.AsNoTracking().Where(g => g.ProjectId == project).OrderBy(g => g.ResponseId).Skip(leftOut)
            .Select(g => new { g.ContributorId, g.Right, g.Choices, g.SubmittedAt }).ToListAsync(cancellationToken);
        var crowd = new CrowdErrors();
        var numbers = new Dictionary<ContributorId, int>();
        var grades = new Dictionary<ContributorId, List<GradeEntry>>();
        foreach (var row in rows)
        {
            if (!grades.TryGetValue(row.ContributorId, out var own))
            {
                grades.Add(row.ContributorId, own = []);
                numbers.Add(row.ContributorId, numbers.Count);
            }

            own.Add(new GradeEntry(row.Right, row.Choices, row.SubmittedAt, crowd.Bounds));   // what was known before it
            crowd.Observe(numbers[row.ContributorId], row.Right, row.Choices);
        }

        return new GradeHistory(grades, crowd.Usual);
    }

    public IReadOnlyList<GradeEntry> Of(ContributorId contributor) => ByContributor.TryGetValue(contributor, out var own) ? own : [];
}
