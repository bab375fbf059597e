using Npgsql;
using Touchstone.Store.Entities;
using Touchstone.Store.Ids;
using Touchstone.Store.Queue;

namespace Touchstone.Store.Postgres;

/// <summary>The columns of a lease with its task, in the order that <see cref="Read"/> takes them.</summary>
internal static class PostgresLeases
{
    public const string Columns =
        """
        l.id, l.token, l.task_id, l.contributor_id, l.organization_id, l.compartment_id, l.project_id, l.purpose, l.state, l.supersedes,
        l.expires_at, t.ontology_version, t.open_slots, t.lane, t.purpose, t.state, t.audit_of, t.priority
        """;

    public const int ColumnCount = 18;

    public static LeaseRow Read(NpgsqlDataReader row) => new(
        new(row.GetGuid(0)), new(row.GetGuid(1)), new(row.GetGuid(2)), new(row.GetGuid(3)), new(row.GetGuid(4)), new(row.GetGuid(5)),
        new(row.GetGuid(6)), (LeasePurpose)row.GetInt32(7), (LeaseState)row.GetInt32(8), row.IsDBNull(9) ? null : new ResponseId(row.GetGuid(9)),
        Time(row, 10), row.GetInt32(11), row.GetInt32(12), row.GetInt32(13), (TaskPurpose)row.GetInt32(14), (TaskState)row.GetInt32(15),
        row.IsDBNull(16) ? null : new LabelTaskId(row.GetGuid(16)), row.GetInt32(17));

    public static DateTimeOffset Time(NpgsqlDataReader row, int column) => new(row.GetDateTime(column), TimeSpan.Zero);
}
