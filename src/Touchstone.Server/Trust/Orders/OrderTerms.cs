using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Touchstone.Annotations.Ontologies;
using Touchstone.Quality.Assays;
using Touchstone.Server.Host;
using Touchstone.Server.Trust.Audits;
using Touchstone.Server.Work;
using Touchstone.Store;
using Touchstone.Store.Entities;

namespace Touchstone.Server.Trust.Orders;

/// <summary>What is ordered: tasks of which at least a share is right throughout, shown with a confidence, for at most so much money.</summary>
/// <param name="Accuracy">Share of tasks that are right throughout, in (0, 1).</param>
/// <param name="Confidence">Of the promise, one-sided, in (0.5, 1); 0.95 without it.</param>
/// <param name="BudgetMinor">Money there is, in minor units such as cents.</param>
/// <param name="AnswerCostMinor">Cost of one answer of a contributor.</param>
/// <param name="AuditCostMinor">Cost of one judgement of an auditor.</param>
/// <param name="ContributorErrors">Share of a contributor's answers that are wrong, as far as it is known; without it, it follows from how often contributors agree so far, or is taken to be a tenth.</param>
/// <param name="Looks">Times the audit is looked at, at most; 4 without it.</param>
internal sealed record OrderTerms(
    double Accuracy, double Confidence = 0.95, long BudgetMinor = 0, double AnswerCostMinor = 0, double AuditCostMinor = 0, double? ContributorErrors = null, int Looks = 4)
{
    private const double AssumedErrors = 0.1;
    private const int LooksMax = 10;
    private const int EnoughPairs = 20;

    public ProblemHttpResult? Check()
    {
        if (!(Accuracy is > 0 and < 1)) return Problems.Invalid("/accuracy", "an accuracy between 0 and 1, such as 0.98", $"{Accuracy}");
        if (!(Confidence is > 0.5 and < 1)) return Problems.Invalid("/confidence", "a confidence between 0.5 and 1, such as 0.95", $"{Confidence}");
        if (BudgetMinor is < 0 or > 1_000_000_000_000) return Problems.Invalid("/budget_minor", "an amount of money of up to 10^12", $"{BudgetMinor}");
        if (!(AnswerCostMinor is >= 0 and <= 1e9)) return Problems.Invalid("/answer_cost_minor", "an amount of money of up to 10^9", $"{AnswerCostMinor}");
        if (!(AuditCostMinor is >= 0 and <= 1e9)) return Problems.Invalid("/audit_cost_minor", "an amount of money of up to 10^9", $"{AuditCostMinor}");
        if (ContributorErrors is { } errors && !(errors is > 0 and < 0.5)) return Problems.Invalid("/contributor_errors", "a share between 0 and 0.5", $"{errors}");
        return Looks is < 1 or > LooksMax ? Problems.Invalid("/looks", $"1 to {LooksMax} looks", $"{Looks}") : null;
    }

    /// <summary>The order with what the project adds to it; null where it has no tasks.</summary>
    public async Task<AssayOrder?> CompleteAsync(StoreContext store, OntologyCache ontologies, Project project, CancellationToken cancellationToken)
    {
        var items = await store.Tasks.CountAsync(t => t.ProjectId == project.Id && t.Purpose == TaskPurpose.Label && t.State != TaskState.Withdrawn, cancellationToken);
        if (items == 0) return null;
        var version = await store.OntologyVersions.Where(o => o.ProjectId == project.Id).MaxAsync(o => o.Number, cancellationToken);
        var labels = LabelsOf(await ontologies.GetAsync(project.Id, version, cancellationToken));
        var contributors = await store.Contributors.CountAsync(c => c.OrganizationId == project.OrganizationId && c.SuspendedAt == null && c.Role == Role.Contributor, cancellationToken);
        var errors = ContributorErrors ?? await ErrorsSoFarAsync(store, project, labels, cancellationToken) ?? AssumedErrors;
        return new AssayOrder
        {
            Accuracy = Accuracy,
            Confidence = Confidence,
            BudgetMinor = BudgetMinor,
            Items = items,
            LabelCount = labels,
            Contributors = Math.Max(1, contributors),
            ContributorErrors = Math.Clamp(errors, 0.001, (1 - 1.0 / labels) * 0.9),
            AnswerCostMinor = AnswerCostMinor,
            AuditCostMinor = AuditCostMinor,
            TwiceShare = await Auditors.CountAsync(store, project, cancellationToken) < 2 ? 0 : project.AuditTwice,
            Looks = Looks,
        };
    }

    /// <summary>The fewest options of a choice: the fewer, the likelier two wrong answers are the same. Two where nothing is chosen.</summary>
    private static int LabelsOf(Ontology ontology) =>
        ontology.Questions.OfType<ChoiceQuestion>().Select(q => Math.Max(2, q.Options.Count)).DefaultIfEmpty(2).Min();

    /// <summary>Two who err in e of their answers agree in (1 - e)² + e² / (K - 1) of them.</summary>
    private static async Task<double?> ErrorsSoFarAsync(StoreContext store, Project project, int labels, CancellationToken cancellationToken)
    {
        var counted = await store.Counters.Where(c => c.ProjectId == project.Id).Select(c => new { c.AgreementSum, c.AgreementCount }).SingleOrDefaultAsync(cancellationToken);
        if (counted is null || counted.AgreementCount < EnoughPairs) return null;
        var (agreement, r) = (counted.AgreementSum / counted.AgreementCount, 1.0 / (labels - 1));
        return Math.Round((1 - Math.Sqrt(Math.Max(0, 1 - (1 + r) * (1 - agreement)))) / (1 + r), 6);
    }
}
