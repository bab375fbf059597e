using Touchstone.Store.Entities;

namespace Touchstone.Server.Trust.Consensus;

/// <summary>What is known of a task when it is decided what becomes of it.</summary>
/// <param name="Responses">Independent responses.</param>
/// <param name="Confidence">Of the consensus; null where there is none.</param>
/// <param name="Review">The review in force, if any.</param>
/// <param name="AwaitsCorrection">The review in force sent a response back and its contributor still holds the slot.</param>
/// <param name="Skippers">Different contributors who skipped it.</param>
/// <param name="InputWithdrawn">What it looks at is gone.</param>
/// <param name="IsValid">The consensus is valid under the ontology; what was fused of valid answers need not be.</param>
internal readonly record struct TaskFacts(
    int Responses, double? Confidence, ReviewDecision? Review, bool AwaitsCorrection, int Skippers, bool InputWithdrawn, bool IsValid = true);

/// <summary>What becomes of a task.</summary>
/// <param name="State">Its state.</param>
/// <param name="Wanted">Responses that it needs for an answer; the queue gives out no fewer slots.</param>
internal readonly record struct TaskDecision(TaskState State, int Wanted)
{
    /// <summary>Decides from what is known now alone, never from what was decided before: the order in which facts became known leaves no trace.</summary>
    public static TaskDecision Of(in TaskFacts facts, in DecisionPolicy policy)
    {
        if (facts.InputWithdrawn) return new(TaskState.Withdrawn, 0);
        switch (facts.Review)
        {
            case ReviewDecision.Withdraw: return new(TaskState.Withdrawn, 0);
            case ReviewDecision.Accept or ReviewDecision.Edit: return new(TaskState.Done, 0);

            // It was done before it was doubted, and the doubt is taken back.
            case ReviewDecision.Keep: return new(TaskState.Done, 0);

            // What a lead doubts is decided by a person, however sure the consensus is.
            case ReviewDecision.Reopen: return new(TaskState.InReview, 0);

            // What was sent back is seen again by a person, whether it was corrected or not.
            case ReviewDecision.SendBack: return new(facts.AwaitsCorrection ? TaskState.Open : TaskState.InReview, 0);
        }

        if (facts.Responses < policy.OverlapMin)
        {
            // A task that as many people as may answer it have passed by will not be answered by asking on.
            return facts.Skippers >= Math.Max(policy.OverlapMax, policy.OverlapMin)
                ? new(TaskState.InReview, 0)
                : new(TaskState.Open, policy.OverlapMin);
        }

        if (facts.IsValid && facts.Confidence >= policy.Confidence) return new(policy.Review == ReviewPolicy.Always ? TaskState.InReview : TaskState.Done, 0);
        if (facts.Responses < policy.OverlapMax && facts.Skippers < policy.OverlapMax) return new(TaskState.Open, facts.Responses + 1);
        return new(policy.Review == ReviewPolicy.Never && facts.IsValid ? TaskState.Done : TaskState.InReview, 0);
    }
}
