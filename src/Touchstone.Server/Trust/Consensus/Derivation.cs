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
internal sealed class Derivation(StoreDatabase database, OntologyCache ontologies)
{
    public const string Consumer = "derive";

    /// <summary>Name under which the farthest place that was ever decided is kept through a replay.</summary>
    private const string Farthest = "derive_farthest";

    /// <summary>Rows of one step: enough to share queries among, few enough that its transaction stays short.</summary>
    public const int RowsMax = 100;

    private readonly OutboxReader _reader = new(database);
    private readonly DerivationPlanner _planner = new(ontologies);

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
    /// <returns>How many; 0 when there are none, or when another server applies them.</returns>
    public async Task<int> StepAsync(CancellationToken cancellationToken)
    {
        const int Attempts = 20;
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                var (plan, isReplay) = await PlanAsync(cancellationToken);
                return plan is null ? 0 : await ApplyAsync(plan, isReplay, cancellationToken);
            }
            catch (StalePlanException) when (attempt < Attempts)
            {
            }
        }
    }

    private async Task<(DerivationPlan? Plan, bool IsReplay)> PlanAsync(CancellationToken cancellationToken)
    {
        await using var store = database.CreateContext();
        var rows = await OutboxPeek.NextAsync(store, Consumer, RowsMax, cancellationToken);
        if (rows.Count == 0) return (null, false);
        var farthest = await store.OutboxPositions.AsNoTracking().SingleOrDefaultAsync(p => p.Consumer == Farthest, cancellationToken);
        var decidedUpTo = farthest is null ? OutboxPlace.Beginning : new OutboxPlace(farthest.Epoch, farthest.Sequence);

        // A step does not straddle the end of a replay: before it the log of settings is read, after it written.
        var isReplay = OutboxPlace.Of(rows[0]).CompareTo(decidedUpTo) <= 0;
        if (isReplay) rows.RemoveAll(r => OutboxPlace.Of(r).CompareTo(decidedUpTo) > 0);
        return (await _planner.PlanAsync(store, rows, decidedUpTo, cancellationToken), isReplay);
    }

    private Task<int> ApplyAsync(DerivationPlan plan, bool isReplay, CancellationToken cancellationToken) => _reader.ReadBatchAsync(
        Consumer,
        plan.Rows.Count,
        (store, rows, token) => rows.Select(r => r.Sequence).SequenceEqual(plan.Rows.Select(r => r.Sequence))
            ? DerivationWriter.WriteAsync(store, plan, isReplay, token)
            : throw new StalePlanException(),
        cancellationToken);

    /// <summary>Drops everything that is derived and applies the whole outbox again.</summary>
    /// <returns>Rows applied.</returns>
    public async Task<int> ReplayAsync(CancellationToken cancellationToken)
    {
        await database.WriteAsync(
            async (store, token) =>
            {
                await RememberFarthestAsync(store, token);
                await store.Consensus.ExecuteDeleteAsync(token);
                await store.Reliabilities.ExecuteDeleteAsync(token);
                await store.Counters.ExecuteDeleteAsync(token);
                await store.TaskMarks.ExecuteDeleteAsync(token);
                await store.ProjectDays.ExecuteDeleteAsync(token);
                await store.Tasks.Where(t => t.State != TaskState.Open || t.Confidence != null)
                    .ExecuteUpdateAsync(t => t.SetProperty(x => x.State, TaskState.Open).SetProperty(x => x.Confidence, (double?)null), token);
                await store.OutboxPositions.Where(p => p.Consumer == Consumer)
                    .ExecuteUpdateAsync(p => p.SetProperty(x => x.Epoch, 0L).SetProperty(x => x.Sequence, 0L), token);
                return true;
            },
            cancellationToken);
        return await RunAsync(cancellationToken);
    }

    private static async Task RememberFarthestAsync(StoreContext store, CancellationToken cancellationToken)
    {
        var now = await store.OutboxPositions.AsNoTracking().SingleOrDefaultAsync(p => p.Consumer == Consumer, cancellationToken);
        var known = await store.OutboxPositions.SingleOrDefaultAsync(p => p.Consumer == Farthest, cancellationToken);
        if (now is null) return;
        if (known is null) store.OutboxPositions.Add(new OutboxPosition { Consumer = Farthest, Epoch = now.Epoch, Sequence = now.Sequence });
        else if (new OutboxPlace(now.Epoch, now.Sequence).CompareTo(new OutboxPlace(known.Epoch, known.Sequence)) > 0) (known.Epoch, known.Sequence) = (now.Epoch, now.Sequence);
    }
}
