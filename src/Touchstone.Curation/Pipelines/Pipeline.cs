using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Touchstone.Curation.Reading;
using Touchstone.Files.Storage;

namespace Touchstone.Curation.Pipelines;

/// <summary>A recipe: where documents come from, which steps they go through, where they go.</summary>
public sealed class Pipeline
{
    private static readonly string[] Keys = ["source", "steps", "sink", "dropped"];
    private static readonly string[] SourceOptions = ["text_member", "id_member", "record_limit"];

    private Pipeline(Source source, IReadOnlyList<PipelineStep> steps, Sink sink, Sink? dropped) => (Source, Steps, Sink, Dropped) = (source, steps, sink, dropped);

    /// <summary>Where documents come from.</summary>
    public Source Source { get; }

    /// <summary>The steps, in order.</summary>
    public IReadOnlyList<PipelineStep> Steps { get; }

    /// <summary>Where kept documents go.</summary>
    public Sink Sink { get; }

    /// <summary>Where dropped documents go, each with its reason; null where they are only counted.</summary>
    public Sink? Dropped { get; }

    /// <summary>Names of what a source's files can hold.</summary>
    public static IReadOnlyList<string> SourceKinds { get; } = [.. Enum.GetNames<SourceKind>().Select(ParameterBinder.SnakeCase)];

    /// <summary>Reads a pipeline file.</summary>
    /// <param name="file">Its name, for messages.</param>
    /// <param name="yaml">Its content.</param>
    /// <param name="kinds">The kinds of steps that it may name; <see cref="StepRegistry.All"/> when null.</param>
    /// <exception cref="PipelineException">Names the line and the column of what is wrong.</exception>
    public static Pipeline Parse(string file, string yaml, IReadOnlyList<StepKind>? kinds = null)
    {
        if (YamlReader.Read(file, yaml) is not YamlMap root) throw new PipelineException(file, 1, 1, $"expected a pipeline with {string.Join(", ", Keys)}");
        root.Allow("a pipeline", Keys);
        var source = ParseSource(root.Find("source") ?? throw root.Fault("expected a \"source\" such as { jsonl: \"corpus/*.jsonl.gz\" }, found none"));
        var sink = ParseSink("sink", root.Find("sink") ?? throw root.Fault("expected a \"sink\" such as { jsonl: out/ }, found none"), isParquetAllowed: true);
        var dropped = root.Find("dropped") is { } aside ? ParseSink("dropped", aside, isParquetAllowed: false) : null;
        if (dropped is not null && FullPath(dropped) == FullPath(sink)) throw root.Find("dropped")!.Fault("dropped: expected a folder other than the sink's");
        return new(source, ParseSteps(root.Find("steps"), kinds ?? StepRegistry.All), sink, dropped);
    }

    /// <summary>The steps with all their parameters, as manifests have them.</summary>
    public JsonArray StepsToJson() => new([.. Steps.Select(s => (JsonNode)new JsonObject { ["step"] = s.Name, ["id"] = s.Id, ["parameters"] = s.Parameters.DeepClone() })]);

    /// <summary>Digest of everything that decides what comes out of the same input, with the content of the files that steps name.</summary>
    /// <exception cref="IOException">A file that a step names is gone.</exception>
    public string Digest()
    {
        var all = new JsonObject
        {
            ["source"] = new JsonObject { ["kind"] = Source.Kind.ToString(), ["text"] = Source.Options.TextName, ["id"] = Source.Options.IdName, ["limit"] = Source.Options.RecordBytesMax, ["batch"] = Source.Options.BatchBytes },
            ["steps"] = StepsToJson(),
            ["sink"] = ToJson(Sink),
            ["dropped"] = Dropped is null ? null : ToJson(Dropped),
        };
        if (Steps.Any(s => s.Files.Count > 0)) all["files"] = new JsonArray([.. Steps.SelectMany(s => s.Files).Select(f => (JsonNode)ContentDigest(f))]);
        return FileDigest.Of(Encoding.UTF8.GetBytes(all.ToJsonString()));
    }

    /// <summary>The same pipeline that reads in batches of another size: for tests, which have small corpora.</summary>
    internal Pipeline WithBatches(int batchBytes) => new(Source with { Options = Source.Options with { BatchBytes = batchBytes } }, Steps, Sink, Dropped);

