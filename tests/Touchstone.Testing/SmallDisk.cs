using System.Diagnostics;
using System.Globalization;

namespace Touchstone.Testing;

/// <summary>A small file system in memory, which fills up and can be made read-only as a disk is.</summary>
public sealed class SmallDisk : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private SmallDisk()
    {
    }

    /// <summary>Its folder.</summary>
    public string Path => _folder.Path;

    /// <summary>A path on it.</summary>
    public string this[string name] => _folder[name];

    /// <summary>Mounts one.</summary>
    /// <param name="bytes">How much it holds.</param>
    /// <param name="skip">Ends the test as skipped with a reason where this user may not mount; pass <c>Assert.Skip</c>.</param>
    public static SmallDisk Mount(long bytes, Action<string> skip)
    {
        var disk = new SmallDisk();
        if (OperatingSystem.IsLinux() && Run("mount", "-t", "tmpfs", "-o", Size(bytes), "tmpfs", disk.Path) == 0) return disk;
        disk._folder.Dispose();
        skip("Mounting a small file system needs Linux and the rights of root.");
        throw new InvalidOperationException("The test was to be skipped.");
    }

    /// <summary>Gives it another size.</summary>
    public void Resize(long bytes) => Remount(Size(bytes));

    /// <summary>Allows writing, or refuses it.</summary>
    public void SetReadOnly(bool isReadOnly) => Remount(isReadOnly ? "ro" : "rw");

    public void Dispose()
    {
        Run("umount", "-l", Path);
        _folder.Dispose();
    }

    private static string Size(long bytes) => string.Create(CultureInfo.InvariantCulture, $"size={bytes}");

    private void Remount(string options)
    {
        if (Run("mount", "-o", "remount," + options, Path) != 0) throw new InvalidOperationException($"The small file system at {Path} could not be mounted with {options}.");
    }

    private static int Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode;
    }
}
