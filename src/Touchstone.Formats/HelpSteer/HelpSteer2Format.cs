using System.Text.Json;
using Touchstone.Formats.Exchange;
using Touchstone.Formats.Json;
using Touchstone.Formats.Training;

namespace Touchstone.Formats.HelpSteer;

/// <summary>HelpSteer2: a prompt and a response, rated from 0 to 4 for helpfulness, correctness, coherence, complexity and verbosity.</summary>
public sealed class HelpSteer2Format : TrainingFormat
{
    private const double RatingMax = 4;

    private static readonly string[] Attributes = ["helpfulness", "correctness", "coherence", "complexity", "verbosity"];
    private static readonly string[] Own = ["prompt", "response", .. Attributes];

    /// <inheritdoc/>
    public override TrainingTraits Traits { get; } = new()
    {
        Id = "helpsteer2",
        Name = "HelpSteer2",
        Specification = "Z. Wang et al., HelpSteer2, arXiv:2406.08673; data card of nvidia/HelpSteer2",
        Evidence = Evidence.Specification,
        Shape = CompletionShape.One,
        Columns = Own,
        Parts = RecordParts.PlainText | RecordParts.Ratings | RecordParts.Facts | RecordParts.Splits,
        Needs = RecordParts.Ratings,
        Ratings = Attributes,
    };

    /// <inheritdoc/>
    public override double CertaintyOf(JsonElement row) => Has(row, "prompt", "response", "helpfulness", "correctness", "coherence", "complexity", "verbosity") ? 0.99 : 0;

    /// <inheritdoc/>
    internal override TrainingRecord? Read(JsonElement row, JsonPlace place)
    {
        if (row.Text("prompt") is not { } prompt || row.Text("response") is not { } response)
        {
            place.Tell($"the texts \"prompt\" and \"response\" were expected; {row.Member("prompt").Found()} and {row.Member("response").Found()} found.");
            return null;
        }

        Dictionary<string, double> ratings = new(StringComparer.Ordinal);
        foreach (var name in Attributes)
        {
            if (row.Number(name) is { } rating && rating is >= 0 and <= RatingMax) ratings.Add(name, rating);
            else place.Below(name).Tell($"a number from 0 to {RatingMax} was expected; {row.Member(name).Found()} found.");
        }

        return new TrainingRecord { IsPlain = true, Prompt = [Turn.Of("user", prompt)], Completions = [Completion.Of(response) with { Ratings = ratings }], Facts = MessageJson.Facts(row, Own) };
    }

    /// <inheritdoc/>
    internal override void Write(Utf8JsonWriter json, TrainingRecord record, TrainingOptions options)
    {
        json.WriteStartObject();
        json.WriteString("prompt", MessageJson.TextOf(record.Prompt));
        json.WriteString("response", record.Completions[0].Text);
        foreach (var name in Attributes) json.WriteNumber(name, record.Completions[0].Ratings[name]);
        MessageJson.WriteFacts(json, record, Own);
        json.WriteEndObject();
    }
}
