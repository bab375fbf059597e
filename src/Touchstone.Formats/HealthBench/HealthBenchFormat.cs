using System.Text.Json;
using Touchstone.Formats.Exchange;
using Touchstone.Formats.Json;
using Touchstone.Formats.Training;

namespace Touchstone.Formats.HealthBench;

/// <summary>Rows of HealthBench: a dialogue and the rubric that its answer is graded by. Points below 0 are for what an answer should not do.</summary>
/// <remarks>The physicians' ideal completion is the reference answer; its group and the completions that they saw are facts.</remarks>
public sealed class HealthBenchFormat : TrainingFormat
{
    private const string Ideal = "ideal_completions_data", IdealText = "ideal_completion";

    private static readonly string[] Own = ["prompt_id", "prompt", "rubrics", Ideal, "example_tags"];

    /// <inheritdoc/>
    public override TrainingTraits Traits { get; } = new()
    {
        Id = "healthbench",
        Name = "HealthBench",
        Specification = "R. Arora et al., arXiv:2505.08775; openai/simple-evals, healthbench_eval.py",
        Evidence = Evidence.Specification,
        Shape = CompletionShape.None,
        Columns = ["prompt_id", "prompt", "rubrics"],
        Parts = RecordParts.Turns | RecordParts.References | RecordParts.Rubrics | RecordParts.Ids | RecordParts.Facts | RecordParts.Splits,
        Needs = RecordParts.Rubrics,
    };

    /// <inheritdoc/>
    public override double CertaintyOf(JsonElement row) => MessageJson.Is(row.Member("prompt")) && row.Items("rubrics").Any(r => r.Member("criterion") is not null && r.Member("points") is not null) ? 0.98 : 0;

    /// <inheritdoc/>
    internal override TrainingRecord? Read(JsonElement row, JsonPlace place)
    {
        if (MessageJson.Read(row.Member("prompt"), place.Below("prompt")) is not { } prompt) return null;
        var rubric = RubricJson.Read(row, "rubrics", "criterion", "points", place);
        if (rubric.Count == 0)
        {
            place.Below("rubrics").Tell($"a list of criteria was expected; {row.Member("rubrics").Found()} found.");
            return null;
        }

        return new TrainingRecord { Id = row.Id("prompt_id"), Prompt = prompt, Rubric = rubric, Reference = row.Member(Ideal)?.Text(IdealText), Facts = MessageJson.Facts(row, row.Id("prompt_id") is null ? "" : "prompt_id", "prompt", "rubrics") };
    }

    /// <inheritdoc/>
    internal override void Write(Utf8JsonWriter json, TrainingRecord record, TrainingOptions options)
    {
        json.WriteStartObject();
        json.WriteString("prompt_id", record.Id ?? record.Name);
        MessageJson.Write(json, "prompt", record.Prompt);
        RubricJson.Write(json, "rubrics", record.Rubric);
        if (record.Facts.TryGetValue("example_tags", out var tags)) MessageJson.Member(json, "example_tags", tags);
        else json.WriteStartArray("example_tags");
        if (!record.Facts.ContainsKey("example_tags")) json.WriteEndArray();
        json.WritePropertyName(Ideal);
        if (record.Facts.TryGetValue(Ideal, out var ideal)) ideal.WriteTo(json);
        else if (record.Reference is { } reference)
        {
            json.WriteStartObject();
            json.WriteString(IdealText, reference);
            json.WriteEndObject();
        }
        else json.WriteNullValue();
        MessageJson.WriteFacts(json, record, Own);
        json.WriteEndObject();
    }
}
