using Microsoft.EntityFrameworkCore;
using Touchstone.Store.Entities;

namespace Touchstone.Store.Mapping;

internal static class TrustMapping
{
    public static void Apply(ModelBuilder model)
    {
        model.Entity<Consensus>(consensus =>
        {
            consensus.HasKey(c => c.TaskId);

            // Lists by agreement, the least first.
            consensus.HasIndex(c => new { c.ProjectId, c.Agreement, c.TaskId });
        });
        model.Entity<ContributorReliability>(reliability =>
        {
            reliability.ToTable("reliabilities");
            reliability.HasKey(r => new { r.ProjectId, r.ContributorId });
            reliability.HasIndex(r => r.ContributorId);
        });
        model.Entity<ProjectCounters>(counters =>
        {
            counters.ToTable("counters");
            counters.HasKey(c => c.ProjectId);
        });
        model.Entity<TaskMark>(mark =>
        {
            mark.ToTable("task_marks");
            mark.HasKey(m => new { m.ProjectId, m.Mark, m.TaskId });
        });
        model.Entity<ProjectDay>(day =>
        {
            day.ToTable("project_days");
            day.HasKey(d => new { d.ProjectId, d.Day });
        });
        model.Entity<Review>(review =>
        {
            review.HasIndex(r => r.TaskId);
            review.HasIndex(r => new { r.ProjectId, r.Id });
            review.HasIndex(r => r.Supersedes).IsUnique().HasFilter("supersedes IS NOT NULL");
        });
        model.Entity<PolicyEntry>(entry =>
        {
            entry.ToTable("policies");
            entry.HasKey(e => new { e.ProjectId, e.Epoch, e.Sequence });
        });
        model.Entity<GoldEntry>(entry =>
        {
            entry.ToTable("gold_entries");
            entry.HasKey(e => new { e.TaskId, e.Epoch, e.Sequence });
            entry.HasIndex(e => e.ProjectId);
        });
        model.Entity<ResponseGrade>(grade =>
        {
            grade.ToTable("response_grades");
            grade.HasKey(g => g.ResponseId);
            grade.HasIndex(g => new { g.ProjectId, g.ContributorId, g.ResponseId });
            grade.HasIndex(g => new { g.ProjectId, g.ResponseId });
            grade.HasIndex(g => g.TaskId);
        });
        model.Entity<StandingDecision>(decision =>
        {
            decision.ToTable("standing_decisions");
            decision.HasIndex(d => new { d.ProjectId, d.ContributorId, d.Id });
        });
        model.Entity<InstructionExample>(example =>
        {
            example.ToTable("instruction_examples");
            example.HasIndex(e => new { e.ProjectId, e.Id });
        });
        model.Entity<BoundOrder>(order =>
        {
            order.ToTable("bound_orders");
            order.HasIndex(o => new { o.ProjectId, o.Id });
        });
        model.Entity<ReleaseExport>(export =>
        {
            export.ToTable("release_exports");
            export.HasIndex(e => new { e.ReleaseId, e.Id });
        });
        model.Entity<Audit>().HasIndex(a => a.ProjectId);
        model.Entity<Release>().HasIndex(r => new { r.ProjectId, r.Number }).IsUnique();
    }
}
