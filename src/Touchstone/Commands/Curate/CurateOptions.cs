using System.CommandLine;
using System.Globalization;
using System.Text;
using Touchstone.Curation.Pipelines;
using Touchstone.Curation.Reading;
using Touchstone.Terminal;

namespace Touchstone.Commands.Curate;

/// <summary>Options that several verbs of curate share.</summary>
internal static class CurateOptions
{
    private const int PipelineBytesMax = 1 << 20;

    public static Argument<string> Pipeline() => new("PIPELINE") { Description = "Pipeline file (YAML). touchstone curate preset NAME prints one to begin with." };

    public static Option<string?> Out() => new("--out") { Description = "Folder of the run: its plan, its manifest, and the sinks whose paths are relative. Without it the pipeline file's name with -run behind it.", HelpName = "DIR" };

    public static Option<int?> Workers() => new Option<int?>("--workers") { Description = "Threads that judge documents; without it one for each core. They change nothing of what comes out.", HelpName = "N" }.Within(1, 1024);

    public static Option<long> Memory() => Amount("--memory", "Memory for batches under way, sorting and clustering, such as 2G; more goes through the disk.", 2L << 30, 64 << 20, "64M", "2G");

    public static Option<long> ShardSize() => Amount("--shard-size", "About how many bytes of the source, as they are on the disk, a shard has: the unit of work that another process or machine can do. A file that is not cut is at least one. A run that goes on keeps the shards that it began with.", Source.ShardBytes, 1 << 10, "1K", "128M");

    private static Option<long> Amount(string name, string description, long standard, long least, string leastShown, string example) => new(name)
    {
        Description = description,
        HelpName = "SIZE",
        DefaultValueFactory = _ => standard,
        CustomParser = result =>
        {
            if (Sizes.TryParse(result.Tokens[0].Value, out var bytes) && bytes >= least) return bytes;
            result.AddError($"{name}: expected an amount of at least {leastShown}, such as {example}, found {result.Tokens[0].Value}");
            return 0;
        },
    };

    public static Argument<string> Run(string name = "RUN") => new(name) { Description = "Folder of a finished run." };

    /// <summary>Reads a pipeline file, or a preset by its name where presets are allowed and no file has it.</summary>
    public static Pipeline Read(string path, bool isPresetAllowed = false)
    {
        if (!File.Exists(path))
        {
            if (Presets.Find(path) is not { } preset) throw new CommandException($"There is no file {path}. Presets are {string.Join(", ", Presets.Names)}: touchstone curate preset NAME > pipeline.yaml");
            return isPresetAllowed ? Curation.Pipelines.Pipeline.Parse(path, preset) : throw new CommandException($"There is no file {path}. Copy the preset of that name and name your corpus in it: touchstone curate preset {path} > {path}.yaml");
        }

        return Curation.Pipelines.Pipeline.Parse(path, ReadText(path, "a pipeline"));
    }

    /// <summary>Reads a file that a person wrote.</summary>
    public static string ReadText(string path, string what)
    {
        if (!File.Exists(path)) throw new CommandException($"There is no file {path}.");
        return new FileInfo(path).Length <= PipelineBytesMax ? File.ReadAllText(path, Encoding.UTF8) : throw new CommandException($"{path} has more than {PipelineBytesMax} bytes; {what} has fewer.");
    }

    public static string FolderOf(string? named, string pipeline, string ending = "-run")
    {
        if (named?.Contains("://", StringComparison.Ordinal) == true) throw new CommandException($"--out: expected a folder on a disk, found the address {named}; a run writes to disks. Name a folder, and copy it to the bucket when the run is finished.", ExitCode.Misuse);
        return named ?? Path.GetFileNameWithoutExtension(pipeline) + ending;
    }

    public static string Share(long part, long whole) => whole == 0 ? "-" : (100.0 * part / whole).ToString("0.00", CultureInfo.InvariantCulture) + " %";
}
