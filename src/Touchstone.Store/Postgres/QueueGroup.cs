using Npgsql;
using Touchstone.Store.Ids;
using Touchstone.Store.Queue;

namespace Touchstone.Store.Postgres;

/// <summary>
/// One group's transaction: load, store the submits, look for the nexts, give the leases, commit. Contributors are locked first, in
/// order (an advisory lock, held to the commit), so that whatever is read of one stays true; tasks of submits are changed in id
/// order; tasks to be given are taken only where nobody else has them locked. So groups never wait for each other in a circle.
/// </summary>
internal sealed class QueueGroup(NpgsqlConnection connection, List<GroupOperation> operations, DateTimeOffset now, QueueOptions options, Random random, Reserved reserved)
{
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var submits = new SubmitPart(operations.FindAll(operation => operation.HasSubmit), now);
        var suspended = await LoadAsync(submits, cancellationToken);
        submits.Decide(suspended);

        var searching = operations.FindAll(operation => operation.IsSearching);
        if (searching.Count == 0)
        {
            await StoreOnlyAsync(submits, cancellationToken);
            return;
        }

        var nexts = new NextPart(searching, now, options, random, reserved);
        await using (var statements = New())
        {
            submits.Write(statements);
            nexts.Load(statements);
            await statements.SendAsync(cancellationToken);
            await nexts.ReadAsync(statements, cancellationToken);
            await statements.FinishAsync(cancellationToken);
            submits.CheckWritten();
        }

        if (nexts.NeedsStandings)
        {
            await using var standings = New();
            nexts.LoadStandings(standings);
            await standings.SendAsync(cancellationToken);
            await nexts.ReadStandingsAsync(standings, cancellationToken);
        }

        nexts.Decide(suspended);
        while (nexts.NeedsWalk)
        {
            await using var statements = New();
            nexts.Walk(statements);
            await statements.SendAsync(cancellationToken);
            await nexts.ReadWalkAsync(statements, cancellationToken);
            if (nexts.NeedsRelated)
            {
                await statements.FinishAsync(cancellationToken);
                await using var related = New();
                nexts.WalkRelated(related);
                await related.SendAsync(cancellationToken);
                await nexts.ReadRelatedAsync(related, cancellationToken);
            }

            nexts.Choose();
        }

        await using var giving = New();
        nexts.Give(giving);
        giving.Add("COMMIT");
        await giving.SendAsync(cancellationToken);
        await nexts.ReadGivenAsync(giving, cancellationToken);
        options.Fault?.Invoke("acknowledge");
    }

    /// <summary>Names a contributor to PostgreSQL's advisory locks: the random half of the id.</summary>
    public static long LockKey(ContributorId contributor) => BitConverter.ToInt64(contributor.Value.ToByteArray(), 8);

    private Statements New() => new(connection, options.Fault);

    private async Task<HashSet<Guid>> LoadAsync(SubmitPart submits, CancellationToken cancellationToken)
    {
        var contributors = operations.Select(operation => operation.Worker.ContributorId.Value).ToArray();
        var locks = operations.Select(operation => LockKey(operation.Worker.ContributorId)).Order().ToArray();
        var suspended = contributors.ToHashSet();
        await using var statements = New();
        statements.Add("BEGIN");
        statements.Add("SELECT pg_advisory_xact_lock(k) FROM unnest($1) k", Statements.P(locks));
        statements.Add("SELECT id FROM contributors WHERE id = ANY($1) AND suspended_at IS NULL", Statements.P(contributors));
        submits.Load(statements);
        await statements.SendAsync(cancellationToken);
        await statements.ReadAsync(_ => { }, cancellationToken);
        await statements.ReadAsync(row => suspended.Remove(row.GetGuid(0)), cancellationToken);
        await submits.ReadAsync(statements, cancellationToken);
        return suspended;
    }

    private async Task StoreOnlyAsync(SubmitPart submits, CancellationToken cancellationToken)
    {
        await using (var statements = New())
        {
            submits.Write(statements);
            if (!submits.TakesSlots) statements.Add("COMMIT");
            await statements.RunAsync(cancellationToken);
        }

        if (submits.TakesSlots)
        {
            // A late submit may have lost its slot since it was read: looked at before the commit.
            submits.CheckWritten();
            await using var commit = New();
            commit.Add("COMMIT");
            await commit.RunAsync(cancellationToken);
        }

        options.Fault?.Invoke("acknowledge");
    }
}
