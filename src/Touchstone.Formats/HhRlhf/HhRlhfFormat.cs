using System.Text;
using System.Text.Json;
using Touchstone.Formats.Exchange;
using Touchstone.Formats.Json;
using Touchstone.Formats.Training;

namespace Touchstone.Formats.HhRlhf;

/// <summary>Anthropic's helpful and harmless preferences: two dialogues as texts, with <c>\n\nHuman:</c> and <c>\n\nAssistant:</c> before each turn.</summary>
/// <remarks>A turn's text is what stands after the colon and one blank, up to the next turn, as it is. The prompt is the turns that both dialogues begin with; in a few rows they part before the last one.</remarks>
public sealed class HhRlhfFormat : TrainingFormat
{
    private const string Human = "\n\nHuman:", Assistant = "\n\nAssistant:";

    /// <inheritdoc/>
    public override TrainingTraits Traits { get; } = new()
    {
        Id = "hh-rlhf",
        Name = "HH-RLHF",
        Specification = "Y. Bai et al., arXiv:2204.05862; anthropics/hh-rlhf, README",
        Evidence = Evidence.OtherPrograms,
        Shape = CompletionShape.Pair,
        Roles = ["user", "assistant"],
        Parts = RecordParts.Turns | RecordParts.Splits,
    };

    /// <inheritdoc/>
    public override double CertaintyOf(JsonElement row) => row.Text("chosen")?.StartsWith(Human, StringComparison.Ordinal) == true && row.Text("rejected")?.StartsWith(Human, StringComparison.Ordinal) == true ? 0.99 : 0;

    /// <inheritdoc/>
    internal override TrainingRecord? Read(JsonElement row, JsonPlace place)
    {
        if (Turns(row, "chosen", place) is not { } chosen || Turns(row, "rejected", place) is not { } rejected) return null;
        var common = Math.Min(MessageJson.CommonTurns(chosen, rejected), Math.Min(chosen.Count, rejected.Count) - 1);
        return new TrainingRecord { Prompt = chosen[..common], Completions = [new Completion { Turns = chosen[common..], Rank = 1 }, new Completion { Turns = rejected[common..], Rank = 2 }], Facts = MessageJson.Facts(row, "chosen", "rejected") };
    }

    /// <inheritdoc/>
    internal override void Write(Utf8JsonWriter json, TrainingRecord record, TrainingOptions options)
    {
        var isFirst = record.Completions[0].Rank <= record.Completions[1].Rank;
        json.WriteStartObject();
        json.WriteString("chosen", Text(record, record.Completions[isFirst ? 0 : 1]));
        json.WriteString("rejected", Text(record, record.Completions[isFirst ? 1 : 0]));
        json.WriteEndObject();
    }

    private static List<Turn>? Turns(JsonElement row, string member, JsonPlace place)
    {
        if (row.Text(member) is { } text && (text.StartsWith(Human, StringComparison.Ordinal) || text.StartsWith(Assistant, StringComparison.Ordinal))) return Turns(text);
        place.Below(member).Tell($"a dialogue that begins with \"\\n\\nHuman:\" was expected; {row.Member(member).Found()} found.");
        return null;
    }

    private static List<Turn> Turns(string text)
    {
        List<Turn> turns = [];
        var at = 0;
        while (at < text.Length)
        {
            var isHuman = text.AsSpan(at).StartsWith(Human, StringComparison.Ordinal);
            var start = at + (isHuman ? Human : Assistant).Length;
            if (start < text.Length && text[start] == ' ') start++;
            at = Next(text, start);
            turns.Add(Turn.Of(isHuman ? "user" : "assistant", text[start..at]));
        }

        return turns;
    }

    private static int Next(string text, int start)
    {
        for (var at = start; (at = text.IndexOf("\n\n", at, StringComparison.Ordinal)) >= 0; at++)
            if (text.AsSpan(at).StartsWith(Human, StringComparison.Ordinal) || text.AsSpan(at).StartsWith(Assistant, StringComparison.Ordinal)) return at;
        return text.Length;
    }

    private static string Text(TrainingRecord record, Completion completion)
    {
        var text = new StringBuilder();
        foreach (var turn in record.Prompt.Concat(completion.Turns)) text.Append(turn.Role == "assistant" ? Assistant : Human).Append(' ').Append(turn.Text);
        return text.ToString();
    }
}
