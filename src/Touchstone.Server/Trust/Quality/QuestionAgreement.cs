using System.Globalization;
using Touchstone.Annotations.Answers;
using Touchstone.Annotations.Geometry;
using Touchstone.Annotations.Ontologies;
using Touchstone.Quality;
using Touchstone.Quality.Agreements;
using Touchstone.Quality.Categorical;
using Touchstone.Quality.Matching;
using Touchstone.Statistics;

namespace Touchstone.Server.Trust.Quality;

/// <summary>One coefficient of agreement.</summary>
/// <param name="Name"><c>percent</c>, <c>krippendorff_alpha</c>, <c>gwet_ac1</c>, <c>fleiss_kappa</c>, <c>mean_f1</c> or <c>mean_likeness</c>.</param>
/// <param name="Value">The coefficient; null where it is not defined.</param>
/// <param name="Low">Lower end of its 95 % interval.</param>
/// <param name="High">Upper end.</param>
internal sealed record CoefficientBody(string Name, double? Value, double? Low, double? High);

/// <summary>Agreement on one label: how often another answer to the same task says it too.</summary>
/// <param name="Id">Option or class.</param>
/// <param name="Name">As people read it.</param>
/// <param name="Agreement">In [0, 1]; null where nobody else could say it.</param>
/// <param name="Responses">Answers (of shapes, shapes) that say it.</param>
internal sealed record ClassAgreementBody(string Id, string Name, double? Agreement, int Responses);

/// <summary>How far people agree on one question.</summary>
/// <param name="Id">The question.</param>
/// <param name="Title">As people read it.</param>
/// <param name="Kind">Its kind.</param>
/// <param name="Coefficients">Coefficients with 95 % intervals; those that fit the kind.</param>
/// <param name="Warning">Where one label prevails so much that kappa misleads: a sentence.</param>
/// <param name="Classes">Agreement on each option or class.</param>
internal sealed record QuestionAgreementBody(string Id, string Title, QuestionKind Kind, IReadOnlyList<CoefficientBody> Coefficients, string? Warning, IReadOnlyList<ClassAgreementBody> Classes);

/// <summary>Measures agreement on one question by the library's coefficients.</summary>
internal static class QuestionAgreement
{
    /// <summary>Tasks of which shapes and texts are compared, which costs more than labels do.</summary>
    public const int TasksOfShapes = 300;

    private const int ShapesMax = 6_000;
    private const int LabelsOfDistanceMax = 200;

    public static QuestionAgreementBody Of(Question question, IReadOnlyList<TaskOpinions> tasks)
    {
        List<Answered> answered = [.. tasks
            .Select(t => new Answered([.. t.Opinions.Where(o => IsOf(question, o.Answers)).Select(o => (o.ContributorId, o.Answers.ByQuestion[question.Id]))]))
            .Where(t => t.Said.Length > 0)];
        return question switch
        {
            ShapesQuestion shapes => OfShapes(shapes, Bounded(answered)),
            ChoiceQuestion { Multiple: false, Taxonomy: false } choice => OfChoice(choice, answered),
            ChoiceQuestion choice => Body(question, [Likeness(question, answered), .. Alpha(question, answered)], OptionsOf(choice, answered)),
            RatingQuestion => Body(question, [Likeness(question, answered), .. Alpha(question, answered)], []),
            NumberQuestion => Body(question, [Likeness(question, answered), .. Alpha(question, answered)], []),
            _ => Body(question, [Likeness(question, [.. answered.Take(TasksOfShapes)])], []),
        };
    }

    /// <summary>An older ontology may have asked something else under the same id: such answers are no part of it.</summary>
    private static bool IsOf(Question question, AnswerSet answers) => answers.ByQuestion.TryGetValue(question.Id, out var answer) && question switch
    {
        ShapesQuestion => answer is ShapesAnswer,
        ChoiceQuestion { Multiple: false, Taxonomy: false } => answer is ChoiceAnswer { Chosen.Count: 1 },
        ChoiceQuestion => answer is ChoiceAnswer,
        _ => answer is not (ShapesAnswer or ChoiceAnswer),
    };

    /// <summary>Who answered a question of one task, and what.</summary>
    private sealed record Answered((string Contributor, Answer Answer)[] Said);

    private static QuestionAgreementBody Body(Question question, IReadOnlyList<CoefficientBody> coefficients, IReadOnlyList<ClassAgreementBody> classes, string? warning = null) =>
        new(question.Id, question.Title, question.Kind, coefficients, warning, classes);

