using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Touchstone.Curation.Pipelines;
using Touchstone.Curation.Reading;
using Touchstone.Curation.Reading.Objects;

namespace Touchstone.Curation.Runs;

/// <summary>A file of a run's source.</summary>
/// <param name="File">Its path, or the address of an object.</param>
/// <param name="Bytes">Its size.</param>
/// <param name="Modified">When it was last written; null in plans of older versions.</param>
/// <param name="Sample">SHA-256 over its size and its first, middle and last 64 KiB: tells another file of the name without reading it all. Null of an object.</param>
/// <param name="ETag">Entity tag of an object, which tells another one of the address. Null of a file.</param>
public sealed record PlannedInput(
    string File, long Bytes, DateTime? Modified, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Sample = null,
    [property: JsonPropertyName("etag"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? ETag = null)
{
    private const int PieceBytes = 64 * 1024;

    /// <summary>Whether a file is what it was when it was planned. An object that was written anew with the same content is; its tag tells.</summary>
    internal bool IsStill(PlannedInput now) => this == (Modified is null || ETag is not null ? now with { Modified = Modified } : now);

    /// <summary>Takes down what was found.</summary>
    public static PlannedInput Of(SourceInput input) => input.ETag is null ? Of(input.File) : new(input.File, input.Bytes, input.Modified, ETag: input.ETag);

    /// <summary>Looks at a file.</summary>
    private static PlannedInput Of(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, bufferSize: 0);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var bytes = stream.Length;
        hash.AppendData(BitConverter.GetBytes(bytes));
        var buffer = new byte[PieceBytes];
        foreach (var offset in (long[])[0, bytes / 2, Math.Max(0, bytes - PieceBytes)])
        {
            stream.Position = offset;
            hash.AppendData(buffer, 0, stream.ReadAtLeast(buffer, PieceBytes, throwOnEndOfStream: false));
        }

        return new(file, bytes, System.IO.File.GetLastWriteTimeUtc(file), Convert.ToHexStringLower(hash.GetHashAndReset()));
    }
}

/// <summary>What a run will do: written once into its folder, and compared when it goes on.</summary>
public sealed record RunPlan
{
    /// <summary>Version of the folder's layout.</summary>
    public const int CurrentVersion = 1;

    /// <summary>Version of the folder's layout.</summary>
    public int Version { get; init; } = CurrentVersion;

    /// <summary>Digest of the pipeline with all parameters.</summary>
    public required string Pipeline { get; init; }

    /// <summary>The steps with all their parameters.</summary>
    public required JsonArray Steps { get; init; }

    /// <summary>The source's files, in order.</summary>
    public required IReadOnlyList<PlannedInput> Inputs { get; init; }

    /// <summary>The shards that work is cut into.</summary>
    public required IReadOnlyList<IReadOnlyList<SourcePart>> Shards { get; init; }

    /// <summary>Bytes of the source as it is stored.</summary>
    [JsonIgnore]
    public long Bytes => Inputs.Sum(i => i.Bytes);

    internal static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    internal static readonly JsonSerializerOptions OneLine = new(Json) { WriteIndented = false };

    /// <summary>Plans a run.</summary>
    /// <param name="pipeline">The recipe.</param>
    /// <param name="shardBytes">About how many bytes on the disk a shard has.</param>
    /// <exception cref="FileNotFoundException">A pattern of the source names no file.</exception>
    public static RunPlan Of(Pipeline pipeline, long shardBytes = Source.ShardBytes)
    {
        IReadOnlyList<PlannedInput> inputs = [.. pipeline.Source.Files().Select(PlannedInput.Of)];
        return new()
        {
            Pipeline = pipeline.Digest(),
            Steps = pipeline.StepsToJson(),
            Inputs = inputs,
            Shards = pipeline.Source.Shards([.. inputs.Select(i => SourcePart.Whole(i.File, i.Bytes, i.ETag))], shardBytes),
        };
    }

    /// <summary>Numbers of the pipeline's steps that a stage begins with: the first one, and each deduplication.</summary>
    internal IReadOnlyList<int> StageBegins =>
        [0, .. Enumerable.Range(0, Steps.Count).Where(s => StepRegistry.All.Any(k => k.IsBarrier && k.Name == (string?)Steps[s]!["step"]))];

    /// <summary>Why a shard cannot be read as it was planned; null where its files are as they were.</summary>
    /// <remarks>Objects are not looked at: reading asks for the tag that the plan has, with every range.</remarks>
    /// <exception cref="IOException">A file is gone.</exception>
    internal string? DifferenceOf(int shard)
    {
        foreach (var file in Shards[shard].Select(p => p.File).Distinct(StringComparer.Ordinal))
        {
            var planned = Inputs.FirstOrDefault(i => i.File == file) ?? throw new InvalidDataException($"The plan's shard {shard} names {file}, which is not among its inputs.");
            if (!ObjectAddress.IsAddress(file) && !planned.IsStill(PlannedInput.Of(Source.Input(file, ReadOptions.Default)))) return $"{file} is another file than when the run was planned";
        }

        return null;
    }

    /// <summary>The plan as its file has it.</summary>
    public byte[] ToBytes() => Encoding.UTF8.GetBytes(JsonSerializer.Serialize(this, Json) + "\n");

    /// <summary>Why a run of this plan cannot go on with another; null where it can.</summary>
    public string? DifferenceTo(RunPlan now)
    {
        if (Version != now.Version) return $"it was made by another version of the program (layout {Version}, this one writes {now.Version})";
        if (Pipeline != now.Pipeline) return "its pipeline has other steps, parameters or sinks, or a list, model or benchmark that it names has changed";
        if (Inputs.Count != now.Inputs.Count) return $"its source had {Inputs.Count} files, there are {now.Inputs.Count} now";
        for (var i = 0; i < Inputs.Count; i++)
            if (!Inputs[i].IsStill(now.Inputs[i])) return $"its source had another file than {now.Inputs[i].File} as it is now";
        return null;
    }
}
