using Microsoft.EntityFrameworkCore;
using Touchstone.Annotations.Answers;
using Touchstone.Annotations.Ontologies;
using Touchstone.Quality.Assays;
using Touchstone.Server.Trust.Releases;
using Touchstone.Server.Work;
using Touchstone.Store;
using Touchstone.Store.Entities;
using Touchstone.Store.Ids;

namespace Touchstone.Server.Trust.Audits;

/// <summary>The done tasks of a project as an audit draws from them.</summary>
internal sealed class AuditFrame
{
    /// <summary>From so many done tasks on an audit is stratified unless told otherwise: below, parts are too small to say anything apart.</summary>
    public const int StratifiedFrom = 200;

    private const int ChunkSize = 1_000;
    private static readonly string[] Groups = ["most frequent class", "rarer classes"];

    private AuditFrame(Guid[] population, double[] confidences) => (Population, Confidences) = (population, confidences);

    /// <summary>Ids, ascending.</summary>
    public Guid[] Population { get; }

    /// <summary>How sure the consensus of each is; 0 where it is not known.</summary>
    public double[] Confidences { get; }

    public static async Task<AuditFrame> ReadAsync(StoreContext store, ProjectId project, CancellationToken cancellationToken)
    {
        var done = await store.Tasks.Where(t => t.ProjectId == project && t.State == TaskState.Done && t.Purpose == TaskPurpose.Label)
            .Select(t => new { t.Id, t.Confidence }).ToListAsync(cancellationToken);
        done.Sort((a, b) => SimpleRandomSample.Order(a.Id.Value, b.Id.Value));
        return new([.. done.Select(t => t.Id.Value)], [.. done.Select(t => Math.Clamp(t.Confidence ?? 0, 0, 1))]);
    }

    public AuditStratification Default => Population.Length >= StratifiedFrom ? AuditStratification.ClassAndConfidence : AuditStratification.None;

    /// <summary>
    /// Parts the tasks: by whether their rarest class is the one that most tasks have as their rarest, and by the consensus's confidence (below 0.9, below 0.99, above). That makes six parts at most; small ones of a band join.
    /// </summary>
    public async Task<AuditStrata> StrataAsync(StoreContext store, OntologyCache ontologies, ProjectId project, CancellationToken cancellationToken)
    {
        var classes = new string[Population.Length];
        for (var start = 0; start < classes.Length; start += ChunkSize) await ReadClassesAsync(store, ontologies, project, classes, start, cancellationToken);
        var frequency = Tally(classes.SelectMany(c => c.Split('\n')));
        for (var i = 0; i < classes.Length; i++)
            classes[i] = classes[i].Split('\n').OrderBy(c => frequency[c]).ThenBy(c => c, StringComparer.Ordinal).First();
        var most = Tally(classes).OrderByDescending(c => c.Value).ThenBy(c => c.Key, StringComparer.Ordinal).First().Key;
        var labels = Array.ConvertAll(classes, c => c == most ? 0 : 1);
        return AuditStrata.By(labels, Confidences, Groups.Length, leastItems: Math.Clamp(Population.Length / 20, 2, 50), labelNames: Groups);
    }

    private async Task ReadClassesAsync(StoreContext store, OntologyCache ontologies, ProjectId project, string[] classes, int start, CancellationToken cancellationToken)
    {
        LabelTaskId[] ids = [.. Population.Skip(start).Take(ChunkSize).Select(LabelTaskId.From)];
        var rows = await store.Tasks.Where(t => ids.Contains(t.Id))
            .Select(t => new { t.Id, t.OntologyVersion, Answers = store.Consensus.Where(c => c.TaskId == t.Id).Select(c => c.Answers).FirstOrDefault() }).ToDictionaryAsync(t => t.Id, cancellationToken);
        for (var i = 0; i < ids.Length; i++)
        {
            var row = rows[ids[i]];
            classes[start + i] = row.Answers is null ? "" : ClassesOf(LabelSource.Read(await ontologies.GetAsync(project, row.OntologyVersion, cancellationToken), row.Answers));
        }
    }

    /// <summary>Classes of the shapes and options of the choices that a consensus has, one a line; empty where it has none.</summary>
    private static string ClassesOf(AnswerSet answers)
    {
        var found = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var question in answers.Ontology.Questions)
        {
            if (!answers.ByQuestion.TryGetValue(question.Id, out var answer)) continue;
            if (answer is ShapesAnswer shapes)
                foreach (var shape in shapes.Shapes) found.Add($"{question.Id}/{shape.Class}");
            else if (question is ChoiceQuestion) found.Add($"{question.Id}={AnswerJson.ToElement(question, answer).GetRawText()}");
        }

        return string.Join('\n', found);
    }

    private static Dictionary<string, int> Tally(IEnumerable<string> values)
    {
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var value in values) counts[value] = counts.GetValueOrDefault(value) + 1;
        return counts;
    }
}

/// <summary>Who could judge an audit of a project: those who may review and may see it. Whether they had a part in a task is seen task by task, when they ask for work.</summary>
internal static class Auditors
{
    public static Task<int> CountAsync(StoreContext store, Project project, CancellationToken cancellationToken) => store.Contributors.CountAsync(
        c => c.OrganizationId == project.OrganizationId && c.SuspendedAt == null && c.Role >= Role.Reviewer
            && (project.CompartmentId == CompartmentId.None || store.Clearances.Any(x => x.CompartmentId == project.CompartmentId && x.ContributorId == c.Id)),
        cancellationToken);
}
