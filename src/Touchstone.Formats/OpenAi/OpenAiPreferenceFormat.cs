using System.Text.Json;
using Touchstone.Formats.Exchange;
using Touchstone.Formats.Json;
using Touchstone.Formats.Training;

namespace Touchstone.Formats.OpenAi;

/// <summary>OpenAI's preference fine-tuning: <c>input</c> with messages and tools, <c>preferred_output</c>, <c>non_preferred_output</c>.</summary>
/// <remarks>The API reference once had <c>preferred_completion</c> and <c>non_preferred_completion</c>; those are read too.</remarks>
public sealed class OpenAiPreferenceFormat : TrainingFormat
{
    private const string ParallelCalls = "parallel_tool_calls";

    /// <inheritdoc/>
    public override TrainingTraits Traits { get; } = new()
    {
        Id = "openai-preference",
        Name = "OpenAI preference fine-tuning",
        Specification = "OpenAI API: direct preference optimization, FineTunePreferenceRequestInput",
        Evidence = Evidence.Specification,
        Shape = CompletionShape.Pair,
        Parts = RecordParts.Turns | RecordParts.TurnExtras | RecordParts.Tools | RecordParts.Splits,
        Facts = [ParallelCalls],
    };

    /// <inheritdoc/>
    public override double CertaintyOf(JsonElement row) =>
        Has(row, "input") && (Has(row, "preferred_output", "non_preferred_output") || Has(row, "preferred_completion", "non_preferred_completion")) ? 0.98 : 0;

    /// <inheritdoc/>
    internal override TrainingRecord? Read(JsonElement row, JsonPlace place)
    {
        var input = row.Member("input") ?? default;
        if (MessageJson.Read(input.ValueKind == JsonValueKind.Array ? input : input.Member("messages"), place.Below("input").Below("messages")) is not { } prompt
            || MessageJson.Read(row.Member("preferred_output") ?? row.Member("preferred_completion"), place.Below("preferred_output")) is not { } better
            || MessageJson.Read(row.Member("non_preferred_output") ?? row.Member("non_preferred_completion"), place.Below("non_preferred_output")) is not { } worse)
            return null;
        if (better.Count == 0 || worse.Count == 0)
        {
            place.Below(better.Count == 0 ? "preferred_output" : "non_preferred_output").Tell("a message of the assistant was expected; an empty list found.");
            return null;
        }

        var tools = input.Member("tools") is { ValueKind: JsonValueKind.Array } list && list.GetArrayLength() > 0 ? list : (JsonElement?)null;
        return new TrainingRecord
        {
            Prompt = prompt,
            Completions = [new Completion { Turns = better, Rank = 1 }, new Completion { Turns = worse, Rank = 2 }],
            Tools = tools,
            Facts = Facts(row, input),
        };
    }

    /// <summary>What else the row and its input have; of two of one name that of the input is called after it.</summary>
    private static Dictionary<string, JsonElement> Facts(JsonElement row, JsonElement input)
    {
        var better = row.Member("preferred_output") is null ? "preferred_completion" : "preferred_output";
        var worse = row.Member("non_preferred_output") is null ? "non_preferred_completion" : "non_preferred_output";
        Dictionary<string, JsonElement> facts = new(MessageJson.Facts(row, "input", better, worse), StringComparer.Ordinal);
        if (input.ValueKind != JsonValueKind.Object) return facts;
        foreach (var (name, value) in MessageJson.Facts(input, "messages", input.Member("tools") is { ValueKind: JsonValueKind.Array } ? "tools" : ""))
            if (!facts.TryAdd(name, value)) facts[$"input.{name}"] = value;
        return facts;
    }

    /// <inheritdoc/>
    internal override void Write(Utf8JsonWriter json, TrainingRecord record, TrainingOptions options)
    {
        var isFirst = record.Completions[0].Rank <= record.Completions[1].Rank;
        json.WriteStartObject();
        json.WriteStartObject("input");
        MessageJson.Write(json, "messages", record.Prompt);
        if (record.Tools is { } tools) MessageJson.Member(json, "tools", tools);
        MessageJson.WriteFacts(json, record, "messages", "tools");
        json.WriteEndObject();
        MessageJson.Write(json, "preferred_output", record.Completions[isFirst ? 0 : 1].Turns);
        MessageJson.Write(json, "non_preferred_output", record.Completions[isFirst ? 1 : 0].Turns);
        json.WriteEndObject();
    }
}
