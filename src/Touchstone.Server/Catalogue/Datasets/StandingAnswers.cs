using Microsoft.EntityFrameworkCore;
using Touchstone.Formats.Exchange;
using Touchstone.Store;
using Touchstone.Store.Entities;
using Touchstone.Store.Queue;

namespace Touchstone.Server.Catalogue.Datasets;

/// <summary>Counts for a survey what of a data set's responses is in the project already, by the rule of the import.</summary>
internal sealed class StandingAnswers(StoreDatabase database, StagedDataset dataset, DatasetPlan plan, DateTimeOffset now)
{
    private readonly ImportedPeople _people = new(dataset.OrganizationId, dataset.ProjectId, plan, dataset.Name);
    private readonly FaultLog _faults = new();
    private long _tasks, _responses;

    /// <summary>Looks at some hundred inputs.</summary>
    public async Task AddAsync(List<ReadSample> samples, CancellationToken cancellationToken)
    {
        var byName = samples.Where(s => s.Picture is not null).GroupBy(s => s.Name, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.First(), StringComparer.Ordinal);
        var names = byName.Keys.ToArray();

        // Members who are missing are made up in this context and forgotten with it.
        await using var store = database.CreateContext();
        var tasks = await store.Tasks.AsNoTracking().Where(t => t.ProjectId == dataset.ProjectId && names.Contains(t.ExternalId)).Select(t => new { t.Id, t.ExternalId }).ToDictionaryAsync(t => t.Id, t => t.ExternalId!, cancellationToken);
        _tasks += tasks.Count;
        if (plan.As != ImportedAs.Responses || tasks.Count == 0) return;
        var (responses, _) = await ImportedAnswers.OfAsync(store, _people, tasks.Select(t => (t.Key, byName[t.Value])), now, now, cancellationToken);
        var match = ImportMatch.Of(responses, await StandingResponse.OfAsync(store, [.. tasks.Keys], cancellationToken));
        _responses += match.Before;
        foreach (var changed in match.Changed) _faults.Add(tasks[changed.Task], "", ImportedAnswers.Changed(changed));
    }

    /// <summary>The report with what is there.</summary>
    public DatasetReport In(DatasetReport report) => report with
    {
        TasksRepeated = _tasks,
        ResponsesRepeated = _responses,
        Faults = report.Faults + _faults.Count,
        FirstFaults = [.. report.FirstFaults, .. _faults.Kept.Take(100)],
    };
}
