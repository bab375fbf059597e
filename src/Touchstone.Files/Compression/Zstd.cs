using System.Runtime.InteropServices;

namespace Touchstone.Files.Compression;

/// <summary>Zstandard through the system's library (RFC 8878).</summary>
public static unsafe class Zstd
{
    /// <summary>The library's own default level.</summary>
    public const int DefaultLevel = 3;

    private const string HowToInstall = "Install it (Debian and Ubuntu: apt-get install libzstd1; Fedora: dnf install libzstd; macOS: brew install zstd), or use another compression.";
    private static readonly string[] Names = ["libzstd.so.1", "libzstd.1.dylib", "libzstd.dll", "libzstd"];
    private static readonly Functions? Library = Load();

    /// <summary>True where the system has the library.</summary>
    public static bool IsAvailable => Library is not null;

    /// <summary>The most bytes that so much content can take.</summary>
    /// <exception cref="DllNotFoundException">The system has no libzstd.</exception>
    public static int LengthMax(int contentBytes) => checked((int)Needed().CompressBound((nuint)contentBytes));

    /// <summary>Compresses content into one frame that states its content's size.</summary>
    /// <param name="content">What to compress.</param>
    /// <param name="frame">At least <see cref="LengthMax"/> bytes.</param>
    /// <param name="level">From 1, fastest, to 22.</param>
    /// <returns>Bytes written.</returns>
    /// <exception cref="DllNotFoundException">The system has no libzstd.</exception>
    /// <exception cref="InvalidOperationException">The library refused, such as for a frame that is too short.</exception>
    public static int Compress(ReadOnlySpan<byte> content, Span<byte> frame, int level = DefaultLevel)
    {
        var library = Needed();
        fixed (byte* from = content, to = frame)
        {
            var length = library.Compress(to, (nuint)frame.Length, from, (nuint)content.Length, level);
            return library.IsError(length) == 0 ? (int)length : throw new InvalidOperationException($"libzstd could not compress {content.Length} bytes: {library.Message(length)}.");
        }
    }

    /// <summary>Decompresses frames that give as many bytes as expected; memory is taken as content comes, not as it is announced.</summary>
    /// <param name="frames">One frame or several, one after the other.</param>
    /// <param name="expectedBytes">The content's size.</param>
    /// <param name="content">A buffer that is replaced by a larger one where it does not suffice.</param>
    /// <exception cref="DllNotFoundException">The system has no libzstd.</exception>
    /// <exception cref="InvalidDataException">The frames are broken or give another number of bytes.</exception>
    public static void Decompress(ReadOnlySpan<byte> frames, int expectedBytes, ref byte[] content)
    {
        var library = Needed();
        var context = library.CreateStream();
        if (context == 0) throw new InvalidOperationException("libzstd could not make a decompression context.");
        try
        {
            fixed (byte* from = frames)
                DecompressStream(library, context, new() { Data = from, Size = (nuint)frames.Length }, expectedBytes, ref content);
        }
        finally
        {
            _ = library.FreeStream(context);
        }
    }

    private static void DecompressStream(Functions library, nint context, Span source, int expectedBytes, ref byte[] content)
    {
        var written = 0;
        nuint hint = 1;
        while (source.Position < source.Size || written < expectedBytes)
        {
            Growth.Ensure(ref content, written, expectedBytes);
            var (before, beforeRead) = (written, source.Position);
            fixed (byte* to = content)
            {
                // One byte more than expected may be written where there is room, so that content that is too long shows.
                var target = new Span { Data = to, Size = (nuint)Math.Min(content.Length, (long)expectedBytes + 1), Position = (nuint)written };
                hint = library.DecompressStream(context, &target, &source);
                if (library.IsError(hint) != 0) throw new InvalidDataException($"libzstd cannot decompress the data: {library.Message(hint)}, after {written} bytes");
                written = (int)target.Position;
            }

            if (written > expectedBytes) throw new InvalidDataException($"expected {expectedBytes} bytes of content, the Zstandard data has more");
            if (written == before && source.Position == beforeRead) break;
        }

        if (written != expectedBytes || source.Position < source.Size || (hint != 0 && source.Size > 0))
            throw new InvalidDataException($"expected {expectedBytes} bytes of content, the Zstandard data ends after {written}{(source.Position < source.Size ? " with data left over" : "")}");
    }

