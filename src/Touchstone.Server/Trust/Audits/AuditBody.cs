using Touchstone.Store.Entities;
using Touchstone.Store.Ids;

namespace Touchstone.Server.Trust.Audits;

/// <summary>An audit as leads and reviewers see it.</summary>
/// <param name="Id">The audit.</param>
/// <param name="Project">Its project.</param>
/// <param name="Population">Done tasks that the sample was drawn from.</param>
/// <param name="Size">Tasks in the sample.</param>
/// <param name="Answered">Those that were judged.</param>
/// <param name="Seed">Draws the sample again from the population; a string, since it may exceed what JavaScript's numbers hold.</param>
/// <param name="Method">How it was drawn.</param>
/// <param name="CreatedAt">When.</param>
internal sealed record AuditBody(AuditId Id, ProjectId Project, int Population, int Size, int Answered, string Seed, string Method, DateTimeOffset CreatedAt)
{
    public static AuditBody Of(Audit audit, int answered) =>
        new(audit.Id, audit.ProjectId, audit.Population, audit.Size, answered, $"{audit.Seed}", SimpleRandomSample.Method, audit.CreatedAt);
}
