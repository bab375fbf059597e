using Touchstone.Store.Entities;
using Touchstone.Store.Ids;
using Touchstone.Store.Queue;

namespace Touchstone.Store.Sqlite;

/// <summary>Stores a response under its lease and, where asked, hands out the next lease.</summary>
internal sealed class SubmitOperation(Submission submission) : SqliteOperation<SubmitResult>
{
    private readonly record struct Receipt(ResponseId Id, DateTimeOffset At, byte[] Digest);

    private SubmitResult? _stored;
    private ProjectId _project;
    private NextSearch? _search;

    public override void Reset() => (_stored, _search) = (null, null);

    protected override SubmitResult? Decide(QueueSession session)
    {
        _stored ??= Store(session);
        if (!submission.Next || _stored is SubmitResult.Refused) return _stored;
        _search ??= new NextSearch(submission.Worker, _project, newest: _stored is SubmitResult.Repeated);
        if (_search.Run(session) is not { } next) return null;
        return _stored is SubmitResult.Accepted accepted ? accepted with { Next = next } : ((SubmitResult.Repeated)_stored) with { Next = next };
    }

    private SubmitResult Store(QueueSession session)
    {
        var worker = submission.Worker;
        var found = LeaseRows.Find(session, submission.Token);
        var own = found is { } f && f.ContributorId == worker.ContributorId && f.OrganizationId == worker.OrganizationId;
        var lease = found.GetValueOrDefault();
        _project = lease.ProjectId;
        var before = own && lease.State == LeaseState.Submitted ? ReceiptOf(session, lease.Id) : null;
        var facts = new SubmitFacts(
            own, lease.Purpose, lease.State, worker.Clearances.Contains(lease.CompartmentId), own && session.IsSuspended(worker),
            before is { } receipt && submission.Digest.AsSpan().SequenceEqual(receipt.Digest), lease.IsGold || lease.OpenSlots > 0,
            own && lease.State == LeaseState.Expired && IsBarredByNow(session, lease, worker),
            own && lease.Purpose == LeasePurpose.Work && lease.State == LeaseState.Expired && HasAnswered(session, lease),
            own && lease.Supersedes is { } earlier && IsSuperseded(session, earlier));
        return LeaseRules.Submit(facts, out var reason) switch
        {
            SubmitVerdict.Repeat => new SubmitResult.Repeated(before!.Value.Id, before.Value.At, Next: null),
            SubmitVerdict.Accept => Accept(session, lease, late: false),
            SubmitVerdict.AcceptLate => Accept(session, lease, late: true),
            _ => new SubmitResult.Refused(reason),
        };
    }

    /// <summary>Since the lease ran out the contributor took, skipped or judged the task under another one.</summary>
    private static bool IsBarredByNow(QueueSession session, in LeaseRow lease, Worker worker) => LeaseRules.Candidate(
        session.Marks(lease.TaskId, worker.ContributorId), session.RelatedMarks(lease.TaskId, lease.AuditOf, worker)) != Verdict.Take;

    private static Receipt? ReceiptOf(QueueSession session, LeaseId lease)
    {
        var select = session.Prepare("SELECT id, submitted_at, digest FROM responses WHERE lease_id = ?1").Bind(1, lease.Value);
        Receipt? receipt = select.Step() ? new(new(select.Uuid(0)), Instant.FromMicroseconds(select.Long(1)), select.Blob(2).ToArray()) : null;
        select.Reset();
        return receipt;
    }

    /// <summary>Asked of expired leases only: who answered the task is not given a live one, and the unique index has the last word.</summary>
    private static bool HasAnswered(QueueSession session, in LeaseRow lease)
    {
        var select = session.Prepare("SELECT 1 FROM responses WHERE task_id = ?1 AND contributor_id = ?2 AND supersedes IS NULL")
            .Bind(1, lease.TaskId.Value).Bind(2, lease.ContributorId.Value);
        var answered = select.Step();
        select.Reset();
        return answered;
    }

    private static bool IsSuperseded(QueueSession session, ResponseId response)
    {
        var select = session.Prepare("SELECT 1 FROM responses WHERE supersedes = ?1").Bind(1, response.Value);
        var superseded = select.Step();
        select.Reset();
        return superseded;
    }

    private SubmitResult.Accepted Accept(QueueSession session, in LeaseRow lease, bool late)
    {
        var id = ResponseId.New(session.Now);
        session.PrepareWrite(
            """
            INSERT INTO responses (id, organization_id, compartment_id, project_id, task_id, lease_id, contributor_id, ontology_version, answers, digest,
                                   active_milliseconds, simulated, supersedes, submitted_at)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)
            """)
            .Bind(1, id.Value).Bind(2, lease.OrganizationId.Value).Bind(3, lease.CompartmentId.Value).Bind(4, lease.ProjectId.Value)
            .Bind(5, lease.TaskId.Value).Bind(6, lease.Id.Value).Bind(7, lease.ContributorId.Value).Bind(8, lease.OntologyVersion)
            .Bind(9, submission.Answers).Bind(10, submission.Digest.AsSpan()).Bind(11, submission.ActiveMilliseconds)
            .Bind(12, submission.Worker.Simulated ? 1 : 0).Bind(13, lease.Supersedes?.Value).Bind(14, session.Now.ToMicroseconds())
            .Run();
        LeaseRows.End(session, lease, LeaseState.Submitted, reason: null);
        if (lease.Purpose == LeasePurpose.Work) Count(session, lease, late);
        session.PrepareWrite("DELETE FROM drafts WHERE lease_id = ?1").Bind(1, lease.Id.Value).Run();
        session.WriteOutbox(OutboxKind.ResponseSubmitted, lease, id.Value);
        return new(id, session.Now, Next: null);
    }

    /// <summary>Open slots are left out where they stay as they are, which spares the queue's index.</summary>
    private static void Count(QueueSession session, in LeaseRow lease, bool late) => session.PrepareWrite(late && lease.TakesSlot
        ? "UPDATE tasks SET response_count = response_count + 1, open_slots = open_slots - 1 WHERE id = ?1"
        : "UPDATE tasks SET response_count = response_count + 1 WHERE id = ?1").Bind(1, lease.TaskId.Value).Run();
}
