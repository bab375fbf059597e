using System.Text.Json;
using Touchstone.Formats.Exchange;
using Touchstone.Formats.Json;
using Touchstone.Formats.Training;

namespace Touchstone.Formats.Benchmarks;

/// <summary>MT-bench's questions: the user's turns of a dialogue, a category, and for some a reference answer to each turn.</summary>
/// <remarks>The user's turns follow each other: what a model answers between them is not known.</remarks>
public sealed class MtBenchFormat : TrainingFormat
{
    /// <inheritdoc/>
    public override TrainingTraits Traits { get; } = new()
    {
        Id = "mt-bench",
        Name = "MT-bench questions",
        Specification = "L. Zheng et al., arXiv:2306.05685; lm-sys/FastChat, fastchat/llm_judge/data",
        Evidence = Evidence.OtherPrograms,
        Writes = false,
        Shape = CompletionShape.None,
        Parts = RecordParts.Turns | RecordParts.References | RecordParts.Ids | RecordParts.Facts | RecordParts.Splits,
    };

    /// <inheritdoc/>
    public override double CertaintyOf(JsonElement row) => Has(row, "question_id", "turns") && Has(row, "category") ? 0.98 : 0;

    /// <inheritdoc/>
    internal override TrainingRecord? Read(JsonElement row, JsonPlace place)
    {
        List<Turn> turns = [.. row.Items("turns").Where(t => t.ValueKind == JsonValueKind.String).Select(t => Turn.Of("user", t.GetString()!))];
        if (turns.Count > 0)
            return new TrainingRecord { Id = row.Id("question_id"), Prompt = turns, Reference = row.Items("reference").LastOrDefault() is { ValueKind: JsonValueKind.String } last ? last.GetString() : null, Facts = MessageJson.Facts(row, row.Id("question_id") is null ? "" : "question_id", row.Items("turns").Count() == turns.Count ? "turns" : "") };
        place.Below("turns").Tell($"a list of texts was expected; {row.Member("turns").Found()} found.");
        return null;
    }
}
