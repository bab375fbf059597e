using Npgsql;
using Touchstone.Store.Entities;
using Touchstone.Store.Ids;
using Touchstone.Store.Queue;

namespace Touchstone.Store.Postgres;

/// <summary>Gold that a contributor returned, and where among ordinary work it comes back to them.</summary>
/// <param name="TaskId">The gold.</param>
/// <param name="Lane">Where it stands.</param>
/// <param name="Number">Its place in the lane.</param>
/// <param name="Own">The contributor's leases on it.</param>
/// <param name="Comes">False when it does not come back: answered, skipped, retired, or as an ordinary task it would by now be with others.</param>
internal sealed record Standing(LabelTaskId TaskId, int Lane, long Number, LeaseMarks Own, bool Comes)
{
    /// <summary>What stands for each contributor ($1) in their project ($2), foremost first. Of leases given since the return only the first are
    /// looked at: an ordinary task would have gone to the first who asked.</summary>
    public const string Select =
        """
        SELECT w.contributor_id, r.task_id, r.lane, r.queue_number,
               ARRAY (SELECT l.state FROM leases l WHERE l.task_id = r.task_id AND l.contributor_id = w.contributor_id),
               t.purpose = 2 AND t.open_slots > 0 AND p.overlap_min > (
                   SELECT count(*) FROM (
                       SELECT 1 FROM (
                           SELECT l.project_id, l.contributor_id, l.purpose FROM leases l WHERE l.id > r.since ORDER BY l.id LIMIT 500) o
                       WHERE o.project_id = w.project_id AND o.contributor_id <> w.contributor_id AND o.purpose = 0 LIMIT p.overlap_min) taken)
        FROM unnest($1, $2) w(contributor_id, project_id)
        JOIN projects p ON p.id = w.project_id
        CROSS JOIN LATERAL (
            SELECT g.* FROM returned_gold g WHERE g.project_id = w.project_id AND g.contributor_id = w.contributor_id
            ORDER BY g.lane DESC, g.queue_number LIMIT 16) r
        JOIN tasks t ON t.id = r.task_id
        ORDER BY r.lane DESC, r.queue_number
        """;

    /// <summary>Reads columns from the task's id on, which is column 1.</summary>
    public static Standing Read(NpgsqlDataReader row)
    {
        var own = LeaseMarks.None;
        foreach (var state in row.GetFieldValue<int[]>(4)) own |= LeaseRules.MarkOf((LeaseState)state);
        var comes = row.GetBoolean(5) && LeaseRules.Candidate(own, LeaseMarks.None) == Verdict.Take;
        return new(new(row.GetGuid(1)), row.GetInt32(2), row.GetInt64(3), own, comes);
    }
}
