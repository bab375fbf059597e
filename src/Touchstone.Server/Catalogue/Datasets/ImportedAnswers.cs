using System.Security.Cryptography;
using System.Text;
using Touchstone.Server.Work;
using Touchstone.Store;
using Touchstone.Store.Ids;
using Touchstone.Store.Queue;

namespace Touchstone.Server.Catalogue.Datasets;

/// <summary>What annotators of a data set said, as responses of members: an import writes them, and a survey asks which of them are there.</summary>
internal static class ImportedAnswers
{
    /// <param name="store">The context of a transaction; members who are missing are added to it.</param>
    /// <param name="people">Who is who.</param>
    /// <param name="samples">Inputs with their tasks.</param>
    /// <param name="began">Stands for times that the data set does not say.</param>
    /// <param name="now">No answer was given later.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The responses; and how many answers they are of, since two names of the data set may be one member, of whose answers the latest stands.</returns>
    public static async Task<(List<ImportedResponse> Latest, int Count)> OfAsync(
        StoreContext store, ImportedPeople people, IEnumerable<(LabelTaskId Task, ReadSample Sample)> samples, DateTimeOffset began, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var open = samples.ToList();
        var members = await people.FindOrMakeAsync(store, open.SelectMany(o => o.Sample.Answers).Select(a => a.Contributor), now, cancellationToken);
        List<ImportedResponse> all = [];
        foreach (var (task, sample) in open)
        {
            var nobodies = sample.Answers.Count(a => ImportedPeople.NumberOf(a.Contributor) > 0);
            foreach (var answers in sample.Answers) all.Add(Of(task, answers, members.Of(answers.Contributor, nobodies), began, now));
        }

        return ([.. all.Where(r => r.Contributors.Count == 1).GroupBy(r => (r.Task, r.Contributors[0])).Select(g => g.MaxBy(r => r.SubmittedAt)!), .. all.Where(r => r.Contributors.Count > 1)], all.Count);
    }

    /// <summary>Why one is not taken whose annotator gave another answer.</summary>
    public static string Changed(ImportedResponse response) =>
        $"another answer of {(ImportedPeople.NumberOf(response.Named) == 0 ? $"\"{response.Named}\"" : "somebody whom the labels do not name")} stands here and is kept; this one differs from it and is not taken";

    public static long Milliseconds(double? given) => given is { } seconds && double.IsFinite(seconds) ? (long)Math.Clamp(seconds * 1000, 0, SubmitBody.ActiveMillisecondsMax) : 0;

    private static ImportedResponse Of(LabelTaskId task, ReadAnswers answers, ImportedPeople.Who who, DateTimeOffset began, DateTimeOffset now)
    {
        var isTimed = answers.At is { } given && given < now && given > DateTimeOffset.UnixEpoch;
        return new(task, who.Members, Encoding.UTF8.GetString(answers.Json), SHA256.HashData(answers.Json), Milliseconds(answers.Seconds), isTimed ? answers.At!.Value.ToUniversalTime() : began)
        {
            Also = who.Also,
            IsTimed = isTimed,
            Named = answers.Contributor,
        };
    }
}
