using System.Text.Json;
using Touchstone.Formats.Exchange;
using Touchstone.Formats.Json;
using Touchstone.Formats.Training;

namespace Touchstone.Formats.Scale;

/// <summary>Scale's GenAI tasks, version 2: threads of turns, each with messages of a user and of one model or several, and annotations of messages, turns and threads. A delivery is a list of them.</summary>
/// <remarks>
/// docs.genai.scale.com, GET /v2/task and /v2/delivery. A turn whose models' messages somebody compared or annotated is a record, and the last turn of each thread is one; what stands before it is the prompt, with the message that was
/// selected where several answer a turn. Numbers that annotate a message are ratings of it; annotations of the turn are a judgement. What a record has no place for in Scale's schema stands in members named <c>touchstone</c>.
/// </remarks>
public sealed class ScaleGenAiFormat : TrainingFormat
{
    /// <inheritdoc/>
    public override TrainingTraits Traits { get; } = new()
    {
        Id = "scale-genai",
        Name = "Scale GenAI tasks",
        Specification = "docs.genai.scale.com: API v2, tasks, deliveries and annotations",
        Evidence = Evidence.Specification,
        Shape = CompletionShape.Any,
        CompletesWithText = true,
        Columns = ["task_id", "threads"],
        Parts = RecordParts.Turns | RecordParts.TurnExtras | RecordParts.Ratings | RecordParts.Models | RecordParts.Judgements | RecordParts.Contributors | RecordParts.Ids | RecordParts.Facts | RecordParts.Splits,
    };

    /// <inheritdoc/>
    public override double CertaintyOf(JsonElement row) => IsTask(row) || row.Items("tasks").FirstOrDefault() is { ValueKind: JsonValueKind.Object } first && IsTask(first) ? 0.98 : 0;

    private static bool IsTask(JsonElement row) => Has(row, "task_id") && row.Member("threads") is { ValueKind: JsonValueKind.Array };

    /// <inheritdoc/>
    internal override IEnumerable<TrainingRecord> ReadAll(JsonElement row, JsonPlace place)
    {
        if (row.Member("tasks") is not { ValueKind: JsonValueKind.Array } tasks) return ScaleGenAiReader.Read(row, place);
        return tasks.EnumerateArray().SelectMany((task, i) => ScaleGenAiReader.Read(task, place.Below("tasks").Below(i)));
    }

    /// <inheritdoc/>
    internal override TrainingRecord? Read(JsonElement row, JsonPlace place) => ReadAll(row, place).FirstOrDefault();

    /// <inheritdoc/>
    internal override void Write(Utf8JsonWriter json, TrainingRecord record, TrainingOptions options) => ScaleGenAiWriter.Write(json, record);
}
