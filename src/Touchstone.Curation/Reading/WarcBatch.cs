using System.Buffers;
using System.Text.Json;
using Touchstone.Curation.Documents;

namespace Touchstone.Curation.Reading;

/// <summary>Records of a web archive; what is within them is taken out on a worker's thread.</summary>
internal sealed class WarcBatch(List<ArchiveRecord> records, long bytes, ReadOptions options, List<ReadFault> faultsOfReader) : ReadBatch
{
    public override long Bytes => bytes;

    public override void Decode(ICollection<Document> documents, ICollection<ReadFault> faults)
    {
        foreach (var fault in faultsOfReader) faults.Add(fault);
        foreach (var record in records)
        {
            if (TextOf(record, faults) is not { } text) continue;
            var address = Address(record, faults);
            if (text.Length == 0)
            {
                faults.Add(new(record.Place, ReadFaultCode.EmptyText, "expected a text, found an empty body"));
                continue;
            }

            var id = record.Field("warc-record-id");
            documents.Add(new Document { Id = id.Length > 0 ? id : JsonRecord.NameOf(record.Place, options), Text = text, Place = record.Place, Record = Members(id, address, record) });
        }
    }

    /// <summary>The text of a record that is a document; null of one that is none, or whose body cannot be read.</summary>
    private string? TextOf(ArchiveRecord record, ICollection<ReadFault> faults)
    {
        var identified = record.Field("warc-identified-payload-type");
        if (record.Type != "response")
        {
            var stated = identified.Length > 0 ? identified : record.Field("content-type");
            var isOfProgram = record.Field("warc-target-uri").TrimStart('<').StartsWith("metadata:", StringComparison.Ordinal);      // Wget's own log and arguments
            return record.Type == "conversion" || (IsText(stated) && !isOfProgram) ? PageCharacters.Decode(record.Block.Span, HttpMessage.CharsetOf(stated)) : null;
        }

        var message = HttpMessage.Parse(record.Block);
        if (message is null)
        {
            if (record.Field("content-type").Contains("http", StringComparison.OrdinalIgnoreCase))
                faults.Add(new(record.Place, ReadFaultCode.BrokenBody, "expected an HTTP response, found something else"));
            return null;
        }

        var type = identified.Length > 0 ? identified : message.Field("content-type");
        if (!IsText(type) && (type.Length > 0 || !message.LooksLikeHtml)) return null;
        var body = message.Body(options.RecordBytesMax, out var fault, out var isTooLong);
        if (fault is not null) faults.Add(new(record.Place, isTooLong ? ReadFaultCode.TooLong : ReadFaultCode.BrokenBody, fault));
        return body is null ? null : PageCharacters.Decode(body.Value.Span, HttpMessage.CharsetOf(message.Field("content-type")));
    }

    private static bool IsText(string type)
    {
        var end = type.IndexOf(';', StringComparison.Ordinal);
        return (end < 0 ? type : type[..end]).Trim().ToLowerInvariant() is "text/html" or "application/xhtml+xml" or "text/plain" or "text/markdown";
    }

    /// <summary>The record's address, out of the angle brackets that some programs put around it.</summary>
    private static string Address(ArchiveRecord record, ICollection<ReadFault> faults)
    {
        var stated = record.Field("warc-target-uri");
        var address = stated is ['<', .., '>'] ? stated[1..^1] : stated;
        if (address.Contains(' ', StringComparison.Ordinal) || !Uri.TryCreate(address, UriKind.Absolute, out _))
            faults.Add(new(record.Place, ReadFaultCode.BadAddress, $"expected an address, found \"{(stated.Length <= 200 ? stated : stated[..200] + "...")}\"; the record is read nevertheless"));
        return address;
    }

    private static byte[] Members(string id, string address, ArchiveRecord record)
    {
        var bytes = new ArrayBufferWriter<byte>(256);
        using (var json = new Utf8JsonWriter(bytes, JsonText.Raw))
        {
            json.WriteStartObject();
            if (id.Length > 0) json.WriteString("id", id);
            if (address.Length > 0) json.WriteString("url", address);
            if (record.Field("warc-date") is { Length: > 0 } date) json.WriteString("date", date);
            if (record.Field("warc-identified-content-language") is { Length: > 0 } languages) json.WriteString("identified_languages", languages);
            json.WriteEndObject();
        }

        return bytes.WrittenSpan.ToArray();
    }
}
