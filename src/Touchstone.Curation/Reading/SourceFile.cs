using System.IO.Compression;
using Touchstone.Curation.Documents;
using Touchstone.Curation.Reading.Objects;
using Touchstone.Files.Compression;

namespace Touchstone.Curation.Reading;

/// <summary>A file's content, decompressed as it is read. Which compression it has is told by its first bytes and not by its name.</summary>
internal sealed class SourceFile : IDisposable
{
    private const string StrictSwitch = "System.IO.Compression.UseStrictValidation";
    private const int BufferBytes = 1 << 20;
    private static readonly bool TellsCutGzip = TellCutGzip();
    private readonly Stream _file;
    private readonly Stream _content;

    private SourceFile(Stream file, Stream content) => (_file, _content) = (file, content);

    /// <summary>Bytes of the file, as it is stored, that were read.</summary>
    public long Position => _file.Position;

    /// <summary>True where the content is stored as it is.</summary>
    public bool IsPlain => ReferenceEquals(_file, _content);

    /// <exception cref="DllNotFoundException">The file is Zstandard and the system has no libzstd.</exception>
    public static SourceFile Open(SourcePart part, ReadOptions options)
    {
        var (file, content) = OpenStream(part, options);
        return new(file, content);
    }

    /// <summary>The file, whose position tells progress, and its content; both are to be disposed of.</summary>
    public static (Stream File, Stream Content) OpenStream(SourcePart part, ReadOptions options)
    {
        var file = OpenStored(part, options, FileOptions.SequentialScan);
        try
        {
            return (file, Content(file));
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>The file or the object as it is stored, from its first byte.</summary>
    /// <exception cref="ArgumentException">It is an object and the part has no entity tag.</exception>
    public static Stream OpenStored(SourcePart part, ReadOptions options, FileOptions access = FileOptions.None)
    {
        if (!ObjectAddress.IsAddress(part.File)) return new FileStream(part.File, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, BufferBytes, access);
        return new ObjectStream(options.Objects, ObjectAddress.Parse(part.File), part.Bytes, part.ETag ?? throw new ArgumentException($"{part.File}: expected the entity tag that it was found with, found none.", nameof(part)));
    }

    /// <summary>Whether a file begins as one that is compressed.</summary>
    public static bool IsCompressed(SourcePart part, ReadOptions options)
    {
        using var file = Open(part, options);
        return !file.IsPlain;
    }

    public void Seek(long offset) => _file.Position = offset;

    /// <summary>Fills the buffer unless the content ends before.</summary>
    /// <param name="buffer">What is filled.</param>
    /// <param name="fault">What is wrong with the compressed data, which is then taken for the end; null where nothing is.</param>
    public int Fill(Span<byte> buffer, out string? fault)
    {
        var filled = 0;
        fault = null;
        try
        {
            while (filled < buffer.Length)
            {
                var got = _content.Read(buffer[filled..]);
                if (got == 0) break;
                filled += got;
            }
        }
        catch (InvalidDataException broken)
        {
            fault = broken.Message;
        }

        return filled;
    }

    /// <summary>Tells what lay between or behind the members of a gzip file and was passed over, as a fault each.</summary>
    /// <param name="content">What was read.</param>
    /// <param name="place">Where in the content reading stands.</param>
    /// <param name="faults">What is added to; made where it is null and there is something to add.</param>
    public static void TellStray(Stream? content, DocumentPlace place, ref List<ReadFault>? faults)
    {
        while (content is GzipMembers members && members.TryTakeStray(out var stray)) (faults ??= []).Add(new(place, ReadFaultCode.BrokenCompression, stray.ToString()));
    }

    /// <inheritdoc cref="TellStray(Stream?, DocumentPlace, ref List{ReadFault}?)"/>
    public void TellStray(DocumentPlace place, ref List<ReadFault>? faults) => TellStray(_content, place, ref faults);

    public void Dispose()
    {
        _content.Dispose();
        _file.Dispose();
    }

    private static Stream Content(Stream file)
    {
        Span<byte> magic = stackalloc byte[4];
        var got = file.ReadAtLeast(magic, magic.Length, throwOnEndOfStream: false);
        file.Position = 0;
        if (got >= 2 && magic[0] == 0x1F && magic[1] == 0x8B) return !TellsCutGzip ? throw new NotSupportedException($"Gzip that is cut would be taken for whole here, since another part of the program used it before. Set {StrictSwitch} to true in the program's runtime configuration.") : new GzipMembers(file);
        var isZstd = got == 4 && magic is [0x28, 0xB5, 0x2F, 0xFD] or [>= 0x50 and <= 0x5F, 0x2A, 0x4D, 0x18];
        return isZstd ? new ZstdReadStream(file, leaveOpen: true) : file;
    }

    /// <summary>The framework takes cut data for whole unless it is told otherwise before its first use in the process; so what holds is tried out.</summary>
    private static bool TellCutGzip()
    {
        AppContext.SetSwitch(StrictSwitch, true);
        using var whole = new MemoryStream();
        using (var gzip = new GZipStream(whole, CompressionLevel.Fastest, leaveOpen: true)) gzip.Write("some text"u8);
        using var cut = new GZipStream(new MemoryStream(whole.GetBuffer(), 0, (int)whole.Length - 12), CompressionMode.Decompress);
        try
        {
            _ = cut.Read(new byte[64]);
            return cut.ReadByte() >= 0;
        }
        catch (InvalidDataException)
        {
            return true;
        }
    }
}
