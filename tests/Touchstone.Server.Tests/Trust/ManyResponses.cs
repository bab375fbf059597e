using System.Security.Cryptography;
using System.Text;
using Touchstone.Store.Entities;
using Touchstone.Store.Ids;

namespace Touchstone.Server.Tests.Trust;

/// <summary>Puts tasks with responses straight into the database, with the outbox rows that tell of them.</summary>
internal static class ManyResponses
{
    public static async Task FillAsync(Workshop shop, ProjectId project, int responses, int overlap, Func<Random, string> answersOf)
    {
        var now = shop.Clock.Now();
        var people = Enumerable.Range(0, 20).Select(_ => ContributorId.New(now)).ToArray();
        var random = new Random(1);
        var batch = BatchId.New(now);
        await shop.Database.WriteAsync(
            (store, _) =>
            {
                foreach (var (id, i) in people.Select((p, i) => (p, i)))
                {
                    var person = new Person { Id = PersonId.New(now), DisplayName = $"P{i}", SecurityStamp = "p", Simulated = true, CreatedAt = now };
                    store.Add(person);
                    store.Add(new Contributor { Id = id, OrganizationId = shop.Organization, PersonId = person.Id, Role = Role.Contributor, DisplayName = $"P{i}", Simulated = true, CreatedAt = now });
                }

                return Task.FromResult(0);
            },
            CancellationToken.None);
        for (var from = 0; from < responses; from += 2_000)
        {
            var rows = new List<OutboxRow>();
            await shop.Database.WriteAsync(
                (store, _) =>
                {
                    for (var i = from; i < Math.Min(responses, from + 2_000); i += overlap)
                    {
                        var task = new LabelTask { Id = LabelTaskId.New(now), OrganizationId = shop.Organization, CompartmentId = CompartmentId.None, ProjectId = project, BatchId = batch, OntologyVersion = 1, Overlap = overlap, ResponseCount = overlap, QueueNumber = i, CreatedAt = now };
                        store.Add(task);
                        var first = random.Next(people.Length);
                        for (var k = 0; k < overlap; k++) rows.Add(Add(store, shop, project, task.Id, people[(first + k) % people.Length], answersOf(random), now));
                    }

                    return Task.FromResult(0);
                },
                CancellationToken.None);
            await shop.Database.WriteAsync(
                (store, _) =>
                {
                    store.AddRange(rows);
                    return Task.FromResult(0);
                },
                CancellationToken.None);
        }
    }

    private static OutboxRow Add(Store.StoreContext store, Workshop shop, ProjectId project, LabelTaskId task, ContributorId who, string answers, DateTimeOffset now)
    {
        var response = new Response
        {
            Id = ResponseId.New(now),
            OrganizationId = shop.Organization,
            CompartmentId = CompartmentId.None,
            ProjectId = project,
            TaskId = task,
            LeaseId = LeaseId.New(now),
            ContributorId = who,
            OntologyVersion = 1,
            Answers = answers,
            Digest = SHA256.HashData(Encoding.UTF8.GetBytes(answers)),
            ActiveMilliseconds = 1_500,
            SubmittedAt = now,
        };
        store.Add(response);
        return new OutboxRow
        {
            Kind = OutboxKind.ResponseSubmitted,
            OrganizationId = shop.Organization,
            ProjectId = project,
            TaskId = task,
            ContributorId = who,
            SubjectId = response.Id.Value,
            At = now,
        };
    }
}
