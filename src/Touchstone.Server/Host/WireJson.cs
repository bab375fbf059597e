using System.Text.Json;
using System.Text.Json.Serialization;
using Touchstone.Store.Ids;

namespace Touchstone.Server.Host;

/// <summary>How JSON looks on the wire: snake_case, ids as UUIDs, times in UTC with Z, enums as words; an unknown member is a fault and not ignored.</summary>
internal static class WireJson
{
    /// <summary>The same settings outside a request: events, stored bodies.</summary>
    public static JsonSerializerOptions Options { get; } = Make();

    public static void Apply(JsonSerializerOptions options)
    {
        options.PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower;
        options.DictionaryKeyPolicy = null;
        options.PropertyNameCaseInsensitive = false;
        options.NumberHandling = JsonNumberHandling.Strict;
        options.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
        options.RespectNullableAnnotations = true;
        options.RespectRequiredConstructorParameters = true;
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false));
        options.Converters.Add(new UuidJsonConverterFactory());
        options.Converters.Add(new LeaseTokenConverter());
        options.Converters.Add(new UtcTimeConverter());
    }

    private static JsonSerializerOptions Make()
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web);
        Apply(options);
        return options;
    }

    private sealed class LeaseTokenConverter : JsonConverter<LeaseToken>
    {
        public override LeaseToken Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.TokenType == JsonTokenType.String && LeaseToken.TryParse(reader.GetString(), null, out var token) ? token : throw new JsonException("Expected a lease token.");

        public override void Write(Utf8JsonWriter writer, LeaseToken value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
    }

    private sealed class UtcTimeConverter : JsonConverter<DateTimeOffset>
    {
        public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => Instant.Truncate(reader.GetDateTimeOffset());

        // A UTC DateTime is written with Z; a DateTimeOffset would be written with +00:00.
        public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) => writer.WriteStringValue(value.UtcDateTime);
    }
}
