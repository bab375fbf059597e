using System.Globalization;
using Touchstone.Annotations.Answers;
using Touchstone.Annotations.Ontologies;
using Touchstone.Quality;
using Touchstone.Quality.Categorical;
using Touchstone.Quality.Consensus;
using Touchstone.Quality.LabelErrors;
using Touchstone.Quality.Reliabilities;
using Touchstone.Server.Trust.Consensus;

namespace Touchstone.Server.Trust.Quality;

/// <summary>An accepted task with all that was said of it, and what is believed of it now.</summary>
/// <param name="Task">The task.</param>
/// <param name="ExternalId">Its owner's id.</param>
/// <param name="Ontology">Its ontology.</param>
/// <param name="Opinions">What was said.</param>
/// <param name="Accepted">The accepted answers.</param>
/// <param name="Detail">How sure they were when they were accepted.</param>
/// <param name="Now">The consensus by what is believed of contributors today.</param>
internal sealed record AcceptedTask(TaskRecord Task, string? ExternalId, Ontology Ontology, IReadOnlyList<Opinion> Opinions, AnswerSet Accepted, ConsensusDetail Detail, ConsensusResult Now);

/// <summary>Finds labels that are doubtful although they were accepted.</summary>
/// <remarks>
/// Witnesses: how sure the consensus was when it was accepted; the consensus by today's reliabilities, which know more of those who answered then; for single choices also CROWDLAB, which weighs votes by how far
/// their contributors agree with others and believes in no confusion matrix. The score is that of the witness that trusts the label least, and the reason names it. Of equal scores the one whose responses have the
/// lower mean grade comes first.
/// </remarks>
internal static class SuspectFinder
{
    /// <summary>Something that was marked and rejected is named from this probability on.</summary>
    private const double MissedLeast = 0.25;

    public static List<(SuspectBody Suspect, double Grade)> Find(IReadOnlyList<AcceptedTask> tasks, ReliabilityTable table)
    {
        var found = new List<(SuspectBody, double)>();
        var crowd = new Dictionary<string, Dictionary<string, (double Quality, int For, int Of)>>(StringComparer.Ordinal);
        foreach (var task in tasks)
        {
            var grade = task.Task.Grades.Count == 0 ? 1 : task.Task.Grades.Average(g => g.Right);
            foreach (var question in task.Ontology.Questions)
            {
                if (!task.Accepted.ByQuestion.TryGetValue(question.Id, out var answer)) continue;
                if (question is ShapesQuestion shapes) found.AddRange(OfShapes(task, shapes, (ShapesAnswer)answer).Select(s => (s, grade)));
                else
                {
                    if (question is ChoiceQuestion { Multiple: false, Taxonomy: false } choice && !crowd.ContainsKey(choice.Id)) crowd.Add(choice.Id, ByCrowdLab(choice, tasks, table));
                    found.Add((OfAnswer(task, question, answer, crowd.GetValueOrDefault(question.Id)), grade));
                }
            }
        }

        return found;
    }

    /// <summary>The probability of each task's accepted option by CROWDLAB, with the options' shares for a model that has seen nothing.</summary>
    private static Dictionary<string, (double Quality, int For, int Of)> ByCrowdLab(ChoiceQuestion question, IReadOnlyList<AcceptedTask> tasks, ReliabilityTable table)
    {
        var options = question.Options.Select((o, i) => (o.Id, i)).ToDictionary(o => o.Id, o => o.i, StringComparer.Ordinal);
        var people = new Dictionary<string, int>(StringComparer.Ordinal);
        var (items, who, what, ids, accepted) = (new List<int>(), new List<int>(), new List<int>(), new List<string>(), new List<int>());
        foreach (var task in tasks)
        {
            if (task.Accepted.ByQuestion.GetValueOrDefault(question.Id) is not ChoiceAnswer { Chosen: [var chosen] } || !options.TryGetValue(chosen, out var label)) continue;
            foreach (var opinion in task.Opinions)
            {
                if (opinion.Answers.ByQuestion.GetValueOrDefault(question.Id) is not ChoiceAnswer { Chosen: [var said] } || !options.TryGetValue(said, out var vote)) continue;
                if (!people.TryGetValue(opinion.ContributorId, out var person)) people.Add(opinion.ContributorId, person = people.Count);
                items.Add(ids.Count);
                who.Add(person);
                what.Add(vote);
            }

            ids.Add(task.Task.Id.ToString());
            accepted.Add(label);
        }

        if (items.Count == 0 || options.Count < 2) return [];
        var votes = new Votes([.. items], [.. who], [.. what], ids.Count, people.Count, options.Count);
        double[] shares = [.. question.Options.Select(o => table.ShareOf(AnswerKey.OfQuestion(question.Id), o.Id, options.Count))];
        var total = shares.Sum();
        var model = new double[ids.Count * options.Count];
        for (var i = 0; i < model.Length; i++) model[i] = shares[i % options.Count] / total;
        var result = CrowdLab.Infer(votes, new ClassProbabilities(model, options.Count));
        var tally = votes.Tally();
        return Enumerable.Range(0, ids.Count).ToDictionary(
            i => ids[i],
            i => (result.Posterior[i * options.Count + accepted[i]], tally[i * options.Count + accepted[i]], Enumerable.Range(0, options.Count).Sum(k => tally[i * options.Count + k])),
            StringComparer.Ordinal);
    }

