using System.Runtime.InteropServices;

namespace Touchstone.Curation.Deduplication.Records;

/// <summary>Sorts records of any number within a given memory: what does not fit is written to sorted runs beside, which are merged at the end.</summary>
/// <remarks>Records lie in memory of the system and not of the runtime's heap, so that it is given back at once and the setting holds over many shards.</remarks>
internal sealed unsafe class RecordSorter<TLayout> : IDisposable
    where TLayout : struct, IRecordLayout
{
    private const int PageBytesAim = 1 << 20;
    private const int IndexBytes = sizeof(ulong) + sizeof(int);

    /// <summary>What reading a run needs at least.</summary>
    private const long RunBytesMin = 256 * 1024;

    private readonly TLayout _layout;
    private readonly string _spillPath;
    private readonly long _memoryBytes;
    private readonly int _recordBytes, _recordsInPage, _recordsMax;
    private readonly List<nint> _pages = [];
    private readonly List<string> _runs = [];
    private int _count;
    private bool _isDone;

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
    /// <exception cref="ObjectDisposedException">Its records were given away or given up.</exception>
    public Span<byte> Next()
    {
        ObjectDisposedException.ThrowIf(_isDone, this);
        if (_count == _recordsMax) Spill();
        if (_count == _pages.Count * _recordsInPage) _pages.Add((nint)NativeMemory.Alloc((nuint)(_recordsInPage * _recordBytes)));
        Records++;
        return Record(_count++);
    }

    /// <summary>All records in order. They are gone with what is given, and the sorter takes no more.</summary>
    public Sorted ToSorted()
    {
        if (_runs.Count == 0) return new Sorted(this, Sort(), null);
        if (_count > 0) Spill();
        FreePages();
        return new Sorted(this, [], new RecordMerge<TLayout>(_layout, _runs, Math.Max(_memoryBytes, _runs.Count * RunBytesMin)));
    }

    /// <summary>Writes all records in order.</summary>
    public void WriteTo(RecordFileWriter file)
    {
        using var sorted = ToSorted();
        while (sorted.MoveNext()) sorted.Current.CopyTo(file.Next());
    }

    /// <summary>Sorted records, one after the other.</summary>
    public sealed class Sorted : IDisposable
    {
        private readonly RecordSorter<TLayout> _sorter;
        private readonly int[] _order;
        private readonly RecordMerge<TLayout>? _merge;
        private int _at = -1;

        internal Sorted(RecordSorter<TLayout> sorter, int[] order, RecordMerge<TLayout>? merge) => (_sorter, _order, _merge) = (sorter, order, merge);

        /// <summary>The record at hand.</summary>
        public ReadOnlySpan<byte> Current => _merge is null ? _sorter.Record(_order[_at]) : _merge.Current;

        /// <summary>Takes the next record in hand.</summary>
        public bool MoveNext() => _merge?.MoveNext() ?? ++_at < _order.Length;

        public void Dispose()
        {
            _merge?.Dispose();
            _sorter.Dispose();
        }
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

    private Span<byte> Record(int index) => new((byte*)_pages[index / _recordsInPage] + index % _recordsInPage * _recordBytes, _recordBytes);

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

    private void FreePages()
    {
        foreach (var page in _pages) NativeMemory.Free((void*)page);
        _pages.Clear();
        _count = 0;
    }

    public void Dispose()
    {
        _isDone = true;
        FreePages();
        DeleteRuns();
    }
}
