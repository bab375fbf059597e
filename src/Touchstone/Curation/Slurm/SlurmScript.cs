using System.Globalization;
using System.Text;
using Touchstone.Curation.Runs;
using Touchstone.Terminal;

namespace Touchstone.Curation.Slurm;

/// <summary>The script of a step's job: what it asks for and the one command that it runs. It can be read, and submitted by hand: parts that are done are left out.</summary>
internal static class SlurmScript
{
    /// <summary>Writes a script.</summary>
    /// <param name="settings">What a job asks for.</param>
    /// <param name="step">The step.</param>
    /// <param name="tasks">Tasks that its parts are given out to.</param>
    /// <param name="places">Where the run is.</param>
    /// <param name="program">The program, as a command and its first arguments.</param>
    public static string Of(SlurmSettings settings, RunStep step, int tasks, SlurmPlaces places, IReadOnlyList<string> program)
    {
        var text = new StringBuilder("#!/bin/bash\n");
        Ask("job-name", places.JobName(step));
        Ask("output", Quoted(places.LogPattern(step, tasks)));
        Ask("open-mode", "append");
        Ask("chdir", Quoted(places.WorkingFolder));
        if (tasks > 1) Ask("array", Invariant($"0-{tasks - 1}"));
        Ask("nodes", "1");
        Ask("ntasks", "1");
        Ask("cpus-per-task", Invariant($"{settings.Workers}"));
        if (settings.JobMegabytes is { } megabytes) Ask("mem", Invariant($"{megabytes}M"));
        if (settings.Partition is { } partition) Ask("partition", partition);
        if (settings.Time is { } time) Ask("time", time);
        if (settings.Account is { } account) Ask("account", account);
        Ask("requeue", null);
        foreach (var extra in settings.Extra) text.Append($"#SBATCH {extra}\n");
        text.Append(Invariant($"\n# Step {step.Name} of the run in {places.Folder}: {Meaning(step, tasks)}\n"));
        foreach (var word in program) text.Append(Word(word)).Append(' ');
        var task = tasks > 1 ? Invariant($" --task \"$SLURM_ARRAY_TASK_ID\" --tasks {tasks}") : "";
        text.Append(Invariant($"curate work {Word(places.Folder)} --step {step.Name}{task} --workers {settings.Workers} --memory {settings.MemoryBytes >> 20}M\n"));
        return text.ToString();

        void Ask(string option, string? value) => text.Append(value is null ? $"#SBATCH --{option}\n" : $"#SBATCH --{option}={value}\n");
    }

    /// <summary>Numbers as sbatch takes them: <c>0-3,7</c>.</summary>
    public static string Ranges(IReadOnlyList<int> sorted)
    {
        var text = new StringBuilder();
        for (var i = 0; i < sorted.Count; i++)
        {
            var first = i;
            while (i + 1 < sorted.Count && sorted[i + 1] == sorted[i] + 1) i++;
            if (text.Length > 0) text.Append(',');
            text.Append(first == i ? Invariant($"{sorted[i]}") : Invariant($"{sorted[first]}-{sorted[i]}"));
        }

        return text.ToString();
    }

    private static string Meaning(RunStep step, int tasks) => step.Kind switch
    {
        _ when step.IsSharded && tasks > 1 => Invariant($"task T does the shards whose number divided by {tasks} leaves T, those that are done left out."),
        _ when step.IsSharded => "all shards, those that are done left out.",
        RunStepKind.Find => "finds the duplicates among all shards, on one node.",
        _ => "puts outputs in their places and writes the manifest, on one node.",
    };

    /// <summary>A path in a line that sbatch reads.</summary>
    private static string Quoted(string path) => path.Any(c => c is '"' or '\\' || char.IsControl(c))
        ? throw new CommandException($"{Printable.Text(path)}: sbatch cannot be told a path with quotes, backslashes or control characters; work in another folder.")
        : $"\"{path}\"";

    /// <summary>A word for the shell.</summary>
    private static string Word(string word) => word.All(c => char.IsAsciiLetterOrDigit(c) || c is '/' or '.' or '-' or '_' or '+' or '=' or ':' or ',') ? word : $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'";

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
