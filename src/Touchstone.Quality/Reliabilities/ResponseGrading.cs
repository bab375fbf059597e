using Touchstone.Annotations.Answers;
using Touchstone.Annotations.Ontologies;
using Touchstone.Annotations.Selectors;
using Touchstone.Quality.Consensus;
using Touchstone.Statistics;

namespace Touchstone.Quality.Reliabilities;

/// <summary>How right one response is by what everything but that response says.</summary>
/// <param name="ResponseId">The response.</param>
/// <param name="Right">Probability in [0, 1] that it is right; for answers of several parts, the share of them that is. Rounded to the decimals of a digest.</param>
/// <param name="Choices">Answers K among which the contributor chose, 2 or more: a guess is right in one of so many.</param>
public readonly record struct GradedResponse(string ResponseId, double Right, int Choices);

/// <summary>Grades single responses, each without letting it judge itself.</summary>
/// <remarks>
/// right = mean over questions of c a + (1 - c) (1 - a) / (K - 1), where a = 1 - <see cref="AnswerDistance"/> of the response's answer from the reference and c the probability that the reference is right:
/// who agrees with it is right where it is right, who differs is right where it is wrong and theirs is the one of K - 1 others that holds. K is the number of options where a response answers exactly one
/// question, a single choice, and otherwise 2, by which half right is evidence neither way. The reference is the consensus of the other responses to the same task (leave one out), or known answers with c = 1.
/// </remarks>
public static class ResponseGrading
{
    /// <summary>Grades each opinion by the consensus of the others.</summary>
    /// <param name="ontology">The ontology that the opinions were given under.</param>
    /// <param name="input">What was looked at; null where unknown.</param>
    /// <param name="opinions">All opinions on one task.</param>
    /// <param name="reliabilities">What is believed of contributors; null is <see cref="ReliabilityTable.Prior"/>.</param>
    /// <param name="options">How consensus is estimated; null is the default.</param>
    /// <returns>One grade an opinion, in their order; none with fewer than two opinions, nor for an opinion that shares no question with the others.</returns>
    /// <remarks>
    /// c of a question is its confidence; of shapes the mean of the confidences of the objects, since a question's own is that of its least sure object and would grow less with every object of a busy scene.
    /// One estimate of the others for each opinion.
    /// </remarks>
    public static IReadOnlyList<GradedResponse> ByOthers(
        Ontology ontology, InputExtent? input, IReadOnlyList<Opinion> opinions, ReliabilityTable? reliabilities = null, ConsensusOptions? options = null)
    {
        if (opinions.Count < 2) return [];
        var grades = new List<GradedResponse>(opinions.Count);
        var others = new List<Opinion>(opinions.Count - 1);
        for (var i = 0; i < opinions.Count; i++)
        {
            others.Clear();
            for (var j = 0; j < opinions.Count; j++)
                if (j != i) others.Add(opinions[j]);
            var consensus = TaskConsensus.Estimate(ontology, input, others, reliabilities, options);
            if (Grade(ontology, opinions[i], consensus.Answers, question => ConfidenceOf(consensus, question), isMissingWrong: false) is { } grade) grades.Add(grade);
        }

        return grades;
    }

    /// <summary>Grades an opinion by known answers.</summary>
    /// <param name="ontology">The ontology that the answers were given under.</param>
    /// <param name="opinion">The opinion.</param>
    /// <param name="known">What is right; a question that is absent is not known and not graded. A known answer that the opinion does not give counts as wrong.</param>
    /// <returns>Null where nothing is known.</returns>
    public static GradedResponse? ByKnown(Ontology ontology, Opinion opinion, AnswerSet known) => Grade(ontology, opinion, known, _ => 1, isMissingWrong: true);

    private static GradedResponse? Grade(Ontology ontology, Opinion opinion, AnswerSet reference, Func<Question, double> confidenceOf, bool isMissingWrong)
    {
        var choices = ChoicesOf(ontology, opinion.Answers);
        var (sum, count) = (0.0, 0);
        foreach (var question in ontology.Questions)
        {
            if (!reference.ByQuestion.TryGetValue(question.Id, out var right)) continue;
            var said = opinion.Answers.ByQuestion.GetValueOrDefault(question.Id);
            if (said is null && !isMissingWrong) continue;
            var alike = said is null ? 0 : 1 - AnswerDistance.Between(question, said, right);
            sum += RightOf(alike, confidenceOf(question), choices);
            count++;
        }

        return count == 0 ? null : new GradedResponse(opinion.ResponseId, Rounding.ToDigest(sum / count), choices);
    }

    /// <summary>Probability that an answer is right which is alike the reference by so much.</summary>
    /// <param name="alike">1 - distance from the reference, in [0, 1].</param>
    /// <param name="confidence">Probability that the reference is right, in [0, 1].</param>
    /// <param name="choices">Answers to choose among, 2 or more.</param>
    public static double RightOf(double alike, double confidence, int choices) => confidence * alike + (1 - confidence) * (1 - alike) / (choices - 1);

    /// <summary>Answers among which the contributor chose: of exactly one single choice its options, of anything else 2.</summary>
    private static int ChoicesOf(Ontology ontology, AnswerSet answers)
    {
        if (answers.ByQuestion.Count != 1) return 2;
        foreach (var question in ontology.Questions)
        {
            if (answers.ByQuestion.ContainsKey(question.Id) && question is ChoiceQuestion { Multiple: false, Taxonomy: false } choice) return Math.Max(2, choice.Options.Count);
        }

        return 2;
    }

    private static double ConfidenceOf(ConsensusResult consensus, Question question)
    {
        var own = consensus.Questions.TryGetValue(question.Id, out var known) ? known.Confidence : 0;
        if (question is not ShapesQuestion) return own;
        var (sum, count) = (0.0, 0);
        foreach (var found in consensus.Objects)
        {
            if (found.QuestionId != question.Id) continue;
            sum += found.Confidence;
            count++;
        }

        return count == 0 ? own : sum / count;
    }
}
