using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Touchstone.Curation.Pipelines;
using Touchstone.Curation.Reading;
using Touchstone.Curation.Writing;
using Touchstone.Files.Storage;

namespace Touchstone.Curation.Composition;

/// <summary>What the sizes of sources are measured in.</summary>
public enum MixUnit
{
    /// <summary>Documents.</summary>
    Documents,

    /// <summary>Runs of characters that are no white space, as manifests of runs count them.</summary>
    Words,

    /// <summary>Unicode code points.</summary>
    Characters,

    /// <summary>Bytes of the texts in UTF-8.</summary>
    Bytes,

    /// <summary>Tokens, which each record tells by a number of its own.</summary>
    Tokens,
}

/// <summary>A source of a mixture. It has a weight, or says how much of it or how often it goes in; with none of these every document goes in once.</summary>
/// <param name="Name">Its name in the recipe.</param>
/// <param name="Source">Where its documents come from.</param>
/// <param name="Weight">What it shall be of the mixture, beside the others' weights; null where sources have none.</param>
/// <param name="Amount">How much of it goes in, in the recipe's unit; null where something else decides.</param>
/// <param name="Repeats">How often each of its documents goes in on average: below 1 a sample, above 1 several epochs; null where something else decides.</param>
/// <param name="Licence">Terms of its documents, for the manifest; null where records state theirs or nobody does.</param>
public sealed record MixSource(string Name, Source Source, double? Weight, double? Amount, double? Repeats, string? Licence);

/// <summary>A recipe of a mixture: sources with their shares, and how the mixture is written.</summary>
public sealed record MixRecipe
{
    private static readonly string[] Keys = ["sources", "unit", "token_member", "size", "repeats_max", "seed", "mark", "compression", "level", "shard"];
    private static readonly string[] SourceKeys = ["weight", "amount", "repeats", "licence"];
    private const double RepeatsLimit = 1000;

    private MixRecipe()
    {
    }

    /// <summary>The sources, in the recipe's order.</summary>
    public required IReadOnlyList<MixSource> Sources { get; init; }

    /// <summary>What sizes are measured in.</summary>
    public MixUnit Unit { get; init; } = MixUnit.Words;

    /// <summary>Member of each record that has its number of tokens; null where these are not the unit.</summary>
    public string? TokenMember { get; init; }

    /// <summary>Size of the mixture in the unit, where sources have weights; null for as much as there is.</summary>
    public double? Size { get; init; }

    /// <summary>How often a document may go in at most where weights or amounts decide.</summary>
    public double RepeatsMax { get; init; } = 1;

    /// <summary>Another seed draws other samples and another order.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Member that takes the name of each document's source; null leaves records as they are.</summary>
    public string? Mark { get; init; }

    /// <summary>How files are compressed.</summary>
    public BlockCompression Blocks { get; init; } = new(LinesCompression.Gzip);

    /// <summary>A file ends before the block of documents that would make it longer.</summary>
    public long ShardBytes { get; init; } = Sink.DefaultShardBytes;

    /// <summary>The recipe with what it leaves to defaults, for manifests.</summary>
    public required JsonObject Parameters { get; init; }

    /// <summary>Whether weights say how much of each source goes in.</summary>
    public bool HasWeights => Sources.Any(s => s.Weight is not null);

    /// <summary>Digest of everything that decides what comes out of the same sources.</summary>
    public string Digest() => FileDigest.Of(Encoding.UTF8.GetBytes(Parameters.ToJsonString()));

    /// <summary>Reads a recipe.</summary>
    /// <param name="file">Its name, for messages.</param>
    /// <param name="yaml">Its content.</param>
    /// <exception cref="PipelineException">Names the line and the column of what is wrong.</exception>
    public static MixRecipe Parse(string file, string yaml)
    {
        if (YamlReader.Read(file, yaml) is not YamlMap root) throw new PipelineException(file, 1, 1, $"expected a recipe with {string.Join(", ", Keys)}");
        root.Allow("a recipe of a mixture", Keys);
        if (root.Find("sources") is not YamlMap { Members.Count: > 0 } sources)
            throw (root.Find("sources") ?? root).Fault("expected \"sources\" with names, such as { web: { jsonl: \"web/*.jsonl.gz\", weight: 3 }, books: { parquet: \"books/*.parquet\", weight: 1 } }");
        var unit = UnitOf(root.Find("unit"));
        var tokens = Text(root, "token_member");
        if (unit == MixUnit.Tokens && tokens is null) throw root.Find("unit")!.Fault("unit: tokens: expected \"token_member\", the member of each record that has its number of tokens, found none");
        if (unit != MixUnit.Tokens && tokens is not null) throw root.Find("token_member")!.Fault("token_member: expected the unit tokens beside it");
        var (compression, level, shard) = SinkFiles.Parse("a recipe of a mixture", root);
        var parsed = sources.Members.Select(m => ParseSource(m.Key, m.Value)).ToList();
        CheckShares(root, sources, parsed);
        var recipe = new MixRecipe
        {
            Sources = parsed,
            Unit = unit,
            TokenMember = tokens,
            Size = Number(root, "size", "the size of the mixture", 0, double.MaxValue),
            RepeatsMax = Number(root, "repeats_max", "repeats_max", 0, RepeatsLimit) ?? 1,
            Seed = SeedOf(root.Find("seed")),
            Mark = Text(root, "mark"),
            Blocks = new(compression, level),
            ShardBytes = shard,
            Parameters = new JsonObject(),
        };
        return recipe with { Parameters = recipe.ToJson(level) };
    }

