using Microsoft.EntityFrameworkCore;
using Touchstone.Store.Entities;

namespace Touchstone.Store.Mapping;

internal static class WorkMapping
{
    public static void Apply(ModelBuilder model, bool sqlite)
    {
        model.Entity<LabelTask>(task =>
        {
            task.ToTable("tasks", table => table.HasCheckConstraint("ck_tasks_open_slots", "open_slots >= 0"));

            // The queue: a lane is read in order from a contributor's cursor; full tasks are not in it.
            task.HasIndex(t => new { t.ProjectId, t.Lane, t.QueueNumber }).IsUnique().HasFilter("open_slots > 0").HasDatabaseName("ix_tasks_queue");

            // Lists: keyset by id within a state.
            task.HasIndex(t => new { t.ProjectId, t.State, t.Id });
            task.HasIndex(t => new { t.ProjectId, t.AssetId }).HasFilter("prelabel IS NOT NULL").HasDatabaseName("ix_tasks_prelabelled");
            task.HasIndex(t => t.AuditOf).HasFilter("audit_of IS NOT NULL");

            // By code points, as SQLite compares: whatever begins alike lies side by side in the index, in any language.
            if (!sqlite) task.Property(t => t.ExternalId).UseCollation("C");
            task.HasIndex(t => new { t.ProjectId, t.ExternalId }).IsUnique().HasFilter("external_id IS NOT NULL");
        });
        model.Entity<Gold>(gold =>
        {
            gold.HasKey(g => g.TaskId);
            gold.HasIndex(g => g.ProjectId);
        });
        model.Entity<Lease>(lease =>
        {
            lease.HasIndex(l => l.Token).IsUnique();
            lease.HasIndex(l => new { l.TaskId, l.ContributorId });

            // The last word: nobody holds a task twice, and a task is reviewed by one person at a time.
            lease.HasIndex(l => new { l.ContributorId, l.ProjectId, l.TaskId }).IsUnique().HasFilter("state = 0").HasDatabaseName("ix_leases_held");
            lease.HasIndex(l => l.TaskId).IsUnique().HasFilter("state = 0 AND purpose = 1").HasDatabaseName("ix_leases_review");

            // The needless second half keeps a planner from reading all live leases where it looks for one contributor's.
            lease.HasIndex(l => l.ExpiresAt).HasFilter("state = 0 AND expires_at IS NOT NULL").HasDatabaseName("ix_leases_live");
        });
        model.Entity<Draft>().HasKey(d => d.LeaseId);
        model.Entity<Response>(response =>
        {
            response.HasIndex(r => r.LeaseId).IsUnique();
            response.HasIndex(r => new { r.TaskId, r.ContributorId }).IsUnique().HasFilter("supersedes IS NULL").HasDatabaseName("ix_responses_independent");

            // The one before holds only first responses, so it cannot give all of a task's.
            response.HasIndex(r => r.TaskId);
            response.HasIndex(r => r.Supersedes).IsUnique().HasFilter("supersedes IS NOT NULL");
            response.HasIndex(r => new { r.ProjectId, r.Id });
        });
        model.Entity<ContributorStanding>(standing =>
        {
            standing.ToTable("contributor_standings");
            standing.HasKey(s => new { s.ProjectId, s.ContributorId });
        });
        model.Entity<TrainingAnswer>(answer =>
        {
            answer.ToTable("training_answers");
            answer.HasIndex(a => new { a.ProjectId, a.ContributorId, a.Id });
            answer.HasIndex(a => a.TaskId);
        });
        model.Entity<ReturnedGold>().HasKey(r => new { r.ProjectId, r.ContributorId, r.TaskId });
        model.Entity<QueueCursor>().HasKey(c => new { c.ProjectId, c.ContributorId, c.Lane });
    }
}
