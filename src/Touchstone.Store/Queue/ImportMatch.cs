using Microsoft.EntityFrameworkCore;
using Touchstone.Store.Ids;

namespace Touchstone.Store.Queue;

/// <summary>A response that is there.</summary>
/// <param name="Task">The task.</param>
/// <param name="Contributor">Whose it is.</param>
/// <param name="Digest">SHA-256 of its answers.</param>
/// <param name="SubmittedAt">When it was given.</param>
public readonly record struct StandingResponse(LabelTaskId Task, ContributorId Contributor, byte[] Digest, DateTimeOffset SubmittedAt)
{
    /// <summary>All responses to tasks: of a member whose work was sent back, the first one and its corrections.</summary>
    public static async Task<List<StandingResponse>> OfAsync(StoreContext store, LabelTaskId[] tasks, CancellationToken cancellationToken) =>
        (await store.Responses.Where(r => tasks.Contains(r.TaskId)).Select(r => new { r.TaskId, r.ContributorId, r.Digest, r.SubmittedAt }).ToListAsync(cancellationToken)).ConvertAll(r => new StandingResponse(r.TaskId, r.ContributorId, r.Digest, r.SubmittedAt));
}

/// <summary>Which responses of an import are new, which are there, and in whose place another answer stands. What is imported is told by what it says and who said it, whatever the data set is called.</summary>
/// <param name="New">Not there, each with the contributor whose response it becomes.</param>
/// <param name="Before">How many are there.</param>
/// <param name="Changed">Those whose contributors gave another answer.</param>
public sealed record ImportMatch(IReadOnlyList<(ImportedResponse Response, ContributorId Contributor)> New, int Before, IReadOnlyList<ImportedResponse> Changed)
{
    /// <summary>Decides.</summary>
    /// <param name="responses">Those of an import.</param>
    /// <param name="standing">All responses to their tasks.</param>
    public static ImportMatch Of(IEnumerable<ImportedResponse> responses, IEnumerable<StandingResponse> standing)
    {
        var there = standing.ToLookup(s => (s.Task, s.Contributor));

        // An answer that stands is that of one imported response: of two people who said the same, one is not both.
        HashSet<(LabelTaskId, ContributorId)> taken = [];
        List<ImportedResponse> open = [];
        var before = 0;
        foreach (var response in responses)
        {
            if (IsThere(response, there, taken)) before++;
            else open.Add(response);
        }

        List<(ImportedResponse, ContributorId)> added = [];
        List<ImportedResponse> changed = [];
        foreach (var response in open)
        {
            if (Free(response, there, taken) is { } contributor) added.Add((response, contributor));
            else changed.Add(response);
        }

        return new(added, before, changed);
    }

    private static bool IsThere(ImportedResponse response, ILookup<(LabelTaskId, ContributorId), StandingResponse> there, HashSet<(LabelTaskId, ContributorId)> taken)
    {
        foreach (var contributor in response.Contributors)
            if (Says(contributor, isTimed: false) && taken.Add((response.Task, contributor))) return true;
        foreach (var contributor in response.Also)
            if (Says(contributor, response.IsTimed) && taken.Add((response.Task, contributor))) return true;
        return false;

        bool Says(ContributorId contributor, bool isTimed) => there[(response.Task, contributor)].Any(s => s.Digest.AsSpan().SequenceEqual(response.Digest) && (!isTimed || s.SubmittedAt == Instant.Truncate(response.SubmittedAt)));
    }

    private static ContributorId? Free(ImportedResponse response, ILookup<(LabelTaskId, ContributorId), StandingResponse> there, HashSet<(LabelTaskId, ContributorId)> taken)
    {
        foreach (var contributor in response.Contributors)
        {
            var key = (response.Task, contributor);
            if (!there.Contains(key) && taken.Add(key)) return contributor;
        }

        return null;
    }
}