    private static MixSource ParseSource(YamlScalar name, YamlNode node)
    {
        if (name.Value.Length is 0 or > 100 || name.Value.Any(char.IsControl)) throw name.Fault("sources: expected a name of 1 to 100 characters");
        var map = node as YamlMap ?? throw node.Fault($"{name.Value}: expected a source such as {{ jsonl: \"{name.Value}/*.jsonl.gz\", weight: 1 }}, found {node.Shown}");
        var shares = SourceKeys.Take(3).Where(k => map.Find(k) is not null).ToList();
        if (shares.Count > 1) throw map.Find(shares[1])!.Fault($"{name.Value}: expected one of weight, amount and repeats, found {shares[0]} and {shares[1]}");
        return new(
            name.Value, Pipeline.ParseSource(map, name.Value, SourceKeys), Number(map, "weight", $"{name.Value}: weight", -1, double.MaxValue), Number(map, "amount", $"{name.Value}: amount", 0, double.MaxValue),
            Number(map, "repeats", $"{name.Value}: repeats", 0, RepeatsLimit), Text(map, "licence"));
    }

    private static void CheckShares(YamlMap root, YamlMap sources, List<MixSource> parsed)
    {
        if (parsed.Any(s => s.Weight is not null))
        {
            var without = parsed.FindIndex(s => s.Weight is null);
            if (without >= 0) throw sources.Members[without].Key.Fault($"{parsed[without].Name}: expected a weight, since other sources have one");
            if (parsed.All(s => s.Weight == 0)) throw sources.Fault("sources: expected a weight above 0, found none");
        }
        else if (root.Find("size") is { } size)
        {
            throw size.Fault("size: expected weights of the sources beside it, found none; \"amount\" says how much of one source goes in");
        }
    }

    private static MixUnit UnitOf(YamlNode? node)
    {
        if (node is null) return MixUnit.Words;
        foreach (var unit in Enum.GetValues<MixUnit>())
            if (node is YamlScalar word && word.Value == ParameterBinder.SnakeCase(unit.ToString())) return unit;
        throw node.Fault($"unit: expected {string.Join(", ", Enum.GetNames<MixUnit>().Select(ParameterBinder.SnakeCase))}, found {node.Shown}");
    }

    private static ulong SeedOf(YamlNode? node) => node switch
    {
        null => 1,
        YamlScalar text when ulong.TryParse(text.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var seed) => seed,
        _ => throw node.Fault($"seed: expected a whole number from 0, found {node.Shown}"),
    };

    private static string? Text(YamlMap map, string key) => map.Find(key) switch
    {
        null => null,
        YamlScalar { IsNull: false, Value.Length: > 0 and <= 1000 } text => text.Value,
        var other => throw other.Fault($"{key}: expected a text, found {other.Shown}"),
    };

    /// <summary>A number above a bound; a bound below 0 allows 0.</summary>
    private static double? Number(YamlMap map, string key, string what, double above, double most)
    {
        if (map.Find(key) is not { } node) return null;
        if (node is YamlScalar text && double.TryParse(text.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number > above && number <= most && number >= 0) return number;
        throw node.Fault($"{what}: expected a number {(above < 0 ? "from" : "above")} 0{(most < double.MaxValue ? $" up to {most.ToString(CultureInfo.InvariantCulture)}" : "")}, found {node.Shown}");
    }

    private JsonObject ToJson(int? level) => new()
    {
        ["sources"] = new JsonArray([.. Sources.Select(s => (JsonNode)new JsonObject
        {
            ["name"] = s.Name,
            ["kind"] = ParameterBinder.SnakeCase(s.Source.Kind.ToString()),
            ["files"] = new JsonArray([.. s.Source.Patterns.Select(p => (JsonNode)p)]),
            ["text_member"] = s.Source.Options.TextName,
            ["id_member"] = s.Source.Options.IdName,
            ["record_limit"] = s.Source.Options.RecordBytesMax,
            ["weight"] = s.Weight,
            ["amount"] = s.Amount,
            ["repeats"] = s.Repeats,
            ["licence"] = s.Licence,
        })]),
        ["unit"] = ParameterBinder.SnakeCase(Unit.ToString()),
        ["token_member"] = TokenMember,
        ["size"] = Size,
        ["repeats_max"] = RepeatsMax,
        ["seed"] = Seed,
        ["mark"] = Mark,
        ["compression"] = ParameterBinder.SnakeCase(Blocks.Compression.ToString()),
        ["level"] = level,
        ["shard"] = ShardBytes,
    };
}
