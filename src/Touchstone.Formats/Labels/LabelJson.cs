using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Touchstone.Formats.Labels;

/// <summary>How label records stand in JSON; the code is generated when this library is built.</summary>
[JsonSerializable(typeof(LabelRecord))]
internal sealed partial class LabelJson : JsonSerializerContext
{
    /// <summary>The context that is used: enumerations in lower case, text as it is.</summary>
    public static LabelJson Shared { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        Converters =
        {
            new JsonStringEnumConverter<LabelOrigin>(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false),
            new JsonStringEnumConverter<ReviewDecision>(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false),
        },
    });
}
