using Touchstone.Annotations.Answers;
using Touchstone.Annotations.Ontologies;
using Touchstone.Quality.Matching;
using Touchstone.Statistics;

namespace Touchstone.Quality.Agreements;

/// <summary>How far the opinions on one task agree, before any truth.</summary>
/// <param name="Overall">Mean over questions; null where no question has two opinions.</param>
/// <param name="Questions">By question id: mean over pairs of opinions, in [0, 1].</param>
public sealed record AgreementResult(double? Overall, IReadOnlyDictionary<string, double> Questions);

/// <summary>Mean pairwise agreement of the opinions on one task, not corrected for chance: a first look, in the words that people use.</summary>
public static class TaskAgreement
{
    /// <summary>Agreement of all pairs of opinions.</summary>
    /// <remarks>
    /// Shapes: F1 of one answer against the other, a pair counting when its similarity is at least 0.5 and the class is the same; two empty answers agree wholly.
    /// Choices: the same answer or not; of multiple choices, Jaccard's index. Other kinds: 1 - <see cref="AnswerDistance"/>.
    /// </remarks>
    public static AgreementResult Of(Ontology ontology, IReadOnlyList<Opinion> opinions)
    {
        var questions = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (var question in ontology.Questions)
        {
            Answer[] answers = [.. opinions.OrderBy(o => o.ResponseId, StringComparer.Ordinal)
                .Where(o => o.Answers.ByQuestion.ContainsKey(question.Id)).Select(o => o.Answers.ByQuestion[question.Id])];
            if (answers.Length < 2) continue;
            List<double> pairs = [];
            for (var i = 0; i < answers.Length; i++)
                for (var j = i + 1; j < answers.Length; j++) pairs.Add(OfPair(question, answers[i], answers[j]));
            questions[question.Id] = Rounding.ToDigest(StableSum.Of(pairs) / pairs.Count);
        }

        if (questions.Count == 0) return new AgreementResult(null, questions);
        var total = StableSum.Of(ontology.Questions.Where(q => questions.ContainsKey(q.Id)).Select(q => questions[q.Id]));
        return new AgreementResult(Rounding.ToDigest(total / questions.Count), questions);
    }

    private static double OfPair(Question question, Answer first, Answer second) => question switch
    {
        ShapesQuestion shapes => F1(shapes, ((ShapesAnswer)first).Shapes, ((ShapesAnswer)second).Shapes),
        ChoiceQuestion { Multiple: false } => first.Equals(second) ? 1 : 0,
        _ => 1 - AnswerDistance.Between(question, first, second),
    };

    private static double F1(ShapesQuestion question, IReadOnlyList<Annotations.Geometry.Shape> first, IReadOnlyList<Annotations.Geometry.Shape> second)
    {
        if (first.Count + second.Count == 0) return 1;
        var same = ShapeMatching.Pair(question, first, second).Count(p => first[p.First].Class == second[p.Second].Class);
        return 2.0 * same / (first.Count + second.Count);
    }
}
