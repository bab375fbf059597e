namespace Touchstone.Testing;

/// <summary>A folder of a test's own, gone at its end.</summary>
public sealed class TemporaryFolder : IDisposable
{
    /// <summary>Its full path.</summary>
    public string Path { get; } = Directory.CreateTempSubdirectory("touchstone-test-").FullName;

    /// <summary>A file or folder within it.</summary>
    public string this[string name] => System.IO.Path.Combine(Path, name);

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
