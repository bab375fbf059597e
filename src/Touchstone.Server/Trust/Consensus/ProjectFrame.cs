using Touchstone.Quality.Reliabilities;
using Touchstone.Server.Work;
using Touchstone.Store;
using Touchstone.Store.Entities;
using Touchstone.Store.Ids;
using Touchstone.Store.Outbox;

namespace Touchstone.Server.Trust.Consensus;

/// <summary>One project while a plan is made: what is stored of it, and the plan so far.</summary>
internal sealed class ProjectFrame
{
    private readonly Dictionary<ContributorId, ContributorReliability> _stored;

    public ProjectFrame(Project project, PolicyLog policies, ProjectCounters? counted, IEnumerable<ContributorReliability> stored)
    {
        Project = project;
        Policies = policies;
        Counted = counted ?? new ProjectCounters { ProjectId = project.Id, OrganizationId = project.OrganizationId };
        _stored = stored.ToDictionary(r => r.ContributorId);
        Reliabilities = ReliabilityBook.Of(_stored.Values);
        Plan = new ProjectPlan { ProjectId = project.Id, OrganizationId = project.OrganizationId, Policy = policies.Entered };
    }

    public Project Project { get; }

    public PolicyLog Policies { get; }

    public ProjectCounters Counted { get; }

    public ReliabilityBook Reliabilities { get; set; }

    /// <summary>Tasks that the last fit of this plan looked at; empty before one.</summary>
    public IReadOnlyList<LabelTaskId> Fitted { get; private set; } = [];

    public List<OutboxRow> Rows { get; } = [];

    public ProjectPlan Plan { get; }

    /// <summary>The contributor's row as it shall be; changing it is planning it.</summary>
    public ContributorReliability Contributor(ContributorId id)
    {
        if (Plan.Contributors.TryGetValue(id, out var planned)) return planned;
        var row = _stored.GetValueOrDefault(id)
            ?? new ContributorReliability { ProjectId = Project.Id, ContributorId = id, OrganizationId = Project.OrganizationId, Detail = ReliabilityBook.NoDetail };
        Plan.Contributors.Add(id, row);
        return row;
    }

    /// <summary>Estimates everybody's reliability from the project's latest responses up to a place.</summary>
    /// <returns>Why it could not be done; then everything stays as it was.</returns>
    public async Task<Exception?> FitAsync(StoreContext store, OntologyCache ontologies, OutboxPlace upTo, CancellationToken cancellationToken)
    {
        Plan.ResponsesAtFit = Counted.Responses + Plan.Counters.Responses;
        if (await FitInput.ReadAsync(store, ontologies, Project.Id, new FitPlace(upTo, Plan.Gold), FitSchedule.ResponsesMax, cancellationToken) is not { } input) return null;
        try
        {
            var book = ReliabilityBook.Of(ReliabilityFit.Fit(input.Ontology, input.Tasks, input.Taught, FitSchedule.Options).Table);
            var details = book.Details().ToList();
            Reliabilities = book;
            Fitted = [.. input.Tasks.Select(t => LabelTaskId.Parse(t.TaskId, null))];
            foreach (var (contributor, detail) in details) Contributor(contributor).Detail = detail;
            return null;
        }
        catch (Exception failure)
        {
            return failure;
        }
    }
}
