using System.Globalization;
using System.Text.Json;
using Touchstone.Curation.Runs;
using Touchstone.Files.Storage;
using Touchstone.Terminal;

namespace Touchstone.Curation.Slurm;

/// <summary>What the jobs of a run ask a Slurm cluster for.</summary>
internal sealed record SlurmSettings
{
    /// <summary>Array tasks that a step gets where nobody says another number: many enough for a large partition, few enough for the limits that sites set on a user's jobs.</summary>
    public const int TasksDefault = 256;

    /// <summary>Workers of a task where nobody says another number and nodes have as many cores: small enough to find a place between other jobs.</summary>
    public const int WorkersDefault = 8;

    /// <summary>What the program and each of its workers take beside the memory that a run is given.</summary>
    private const long ProgramBytes = 512L << 20, WorkerBytes = 64L << 20;

    /// <summary>Partition; null for the cluster's default.</summary>
    public string? Partition { get; init; }

    /// <summary>Most time of a job, as sbatch takes it; null for the partition's default.</summary>
    public string? Time { get; init; }

    /// <summary>Account that is charged; null for the user's default.</summary>
    public string? Account { get; init; }

    /// <summary>Further options of sbatch, one each.</summary>
    public IReadOnlyList<string> Extra { get; init; } = [];

    /// <summary>Threads of a task that judge documents, and cores that it asks for.</summary>
    public required int Workers { get; init; }

    /// <summary>Memory of a task for batches under way, sorting and clustering.</summary>
    public required long MemoryBytes { get; init; }

    /// <summary>Tasks that the shards of a step are given out to, from 1 to the cluster's MaxArraySize.</summary>
    public required int Tasks { get; init; }

    /// <summary>Memory that a task asks for, in MiB; null where an option of sbatch's own says it.</summary>
    public long? JobMegabytes => Extra.Any(e => e.Split('=', ' ')[0] is "--mem" or "--mem-per-cpu" or "--mem-per-gpu") ? null : (MemoryBytes + ProgramBytes + Workers * WorkerBytes) >> 20;

    /// <summary>Tasks that a step gets.</summary>
    public int TasksOf(RunStep step, int shards) => step.IsSharded ? Math.Clamp(shards, 1, Tasks) : 1;

    /// <summary>Refuses what would not stand in a line of a script.</summary>
    /// <exception cref="CommandException">Names the option.</exception>
    public void Check()
    {
        foreach (var (name, value) in (IEnumerable<(string, string?)>)[("--partition", Partition), ("--time", Time), ("--account", Account)])
            if (value is not null && (value.Length == 0 || value.Any(c => char.IsWhiteSpace(c) || char.IsControl(c) || c is '"' or '\'' or '\\' or '#')))
                throw new CommandException($"{name}: expected a name or a time as sbatch takes it, found \"{Printable.Text(value)}\"", ExitCode.Misuse);
        foreach (var extra in Extra)
            if (!extra.StartsWith('-') || extra.Any(char.IsControl)) throw new CommandException($"--sbatch: expected an option of sbatch such as --qos=high, found \"{Printable.Text(extra)}\"", ExitCode.Misuse);
    }

    /// <summary>The settings of an earlier call; null where there was none.</summary>
    public static SlurmSettings? Load(string file)
    {
        if (!File.Exists(file)) return null;
        try
        {
            return JsonSerializer.Deserialize<SlurmSettings>(File.ReadAllBytes(file), Json);
        }
        catch (JsonException broken)
        {
            throw new InvalidDataException($"{file} is not as the program writes it: {broken.Message} Delete it and run again.", broken);
        }
    }

    public Task SaveAsync(string file, CancellationToken cancellationToken) => DurableFile.WriteAsync(file, JsonSerializer.SerializeToUtf8Bytes(this, Json), cancellationToken);

    /// <summary>Whether two settings ask for the same.</summary>
    public bool IsSameAs(SlurmSettings other) => this with { Extra = other.Extra } == other && Extra.SequenceEqual(other.Extra);

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Tasks} tasks of {Workers} workers");

    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, WriteIndented = true };
}
