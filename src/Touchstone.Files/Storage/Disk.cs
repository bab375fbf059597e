using System.Runtime.InteropServices;

namespace Touchstone.Files.Storage;

/// <summary>What .NET leaves to the operating system: making a rename durable, and telling a full disk from other failures.</summary>
internal static partial class Disk
{
    private const int OpenReadOnlyDirectoryCloseOnExec = 0x0 | 0x10000 | 0x80000;
    private const int NoSpace = 28, QuotaExceeded = 122;
    private const int WindowsDiskFull = unchecked((int)0x80070070), WindowsHandleDiskFull = unchecked((int)0x80070027);

    /// <summary>
    /// Flushes a folder's entries, so that a file renamed into it is still there after a power cut. Linux needs it; elsewhere .NET
    /// gives no way to open a folder and the file systems journal renames, so it does nothing there.
    /// </summary>
    public static void FlushFolder(string folder)
    {
        if (!OperatingSystem.IsLinux()) return;
        var handle = Open(folder, OpenReadOnlyDirectoryCloseOnExec);
        if (handle < 0) throw Failure("open", folder);
        try
        {
            if (Fsync(handle) < 0) throw Failure("flush", folder);
        }
        finally
        {
            _ = Close(handle);
        }
    }

    /// <summary>Makes a folder and its missing parents, each made durable in the one above it.</summary>
    public static void CreateFolder(string folder)
    {
        if (Directory.Exists(folder)) return;
        var parent = Path.GetDirectoryName(Path.GetFullPath(folder));
        if (parent is not null) CreateFolder(parent);
        Directory.CreateDirectory(folder);
        if (parent is not null) FlushFolder(parent);
    }

    /// <summary>Whether an input/output failure says that there is no room left.</summary>
    public static bool IsFull(IOException failure) => OperatingSystem.IsWindows()
        ? failure.HResult is WindowsDiskFull or WindowsHandleDiskFull
        : failure.HResult is NoSpace or QuotaExceeded;

    private static IOException Failure(string verb, string folder)
    {
        var error = Marshal.GetLastPInvokeError();
        return new IOException($"Could not {verb} the folder {folder}: {Marshal.GetPInvokeErrorMessage(error)}.", error);
    }

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int Fsync(int handle);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    private static partial int Close(int handle);
}
