using System.Text.Json;
using Touchstone.Quality.Reliabilities;
using Touchstone.Store.Entities;
using Touchstone.Store.Ids;

namespace Touchstone.Server.Trust.Consensus;

/// <summary>The reliabilities in force in a project, kept as one row for each contributor and one for the crowd.</summary>
internal sealed class ReliabilityBook
{
    /// <summary>What stands in a row before a first fit.</summary>
    public const string NoDetail = "{}";

    /// <summary>Contributor of the row that holds what is believed of the crowd as a whole.</summary>
    public static readonly ContributorId Crowd;

    private ReliabilityBook(ReliabilityTable table) => Table = table;

    public ReliabilityTable Table { get; }

    public static ReliabilityBook Of(ReliabilityTable table) => new(table);

    /// <summary>Reads the rows of a project.</summary>
    public static ReliabilityBook Of(IEnumerable<ContributorReliability> rows)
    {
        var table = ReliabilityTable.Prior;
        var known = new Dictionary<string, Reliability>(StringComparer.Ordinal);
        foreach (var row in rows)
        {
            if (row.Detail == NoDetail) continue;
            if (row.ContributorId == Crowd) table = JsonSerializer.Deserialize<ReliabilityTable>(row.Detail, StoredJson.Options)!;
            else known.Add(row.ContributorId.ToString(), JsonSerializer.Deserialize<Reliability>(row.Detail, StoredJson.Options)!);
        }

        return new(table with { Contributors = known });
    }

    /// <summary>The detail of each row, by contributor.</summary>
    public IEnumerable<(ContributorId Contributor, string Detail)> Details()
    {
        yield return (Crowd, JsonSerializer.Serialize(Table with { Contributors = new Dictionary<string, Reliability>() }, StoredJson.Options));
        foreach (var (id, reliability) in Table.Contributors.OrderBy(c => c.Key, StringComparer.Ordinal))
            yield return (ContributorId.Parse(id, null), JsonSerializer.Serialize(reliability, StoredJson.Options));
    }
}
