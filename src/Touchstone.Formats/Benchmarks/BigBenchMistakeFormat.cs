using System.Text.Json;
using Touchstone.Formats.Exchange;
using Touchstone.Formats.Json;
using Touchstone.Formats.Training;

namespace Touchstone.Formats.Benchmarks;

/// <summary>BIG-Bench Mistake: chains of thought with the position of the first wrong step that people found, from 0; null where there is none.</summary>
/// <remarks>Steps before it are right and it is wrong. What follows it rests on a mistake and was not judged: it is left out.</remarks>
public sealed class BigBenchMistakeFormat : TrainingFormat
{
    /// <inheritdoc/>
    public override TrainingTraits Traits { get; } = new()
    {
        Id = "big-bench-mistake",
        Name = "BIG-Bench Mistake",
        Specification = "G. Tyen et al., arXiv:2311.08516; WHGTyen/BIG-Bench-Mistake",
        Evidence = Evidence.OtherPrograms,
        Writes = false,
        Shape = CompletionShape.Steps,
        Parts = RecordParts.PlainText | RecordParts.References | RecordParts.Facts | RecordParts.Splits,
    };

    /// <inheritdoc/>
    public override double CertaintyOf(JsonElement row) => Has(row, "input", "steps", "target") && row.ValueKind == JsonValueKind.Object && row.TryGetProperty("mistake_index", out _) ? 0.98 : 0;

    /// <inheritdoc/>
    internal override TrainingRecord? Read(JsonElement row, JsonPlace place)
    {
        var steps = row.Items("steps").ToList();
        var mistake = row.Whole("mistake_index");
        if (row.Text("input") is not { } input || steps.Count == 0 || steps.Exists(s => s.ValueKind != JsonValueKind.String) || mistake < 0 || mistake >= steps.Count || mistake is null && row.Member("mistake_index") is not null)
        {
            place.Tell($"an input, steps and the position of one of them, or null, were expected; {row.Member("input").Found()}, {row.Member("steps").Found()} and {row.Member("mistake_index").Found()} found.");
            return null;
        }

        return new TrainingRecord
        {
            IsPlain = true,
            Prompt = [Turn.Of("user", input)],
            Completions = [new Completion { Steps = [.. steps.Take((mistake ?? steps.Count - 1) + 1).Select((s, i) => RecordStep.Of(s.GetString()!, i != mistake))] }],
            Reference = row.Id("target"),
            Facts = MessageJson.Facts(row, "input", "steps", row.Id("target") is null ? "" : "target"),
        };
    }
}
