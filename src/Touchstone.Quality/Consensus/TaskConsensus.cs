using System.Text.Json;
using Touchstone.Annotations.Answers;
using Touchstone.Annotations.Ontologies;
using Touchstone.Annotations.Selectors;
using Touchstone.Quality.Reliabilities;
using Touchstone.Statistics;

namespace Touchstone.Quality.Consensus;

/// <summary>Estimates a task's answers from all opinions on it.</summary>
/// <remarks>
/// Each contributor counts by what is believed of them (<see cref="ReliabilityTable"/>). The order of the opinions does not matter. One opinion
/// alone stands as it is, with the confidence that its contributor deserves.
/// </remarks>
public static class TaskConsensus
{
    /// <summary>Estimates.</summary>
    /// <param name="ontology">The ontology that the opinions were given under.</param>
    /// <param name="input">What was looked at; fused shapes are kept inside the picture unless their class may leave it. Null where unknown.</param>
    /// <param name="opinions">The opinions; may be none.</param>
    /// <param name="reliabilities">What is believed of contributors; null is <see cref="ReliabilityTable.Prior"/>.</param>
    /// <param name="options">Null is <see cref="ConsensusOptions.Default"/>.</param>
    public static ConsensusResult Estimate(
        Ontology ontology, InputExtent? input, IReadOnlyList<Opinion> opinions, ReliabilityTable? reliabilities = null, ConsensusOptions? options = null)
    {
        var table = reliabilities ?? ReliabilityTable.Prior;
        options ??= ConsensusOptions.Default;
        List<Opinion> ordered = [.. opinions.OrderBy(o => o.ResponseId, StringComparer.Ordinal)];
        for (var i = 1; i < ordered.Count; i++)
            if (ordered[i].ResponseId == ordered[i - 1].ResponseId) throw new ArgumentException($"Two opinions have the response id \"{ordered[i].ResponseId}\".", nameof(opinions));

        var answers = new Dictionary<string, Answer>(StringComparer.Ordinal);
        var questions = new Dictionary<string, QuestionConsensus>(StringComparer.Ordinal);
        List<ConsensusObject> objects = [], rejected = [];
        var sureness = new Sureness();
        foreach (var question in ontology.Questions)
        {
            List<Opinion> answered = [.. ordered.Where(o => o.Answers.ByQuestion.ContainsKey(question.Id))];
            if (answered.Count == 0 || !IsAsked(question, ontology, answers)) continue;
            if (question is ShapesQuestion shapes)
            {
                var found = ShapesConsensus.Estimate(shapes, input, answered, table, options);
                objects.AddRange(found.Objects);
                rejected.AddRange(found.Rejected);
                answers[question.Id] = new ShapesAnswer([.. found.Objects.Select(o => o.Shape)]);
                questions[question.Id] = new QuestionConsensus(Rounding.ToDigest(found.Sureness.Weakest), NoDistribution, answered.Count);
                sureness.Add(found.Sureness);
            }
            else
            {
                var said = answered.Select(o => new Statement(table.Of(o.ContributorId), o.Answers.ByQuestion[question.Id])).ToArray();
                var estimate = AnswerConsensus.Estimate(question, AnswerKey.OfQuestion(question.Id), said, table);
                answers[question.Id] = estimate.Answer;
                questions[question.Id] = new QuestionConsensus(Rounding.ToDigest(estimate.Confidence), Rounded(estimate.Distribution), answered.Count);
                sureness.Add(estimate.Confidence);
            }
        }

        return new ConsensusResult
        {
            Answers = new AnswerSet(ontology, answers),
            Objects = objects,
            Rejected = rejected,
            Questions = questions,
            Confidence = questions.Count == 0 ? 0 : Rounding.ToDigest(sureness.Weakest),
            AllRight = questions.Count == 0 ? 0 : Rounding.ToDigest(sureness.AllRight),
            ExpectedMissed = Rounding.ToDigest(sureness.ExpectedMissed),
            ExistenceThreshold = options.ExistenceThreshold,
            OpinionCount = opinions.Count,
        };
    }

    internal static readonly IReadOnlyDictionary<string, double> NoDistribution = new Dictionary<string, double>();

    internal static IReadOnlyDictionary<string, double> Rounded(IReadOnlyDictionary<string, double> values) =>
        values.ToDictionary(v => v.Key, v => Rounding.ToDigest(v.Value), StringComparer.Ordinal);

    /// <summary>Whether the question is asked, given the consensus on those before it: an answer to a question that would not have been asked is none.</summary>
    private static bool IsAsked(Question question, Ontology ontology, Dictionary<string, Answer> before)
    {
        if (question.When is null) return true;
        var json = JsonElement.Parse(new AnswerSet(ontology, before).ToJson());
        return Conditions.Hold(question.When, json, default);
    }
}

/// <summary>How sure single decisions are, gathered.</summary>
internal sealed class Sureness
{
    /// <summary>Of the least sure decision; 1 before the first.</summary>
    public double Weakest { get; private set; } = 1;

    /// <summary>Of all together.</summary>
    public double AllRight { get; private set; } = 1;

    /// <summary>Objects expected to be there that nobody marked.</summary>
    public double ExpectedMissed { get; private set; }

    public void Add(double confidence)
    {
        Weakest = Math.Min(Weakest, confidence);
        AllRight *= confidence;
    }

    /// <summary>An object would have been seen with this probability; so many are there that were.</summary>
    public void AddCompleteness(double seen, double objects)
    {
        var missed = objects * (1 - seen) / seen;
        Weakest = Math.Min(Weakest, seen);
        AllRight *= PortableMath.Exp(-missed);
        ExpectedMissed += missed;
    }

    public void Add(Sureness other)
    {
        Weakest = Math.Min(Weakest, other.Weakest);
        AllRight *= other.AllRight;
        ExpectedMissed += other.ExpectedMissed;
    }
}
