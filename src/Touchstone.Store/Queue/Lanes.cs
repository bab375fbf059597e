using Touchstone.Store.Entities;
using Touchstone.Store.Ids;

namespace Touchstone.Store.Queue;

/// <summary>
/// A lane is a stretch of a project's queue that is handed out in order; higher lanes go first. lane = audience × 100 + priority × 2 + returned,
/// with audience 1 for audits (reviewers and above). Gold lies in eight lanes below 0 that the ordinary walk never enters.
/// </summary>
internal static class Lanes
{
    public const int GoldCount = 8;

    /// <summary>The first lane of audits.</summary>
    public const int Audits = 100;

    public static int Of(TaskPurpose purpose, int priority, LabelTaskId id) => purpose switch
    {
        TaskPurpose.Gold => Gold(id.Value.GetHashCode()),
        TaskPurpose.Audit => Audits + priority * 2,
        _ => priority * 2,
    };

    /// <summary>Where a task goes when a slot comes free again: before untouched tasks of its priority, so that begun tasks get done.</summary>
    public static int Returned(int lane) => lane | 1;

    public static int Gold(int draw) => -1 - (draw & (GoldCount - 1));

    public static bool MayTake(int lane, Role role) => lane < Audits || role >= Role.Reviewer;
}
