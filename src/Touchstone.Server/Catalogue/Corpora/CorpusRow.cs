using System.Linq.Expressions;
using Microsoft.AspNetCore.Http.HttpResults;
using Touchstone.Server.Host;
using Touchstone.Store.Entities;
using Touchstone.Store.Ids;

namespace Touchstone.Server.Catalogue.Corpora;

/// <summary>A shared report of a curation run, without the report.</summary>
/// <param name="Digest">SHA-256 of the report.</param>
/// <param name="FinishedAt">When the run was finished; null where the report does not tell.</param>
internal sealed record CorpusRow(
    CorpusId Id, string Name, string Digest, DateTimeOffset? FinishedAt, long ReadDocuments, long KeptDocuments, long ReadWords, long KeptWords, ContributorId SharedBy, DateTimeOffset SharedAt)
{
    public static readonly Expression<Func<Corpus, CorpusRow>> Projection = c => new CorpusRow(
        c.Id, c.Name, c.Digest, c.FinishedAt, c.ReadDocuments, c.KeptDocuments, c.ReadWords, c.KeptWords, c.SharedBy, c.CreatedAt);

    public static ProblemHttpResult NoSuchCorpus() => Problems.NotFound("There is no such corpus in your organization.");
}