    private static string ContentDigest(string file)
    {
        using var content = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, bufferSize: 0, FileOptions.SequentialScan);
        return Convert.ToHexStringLower(SHA256.HashData(content));
    }

    private static string FullPath(Sink sink) => Path.TrimEndingDirectorySeparator(Path.GetFullPath(sink.Path));

    private static JsonObject ToJson(Sink sink) => new() { ["kind"] = sink.Kind.ToString(), ["path"] = sink.Path, ["compression"] = sink.Compression.ToString(), ["level"] = sink.Level, ["shard"] = sink.ShardBytes };

    /// <summary>Reads where documents come from.</summary>
    /// <param name="node">A mapping with a kind and patterns.</param>
    /// <param name="what">What it is called in messages.</param>
    /// <param name="others">Names that somebody else reads.</param>
    internal static Source ParseSource(YamlNode node, string what = "source", params IReadOnlyList<string> others)
    {
        var map = node as YamlMap ?? throw node.Fault($"{what}: expected a mapping such as {{ jsonl: \"corpus/*.jsonl.gz\" }}, found {node.Shown}");
        map.Allow(what, [.. SourceKinds, .. SourceOptions, .. others]);
        var kinds = map.Members.Where(m => SourceKinds.Contains(m.Key.Value)).ToList();
        if (kinds.Count != 1) throw (kinds.Count == 0 ? (YamlNode)map : kinds[1].Key).Fault($"{what}: expected one of {string.Join(", ", SourceKinds)}, found {(kinds.Count == 0 ? "none" : "two")}");
        var patterns = kinds[0].Value is YamlList list ? list.Items : [kinds[0].Value];
        if (patterns.Count == 0) throw kinds[0].Value.Fault($"{what}: expected a path or a pattern, found an empty list");
        var options = ReadOptions.Default with
        {
            TextName = Text(map, "text_member") ?? ReadOptions.Default.TextName,
            IdName = Text(map, "id_member") ?? ReadOptions.Default.IdName,
            RecordBytesMax = (int)(SinkFiles.Bytes(map, what, "record_limit", 1, ReadOptions.RecordBytesLimit) ?? ReadOptions.Default.RecordBytesMax),
        };
        return new(Enum.Parse<SourceKind>(kinds[0].Key.Value, ignoreCase: true), [.. patterns.Select(p => Path(p, what))], options);

        static string Path(YamlNode pattern, string what) => pattern is YamlScalar { IsNull: false } text ? text.Value : throw pattern.Fault($"{what}: expected a path or a pattern, found {pattern.Shown}");
    }

    private static Sink ParseSink(string what, YamlNode node, bool isParquetAllowed)
    {
        var map = node as YamlMap ?? throw node.Fault($"{what}: expected a mapping such as {{ jsonl: out/, compression: gzip }}, found {node.Shown}");
        string[] kinds = isParquetAllowed ? ["jsonl", "parquet"] : ["jsonl"];
        map.Allow(what, [.. kinds, .. SinkFiles.Keys]);
        var kind = map.Members.Where(m => kinds.Contains(m.Key.Value)).ToList();
        if (kind.Count != 1) throw map.Fault($"{what}: expected {string.Join(" or ", kinds)}, found {(kind.Count == 0 ? "none" : "both")}");
        if (kind[0].Value is not YamlScalar { IsNull: false } folder) throw kind[0].Value.Fault($"{what}: expected a folder, found {kind[0].Value.Shown}");
        if (folder.Value.Contains("://", StringComparison.Ordinal)) throw folder.Fault($"{what}: expected a folder on a disk, found the address {folder.Value}; a run writes to disks. Name a folder, and copy it to the bucket when the run is finished");
        var (compression, level, shard) = SinkFiles.Parse(what, map);
        return new(Enum.Parse<SinkKind>(kind[0].Key.Value, ignoreCase: true), folder.Value, compression, level, shard);
    }

    private static List<PipelineStep> ParseSteps(YamlNode? node, IReadOnlyList<StepKind> kinds)
    {
        if (node is null or YamlScalar { IsNull: true }) return [];
        if (node is not YamlList list) throw node.Fault($"steps: expected a list of steps, found {node.Shown}");
        var steps = new List<PipelineStep>();
        foreach (var item in list.Items)
        {
            var (name, parameters) = item switch
            {
                YamlScalar { IsNull: false } scalar => (scalar, null),
                YamlMap { Members: [var only] } => (only.Key, only.Value),
                _ => throw item.Fault($"steps: expected the name of a step, or \"name: {{ parameters }}\", found {item.Shown}"),
            };
            var kind = kinds.FirstOrDefault(k => k.Name == name.Value) ?? throw name.Fault($"there is no step \"{name.Value}\"; there are {string.Join(", ", kinds.Select(k => k.Name))}");
            steps.Add(kind.Make(name, parameters));
        }

        return steps;
    }

    private static string? Text(YamlMap map, string key) => map.Find(key) switch
    {
        null => null,
        YamlScalar { IsNull: false } text => text.Value,
        var other => throw other.Fault($"{key}: expected a name, found {other.Shown}"),
    };
}
