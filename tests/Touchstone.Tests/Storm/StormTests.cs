using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Touchstone.Store;
using Touchstone.Store.Entities;
using Touchstone.Store.Ids;
using Touchstone.Testing;

namespace Touchstone.Tests.Storm;

/// <summary>Real servers, killed without warning while contributors submit: what was acknowledged is there, and nothing is there twice.</summary>
[Collection(nameof(Alone))]
public sealed class StormTests
{
    private const int Contributors = 12;
    private const int TasksPerRound = 400;
    private static readonly int Rounds = int.Parse(Environment.GetEnvironmentVariable("TOUCHSTONE_STORM_ROUNDS") ?? "4", CultureInfo.InvariantCulture);
    private static readonly TimeSpan RoundLength = TimeSpan.FromMilliseconds(600);

    [Fact]
    public async Task One_server_over_SQLite_loses_nothing_that_it_acknowledged()
    {
        using var folder = new TemporaryFolder();
        await StormAsync(servers: 1, ["--data", folder.Path], () => StoreDatabase.OpenSqlite(Path.Combine(folder.Path, "touchstone.db")));
    }

    [Fact]
    public async Task Three_servers_over_one_PostgreSQL_lose_nothing_that_they_acknowledged()
    {
        using var folder = new TemporaryFolder();
        await using var postgres = await StoreFixture.CreateAsync(DatabaseKind.Postgres, Assert.Skip);
        await StormAsync(servers: 3, ["--data", folder.Path, "--database", postgres.Location], () => StoreDatabase.OpenPostgres(postgres.Location));
    }

    private static async Task StormAsync(int servers, string[] place, Func<StoreDatabase> open)
    {
        var owner = await Site.FoundAsync(place);
        using var cluster = await Cluster.StartAsync(servers, place);
        var site = await Site.PrepareAsync(cluster.Next(), owner, Rounds * TasksPerRound, Contributors);

        var heard = new Acknowledgements();
        var clients = site.Keys.Select(k => new StormClient(cluster, k, site.Project, heard)).ToList();
        using (var stop = new CancellationTokenSource())
        {
            var working = clients.Select(c => Task.Run(() => c.RunAsync(stop.Token), CancellationToken.None)).ToList();
            for (var round = 0; round < Rounds; round++)
            {
                await Task.Delay(RoundLength, TestContext.Current.CancellationToken);
                await cluster.KillAndRestartAsync(round % cluster.Count);
            }

            await stop.CancelAsync();
            await Task.WhenAll(working);
        }

        foreach (var client in clients) client.Dispose();
        Assert.Empty(heard.Contradictions);
        Assert.True(heard.SubmittedAt.Count > Rounds * 10, $"only {heard.SubmittedAt.Count} submits were acknowledged: this was no storm");
        await CheckAsync(open, ProjectId.Parse(site.Project, null), heard);
    }

    private static async Task CheckAsync(Func<StoreDatabase> open, ProjectId project, Acknowledgements heard)
    {
        await using var database = open();
        await using var store = database.CreateContext();
        var stored = await store.Leases.Where(l => store.Responses.Any(r => r.LeaseId == l.Id)).Select(l => l.Token).ToListAsync();
        var missing = heard.SubmittedAt.Keys.Except(stored.Select(t => t.ToString())).ToList();
        Assert.Empty(missing);

        var doubled = await store.Responses.GroupBy(r => new { r.TaskId, r.ContributorId }).Where(g => g.Count() > 1).CountAsync();
        Assert.Equal(0, doubled);
        var wrong = await store.Tasks.Where(t => t.ProjectId == project && t.Purpose == TaskPurpose.Label)
            .Select(t => new
            {
                t.Id,
                t.OpenSlots,
                t.Overlap,
                Taken = store.Leases.Count(l => l.TaskId == t.Id && l.State == LeaseState.Live && l.Purpose == LeasePurpose.Work)
                    + store.Responses.Count(r => r.TaskId == t.Id && r.Supersedes == null),
            })
            .Where(t => t.OpenSlots + t.Taken != t.Overlap)
            .CountAsync();
        Assert.Equal(0, wrong);
    }
}
