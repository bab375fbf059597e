using System.Text.Json;
using Touchstone.Formats.Exchange;
using Touchstone.Formats.Json;
using Touchstone.Formats.Training;

namespace Touchstone.Formats.HelpSteer;

/// <summary>HelpSteer3's preferences: a context, two responses, and which is better from -3 (the first, much) to 3 (the second, much), overall and by each annotator.</summary>
/// <remarks>A pair without a number for how much is written as 1, slightly better: the least that can be said.</remarks>
public sealed class HelpSteer3Format : TrainingFormat
{
    private const int PreferenceMax = 3;

    private static readonly string[] Own = ["context", "response1", "response2", "overall_preference", "individual_preference"];

    /// <inheritdoc/>
    public override TrainingTraits Traits { get; } = new()
    {
        Id = "helpsteer3",
        Name = "HelpSteer3",
        Specification = "Z. Wang et al., HelpSteer3-Preference, arXiv:2505.11475; data card of nvidia/HelpSteer3",
        Evidence = Evidence.Specification,
        Shape = CompletionShape.Pair,
        Columns = Own,
        CompletesWithText = true,
        WholeMarginMax = PreferenceMax,
        Parts = RecordParts.Turns | RecordParts.Ties | RecordParts.Margins | RecordParts.Judgements | RecordParts.Facts | RecordParts.Splits,
    };

    /// <inheritdoc/>
    public override double CertaintyOf(JsonElement row) => Has(row, "context", "response1", "response2", "overall_preference") ? 0.99 : 0;

    /// <inheritdoc/>
    internal override TrainingRecord? Read(JsonElement row, JsonPlace place)
    {
        if (MessageJson.Read(row.Member("context"), place.Below("context")) is not { } context) return null;
        if (row.Text("response1") is not { } first || row.Text("response2") is not { } second || row.Whole("overall_preference") is not { } overall || Math.Abs(overall) > PreferenceMax)
        {
            place.Tell($"two responses and an overall_preference from -3 to 3 were expected; {row.Member("response1").Found()}, {row.Member("response2").Found()} and {row.Member("overall_preference").Found()} found.");
            return null;
        }

        var isWhole = row.Member("individual_preference") is null or { ValueKind: JsonValueKind.Array } && row.Items("individual_preference").All(p => p.ValueKind == JsonValueKind.Object);
        if (!isWhole) place.Below("individual_preference").Tell($"a list of objects was expected; {row.Member("individual_preference").Found()} with something else found, which is left out.");
        return new TrainingRecord
        {
            Prompt = context,
            Completions = [Completion.Of(first) with { Rank = overall <= 0 ? 1 : 2 }, Completion.Of(second) with { Rank = overall >= 0 ? 1 : 2 }],
            Margin = Math.Abs(overall),
            Judgements = [.. row.Items("individual_preference").Where(p => p.ValueKind == JsonValueKind.Object).Select(p => new Judgement { Preference = p.Number("score"), Answers = MessageJson.Facts(p, "score") })],
            Facts = MessageJson.Facts(row, Own),
        };
    }

    /// <inheritdoc/>
    internal override void Write(Utf8JsonWriter json, TrainingRecord record, TrainingOptions options)
    {
        var (first, second) = (record.Completions[0], record.Completions[1]);
        var strength = (int)(record.Margin is > 0 and var margin ? margin : 1);
        json.WriteStartObject();
        MessageJson.WriteFacts(json, record, Own);
        MessageJson.Write(json, "context", record.Prompt);
        json.WriteString("response1", first.Text);
        json.WriteString("response2", second.Text);
        json.WriteNumber("overall_preference", second.Rank!.Value.CompareTo(first.Rank!.Value) * -strength);
        json.WriteStartArray("individual_preference");
        foreach (var judgement in record.Judgements)
        {
            json.WriteStartObject();
            if (judgement.Preference is { } score) json.WriteNumber("score", score);
            foreach (var (name, value) in judgement.Answers) MessageJson.Member(json, name, value);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
