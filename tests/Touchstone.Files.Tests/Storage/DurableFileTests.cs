using System.Text;
using Touchstone.Files.Storage;

namespace Touchstone.Files.Tests.Storage;

public sealed class DurableFileTests : IDisposable
{
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("touchstone-durable-");
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_file_is_written_whole_and_replaced_whole()
    {
        var path = Path.Combine(_root.FullName, "deep", "down", "file.json");
        await DurableFile.WriteAsync(path, async stream =>
        {
            for (var i = 0; i < 50_000; i++) await stream.WriteAsync(Encoding.UTF8.GetBytes($"{i}\n"), Cancel);
        }, Cancel);
        Assert.Equal(50_000, File.ReadLines(path).Count());
        await DurableFile.WriteAsync(path, "new"u8.ToArray(), Cancel);
        Assert.Equal("new", await File.ReadAllTextAsync(path, Cancel));
        Assert.Single(Directory.GetFileSystemEntries(Path.GetDirectoryName(path)!));
    }

    [Fact]
    public async Task A_writer_that_fails_leaves_the_old_file()
    {
        var path = Path.Combine(_root.FullName, "file.json");
        await DurableFile.WriteAsync(path, "old"u8.ToArray(), Cancel);
        await Assert.ThrowsAsync<InvalidOperationException>(() => DurableFile.WriteAsync(path, async stream =>
        {
            await stream.WriteAsync("half"u8.ToArray(), Cancel);
            throw new InvalidOperationException("the release was refused");
        }, Cancel));
        Assert.Equal("old", await File.ReadAllTextAsync(path, Cancel));
        Assert.Equal([path], Directory.GetFiles(_root.FullName));
    }

    [Fact]
    public async Task A_digest_is_the_same_over_bytes_stream_file_and_while_writing()
    {
        var bytes = Encoding.UTF8.GetBytes(new string('x', 100_000));
        var path = Path.Combine(_root.FullName, "x");
        var sink = new MemoryStream();
        await using var digesting = new DigestingStream(sink);
        await digesting.WriteAsync(bytes.AsMemory(0, 70_000), Cancel);
        digesting.Write(bytes, 70_000, 30_000);
        await File.WriteAllBytesAsync(path, sink.ToArray(), Cancel);
        var expected = FileDigest.Of(bytes);
        Assert.Equal(expected, digesting.Sha256);
        Assert.Equal(100_000, digesting.ByteCount);
        Assert.Equal(expected, await FileDigest.OfFileAsync(path, Cancel));
        Assert.True(FileDigest.IsDigest(expected));
    }

    [Fact]
    public void Files_are_listed_in_the_order_of_their_code_units()
    {
        foreach (var name in new[] { "b/x", "B", "a.txt", "a/z", "a/\u00e9", ".hidden", "Z" })
        {
            var path = Path.Combine(_root.FullName, name.Replace('/', Path.DirectorySeparatorChar));
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, "");
        }

        Assert.Equal([".hidden", "B", "Z", "a.txt", "a/z", "a/\u00e9", "b/x"], FileDigest.List(_root.FullName));
    }

    public void Dispose() => _root.Delete(recursive: true);
}
