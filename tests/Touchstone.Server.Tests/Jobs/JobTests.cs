using System.Collections.Concurrent;
using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Touchstone.Server.Jobs;
using Touchstone.Server.Tests.Support;
using Touchstone.Store.Entities;
using Touchstone.Store.Ids;
using Touchstone.Testing;

namespace Touchstone.Server.Tests.Jobs;

public sealed class JobTests
{
    [Theory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task A_job_runs_and_tells_how_it_ended(DatabaseKind kind)
    {
        await using var house = await OpenAsync(kind, (run, _) => run.Payload switch
        {
            "\"good\"" => run.ReportAsync(0.5),
            _ => throw new JobFailedException("There is nothing to release yet."),
        });
        var good = await AddAsync(house, "\"good\"");
        var bad = await AddAsync(house, "\"bad\"");
        var done = await EndAsync(house, good);
        Assert.Equal(("done", 1.0), (done["state"].GetValue<string>(), done["progress"].GetValue<double>()));
        var failed = await EndAsync(house, bad);
        Assert.Equal(("failed", "There is nothing to release yet."), (failed["state"].GetValue<string>(), failed["error"].GetValue<string>()));
        var listed = (await house.Manager.Http.GetAsync("jobs?state=failed")).Ok()["items"].AsArray();
        Assert.Equal(bad.ToString(), listed.Single()!["id"]!.GetValue<string>());
        (await house.Contributor.Http.GetAsync("jobs")).Expect(HttpStatusCode.Forbidden);
    }

    [Theory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task A_job_of_a_server_that_died_is_taken_over_when_its_lease_has_run_out(DatabaseKind kind)
    {
        var attempts = new ConcurrentQueue<int>();
        await using var house = await OpenAsync(kind, (run, _) =>
        {
            attempts.Enqueue(run.Attempt);
            return Task.CompletedTask;
        });
        var id = await house.Server.Database.WriteAsync(
            (store, _) =>
            {
                var now = house.Server.Clock.Now();
                var job = JobTable.Add(store, "test", "{}", house.OrganizationId, null, house.Owner.Id, now);
                (job.State, job.LeasedBy, job.LeasedUntil, job.Attempts, job.Version) = (JobState.Running, "a dead server", now + JobTable.Lease, 1, 1);
                return Task.FromResult(job.Id);
            },
            CancellationToken.None);
        var table = house.Server.App.Services.GetRequiredService<JobTable>();
        Assert.Null(await table.TakeAsync("another", ["test"], CancellationToken.None));
        house.Server.Clock.Advance(JobTable.Lease + TimeSpan.FromSeconds(1));
        Raise(house);
        Assert.Equal("done", (await EndAsync(house, id))["state"].GetValue<string>());
        Assert.Equal([2], attempts);
    }

    [Theory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task Of_many_servers_one_takes_a_job_and_a_late_one_can_no_longer_write(DatabaseKind kind)
    {
        await using var house = await House.OpenAsync(kind);
        var id = await AddAsync(house, "{}", "elsewhere");
        var table = house.Server.App.Services.GetRequiredService<JobTable>();
        var taken = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => table.TakeAsync($"server {i}", ["elsewhere"], CancellationToken.None)));
        var first = Assert.Single(taken.OfType<Job>());
        house.Server.Clock.Advance(JobTable.Lease + TimeSpan.FromSeconds(1));
        var second = await table.TakeAsync("the next", ["elsewhere"], CancellationToken.None);
        Assert.Equal(2, second!.Attempts);
        Assert.False(await table.RenewAsync(first, 0.9, CancellationToken.None));
        Assert.False(await table.EndAsync(first, JobState.Done, null, CancellationToken.None));
        Assert.True(await table.EndAsync(second, JobState.Done, null, CancellationToken.None));
        Assert.Equal("done", (await house.Manager.Http.GetAsync($"jobs/{id}")).Ok()["state"].GetValue<string>());
    }

    [Theory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task A_cancelled_job_stops_at_its_next_report(DatabaseKind kind)
    {
        var begun = new TaskCompletionSource();
        var stopped = new TaskCompletionSource();
        await using var house = await OpenAsync(kind, async (run, cancel) =>
        {
            begun.SetResult();
            try
            {
                while (true)
                {
                    await run.ReportAsync(0.1);
                    await Task.Delay(20, cancel);
                }
            }
            finally
            {
                stopped.SetResult();
            }
        });
        var id = await AddAsync(house, "{}");
        await begun.Task;
        Assert.Equal("cancelled", (await house.Manager.Http.PutAsync($"jobs/{id}/cancellation")).Ok()["state"].GetValue<string>());
        await stopped.Task;
        Assert.Equal("cancelled", (await house.Manager.Http.PutAsync($"jobs/{id}/cancellation")).Ok()["state"].GetValue<string>());
    }

    [Theory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task A_failure_is_tried_again_after_a_pause_and_in_the_end_given_up(DatabaseKind kind)
    {
        await using var house = await House.OpenAsync(kind);
        var id = await AddAsync(house, "{}", "elsewhere");
        var table = house.Server.App.Services.GetRequiredService<JobTable>();
        for (var attempt = 1; attempt <= JobTable.AttemptsMax; attempt++)
        {
            var job = await table.TakeAsync("server", ["elsewhere"], CancellationToken.None);
            Assert.Equal(attempt, job!.Attempts);
            Assert.True(await table.RetryAsync(job, "no luck", CancellationToken.None));
            Assert.Null(await table.TakeAsync("server", ["elsewhere"], CancellationToken.None));
            house.Server.Clock.Advance(TimeSpan.FromMinutes(2));
        }

        var ended = (await house.Manager.Http.GetAsync($"jobs/{id}")).Ok();
        Assert.Equal(("failed", "no luck"), (ended["state"].GetValue<string>(), ended["error"].GetValue<string>()));
    }

    [Fact]
    public async Task A_job_that_runs_when_the_server_stops_is_left_for_the_next()
    {
        var begun = new TaskCompletionSource();
        var house = await OpenAsync(DatabaseKind.Postgres, async (_, cancel) =>
        {
            begun.SetResult();
            await Task.Delay(Timeout.Infinite, cancel);
        });
        var id = await AddAsync(house, "{}");
        await begun.Task;
        await house.Server.App.StopAsync();
        await using (var store = house.Server.Database.CreateContext())
        {
            var job = await store.Jobs.SingleAsync(j => j.Id == id);
            Assert.Equal((JobState.Queued, 0, null), (job.State, job.Attempts, job.LeasedBy));
        }

        await house.DisposeAsync();
    }

    private static Task<House> OpenAsync(DatabaseKind kind, Func<JobRun, CancellationToken, Task> run) =>
        House.OpenAsync(kind, o => o with { Configure = builder => builder.Services.AddJobHandler("test", run) });

    private static async Task<JobId> AddAsync(House house, string payload, string kind = "test")
    {
        var id = await house.Server.Database.WriteAsync(
            (store, _) => Task.FromResult(JobTable.Add(store, kind, payload, house.OrganizationId, null, house.Owner.Id, house.Server.Clock.Now()).Id), CancellationToken.None);
        Raise(house);
        return id;
    }

    private static void Raise(House house) => house.Server.App.Services.GetRequiredService<JobSignal>().Raise();

    /// <summary>The job once it has ended; it is asked again and again, since only the database tells.</summary>
    private static async Task<Answer> EndAsync(House house, JobId id)
    {
        while (true)
        {
            var job = (await house.Manager.Http.GetAsync($"jobs/{id}")).Ok();
            if (job["state"].GetValue<string>() is not ("queued" or "running")) return job;
            await Task.Yield();
        }
    }
}
