using System.Text.Json;
using Touchstone.Formats.Exchange;
using Touchstone.Formats.Json;
using Touchstone.Formats.Training;

namespace Touchstone.Formats.OpenAi;

/// <summary>OpenAI's reinforcement fine-tuning: <c>messages</c> that end with the user's, and any fields that graders refer to as <c>{{item.*}}</c>.</summary>
/// <remarks>A reference answer is the field <c>reference_answer</c>, any value: what is no text is kept as a fact besides. All others are facts.</remarks>
public sealed class OpenAiReinforcementFormat : TrainingFormat
{
    private const string ReferenceField = "reference_answer";

    private static readonly string[] Own = ["messages", "tools", ReferenceField];

    /// <inheritdoc/>
    public override TrainingTraits Traits { get; } = new()
    {
        Id = "openai-rft",
        Name = "OpenAI reinforcement fine-tuning",
        Specification = "OpenAI API: reinforcement fine-tuning, FineTuneReinforcementRequestInput; graders",
        Evidence = Evidence.Specification,
        Shape = CompletionShape.None,
        Columns = Own,
        LeavesFact = (_, name, value) => name == ReferenceField && value.ValueKind != JsonValueKind.String,
        Parts = RecordParts.Turns | RecordParts.TurnExtras | RecordParts.Tools | RecordParts.References | RecordParts.Facts | RecordParts.Splits,
    };

    /// <inheritdoc/>
    public override double CertaintyOf(JsonElement row) =>
        MessageJson.Is(row.Member("messages")) && row.Member("messages") is { } messages && messages[messages.GetArrayLength() - 1].Text("role") is "user" or "developer" && row.EnumerateObject().Any(m => m.Name is not ("messages" or "tools")) ? 0.92 : 0;

    /// <inheritdoc/>
    internal override TrainingRecord? Read(JsonElement row, JsonPlace place)
    {
        if (MessageJson.Read(row.Member("messages"), place.Below("messages")) is not { } turns) return null;
        var reference = row.Member(ReferenceField);
        if (turns is [.., { Role: not "assistant" }])
            return new TrainingRecord { Prompt = turns, Tools = row.Member("tools"), Reference = reference?.ToString(), Facts = MessageJson.Facts(row, "messages", "tools", reference is { ValueKind: JsonValueKind.String } ? ReferenceField : "") };
        place.Below("messages").Tell($"the last message was expected to be the user's; {(turns.Count == 0 ? "none" : $"the role \"{turns[^1].Role}\"")} found.");
        return null;
    }

    /// <inheritdoc/>
    internal override void Write(Utf8JsonWriter json, TrainingRecord record, TrainingOptions options)
    {
        json.WriteStartObject();
        MessageJson.Write(json, "messages", record.Prompt);
        if (record.Tools is { } tools) MessageJson.Member(json, "tools", tools);
        if (record.Reference is { } reference && !record.Facts.ContainsKey(ReferenceField)) json.WriteString(ReferenceField, reference);
        MessageJson.WriteFacts(json, record, "messages", "tools");
        json.WriteEndObject();
    }
}
