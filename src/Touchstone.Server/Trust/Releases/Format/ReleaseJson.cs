using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Touchstone.Files.Storage;

namespace Touchstone.Server.Trust.Releases.Format;

/// <summary>How a release stands in JSON: members in the order in which the types declare them, snake_case, what is null left out, the same bytes for the
/// same content. Read back strictly: an unknown, missing or repeated member is a fault.</summary>
internal static class ReleaseJson
{
    private static readonly JsonWriterOptions Indented = new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>For reading and for lines.</summary>
    public static JsonSerializerOptions Options { get; } = Make();

    /// <summary>One line without its end.</summary>
    public static byte[] Line<T>(T value) => JsonSerializer.SerializeToUtf8Bytes(value, Options);

    /// <summary>release.json with its digest.</summary>
    public static (byte[] Bytes, string Digest) Document(ReleaseContent content, Publication published)
    {
        var body = Shifted(Body(content));
        var digest = FileDigest.Of(body);
        var buffer = new ArrayBufferWriter<byte>(body.Length + 1024);
        using (var writer = new Utf8JsonWriter(buffer, Indented))
        {
            writer.WriteStartObject();
            writer.WriteString("format"u8, ReleaseDocument.FormatName);
            writer.WriteNumber("format_version"u8, ReleaseDocument.CurrentVersion);
            writer.WriteString("digest"u8, digest);
            writer.WritePropertyName("published"u8);
            JsonSerializer.Serialize(writer, published, Options);
            writer.WritePropertyName("content"u8);
            writer.WriteRawValue(body);
            writer.WriteEndObject();
        }

        buffer.Write("\n"u8);
        return (buffer.WrittenSpan.ToArray(), digest);
    }

    private static byte[] Body(ReleaseContent content)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, Indented)) JsonSerializer.Serialize(writer, content, Options);
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>Every line but the first two spaces further in, as it stands within the document. No text of JSON holds a bare line feed.</summary>
    private static byte[] Shifted(byte[] json)
    {
        var buffer = new ArrayBufferWriter<byte>(json.Length + json.Length / 8);
        ReadOnlySpan<byte> left = json;
        for (var end = left.IndexOf((byte)'\n'); end >= 0; end = left.IndexOf((byte)'\n'))
        {
            buffer.Write(left[..(end + 1)]);
            buffer.Write("  "u8);
            left = left[(end + 1)..];
        }

        buffer.Write(left);
        return buffer.WrittenSpan.ToArray();
    }

    private static JsonSerializerOptions Make()
    {
        var options = new JsonSerializerOptions
        {
            PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
            RespectNullableAnnotations = true,
            RespectRequiredConstructorParameters = true,
            AllowDuplicateProperties = false,
        };
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false));
        options.Converters.Add(new FiniteNumber());
        options.Converters.Add(new UtcTime());
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }

    /// <summary>JSON can write numbers that no double holds: they are faults and not infinities.</summary>
    private sealed class FiniteNumber : JsonConverter<double>
    {
        public override double Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.TokenType == JsonTokenType.Number && reader.TryGetDouble(out var value) && double.IsFinite(value) ? value : throw new JsonException("expected a finite number");

        public override void Write(Utf8JsonWriter writer, double value, JsonSerializerOptions options) => writer.WriteNumberValue(value);
    }

    private sealed class UtcTime : JsonConverter<DateTimeOffset>
    {
        public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetDateTimeOffset();

        public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) => writer.WriteStringValue(value.UtcDateTime);
    }
}
