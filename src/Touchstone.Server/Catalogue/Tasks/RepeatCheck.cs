using Microsoft.EntityFrameworkCore;
using Touchstone.Store;
using Touchstone.Store.Entities;
using Touchstone.Store.Ids;
using Touchstone.Store.Queue;

namespace Touchstone.Server.Catalogue.Tasks;

/// <summary>
/// Looks at lines whose external id the project had already. The same picture again is a repeat and harmless; another picture under the same id
/// would be lost in silence, so it is a fault. Only chunks that the importer reports repeats of are looked at: an import of new tasks pays nothing.
/// </summary>
internal sealed class RepeatCheck(StoreContext store, ProjectId project, FaultList faults) : IProgress<ImportCount>
{
    private readonly List<(long Line, NewTask Task)> _chunk = [];
    private long _repeatedBefore;
    private bool _isWritten, _hasRepeats;

    /// <summary>Lines that the importer counts as repeats and that are none.</summary>
    public long Contradictions { get; private set; }

    /// <summary>What is in so far.</summary>
    public ImportCount Count { get; private set; } = new(0, 0);

    /// <summary>A chunk is written: everything handed over up to here.</summary>
    public void Report(ImportCount value)
    {
        (_isWritten, _hasRepeats) = (true, value.Repeated > _repeatedBefore);
        (_repeatedBefore, Count) = (value.Repeated, value);
    }

    /// <summary>Before a line is handed to the importer.</summary>
    public async Task HandOverAsync(long line, NewTask task, CancellationToken cancellationToken)
    {
        if (_isWritten) await EndChunkAsync(cancellationToken);
        if (task.ExternalId is not null) _chunk.Add((line, task));
    }

    /// <summary>After the last chunk.</summary>
    public async Task EndChunkAsync(CancellationToken cancellationToken)
    {
        if (_hasRepeats) await CompareAsync(cancellationToken);
        _chunk.Clear();
        (_isWritten, _hasRepeats) = (false, false);
    }

    private async Task CompareAsync(CancellationToken cancellationToken)
    {
        var ids = _chunk.Select(c => c.Task.ExternalId).Distinct().ToArray();
        var there = await store.Tasks.AsNoTracking().Where(t => t.ProjectId == project && ids.Contains(t.ExternalId))
            .Select(t => new { t.ExternalId, t.AssetId, t.Purpose }).ToDictionaryAsync(t => t.ExternalId!, StringComparer.Ordinal, cancellationToken);
        foreach (var (line, task) in _chunk)
        {
            var known = there[task.ExternalId!];
            if (known.AssetId != task.AssetId)
                Add(new(line, "external_id_taken", "/external_id", $"an id that no task has, or the picture of the task that has it, {known.AssetId}", $"\"{task.ExternalId}\" with the picture {task.AssetId}"));
            else if (task.Purpose == TaskPurpose.Gold && known.Purpose != TaskPurpose.Gold)
                Add(new(line, "not_made_gold", "/gold", "known answers only for a task that is new or gold; PUT /tasks/{id}/gold makes one gold", $"the task \"{task.ExternalId}\", which is not"));
            else if ((task.Purpose == TaskPurpose.Training) != (known.Purpose == TaskPurpose.Training) && task.Purpose != TaskPurpose.Label)
                Add(new(line, "not_made_training", "/purpose", "training only for a task that is new or trains already; PUT /tasks/{id}/training makes one train", $"the task \"{task.ExternalId}\""));
        }
    }

    private void Add(LineFault fault)
    {
        Contradictions++;
        faults.Add(fault);
    }
}
