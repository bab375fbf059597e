using Microsoft.EntityFrameworkCore;
using Touchstone.Store.Entities;
using Touchstone.Store.Ids;

namespace Touchstone.Store.Queue;

/// <summary>What somebody answered elsewhere, to stand as their response to a task.</summary>
/// <param name="Task">An ordinary or gold task of the project.</param>
/// <param name="Contributors">The member whose response it is. Of work that names nobody, those whom nobody may be, in their order: it belongs to the first of them who gave no other answer to the task.</param>
/// <param name="Answers">Valid answers under the task's ontology version, canonical JSON.</param>
/// <param name="Digest">SHA-256 of the answers in UTF-8.</param>
/// <param name="ActiveMilliseconds">How long it took; 0 where that is not known.</param>
/// <param name="SubmittedAt">When it was given.</param>
public sealed record ImportedResponse(LabelTaskId Task, IReadOnlyList<ContributorId> Contributors, string Answers, byte[] Digest, long ActiveMilliseconds, DateTimeOffset SubmittedAt)
{
    /// <summary>Other members who stand, or stood, for the same annotator: the same answer by one of them is this one.</summary>
    public IReadOnlyList<ContributorId> Also { get; init; } = [];

    /// <summary>Whether <see cref="SubmittedAt"/> is what the data set says, so that an answer of <see cref="Also"/> given at another time is another one.</summary>
    public bool IsTimed { get; init; }

    /// <summary>What the data set calls whoever gave it.</summary>
    public string Named { get; init; } = "";
}

/// <summary>What became of responses that were given elsewhere.</summary>
/// <param name="Added">Written.</param>
/// <param name="Before">Not written, since the same answers of the same contributors were there.</param>
/// <param name="Changed">Not written, since other answers of their contributors to those tasks stand.</param>
/// <param name="Refused">Not written, since their contributors hold, passed by or judged those tasks, or the tasks take none.</param>
public sealed record ImportedResponses(int Added, int Before, IReadOnlyList<ImportedResponse> Changed, IReadOnlyList<ImportedResponse> Refused);

/// <summary>Writes responses that were given elsewhere as if they had been submitted here: each with an ended lease, so that nobody is asked a second time, and an outbox row, from which all else follows.</summary>
public static class ResponseImporter
{
    // Live leases keep their slots: what somebody answered elsewhere never takes a task out of a person's hands.
    private const string Count =
        """
        UPDATE tasks SET response_count = response_count + @p1,
               overlap = CASE WHEN purpose = 0 AND overlap < response_count + @p1 + (SELECT COUNT(*) FROM leases l WHERE l.task_id = tasks.id AND l.state = 0 AND l.purpose = 0)
                              THEN response_count + @p1 + (SELECT COUNT(*) FROM leases l WHERE l.task_id = tasks.id AND l.state = 0 AND l.purpose = 0) ELSE overlap END,
               open_slots = CASE WHEN purpose <> 0 THEN open_slots WHEN open_slots > @p1 THEN open_slots - @p1 ELSE 0 END
        WHERE id = @p0
        """;

