using System.Text;
using Touchstone.Files.Storage;
using Touchstone.Testing;

namespace Touchstone.Files.Tests.Storage;

public sealed class ContentFolderTests : IDisposable
{
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("touchstone-content-");
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Content_is_found_again_under_its_digest()
    {
        var folder = new ContentFolder(_root.FullName);
        var stored = await folder.StoreAsync("acme", Bytes("abc"), 100, Cancel);
        Assert.Equal(new StoredContent("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", 3, false), stored);
        Assert.Equal(Path.Combine(_root.FullName, "acme", "ba", "78", stored.Sha256), folder.PathOf("acme", stored.Sha256));
        using var reader = new StreamReader(folder.OpenRead("acme", stored.Sha256));
        Assert.Equal("abc", await reader.ReadToEndAsync(Cancel));
        Assert.True((await folder.StoreAsync("acme", Bytes("abc"), 100, Cancel)).Existed);
        Assert.Empty(Leftovers());
    }

    [Fact]
    public async Task One_scope_cannot_see_another_scopes_content()
    {
        var folder = new ContentFolder(_root.FullName);
        var stored = await folder.StoreAsync("acme", Bytes("secret"), 100, Cancel);
        Assert.False(folder.Exists("other", stored.Sha256));
        Assert.Throws<FileNotFoundException>(() => folder.OpenRead("other", stored.Sha256));
        Assert.False((await folder.StoreAsync("other", Bytes("secret"), 100, Cancel)).Existed);
        Assert.True(folder.Delete("other", stored.Sha256));
        Assert.False(folder.Delete("other", stored.Sha256));
        Assert.True(folder.Exists("acme", stored.Sha256));
    }

    [Fact]
    public async Task Too_much_content_leaves_nothing()
    {
        var folder = new ContentFolder(_root.FullName);
        await Assert.ThrowsAsync<ContentTooLargeException>(() => folder.StoreAsync("acme", Bytes("abcd"), 3, Cancel));
        Assert.Equal(4, (await folder.StoreAsync("acme", Bytes("abcd"), 4, Cancel)).ByteCount);
        Assert.Single(FileDigest.List(_root.FullName));
    }

    [Fact]
    public async Task A_stream_that_breaks_leaves_nothing()
    {
        var folder = new ContentFolder(_root.FullName);
        await Assert.ThrowsAsync<InvalidDataException>(() => folder.StoreAsync("acme", new Breaking(300_000), long.MaxValue, Cancel));
        Assert.Empty(FileDigest.List(_root.FullName));
    }

    [Fact]
    public async Task Many_at_once_store_the_same_bytes_as_one_file()
    {
        var folder = new ContentFolder(_root.FullName);
        var stored = await Task.WhenAll(Enumerable.Range(0, 40).Select(i => Task.Run(() => folder.StoreAsync("acme", Bytes($"content {i % 4}"), 100, Cancel), Cancel)));
        Assert.Equal(4, stored.Select(s => s.Sha256).Distinct().Count());
        Assert.Equal(4, FileDigest.List(_root.FullName).Count);
    }

    [Fact]
    public async Task A_file_that_was_cut_short_is_put_right_by_storing_it_again()
    {
        var folder = new ContentFolder(_root.FullName);
        var stored = await folder.StoreAsync("acme", Bytes("whole"), 100, Cancel);
        await File.WriteAllTextAsync(folder.PathOf("acme", stored.Sha256), "who", Cancel);
        Assert.False((await folder.StoreAsync("acme", Bytes("whole"), 100, Cancel)).Existed);
        Assert.Equal("whole", await File.ReadAllTextAsync(folder.PathOf("acme", stored.Sha256), Cancel));
    }

    [Theory]
    [InlineData("")]
    [InlineData("..")]
    [InlineData("a/b")]
    [InlineData("Acme")]
    [InlineData(".incoming")]
    public async Task A_scope_is_a_plain_name(string scope) =>
        await Assert.ThrowsAsync<ArgumentException>(() => new ContentFolder(_root.FullName).StoreAsync(scope, Bytes("x"), 10, Cancel));

    [Theory]
    [InlineData("abc")]
    [InlineData("../../../../../../../../../../../../../../../../../../etc/passwd00")]
    [InlineData("BA7816BF8F01CFEA414140DE5DAE2223B00361A396177A9CB410FF61F20015AD")]
    public void A_digest_is_64_lower_case_hexadecimal_digits(string digest) =>
        Assert.Throws<ArgumentException>(() => new ContentFolder(_root.FullName).Exists("acme", digest));

    [Fact]
    public void Sweep_removes_old_leftovers_alone()
    {
        var folder = new ContentFolder(_root.FullName);
        var now = DateTimeOffset.UtcNow;
        foreach (var hours in new[] { 0, 1, 30 })
        {
            var path = Path.Combine(_root.FullName, ".incoming", $"{hours}.tmp");
            File.WriteAllText(path, "x");
            File.SetLastWriteTimeUtc(path, now.UtcDateTime.AddHours(-hours));
        }

        Assert.Equal(1, folder.Sweep(TimeSpan.FromHours(24)));
        Assert.Equal(2, Leftovers().Length);
    }

    [Fact]
    public async Task A_full_disk_is_told_as_such_and_leaves_nothing()
    {
        using var disk = SmallDisk.Mount(1 << 20, Assert.Skip);
        var folder = new ContentFolder(disk.Path);
        var kept = await folder.StoreAsync("acme", new MemoryStream(new byte[300_000]), long.MaxValue, Cancel);
        var full = await Assert.ThrowsAsync<StorageFullException>(() => folder.StoreAsync("acme", new MemoryStream(new byte[2_000_000]), long.MaxValue, Cancel));
        Assert.Contains("No space is left", full.Message, StringComparison.Ordinal);
        Assert.Equal(["acme/" + kept.Sha256[..2] + "/" + kept.Sha256[2..4] + "/" + kept.Sha256], FileDigest.List(disk.Path));
        Assert.Equal(500_000, (await folder.StoreAsync("acme", new MemoryStream(new byte[500_000]), long.MaxValue, Cancel)).ByteCount);

        var file = Path.Combine(disk.Path, "state.json");
        await DurableFile.WriteAsync(file, Encoding.UTF8.GetBytes("old"), Cancel);
        await Assert.ThrowsAsync<StorageFullException>(() => DurableFile.WriteAsync(file, new byte[2_000_000], Cancel));
        Assert.Equal("old", await File.ReadAllTextAsync(file, Cancel));
        Assert.Equal(3, FileDigest.List(disk.Path).Count);
    }

    public void Dispose() => _root.Delete(recursive: true);

    private FileInfo[] Leftovers() => new DirectoryInfo(Path.Combine(_root.FullName, ".incoming")).GetFiles();

    private static MemoryStream Bytes(string text) => new(Encoding.UTF8.GetBytes(text));

    private sealed class Breaking(int byteCount) : MemoryStream(new byte[byteCount])
    {
        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            await base.ReadAsync(buffer, cancellationToken) is > 0 and var got ? got : throw new InvalidDataException("the client went away");
    }
}
