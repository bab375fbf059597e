using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Touchstone.Curation.Runs;
using Touchstone.Files.Storage;

namespace Touchstone.Curation.Slurm;

/// <summary>Names and files of a run's jobs. Jobs are known by their names, which follow from the run's folder, so that nothing that a killed process failed to write down is lost.</summary>
internal sealed class SlurmPlaces
{
    public SlurmPlaces(string folder, string workingFolder)
    {
        (Folder, WorkingFolder) = (Path.GetFullPath(folder), workingFolder);
        Scripts = Path.Combine(Folder, "slurm");
        Logs = Path.Combine(Scripts, "logs");
        _mark = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(LinkedPath.Real(Folder))))[..8];
    }

    private readonly string _mark;

    /// <summary>The run's folder.</summary>
    public string Folder { get; }

    /// <summary>Folder that paths of the pipeline are relative to.</summary>
    public string WorkingFolder { get; }

    public string Scripts { get; }

    public string Logs { get; }

    public string SettingsFile => Path.Combine(Scripts, "settings.json");

    public string Script(RunStep step) => Path.Combine(Scripts, step.Name + ".sbatch");

    public string JobName(RunStep step) => $"touchstone-{_mark}-{step.Name}";

    /// <summary>Logs of a step's jobs, with sbatch's signs for job and task.</summary>
    public string LogPattern(RunStep step, int tasks) => Path.Combine(Logs, step.Name).Replace("%", "%%", StringComparison.Ordinal) + (tasks > 1 ? "-%A_%a.log" : "-%j.log");

    /// <summary>The log that a task of a step wrote last; null where there is none.</summary>
    public string? LastLog(RunStep step, int task, int tasks)
    {
        if (!Directory.Exists(Logs)) return null;
        var pattern = tasks > 1 ? string.Create(CultureInfo.InvariantCulture, $"{step.Name}-*_{task}.log") : $"{step.Name}-*.log";
        return new DirectoryInfo(Logs).EnumerateFiles(pattern).MaxBy(f => f.LastWriteTimeUtc)?.FullName;
    }
}