    private static QuestionAgreementBody OfChoice(ChoiceQuestion question, List<Answered> answered)
    {
        var votes = VotesOf(answered, question.Options.Select(o => o.Id), a => ((ChoiceAnswer)a).Chosen[0], out _);
        CoefficientBody[] coefficients =
        [
            Coefficient("percent", AgreementCoefficients.Of(votes, AgreementMetric.PercentAgreement)),
            Coefficient("krippendorff_alpha", AgreementCoefficients.Of(votes, AgreementMetric.Krippendorff)),
            Coefficient("gwet_ac1", AgreementCoefficients.Of(votes, AgreementMetric.Gwet)),
            Coefficient("fleiss_kappa", AgreementCoefficients.Of(votes, AgreementMetric.Fleiss)),
        ];
        return Body(question, coefficients, OptionsOf(question, answered), Trap(question, PrevalenceCheck.Of(votes)));
    }

    private static string? Trap(ChoiceQuestion question, PrevalenceResult check) => check is not { IsTrapped: true, CommonestLabel: { } label } ? null : string.Create(
        CultureInfo.InvariantCulture,
        $"{100 * check.CommonestShare:F0} % of answers say \"{(label < question.Options.Count ? question.Options[label].Title : "")}\": by chance nearly all would agree, so that kappa is low although {100 * check.Ac1.ObservedAgreement:F0} % of pairs agree. Judge by AC1 and by each option.");

    /// <summary>Votes over labels in a fixed order; labels that occur beyond them come after.</summary>
    private static Votes VotesOf(List<Answered> answered, IEnumerable<string> labels, Func<Answer, string> labelOf, out List<Answer> examples)
    {
        var index = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var label in labels) index.TryAdd(label, index.Count);
        var contributors = new Dictionary<string, int>(StringComparer.Ordinal);
        var count = answered.Sum(t => t.Said.Length);
        var (items, who, what) = (new int[count], new int[count], new int[count]);
        var v = 0;
        examples = [];
        for (var i = 0; i < answered.Count; i++)
        {
            foreach (var (contributor, answer) in answered[i].Said)
            {
                var label = labelOf(answer);
                if (!index.TryGetValue(label, out var number))
                {
                    index.Add(label, number = index.Count);
                    examples.Add(answer);
                }

                if (!contributors.TryGetValue(contributor, out var person)) contributors.Add(contributor, person = contributors.Count);
                (items[v], who[v], what[v++]) = (i, person, number);
            }
        }

