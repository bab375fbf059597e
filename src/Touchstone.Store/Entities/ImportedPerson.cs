using Touchstone.Store.Ids;

namespace Touchstone.Store.Entities;

/// <summary>Who an annotator of other tools is in a project. An import that comes again, under whatever name, finds them here, so that nobody's work is brought in twice.</summary>
public sealed class ImportedPerson
{
    /// <summary>Characters of <see cref="Name"/>.</summary>
    public const int NameMax = 200;

    public required ProjectId ProjectId { get; init; }

    /// <summary>As the data sets name them; empty for whoever labelled without being named.</summary>
    public required string Name { get; init; }

    /// <summary>Counted from 1. Of a name, the first is whom its work belongs to; others are members that plans named for it. Of the empty name, the first, second ... who labelled the same input.</summary>
    public required int Number { get; init; }

    public required OrganizationId OrganizationId { get; init; }

    public required ContributorId ContributorId { get; init; }
}
