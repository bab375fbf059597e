using Microsoft.EntityFrameworkCore;
using Touchstone.Store.Entities;
using Touchstone.Store.Ids;
using Touchstone.Store.Queue;
using Touchstone.Testing;

namespace Touchstone.Store.Tests.Queue;

/// <summary>What a contributor and a server see of the queue, on both databases.</summary>
public class WorkQueueTests
{
    public static TheoryData<DatabaseKind> Databases => [DatabaseKind.Sqlite, DatabaseKind.Postgres];

    [Theory, MemberData(nameof(Databases))]
    public async Task Tasks_are_handed_out_in_order_and_never_twice_to_one_person(DatabaseKind kind)
    {
        await using var world = await QueueWorld.CreateAsync(kind, tasks: 3, overlap: 1);
        var (first, second) = (await world.Seed.AddWorkerAsync(), await world.Seed.AddWorkerAsync());
        var given = new List<LabelTaskId>();
        for (var i = 0; i < 2; i++)
        {
            var lease = await world.Granted(first);
            given.Add(lease.TaskId);
            await world.Accepted(first, lease.Token);
        }

        given.Add((await world.Granted(second)).TaskId);
        Assert.Equal(world.Tasks, given);
        Assert.Equal(QueueReason.NothingOpen, await world.Nothing(first));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_task_takes_as_many_people_as_its_overlap(DatabaseKind kind)
    {
        await using var world = await QueueWorld.CreateAsync(kind, tasks: 1, overlap: 2);
        var workers = new[] { await world.Seed.AddWorkerAsync(), await world.Seed.AddWorkerAsync(), await world.Seed.AddWorkerAsync() };
        var results = await Task.WhenAll(workers.Select(world.Next));
        Assert.Equal(2, results.OfType<NextResult.Granted>().Count());
        Assert.Equal(QueueReason.NothingOpen, results.OfType<NextResult.Nothing>().Single().Reason);
        Assert.Equal(0, (await world.Task(world.Tasks[0])).OpenSlots);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Who_did_all_there_is_hears_so_while_others_go_on(DatabaseKind kind)
    {
        await using var world = await QueueWorld.CreateAsync(kind, tasks: 1, overlap: 2);
        var (first, second) = (await world.Seed.AddWorkerAsync(), await world.Seed.AddWorkerAsync());
        await world.Accepted(first, (await world.Granted(first)).Token);
        Assert.Equal(QueueReason.AllDoneByYou, await world.Nothing(first));
        Assert.Equal(world.Tasks[0], (await world.Granted(second)).TaskId);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Who_holds_two_leases_gets_the_oldest_again(DatabaseKind kind)
    {
        await using var world = await QueueWorld.CreateAsync(kind, tasks: 5);
        var worker = await world.Seed.AddWorkerAsync();
        var first = await world.Granted(worker);
        world.Clock.Advance(TimeSpan.FromMinutes(1));
        var second = await world.Granted(worker);
        world.Clock.Advance(TimeSpan.FromMinutes(1));
        var third = await world.Granted(worker);
        Assert.NotEqual(first.Token, second.Token);
        Assert.Equal(first with { ExpiresAt = first.ExpiresAt.AddMinutes(2) }, third);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task The_same_body_twice_is_one_response_and_another_is_refused(DatabaseKind kind)
    {
        await using var world = await QueueWorld.CreateAsync(kind, tasks: 5);
        var worker = await world.Seed.AddWorkerAsync(simulated: true);
        var lease = await world.Granted(worker);
        var accepted = await world.Accepted(worker, lease.Token, """{"a":1}""", next: true);
        world.Clock.Advance(TimeSpan.FromMinutes(1));
        var repeated = Assert.IsType<SubmitResult.Repeated>(await world.Submit(worker, lease.Token, """{"a":1}"""));
        Assert.Equal((accepted.ResponseId, accepted.SubmittedAt), (repeated.ResponseId, repeated.SubmittedAt));
        Assert.Equal(QueueReason.DifferentBody, await world.Refused(worker, lease.Token, """{"a":2}"""));
        await using var store = world.Database.CreateContext();
        var response = await store.Responses.SingleAsync();
        Assert.Equal(("""{"a":1}""", true, 1500L, lease.TaskId, null), (response.Answers, response.Simulated, response.ActiveMilliseconds, response.TaskId, response.Supersedes));
        Assert.Equal(accepted.SubmittedAt, response.SubmittedAt);
        var row = await store.Outbox.SingleAsync(r => r.Kind == OutboxKind.ResponseSubmitted);
        Assert.Equal((response.Id.Value, (LabelTaskId?)lease.TaskId, (ContributorId?)worker.ContributorId), (row.SubjectId, row.TaskId, row.ContributorId));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_submit_brings_the_next_lease_and_a_repeated_one_brings_it_again(DatabaseKind kind)
    {
        await using var world = await QueueWorld.CreateAsync(kind, tasks: 5);
        var worker = await world.Seed.AddWorkerAsync();
        var first = await world.Granted(worker);
        world.Clock.Advance(TimeSpan.FromSeconds(1));
        var second = await world.Granted(worker);
        world.Clock.Advance(TimeSpan.FromSeconds(1));
        var accepted = await world.Accepted(worker, first.Token, next: true);
        var next = Assert.IsType<NextResult.Granted>(accepted.Next).Lease;
        Assert.DoesNotContain(next.TaskId, new[] { first.TaskId, second.TaskId });
        var repeated = Assert.IsType<SubmitResult.Repeated>(await world.Submit(worker, first.Token, next: true));
        Assert.Equal(next.Token, Assert.IsType<NextResult.Granted>(repeated.Next).Lease.Token);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_token_is_worth_nothing_to_somebody_else(DatabaseKind kind)
    {
        await using var world = await QueueWorld.CreateAsync(kind, tasks: 2);
        var (owner, other) = (await world.Seed.AddWorkerAsync(), await world.Seed.AddWorkerAsync());
        var lease = await world.Granted(owner);
        var stranger = owner with { OrganizationId = OrganizationId.New(world.Clock.Now()) };
        foreach (var thief in new[] { other, stranger })
        {
            Assert.Null(await world.Queue.FindAsync(thief, lease.Token, fresh: false, default));
            Assert.Null(await world.Queue.GetDraftAsync(thief, lease.Token, default));
            Assert.Equal(QueueReason.UnknownLease, await world.Refused(thief, lease.Token));
            Assert.Equal(QueueReason.UnknownLease, Assert.IsType<EndResult.Refused>(await world.Skip(thief, lease.Token)).Reason);
            Assert.Equal(QueueReason.UnknownLease, Assert.IsType<HeartbeatResult.Refused>(await world.Queue.HeartbeatAsync(thief, lease.Token, default)).Reason);
            Assert.Equal(QueueReason.UnknownLease, Assert.IsType<DraftResult.Refused>(await world.Queue.SaveDraftAsync(thief, lease.Token, "x", 0, default)).Reason);
        }

        Assert.Equal(QueueReason.UnknownLease, await world.Refused(owner, LeaseToken.New(world.Clock.GetUtcNow())));
        Assert.Equal(QueueReason.UnknownProject, await world.Nothing(stranger));
        await world.Accepted(owner, lease.Token);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_skipped_task_never_comes_back_and_a_returned_one_may(DatabaseKind kind)
    {
        await using var world = await QueueWorld.CreateAsync(kind, tasks: 2, overlap: 1);
        var (first, second) = (await world.Seed.AddWorkerAsync(), await world.Seed.AddWorkerAsync());
        var skipped = await world.Granted(first);
        Assert.Equal(new EndResult.Ended(Repeated: false), await world.Skip(first, skipped.Token));
        Assert.Equal(new EndResult.Ended(Repeated: true), await world.Skip(first, skipped.Token));
        Assert.Equal(QueueReason.Skipped, await world.Refused(first, skipped.Token));
        Assert.Equal(QueueReason.Skipped, Assert.IsType<EndResult.Refused>(await world.Return(first, skipped.Token)).Reason);

        var returned = await world.Granted(first);
        Assert.Equal(world.Tasks[1], returned.TaskId);
        Assert.Equal(new EndResult.Ended(Repeated: false), await world.Return(first, returned.Token));
        Assert.Equal(QueueReason.Returned, await world.Refused(first, returned.Token));
        var again = await world.Granted(first);
        Assert.Equal(returned.TaskId, again.TaskId);
        Assert.NotEqual(returned.Token, again.Token);
        Assert.Equal(QueueReason.AllDoneByYou, await world.Nothing(first));
        Assert.Equal(skipped.TaskId, (await world.Granted(second)).TaskId);
        await using var store = world.Database.CreateContext();
        Assert.Equal(1, await store.Outbox.CountAsync(r => r.Kind == OutboxKind.LeaseSkipped));
        Assert.Equal(1, await store.Outbox.CountAsync(r => r.Kind == OutboxKind.LeaseReturned));
        Assert.Equal("blurred", (await store.Leases.SingleAsync(l => l.State == LeaseState.Skipped)).Reason);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_late_submit_counts_while_nobody_was_given_the_slot(DatabaseKind kind)
    {
        await using var world = await QueueWorld.CreateAsync(kind, tasks: 1, overlap: 1);
        var (slow, other) = (await world.Seed.AddWorkerAsync(), await world.Seed.AddWorkerAsync());
        var lease = await world.Granted(slow);
        world.Clock.Advance(TimeSpan.FromMinutes(31));
        Assert.Equal(1, await world.Expire());
        Assert.Equal(0, await world.Expire());
        Assert.Equal(1, (await world.Task(lease.TaskId)).OpenSlots);
        await world.Accepted(slow, lease.Token);
        var task = await world.Task(lease.TaskId);
        Assert.Equal((0, 1), (task.OpenSlots, task.ResponseCount));
        Assert.Equal(QueueReason.NothingOpen, await world.Nothing(other));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_late_submit_is_refused_once_the_slot_is_given_and_its_draft_stays(DatabaseKind kind)
    {
        await using var world = await QueueWorld.CreateAsync(kind, tasks: 1, overlap: 1);
        var (slow, other) = (await world.Seed.AddWorkerAsync(), await world.Seed.AddWorkerAsync());
        var lease = await world.Granted(slow);
        await world.Queue.SaveDraftAsync(slow, lease.Token, "half done", 0, default);
        world.Clock.Advance(TimeSpan.FromMinutes(31));
        await world.Expire();
        var taken = await world.Granted(other);
        Assert.Equal(QueueReason.Expired, await world.Refused(slow, lease.Token));
        Assert.Equal("half done", (await world.Queue.GetDraftAsync(slow, lease.Token, default))!.Body);
        await world.Return(other, taken.Token);

        var again = Assert.IsType<NextResult.Granted>(await world.Next(slow));
        Assert.Equal(1, again.DraftVersion);
        Assert.Equal("half done", (await world.Queue.GetDraftAsync(slow, again.Lease.Token, default))!.Body);
        Assert.Equal(QueueReason.Expired, await world.Refused(slow, lease.Token));
        await world.Accepted(slow, again.Lease.Token);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_heartbeat_or_a_draft_keeps_the_lease(DatabaseKind kind)
    {
        await using var world = await QueueWorld.CreateAsync(kind, tasks: 2);
        var worker = await world.Seed.AddWorkerAsync();
        var lease = await world.Granted(worker);
        world.Clock.Advance(TimeSpan.FromMinutes(20));
        var beat = Assert.IsType<HeartbeatResult.Extended>(await world.Queue.HeartbeatAsync(worker, lease.Token, default));
        Assert.Equal(world.Clock.Now().AddMinutes(30), beat.ExpiresAt);
        world.Clock.Advance(TimeSpan.FromMinutes(20));
        var saved = Assert.IsType<DraftResult.Saved>(await world.Queue.SaveDraftAsync(worker, lease.Token, "a", 0, default));
        Assert.Equal((1, world.Clock.Now().AddMinutes(30)), (saved.Version, saved.ExpiresAt));
        world.Clock.Advance(TimeSpan.FromMinutes(29));
        Assert.Equal(0, await world.Expire());
        var view = await world.Queue.FindAsync(worker, lease.Token, fresh: true, default);
        Assert.Equal((LeaseState.Live, 1, saved.ExpiresAt), (view!.State, view.DraftVersion, view.Grant.ExpiresAt));
        Assert.Equal(view, await world.Queue.FindAsync(worker, lease.Token, fresh: false, default));
        world.Clock.Advance(TimeSpan.FromMinutes(2));
        await world.Expire();
        Assert.Equal(QueueReason.Expired, Assert.IsType<HeartbeatResult.Refused>(await world.Queue.HeartbeatAsync(worker, lease.Token, default)).Reason);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_draft_never_overwrites_a_newer_one(DatabaseKind kind)
    {
        await using var world = await QueueWorld.CreateAsync(kind, tasks: 2);
        var worker = await world.Seed.AddWorkerAsync();
        var token = (await world.Granted(worker)).Token;
        await world.Queue.SaveDraftAsync(worker, token, "one", 0, default);
        Assert.Equal(2, Assert.IsType<DraftResult.Saved>(await world.Queue.SaveDraftAsync(worker, token, "two", 1, default)).Version);
        var conflict = Assert.IsType<DraftResult.Conflict>(await world.Queue.SaveDraftAsync(worker, token, "old window", 1, default));
        Assert.Equal(("two", 2), (conflict.Newer.Body, conflict.Newer.Version));
        await world.Accepted(worker, token);
        Assert.Equal(QueueReason.Submitted, Assert.IsType<DraftResult.Refused>(await world.Queue.SaveDraftAsync(worker, token, "x", 2, default)).Reason);
        Assert.Null(await world.Queue.GetDraftAsync(worker, token, default));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Higher_priorities_and_begun_tasks_go_first_and_audits_only_to_reviewers(DatabaseKind kind)
    {
        await using var world = await QueueWorld.CreateAsync(kind, overlap: 2);
        var tasks = await world.Seed.AddTasksAsync(world.Project, world.Batch,
        [
            new NewTask { Priority = 3, ExternalId = "low" }, new NewTask { Priority = 7, ExternalId = "high" },
            new NewTask { Purpose = TaskPurpose.Audit, ExternalId = "audit" }, new NewTask { Priority = 7, ExternalId = "high 2" },
        ]);
        var (worker, reviewer, third) = (await world.Seed.AddWorkerAsync(), await world.Seed.AddWorkerAsync(Role.Reviewer), await world.Seed.AddWorkerAsync());
        Assert.Equal(tasks[2], (await world.Granted(reviewer)).TaskId);
        var high = await world.Granted(worker);
        Assert.Equal(tasks[1], high.TaskId);
        var high2 = await world.Granted(worker);
        Assert.Equal(tasks[3], high2.TaskId);
        await world.Return(worker, high2.Token);
        Assert.Equal(tasks[3], (await world.Granted(third)).TaskId);
        Assert.Equal(tasks[1], (await world.Granted(third)).TaskId);
        await world.Accepted(worker, high.Token);
        Assert.Equal(tasks[3], (await world.Granted(worker)).TaskId);
        Assert.Equal(tasks[0], (await world.Granted(worker)).TaskId);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Nobody_audits_what_they_answered_nor_answers_what_they_audited(DatabaseKind kind)
    {
        await using var world = await QueueWorld.CreateAsync(kind, tasks: 1, overlap: 2);
        var (first, second) = (await world.Seed.AddWorkerAsync(Role.Reviewer), await world.Seed.AddWorkerAsync(Role.Reviewer));
        var held = await world.Granted(first);
        var audit = (await world.Seed.AddTasksAsync(world.Project, world.Batch,
            [new NewTask { Purpose = TaskPurpose.Audit, AuditOf = world.Tasks[0], Overlap = 2 }]))[0];
        Assert.Equal(QueueReason.AllDoneByYou, await world.Nothing(first));
        var auditing = await world.Granted(second);
        Assert.Equal(audit, auditing.TaskId);
        Assert.Equal(QueueReason.AllDoneByYou, await world.Nothing(second));

        await world.Return(first, held.Token);
        var nowAudits = await world.Granted(first);
        Assert.Equal(audit, nowAudits.TaskId);
        await world.Accepted(first, nowAudits.Token);
        Assert.Equal(QueueReason.AllDoneByYou, await world.Nothing(first));
        await world.Return(second, auditing.Token);
        var answers = await world.Granted(second);
        Assert.Equal(audit, answers.TaskId);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Paused_archived_suspended_and_uncleared_get_nothing(DatabaseKind kind)
    {
        await using var world = await QueueWorld.CreateAsync(kind, tasks: 4);
        var worker = await world.Seed.AddWorkerAsync();
        var lease = await world.Granted(worker);
        Assert.Equal(QueueReason.NotCleared, await world.Nothing(worker with { Clearances = new HashSet<CompartmentId>() }));
        await SetState(world, ProjectState.Paused);
        Assert.Equal(QueueReason.Paused, await world.Nothing(worker));
        await SetState(world, ProjectState.Archived);
        Assert.Equal(QueueReason.Archived, await world.Nothing(worker));
        await SetState(world, ProjectState.Active);
        Assert.Equal(QueueReason.NotCleared, await world.Refused(worker with { Clearances = new HashSet<CompartmentId>() }, lease.Token));
        await world.Write(store => store.Contributors.Where(c => c.Id == worker.ContributorId)
            .ExecuteUpdateAsync(s => s.SetProperty(c => c.SuspendedAt, world.Clock.Now())));
        Assert.Equal(QueueReason.Suspended, await world.Nothing(worker));
        Assert.Equal(QueueReason.Suspended, await world.Refused(worker, lease.Token));
    }

    private static Task<int> SetState(QueueWorld world, ProjectState state) => world.Write(store =>
        store.Projects.Where(p => p.Id == world.Project).ExecuteUpdateAsync(s => s.SetProperty(p => p.State, state)));

    [Theory, MemberData(nameof(Databases))]
    public async Task Gold_comes_at_its_rate_once_a_person_and_never_alone(DatabaseKind kind)
    {
        await using var world = await QueueWorld.CreateAsync(kind, goldRate: 0.5, overlap: 1);
        await world.Seed.AddTasksAsync(world.Project, world.Batch, Enumerable.Range(0, 20).Select(i =>
            new NewTask { Purpose = TaskPurpose.Gold, GoldAnswers = "{}", ExternalId = $"gold {i}" }));
        await world.Seed.AddTasksAsync(world.Project, world.Batch, 60);
        foreach (var worker in new[] { await world.Seed.AddWorkerAsync(), await world.Seed.AddWorkerAsync() })
        {
            var given = new List<LabelTask>();
            for (var i = 0; i < 30; i++)
            {
                var lease = await world.Granted(worker);
                given.Add(await world.Task(lease.TaskId));
                await world.Accepted(worker, lease.Token);
            }

            Assert.InRange(given.Count(t => t.Purpose == TaskPurpose.Gold), 5, 20);
            Assert.Equal(given.Count, given.DistinctBy(t => t.Id).Count());
        }

        var last = await world.Seed.AddWorkerAsync();
        while (await world.Next(last) is NextResult.Granted { Lease: var lease }) await world.Accepted(last, lease.Token);
        await using var store = world.Database.CreateContext();
        Assert.True(await store.Tasks.Where(t => t.Purpose == TaskPurpose.Gold).AllAsync(t => t.OpenSlots == 1));
        Assert.True(await store.Tasks.Where(t => t.Purpose == TaskPurpose.Label).AllAsync(t => t.OpenSlots == 0 && t.ResponseCount == 1));
        Assert.Equal(QueueReason.NothingOpen, await world.Nothing(await world.Seed.AddWorkerAsync()));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Asked_again_a_task_reopens_for_those_who_passed_it(DatabaseKind kind)
    {
        await using var world = await QueueWorld.CreateAsync(kind, tasks: 3, overlap: 1);
        var (first, second) = (await world.Seed.AddWorkerAsync(), await world.Seed.AddWorkerAsync());
        for (var i = 0; i < 2; i++) await world.Accepted(first, (await world.Granted(first)).Token);
        Assert.Equal(world.Tasks[2], (await world.Granted(second)).TaskId);
        Assert.True(await world.Write(store => QueueChanges.AskAgainAsync(store, world.Tasks[0], 2, default)));
        Assert.False(await world.Write(store => QueueChanges.AskAgainAsync(store, world.Tasks[0], 2, default)));
        Assert.Equal(QueueReason.AllDoneByYou, await world.Nothing(first));
        Assert.Equal(world.Tasks[0], (await world.Granted(second)).TaskId);
        var task = await world.Task(world.Tasks[0]);
        Assert.Equal((2, 0, 1), (task.Overlap, task.OpenSlots, task.ResponseCount));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_closed_task_is_handed_out_no_more_and_keeps_no_slot_that_comes_free(DatabaseKind kind)
    {
        await using var world = await QueueWorld.CreateAsync(kind, tasks: 1, overlap: 3);
        var (first, second) = (await world.Seed.AddWorkerAsync(), await world.Seed.AddWorkerAsync());
        var (one, two) = (await world.Granted(first), await world.Granted(second));
        await world.Write(async store =>
        {
            await QueueChanges.CloseAsync(store, world.Tasks[0], default);
            return await store.Tasks.ExecuteUpdateAsync(s => s.SetProperty(t => t.State, TaskState.Withdrawn));
        });
        Assert.Equal(QueueReason.NothingOpen, await world.Nothing(await world.Seed.AddWorkerAsync()));
        await world.Return(first, one.Token);
        await world.Accepted(second, two.Token);
        var task = await world.Task(world.Tasks[0]);
        Assert.Equal((1, 0, 1), (task.Overlap, task.OpenSlots, task.ResponseCount));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Work_sent_back_comes_first_to_its_contributor_and_supersedes(DatabaseKind kind)
    {
        await using var world = await QueueWorld.CreateAsync(kind, tasks: 5, overlap: 1);
        var (worker, other) = (await world.Seed.AddWorkerAsync(), await world.Seed.AddWorkerAsync());
        var first = await world.Granted(worker);
        var response = (await world.Accepted(worker, first.Token)).ResponseId;
        var held = await world.Granted(worker);
        world.Clock.Advance(TimeSpan.FromMinutes(1));
        var correction = await world.Write(store => QueueChanges.SendBackAsync(store, response, world.Clock.Now(), TimeSpan.FromDays(7), default));
        Assert.NotNull(correction);
        Assert.Equal(correction, await world.Write(store => QueueChanges.SendBackAsync(store, response, world.Clock.Now(), TimeSpan.FromDays(7), default)));
        Assert.NotEqual(first.TaskId, (await world.Granted(other)).TaskId);
        var again = await world.Granted(worker);
        Assert.Equal((correction, first.TaskId, LeasePurpose.Correction, (ResponseId?)response), (again.LeaseId, again.TaskId, again.Purpose, again.Supersedes));
        Assert.Equal(held.Token, (await world.Granted(worker)).Token);
        var corrected = await world.Accepted(worker, again.Token, """{"better":true}""");
        Assert.Null(await world.Write(store => QueueChanges.SendBackAsync(store, response, world.Clock.Now(), TimeSpan.FromDays(7), default)));
        await using var store = world.Database.CreateContext();
        Assert.Equal(response, (await store.Responses.SingleAsync(r => r.Id == corrected.ResponseId)).Supersedes);
        var task = await world.Task(first.TaskId);
        Assert.Equal((0, 1), (task.OpenSlots, task.ResponseCount));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_review_goes_to_one_reviewer_who_did_not_answer(DatabaseKind kind)
    {
        await using var world = await QueueWorld.CreateAsync(kind, tasks: 1, overlap: 1);
        var (author, first, second) = (await world.Seed.AddWorkerAsync(Role.Reviewer), await world.Seed.AddWorkerAsync(Role.Reviewer), await world.Seed.AddWorkerAsync(Role.Reviewer));
        await world.Accepted(author, (await world.Granted(author)).Token);
        Assert.Equal(QueueReason.NothingOpen, Assert.IsType<NextResult.Nothing>(await Review(world, first)).Reason);
        await world.Write(store => store.Tasks.ExecuteUpdateAsync(s => s.SetProperty(t => t.State, TaskState.InReview)));
        Assert.Equal(QueueReason.NotAllowed, Assert.IsType<NextResult.Nothing>(await Review(world, await world.Seed.AddWorkerAsync())).Reason);
        Assert.Equal(QueueReason.AllDoneByYou, Assert.IsType<NextResult.Nothing>(await Review(world, author)).Reason);
        var lease = Assert.IsType<NextResult.Granted>(await Review(world, first)).Lease;
        Assert.Equal(LeasePurpose.Review, lease.Purpose);
        Assert.Equal(QueueReason.NothingOpen, Assert.IsType<NextResult.Nothing>(await Review(world, second)).Reason);
        Assert.Equal(QueueReason.WrongPurpose, await world.Refused(first, lease.Token));

        world.Clock.Advance(TimeSpan.FromMinutes(31));
        await world.Expire();
        var taken = Assert.IsType<NextResult.Granted>(await Review(world, second)).Lease;
        Assert.Equal(QueueReason.Expired, Assert.IsType<QueueChanges.ReviewGate.Refused>(await Decide(world, first, lease.Token)).Reason);
        Assert.Equal(world.Tasks[0], Assert.IsType<QueueChanges.ReviewGate.Open>(await Decide(world, second, taken.Token)).TaskId);
        Assert.Equal(QueueReason.Submitted, Assert.IsType<QueueChanges.ReviewGate.Refused>(await Decide(world, second, taken.Token)).Reason);
        Assert.Equal(TaskState.Done, (await world.Task(world.Tasks[0])).State);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_review_is_asked_for_by_its_task_and_what_was_saved_for_it_comes_again(DatabaseKind kind)
    {
        await using var world = await QueueWorld.CreateAsync(kind, tasks: 3, overlap: 1);
        var (author, first, second) = (await world.Seed.AddWorkerAsync(Role.Reviewer), await world.Seed.AddWorkerAsync(Role.Reviewer), await world.Seed.AddWorkerAsync(Role.Reviewer));
        var answered = await world.Granted(author);
        await world.Accepted(author, answered.Token);
        Assert.Equal(QueueReason.NotInReview, await ReasonOf(world, first, world.Tasks[2]));
        await world.Write(store => store.Tasks.ExecuteUpdateAsync(s => s.SetProperty(t => t.State, TaskState.InReview)));
        Assert.Equal(QueueReason.OwnWork, await ReasonOf(world, author, answered.TaskId));

        var lease = Assert.IsType<NextResult.Granted>(await Review(world, first, world.Tasks[2])).Lease;
        Assert.Equal(world.Tasks[2], lease.TaskId);
        Assert.Equal(lease.Token, Assert.IsType<NextResult.Granted>(await Review(world, first, world.Tasks[2])).Lease.Token);
        Assert.Equal(QueueReason.Taken, await ReasonOf(world, second, world.Tasks[2]));
        Assert.IsType<NextResult.Granted>(await Review(world, first, world.Tasks[1]));
        Assert.Equal(QueueReason.HeldEnough, await ReasonOf(world, first, world.Tasks[0]));

        Assert.IsType<DraftResult.Saved>(await world.Queue.SaveDraftAsync(first, lease.Token, """{"kept":true}""", 0, default));
        await world.Queue.ReturnAsync(first, lease.Token, default);
        var again = Assert.IsType<NextResult.Granted>(await Review(world, first, world.Tasks[2]));
        Assert.Equal(1, again.DraftVersion);
        Assert.Equal("""{"kept":true}""", (await world.Queue.GetDraftAsync(first, again.Lease.Token, default))?.Body);

        // Sent back and there again: whoever sent it back sees what came of it, without the draft of the time before.
        Assert.IsType<QueueChanges.ReviewGate.Open>(await world.Write(store => QueueChanges.DecideReviewAsync(store, first, again.Lease.Token, TaskState.Open, world.Clock.Now(), default)));
        Assert.Null(await world.Queue.GetDraftAsync(first, again.Lease.Token, default));
        await world.Write(store => store.Tasks.ExecuteUpdateAsync(s => s.SetProperty(t => t.State, TaskState.InReview)));
        Assert.NotEqual(again.Lease.Token, Assert.IsType<NextResult.Granted>(await Review(world, first, world.Tasks[2])).Lease.Token);
    }

    private static async Task<string> ReasonOf(QueueWorld world, Worker worker, LabelTaskId task) =>
        Assert.IsType<NextResult.Nothing>(await Review(world, worker, task)).Reason;

    private static Task<NextResult> Review(QueueWorld world, Worker worker, LabelTaskId? task = null) => world.Queue.NextReviewAsync(worker, world.Project, task, default);

    private static Task<QueueChanges.ReviewGate> Decide(QueueWorld world, Worker worker, LeaseToken token) =>
        world.Write(store => QueueChanges.DecideReviewAsync(store, worker, token, TaskState.Done, world.Clock.Now(), default));
}