    /// <summary>Makes a decompression context; <see cref="Free"/> takes it back.</summary>
    internal static nint NewStream()
    {
        var context = Needed().CreateStream();
        return context != 0 ? context : throw new InvalidOperationException("libzstd could not make a decompression context.");
    }

    internal static void Free(nint context) => _ = Needed().FreeStream(context);

    /// <summary>Decompresses as much as there is input for and room.</summary>
    /// <param name="context">From <see cref="NewStream"/>.</param>
    /// <param name="frames">What comes next of one frame or several.</param>
    /// <param name="content">Takes the content.</param>
    /// <param name="hint">About how many bytes of input are wanted next: those of a block, with 3 for the head of the block behind it; 0 where a frame is decoded and given in full.</param>
    /// <returns>Bytes read and bytes written.</returns>
    /// <exception cref="InvalidDataException">The frame is broken.</exception>
    internal static (int Read, int Written) Decompress(nint context, ReadOnlySpan<byte> frames, Span<byte> content, out int hint)
    {
        var library = Needed();
        fixed (byte* from = frames, to = content)
        {
            var source = new Span { Data = from, Size = (nuint)frames.Length };
            var target = new Span { Data = to, Size = (nuint)content.Length };
            var wanted = library.DecompressStream(context, &target, &source);
            if (library.IsError(wanted) != 0) throw new InvalidDataException($"libzstd cannot decompress the data: {library.Message(wanted)}");
            hint = (int)Math.Min(wanted, int.MaxValue);
            return ((int)source.Position, (int)target.Position);
        }
    }

    private static Functions Needed() => Library ?? throw new DllNotFoundException($"Zstandard needs the system's library libzstd, which was not found. {HowToInstall}");

    private static Functions? Load()
    {
        foreach (var name in Names)
            if (NativeLibrary.TryLoad(name, typeof(Zstd).Assembly, null, out var handle))
                return new(handle);
        return null;
    }

    /// <summary>ZSTD_inBuffer and ZSTD_outBuffer of zstd.h, which are laid out alike.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct Span
    {
        public byte* Data;
        public nuint Size;
        public nuint Position;
    }

    /// <summary>The library's functions, by their names in zstd.h.</summary>
    private sealed class Functions(nint library)
    {
        public readonly delegate* unmanaged<nuint, nuint> CompressBound = (delegate* unmanaged<nuint, nuint>)NativeLibrary.GetExport(library, "ZSTD_compressBound");
        public readonly delegate* unmanaged<byte*, nuint, byte*, nuint, int, nuint> Compress = (delegate* unmanaged<byte*, nuint, byte*, nuint, int, nuint>)NativeLibrary.GetExport(library, "ZSTD_compress");
        public readonly delegate* unmanaged<nint> CreateStream = (delegate* unmanaged<nint>)NativeLibrary.GetExport(library, "ZSTD_createDStream");
        public readonly delegate* unmanaged<nint, nuint> FreeStream = (delegate* unmanaged<nint, nuint>)NativeLibrary.GetExport(library, "ZSTD_freeDStream");
        public readonly delegate* unmanaged<nint, Span*, Span*, nuint> DecompressStream = (delegate* unmanaged<nint, Span*, Span*, nuint>)NativeLibrary.GetExport(library, "ZSTD_decompressStream");
        public readonly delegate* unmanaged<nuint, uint> IsError = (delegate* unmanaged<nuint, uint>)NativeLibrary.GetExport(library, "ZSTD_isError");
        private readonly delegate* unmanaged<nuint, nint> _errorName = (delegate* unmanaged<nuint, nint>)NativeLibrary.GetExport(library, "ZSTD_getErrorName");

        public string Message(nuint code) => Marshal.PtrToStringUTF8(_errorName(code)) ?? "unknown error";
    }
}
