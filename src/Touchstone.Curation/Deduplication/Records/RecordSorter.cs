namespace Touchstone.Curation.Deduplication.Records;

/// <summary>Sorts records of any number within a given memory: what does not fit is written to sorted runs beside, which are merged at the end.</summary>
internal sealed class RecordSorter<TLayout> : IDisposable
    where TLayout : struct, IRecordLayout
{
    private const int PageBytesAim = 1 << 20;
    private const int IndexBytes = sizeof(ulong) + sizeof(int);

    private readonly TLayout _layout;
    private readonly string _spillPath;
    private readonly long _memoryBytes;
    private readonly int _recordBytes, _recordsInPage, _recordsMax;
    private readonly List<byte[]> _pages = [];
    private readonly List<string> _runs = [];
    private int _count;

    /// <param name="layout">Order of the records.</param>
    /// <param name="spillPath">Path that names of runs begin with; its folder exists.</param>
    /// <param name="memoryBytes">What records and their order may take.</param>
    public RecordSorter(TLayout layout, string spillPath, long memoryBytes)
    {
        (_layout, _spillPath, _memoryBytes, _recordBytes) = (layout, spillPath, memoryBytes, layout.RecordBytes);
        _recordsInPage = Math.Max(1, PageBytesAim / _recordBytes);
        _recordsMax = (int)Math.Clamp(memoryBytes / (_recordBytes + IndexBytes), 1024, int.MaxValue / 2);
    }

    /// <summary>Records taken so far.</summary>
    public long Records { get; private set; }

    /// <summary>Room for another record, to be filled before the next call.</summary>
    /// <exception cref="IOException">A run could not be written.</exception>
    public Span<byte> Next()
    {
        if (_count == _recordsMax) Spill();
        if (_count == _pages.Count * _recordsInPage) _pages.Add(GC.AllocateUninitializedArray<byte>(_recordsInPage * _recordBytes));
        Records++;
        return Record(_count++);
    }

    /// <summary>Gives all records in order. Afterwards the sorter is empty.</summary>
    public void Drain(Action<ReadOnlySpan<byte>> take)
    {
        if (_runs.Count == 0)
        {
            DrainMemory(take);
            return;
        }

        if (_count > 0) Spill();
        _pages.Clear();
        using (var merge = new RecordMerge<TLayout>(_layout, _runs, Math.Max(_memoryBytes, _runs.Count * 256L * 1024)))
            while (merge.MoveNext()) take(merge.Current);
        DeleteRuns();
    }

    /// <summary>Writes all records in order.</summary>
    public void WriteTo(RecordFileWriter file) => Drain(record => record.CopyTo(file.Next()));

    private void DrainMemory(Action<ReadOnlySpan<byte>> take)
    {
        var order = Sort();
        foreach (var index in order) take(Record(index));
        _pages.Clear();
        _count = 0;
    }

    private void Spill()
    {
        var path = $"{_spillPath}.run{_runs.Count:D4}.tmp";
        // A run is of this process alone and is gone with it, so nothing waits for the disk.
        using (var stream = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0))
        {
            _runs.Add(path);
            var file = new RecordFileWriter(stream, _recordBytes, fingerprint: 0);
            foreach (var index in Sort()) Record(index).CopyTo(file.Next());
            file.Complete();
        }

        _count = 0;
    }

    private Span<byte> Record(int index) => _pages[index / _recordsInPage].AsSpan(index % _recordsInPage * _recordBytes, _recordBytes);

    private int[] Sort()
    {
        var (prefixes, order) = (new ulong[_count], new int[_count]);
        for (var i = 0; i < _count; i++) (prefixes[i], order[i]) = (_layout.Prefix(Record(i)), i);
        Array.Sort(prefixes, order);
        for (var start = 0; start < _count;)
        {
            var end = start + 1;
            while (end < _count && prefixes[end] == prefixes[start]) end++;
            if (end - start > 1) order.AsSpan(start, end - start).Sort((left, right) => _layout.Compare(Record(left), Record(right)));
            start = end;
        }

        return order;
    }

    private void DeleteRuns()
    {
        foreach (var run in _runs) File.Delete(run);
        _runs.Clear();
    }

    public void Dispose() => DeleteRuns();
}
