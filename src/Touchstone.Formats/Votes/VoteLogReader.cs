using System.Runtime.CompilerServices;
using System.Text.Unicode;
using Touchstone.Files.Tables;

namespace Touchstone.Formats.Votes;

/// <summary>Reads votes from CSV or NDJSON with the columns <c>task</c>, <c>worker</c>, <c>label</c> in any order; other columns are passed over.</summary>
/// <remarks>Streams; what is kept are three numbers a vote and each name once. A million votes take about 0.2 s.</remarks>
public static class VoteLogReader
{
    /// <summary>Reads a whole file.</summary>
    /// <param name="stream">The file; it stays open.</param>
    /// <param name="name">Its name, for messages.</param>
    /// <param name="duplicates">What becomes of several votes of one worker on one task.</param>
    /// <param name="labelColumn">Name of the column that holds what was said.</param>
    /// <exception cref="TableFormatException">A column is missing, a field is empty, a quote is broken and the like; or there are duplicates that may not be, or no votes at all.</exception>
    public static VoteLog Read(Stream stream, string name, DuplicatePolicy duplicates = DuplicatePolicy.Keep, string labelColumn = "label")
    {
        using var table = TableReader.Open(stream, name);
        var columns = table.Require("task", "worker", labelColumn);
        NameTable tasks = new(), workers = new(), labels = new();
        Column taskOf = new(), workerOf = new(), labelOf = new(), lineOf = new();
        var isError = duplicates == DuplicatePolicy.Error;
        while (table.Read())
        {
            taskOf.Add(Number(table, columns[0], tasks));
            workerOf.Add(Number(table, columns[1], workers));
            labelOf.Add(Number(table, columns[2], labels));
            if (isError) lineOf.Add((int)Math.Min(int.MaxValue, table.Line));
        }

        if (taskOf.Count == 0) throw new TableFormatException(name, 0, 0, "expected votes after the header line, found none");
        var lines = new long[labels.Count];
        for (var l = 0; l < lines.Length; l++) lines[l] = labels.LineOf(l);
        var log = new VoteLog
        {
            Name = name,
            Tasks = tasks.ToArray(),
            Workers = workers.ToArray(),
            Labels = labels.ToArray(),
            LabelLines = lines,
            TaskOf = taskOf.ToArray(),
            WorkerOf = workerOf.ToArray(),
            LabelOf = labelOf.ToArray(),
            Duplicates = 0,
        };
        return Repeats.Apply(log.WithLabels([]), duplicates, isError ? lineOf.ToArray() : []);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int Number(TableReader table, int column, NameTable names)
    {
        var field = table.Filled(column);
        var number = names.Add(field, table.Line, out var isNew);
        return isNew && !Utf8.IsValid(field) ? throw table.Fault(column, $"expected text in UTF-8 as {table.Header[column]}, found other bytes") : number;
    }

    /// <summary>A list of numbers without the checks of <see cref="List{T}"/>, which a million rows feel.</summary>
    private sealed class Column
    {
        private int[] _values = new int[1 << 16];

        public int Count { get; private set; }

        public void Add(int value)
        {
            if (Count == _values.Length) Array.Resize(ref _values, Count * 2);
            _values[Count++] = value;
        }

        public int[] ToArray() => _values.AsSpan(0, Count).ToArray();
    }
}
