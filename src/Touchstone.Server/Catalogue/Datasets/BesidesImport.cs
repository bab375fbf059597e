using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Touchstone.Formats.Exchange;
using Touchstone.Server.Host;
using Touchstone.Server.Work;
using Touchstone.Store;
using Touchstone.Store.Entities;
using Touchstone.Store.Ids;
using Touchstone.Store.Queue;

namespace Touchstone.Server.Catalogue.Datasets;

/// <summary>An input of a data set whose picture is taken in.</summary>
internal readonly record struct Intake(ReadSample Sample, AssetId Asset);

/// <summary>Puts what stands beside answers into a project: proposals, skips and begun work.</summary>
internal sealed class BesidesImport(StoreDatabase database, TimeProvider clock, StagedDataset dataset, Project project, DatasetPlan plan, ImportedPeople people, FaultLog faults)
{
    /// <summary>How long begun work waits for whoever began it.</summary>
    private static readonly TimeSpan DraftTerm = TimeSpan.FromDays(7);

    private readonly Dictionary<AssetId, List<LabelTaskId>> _gold = [];

    /// <summary>Tasks that have a proposal now and had none before.</summary>
    public long Prelabels { get; private set; }

    public long Skips { get; private set; }

    public long Drafts { get; private set; }

    /// <summary>What was there before.</summary>
    public long Repeated { get; private set; }

    private bool IsProposing => plan.IsWhole || plan.As == ImportedAs.Prelabels;

    public Prelabel? PrelabelOf(ReadSample sample) => sample.Prelabel is { } read
        ? new Prelabel(read.Model ?? dataset.Name, read.ByModel, dataset.Id.Value, clock.Now(), JsonElement.Parse(read.Json))
        : null;

    /// <summary>Looks what gold shows, which is given proposals along with the same pictures.</summary>
    public async Task BeginAsync(CancellationToken cancellationToken)
    {
        if (!IsProposing) return;
        await using var store = database.CreateContext();
        foreach (var row in await QueueChanges.LiveGold(store).Where(t => t.ProjectId == project.Id && t.AssetId != null && t.Prelabel == null && t.OntologyVersion == project.OntologyVersion).Select(t => new { t.Id, t.AssetId }).ToListAsync(cancellationToken))
        {
            if (!_gold.TryGetValue(row.AssetId!.Value, out var tasks)) _gold.Add(row.AssetId.Value, tasks = []);
            tasks.Add(row.Id);
        }
    }

    /// <summary>Names of the inputs that are tasks already.</summary>
    public async Task<HashSet<string>> NamedAsync(List<Intake> taken, CancellationToken cancellationToken)
    {
        if (!IsProposing) return [];
        var names = taken.Select(t => t.Sample.Name).ToArray();
        await using var store = database.CreateContext();
        return [.. await store.Tasks.Where(t => t.ProjectId == project.Id && names.Contains(t.ExternalId)).Select(t => t.ExternalId!).ToListAsync(cancellationToken)];
    }

    /// <summary>New tasks were made with their proposals. Those that were there get theirs now, and so does gold that shows one of these pictures: without one it would be told from ordinary work.</summary>
    public async Task ProposeAsync(List<(LabelTaskId Task, Intake Intake)> open, HashSet<string> before, Dictionary<LabelTaskId, string> byTask, CancellationToken cancellationToken)
    {
        Dictionary<LabelTaskId, string> prelabels = [], ofGold = [];
        foreach (var (task, (sample, asset)) in open)
        {
            if (PrelabelOf(sample)?.ToJson() is not { } prelabel) continue;
            if (!before.Contains(sample.Name)) Prelabels++;
            else prelabels[task] = prelabel;
            foreach (var gold in _gold.GetValueOrDefault(asset) ?? []) ofGold[gold] = prelabel;
        }

        foreach (var task in prelabels.Keys) ofGold.Remove(task);
        if (prelabels.Count + ofGold.Count == 0) return;
        var (same, refused) = await database.WriteAsync(
            async (write, cancel) =>
            {
                var ids = prelabels.Keys.ToArray();
                var known = (await write.Tasks.AsNoTracking().Where(t => ids.Contains(t.Id) && t.Prelabel != null).Select(t => new { t.Id, t.Prelabel }).ToListAsync(cancel))
                    .Where(t => IsSame(t.Prelabel!, prelabels[t.Id])).Select(t => t.Id).ToHashSet();
                return (known, await PrelabelImporter.SetAsync(write, prelabels.Where(p => !known.Contains(p.Key)).Concat(ofGold).ToDictionary(), cancel));
            },
            cancellationToken);
        Repeated += same.Count;
        Prelabels += prelabels.Keys.Count(t => !same.Contains(t) && !refused.Contains(t));
        foreach (var task in prelabels.Keys.Where(refused.Contains)) faults.Add(byTask[task], "", "its proposal is not taken, since the task has another one or is held by somebody");
    }

