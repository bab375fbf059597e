using Microsoft.EntityFrameworkCore;
using Touchstone.Store.Entities;
using Touchstone.Store.Ids;

namespace Touchstone.Store.Queue;

/// <summary>What somebody answered elsewhere, to stand as their response to a task.</summary>
/// <param name="Task">An ordinary or gold task of the project.</param>
/// <param name="Contributor">A member of its organization.</param>
/// <param name="Answers">Valid answers under the task's ontology version, canonical JSON.</param>
/// <param name="Digest">SHA-256 of the answers in UTF-8.</param>
/// <param name="ActiveMilliseconds">How long it took; 0 where that is not known.</param>
/// <param name="SubmittedAt">When it was given.</param>
public sealed record ImportedResponse(LabelTaskId Task, ContributorId Contributor, string Answers, byte[] Digest, long ActiveMilliseconds, DateTimeOffset SubmittedAt);

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
    /// <param name="responses">At most some hundreds; of one contributor to one task only the first counts.</param>
    /// <param name="now">When they come in; ids and outbox rows carry it.</param>
    /// <param name="cancellationToken">Gives up before anything is written.</param>
    /// <returns>How many were written; the others' contributors had answered those tasks before.</returns>
    public static async Task<int> AddAsync(StoreContext store, IReadOnlyList<ImportedResponse> responses, DateTimeOffset now, CancellationToken cancellationToken)
    {
        now = Instant.Truncate(now);
        var ids = responses.Select(r => r.Task).Distinct().ToArray();
        var tasks = await store.Tasks.AsNoTracking().Where(t => ids.Contains(t.Id) && (t.Purpose == TaskPurpose.Label || t.Purpose == TaskPurpose.Gold)).ToDictionaryAsync(t => t.Id, cancellationToken);
        var known = (await store.Leases.Where(l => ids.Contains(l.TaskId)).Select(l => new { l.TaskId, l.ContributorId }).ToListAsync(cancellationToken)).Select(l => (l.TaskId, l.ContributorId)).ToHashSet();
        List<LabelTaskId> counted = [];
        foreach (var response in responses)
        {
            if (!tasks.TryGetValue(response.Task, out var task) || !known.Add((response.Task, response.Contributor))) continue;
            Add(store, response, task, now);
            counted.Add(response.Task);
        }

        foreach (var task in counted.CountBy(id => id).OrderBy(c => c.Key.Value)) await store.Command(Count, task.Key.Value, (long)task.Value).RunAsync(cancellationToken);
        return counted.Count;
    }

    private static void Add(StoreContext store, ImportedResponse response, LabelTask task, DateTimeOffset now)
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
            ContributorId = response.Contributor,
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
            ContributorId = response.Contributor,
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
            ContributorId = response.Contributor,
            SubjectId = row.Id.Value,
            Purpose = task.Purpose,
            At = now,
        });
    }
}
