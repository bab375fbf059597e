using Npgsql;
using Touchstone.Store.Entities;
using Touchstone.Store.Ids;
using Touchstone.Store.Queue;

namespace Touchstone.Store.Postgres;

/// <summary>A live lease of somebody who asks for the next.</summary>
internal sealed record HeldLease(LeaseGrant Grant, bool HandedOut, CompartmentId CompartmentId, int DraftVersion)
{
    /// <summary>Reads columns from the lease's id on, which is column 1.</summary>
    public static HeldLease Read(NpgsqlDataReader row) => new(
        new LeaseGrant(
            new(row.GetGuid(2)), new(row.GetGuid(1)), new(row.GetGuid(4)), new(row.GetGuid(3)), row.IsDBNull(11) ? null : new AssetId(row.GetGuid(11)),
            row.IsDBNull(12) ? null : row.GetString(12), row.GetInt32(13), (LeasePurpose)row.GetInt32(5), PostgresLeases.Time(row, 6),
            PostgresLeases.Time(row, 7), row.IsDBNull(8) ? null : new ResponseId(row.GetGuid(8)), row.GetBoolean(15)),
        row.GetBoolean(9), new(row.GetGuid(10)), row.GetInt32(14));

    /// <summary>The one to be given again: a correction that waits, or, of as many as allowed, the oldest (or newest).</summary>
    /// <param name="held">In the order of their issue.</param>
    public static HeldLease? Again(List<HeldLease> held, int most, bool newest)
    {
        if (held.Find(lease => !lease.HandedOut) is { } waiting) return waiting;
        if (held.Count < most) return null;
        return newest ? held[^1] : held[0];
    }
}
