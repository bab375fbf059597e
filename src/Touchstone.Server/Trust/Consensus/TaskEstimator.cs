using System.Text;
using System.Text.Json;
using Touchstone.Annotations.Answers;
using Touchstone.Annotations.Ontologies;
using Touchstone.Quality;
using Touchstone.Quality.Agreements;
using Touchstone.Quality.Consensus;

namespace Touchstone.Server.Trust.Consensus;

/// <summary>From stored responses to a stored consensus.</summary>
internal static class TaskEstimator
{
    public static TaskEstimate Estimate(Ontology ontology, TaskRecord task, IReadOnlyList<Opinion> opinions, ReliabilityBook reliabilities)
    {
        var result = TaskConsensus.Estimate(ontology, task.Input, opinions, reliabilities.Table);
        var agreement = opinions.Count < 2 ? null : TaskAgreement.Of(ontology, opinions).Overall;
        var answers = result.Answers.ToJson();
        using var document = JsonDocument.Parse(answers);
        return new TaskEstimate(
            Encoding.UTF8.GetString(answers),
            ConsensusDetail.Of(ontology, result).ToJson(),
            result.Confidence,
            TaskEstimate.ToUnits(agreement),
            opinions.Count,
            AnswerChecker.Check(ontology, document.RootElement, task.Input ?? default).Count == 0);
    }

    public static Opinion OpinionOf(Ontology ontology, ResponseRecord response)
    {
        using var document = JsonDocument.Parse(response.Answers);
        return new Opinion(response.Id.ToString(), response.ContributorId.ToString(), AnswerSet.Parse(ontology, document.RootElement));
    }
}
