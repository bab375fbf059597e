using System.Runtime.InteropServices;

namespace Touchstone.Files.Storage;

/// <summary>A second name of a file. Making it fails where the name is taken, on every file system and also over a network: the one sure way to be the first.</summary>
public static partial class HardLink
{
    private const int Exists = 17;

    /// <summary>Gives a file a second name.</summary>
    /// <returns>False where the name is taken.</returns>
    /// <exception cref="IOException">The file system refuses.</exception>
    public static bool TryCreate(string file, string name)
    {
        if (OperatingSystem.IsWindows()) return TryCopy(file, name);
        if (Link(file, name) == 0)
        {
            Disk.FlushFolder(Path.GetDirectoryName(Path.GetFullPath(name))!);
            return true;
        }

        var error = Marshal.GetLastPInvokeError();
        return error == Exists ? false : throw new IOException($"Could not link {name} to {file}: {Marshal.GetPInvokeErrorMessage(error)}.", error);
    }

    /// <summary>Windows moves without overwriting in one step, which is as sure within one machine.</summary>
    private static bool TryCopy(string file, string name)
    {
        var beside = $"{name}.{Guid.NewGuid():N}.tmp";
        File.Copy(file, beside);
        try
        {
            File.Move(beside, name, overwrite: false);
            return true;
        }
        catch (IOException) when (File.Exists(name))
        {
            File.Delete(beside);
            return false;
        }
    }

    [LibraryImport("libc", EntryPoint = "link", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Link(string file, string name);
}
