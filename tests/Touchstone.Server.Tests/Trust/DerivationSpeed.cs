using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Touchstone.Server.Trust.Consensus;
using Touchstone.Server.Work;
using Touchstone.Store.Entities;
using Touchstone.Store.Ids;
using Touchstone.Testing;
using static Touchstone.Server.Tests.Trust.Streets;

namespace Touchstone.Server.Tests.Trust;

/// <summary>How many responses a second are derived; run by name, it asserts nothing.</summary>
public sealed class DerivationSpeed(ITestOutputHelper output)
{
    [Theory(Explicit = true)]
    [InlineData(DatabaseKind.Sqlite, 20_000, true)]
    [InlineData(DatabaseKind.Sqlite, 20_000, false)]
    [InlineData(DatabaseKind.Postgres, 20_000, true)]
    [InlineData(DatabaseKind.Postgres, 20_000, false)]
    public async Task Responses_a_second(DatabaseKind kind, int responses, bool withFits)
    {
        await using var shop = await Workshop.OpenAsync(kind);
        var project = await shop.ProjectAsync(Yaml(max: 2, review: "never"));
        await shop.SettleAsync();
        await shop.Server.StopAsync();   // and with it the server's own reader
        if (!withFits) await shop.Database.WriteAsync((store, token) => store.Counters.ExecuteUpdateAsync(c => c.SetProperty(x => x.ResponsesAtFit, 1_000_000), token), CancellationToken.None);
        var now = shop.Clock.Now();
        var people = Enumerable.Range(0, 20).Select(_ => ContributorId.New(now)).ToArray();
        var random = new Random(1);
        var batch = BatchId.New(now);
        var rows = new List<OutboxRow>();
        for (var chunk = 0; chunk < responses / 2_000; chunk++)
        {
            await shop.Database.WriteAsync(
                (store, _) =>
                {
                    for (var i = 0; i < 1_000; i++)
                    {
                        var task = LabelTaskId.New(now);
                        store.Add(new LabelTask
                        {
                            Id = task,
                            OrganizationId = shop.Organization,
                            CompartmentId = CompartmentId.None,
                            ProjectId = project,
                            BatchId = batch,
                            OntologyVersion = 1,
                            Overlap = 2,
                            ResponseCount = 2,
                            QueueNumber = chunk * 1_000 + i,
                            CreatedAt = now,
                        });
                        var first = random.Next(people.Length);
                        for (var k = 0; k < 2; k++)
                        {
                            var answers = Answers("clear", [.. new[] { Car, Walker, Car.Moved(0, 20) }.Where(_ => random.Next(20) > 0).Select(t => t.Moved(random.NextDouble(), random.NextDouble()))]);
                            var response = new Response
                            {
                                Id = ResponseId.New(now),
                                OrganizationId = shop.Organization,
                                CompartmentId = CompartmentId.None,
                                ProjectId = project,
                                TaskId = task,
                                LeaseId = LeaseId.New(now),
                                ContributorId = people[(first + k) % people.Length],
                                OntologyVersion = 1,
                                Answers = answers,
                                Digest = SHA256.HashData(Encoding.UTF8.GetBytes(answers)),
                                SubmittedAt = now,
                            };
                            store.Add(response);
                            rows.Add(new OutboxRow
                            {
                                Kind = OutboxKind.ResponseSubmitted,
                                OrganizationId = shop.Organization,
                                ProjectId = project,
                                TaskId = task,
                                ContributorId = response.ContributorId,
                                SubjectId = response.Id.Value,
                                At = now,
                            });
                        }
                    }

                    return Task.FromResult(0);
                },
                CancellationToken.None);
        }

        await shop.Database.WriteAsync(
            (store, _) =>
            {
                store.AddRange(rows);
                return Task.FromResult(0);
            },
            CancellationToken.None);
        var derivation = new Derivation(shop.Database, new OntologyCache(shop.Database));
        var process = Process.GetCurrentProcess();
        var (processor, watch) = (process.TotalProcessorTime, Stopwatch.StartNew());
        while (await derivation.StepAsync(CancellationToken.None) > 0)
        {
        }

        watch.Stop();
        process.Refresh();
        var used = (process.TotalProcessorTime - processor).TotalSeconds;
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{kind}, {(withFits ? "a project's first" : "later on")}: {responses / watch.Elapsed.TotalSeconds:0} responses/s, {responses / used:0} a second of processor time"));
    }
}
