using Touchstone.Store.Ids;

namespace Touchstone.Store.Entities;

/// <summary>The report of a curation run that somebody shared with their organization. The corpus itself lies elsewhere.</summary>
public sealed class Corpus
{
    public required CorpusId Id { get; init; }

    public required OrganizationId OrganizationId { get; init; }

    public required string Name { get; init; }

    /// <summary>SHA-256 of the report, lower-case hex: the same report is kept once in an organization.</summary>
    public required string Digest { get; init; }

    /// <summary>When the run was finished; null where its report does not tell.</summary>
    public DateTimeOffset? FinishedAt { get; init; }

    public required long ReadDocuments { get; init; }

    public required long KeptDocuments { get; init; }

    public required long ReadWords { get; init; }

    public required long KeptWords { get; init; }

    /// <summary>The report in JSON.</summary>
    public required string Report { get; init; }

    public required ContributorId SharedBy { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }
}
