using System.Buffers.Binary;
using System.IO.Compression;
using Touchstone.Files.Storage;
using Touchstone.Testing;

namespace Touchstone.Files.Tests.Storage;

public sealed class UploadFolderTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Files_and_archives_land_whole_and_are_listed_by_path()
    {
        using var folder = new TemporaryFolder();
        UploadFolder upload = new(folder["up"]);
        Assert.Empty(upload.Files);
        Assert.Equal(3, await upload.SaveAsync("b/c.txt", new MemoryStream([1, 2, 3]), 10, Cancellation));
        Assert.Equal(4, await upload.SaveAsync("b/c.txt", new MemoryStream([1, 2, 3, 4]), 10, Cancellation));
        Assert.Equal(2, await upload.UnpackAsync("z", new MemoryStream(Zip(("a/x", [7]), ("y", [8]), ("__MACOSX/y", [9]))), 1 << 20, Cancellation));
        Assert.Equal([("b/c.txt", 4L), ("z/a/x", 1), ("z/y", 1)], upload.Files.Select(f => (f.Path, f.Bytes)));
        upload.Delete();
        Assert.Empty(upload.Files);
    }

    [Fact]
    public async Task What_leaves_the_folder_or_is_larger_than_it_looks_is_refused()
    {
        using var folder = new TemporaryFolder();
        UploadFolder upload = new(folder["up"]);
        await upload.SaveAsync("file", new MemoryStream([1]), 10, Cancellation);
        foreach (var path in (string[])["../x", "/x", "a/../../x", "a\\x", ""]) Assert.Equal("invalid_path", (await Refused(() => upload.SaveAsync(path, new MemoryStream([1]), 10, Cancellation))).Reason);
        Assert.Equal("taken", (await Refused(() => upload.SaveAsync("file/below", new MemoryStream([1]), 10, Cancellation))).Reason);
        Assert.Equal("too_large", (await Refused(() => upload.SaveAsync("large", new MemoryStream(new byte[11]), 10, Cancellation))).Reason);
        Assert.Equal("invalid_path", (await Refused(() => upload.UnpackAsync("", new MemoryStream(Zip(("../../x", [1]))), 1 << 20, Cancellation))).Reason);
        Assert.Equal("archive_bomb", (await Refused(() => upload.UnpackAsync("", new MemoryStream(Zip(("zeros", new byte[40 << 20]))), 1L << 32, Cancellation))).Reason);
        Assert.Equal("archive_broken", (await Refused(() => upload.UnpackAsync("", new MemoryStream(new byte[100]), 1 << 20, Cancellation))).Reason);
        Assert.Equal(["file"], upload.Files.Select(f => f.Path).Except(["zeros"]));
        Assert.False(File.Exists(folder["x"]));
    }

    [Fact]
    public async Task A_directory_that_says_it_is_enormous_is_refused_before_it_is_read()
    {
        using var folder = new TemporaryFolder();
        var zip = Zip(("a", [1]));
        var end = zip.AsSpan().LastIndexOf("PK\u0005\u0006"u8);
        BinaryPrimitives.WriteUInt32LittleEndian(zip.AsSpan(end + 12), 3_000_000_000);   // bytes of the directory: room for 65 million entries
        var refused = await Refused(() => new UploadFolder(folder["up"]).UnpackAsync("", new MemoryStream(zip), 1 << 20, Cancellation));
        Assert.Equal("archive_bomb", refused.Reason);
    }

    private static Task<UploadRefusedException> Refused(Func<Task> act) => Assert.ThrowsAsync<UploadRefusedException>(act);

    private static byte[] Zip(params ReadOnlySpan<(string Path, byte[] Bytes)> files)
    {
        using MemoryStream stream = new();
        using (ZipArchive archive = new(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (path, bytes) in files)
            {
                using var entry = archive.CreateEntry(path).Open();
                entry.Write(bytes);
            }
        }

        return stream.ToArray();
    }
}
