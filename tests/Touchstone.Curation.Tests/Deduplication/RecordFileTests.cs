using FsCheck;
using FsCheck.Fluent;
using Touchstone.Curation.Deduplication;
using Touchstone.Curation.Deduplication.MinHash;
using Touchstone.Curation.Deduplication.Records;
using Touchstone.Testing;

namespace Touchstone.Curation.Tests.Deduplication;

public sealed class RecordFileTests
{
    private const ulong Fingerprint = 42;

    [Fact]
    public void Sorting_with_any_memory_and_merging_any_shards_gives_all_records_in_order() => Prop.ForAll<(ulong Hash, uint Index)[], int>((records, seed) =>
    {
        using var folder = new TemporaryFolder();
        var shards = 1 + (seed & 7);
        var paths = Enumerable.Range(0, shards).Select(s => folder[$"{s}"]).ToArray();
        for (var s = 0; s < shards; s++)
        {
            // Few hashes, so that ties within and across files are many.
            using var sorter = new RecordSorter<SentenceLayout>(default, folder[$"spill{s}"], 0);
            foreach (var (hash, index) in records.Where((_, i) => i % shards == s)) SentenceLayout.Write(sorter.Next(), hash % 5, index % 3, (uint)s);
            using var stream = File.Create(paths[s]);
            var file = new RecordFileWriter(stream, SentenceLayout.Bytes, Fingerprint);
            sorter.WriteTo(file);
            file.Complete();
        }

        var expected = records.Select((r, i) => (Hash: r.Hash % 5, Index: r.Index % 3, Shard: i % shards)).Order().ToList();
        var merged = new List<(ulong Hash, uint Index, int Shard)>();
        using var merge = new RecordMerge<SentenceLayout>(default, paths, 8 << 20);
        while (merge.MoveNext()) merged.Add((SentenceLayout.HashOf(merge.Current), SentenceLayout.IndexOf(merge.Current), merge.File));
        return merged.SequenceEqual(expected);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_sorter_that_spills_many_times_loses_nothing()
    {
        using var folder = new TemporaryFolder();
        var random = new Random(7);
        using var sorter = new RecordSorter<ContentLayout>(default, folder["spill"], 0);
        var hashes = new ulong[20_000];
        for (var i = 0; i < hashes.Length; i++) ContentLayout.Write(sorter.Next(), hashes[i] = (ulong)random.NextInt64(), 1, (uint)i);
        Assert.NotEmpty(Directory.GetFiles(folder.Path));
        Array.Sort(hashes);
        using (var sorted = sorter.ToSorted())
            foreach (var hash in hashes) Assert.True(sorted.MoveNext() && ContentLayout.HashOf(sorted.Current) == hash);
        Assert.Empty(Directory.GetFiles(folder.Path));
    }

    [Fact]
    public void Every_changed_byte_and_every_cut_is_found()
    {
        using var folder = new TemporaryFolder();
        var whole = Write(folder["whole"], 9000);
        var random = new Random(3);
        for (var trial = 0; trial < 300; trial++)
        {
            var broken = (byte[])whole.Clone();
            if (trial % 3 == 0) broken = broken[..random.Next(broken.Length)];
            else broken[random.Next(broken.Length)] ^= (byte)(1 << random.Next(8));
            File.WriteAllBytes(folder["broken"], broken);
            var failure = Assert.Throws<RecordFileException>(() => ReadAll(folder["broken"]));
            Assert.Contains(folder["broken"], failure.Message, StringComparison.Ordinal);
        }

        Assert.Equal(9000, ReadAll(folder["whole"]));
    }

    [Fact]
    public void Blocks_that_changed_places_are_found()
    {
        using var folder = new TemporaryFolder();
        var bytes = Write(folder["file"], 20_000);
        var block = RecordFileFormat.RecordsInBlock(SentenceLayout.Bytes) * SentenceLayout.Bytes + RecordFileFormat.ChecksumBytes;
        var first = bytes.AsSpan(RecordFileFormat.HeaderBytes, block).ToArray();
        bytes.AsSpan(RecordFileFormat.HeaderBytes + block, block).CopyTo(bytes.AsSpan(RecordFileFormat.HeaderBytes));
        first.CopyTo(bytes.AsSpan(RecordFileFormat.HeaderBytes + block));
        File.WriteAllBytes(folder["file"], bytes);
        Assert.Throws<RecordFileException>(() => ReadAll(folder["file"]));
    }

    [Fact]
    public void Too_little_memory_for_the_files_at_hand_is_said_before_anything_is_read()
    {
        using var folder = new TemporaryFolder();
        var paths = Enumerable.Range(0, 10).Select(i => folder[$"{i}"]).ToArray();
        foreach (var path in paths) Write(path, 10);
        var failure = Assert.Throws<RecordFileException>(() => new RecordMerge<SentenceLayout>(default, paths, 100_000));
        Assert.Contains("10 files", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Sets_united_in_a_mapped_file_are_those_united_in_memory() => Prop.ForAll<(byte A, byte B)[], bool>((pairs, _) =>
    {
        using var folder = new TemporaryFolder();
        using IntArray inMemory = new(256, 1 << 20, folder["unused"]), inFile = new(256, 0, folder["cells"]);
        var (first, second) = (new UnionFind(inMemory), new UnionFind(inFile));
        var labels = Enumerable.Range(0, 256).ToArray();
        foreach (var (a, b) in pairs)
        {
            first.Unite(a, b);
            second.Unite(a, b);
            var (old, @new) = (labels[b], labels[a]);
            for (var i = 0; i < labels.Length; i++) if (labels[i] == old) labels[i] = @new;
        }

        return inFile.IsMapped && Enumerable.Range(0, 256).All(i =>
            first.Find(i) == second.Find(i) && first.SizeOf(first.Find(i)) == labels.Count(l => l == labels[i]) && first.IsUnited(i) == labels.Count(l => l == labels[i]) > 1);
    }).QuickCheckThrowOnFailure();

    private static byte[] Write(string path, int records)
    {
        using (var stream = File.Create(path))
        {
            var file = new RecordFileWriter(stream, SentenceLayout.Bytes, Fingerprint);
            for (var i = 0; i < records; i++) SentenceLayout.Write(file.Next(), (ulong)i, 1, 2);
            file.Complete();
        }

        return File.ReadAllBytes(path);
    }

    private static int ReadAll(string path)
    {
        using var file = new RecordFileReader(path, SentenceLayout.Bytes, 1 << 20);
        var count = 0;
        while (file.MoveNext()) count++;
        return count;
    }
}
