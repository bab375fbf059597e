using Touchstone.Curation.Documents;

namespace Touchstone.Curation.Reading;

/// <summary>One record of a web archive.</summary>
/// <param name="Place">Its first byte in the decompressed file.</param>
/// <param name="Fields">Named fields of its head, by lower-case name.</param>
/// <param name="Block">What it holds: for responses an HTTP message.</param>
internal sealed record ArchiveRecord(DocumentPlace Place, IReadOnlyDictionary<string, string> Fields, ReadOnlyMemory<byte> Block)
{
    public string Type => Field("warc-type");

    public string Field(string name) => Fields.TryGetValue(name, out var value) ? value : "";
}
