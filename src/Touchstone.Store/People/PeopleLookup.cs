using System.Data.Common;
using Touchstone.Store.Entities;
using Touchstone.Store.Ids;

namespace Touchstone.Store.People;

/// <summary>
/// Who stands behind a key or a cookie, by one plain query. Contributors who come every few seconds are read at nearly each of their requests, and a context
/// of EF Core takes two milliseconds before its first query on SQLite: it gives every connection functions of its own.
/// </summary>
public static class PeopleLookup
{
    private const string Columns = "c.id, c.person_id, c.organization_id, c.role, c.display_name, c.simulated, p.security_stamp, x.compartment_id";

    private const string Joins = """
        LEFT JOIN people p ON p.id = c.person_id
        LEFT JOIN clearances x ON x.contributor_id = c.id AND x.organization_id = c.organization_id
        """;

    private const string ByKey = $"""
        SELECT {Columns}, k.id, k.revoked_at, k.expires_at, k.last_used_at
        FROM api_keys k LEFT JOIN contributors c ON c.id = k.contributor_id AND c.suspended_at IS NULL {Joins}
        WHERE k.hash = @p0
        """;

    private const string ById = $"SELECT {Columns} FROM contributors c {Joins} WHERE c.id = @p0 AND c.suspended_at IS NULL";

    /// <summary>The key of a hash; null where there is none.</summary>
    /// <param name="database">Where to look.</param>
    /// <param name="hash">SHA-256 of the whole key.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public static async Task<HeldKey?> KeyAsync(StoreDatabase database, byte[] hash, CancellationToken cancellationToken)
    {
        var rows = await database.ReadPlainAsync(
            ByKey,
            row => (Key: new HeldKey(new(row.Uuid(8)), row.TimeOrNull(9), row.TimeOrNull(10), row.TimeOrNull(11), null), Holder: Holder(row), Compartment: Compartment(row)),
            [hash],
            cancellationToken);
        return rows.Count == 0 ? null : rows[0].Key with { Holder = rows[0].Holder is { } holder ? holder with { Cleared = Cleared(rows.Select(r => r.Compartment)) } : null };
    }

    /// <summary>A contributor who may come in; null where there is none or they are suspended.</summary>
    public static async Task<SignedIn?> ContributorAsync(StoreDatabase database, ContributorId id, CancellationToken cancellationToken)
    {
        var rows = await database.ReadPlainAsync(ById, row => (Holder: Holder(row), Compartment: Compartment(row)), [id.Value], cancellationToken);
        return rows.Count == 0 ? null : rows[0].Holder! with { Cleared = Cleared(rows.Select(r => r.Compartment)) };
    }

    private static SignedIn? Holder(DbDataReader row) => row.IsDBNull(0)
        ? null
        : new(new(row.Uuid(0)), new(row.Uuid(1)), new(row.Uuid(2)), (Role)row.GetInt32(3), row.GetString(4), row.GetBoolean(5), row.GetString(6), []);

    private static CompartmentId? Compartment(DbDataReader row) => row.UuidOrNull(7) is { } id ? new(id) : null;

    private static List<CompartmentId> Cleared(IEnumerable<CompartmentId?> compartments) => [.. compartments.OfType<CompartmentId>()];
}
