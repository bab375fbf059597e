using System.Text.Json;
using Touchstone.Formats.Exchange;
using Touchstone.Formats.Json;
using Touchstone.Formats.Training;

namespace Touchstone.Formats.OpenAi;

/// <summary>OpenAI's supervised fine-tuning of chat models: <c>messages</c> that end with the assistant's, with <c>tools</c>.</summary>
public sealed class OpenAiChatFormat : TrainingFormat
{
    /// <inheritdoc/>
    public override TrainingTraits Traits { get; } = new()
    {
        Id = "openai-chat",
        Name = "OpenAI chat fine-tuning",
        Specification = "OpenAI API reference: FineTuneChatRequestInput",
        Evidence = Evidence.Specification,
        Shape = CompletionShape.One,
        NeedsPrompt = false,
        Parts = RecordParts.Turns | RecordParts.TurnExtras | RecordParts.Tools | RecordParts.Sequences | RecordParts.Splits,
        Facts = ["parallel_tool_calls", "functions"],
    };

    /// <inheritdoc/>
    public override double CertaintyOf(JsonElement row)
    {
        if (!MessageJson.Is(row.Member("messages"))) return 0;
        if (row.Member("messages") is not { } messages || messages[messages.GetArrayLength() - 1].Text("role") != "assistant") return 0;
        return Has(row, "parallel_tool_calls") || Has(row, "functions") || messages.EnumerateArray().Any(m => m.Member("weight") is not null) ? 0.95 : 0.6;
    }

    /// <inheritdoc/>
    internal override TrainingRecord? Read(JsonElement row, JsonPlace place)
    {
        if (MessageJson.Read(row.Member("messages"), place.Below("messages")) is not { } turns) return null;
        var (prompt, answer) = MessageJson.AtAnswer(turns);
        if (answer is [.., { Role: "assistant" }])
            return new TrainingRecord { IsSequence = true, Prompt = prompt, Completions = [new Completion { Turns = answer }], Tools = row.Member("tools"), Facts = MessageJson.Facts(row, "messages", "tools") };
        place.Below("messages").Tell($"the last message was expected to be the assistant's; {(turns.Count == 0 ? "none" : $"the role \"{turns[^1].Role}\"")} found.");
        return null;
    }

    /// <inheritdoc/>
    internal override void Write(Utf8JsonWriter json, TrainingRecord record, TrainingOptions options)
    {
        json.WriteStartObject();
        MessageJson.Write(json, "messages", [.. record.Prompt, .. record.Completions.SelectMany(c => c.Turns)]);
        if (record.Tools is { } tools) MessageJson.Member(json, "tools", tools);
        MessageJson.WriteFacts(json, record, "messages", "tools");
        json.WriteEndObject();
    }
}
