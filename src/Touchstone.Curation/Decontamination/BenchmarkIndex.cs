using System.IO.Compression;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Touchstone.Files.Lines;

namespace Touchstone.Curation.Decontamination;

/// <summary>The runs of tokens of benchmarks that must not stand in a corpus, by hash.</summary>
/// <remarks>
/// Runs are kept as 64-bit hashes alone, 12 bytes at a load of one half: a corpus of 10^12 tokens against an index of 10^6 runs meets a false one with a chance of about 5 %. Filled once, then read on many threads.
/// </remarks>
public sealed partial class BenchmarkIndex
{
    private const ulong Base = 0x9E3779B97F4A7C15; // odd, from the golden ratio, as in Fibonacci hashing

    private readonly OverlapOptions _options;
    private readonly List<string> _tasks = [];
    private readonly List<(long Searched, long TooShort)> _counts = [];
    private readonly OverlapTokens _query = new();
    private readonly OverlapTokens _label = new();
    private readonly ulong _top; // what the oldest token of a run counts
    private ulong[] _keys = new ulong[1024];
    private int[] _values = new int[1024]; // task, counted from 1; 0 is an empty place

    /// <summary>An empty index.</summary>
    /// <param name="options">What counts as an overlap.</param>
    /// <exception cref="ArgumentOutOfRangeException">Runs have less than 2 tokens or more than 1000.</exception>
    public BenchmarkIndex(OverlapOptions options)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(options.NGram, 2, nameof(options));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.NGram, 1000, nameof(options));
        _options = options;
        _top = 1;
        for (var i = 1; i < options.NGram; i++) _top *= Base;
    }

    /// <summary>Tokens of a run.</summary>
    public int NGram => _options.NGram;

    /// <summary>Names of the tasks, in the order in which they came.</summary>
    public IReadOnlyList<string> Tasks => _tasks;

    /// <summary>Number of different runs.</summary>
    public int Count { get; private set; }

    /// <summary>Number of questions with answers that were too short to have a run: these cannot be found.</summary>
    public long TooShort => _counts.Sum(c => c.TooShort);

    /// <summary>How much of each task is searched for, in the order of <see cref="Tasks"/>.</summary>
    public IReadOnlyList<BenchmarkCount> Counts => [.. _tasks.Zip(_counts, (task, count) => new BenchmarkCount(task, count.Searched, count.TooShort))];

    /// <summary>Adds a question of a benchmark.</summary>
    /// <param name="task">The task's name, by which documents fall.</param>
    /// <param name="label">The answer.</param>
    /// <param name="query">The question; null where there is none.</param>
    public void Add(string task, string label, string? query = null)
    {
        var (number, before) = (TaskNumber(task), _added);
        _label.Split(label);
        AddRuns(_label, number);
        if (query is not null)
        {
            _query.Split(query);
            if (_options.FindQuery) AddRuns(_query, number);
            if (_options.FindOverlap) AddBridges(number);
        }

        var count = _counts[number - 1];
        _counts[number - 1] = _added == before ? (count.Searched, count.TooShort + 1) : (count.Searched + 1, count.TooShort);
    }

    private long _added;

    private int TaskNumber(string task)
    {
        var name = NotSnake().Replace(task.ToLowerInvariant(), "_").Trim('_');
        if (name.Length == 0) throw new ArgumentException($"Expected a name of a task with a letter or digit, found «{task}».", nameof(task));
        var number = _tasks.IndexOf(name) + 1;
        if (number > 0) return number;
        _tasks.Add(name);
        _counts.Add(default);
        return _tasks.Count;
    }

    private void AddRuns(OverlapTokens tokens, int task)
    {
        ulong hash = 0;
        for (var i = 0; i < tokens.Count; i++)
        {
            hash = Roll(hash, tokens, i);
            if (i + 1 >= NGram) Insert(Finish(hash), task);
        }
    }

    // Runs that begin in the question and end in the answer.
    private void AddBridges(int task)
    {
        for (var ofLabel = 1; ofLabel < NGram; ofLabel++)
        {
            var ofQuery = NGram - ofLabel;
            if (_query.Count < ofQuery || _label.Count < ofLabel) continue;
            ulong hash = 0;
            for (var i = _query.Count - ofQuery; i < _query.Count; i++) hash = hash * Base + _query[i].Hash;
            for (var i = 0; i < ofLabel; i++) hash = hash * Base + _label[i].Hash;
            Insert(Finish(hash), task);
        }
    }

    /// <summary>The hash of the run that ends at a token, from that of the one before.</summary>
    internal ulong Roll(ulong hash, OverlapTokens tokens, int last)
    {
        if (last >= NGram) hash -= tokens[last - NGram].Hash * _top;
        return hash * Base + tokens[last].Hash;
    }

    // The last bits of the sum depend on the last bits of its parts alone; 0 stands for nothing.
    internal static ulong Finish(ulong hash)
    {
        hash = (hash ^ (hash >> 32)) * 0xD6E8FEB86659FD93; // the finisher of D. Lemire and T. Steele's rrmxmx, public domain
        return hash ^ (hash >> 32);
    }

    private void Insert(ulong hash, int task)
    {
        _added++;
        if (2 * (Count + 1) > _keys.Length) Grow();
        var place = Place(_keys, _values, hash);
        if (_values[place] != 0) return; // the first task that has it keeps it
        (_keys[place], _values[place]) = (hash, task);
        Count++;
    }

    private void Grow()
    {
        var (keys, values) = (new ulong[checked(2 * _keys.Length)], new int[2 * _keys.Length]);
        for (var i = 0; i < _keys.Length; i++)
        {
            if (_values[i] == 0) continue;
            var place = Place(keys, values, _keys[i]);
            (keys[place], values[place]) = (_keys[i], _values[i]);
        }

        (_keys, _values) = (keys, values);
    }

    private static int Place(ulong[] keys, int[] values, ulong hash)
    {
        var place = (int)(hash >> 20) & (keys.Length - 1);
        while (values[place] != 0 && keys[place] != hash) place = (place + 1) & (keys.Length - 1);
        return place;
    }

    /// <summary>The task whose run has this hash, counted from 1; 0 where none has.</summary>
    internal int Find(ulong hash) => _values[Place(_keys, _values, hash)];

    /// <summary>Adds the questions of a file: JSON lines with the members that the options name, or plain text with an answer a line; both may be compressed by gzip.</summary>
    /// <param name="path">A file whose name ends in <c>.jsonl</c>, <c>.ndjson</c> or <c>.txt</c>, with <c>.gz</c> or without. The task is named for it where records do not say.</param>
    /// <param name="faults">Takes one message for each line that could not be used, with file, line, what was expected and found.</param>
    /// <exception cref="ArgumentException">The file's name has none of these endings.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public void AddFile(string path, ICollection<string> faults)
    {
        var plain = path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? path[..^3] : path;
        var kind = Path.GetExtension(plain).ToLowerInvariant();
        if (kind is not (".jsonl" or ".ndjson" or ".txt")) throw new ArgumentException($"{path}: expected a benchmark as .jsonl, .ndjson or .txt (with .gz or without); found «{kind}».", nameof(path));

        using var file = File.OpenRead(path);
        using var stream = plain.Length < path.Length ? new GZipStream(file, CompressionMode.Decompress) : (Stream)file;
        foreach (var line in NdjsonReader.Read(stream))
        {
            var fault = line.IsTooLong ? $"the line is longer than {NdjsonReader.DefaultMaxLineBytes} bytes"
                : kind == ".txt" ? AddLine(Path.GetFileNameWithoutExtension(plain), line.Bytes.Span) : AddRecord(Path.GetFileNameWithoutExtension(plain), line.Bytes);
            if (fault is not null) faults.Add($"{path}:{line.Number}: {fault}");
        }
    }

    private string? AddLine(string task, ReadOnlySpan<byte> line)
    {
        Add(task, Encoding.UTF8.GetString(line));
        return null;
    }

    private string? AddRecord(string task, ReadOnlyMemory<byte> line)
    {
        try
        {
            using var parsed = JsonDocument.Parse(line);
            if (parsed.RootElement.ValueKind != JsonValueKind.Object) return $"expected an object, found {parsed.RootElement.ValueKind}";
            var labels = Labels(parsed.RootElement);
            if (labels.Count == 0) return $"expected a text or list of texts in one of {string.Join(", ", _options.LabelFields)}, found none";
            var query = Member(parsed.RootElement, _options.QueryField);
            foreach (var label in labels) Add(Member(parsed.RootElement, _options.TaskField) ?? task, label, query);
            return null;
        }
        catch (JsonException fault)
        {
            return $"expected JSON: {fault.Message}";
        }
        catch (InvalidOperationException)
        {
            return "expected text in valid UTF-8 and UTF-16, found a lone surrogate or a broken sequence";
        }
    }

    private List<string> Labels(JsonElement record)
    {
        foreach (var field in _options.LabelFields)
        {
            if (Member(record, field) is { } label) return [label];
            if (!record.TryGetProperty(field, out var list) || list.ValueKind != JsonValueKind.Array) continue;
            var labels = new List<string>();
            foreach (var item in list.EnumerateArray())
                if (item.ValueKind == JsonValueKind.String) labels.Add(item.GetString()!);
            if (labels.Count > 0) return labels;
        }

        return [];
    }

    private static string? Member(JsonElement record, string name) =>
        record.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    [GeneratedRegex("[^a-z0-9]+")]
    private static partial Regex NotSnake();
}
