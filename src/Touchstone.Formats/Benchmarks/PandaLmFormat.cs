using System.Text.Json;
using Touchstone.Formats.Exchange;
using Touchstone.Formats.Json;
using Touchstone.Formats.Training;

namespace Touchstone.Formats.Benchmarks;

/// <summary>PandaLM's test set: an instruction with an input, two responses, and what three people, or a model, preferred: 0 neither, 1 the first, 2 the second.</summary>
/// <remarks>What most of those who judged preferred ranks the responses; without a majority they are a tie, as PandaLM has it. A few responses are true or false and no text: their word is taken.</remarks>
public sealed class PandaLmFormat : TrainingFormat
{
    private static readonly string[] Own = ["instruction", "input", "response1", "response2", "idx"];

    /// <inheritdoc/>
    public override TrainingTraits Traits { get; } = new()
    {
        Id = "pandalm",
        Name = "PandaLM test set",
        Specification = "Y. Wang et al., arXiv:2306.05087; WeOpenML/PandaLM, data/testset-v1.json",
        Evidence = Evidence.OtherPrograms,
        Writes = false,
        Shape = CompletionShape.Pair,
        Parts = RecordParts.PlainText | RecordParts.Ties | RecordParts.Models | RecordParts.Judgements | RecordParts.Contributors | RecordParts.Ids | RecordParts.Facts | RecordParts.Splits,
    };

    /// <inheritdoc/>
    public override double CertaintyOf(JsonElement row) => Has(row, "instruction", "response1", "response2", "cmp_key") ? 0.98 : 0;

    /// <inheritdoc/>
    internal override TrainingRecord? Read(JsonElement row, JsonPlace place)
    {
        if (row.Text("instruction") is not { } instruction || Said(row, "response1") is not { } first || Said(row, "response2") is not { } second)
        {
            place.Tell($"an instruction and two responses were expected; {row.Member("instruction").Found()}, {row.Member("response1").Found()} and {row.Member("response2").Found()} found.");
            return null;
        }

        List<Judgement> judgements = [.. row.EnumerateObject().Where(m => m.Name.StartsWith("annotator", StringComparison.Ordinal)).Select(m => Judgement(m.Name, m.Value))];
        var votes = judgements.Where(j => j.Preference is not null).CountBy(j => j.Preference!.Value).ToDictionary();
        var better = votes.FirstOrDefault(v => v.Value * 2 > judgements.Count).Key;
        var models = row.Text("cmp_key")?.Split('_', 2);
        return new TrainingRecord
        {
            Id = row.Id("idx"),
            IsPlain = true,
            Prompt = [Turn.Of("user", row.Text("input") is { Length: > 0 } input ? $"{instruction}\n\n{input}" : instruction)],
            Completions = [Completion.Of(first) with { Rank = better <= 0 ? 1 : 2, Model = models?[0] }, Completion.Of(second) with { Rank = better >= 0 ? 1 : 2, Model = models is [_, var other] ? other : null }],
            Judgements = judgements,
            Facts = MessageJson.Facts(row, [.. Own.Where(o => row.Member(o) is { ValueKind: not (JsonValueKind.Object or JsonValueKind.Array) }), .. judgements.Select(j => j.Contributor!)]),
        };
    }

    private static string? Said(JsonElement row, string member) => row.Member(member) switch
    {
        { ValueKind: JsonValueKind.String } text => text.GetString(),
        { ValueKind: JsonValueKind.True } => "True",
        { ValueKind: JsonValueKind.False } => "False",
        _ => null,
    };

    private static Judgement Judgement(string who, JsonElement value) => new()
    {
        Contributor = who,
        Preference = value.ToString() switch { "0" => 0, "1" => -1, "2" => 1, _ => null },
        Answers = new Dictionary<string, JsonElement>(StringComparer.Ordinal) { ["choice"] = value },
    };
}