        return new Votes(items, who, what, answered.Count, contributors.Count, Math.Max(1, index.Count));
    }

    /// <summary>Alpha by the distance of answers; none where there are so many different ones that all pairs of them cost too much.</summary>
    private static IEnumerable<CoefficientBody> Alpha(Question question, List<Answered> answered)
    {
        var votes = VotesOf(answered, [], a => AnswerJson.ToElement(question, a).GetRawText(), out var examples);
        if (examples.Count is 0 or > LabelsOfDistanceMax) yield break;
        var options = AgreementOptions.Default with { Distance = (a, b) => AnswerDistance.Between(question, examples[a], examples[b]) };
        yield return Coefficient("krippendorff_alpha", AgreementCoefficients.Of(votes, AgreementMetric.Krippendorff, options));
    }

    private static CoefficientBody Coefficient(string name, Agreement agreement) =>
        new(name, Rounding.ToDigest(agreement.Value), Rounding.ToDigest(agreement.Interval?.Lower), Rounding.ToDigest(agreement.Interval?.Upper));

    /// <summary>Mean over tasks of the mean pairwise agreement, as <see cref="TaskAgreement"/> has it.</summary>
    private static CoefficientBody Likeness(Question question, List<Answered> answered, string name = "mean_likeness")
    {
        var ontology = new Ontology([question with { When = null }]);
        var means = new List<double>(answered.Count);
        foreach (var task in answered)
        {
            if (task.Said.Length < 2) continue;
            List<Opinion> opinions = [.. task.Said.Select((s, i) => new Opinion($"{i:D4}", s.Contributor, new AnswerSet(ontology, new Dictionary<string, Answer> { [question.Id] = s.Answer })))];
            if (TaskAgreement.Of(ontology, opinions).Overall is { } mean) means.Add(mean);
        }

        return Mean(name, means);
    }

    private static CoefficientBody Mean(string name, List<double> values)
    {
        if (values.Count == 0) return new CoefficientBody(name, null, null, null);
        var mean = StableSum.Of(values) / values.Count;
        if (values.Count == 1) return new CoefficientBody(name, Rounding.ToDigest(mean), null, null);
        var variance = StableSum.Of(values.Select(x => (x - mean) * (x - mean))) / (values.Count - 1);
        var half = StudentT.Quantile(0.975, values.Count - 1) * Math.Sqrt(variance / values.Count);
        return new CoefficientBody(name, Rounding.ToDigest(mean), Rounding.ToDigest(Math.Max(0, mean - half)), Rounding.ToDigest(Math.Min(1, mean + half)));
    }

    /// <summary>Of two different answers to a task of which one says an option, how often the other says it too.</summary>
    private static List<ClassAgreementBody> OptionsOf(ChoiceQuestion question, List<Answered> answered)
    {
        var (said, same, pairs) = (new Dictionary<string, int>(StringComparer.Ordinal), new Dictionary<string, double>(StringComparer.Ordinal), new Dictionary<string, double>(StringComparer.Ordinal));
        foreach (var task in answered)
        {
            foreach (var option in task.Said.SelectMany(s => ((ChoiceAnswer)s.Answer).Chosen).GroupBy(o => o, StringComparer.Ordinal))
            {
                var count = option.Count();
                said[option.Key] = said.GetValueOrDefault(option.Key) + count;
                same[option.Key] = same.GetValueOrDefault(option.Key) + (double)count * (count - 1);
                pairs[option.Key] = pairs.GetValueOrDefault(option.Key) + (double)count * (task.Said.Length - 1);
            }
        }

        var titles = question.Options.ToDictionary(o => o.Id, o => o.Title, StringComparer.Ordinal);
        return [.. titles.Keys.Concat(said.Keys.Where(k => !titles.ContainsKey(k)).Order(StringComparer.Ordinal)).Where(k => !question.Taxonomy || said.ContainsKey(k)).Select(k => new ClassAgreementBody(
            k, titles.GetValueOrDefault(k, k), pairs.GetValueOrDefault(k) > 0 ? Rounding.ToDigest(same[k] / pairs[k]) : null, said.GetValueOrDefault(k)))];
    }

    /// <summary>The latest tasks, as many as are quickly compared.</summary>
    private static List<Answered> Bounded(List<Answered> answered)
    {
        var (kept, shapes) = (new List<Answered>(), 0);
        foreach (var task in answered.Take(TasksOfShapes))
        {
            shapes += task.Said.Sum(s => ((ShapesAnswer)s.Answer).Shapes.Count);
            if (shapes > ShapesMax && kept.Count > 0) break;
            kept.Add(task);
        }

        return kept;
    }

    private static QuestionAgreementBody OfShapes(ShapesQuestion question, List<Answered> answered)
    {
        var contributors = new Dictionary<string, int>(StringComparer.Ordinal);
        var classes = question.Classes.Select((c, i) => (c.Id, i)).ToDictionary(c => c.Id, c => c.i, StringComparer.Ordinal);
        var (objects, seen) = (new List<MarkedObject<Shape>>(), new List<(int, int)>());
        for (var i = 0; i < answered.Count; i++)
        {
            foreach (var (contributor, answer) in answered[i].Said)
            {
                if (!contributors.TryGetValue(contributor, out var person)) contributors.Add(contributor, person = contributors.Count);
                seen.Add((i, person));
                foreach (var shape in ((ShapesAnswer)answer).Shapes)
                    if (classes.TryGetValue(shape.Class, out var label)) objects.Add(new MarkedObject<Shape>(i, person, label, shape));
            }
        }

        var result = ObjectAgreement.Of(objects, (a, b) => Alike(question, a, b), 0.5, seen);
        CoefficientBody[] coefficients =
        [
            Likeness(question, answered, "mean_f1"),
            Coefficient("krippendorff_alpha", result.Alpha),
            new("mean_similarity", Rounding.ToDigest(result.MeanSimilarity), null, null),
        ];
        return Body(question, coefficients, ClassesOf(question, answered));
    }

    private static double Alike(ShapesQuestion question, Shape first, Shape second)
    {
        var scale = question.FindClass(first.Class) is { } known ? SimilarityScale.For(known) : SimilarityScale.Default;
        return Similarity.Between(first.Geometry, second.Geometry, scale);
    }

    /// <summary>F1 over pairs of answers, class by class.</summary>
    private static List<ClassAgreementBody> ClassesOf(ShapesQuestion question, List<Answered> answered)
    {
        var (drawn, both, either) = (new Dictionary<string, int>(StringComparer.Ordinal), new Dictionary<string, int>(StringComparer.Ordinal), new Dictionary<string, int>(StringComparer.Ordinal));
        foreach (var task in answered)
        {
            IReadOnlyList<Shape>[] said = [.. task.Said.Select(s => ((ShapesAnswer)s.Answer).Shapes)];
            foreach (var shape in said.SelectMany(s => s))
            {
                drawn[shape.Class] = drawn.GetValueOrDefault(shape.Class) + 1;
                either[shape.Class] = either.GetValueOrDefault(shape.Class) + said.Length - 1;
            }

            for (var i = 0; i < said.Length; i++)
            {
                for (var j = i + 1; j < said.Length; j++)
                {
                    foreach (var pair in ShapeMatching.Pair(question, said[i], said[j]))
                        if (said[i][pair.First].Class is var of && of == said[j][pair.Second].Class) both[of] = both.GetValueOrDefault(of) + 2;
                }
            }
        }

        return [.. question.Classes.Select(c => new ClassAgreementBody(
            c.Id, c.Title, either.GetValueOrDefault(c.Id) > 0 ? Rounding.ToDigest((double)both.GetValueOrDefault(c.Id) / either[c.Id]) : null, drawn.GetValueOrDefault(c.Id)))];
    }
}
