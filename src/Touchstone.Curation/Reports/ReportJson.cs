using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Touchstone.Curation.Reports;

/// <summary>A report in JSON: snake_case names, enumerations as words, times in UTC.</summary>
public static class ReportJson
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false) },
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    /// <summary>Writes a report as UTF-8 on one line. The same report gives the same bytes.</summary>
    public static byte[] ToBytes(CurationReport report) => JsonSerializer.SerializeToUtf8Bytes(report, Options);

    /// <summary>Reads a report.</summary>
    /// <exception cref="JsonException">It is no report of this version; the exception tells the place.</exception>
    public static CurationReport Parse(ReadOnlySpan<byte> json) => JsonSerializer.Deserialize<CurationReport>(json, Options) ?? throw new JsonException("Expected a report, found null.");
}
