using System.Globalization;
using System.Text.Json;
using Touchstone.Formats.Exchange;
using Touchstone.Formats.Json;
using Touchstone.Formats.Training;

namespace Touchstone.Formats.Verl;

/// <summary>verl's rows: <c>data_source</c>, <c>prompt</c>, <c>ability</c>, <c>reward_model</c> with style and ground truth, <c>extra_info</c>.</summary>
/// <remarks>verl chooses the reward function by <c>data_source</c>: records that state none are written with <see cref="TrainingOptions.VerlDataSource"/>. A ground truth that is no text is kept as a fact besides, and so are the other members of <c>reward_model</c>.
/// The rows are what verl reads from Parquet; as lines of JSON they are read by its loader for JSON.</remarks>
public sealed class VerlFormat : TrainingFormat
{
    private const string Source = "data_source", Ability = "ability", Extra = "extra_info", Model = "reward_model", Style = "reward_style", Truth = "ground_truth";

    private static readonly string[] Own = [Source, "prompt", Ability, Model, Extra, Style, Truth];

    /// <inheritdoc/>
    public override TrainingTraits Traits { get; } = new()
    {
        Id = "verl",
        Name = "verl",
        Specification = "volcengine/verl, docs/preparation/prepare_data.rst",
        Evidence = Evidence.Specification,
        Shape = CompletionShape.None,
        Columns = ["prompt", Model],
        LeavesFact = (_, name, value) => name == Model && value.ValueKind == JsonValueKind.Object,
        Parts = RecordParts.Turns | RecordParts.References | RecordParts.Facts | RecordParts.Ids | RecordParts.Splits,
        Needs = RecordParts.References,
        HasSplitInRows = true,
    };

    /// <inheritdoc/>
    public override double CertaintyOf(JsonElement row) => Has(row, "prompt", Model) && row.Member(Model)?.Member(Truth) is not null ? Has(row, Source) ? 0.99 : 0.9 : 0;

    /// <inheritdoc/>
    internal override TrainingRecord? Read(JsonElement row, JsonPlace place)
    {
        if (MessageJson.Read(row.Member("prompt"), place.Below("prompt")) is not { } prompt) return null;
        if (row.Member(Model)?.Member(Truth) is not { } truth)
        {
            place.Below(Model).Below(Truth).Tell("an answer was expected; nothing found.");
            return null;
        }

        Dictionary<string, JsonElement> facts = new(MessageJson.Facts(row, "prompt", Model), StringComparer.Ordinal);
        if (row.Member(Model)?.Member("style") is { } style) facts[Style] = style;
        if (MessageJson.Facts(row.Member(Model) ?? default, "style", Truth) is { Count: > 0 } others) facts[Model] = JsonSerializer.SerializeToElement(others);
        if (truth.ValueKind != JsonValueKind.String) facts[Truth] = truth;
        var extra = row.Member(Extra) ?? default;
        return new TrainingRecord { Prompt = prompt, Reference = truth.ToString(), Id = extra.Id("index"), Split = extra.Text("split"), Facts = facts };
    }

    /// <inheritdoc/>
    internal override void Write(Utf8JsonWriter json, TrainingRecord record, TrainingOptions options)
    {
        json.WriteStartObject();
        Write(json, Source, record, options.VerlDataSource);
        MessageJson.Write(json, "prompt", record.Prompt);
        Write(json, Ability, record, "");
        json.WriteStartObject(Model);
        Write(json, "style", record, "rule", Style);
        if (record.Facts.TryGetValue(Truth, out var truth)) MessageJson.Member(json, Truth, truth);
        else json.WriteString(Truth, record.Reference);
        foreach (var other in (record.Facts.TryGetValue(Model, out var others) ? (JsonElement?)others : null).Members()) MessageJson.Member(json, other.Name, other.Value);
        json.WriteEndObject();
        WriteExtra(json, record);
        MessageJson.WriteFacts(json, record, Own);
        json.WriteEndObject();
    }

    /// <summary>What the file had; or else the split and the place of the record.</summary>
    private static void WriteExtra(Utf8JsonWriter json, TrainingRecord record)
    {
        var isStated = record.Facts.TryGetValue(Extra, out var own);
        if (isStated && own.ValueKind != JsonValueKind.Object)
        {
            MessageJson.Member(json, Extra, own);
            return;
        }

        var extra = isStated ? own : default;
        json.WriteStartObject(Extra);
        if (record.Split is { } split) json.WriteString("split", split);
        if (extra.Member("index") is null && (record.Id ?? (isStated ? null : record.Name[(record.Name.LastIndexOf('-') + 1)..])) is { } index)
        {
            if (long.TryParse(index, NumberStyles.None, CultureInfo.InvariantCulture, out var number)) json.WriteNumber("index", number);
            else json.WriteString("index", index);
        }

        foreach (var member in ((JsonElement?)extra).Members())
            if (member.Name != "split" || record.Split is null) MessageJson.Member(json, member.Name, member.Value);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, string member, TrainingRecord record, string otherwise, string? fact = null)
    {
        if (record.Facts.TryGetValue(fact ?? member, out var value)) MessageJson.Member(json, member, value);
        else json.WriteString(member, otherwise);
    }
}
