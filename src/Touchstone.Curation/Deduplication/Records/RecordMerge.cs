namespace Touchstone.Curation.Deduplication.Records;

/// <summary>Many sorted files of records read as one, in order, with one block or more of each in memory: a tree of losers.</summary>
/// <remarks>D. E. Knuth, The Art of Computer Programming 3, section 5.4.1. log2(files) comparisons a record, nearly all of them of one number.</remarks>
internal sealed class RecordMerge<TLayout> : IDisposable
    where TLayout : struct, IRecordLayout
{
    private readonly TLayout _layout;
    private readonly RecordFileReader[] _files;
    private readonly string[] _paths;

    // For each node of the tree the file that lost there, and the prefix of its record; node 0 has the winner.
    private readonly int[] _losers;
    private readonly ulong[] _prefixes;
    private readonly bool[] _ended;
    private bool _started;

    /// <summary>Opens the files.</summary>
    /// <param name="layout">Order of the records.</param>
    /// <param name="paths">The files; where records are equal, the one named first comes first.</param>
    /// <param name="memoryBytes">What all buffers may take.</param>
    /// <exception cref="RecordFileException">A file is missing or broken, or memory does not suffice for one block of each.</exception>
    public RecordMerge(TLayout layout, IReadOnlyList<string> paths, long memoryBytes)
    {
        _layout = layout;
        _paths = [.. paths];
        var block = (long)RecordFileFormat.RecordsInBlock(layout.RecordBytes) * layout.RecordBytes + RecordFileFormat.ChecksumBytes;
        if (paths.Count * block > memoryBytes)
            throw new RecordFileException($"Merging {paths.Count} files needs {paths.Count * block / 1_000_000.0:0.#} MB for one block of each, and memory is set to {memoryBytes / 1_000_000.0:0.#} MB: raise it, or cut the corpus into fewer shards.");
        _files = new RecordFileReader[paths.Count];
        (_prefixes, _ended, _losers) = (new ulong[Math.Max(1, paths.Count)], new bool[paths.Count], new int[Math.Max(1, paths.Count)]);
        try
        {
            for (var i = 0; i < paths.Count; i++) _files[i] = new RecordFileReader(paths[i], layout.RecordBytes, memoryBytes / paths.Count);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Records in all files.</summary>
    public long Records => _files.Sum(f => f.Info.Records);

    /// <summary>What each file says of itself.</summary>
    public RecordFileInfo InfoOf(int file) => _files[file].Info;

    /// <summary>Number of the file that the record at hand is from.</summary>
    public int File => _losers[0];

    /// <summary>First 64 bits of the order of the record at hand.</summary>
    public ulong Prefix => _prefixes[0];

    /// <summary>The record at hand.</summary>
    public ReadOnlySpan<byte> Current => _files[_losers[0]].Current;

    /// <summary>Takes the next record in hand.</summary>
    /// <returns>False behind the last one.</returns>
    public bool MoveNext()
    {
        if (_files.Length == 0) return false;
        if (!_started) Start();
        else Advance(_losers[0]);
        return !_ended[_losers[0]];
    }

    private void Start()
    {
        _started = true;
        (_losers[0], _prefixes[0]) = Build(1);
    }

    /// <summary>Plays the matches below a node and gives the winner.</summary>
    private (int File, ulong Prefix) Build(int node)
    {
        if (node >= _files.Length) return (node - _files.Length, Step(node - _files.Length, 0));
        var (left, right) = (Build(node * 2), Build(node * 2 + 1));
        var leftWins = left.Prefix != right.Prefix ? left.Prefix < right.Prefix : WinsTie(left.File, right.File);
        (_losers[node], _prefixes[node]) = leftWins ? right : left;
        return leftWins ? left : right;
    }

    private void Advance(int file)
    {
        var (losers, prefixes) = (_losers, _prefixes);
        var (winner, least) = (file, Step(file, prefixes[0]));
        for (var node = (file + _files.Length) / 2; node > 0; node /= 2)
        {
            var (other, prefix) = (losers[node], prefixes[node]);
            // Which of two is less cannot be guessed, so this is written to become moves instead of a jump; ties are rare.
            var loses = prefix < least;
            if (prefix == least) loses = !WinsTie(winner, other);
            losers[node] = loses ? winner : other;
            prefixes[node] = loses ? least : prefix;
            winner = loses ? other : winner;
            least = loses ? prefix : least;
        }

        (losers[0], prefixes[0]) = (winner, least);
    }

    /// <summary>Takes a file's next record in hand and gives its prefix.</summary>
    private ulong Step(int file, ulong last)
    {
        var reader = _files[file];
        if (!reader.MoveNext())
        {
            _ended[file] = true;
            return ulong.MaxValue;
        }

        var prefix = _layout.Prefix(reader.Current);
        if (prefix < last) throw new RecordFileException($"{_paths[file]} is not sorted: a record with {prefix} follows one with {last}. Delete it and run again.");
        return prefix;
    }

    private bool WinsTie(int left, int right)
    {
        if (_ended[left] || _ended[right]) return !_ended[left];
        var order = _layout.CompareAcrossFiles(_files[left].Current, _files[right].Current);
        return order != 0 ? order < 0 : left < right;
    }

    public void Dispose()
    {
        foreach (var file in _files) file?.Dispose();
    }
}
