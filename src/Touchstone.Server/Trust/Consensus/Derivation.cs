using Microsoft.EntityFrameworkCore;
using Touchstone.Server.Work;
using Touchstone.Store;
using Touchstone.Store.Entities;
using Touchstone.Store.Outbox;

namespace Touchstone.Server.Trust.Consensus;

/// <summary>
/// Keeps what is derived from the outbox: consensus, states of tasks, reliabilities, counters. It is a function of the outbox's order, of
/// what the rows speak of, and of the recorded settings: dropping it all and replaying gives the same, to the last bit.
/// </summary>
/// <remarks>
/// Each step computes first, without any lock, and then writes in one short transaction together with the new position. Only one
/// server moves the position at a time; what another one computed meanwhile is thrown away.
/// </remarks>
internal sealed class Derivation(StoreDatabase database, OntologyCache ontologies, ILogger<Derivation> log)
{
    public const string Consumer = "derive";

    /// <summary>Name under which the farthest place that was ever decided is kept through a replay.</summary>
    private const string Farthest = "derive_farthest";

    /// <summary>Under this name the shape of what is derived is kept beside the positions.</summary>
    private const string ShapeOf = "derive_shape";

    /// <summary>One more whenever the derived tables hold something else than before: 2 since they hold marks of tasks and figures of days, 3 since they hold grades of
    /// responses and reviews teach reliability.</summary>
    private const long Shape = 3;

    /// <summary>What whoever needs all done tasks is told while they are derived again.</summary>
    public const string Replaying = "The server derives again what follows from the responses, as it does once after an update, so that not every done task is known as done. Try again when that has ended.";

    /// <summary>Rows of one step: enough to share queries among, few enough that its transaction stays short.</summary>
    public const int RowsMax = 100;

    private readonly DerivationPlanner _planner = new(ontologies, log);

