using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Touchstone.Quality.Assays;
using Touchstone.Server.Host;
using Touchstone.Server.Work;
using Touchstone.Store;
using Touchstone.Store.Ids;

namespace Touchstone.Server.Trust.Audits;

/// <summary>How many tasks to audit for a promise such as "at least 98 % right, with 95 % confidence".</summary>
internal static class PlanAudit
{
    private const double Power = 0.9;

    /// <param name="Accuracy">Share of tasks that are right throughout, to be promised; in (0, 1).</param>
    /// <param name="Confidence">Of the promise, one-sided, in (0.5, 1).</param>
    /// <param name="Strata">Parts to draw from; without it as an audit would be drawn.</param>
    public sealed record Request(double Accuracy, double Confidence = 0.95, AuditStratification? Strata = null);

    /// <param name="Size">Tasks to audit; null where no audit of these tasks can show it.</param>
    /// <param name="AllowedErrors">In a simple random sample, wrong tasks up to which the promise holds.</param>
    /// <param name="ExpectedAccuracy">Mean confidence of the consensus: what the labels seem to be.</param>
    /// <param name="Power">Probability that the audit shows it, if the labels are as good as they seem; null where they seem to be below the promise.</param>
    /// <param name="Sentence">The same for people.</param>
    /// <param name="Population">Done tasks.</param>
    /// <param name="Strata">How the audit would be shared out; null for a simple random sample.</param>
    /// <param name="Auditors">People who may judge it.</param>
    /// <param name="Twice">Share that two of them would judge by default.</param>
    public sealed record Plan(
        int? Size, int? AllowedErrors, double ExpectedAccuracy, double? Power, string Sentence, int Population, IReadOnlyList<Stratum>? Strata, int Auditors, double Twice);

    public sealed record Stratum(string Name, int Population, int Size);

    public static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/projects/{projectId}/audits/plan", Handle).WithName("PlanAudit").RequireManager()
        .WithSummary("Tells how many tasks to audit for a promise. Draws nothing.");

    public static async Task<Results<Ok<Plan>, ProblemHttpResult>> Handle(
        ProjectId projectId, Request request, CurrentContributor contributor, StoreContext store, OntologyCache ontologies, CancellationToken cancellationToken)
    {
        var project = await store.ProjectsVisibleTo(contributor).AsNoTracking().SingleOrDefaultAsync(p => p.Id == projectId, cancellationToken);
        if (project is null) return Problems.NotFound("There is no such project.");
        if (!(request.Accuracy is > 0 and < 1)) return Problems.Invalid("/accuracy", "an accuracy between 0 and 1, such as 0.98", $"{request.Accuracy}");
        if (!(request.Confidence is > 0.5 and < 1)) return Problems.Invalid("/confidence", "a confidence between 0.5 and 1, such as 0.95", $"{request.Confidence}");
        var frame = await AuditFrame.ReadAsync(store, projectId, cancellationToken);
        if (frame.Population.Length == 0) return Problems.Conflict("No task is done yet, so there is nothing to draw from.", "nothing_done");

        var expected = Math.Round(frame.Confidences.Average(), 6);
        var lot = frame.Population.Length;
        var hopeful = AuditSize.For(request.Accuracy, request.Confidence, expected, Power, lot);
        var size = hopeful ?? AuditSize.Allowing(request.Accuracy, request.Confidence, 0, lot);
        var auditors = await Auditors.CountAsync(store, project, cancellationToken);
        IReadOnlyList<Stratum>? strata = null;
        if (size is not null && (request.Strata ?? frame.Default) == AuditStratification.ClassAndConfidence)
        {
            var parts = await frame.StrataAsync(store, ontologies, projectId, cancellationToken);
            var sizes = parts.Allocate(size.Sample);
            strata = [.. parts.Names.Select((name, h) => new Stratum(name, parts.Members[h].Length, sizes[h]))];
        }

        return TypedResults.Ok(new Plan(
            strata?.Sum(s => s.Size) ?? size?.Sample, size?.AllowedErrors, expected, hopeful?.Power, Sentence(request, size, hopeful is not null, expected, lot), lot, strata, auditors, auditors < 2 ? 0 : project.AuditTwice));
    }

    private static string Sentence(Request request, AuditSize? size, bool isHopeful, double expected, int lot)
    {
        var promise = string.Create(CultureInfo.InvariantCulture, $"at least {Percent(request.Accuracy)} of {lot} tasks are right, with {Percent(request.Confidence)} confidence");
        if (size is null) return $"These are too few tasks for a sample to show that {promise}: audit them all.";
        var audit = string.Create(CultureInfo.InvariantCulture, $"Audit {size.Sample} tasks: with up to {size.AllowedErrors} wrong ones, {promise}.");
        return isHopeful
            ? string.Create(CultureInfo.InvariantCulture, $"{audit} If {Percent(expected)} are right, as the consensus has it, that comes about with probability {size.Power:0.00}.")
            : string.Create(CultureInfo.InvariantCulture, $"{audit} But the consensus itself expects {Percent(expected)} right: better labels come before an audit.");
    }

    internal static string Percent(double share) => (share * 100).ToString("0.##", CultureInfo.InvariantCulture) + " %";
}
