using Touchstone.Curation.Documents;

namespace Touchstone.Curation.Reading;

/// <summary>Rows of a table, each as one JSON object.</summary>
/// <param name="bytes">The objects, one behind the other.</param>
/// <param name="rows">Where each lies in the bytes, and where its row was read.</param>
/// <param name="options">Names of the members.</param>
/// <param name="faultsOfReader">What the reader found; null where nothing.</param>
internal sealed class RecordsBatch(ReadOnlyMemory<byte> bytes, IReadOnlyList<(Range Bytes, DocumentPlace Place)> rows, ReadOptions options, List<ReadFault>? faultsOfReader) : ReadBatch
{
    public override long Bytes => bytes.Length;

    public override void Decode(ICollection<Document> documents, ICollection<ReadFault> faults)
    {
        var record = new JsonRecord(options, isTable: true);
        foreach (var (range, place) in rows)
        {
            if (record.TryRead(bytes[range], place, out var document, out var fault)) documents.Add(document);
            else faults.Add(fault);
        }

        foreach (var fault in faultsOfReader ?? []) faults.Add(fault);
    }
}
