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

    /// <summary>Labels in the order of <see cref="LabelOrder"/>, so that ties between labels do not hang on the order of the rows.</summary>
    public required string[] Labels { get; init; }

    /// <summary>Line on which each of <see cref="Labels"/> first came; 0 where it never did.</summary>
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

    /// <summary>The same votes with labels that are possible too, all in the order of <see cref="LabelOrder"/>.</summary>
    public VoteLog WithLabels(IEnumerable<string> more) => InOrder(LabelOrder.Sort(Labels.Union(more, StringComparer.Ordinal).ToArray()));

    /// <summary>The same votes with the labels in another order.</summary>
    /// <param name="labels">All of <see cref="Labels"/>, and others if need be, each once.</param>
    public VoteLog InOrder(string[] labels)
    {
        var places = labels.Index().ToDictionary(l => l.Item, l => l.Index, StringComparer.Ordinal);
        var order = Array.ConvertAll(Labels, label => places.TryGetValue(label, out var place) ? place : throw new ArgumentException($"The label {label} is missing.", nameof(labels)));
        var lines = new long[labels.Length];
        for (var l = 0; l < order.Length; l++) lines[order[l]] = LabelLines[l];
        return this with { Labels = labels, LabelLines = lines, LabelOf = Array.ConvertAll(LabelOf, l => order[l]) };
    }

    /// <summary>The same votes with labels of one value taken for one, where all labels are finite numbers: <c>0</c>, <c>00</c> and <c>-0</c> are then the one of them that came first.</summary>
    /// <returns>This log where a label is no number, or where no two have one value.</returns>
    public VoteLog ByValue()
    {
        var values = new double[Labels.Length];
        for (var l = 0; l < values.Length; l++)
            if (!LabelOrder.TryNumber(Labels[l], out values[l])) return this;
        if (values.Distinct().Count() == values.Length) return this;
        var kept = new Dictionary<double, int>();
        for (var l = 0; l < values.Length; l++)
            if (!kept.TryGetValue(values[l], out var other) || IsEarlier(l, other)) kept[values[l]] = l;
        int[] order = [.. kept.Values.Order()];
        var places = order.Index().ToDictionary(o => values[o.Item], o => o.Index);
        return this with
        {
            Labels = Array.ConvertAll(order, l => Labels[l]),
            LabelLines = Array.ConvertAll(order, l => LabelLines[l]),
            LabelOf = Array.ConvertAll(LabelOf, l => places[values[l]]),
        };
    }

    /// <summary>Whether a label came before another; one that never came is last.</summary>
    private bool IsEarlier(int label, int other) => LabelLines[label] > 0 && (LabelLines[other] == 0 || LabelLines[label] < LabelLines[other]);
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
