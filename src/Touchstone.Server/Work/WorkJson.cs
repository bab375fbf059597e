using System.Text.Json.Serialization;

namespace Touchstone.Server.Work;

/// <summary>Metadata of what the hot routes write, made at build time.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(LeaseBody))]
[JsonSerializable(typeof(NextBody))]
[JsonSerializable(typeof(ReceiptBody))]
internal sealed partial class WorkJson : JsonSerializerContext;
