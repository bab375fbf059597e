using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using Touchstone.Terminal;

namespace Touchstone.Curation.Slurm;

/// <summary>A job, or a task of an array, that waits or runs.</summary>
/// <param name="Job">Number of the job or of its array.</param>
/// <param name="Task">Number of the task; 0 where there is no array.</param>
/// <param name="IsWaiting">Whether it has not begun.</param>
/// <param name="Name">Name of the job.</param>
internal sealed record SlurmTask(long Job, int Task, bool IsWaiting, string Name);

/// <summary>Slurm's own commands. Only those are used that need no accounting database, which many clusters do not have.</summary>
internal static class SlurmCommands
{
    private const int ArraySizeDefault = 1001;

    /// <summary>Submits a script.</summary>
    /// <param name="script">The script.</param>
    /// <param name="array">Tasks of it; null for those that it names itself.</param>
    /// <param name="dependency">What it waits for, as sbatch takes it; null for nothing.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <returns>The job's number.</returns>
    /// <exception cref="CommandException">Slurm refuses.</exception>
    public static async Task<long> SubmitAsync(string script, string? array, string? dependency, CancellationToken cancellationToken)
    {
        List<string> arguments = ["--parsable"];
        if (array is not null) arguments.Add($"--array={array}");
        if (dependency is not null) arguments.AddRange([$"--dependency={dependency}", "--kill-on-invalid-dep=yes"]);
        var answer = await ExpectAsync("sbatch", [.. arguments, script], cancellationToken);
        return long.TryParse(answer.Split(';')[0].Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var job) ? job
            : throw new CommandException($"sbatch answered \"{Printable.Text(answer.Trim())}\" where the number of a job was expected.");
    }

    /// <summary>Jobs and tasks of some names that wait or run; null where the controller does not answer.</summary>
    public static async Task<IReadOnlyList<SlurmTask>?> QueueAsync(IEnumerable<string> names, CancellationToken cancellationToken)
    {
        var (exit, output, _) = await RunAsync("squeue", ["--noheader", "--array", $"--name={string.Join(',', names)}", "--format=%F|%K|%t|%j"], cancellationToken);
        return exit == 0 ? [.. output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(Parse)] : null;
    }

    /// <summary>Cancels jobs; those that ended meanwhile are none of its concern.</summary>
    public static async Task CancelAsync(IReadOnlyCollection<long> jobs, CancellationToken cancellationToken)
    {
        if (jobs.Count > 0) await RunAsync("scancel", [.. jobs.Select(j => j.ToString(CultureInfo.InvariantCulture))], cancellationToken);
    }

    /// <summary>Most tasks of an array: numbers of tasks are below it.</summary>
    public static async Task<int> ArraySizeAsync(CancellationToken cancellationToken)
    {
        var answer = await ExpectAsync("scontrol", ["show", "config"], cancellationToken);
        var line = answer.Split('\n').FirstOrDefault(l => l.StartsWith("MaxArraySize", StringComparison.Ordinal));
        return int.TryParse(line?[(line.IndexOf('=', StringComparison.Ordinal) + 1)..].Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var size) ? Math.Max(1, size) : ArraySizeDefault;
    }

    /// <summary>Cores of the smallest node of a partition.</summary>
    public static async Task<int> CoresAsync(string? partition, CancellationToken cancellationToken)
    {
        var answer = await ExpectAsync("sinfo", ["--noheader", "--format=%c", .. partition is null ? (string[])[] : [$"--partition={partition}"]], cancellationToken);
        var cores = answer.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(l => int.TryParse(l.Trim().TrimEnd('+'), NumberStyles.None, CultureInfo.InvariantCulture, out var c) ? c : 1).ToList();
        return cores.Count > 0 ? Math.Max(1, cores.Min()) : throw new CommandException(partition is null ? "sinfo names no nodes." : $"--partition: sinfo names no nodes of {partition}.");
    }

    private static SlurmTask Parse(string line)
    {
        var fields = line.Split('|');
        if (fields.Length != 4 || !long.TryParse(fields[0], NumberStyles.None, CultureInfo.InvariantCulture, out var job))
            throw new CommandException($"squeue answered \"{Printable.Text(line)}\" where a job was expected.");
        return new(job, int.TryParse(fields[1], NumberStyles.None, CultureInfo.InvariantCulture, out var task) ? task : 0, fields[2] == "PD", fields[3].Trim());
    }

    private static async Task<string> ExpectAsync(string command, string[] arguments, CancellationToken cancellationToken)
    {
        var (exit, output, error) = await RunAsync(command, arguments, cancellationToken);
        return exit == 0 ? output : throw new CommandException($"{command} failed: {Printable.Text(error.Trim().ReplaceLineEndings(" "))}");
    }

    private static async Task<(int Exit, string Output, string Error)> RunAsync(string command, string[] arguments, CancellationToken cancellationToken)
    {
        using var process = Start(command, arguments);
        var (output, error) = (process.StandardOutput.ReadToEndAsync(cancellationToken), process.StandardError.ReadToEndAsync(cancellationToken));
        await process.WaitForExitAsync(cancellationToken);
        return (process.ExitCode, await output, await error);
    }

    private static Process Start(string command, string[] arguments)
    {
        try
        {
            return Process.Start(new ProcessStartInfo(command, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        }
        catch (Win32Exception missing)
        {
            throw new CommandException($"{command} cannot be run ({missing.Message}). --on slurm works where Slurm's commands are installed, such as a cluster's login node.", inner: missing);
        }
    }
}
