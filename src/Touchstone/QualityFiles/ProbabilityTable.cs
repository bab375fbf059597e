using Touchstone.Files.Tables;
using Touchstone.Quality.LabelErrors;
using Touchstone.Terminal;

namespace Touchstone.QualityFiles;

/// <summary>Given labels beside a model's probabilities, task by task.</summary>
/// <param name="Tasks">Tasks that both files have, in the order of the probabilities.</param>
/// <param name="Classes">Classes, in the order of the columns.</param>
/// <param name="Given">Given class of each task.</param>
/// <param name="Probabilities">One row a task.</param>
/// <param name="WithoutProbabilities">Labelled tasks that the model says nothing of.</param>
/// <param name="WithoutLabel">Tasks of the model that have no label.</param>
internal sealed record ProbabilityTable(string[] Tasks, string[] Classes, int[] Given, ClassProbabilities Probabilities, int WithoutProbabilities, int WithoutLabel)
{
    /// <summary>Joins labels (task, label) with probabilities (task and a column for each class) by task.</summary>
    /// <exception cref="TableFormatException">A number is no probability, a row does not sum to 1, a label has no column, or a task comes twice.</exception>
    public static ProbabilityTable Read(string labelsPath, string probabilitiesPath)
    {
        var labels = KnownLabels.Read(labelsPath);
        using var stream = InputFile.Open(probabilitiesPath);
        using var table = TableReader.Open(stream, InputFile.NameOf(probabilitiesPath));
        var task = table.Require("task")[0];
        int[] columns = [.. Enumerable.Range(0, table.Header.Count).Where(c => c != task)];
        string[] classes = [.. columns.Select(c => table.Header[c])];
        if (classes.Length == 0) throw new TableFormatException(table.Name, 0, 0, "expected a column of probabilities for each class beside task, found none");
        var place = classes.Index().ToDictionary(c => c.Item, c => c.Index, StringComparer.Ordinal);
        foreach (var (name, label) in labels.ByTask)
            if (!place.ContainsKey(label))
                throw new CommandException($"{labels.Name}: {TableReader.Shown(name)} has the label {TableReader.Shown(label)}, for which {table.Name} has no column (it has {TableReader.Shown(string.Join(", ", classes))}).");

        List<string> tasks = [];
        List<int> given = [];
        List<double> values = [];
        var seen = new HashSet<string>(StringComparer.Ordinal);
        while (table.Read())
        {
            table.Filled(task);
            var name = table.String(task);
            if (!seen.Add(name)) throw table.Fault(task, $"expected every task once, found {TableReader.Shown(name)} a second time");
            var row = Row(table, columns);
            if (!labels.ByTask.TryGetValue(name, out var label)) continue;
            tasks.Add(name);
            given.Add(place[label]);
            values.AddRange(row);
        }

        if (tasks.Count == 0) throw new CommandException($"No task of {labels.Name} is in {table.Name}. Do the tasks of both files have the same names?");
        return new ProbabilityTable([.. tasks], classes, [.. given], new ClassProbabilities([.. values], classes.Length), labels.ByTask.Count - tasks.Count, seen.Count - tasks.Count);
    }

    private static double[] Row(TableReader table, int[] columns)
    {
        var row = Array.ConvertAll(columns, c => table.Number(c, 0, 1));
        return Math.Abs(row.Sum() - 1) <= ClassProbabilities.SumTolerance
            ? row
            : throw table.Fault(-1, string.Create(System.Globalization.CultureInfo.InvariantCulture, $"expected probabilities that sum to 1, found a sum of {row.Sum():0.######}; are they scores before a softmax?"));
    }
}
