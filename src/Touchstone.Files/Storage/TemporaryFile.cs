namespace Touchstone.Files.Storage;

/// <summary>A file that is written beside its place and takes it in one step, or leaves nothing.</summary>
internal sealed class TemporaryFile : IAsyncDisposable
{
    private readonly string _path;
    private bool _landed;

    public TemporaryFile(string folder, string prefix)
    {
        _path = Path.Combine(folder, $"{prefix}{Guid.NewGuid():N}.tmp");
        Stream = new FileStream(_path, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0, FileOptions.Asynchronous);
    }

    public FileStream Stream { get; }

    /// <summary>Flushes the bytes to the disk, renames, and flushes the folder.</summary>
    public async Task LandAsync(string destination, CancellationToken cancellationToken)
    {
        await FlushAsync(cancellationToken);
        File.Move(_path, destination, overwrite: true);
        _landed = true;
        Disk.FlushFolder(Path.GetDirectoryName(destination)!);
    }

    public async ValueTask DisposeAsync()
    {
        await Stream.DisposeAsync();
        if (!_landed) File.Delete(_path);
    }

    private async Task FlushAsync(CancellationToken cancellationToken)
    {
        await Stream.FlushAsync(cancellationToken);
        Stream.Flush(flushToDisk: true);
        await Stream.DisposeAsync();
    }
}
