using Touchstone.Store.Ids;

namespace Touchstone.Store.Entities;

/// <summary>Derived: something by which tasks are found, such as a class in the consensus or who answered. A list reads them in the order of the tasks' ids.</summary>
public sealed class TaskMark
{
    private const string ClassPrefix = "class:", ContributorPrefix = "by:";

    public required ProjectId ProjectId { get; init; }

    /// <summary>What is said of the task: made by <see cref="OfClass"/> and <see cref="OfContributor"/>.</summary>
    public required string Mark { get; init; }

    public required LabelTaskId TaskId { get; init; }

    /// <summary>The consensus has a shape of this class.</summary>
    public static string OfClass(string shapeClass) => ClassPrefix + shapeClass;

    /// <summary>This contributor answered it.</summary>
    public static string OfContributor(ContributorId contributor) => ContributorPrefix + contributor.Value.ToString("N");
}