    private static SuspectBody OfAnswer(AcceptedTask task, Question question, Answer answer, Dictionary<string, (double Quality, int For, int Of)>? crowd)
    {
        var text = TextOf(question, answer);
        var then = task.Detail.Questions.TryGetValue(question.Id, out var known) ? known.Confidence : 0.5;
        var (now, alternative) = NowOf(task, question, answer);
        var score = Math.Min(then, now);
        var reason = now <= then
            ? $"By what is known today of those who answered, it is right with {Percent(now)}{(alternative is null ? "" : $"; likelier is \"{alternative}\"")}."
            : $"It was accepted with a confidence of {Percent(then)}.";
        if (crowd is not null && crowd.TryGetValue(task.Task.Id.ToString(), out var vote) && vote.Quality < score)
        {
            score = vote.Quality;
            reason = $"{vote.For} of {vote.Of} answers say it; weighed by how far each contributor agrees with others, it is right with {Percent(score)}.";
        }

        return Body(task, question.Id, null, text, score, alternative, reason);
    }

    /// <summary>Probability of the accepted answer by today's reliabilities, and what is likelier or next to it.</summary>
    private static (double Probability, string? Alternative) NowOf(AcceptedTask task, Question question, Answer answer)
    {
        if (!task.Now.Questions.TryGetValue(question.Id, out var now)) return (0.5, null);
        var best = task.Now.Answers.ByQuestion[question.Id];
        if (question is ChoiceQuestion { Multiple: false, Taxonomy: false } && answer is ChoiceAnswer { Chosen: [var chosen] })
        {
            var other = now.Distribution.Where(d => d.Key != chosen).OrderByDescending(d => d.Value).ThenBy(d => d.Key, StringComparer.Ordinal).FirstOrDefault();
            return (now.Distribution.GetValueOrDefault(chosen), other.Value > now.Distribution.GetValueOrDefault(chosen) || other.Value >= 0.1 ? other.Key : null);
        }

        var (accepted, today) = (TextOf(question, answer), TextOf(question, best));
        return accepted == today ? (now.Confidence, null) : (1 - now.Confidence, today);
    }

    private static IEnumerable<SuspectBody> OfShapes(AcceptedTask task, ShapesQuestion question, ShapesAnswer answer)
    {
        foreach (var shape in answer.Shapes)
        {
            var then = task.Detail.Objects.FirstOrDefault(o => o.Question == question.Id && o.Shape == shape.Id);
            if (then is null) continue;
            var now = task.Now.Objects.Concat(task.Now.Rejected).FirstOrDefault(o => o.QuestionId == question.Id && o.Support.Any(s => then.Support.Any(t => t.Response == s.ResponseId && t.Shape == s.ShapeId)));
            var today = now is null ? then.Confidence : now.Existence * now.Classes.GetValueOrDefault(shape.Class, 0);
            var score = Math.Min(then.Confidence, today);
            var other = (now?.Classes ?? then.Classes).Where(c => c.Key != shape.Class).OrderByDescending(c => c.Value).ThenBy(c => c.Key, StringComparer.Ordinal).FirstOrDefault();
            var alternative = other.Key is not null && other.Value >= 0.1 ? other.Key : (now?.Existence ?? then.Existence) < 0.9 ? "nothing" : null;
            var reason = $"{then.Support.Count} of {then.Looked} marked it; {(today <= then.Confidence ? "by what is known today of them" : "when it was accepted")} it is there and a {shape.Class} with {Percent(score)}.";
            foreach (var (attribute, confidence) in then.Attributes)
            {
                if (confidence >= score) continue;
                (score, alternative) = (confidence, null);
                reason = $"Its attribute {attribute} is right with {Percent(confidence)}.";
            }

            yield return Body(task, question.Id, shape.Id, shape.Class, score, alternative, reason);
        }

        foreach (var missed in task.Now.Rejected.Concat(task.Now.Objects.Where(o => !IsAccepted(task, o))))
        {
            if (missed.QuestionId != question.Id || missed.Existence < MissedLeast) continue;
            yield return Body(
                task, question.Id, null, "nothing", 1 - missed.Existence, missed.Shape.Class,
                $"{missed.Support.Count} of {missed.LookedCount} marked a {missed.Shape.Class} that the answers lack; it is there with {Percent(missed.Existence)}.");
        }
    }

    private static bool IsAccepted(AcceptedTask task, ConsensusObject found) =>
        task.Detail.Objects.Any(o => o.Question == found.QuestionId && o.Support.Any(t => found.Support.Any(s => s.ResponseId == t.Response && s.ShapeId == t.Shape)));

    private static SuspectBody Body(AcceptedTask task, string question, string? shape, string answer, double score, string? alternative, string reason) => new(
        task.Task.Id, task.ExternalId, task.Task.AssetId, question, shape, answer, Statistics.Rounding.ToDigest(Math.Clamp(score, 0, 1)), alternative, reason, task.Task.State, task.Task.Confidence);

    private static string TextOf(Question question, Answer answer) => answer switch
    {
        ChoiceAnswer choice => string.Join(", ", choice.Chosen),
        RatingAnswer rating => rating.Value.ToString(CultureInfo.InvariantCulture),
        NumberAnswer number => number.Value.ToString(CultureInfo.InvariantCulture),
        TextAnswer text => text.Text,
        _ => AnswerJson.ToElement(question, answer).GetRawText(),
    };

    private static string Percent(double share) => string.Create(CultureInfo.InvariantCulture, $"{100 * share:F0} %");
}
