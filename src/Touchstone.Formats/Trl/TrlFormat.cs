using System.Text.Json;
using Touchstone.Formats.Exchange;
using Touchstone.Formats.Json;
using Touchstone.Formats.Training;

namespace Touchstone.Formats.Trl;

/// <summary>The types of TRL's data sets.</summary>
public enum TrlType
{
    /// <summary><c>text</c> or <c>messages</c>.</summary>
    LanguageModeling,

    /// <summary><c>prompt</c>.</summary>
    PromptOnly,

    /// <summary><c>prompt</c> and <c>completion</c>.</summary>
    PromptCompletion,

    /// <summary><c>prompt</c>, <c>chosen</c>, <c>rejected</c>.</summary>
    Preference,

    /// <summary><c>chosen</c> and <c>rejected</c>, each with the prompt before it.</summary>
    PreferenceImplicit,

    /// <summary><c>prompt</c>, <c>completion</c>, <c>label</c>.</summary>
    UnpairedPreference,

    /// <summary><c>prompt</c>, <c>completions</c> (steps), <c>labels</c>.</summary>
    StepwiseSupervision,
}

/// <summary>TRL's data sets of every type, in plain texts and in messages.</summary>
/// <remarks>Where messages have no prompt of their own, it is what both dialogues begin with, whole turns of it, as TRL's <c>extract_prompt</c> takes it. Plain texts without a prompt stay so, because what they have in common
/// often ends within the answers; only where <see cref="TrlType.Preference"/> is asked for are they cut by TRL's own rule (<see cref="TrlPrompt"/>). Columns that no type has are facts: TRL hands them to reward functions.
/// A reference answer is the column <c>solution</c>, which TRL's accuracy reward reads. A step is labelled true where it is rated 1, as TRL's conversion of PRM800K has it.</remarks>
public sealed class TrlFormat : TrainingFormat
{
    private const RecordParts Common = RecordParts.Turns | RecordParts.PlainText | RecordParts.TurnExtras | RecordParts.Tools | RecordParts.References | RecordParts.Ids | RecordParts.Facts | RecordParts.Splits;

    /// <summary>Columns of every type, which a row may lack.</summary>
    private static readonly string[] Beside = ["tools", "solution", "margin", "id"];

    private static readonly string[] Own = ["text", "messages", "prompt", "completion", "chosen", "rejected", "label", "completions", "labels", "tools", "solution", "margin", "id"];

    /// <inheritdoc/>
    public override TrainingTraits Traits { get; } = new()
    {
        Id = "trl",
        Name = "TRL",
        Specification = "huggingface/trl, docs/source/dataset_formats.md: all types, standard and conversational",
        Evidence = Evidence.OtherPrograms,
        Shape = CompletionShape.Any,
        Columns = Own,
        LeavesFact = Leaves,
        Parts = Common | RecordParts.Sequences | RecordParts.Margins | RecordParts.Labels,
    };

    /// <inheritdoc/>
    public override TrainingOptions Resolve(TrainingOptions options, TrainingSurvey survey) => options with
    {
        IsPlain = options.IsPlain ?? survey.Plain == survey.Records,
        TrlType = options.TrlType ?? survey.MainKind switch
        {
            RecordKind.Process => TrlType.StepwiseSupervision,
            RecordKind.Preference => survey.WithoutPrompt * 2 > survey.Records ? TrlType.PreferenceImplicit : TrlType.Preference,
            RecordKind.LabelledCompletion => TrlType.UnpairedPreference,
            RecordKind.Sequence => TrlType.LanguageModeling,
            RecordKind.Completion => TrlType.PromptCompletion,
            _ => TrlType.PromptOnly,
        },
    };