    /// <summary>Applies all rows that are there.</summary>
    /// <returns>How many.</returns>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var total = 0;
        while (true)
        {
            var applied = await StepAsync(cancellationToken);
            if (applied == 0) return total;
            total += applied;
        }
    }

    /// <summary>Applies some rows.</summary>
    /// <returns>How many; 0 when there are none, or when other servers apply them.</returns>
    public async Task<int> StepAsync(CancellationToken cancellationToken)
    {
        const int Attempts = 20;
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                var (plan, decidedUpTo) = await PlanAsync(cancellationToken);
                if (plan is null) return 0;
                if (await ApplyAsync(plan, decidedUpTo, cancellationToken)) return plan.Rows.Count;
                if (attempt == Attempts) return 0;
            }
            catch (StalePlanException) when (attempt < Attempts)
            {
                // Somebody decided meanwhile: what follows is computed again.
            }
        }
    }

    /// <summary>Of one state of the database: what is read of a task and of those who answered it belongs together.</summary>
    private Task<(DerivationPlan? Plan, OutboxPlace DecidedUpTo)> PlanAsync(CancellationToken cancellationToken) => database.ReadAsync(PlanAsync, cancellationToken);

    private async Task<(DerivationPlan? Plan, OutboxPlace DecidedUpTo)> PlanAsync(StoreContext store, CancellationToken cancellationToken)
    {
        var (from, rows) = await OutboxReader.NextAsync(store, Consumer, RowsMax, cancellationToken);
        if (rows.Count == 0) return (null, OutboxPlace.Beginning);
        var farthest = await store.OutboxPositions.AsNoTracking().SingleOrDefaultAsync(p => p.Consumer == Farthest, cancellationToken);
        var decidedUpTo = farthest is null ? OutboxPlace.Beginning : new OutboxPlace(farthest.Epoch, farthest.Sequence);

        // A step does not straddle the end of a replay: before it the log of settings is read, after it written.
        if (OutboxPlace.Of(rows[0]) <= decidedUpTo) rows.RemoveAll(r => OutboxPlace.Of(r) > decidedUpTo);
        return (await _planner.PlanAsync(store, from, rows, decidedUpTo, cancellationToken), decidedUpTo);
    }

    private Task<bool> ApplyAsync(DerivationPlan plan, OutboxPlace decidedUpTo, CancellationToken cancellationToken)
    {
        var upTo = OutboxPlace.Of(plan.Rows[^1]);
        return OutboxReader.AdvanceAsync(
            database,
            Consumer,
            plan.From,
            upTo,
            async (store, token) =>
            {
                await DerivationWriter.WriteAsync(store, plan, isReplay: upTo <= decidedUpTo, token);
                if (upTo == decidedUpTo) await DerivationWriter.SteerAfterReplayAsync(store, token);
            },
            cancellationToken);
    }

    /// <summary>Drops everything that is derived and applies the whole outbox again.</summary>
    /// <returns>Rows applied.</returns>
    public async Task<int> ReplayAsync(CancellationToken cancellationToken)
    {
        await database.WriteAsync(
            async (store, token) =>
            {
                await DropAsync(store, token);
                return true;
            },
            cancellationToken);
        return await RunAsync(cancellationToken);
    }

    /// <summary>Drops what an older program derived, once, so that it is derived again in today's shape.</summary>
    /// <returns>Whether anything was dropped.</returns>
    public Task<bool> RenewAsync(CancellationToken cancellationToken) => database.WriteAsync(
        async (store, token) =>
        {
            var known = await store.OutboxPositions.SingleOrDefaultAsync(p => p.Consumer == ShapeOf, token);
            if (known?.Sequence == Shape) return false;
            if (known is null) store.OutboxPositions.Add(new OutboxPosition { Consumer = ShapeOf, Sequence = Shape });
            else known.Sequence = Shape;
            if (!await store.OutboxPositions.AnyAsync(p => p.Consumer == Consumer, token)) return false;
            await DropAsync(store, token);
            return true;
        },
        cancellationToken);

    private static async Task DropAsync(StoreContext store, CancellationToken cancellationToken)
    {
        await RememberFarthestAsync(store, cancellationToken);
        await store.Consensus.ExecuteDeleteAsync(cancellationToken);
        await store.Reliabilities.ExecuteDeleteAsync(cancellationToken);
        await ClearCountersAsync(store, cancellationToken);
        await store.TaskMarks.ExecuteDeleteAsync(cancellationToken);
        await store.ResponseGrades.ExecuteDeleteAsync(cancellationToken);
        await store.ProjectDays.ExecuteDeleteAsync(cancellationToken);
        await store.Tasks.Where(t => t.State != TaskState.Open || t.Confidence != null)
            .ExecuteUpdateAsync(t => t.SetProperty(x => x.State, TaskState.Open).SetProperty(x => x.Confidence, (double?)null), cancellationToken);
        await store.OutboxPositions.Where(p => p.Consumer == Consumer)
            .ExecuteUpdateAsync(p => p.SetProperty(x => x.Epoch, 0L).SetProperty(x => x.Sequence, 0L), cancellationToken);
    }

    /// <summary>The rows stay: a reviewer who decides meanwhile moves them by a difference, which would be lost without a row.</summary>
    private static Task<int> ClearCountersAsync(StoreContext store, CancellationToken cancellationToken) => store.Counters.ExecuteUpdateAsync(
        row => row
            .SetProperty(c => c.Tasks, 0L)
            .SetProperty(c => c.Open, 0L)
            .SetProperty(c => c.InReview, 0L)
            .SetProperty(c => c.Done, 0L)
            .SetProperty(c => c.Withdrawn, 0L)
            .SetProperty(c => c.Responses, 0L)
            .SetProperty(c => c.Skips, 0L)
            .SetProperty(c => c.GoldTasks, 0L)
            .SetProperty(c => c.AuditTasks, 0L)
            .SetProperty(c => c.AgreementSum, 0.0)
            .SetProperty(c => c.AgreementCount, 0L)
            .SetProperty(c => c.ResponsesAtFit, 0L)
            .SetProperty(c => c.LastResponseAt, (DateTimeOffset?)null),
        cancellationToken);

    /// <summary>Whether what is derived is being derived again and has not come to where it was: tasks that are done do not say so yet.</summary>
    public static async Task<bool> IsReplayingAsync(StoreContext store, CancellationToken cancellationToken)
    {
        var places = await store.OutboxPositions.AsNoTracking().Where(p => p.Consumer == Consumer || p.Consumer == Farthest).ToDictionaryAsync(p => p.Consumer, cancellationToken);
        if (!places.TryGetValue(Farthest, out var farthest)) return false;
        var at = places.TryGetValue(Consumer, out var now) ? new OutboxPlace(now.Epoch, now.Sequence) : OutboxPlace.Beginning;
        return at < new OutboxPlace(farthest.Epoch, farthest.Sequence);
    }

    private static async Task RememberFarthestAsync(StoreContext store, CancellationToken cancellationToken)
    {
        var now = await store.OutboxPositions.AsNoTracking().SingleOrDefaultAsync(p => p.Consumer == Consumer, cancellationToken);
        var known = await store.OutboxPositions.SingleOrDefaultAsync(p => p.Consumer == Farthest, cancellationToken);
        if (now is null) return;
        if (known is null) store.OutboxPositions.Add(new OutboxPosition { Consumer = Farthest, Epoch = now.Epoch, Sequence = now.Sequence });
        else if (new OutboxPlace(now.Epoch, now.Sequence) > new OutboxPlace(known.Epoch, known.Sequence)) (known.Epoch, known.Sequence) = (now.Epoch, now.Sequence);
    }
}