    private static bool IsSame(string one, string other)
    {
        var (first, second) = (Prelabel.Parse(one), Prelabel.Parse(other));
        return first.Origin == second.Origin && first.Answers.GetRawText() == second.Answers.GetRawText();
    }

    /// <summary>Tells of gold and audits that stand out now, whatever this import brought: the proposals may have come before them.</summary>
    public async Task EndAsync(CancellationToken cancellationToken)
    {
        await using var store = database.CreateContext();
        if (!await store.Tasks.AnyAsync(t => t.ProjectId == project.Id && t.Prelabel != null, cancellationToken)) return;
        var gold = await QueueChanges.LiveGold(store).CountAsync(t => t.ProjectId == project.Id && t.Prelabel == null, cancellationToken);
        if (gold > 0) faults.Add(dataset.Name, "", $"{gold} gold tasks of the project show pictures without a proposal, by which they can be told from tasks that have one: import proposals for their pictures too, or retire them");
        var audits = await store.Tasks.CountAsync(t => t.ProjectId == project.Id && t.Purpose == TaskPurpose.Audit && t.State == TaskState.Open && t.Prelabel == null, cancellationToken);
        if (audits > 0) faults.Add(dataset.Name, "", $"{audits} audits under way show pictures without a proposal, by which they can be told from tasks that have one: import proposals for their pictures too");
    }

    public async Task AddLeasesAsync(List<(LabelTaskId Task, Intake Intake)> open, Dictionary<LabelTaskId, string> byTask, CancellationToken cancellationToken)
    {
        var now = clock.Now();
        string[] names = [.. open.SelectMany(o => o.Intake.Sample.Skips.Select(s => s.Contributor).Concat(o.Intake.Sample.Drafts.Select(d => d.Contributor)))];
        if (names.Length == 0) return;
        var (skipped, begun) = await database.WriteAsync(
            async (write, cancel) =>
            {
                await ImportTurn.TakeAsync(write, project.Id, cancel);
                var members = await people.FindOrMakeAsync(write, names, now, cancel);
                ImportedSkip[] skips = [.. open.SelectMany(o => o.Intake.Sample.Skips.Select(s => new ImportedSkip(o.Task, members.Of(s.Contributor), $"Skipped in {dataset.Name}", s.At is { } at && at < now && at > DateTimeOffset.UnixEpoch ? at.ToUniversalTime() : now)))];
                ImportedDraft[] drafts = [.. open.SelectMany(o => o.Intake.Sample.Drafts.Select(d => new ImportedDraft(o.Task, members.Of(d.Contributor), DraftBody(d))))];
                return (await LeaseImporter.AddSkipsAsync(write, skips, now, cancel), await LeaseImporter.AddDraftsAsync(write, drafts, now, DraftTerm, cancel));
            },
            cancellationToken);
        if (skipped.Added > 0) database.OutboxSignal.Raise();
        Skips += skipped.Added;
        Drafts += begun.Added;
        Repeated += skipped.Before + begun.Before;
        foreach (var task in skipped.Refused) faults.Add(byTask[task], "", "a skip is not taken, since its member holds the task, answered or judged it here");
        foreach (var task in begun.Refused) faults.Add(byTask[task], "", "begun work is not taken: nobody is to answer the task any more, or its member answered, passed by or judged it here");
    }

    /// <summary>As the workbench saves its own drafts.</summary>
    private static string DraftBody(ReadAnswers draft) => new JsonObject
    {
        ["answers"] = JsonNode.Parse(Encoding.UTF8.GetString(draft.Json)),
        ["hidden"] = new JsonArray(),
        ["locked"] = new JsonArray(),
        ["active_milliseconds"] = ImportedAnswers.Milliseconds(draft.Seconds),
        ["writer"] = "",
        ["sequence"] = 0,
    }.ToJsonString(WireJson.Options);
}
