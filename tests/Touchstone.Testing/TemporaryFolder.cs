namespace Touchstone.Testing;

/// <summary>A folder of a test's own, gone at its end.</summary>
public sealed class TemporaryFolder : IDisposable
{
    private const int DeletionsMax = 50;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    /// <summary>Its full path.</summary>
    public string Path { get; } = Directory.CreateTempSubdirectory("touchstone-test-").FullName;

    /// <summary>A file or folder within it.</summary>
    public string this[string name] => System.IO.Path.Combine(Path, name);

    /// <summary>A process that the test started elsewhere, as a job of a cluster, may write or tidy up a moment longer.</summary>
    public void Dispose()
    {
        for (var left = DeletionsMax; ; left--)
        {
            try
            {
                Directory.Delete(Path, recursive: true);
                return;
            }
            catch (IOException) when (left > 1)
            {
                Thread.Sleep(Pause);
                if (!Directory.Exists(Path)) return;
            }
        }
    }
}
