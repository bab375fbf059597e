using Touchstone.Server.Trust.Consensus;
using Touchstone.Store.Entities;

namespace Touchstone.Server.Trust.Reviews;

/// <summary>Why a person has to decide a task.</summary>
internal enum ReviewReason
{
    /// <summary>The responses leave the consensus less sure than the project asks for.</summary>
    LowConfidence,

    /// <summary>Fewer people answered than the project asks for, since as many as may answer it passed it by.</summary>
    FewAnswers,

    /// <summary>It was sent back; what was sent back is seen again, whether it was corrected or not.</summary>
    SentBack,

    /// <summary>A lead doubts the label that it had and put it back into review.</summary>
    Reopened,

    /// <summary>The project has a person look at every task.</summary>
    Always,

    /// <summary>The fused answers do not fit the ontology, although each response does; or the project's settings changed since.</summary>
    Unfit,
}

internal static class ReviewReasons
{
    /// <param name="earlier">The last decision, if any.</param>
    /// <param name="responses">Independent responses.</param>
    /// <param name="confidence">Of the consensus; null without one.</param>
    /// <param name="policy">The project's settings.</param>
    public static ReviewReason Of(ReviewDecision? earlier, int responses, double? confidence, in DecisionPolicy policy) => earlier switch
    {
        ReviewDecision.SendBack => ReviewReason.SentBack,
        ReviewDecision.Reopen => ReviewReason.Reopened,
        _ when responses < policy.OverlapMin || confidence is null => ReviewReason.FewAnswers,
        _ when confidence < policy.Confidence => ReviewReason.LowConfidence,
        _ when policy.Review == ReviewPolicy.Always => ReviewReason.Always,
        _ => ReviewReason.Unfit,
    };
}
