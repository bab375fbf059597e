namespace Touchstone.Formats.Votes;

/// <summary>Votes of a file: row v says that <c>Tasks[TaskOf[v]]</c> is <c>Labels[LabelOf[v]]</c> in the opinion of <c>Workers[WorkerOf[v]]</c>.</summary>
public sealed record VoteLog
{
    /// <summary>Name of the file, for messages.</summary>
    public required string Name { get; init; }

    /// <summary>Tasks, in the order in which they first come.</summary>
    public required string[] Tasks { get; init; }

    /// <summary>Workers, in the order in which they first come.</summary>
    public required string[] Workers { get; init; }

    /// <summary>Labels: by value where all are finite numbers, else by their code points; never by their rows, so that ties between labels do not hang on the order of the file.</summary>
    public required string[] Labels { get; init; }

    /// <summary>Line on which each of <see cref="Labels"/> first came.</summary>
    public required long[] LabelLines { get; init; }

    /// <summary>Task of each vote.</summary>
    public required int[] TaskOf { get; init; }

    /// <summary>Worker of each vote.</summary>
    public required int[] WorkerOf { get; init; }

    /// <summary>Label of each vote.</summary>
    public required int[] LabelOf { get; init; }

    /// <summary>Votes that repeat the task and worker of an earlier one; still here or left out as <see cref="DuplicatePolicy"/> says.</summary>
    public required int Duplicates { get; init; }

    /// <summary>Number of votes.</summary>
    public int Count => TaskOf.Length;
}

/// <summary>What becomes of several votes of one worker on one task.</summary>
public enum DuplicatePolicy
{
    /// <summary>Each counts.</summary>
    Keep,

    /// <summary>The first counts, the others are left out.</summary>
    First,

    /// <summary>The last counts, the others are left out.</summary>
    Last,

    /// <summary>The file is refused.</summary>
    Error,
}
