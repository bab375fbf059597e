using System.Text;
using Touchstone.Curation.Documents;
using Touchstone.Curation.Reading;

namespace Touchstone.Curation.Tests.Reading;

/// <summary>A document that outlives its batch.</summary>
internal sealed record Seen(string Id, string Text, string Record, DocumentPlace Place);

internal static class ReadAll
{
    /// <summary>Everything that a reader gives.</summary>
    public static (List<Seen> Documents, List<ReadFault> Faults) Of(BatchReader reader)
    {
        var (documents, faults) = (new List<Seen>(), new List<ReadFault>());
        using (reader)
        {
            while (reader.Next() is { } batch)
            {
                using (batch)
                {
                    var some = new List<Document>();
                    batch.Decode(some, faults);
                    documents.AddRange(some.Select(d => new Seen(d.Id, d.Text, Encoding.UTF8.GetString(d.Record.Span), d.Place)));
                }
            }
        }

        return (documents, faults);
    }

    public static (List<Seen> Documents, List<ReadFault> Faults) Of(SourceKind kind, string file, ReadOptions? options = null) =>
        Of(new Source(kind, [file], options ?? ReadOptions.Default).Open([SourcePart.Whole(file, new FileInfo(file).Length)]));

    /// <summary>The numbers of documents and the codes of faults, for tests of bad input.</summary>
    public static (int Documents, string Codes) Summary(SourceKind kind, string file, ReadOptions? options = null)
    {
        var (documents, faults) = Of(kind, file, options);
        return (documents.Count, string.Join(' ', faults.Select(f => f.Code)));
    }
}
