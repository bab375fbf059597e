using Touchstone.Store.Entities;
using Touchstone.Store.Ids;

namespace Touchstone.Server.Trust.Audits;

/// <summary>An audit as managers see it.</summary>
/// <param name="Id">The audit.</param>
/// <param name="Project">Its project.</param>
/// <param name="Population">Done tasks that the sample was drawn from.</param>
/// <param name="Size">Tasks in the sample; where it grew, all of them.</param>
/// <param name="Answered">Those that were judged.</param>
/// <param name="Twice">Tasks that two people are to judge.</param>
/// <param name="JudgedTwice">Those that two people have judged. A second judgement that never comes holds nothing up.</param>
/// <param name="Strata">The parts that it was drawn from; null for a simple random sample.</param>
/// <param name="Seed">Draws the sample again from the population; a string, since it may exceed what JavaScript's numbers hold.</param>
/// <param name="Method">How it was drawn.</param>
/// <param name="Extends">The audit whose sample this one enlarges; null for one that stands alone.</param>
/// <param name="Order">The order that it was drawn for.</param>
/// <param name="Note">What whoever drew it should know.</param>
/// <param name="CreatedAt">When.</param>
internal sealed record AuditBody(
    AuditId Id, ProjectId Project, int Population, int Size, int Answered, int Twice, int JudgedTwice, IReadOnlyList<AuditStratumBody>? Strata, string Seed, string Method, AuditId? Extends, BoundOrderId? Order, string? Note,
    DateTimeOffset CreatedAt)
{
    public static AuditBody Of(Audit audit, AuditDesign design, AuditAnswers answers) => new(
        audit.Id, audit.ProjectId, audit.Population, audit.Size, answers.Judged, audit.Twice, answers.Twice,
        design.Strata is null ? null : [.. design.Strata.Select((s, h) => new AuditStratumBody(s.Name, s.Population, s.Size, answers.ByPart?[h] ?? 0))],
        $"{audit.Seed}", AuditDraw.MethodOf(design.Strata is not null), design.Extends is { } first ? AuditId.From(first) : null, design.Order is { } order ? BoundOrderId.From(order) : null, null, audit.CreatedAt);
}

/// <summary>A part of the tasks that an audit drew from.</summary>
/// <param name="Name">Class and band of confidence.</param>
/// <param name="Population">Tasks of it.</param>
/// <param name="Sampled">Tasks drawn from it.</param>
/// <param name="Judged">Those that were judged.</param>
internal sealed record AuditStratumBody(string Name, int Population, int Sampled, int Judged);

/// <summary>How far an audit is.</summary>
/// <param name="Judged">Tasks with a judgement.</param>
/// <param name="Twice">Tasks with two.</param>
/// <param name="ByPart">Tasks with a judgement by part; null for a simple random sample.</param>
internal sealed record AuditAnswers(int Judged, int Twice, int[]? ByPart)
{
    public static readonly AuditAnswers None = new(0, 0, null);
}
