using Touchstone.Quality.Categorical;
using Touchstone.Quality.Reliabilities;
using Touchstone.Store.Entities;

namespace Touchstone.Server.Trust.Consensus;

/// <summary>When reliabilities are estimated anew: at places that the order of the outbox alone decides.</summary>
internal static class FitSchedule
{
    /// <summary>Responses that a fit looks at: the latest of the project. A contributor's last weeks tell more than their first ones, and the cost of
    /// a fit stays the same however long a project runs.</summary>
    public const int ResponsesMax = 10_000;

    /// <summary>Rates are settled when none moves by more than one in ten thousand: closer than they are known, and reached many times sooner than the last digit.</summary>
    public static readonly ReliabilityOptions Options = new() { Tolerance = 1e-4 };

    /// <summary>Responses at which the next fit is due, by those at the last; as a replay of votes has it, which tells what that costs.</summary>
    public static long DueAt(long responsesAtFit) => VoteReplay.FitDueAt(responsesAtFit);

    /// <summary>Whether a row counts towards the next fit: responses to ordinary tasks and to gold. What audits say is kept apart from it.</summary>
    public static bool Counts(OutboxRow row) => row.Kind == OutboxKind.ResponseSubmitted && row.Purpose != TaskPurpose.Audit;
}
