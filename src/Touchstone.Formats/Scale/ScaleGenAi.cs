using System.Text.Json;
using Touchstone.Formats.Json;

namespace Touchstone.Formats.Scale;

/// <summary>Names of Scale's GenAI schema, and of what Touchstone adds to it.</summary>
internal static class ScaleGenAi
{
    /// <summary>The annotation of a turn that names the better one of its messages by their <c>source_id</c>.</summary>
    public const string Selected = "selected_model_id";

    /// <summary>The member for what Scale's schema has no place for.</summary>
    public const string Own = "touchstone";

    public const string ThreadId = "thread_id", TurnId = "turn_id", TurnAnnotations = "turn_annotations", ThreadAnnotations = "thread_annotations", Metadata = "metadata.";

    /// <summary>Members of a task beside its threads and its metadata.</summary>
    public static readonly string[] OfTask = ["project", "batch", "status", "created_at", "completed_at", "errors", "sensitive_content_reports"];

    /// <summary>Members of a message's content beside its text.</summary>
    public static readonly string[] OfContent = ["reference_texts", "attachments", "chunks", "reasoning"];

    /// <summary>What Touchstone adds to an annotation.</summary>
    public static JsonElement? OwnOf(JsonElement annotation) => annotation.Member("metadata") is { ValueKind: JsonValueKind.Object } metadata ? metadata.Member(Own) : null;

    /// <summary>Whether an annotation is a key and a value and nothing else that would be lost.</summary>
    public static bool IsBare(JsonElement annotation) => OwnOf(annotation) is not null || ((JsonElement?)annotation).Members().All(m => m.Name is "key" or "value");

    /// <summary>The value of an annotation; JSON's null where it has none.</summary>
    public static JsonElement Value(JsonElement annotation) => annotation.TryGetProperty("value", out var value) ? value : JsonFields.Null;
}
