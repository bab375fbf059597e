using System.CommandLine;
using Touchstone.Curation.Slurm;
using Touchstone.Terminal;

namespace Touchstone.Commands.Curate;

/// <summary>Options of a run on a Slurm cluster.</summary>
internal sealed class SlurmOptions
{
    private readonly Option<string?> _partition = new("--partition") { Description = "On Slurm: the partition; without it the cluster's default.", HelpName = "NAME" };
    private readonly Option<string?> _time = new("--time") { Description = "On Slurm: most time of a job, such as 8:00:00; without it the partition's default. A task that runs out of it is submitted again and goes on.", HelpName = "TIME" };
    private readonly Option<string?> _account = new("--account") { Description = "On Slurm: the account to charge.", HelpName = "NAME" };
    private readonly Option<string[]> _extra = new("--sbatch") { Description = "On Slurm: a further option of sbatch, such as --sbatch=--qos=high. May be given several times.", HelpName = "OPTION", Arity = ArgumentArity.OneOrMore, AllowMultipleArgumentsPerToken = false };
    private readonly Option<int?> _tasks = new Option<int?>("--tasks") { Description = $"On Slurm: array tasks that a step's shards are given out to; without it up to {SlurmSettings.TasksDefault}, and never more than shards or than the cluster's MaxArraySize.", HelpName = "N" }.Within(1, 1_000_000);
    private readonly Option<bool> _noWait = new("--no-wait") { Description = "On Slurm: submit the jobs and return. The same command watches them later, and submits again what failed." };

    public IEnumerable<Option> All => [_partition, _time, _account, _extra, _tasks, _noWait];

    public bool NoWait(ParseResult parsed) => parsed.GetValue(_noWait);

    /// <summary>Refuses options of a cluster where there is none.</summary>
    public void Refuse(ParseResult parsed)
    {
        foreach (var option in All)
            if (parsed.GetResult(option) is { Implicit: false }) throw new CommandException($"{option.Name} is an option of --on slurm.", ExitCode.Misuse);
    }

    /// <summary>What jobs shall ask for; where the call leaves it open, the cluster is asked.</summary>
    public async Task<SlurmSettings> SettingsAsync(ParseResult parsed, int? workers, long memoryBytes, int shards, CancellationToken cancellationToken)
    {
        var partition = parsed.GetValue(_partition);
        var settings = new SlurmSettings
        {
            Partition = partition,
            Time = parsed.GetValue(_time),
            Account = parsed.GetValue(_account),
            Extra = parsed.GetValue(_extra) ?? [],
            Workers = workers ?? 1,
            MemoryBytes = memoryBytes,
            Tasks = 1,
        };
        settings.Check();
        var most = await SlurmCommands.ArraySizeAsync(cancellationToken);
        return settings with
        {
            Workers = workers ?? Math.Min(SlurmSettings.WorkersDefault, await SlurmCommands.CoresAsync(partition, cancellationToken)),
            Tasks = Math.Clamp(parsed.GetValue(_tasks) ?? Math.Min(shards, SlurmSettings.TasksDefault), 1, most),
        };
    }
}
