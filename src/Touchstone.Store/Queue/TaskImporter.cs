using Touchstone.Store.Entities;
using Touchstone.Store.Ids;

namespace Touchstone.Store.Queue;

/// <summary>A task to be imported.</summary>
public sealed record NewTask
{
    /// <summary>The caller's own id; a second task of the project with the same one is a repeat and changes nothing.</summary>
    public string? ExternalId { get; init; }

    public AssetId? AssetId { get; init; }

    /// <summary>JSON of inputs that are not one asset.</summary>
    public string? Inputs { get; init; }

    /// <summary>0 (last) to 9 (first).</summary>
    public int Priority { get; init; } = 5;

    /// <summary>Responses wanted; null for the project's least number (audits: 1).</summary>
    public int? Overlap { get; init; }

    public TaskPurpose Purpose { get; init; } = TaskPurpose.Label;

    /// <summary>For an audit: the task judged again.</summary>
    public LabelTaskId? AuditOf { get; init; }

    /// <summary>For gold: the known answers' JSON.</summary>
    public string? GoldAnswers { get; init; }
}

/// <summary>What an import did.</summary>
/// <param name="Imported">New tasks.</param>
/// <param name="Repeated">Tasks whose external id was there before.</param>
public sealed record ImportCount(long Imported, long Repeated);

/// <summary>Puts many tasks into a project fast: chunk after chunk, each durable by itself, so that an import cut short is finished by
/// running it again.</summary>
public static class TaskImporter
{
    /// <summary>Imports the tasks into the batch's project and counts them in the batch.</summary>
    /// <param name="database">Where to.</param>
    /// <param name="project">An existing project.</param>
    /// <param name="batch">An existing batch of it.</param>
    /// <param name="createdBy">Who imports; named on gold.</param>
    /// <param name="tasks">In the order in which they are to be done.</param>
    /// <param name="clock">Times and ids.</param>
    /// <param name="progress">Told after every chunk.</param>
    /// <param name="cancellationToken">Stops between chunks.</param>
    public static Task<ImportCount> ImportAsync(
        StoreDatabase database, ProjectId project, BatchId batch, ContributorId createdBy, IAsyncEnumerable<NewTask> tasks, TimeProvider clock,
        IProgress<ImportCount>? progress, CancellationToken cancellationToken) => throw new NotImplementedException();
}
