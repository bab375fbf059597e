using System.Globalization;
using Touchstone.Store.Entities;

namespace Touchstone.Server.Trust.Consensus;

/// <summary>Why a task is asked of more people, or no more.</summary>
internal enum StoppingReason
{
    /// <summary>Every task gets some responses before anything is decided.</summary>
    BelowMin,

    /// <summary>The responses leave the consensus less sure than the project asks for.</summary>
    Unsure,

    /// <summary>The consensus is as sure as the project asks for.</summary>
    Confident,

    /// <summary>It has as many responses as a task may get.</summary>
    MaxReached,

    /// <summary>A reviewer decided it, or a doubt of its label was taken back.</summary>
    Reviewed,

    /// <summary>As many people as may answer it have passed it by.</summary>
    PassedBy,

    /// <summary>It is withdrawn, or its input is.</summary>
    Withdrawn,

    /// <summary>Its label was doubted; a person decides.</summary>
    Reopened,

    /// <summary>A response was sent back to be corrected; a person decides then.</summary>
    SentBack,
}

/// <summary>The stopping rule as it applies to one task.</summary>
/// <param name="Responses">Independent responses.</param>
/// <param name="Min">Responses that every task gets.</param>
/// <param name="Max">Responses that a task gets at most.</param>
/// <param name="Target">Confidence from which a consensus stands.</param>
/// <param name="Confidence">Of the consensus; null without one.</param>
/// <param name="Reason">Why.</param>
/// <param name="Sentence">The same for people.</param>
internal sealed record StoppingBody(int Responses, int Min, int Max, double Target, double? Confidence, StoppingReason Reason, string Sentence);

/// <summary>Tells in words what <see cref="TaskDecision"/> decides, from the same facts.</summary>
internal static class StoppingRule
{
    public static StoppingBody Explain(in TaskFacts facts, in DecisionPolicy policy)
    {
        var (reason, sentence) = Of(facts, policy);
        return new StoppingBody(facts.Responses, policy.OverlapMin, policy.OverlapMax, policy.Confidence, facts.Confidence, reason, sentence);
    }

    private static (StoppingReason Reason, string Sentence) Of(in TaskFacts facts, in DecisionPolicy policy)
    {
        var most = Math.Max(policy.OverlapMax, policy.OverlapMin);
        if (facts.InputWithdrawn) return (StoppingReason.Withdrawn, "Its input is withdrawn, so nobody is asked any more.");
        switch (facts.Review)
        {
            case ReviewDecision.Withdraw: return (StoppingReason.Withdrawn, "A reviewer withdrew it, so nobody is asked any more.");
            case ReviewDecision.Accept or ReviewDecision.Edit: return (StoppingReason.Reviewed, "A reviewer decided it, so nobody is asked any more.");
            case ReviewDecision.Keep: return (StoppingReason.Reviewed, "Its label was doubted and the doubt taken back before a reviewer began, so nobody is asked any more.");
            case ReviewDecision.Reopen: return (StoppingReason.Reopened, "Its label was doubted, so a reviewer decides and nobody else is asked.");
            case ReviewDecision.SendBack:
                return (StoppingReason.SentBack, facts.AwaitsCorrection ? "A response was sent back; a reviewer decides when it is corrected." : "A response was sent back and its correction is in or overdue; a reviewer decides.");
        }

        if (facts.Responses < policy.OverlapMin)
        {
            return facts.Skippers >= most
                ? (StoppingReason.PassedBy, $"{Count(facts.Skippers, "person", "people")} passed it by, as many as may answer it, so a reviewer decides.")
                : (StoppingReason.BelowMin, $"{Count(facts.Responses, "response", "responses")} of at least {policy.OverlapMin}: every task gets so many.");
        }

        var (sure, target) = (Percent(facts.Confidence ?? 0), Percent(policy.Confidence));
        if (facts.IsValid && facts.Confidence >= policy.Confidence)
        {
            return (StoppingReason.Confident, policy.Review == ReviewPolicy.Always
                ? $"{Count(facts.Responses, "response", "responses")} make it {sure} sure and {target} are asked for; the project has a reviewer see every task."
                : $"{Count(facts.Responses, "response", "responses")} make it {sure} sure and {target} are asked for, so nobody else is asked.");
        }

        var doubt = facts.IsValid ? $"{Count(facts.Responses, "response", "responses")} leave it {sure} sure and {target} are asked for" : "The responses together make no valid answer";
        if (facts.Responses < policy.OverlapMax && facts.Skippers < policy.OverlapMax) return (StoppingReason.Unsure, $"{doubt}, so one more person is asked, up to {policy.OverlapMax}.");
        var then = policy.Review == ReviewPolicy.Never && facts.IsValid ? "so it stands as it is" : "so a reviewer decides";
        return facts.Responses >= policy.OverlapMax
            ? (StoppingReason.MaxReached, $"{doubt}, but a task gets at most {policy.OverlapMax}, {then}.")
            : (StoppingReason.PassedBy, $"{doubt}, but {Count(facts.Skippers, "person", "people")} passed it by, {then}.");
    }

    private static string Count(int count, string one, string many) => $"{count} {(count == 1 ? one : many)}";

    private static string Percent(double share) => string.Create(CultureInfo.InvariantCulture, $"{100 * share:0.#} %");
}