    /// <summary>Writes them in one transaction.</summary>
    /// <param name="store">The context of a caller's transaction (<see cref="StoreDatabase.WriteAsync"/>).</param>
    /// <param name="responses">At most some hundreds; of one contributor to one task only the first is written, and another one is told as changed.</param>
    /// <param name="now">When they come in; ids and outbox rows carry it.</param>
    /// <param name="cancellationToken">Gives up before anything is written.</param>
    /// <returns>What became of them.</returns>
    public static async Task<ImportedResponses> AddAsync(StoreContext store, IReadOnlyList<ImportedResponse> responses, DateTimeOffset now, CancellationToken cancellationToken)
    {
        now = Instant.Truncate(now);
        var ids = responses.Select(r => r.Task).Distinct().ToArray();

        // As the queue does: whoever gives out a task of these comes before or after, never between.
        if (!store.IsSqlite)
            foreach (var id in ids.OrderBy(t => t.Value)) await store.Command("SELECT id FROM tasks WHERE id = @p0 FOR UPDATE", id.Value).RunAsync(cancellationToken);
        var tasks = await store.Tasks.AsNoTracking().Where(t => ids.Contains(t.Id) && (t.Purpose == TaskPurpose.Label || t.Purpose == TaskPurpose.Gold)).ToDictionaryAsync(t => t.Id, cancellationToken);
        var match = ImportMatch.Of(responses, await StandingResponse.OfAsync(store, ids, cancellationToken));
        var barred = await BarredAsync(store, tasks, cancellationToken);
        List<LabelTaskId> counted = [];
        List<ImportedResponse> refused = [];
        foreach (var (response, contributor) in match.New)
        {
            if (!tasks.TryGetValue(response.Task, out var task) || barred.Contains((response.Task, contributor)))
            {
                refused.Add(response);
                continue;
            }

            Add(store, response, contributor, task, now);
            counted.Add(response.Task);
        }

        foreach (var task in counted.CountBy(id => id).OrderBy(c => c.Key.Value)) await store.Command(Count, task.Key.Value, (long)task.Value).RunAsync(cancellationToken);
        return new(counted.Count, match.Before, match.Changed, refused);
    }

    /// <summary>Who holds, passed by or judged a task, or has the audit or the gold that was made of it: they give no independent answer to it any more.</summary>
    internal static async Task<HashSet<(LabelTaskId, ContributorId)>> BarredAsync(StoreContext store, IReadOnlyDictionary<LabelTaskId, LabelTask> tasks, CancellationToken cancellationToken)
    {
        var ids = tasks.Keys.ToArray();
        var relatives = (await store.Tasks.Where(t => t.AuditOf != null && ids.Contains(t.AuditOf.Value)).Select(t => new { t.Id, Of = t.AuditOf!.Value }).ToListAsync(cancellationToken)).Select(t => (t.Id, t.Of))
            .Concat(tasks.Values.Where(t => t.AuditOf is not null).Select(t => (t.AuditOf!.Value, t.Id))).Concat(ids.Select(id => (id, id))).ToLookup(t => t.Item1, t => t.Item2);
        var looked = relatives.Select(r => r.Key).ToArray();
        var leases = await store.Leases.Where(l => looked.Contains(l.TaskId) && (l.State == LeaseState.Live || l.State == LeaseState.Submitted || l.State == LeaseState.Skipped))
            .Select(l => new { l.TaskId, l.ContributorId }).ToListAsync(cancellationToken);
        return [.. leases.SelectMany(l => relatives[l.TaskId].Select(task => (task, l.ContributorId)))];
    }

    private static void Add(StoreContext store, ImportedResponse response, ContributorId contributor, LabelTask task, DateTimeOffset now)
    {
        var at = Instant.Truncate(response.SubmittedAt);
        var lease = new Lease
        {
            Id = LeaseId.New(now),
            Token = LeaseToken.New(now),
            OrganizationId = task.OrganizationId,
            CompartmentId = task.CompartmentId,
            ProjectId = task.ProjectId,
            TaskId = task.Id,
            ContributorId = contributor,
            State = LeaseState.Submitted,
            IssuedAt = Instant.Truncate(at.AddMilliseconds(-response.ActiveMilliseconds)),
            ExpiresAt = at,
            EndedAt = at,
        };
        var row = new Response
        {
            Id = ResponseId.New(now),
            OrganizationId = task.OrganizationId,
            CompartmentId = task.CompartmentId,
            ProjectId = task.ProjectId,
            TaskId = task.Id,
            LeaseId = lease.Id,
            ContributorId = contributor,
            OntologyVersion = task.OntologyVersion,
            Answers = response.Answers,
            Digest = response.Digest,
            ActiveMilliseconds = response.ActiveMilliseconds,
            SubmittedAt = at,
        };
        store.AddRange(lease, row, new OutboxRow
        {
            Kind = OutboxKind.ResponseSubmitted,
            OrganizationId = task.OrganizationId,
            ProjectId = task.ProjectId,
            TaskId = task.Id,
            ContributorId = contributor,
            SubjectId = row.Id.Value,
            Purpose = task.Purpose,
            At = now,
        });
    }
}