    /// <inheritdoc/>
    public override TrainingTraits TraitsFor(TrainingOptions options)
    {
        var type = options.TrlType ?? TrlType.Preference;
        var form = options.IsPlain == true || type == TrlType.StepwiseSupervision ? Common & ~RecordParts.Turns & ~RecordParts.TurnExtras : Common & ~RecordParts.PlainText;
        var (shape, parts) = type switch
        {
            TrlType.LanguageModeling => (CompletionShape.One, RecordParts.Sequences),
            TrlType.PromptOnly => (CompletionShape.None, RecordParts.None),
            TrlType.PromptCompletion => (CompletionShape.One, RecordParts.None),
            TrlType.UnpairedPreference => (CompletionShape.Labelled, RecordParts.Labels),
            TrlType.StepwiseSupervision => (CompletionShape.Steps, RecordParts.None),
            _ => (CompletionShape.Pair, RecordParts.Margins),
        };
        return Traits with { Name = $"TRL ({Word(type)})", Shape = shape, Parts = form | parts, Columns = [.. ColumnsOf(type), .. Beside], NeedsPrompt = type is TrlType.PromptOnly or TrlType.PromptCompletion or TrlType.UnpairedPreference or TrlType.StepwiseSupervision };
    }

    /// <summary>Columns that make a row one of the type, or of a type that is looked for before it: other columns beside them are facts.</summary>
    private static string[] ColumnsOf(TrlType type) => type switch
    {
        TrlType.LanguageModeling => ["text", "messages", "chosen", "rejected", "completion", "completions", "labels"],
        TrlType.PromptOnly => ["prompt", "text", "messages", "chosen", "rejected", "completion", "completions"],
        TrlType.PromptCompletion or TrlType.UnpairedPreference => ["prompt", "completion", "label", "messages", "chosen", "rejected"],
        TrlType.StepwiseSupervision => ["prompt", "completions", "labels", "completion", "messages", "chosen", "rejected"],
        _ => ["prompt", "chosen", "rejected"],
    };

    /// <summary>Values that are not of a column's own type: they are read as facts.</summary>
    private static bool Leaves(TrainingRecord record, string name, JsonElement value) => name switch
    {
        "solution" => record.Reference is null && value.ValueKind != JsonValueKind.String,
        "margin" => record.Margin is null && value.AsNumber() is null,
        "id" => record.Id is null && value.ValueKind is not (JsonValueKind.String or JsonValueKind.Number),
        "label" => record.Completions.All(c => c.Label is null) && LabelOf(value) is null,
        _ => false,
    };

