using Touchstone.Curation.Reading.Objects;

namespace Touchstone.Curation.Reading;

/// <summary>What a source's files hold.</summary>
public enum SourceKind
{
    /// <summary>One JSON object a line.</summary>
    Jsonl,

    /// <summary>Web archives.</summary>
    Warc,

    /// <summary>Texts extracted from web archives.</summary>
    Wet,

    /// <summary>Parquet.</summary>
    Parquet,

    /// <summary>CSV with a header line.</summary>
    Csv,

    /// <summary>Plain text or Markdown, a document a file.</summary>
    Text,

    /// <summary>HTML, a page a file.</summary>
    Html,
}

/// <summary>Where documents come from.</summary>
/// <param name="Kind">What the files hold.</param>
/// <param name="Patterns">The files, as <see cref="FilePatterns"/> names them, and objects of S3 by addresses such as <c>s3://bucket/prefix/*.jsonl.gz</c> with the same wildcards.</param>
/// <param name="Options">How they are read.</param>
public sealed record Source(SourceKind Kind, IReadOnlyList<string> Patterns, ReadOptions Options)
{
    /// <summary>Files smaller than this share of work are put together; larger ones that are not compressed are cut: 128 MiB as they are stored.</summary>
    public const long ShardBytes = 128L << 20;

    /// <summary>The files and objects, each once, in ordinal order of their paths and addresses.</summary>
    /// <exception cref="FileNotFoundException">A pattern names no file or object.</exception>
    /// <exception cref="IOException">A folder or a store cannot be read.</exception>
    public IReadOnlyList<SourceInput> Files()
    {
        var inputs = FilePatterns.Find(Patterns.Where(p => !ObjectAddress.IsAddress(p)), Endings).Select(InputOf).ToDictionary(i => i.File, StringComparer.Ordinal);
        foreach (var pattern in Patterns.Where(ObjectAddress.IsAddress))
            foreach (var found in ObjectPatterns.Find(Options.Objects, pattern, Endings)) inputs.TryAdd(found.File, found);
        return [.. inputs.Values.OrderBy(i => i.File, StringComparer.Ordinal)];
    }

    /// <summary>Looks at one file or object.</summary>
    /// <param name="file">Path, or address of S3.</param>
    /// <param name="options">How it will be read.</param>
    /// <exception cref="FileNotFoundException">There is none.</exception>
    /// <exception cref="IOException">The store cannot be asked.</exception>
    public static SourceInput Input(string file, ReadOptions options)
    {
        if (!ObjectAddress.IsAddress(file)) return InputOf(file);
        var address = ObjectAddress.Parse(file);
        return options.Objects.Find(address) ?? throw ObjectFailure.Missing(address);
    }

    /// <summary>The pattern that names a file, which need not be there; null where none does.</summary>
    public string? Reads(string file) => Patterns.FirstOrDefault(p => !ObjectAddress.IsAddress(p) && FilePatterns.Fits(p, Endings, file));

    /// <summary>Cuts the source into shards of whole files, or of ranges of large files of lines.</summary>
    /// <param name="files">Whole files, in order.</param>
    /// <param name="shardBytes">About how many bytes a shard has.</param>
    public IReadOnlyList<IReadOnlyList<SourcePart>> Shards(IReadOnlyList<SourcePart> files, long shardBytes = ShardBytes)
    {
        var shards = new List<IReadOnlyList<SourcePart>>();
        var open = new List<SourcePart>();
        long bytes = 0;
        foreach (var file in files)
        {
            var size = file.Bytes;
            if (Kind == SourceKind.Jsonl && size >= 2 * shardBytes && !SourceFile.IsCompressed(file, Options))
            {
                Close();
                var count = (int)Math.Min(int.MaxValue, size / shardBytes);
                for (var i = 0; i < count; i++) shards.Add([file with { Start = size / count * i, End = i == count - 1 ? size : size / count * (i + 1) }]);
                continue;
            }

            if (bytes > 0 && bytes + size > shardBytes) Close();
            open.Add(file);
            bytes += size;
        }

        Close();
        return shards;

        void Close()
        {
            if (open.Count > 0) shards.Add(open);
            (open, bytes) = ([], 0);
        }
    }

    /// <summary>Opens a shard for reading.</summary>
    public BatchReader Open(IReadOnlyList<SourcePart> parts) => Reader(parts, Options with { Folder = FilePatterns.Folder(Patterns) });

    private BatchReader Reader(IReadOnlyList<SourcePart> parts, ReadOptions options) => Kind switch
    {
        SourceKind.Jsonl => new JsonLinesReader(parts, options),
        SourceKind.Warc or SourceKind.Wet => new WarcReader(parts, options),
        SourceKind.Parquet => new ParquetFilesReader(parts, options),
        SourceKind.Csv => new CsvReader(parts, options),
        SourceKind.Html => new TextFilesReader(parts, TextFileKind.Html, options),
        _ => new TextFilesReader(parts, TextFileKind.Text, options),
    };

    private static SourceInput InputOf(string file)
    {
        var info = new FileInfo(file);
        return info.Exists ? new(file, info.Length, info.LastWriteTimeUtc, null) : throw new FileNotFoundException($"There is no file {file}.");
    }

    private string[] Endings => Kind switch
    {
        SourceKind.Jsonl => [".jsonl", ".ndjson", ".jsonl.gz", ".ndjson.gz", ".json.gz", ".jsonl.zst", ".ndjson.zst", ".json.zst", ".jsonl.zstd"],
        SourceKind.Warc => [".warc", ".warc.gz", ".warc.zst"],
        SourceKind.Wet => [".wet", ".wet.gz", ".wet.zst"],
        SourceKind.Parquet => [".parquet"],
        SourceKind.Csv => [".csv", ".csv.gz", ".csv.zst"],
        SourceKind.Text => [".txt", ".md", ".markdown", ".txt.gz", ".md.gz"],
        _ => [".html", ".htm", ".xhtml", ".html.gz"],
    };
}
