using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Touchstone.Annotations.Answers;
using Touchstone.Annotations.Ontologies;
using Touchstone.Server.Host;
using Touchstone.Server.Trust.Consensus;
using Touchstone.Store;
using Touchstone.Store.Entities;
using Touchstone.Store.Ids;

namespace Touchstone.Server.Trust.Reviews;

/// <summary>Reads a task's consensus with its responses.</summary>
internal static class ConsensusBodies
{
    public static string DigestOf(string answers) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(answers)));

    /// <summary>The responses in force, in a stable order.</summary>
    public static async Task<List<ResponseRecord>> ResponsesAsync(StoreContext store, LabelTaskId task, CancellationToken cancellationToken) =>
        [.. TaskFactsReader.InForce(await store.Responses.Where(r => r.TaskId == task)
            .Select(r => new ResponseRecord(r.Id, r.TaskId, r.ContributorId, r.OntologyVersion, r.Answers, r.Supersedes, r.Simulated, r.SubmittedAt)).ToListAsync(cancellationToken))];

    /// <summary>Null where there is no consensus.</summary>
    public static async Task<ConsensusBody?> ConsensusAsync(
        StoreContext store, LabelTaskId task, Ontology ontology, IReadOnlyList<ResponseRecord> responses, CancellationToken cancellationToken)
    {
        var row = await store.Consensus.AsNoTracking().SingleOrDefaultAsync(c => c.TaskId == task, cancellationToken);
        if (row is null) return null;
        var answers = Parse(row.Answers);
        var detail = ConsensusDetail.Parse(row.Detail);
        var said = responses.ToDictionary(r => r.Id.ToString(), r => AnswerSet.Parse(ontology, Parse(r.Answers)));
        return new ConsensusBody(
            DigestOf(row.Answers), answers, row.Confidence, row.Agreement, detail, Differences.Find(ontology, AnswerSet.Parse(ontology, answers), detail, said));
    }

    /// <summary>The responses with a letter each, and with names for those who may know them.</summary>
    public static async Task<List<ReviewedResponse>> ReviewedAsync(
        StoreContext store, CurrentContributor reader, IReadOnlyList<ResponseRecord> responses, CancellationToken cancellationToken)
    {
        var named = reader.Is(Role.Manager) ? await NamesAsync(store, responses, cancellationToken) : [];
        return [.. responses.Select((r, i) => new ReviewedResponse(
            r.Id, Letter(i), Parse(r.Answers), r.Supersedes is not null, named.GetValueOrDefault(r.ContributorId)))];
    }

    private static Task<Dictionary<ContributorId, ReviewedContributor>> NamesAsync(
        StoreContext store, IReadOnlyList<ResponseRecord> responses, CancellationToken cancellationToken)
    {
        var people = responses.Select(r => r.ContributorId).Distinct().ToArray();
        return store.Contributors.Where(c => people.Contains(c.Id)).Select(c => new ReviewedContributor(c.Id, c.DisplayName, c.Simulated))
            .ToDictionaryAsync(c => c.Id, cancellationToken);
    }

    public static JsonElement Parse(string json)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.Clone();
    }

    private static string Letter(int index) => index < 26 ? $"{(char)('A' + index)}" : Letter(index / 26 - 1) + (char)('A' + index % 26);
}