    /// <summary>TRL takes any truth value for a label: true and false, 1 and 0.</summary>
    private static bool? LabelOf(JsonElement? value) => value?.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.Number => value.Value.AsNumber() switch { 0 => false, 1 => true, _ => null },
        _ => null,
    };

    /// <summary>A type in TRL's words with hyphens, such as <c>prompt-only</c>.</summary>
    public static string Word(TrlType type) => JsonNamingPolicy.KebabCaseLower.ConvertName(type.ToString());

    /// <inheritdoc/>
    public override double CertaintyOf(JsonElement row)
    {
        if (Has(row, "completions", "labels", "prompt")) return 0.95;
        if (Has(row, "chosen", "rejected")) return IsSaid(row.Member("chosen")) && IsSaid(row.Member("rejected")) ? Has(row, "prompt") ? 0.9 : 0.8 : 0;
        if (Has(row, "prompt", "completion")) return LabelOf(row.Member("label")) is not null ? 0.95 : 0.85;
        if (MessageJson.Is(row.Member("messages"))) return 0.8;
        if (IsSaid(row.Member("prompt"))) return Has(row, "response") || Has(row, "responses") || Has(row, "reward_model") || Has(row, "rubrics") ? 0 : 0.7;
        return row.Text("text") is not null ? 0.3 : 0;
    }

    /// <inheritdoc/>
    internal override TrainingRecord? Read(JsonElement row, JsonPlace place)
    {
        List<string> taken = ["tools"];
        var record = new TrainingRecord
        {
            Id = Taken(row.Id("id"), "id", taken),
            Tools = row.Member("tools"),
            Margin = row.Number("margin"),
            Reference = Taken(row.Text("solution"), "solution", taken),
        };
        if (record.Margin is not null) taken.Add("margin");
        return OfType(record, row, taken, place) is { } read ? read with { Facts = MessageJson.Facts(row, [.. taken]) } : null;
    }

    private static T? Taken<T>(T? value, string name, List<string> taken)
        where T : class
    {
        if (value is not null) taken.Add(name);
        return value;
    }

    /// <summary>The record by the first type whose columns a row has, as TRL's trainers look for them; what it takes of the row is added to <paramref name="taken"/>, and the rest are facts.</summary>
    private static TrainingRecord? OfType(TrainingRecord record, JsonElement row, List<string> taken, JsonPlace place)
    {
        if (row.Member("chosen") is { } chosen && row.Member("rejected") is { } rejected) return Pair(record, row, chosen, rejected, taken, place);
        if (row.Member("messages") is { } messages)
        {
            taken.Add("messages");
            return MessageJson.Read(messages, place.Below("messages")) is { } turns ? Whole(record, turns) : null;
        }

        if (!Has(row, "prompt", "completion") && row.Text("text") is { } text)
        {
            taken.Add("text");
            return record with { IsPlain = true, IsSequence = true, Completions = [Completion.Of(text)] };
        }

        taken.Add("prompt");
        if (MessageJson.ReadEither(row.Member("prompt"), "user", place.Below("prompt")) is not var (prompt, isPlain)) return null;
        record = record with { Prompt = prompt, IsPlain = isPlain };
        if (row.Member("completion") is { } completion) return Completed(record, completion, row.Member("label"), taken, place);
        if (row.Member("completions") is not { } steps) return record;
        taken.AddRange(["completions", "labels"]);
        return Steps(record, steps, row.Member("labels"), place);
    }

    private static TrainingRecord? Completed(TrainingRecord record, JsonElement completion, JsonElement? label, List<string> taken, JsonPlace place)
    {
        taken.Add("completion");
        if (MessageJson.ReadEither(completion, "assistant", place.Below("completion")) is not var (answer, isPlain)) return null;
        if (LabelOf(label) is not null) taken.Add("label");
        return record with { IsPlain = record.IsPlain && isPlain, Completions = [new Completion { Turns = answer, Label = LabelOf(label) }] };
    }

    /// <inheritdoc/>
    internal override void Write(Utf8JsonWriter json, TrainingRecord record, TrainingOptions options)
    {
        json.WriteStartObject();
        switch (options.TrlType ?? TrlType.Preference)
        {
            case TrlType.LanguageModeling:
                MessageJson.WriteEither(json, record.IsPlain ? "text" : "messages", [.. record.Prompt, .. record.Completions.SelectMany(c => c.Turns)], record.IsPlain);
                break;
            case TrlType.PreferenceImplicit:
                foreach (var (member, completion) in ChosenAndRejected(record)) MessageJson.WriteEither(json, member, [.. record.Prompt, .. completion.Turns], record.IsPlain);
                break;
            case TrlType.Preference:
                WritePreference(json, record);
                break;
            case TrlType.StepwiseSupervision:
                json.WriteString("prompt", MessageJson.TextOf(record.Prompt));
                WriteSteps(json, record.Completions[0].Steps);
                break;
            default:
                MessageJson.WriteEither(json, "prompt", record.Prompt, record.IsPlain);
                if (record.Completions.Count > 0) MessageJson.WriteEither(json, "completion", record.Completions[0].Turns, record.IsPlain);
                if (options.TrlType == TrlType.UnpairedPreference) json.WriteBoolean("label", record.Completions[0].Label!.Value);
                break;
        }

        if (record.Margin is { } margin) json.WriteNumber("margin", margin);
        if (record.Reference is { } reference) json.WriteString("solution", reference);
        if (record.Tools is { } tools) MessageJson.Member(json, "tools", tools);
        if (record.Id is { } id) json.WriteString("id", id);
        MessageJson.WriteFacts(json, record);
        json.WriteEndObject();
    }

    private static TrainingRecord? Pair(TrainingRecord record, JsonElement row, JsonElement chosen, JsonElement rejected, List<string> taken, JsonPlace place)
    {
        taken.AddRange(["chosen", "rejected"]);
        if (MessageJson.ReadEither(chosen, "assistant", place.Below("chosen")) is not var (better, isPlain) || MessageJson.ReadEither(rejected, "assistant", place.Below("rejected")) is not var (worse, isWorsePlain)) return null;
        if (isPlain != isWorsePlain)
        {
            place.Tell("chosen and rejected were expected to be two texts, or two lists of messages.");
            return null;
        }

        List<Turn> prompt = [];
        var stated = row.Member("prompt");
        if (stated is { } own && (isPlain || own.ValueKind == JsonValueKind.Array))
        {
            taken.Add("prompt");
            if (MessageJson.ReadEither(own, "user", place.Below("prompt")) is not var (turns, isPromptPlain)) return null;
            (prompt, isPlain) = (turns, isPlain && isPromptPlain);
        }
        else if (!isPlain)
        {
            var common = Math.Min(MessageJson.CommonTurns(better, worse), Math.Min(better.Count, worse.Count) - 1);
            (prompt, better, worse) = (better[..Math.Max(0, common)], better[Math.Max(0, common)..], worse[Math.Max(0, common)..]);
            if (stated is { ValueKind: JsonValueKind.String } text)
            {
                // A text beside dialogues is their prompt, or repeats what the user asked in them.
                if (prompt.Count == 0) prompt = [new Turn("user", text)];
                if (prompt.Exists(t => t.Text == text.GetString())) taken.Add("prompt");
            }
        }

        return record with { Prompt = prompt, IsPlain = isPlain, Completions = [new Completion { Turns = better, Rank = 1 }, new Completion { Turns = worse, Rank = 2 }] };
    }

    private static TrainingRecord Whole(TrainingRecord record, List<Turn> turns)
    {
        var (prompt, answer) = MessageJson.AtAnswer(turns);
        return record with { IsSequence = true, Prompt = prompt, Completions = answer.Count == 0 ? [] : [new Completion { Turns = answer }] };
    }

    private static TrainingRecord? Steps(TrainingRecord record, JsonElement steps, JsonElement? labels, JsonPlace place)
    {
        if (steps.ValueKind != JsonValueKind.Array || labels is not { ValueKind: JsonValueKind.Array } all || all.GetArrayLength() != steps.GetArrayLength()
            || steps.EnumerateArray().Any(s => s.ValueKind != JsonValueKind.String) || all.EnumerateArray().Any(l => l.ValueKind is not (JsonValueKind.True or JsonValueKind.False)))
        {
            place.Below("completions").Tell("as many texts of steps as labels true or false were expected.");
            return null;
        }

        return record with { Completions = [new Completion { Steps = [.. steps.EnumerateArray().Zip(all.EnumerateArray(), (s, l) => RecordStep.Of(s.GetString()!, l.GetBoolean()))] }] };
    }

    private static void WritePreference(Utf8JsonWriter json, TrainingRecord record)
    {
        var pair = ChosenAndRejected(record);
        if (record.Prompt.Count == 0 && record.IsPlain)
        {
            var (prompt, chosen, rejected) = TrlPrompt.Extract(pair[0].Completion.Text, pair[1].Completion.Text);
            json.WriteString("prompt", prompt);
            json.WriteString("chosen", chosen);
            json.WriteString("rejected", rejected);
            return;
        }

        MessageJson.WriteEither(json, "prompt", record.Prompt, record.IsPlain);
        foreach (var (member, completion) in pair) MessageJson.WriteEither(json, member, completion.Turns, record.IsPlain);
    }

    private static (string Member, Completion Completion)[] ChosenAndRejected(TrainingRecord record)
    {
        var isFirst = record.Completions[0].Rank <= record.Completions[1].Rank;
        return [("chosen", record.Completions[isFirst ? 0 : 1]), ("rejected", record.Completions[isFirst ? 1 : 0])];
    }

    private static void WriteSteps(Utf8JsonWriter json, IReadOnlyList<RecordStep> steps)
    {
        json.WriteStartArray("completions");
        foreach (var step in steps) json.WriteStringValue(step.Text);
        json.WriteEndArray();
        json.WriteStartArray("labels");
        foreach (var step in steps) json.WriteBooleanValue(step.Choices[step.Chosen ?? 0].IsRight == true);
        json.WriteEndArray();
    }

    private static bool IsSaid(JsonElement? value) => value is { ValueKind: JsonValueKind.String } || MessageJson.Is(value);
}
