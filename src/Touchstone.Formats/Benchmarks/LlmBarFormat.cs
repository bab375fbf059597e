using System.Text.Json;
using Touchstone.Formats.Exchange;
using Touchstone.Formats.Json;
using Touchstone.Formats.Training;

namespace Touchstone.Formats.Benchmarks;

/// <summary>LLMBar's pairs: an input, two outputs, and which is better: 1 or 2. In this form it also brings MT-bench's and FairEval's human majorities.</summary>
public sealed class LlmBarFormat : TrainingFormat
{
    /// <inheritdoc/>
    public override TrainingTraits Traits { get; } = new()
    {
        Id = "llmbar",
        Name = "LLMBar",
        Specification = "Z. Zeng et al., arXiv:2310.07641; princeton-nlp/LLMBar, Dataset",
        Evidence = Evidence.OtherPrograms,
        Writes = false,
        Shape = CompletionShape.Pair,
        Parts = RecordParts.PlainText | RecordParts.Facts | RecordParts.Splits,
    };

    /// <inheritdoc/>
    public override double CertaintyOf(JsonElement row) => Has(row, "input", "output_1", "output_2", "label") ? 0.98 : 0;

    /// <inheritdoc/>
    internal override TrainingRecord? Read(JsonElement row, JsonPlace place)
    {
        if (row.Text("input") is { } input && row.Text("output_1") is { } first && row.Text("output_2") is { } second && row.Whole("label") is 1 or 2)
        {
            var isFirst = row.Whole("label") == 1;
            return new TrainingRecord
            {
                IsPlain = true,
                Prompt = [Turn.Of("user", input)],
                Completions = [Completion.Of(first) with { Rank = isFirst ? 1 : 2 }, Completion.Of(second) with { Rank = isFirst ? 2 : 1 }],
                Facts = MessageJson.Facts(row, "input", "output_1", "output_2", "label"),
            };
        }

        place.Tell($"an input, two outputs and a label 1 or 2 were expected; {row.Member("input").Found()}, {row.Member("output_1").Found()}, {row.Member("output_2").Found()} and {row.Member("label").Found()} found.");
        return null;
    }
}
