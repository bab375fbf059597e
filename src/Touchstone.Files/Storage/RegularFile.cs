using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Touchstone.Files.Storage;

/// <summary>Tells files from what only stands where a file should: opening a named pipe waits for somebody to write into it, maybe for ever.</summary>
public static partial class RegularFile
{
    // Linux, asm-generic/fcntl.h: O_RDONLY | O_NONBLOCK | O_CLOEXEC; with O_NONBLOCK the opening of a pipe for reading returns at once (fifo(7)).
    private const int OpenReadOnlyNonBlockingCloseOnExec = 0x0 | 0x800 | 0x80000;

    /// <summary>Whether a path leads to a file whose bytes can be read from first to last without waiting for anybody. It need not be readable by this user.</summary>
    /// <param name="path">A path; a link, a folder and a path that leads nowhere are no regular files.</param>
    public static bool Exists(string path)
    {
        var info = new FileInfo(path);
        if (!info.Exists || info.LinkTarget is not null || info.Attributes.HasFlag(FileAttributes.Directory)) return false;

        // Pipes, sockets and character devices have no length; only Linux needs to tell them from empty files.
        return info.Length > 0 || !OperatingSystem.IsLinux() || CanSeek(path);
    }

    private static bool CanSeek(string path)
    {
        using var handle = Open(path, OpenReadOnlyNonBlockingCloseOnExec);
        if (handle.IsInvalid) return Marshal.GetLastPInvokeError() is AccessDenied;
        return Seek(handle, 0, SeekFromCurrent) >= 0;
    }

    private const int AccessDenied = 13, SeekFromCurrent = 1;

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial SafeFileHandle Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "lseek", SetLastError = true)]
    private static partial long Seek(SafeFileHandle handle, long offset, int whence);
}
