using Touchstone.Store.Entities;
using Touchstone.Store.Ids;

namespace Touchstone.Store.Queue;

/// <summary>
/// A lane is a stretch of a project's queue that is handed out in order; higher lanes go first. lane = audience × 100 + priority × 2 + returned,
/// with audience 1 for audits (reviewers and above). Gold lies in eight lanes below 0 that the ordinary walk never enters;
/// training tasks lie below those, where nobody walks.
/// </summary>
internal static class Lanes
{
    public const int GoldCount = 8;

    /// <summary>The first lane of audits.</summary>
    public const int Audits = 100;

    /// <summary>Where training tasks lie: they are in the queue's tables and never in the queue.</summary>
    public const int Training = -100;

    public static int Of(TaskPurpose purpose, int priority, LabelTaskId id) => purpose switch
    {
        TaskPurpose.Gold => Gold(id.Value.GetHashCode()),
        TaskPurpose.Training => Training,
        TaskPurpose.Audit => Audits + priority * 2,
        _ => priority * 2,
    };

    /// <summary>Where a task goes when a slot comes free again: before untouched tasks of its priority, so that begun tasks get done.</summary>
    public static int Returned(int lane) => lane | 1;

    /// <summary>Slots of a new task: gold is free for everybody, what trains for nobody.</summary>
    public static int OpenSlots(TaskPurpose purpose, int overlap) => purpose switch
    {
        TaskPurpose.Gold => 1,
        TaskPurpose.Training => 0,
        _ => overlap,
    };

    public static int Gold(int draw) => -1 - (draw & (GoldCount - 1));

    public static bool MayTake(int lane, Role role) => lane < Audits || role >= Role.Reviewer;
}
