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
                var text = kind == TextFileKind.Html ? PageCharacters.Decode(content, null) : TextOf(content);
                if (text is null) faults.Add(new(place, ReadFaultCode.InvalidUnicode, "expected text in UTF-8, found other bytes"));
                else if (text.Length == 0) faults.Add(new(place, ReadFaultCode.EmptyText, "expected a text, found an empty file"));
                else documents.Add(new Document { Id = path, Text = text, Place = place });
            }
        }

        private static string? TextOf(byte[] content) => content switch
        {
            [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..] => PageCharacters.Decode(content, null),
            [0xEF, 0xBB, 0xBF, ..] => Utf8.IsValid(content) ? System.Text.Encoding.UTF8.GetString(content, 3, content.Length - 3) : null,
            _ => Utf8.IsValid(content) ? System.Text.Encoding.UTF8.GetString(content) : null,
        };
    }
}
