using System.Buffers;
using Touchstone.Curation.Documents;
using Touchstone.Curation.Writing;

namespace Touchstone.Curation.Composition;

/// <summary>The lines that a source's documents become in a mixture. Buffers of one thread.</summary>
/// <param name="source">The source.</param>
/// <param name="mark">Member that takes the source's name; null leaves records byte for byte.</param>
internal sealed class MixLines(MixSource source, string? mark)
{
    private readonly ArrayBufferWriter<byte> _line = new();
    private readonly RecordWriter _writer = new(source.Source.Options);
    private readonly string _name = source.Name;

    /// <summary>A document's line without its end, good until the next call.</summary>
    public ReadOnlySpan<byte> Of(Document document)
    {
        if (mark is not null) (document.Findings ??= new(StringComparer.Ordinal))[mark] = _name;
        _line.ResetWrittenCount();
        _writer.Write(_line, document);
        return _line.WrittenSpan[..^1];
    }
}
