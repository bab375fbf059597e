namespace Touchstone.Files.Compression;

/// <summary>Buffers that grow with what is written, so that an announced size alone takes no memory.</summary>
internal static class Growth
{
    private const int FirstBytes = 64 << 10;

    /// <summary>Makes room for at least one byte behind those written, doubling up to the size that is expected.</summary>
    public static void Ensure(ref byte[] buffer, int written, int expectedBytes)
    {
        if (written < buffer.Length) return;
        var size = Math.Min(Math.Max(FirstBytes, (long)written * 2), Math.Max((long)expectedBytes, written + 1L));
        Array.Resize(ref buffer, (int)Math.Max(size, 1));
    }
}
