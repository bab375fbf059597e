using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Touchstone.Store;

namespace Touchstone.Server.Tests.Trust;

/// <summary>Everything that is derived, as one text: the same state gives the same text.</summary>
internal static class DerivedState
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    public static async Task<string> DumpAsync(StoreDatabase database)
    {
        await using var store = database.CreateContext();
        var state = new
        {
            Tasks = await store.Tasks.AsNoTracking().OrderBy(t => t.Id).Select(t => new { Id = t.Id.Value, t.State, t.Confidence }).ToListAsync(),
            Consensus = (await store.Consensus.AsNoTracking().OrderBy(c => c.TaskId).ToListAsync()).ConvertAll(c => new
            {
                Id = c.TaskId.Value,
                c.Answers,
                c.Detail,
                c.Confidence,
                c.Agreement,
                c.ResponseCount,
                c.UpdatedAt,
            }),
            Reliabilities = (await store.Reliabilities.AsNoTracking().OrderBy(r => r.ProjectId).ThenBy(r => r.ContributorId).ToListAsync()).ConvertAll(r => new
            {
                Project = r.ProjectId.Value,
                Contributor = r.ContributorId.Value,
                r.Detail,
                r.Responses,
                r.Skips,
                r.GoldAnswered,
                r.ActiveMilliseconds,
                r.LastResponseAt,
            }),
            Counters = await store.Counters.AsNoTracking().OrderBy(c => c.ProjectId).Select(c => new
            {
                Project = c.ProjectId.Value,
                c.Tasks,
                c.Open,
                c.InReview,
                c.Done,
                c.Withdrawn,
                c.Responses,
                c.Skips,
                c.GoldTasks,
                c.AuditTasks,
                c.AgreementSum,
                c.AgreementCount,
                c.ResponsesAtFit,
                c.LastResponseAt,
            }).ToListAsync(),
            Grades = await store.ResponseGrades.AsNoTracking().OrderBy(g => g.ResponseId).Select(g => new { Id = g.ResponseId.Value, Task = g.TaskId.Value, Contributor = g.ContributorId.Value, g.Basis, g.Right, g.Choices, g.SubmittedAt }).ToListAsync(),
            Marks = await store.TaskMarks.AsNoTracking().OrderBy(m => m.TaskId).ThenBy(m => m.Mark).Select(m => new { Task = m.TaskId.Value, m.Mark }).ToListAsync(),
            Days = await store.ProjectDays.AsNoTracking().OrderBy(d => d.ProjectId).ThenBy(d => d.Day).Select(d => new { d.Day, d.Responses, d.ActiveMilliseconds }).ToListAsync(),
        };
        return JsonSerializer.Serialize(state, Indented);
    }
}
