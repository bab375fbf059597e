using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using System.Text.Unicode;
using Touchstone.Curation.Documents;

namespace Touchstone.Curation.Reading;

/// <summary>What lies in the files of a folder, one document each.</summary>
public enum TextFileKind
{
    /// <summary>Text in UTF-8, or in UTF-16 with a byte order mark; Markdown too.</summary>
    Text,

    /// <summary>HTML of any encoding; the document's text is the page's source until a step takes the main text out of it.</summary>
    Html,
}

/// <summary>Reads files that are one document each; a document is named by its path.</summary>
/// <param name="parts">Whole files, in order.</param>
/// <param name="kind">What they hold.</param>
/// <param name="options">Limits.</param>
public sealed class TextFilesReader(IReadOnlyList<SourcePart> parts, TextFileKind kind, ReadOptions options) : BatchReader
{
    private int _next;
    private long _before;

    /// <inheritdoc/>
    public override long Position => _before;

    /// <inheritdoc/>
    public override ReadBatch? Next()
    {
        if (_next == parts.Count) return null;
        var files = new List<(string, byte[])>();
        List<ReadFault>? faults = null;
        long bytes = 0;
        while (_next < parts.Count && bytes < options.BatchBytes)
        {
            var part = parts[_next++];
            _before += part.Bytes;
            if (Read(part, ref faults) is not { } content) continue;
            files.Add((part.File, content));
            bytes += content.Length;
        }

        return new Batch(files, bytes, kind, faults);
    }

    private byte[]? Read(SourcePart part, ref List<ReadFault>? faults)
    {
        using var file = SourceFile.Open(part, options);
        var room = (int)Math.Min(options.RecordBytesMax, Math.Max(4096, part.Bytes)) + 1;
        var content = new byte[room];
        var count = 0;
        string? broken;
        while (true)
        {
            count += file.Fill(content.AsSpan(count), out broken);
            if (count < content.Length || content.Length > options.RecordBytesMax) break;
            Array.Resize(ref content, (int)Math.Min(options.RecordBytesMax + 1L, content.Length * 2L));
        }

        file.TellStray(new(part.File, 0, count), ref faults);
        if (broken is not null) (faults ??= []).Add(new(new(part.File, 0, count), ReadFaultCode.BrokenCompression, $"the compressed data cannot be read on: {broken}; the file is left out"));
        else if (count > options.RecordBytesMax) (faults ??= []).Add(new(new(part.File, 0, 0), ReadFaultCode.TooLong, $"expected a file of at most {options.RecordBytesMax} bytes, found a longer one"));
        else return content[..count];
        return null;
    }

    private sealed class Batch(List<(string Path, byte[] Content)> files, long bytes, TextFileKind kind, List<ReadFault>? faultsOfReader) : ReadBatch
    {
        public override long Bytes => bytes;

        public override void Decode(ICollection<Document> documents, ICollection<ReadFault> faults)
        {
            foreach (var fault in faultsOfReader ?? []) faults.Add(fault);
            foreach (var (path, content) in files)
            {
                var place = new DocumentPlace(path, 0, 0);
                var (text, fault) = kind == TextFileKind.Html ? (PageCharacters.Decode(content, null), null) : TextOf(path, content);
                if (fault is not null) faults.Add(fault);
                else if (text!.Length == 0) faults.Add(new(place, ReadFaultCode.EmptyText, "expected a text, found an empty file"));
                else documents.Add(new Document { Id = path, Text = text, Place = place });
            }
        }

        private static (string? Text, ReadFault? Fault) TextOf(string path, byte[] content)
        {
            var isBigEndian = content is [0xFE, 0xFF, ..];
            var isUtf16 = isBigEndian || content is [0xFF, 0xFE, ..];
            var start = isUtf16 ? 2 : content is [0xEF, 0xBB, 0xBF, ..] ? 3 : 0;
            var bytes = content.AsSpan(start);
            var sound = isUtf16 ? SoundUtf16(bytes, isBigEndian) : SoundUtf8(bytes);
            if (sound == bytes.Length) return (isUtf16 ? (isBigEndian ? Encoding.BigEndianUnicode : Encoding.Unicode).GetString(bytes) : Encoding.UTF8.GetString(bytes), null);
            var found = !isUtf16 ? "other bytes" : bytes.Length - sound == 1 ? "half of a unit at the end" : "half of a surrogate pair";
            return (null, new(new(path, 0, start + sound), ReadFaultCode.InvalidUnicode, $"expected text in {(isUtf16 ? "UTF-16, as the byte order mark states" : "UTF-8")}, found {found} at byte {start + sound}; the file is left out"));
        }

        /// <summary>Bytes before the first that is no UTF-8.</summary>
        private static int SoundUtf8(ReadOnlySpan<byte> bytes)
        {
            if (Utf8.IsValid(bytes)) return bytes.Length;
            var at = 0;
            while (Rune.DecodeFromUtf8(bytes[at..], out _, out var length) == OperationStatus.Done) at += length;
            return at;
        }

        /// <summary>Bytes before the first unit that is half of a pair, or half of a unit.</summary>
        private static int SoundUtf16(ReadOnlySpan<byte> bytes, bool isBigEndian)
        {
            for (var at = 0; at + 2 <= bytes.Length; at += 2)
            {
                var unit = UnitAt(bytes, at);
                if (!char.IsSurrogate(unit)) continue;
                if (!char.IsHighSurrogate(unit) || at + 4 > bytes.Length || !char.IsLowSurrogate(UnitAt(bytes, at + 2))) return at;
                at += 2;
            }

            return bytes.Length & ~1;

            char UnitAt(ReadOnlySpan<byte> from, int at) => (char)(isBigEndian ? BinaryPrimitives.ReadUInt16BigEndian(from[at..]) : BinaryPrimitives.ReadUInt16LittleEndian(from[at..]));
        }
    }
}
