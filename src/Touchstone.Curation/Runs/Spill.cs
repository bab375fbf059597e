using System.Buffers;
using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Touchstone.Curation.Documents;
using Touchstone.Curation.Reading;
using Touchstone.Files.Compression;

namespace Touchstone.Curation.Runs;

/// <summary>
/// Documents on their way from one stage to the next, as they are in memory: frames of some documents each, compressed by themselves, each with the number of its first document, so that
/// workers read them at the same time.
/// </summary>
internal static class Spill
{
    /// <summary>Head of a frame: bytes of its body, bytes of its content, documents in it, number of the first one.</summary>
    public const int HeadBytes = 16;

    private const byte HasText = 1, IsEdited = 2, HasFindings = 4;
    private static readonly string EditedMark = new(' ', 1);

    /// <summary>Puts a document behind others.</summary>
    public static void Write(ArrayBufferWriter<byte> output, Document document)
    {
        var isEdited = document.TextAsRead is not null && !ReferenceEquals(document.Text, document.TextAsRead);
        var isInRecord = document.TextAsRead is not null && !isEdited;
        var flags = (byte)((document.TextAsRead is not null ? HasText : 0) | (isEdited ? IsEdited : 0) | (document.Findings is { Count: > 0 } ? HasFindings : 0));
        output.Write([flags]);
        Write(output, document.Id);
        Write(output, document.Place.File);
        Write(output, document.Place.Line);
        Write(output, document.Place.Offset);
        Write(output, document.Record.Length);
        output.Write(document.Record.Span);
        var (start, length) = document.TextAsRead is null ? (0, 0) : document.RecordText.GetOffsetAndLength(document.Record.Length);
        Write(output, start);
        Write(output, length);
        if (!isInRecord) Write(output, document.Text);
        if ((flags & HasFindings) != 0) Write(output, JsonSerializer.Serialize(document.Findings, Findings));
    }

    /// <summary>Makes a frame with room for its head, which is written when the number of its first document is known.</summary>
    public static Memory<byte> Compress(ReadOnlySpan<byte> content)
    {
        if (Zstd.IsAvailable)
        {
            var frame = new byte[HeadBytes + Zstd.LengthMax(content.Length)];
            return frame.AsMemory(0, HeadBytes + Zstd.Compress(content, frame.AsSpan(HeadBytes), level: 1));
        }

        var body = new MemoryStream(content.Length / 2);
        body.Write(stackalloc byte[HeadBytes]);
        using (var gzip = new GZipStream(body, CompressionLevel.Fastest, leaveOpen: true)) gzip.Write(content);
        return body.GetBuffer().AsMemory(0, (int)body.Length);
    }

    public static void WriteHead(Span<byte> frame, int contentBytes, int documents, uint first)
    {
        var head = frame[..HeadBytes];
        BinaryPrimitives.WriteInt32LittleEndian(head, frame.Length - HeadBytes);
        BinaryPrimitives.WriteInt32LittleEndian(head[4..], contentBytes);
        BinaryPrimitives.WriteInt32LittleEndian(head[8..], documents);
        BinaryPrimitives.WriteUInt32LittleEndian(head[12..], first);
    }

    /// <summary>Takes the documents of a frame apart.</summary>
    public static void Read(ReadOnlyMemory<byte> content, int documents, ICollection<Document> to)
    {
        var at = 0;
        for (var d = 0; d < documents; d++)
        {
            var flags = content.Span[at++];
            var id = ReadString(content.Span, ref at);
            var place = new DocumentPlace(ReadString(content.Span, ref at), ReadNumber(content.Span, ref at), ReadNumber(content.Span, ref at));
            var recordBytes = (int)ReadNumber(content.Span, ref at);
            var record = content.Slice(at, recordBytes);
            at += recordBytes;
            var (start, length) = ((int)ReadNumber(content.Span, ref at), (int)ReadNumber(content.Span, ref at));
            var isInRecord = (flags & HasText) != 0 && (flags & IsEdited) == 0;
            var text = isInRecord ? Unquoted(record.Span.Slice(start, length)) : ReadString(content.Span, ref at);
            to.Add(new Document
            {
                Id = id,
                Text = text,
                TextAsRead = isInRecord ? text : (flags & HasText) != 0 ? EditedMark : null,
                Record = record,
                RecordText = start..(start + length),
                Place = place,
                Findings = (flags & HasFindings) != 0 ? ReadFindings(ReadString(content.Span, ref at)) : null,
            });
        }
    }

    public static byte[] Decompress(ReadOnlyMemory<byte> body, int contentBytes)
    {
        var content = new byte[contentBytes];
        if (body.Span.StartsWith((ReadOnlySpan<byte>)[0x1F, 0x8B]))
        {
            using var inflate = new GZipStream(new MemoryStream(body.ToArray()), CompressionMode.Decompress);
            inflate.ReadExactly(content);
            return content;
        }

        Zstd.Decompress(body.Span, contentBytes, ref content);
        return content;
    }

    private static readonly JsonSerializerOptions Findings = new() { Encoder = JsonText.Raw.Encoder, PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    /// <summary>Findings as steps put them: whole numbers, numbers, texts, truth values; anything larger stays JSON, which is what becomes of it in the end.</summary>
    private static SortedDictionary<string, object> ReadFindings(string json)
    {
        var findings = new SortedDictionary<string, object>(StringComparer.Ordinal);
        foreach (var member in JsonElement.Parse(json).EnumerateObject())
        {
            findings[member.Name] = member.Value.ValueKind switch
            {
                JsonValueKind.String => member.Value.GetString()!,
                JsonValueKind.True => true,
                JsonValueKind.False => false,
                JsonValueKind.Number when member.Value.TryGetInt32(out var small) => small,
                JsonValueKind.Number when member.Value.TryGetInt64(out var whole) => whole,
                JsonValueKind.Number => member.Value.GetDouble(),
                _ => member.Value.Clone(),
            };
        }

        return findings;
    }

    private static string Unquoted(ReadOnlySpan<byte> quoted)
    {
        var json = new Utf8JsonReader(quoted);
        json.Read();
        return json.GetString()!;
    }

    private static void Write(ArrayBufferWriter<byte> output, string text)
    {
        Write(output, Encoding.UTF8.GetByteCount(text));
        Encoding.UTF8.GetBytes(text, output);
    }

    private static void Write(ArrayBufferWriter<byte> output, long number)
    {
        var span = output.GetSpan(10);
        var count = 0;
        var left = (ulong)number;
        while (left >= 0x80)
        {
            span[count++] = (byte)(left | 0x80);
            left >>= 7;
        }

        span[count++] = (byte)left;
        output.Advance(count);
    }

    private static string ReadString(ReadOnlySpan<byte> content, ref int at)
    {
        var length = (int)ReadNumber(content, ref at);
        var text = Encoding.UTF8.GetString(content.Slice(at, length));
        at += length;
        return text;
    }

    private static long ReadNumber(ReadOnlySpan<byte> content, ref int at)
    {
        ulong number = 0;
        for (var shift = 0; ; shift += 7)
        {
            var part = content[at++];
            number |= (ulong)(part & 0x7F) << shift;
            if (part < 0x80) return (long)number;
        }
    }
}
