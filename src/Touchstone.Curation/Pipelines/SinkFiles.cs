using Touchstone.Curation.Writing;

namespace Touchstone.Curation.Pipelines;

/// <summary>How files of lines are written, as pipelines and recipes say it.</summary>
internal static class SinkFiles
{
    /// <summary>The names that <see cref="Parse"/> reads.</summary>
    public static readonly string[] Keys = ["compression", "level", "shard"];

    /// <summary>Reads compression, level and the size of files.</summary>
    /// <exception cref="PipelineException">One of them is none.</exception>
    public static (LinesCompression Compression, int? Level, long ShardBytes) Parse(string what, YamlMap map)
    {
        var compression = map.Find("compression") switch
        {
            null => LinesCompression.Gzip,
            YamlScalar { Value: "none" } => LinesCompression.None,
            YamlScalar { Value: "gzip" } => LinesCompression.Gzip,
            YamlScalar { Value: "zstd" } => LinesCompression.Zstd,
            var other => throw other.Fault($"{what}: compression: expected none, gzip or zstd, found {other.Shown}"),
        };
        var level = Bytes(map, what, "level", 1, compression == LinesCompression.Zstd ? 22 : 9);
        return (compression, (int?)level, Bytes(map, what, "shard", 1, long.MaxValue) ?? Sink.DefaultShardBytes);
    }

    /// <summary>An amount of bytes, or another whole number in its range.</summary>
    public static long? Bytes(YamlMap map, string what, string key, long least, long most) => map.Find(key) switch
    {
        null => null,
        YamlScalar text when Sizes.TryParse(text.Value, out var bytes) && bytes >= least && bytes <= most => bytes,
        var other => throw other.Fault($"{what}: {key}: expected an amount from {least} to {most} such as 256MB, found {other.Shown}"),
    };
}
