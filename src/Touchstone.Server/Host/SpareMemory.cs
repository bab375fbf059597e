using System.Runtime;
using System.Runtime.InteropServices;

namespace Touchstone.Server.Host;

/// <summary>Gives memory that is free but kept back to the system: a start compiles and reads far more than a server at rest needs.</summary>
internal static class SpareMemory
{
    /// <summary>Collects what is unreachable, shrinks the heap and asks the C library for the same. Takes some 50 ms, in which requests wait.</summary>
    public static void GiveBack()
    {
        GCSettings.LargeObjectHeapCompactionMode = GCLargeObjectHeapCompactionMode.CompactOnce;
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        if (OperatingSystem.IsLinux() && NativeLibrary.TryLoad("libc.so.6", out var library) && NativeLibrary.TryGetExport(library, "malloc_trim", out var export))
            _ = Marshal.GetDelegateForFunctionPointer<Trim>(export)(0);
    }

    /// <summary>glibc's <c>int malloc_trim(size_t pad)</c>; other C libraries have none.</summary>
    private delegate int Trim(nuint pad);
}
