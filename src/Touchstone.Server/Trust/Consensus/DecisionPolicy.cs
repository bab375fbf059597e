using Touchstone.Store.Entities;

namespace Touchstone.Server.Trust.Consensus;

/// <summary>The settings of a project that decide what becomes of a task once responses are in.</summary>
/// <param name="OverlapMin">Responses that every task gets.</param>
/// <param name="OverlapMax">Responses that a task gets at most before people review it.</param>
/// <param name="Confidence">Confidence in (0, 1] from which a consensus stands.</param>
/// <param name="Review">When people review.</param>
internal readonly record struct DecisionPolicy(int OverlapMin, int OverlapMax, double Confidence, ReviewPolicy Review)
{
    public static DecisionPolicy Of(Project project) => new(project.OverlapMin, project.OverlapMax, project.OverlapConfidence, project.Review);
}
