using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Touchstone.Curation.Decontamination;
using Touchstone.Curation.Deduplication;
using Touchstone.Curation.Writing;

namespace Touchstone.Curation.Runs;

/// <summary>A step with its parameters and what it did.</summary>
/// <param name="Step">Its name in the pipeline file.</param>
/// <param name="Id">Name of its rules with the implementation that they follow.</param>
/// <param name="Parameters">All parameters.</param>
/// <param name="Tally">What it did.</param>
/// <param name="Found">What a deduplication found; null for steps that look at one document at a time.</param>
/// <param name="Benchmarks">How much of each benchmark a decontamination searched for; null for other steps, and in manifests of versions that did not tell.</param>
public sealed record ManifestStep(string Step, string Id, JsonObject Parameters, StepTally Tally, DeduplicationSummary? Found, IReadOnlyList<BenchmarkCount>? Benchmarks = null);

/// <summary>What a finished run did: written last, and what other programs read.</summary>
public sealed record RunManifest
{
    /// <summary>Version of the folder's layout.</summary>
    public int Version { get; init; } = RunPlan.CurrentVersion;

    /// <summary>The program that made it.</summary>
    public required string Program { get; init; }

    /// <summary>Digest of the pipeline with all parameters.</summary>
    public required string Pipeline { get; init; }

    /// <summary>The source's files.</summary>
    public required IReadOnlyList<PlannedInput> Inputs { get; init; }

    /// <summary>Bytes of the source, decompressed.</summary>
    public required long ReadBytes { get; init; }

    /// <summary>Documents of the source.</summary>
    public required Amount Read { get; init; }

    /// <summary>What could not be read, by code; the list is <c>faults.jsonl</c>.</summary>
    public required SortedDictionary<string, long> Faults { get; init; }

    /// <summary>The steps.</summary>
    public required IReadOnlyList<ManifestStep> Steps { get; init; }

    /// <summary>Documents of the sink.</summary>
    public required Amount Kept { get; init; }

    /// <summary>Sums of what steps counted in kept documents.</summary>
    public required SortedDictionary<string, long> Counted { get; init; }

    /// <summary>Documents of the source by number of words; see <see cref="Tally.WordBins"/>.</summary>
    public required long[] ReadWords { get; init; }

    /// <summary>Documents of the sink by number of words.</summary>
    public required long[] KeptWords { get; init; }

    /// <summary>Files of kept documents, below the run's folder.</summary>
    public required IReadOnlyList<OutputFile> Outputs { get; init; }

    /// <summary>Files of dropped documents.</summary>
    public required IReadOnlyList<OutputFile> DroppedOutputs { get; init; }

    /// <summary>Files that tell what became of each document.</summary>
    public required IReadOnlyList<OutputFile> Fates { get; init; }

    /// <summary>Files of clusters of near-duplicates, one for each MinHash step; none in manifests of versions that did not keep them.</summary>
    public IReadOnlyList<OutputFile> Clusters { get; init; } = [];

    /// <summary>The list of what could not be read, with a line for each fault; null where there was nothing, and in manifests of versions that did not describe it.</summary>
    public OutputFile? FaultList { get; init; }

    /// <summary>Names of the text's and the name's member in the outputs.</summary>
    public required string TextMember { get; init; }

    /// <summary>Name of the member that has a document's name.</summary>
    public required string IdMember { get; init; }

    /// <summary>What all processes of the run took.</summary>
    public required RunUsage Usage { get; init; }

    /// <summary>Processes that worked on the run, one after another or at once.</summary>
    public required int Sessions { get; init; }

    /// <summary>Threads that judged documents in the last process.</summary>
    public required int Workers { get; init; }

    /// <summary>When the run was finished; null in manifests of versions that did not tell.</summary>
    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>When the run was finished, where this time nothing was done because it was so before; null otherwise. Of a run whose manifest does not tell, when that was written last.</summary>
    [JsonIgnore]
    public DateTimeOffset? FinishedBefore { get; init; }

    /// <summary>Reads the manifest of a run's folder.</summary>
    /// <exception cref="FileNotFoundException">There is none: the run is not finished, or the folder is no run's.</exception>
    public static RunManifest Load(string folder)
    {
        var file = Path.Combine(folder, "manifest.json");
        if (!File.Exists(file))
            throw new FileNotFoundException(File.Exists(Path.Combine(folder, "plan.json")) ? $"{folder}: the run is not finished; run it again with the same pipeline to go on." : $"{folder}: there is no manifest.json; name the folder of a run.");
        try
        {
            return JsonSerializer.Deserialize<RunManifest>(File.ReadAllBytes(file), RunPlan.Json) ?? throw new InvalidDataException($"{file} is empty.");
        }
        catch (JsonException broken)
        {
            throw new InvalidDataException($"{file} is no manifest of a run: {broken.Message}", broken);
        }
    }
}
