using System.Text.Json;
using Touchstone.Formats.Exchange;
using Touchstone.Formats.Json;
using Touchstone.Formats.Training;

namespace Touchstone.Formats.Benchmarks;

/// <summary>Rows of data sets as people publish them on Hugging Face, by the names that their columns usually have. Read alone: what they are written as is one of the other formats.</summary>
/// <remarks>Alpaca: <c>instruction</c>, <c>input</c>, <c>output</c>. ShareGPT: <c>conversations</c> of <c>from</c> and <c>value</c>. Questions: <c>question</c> or <c>problem</c> with <c>answer</c> or <c>solution</c>, which is the reference.
/// Responses: <c>prompt</c> or <c>instruction</c> with <c>response</c>, <c>responses</c>, <c>completion</c>, <c>output</c>. Other columns are facts.</remarks>
public sealed class HuggingFaceRowsFormat : TrainingFormat
{
    private static readonly string[] Prompts = ["prompt", "instruction", "question", "problem"];
    private static readonly string[] Answers = ["response", "output", "completion"];

    /// <inheritdoc/>
    public override TrainingTraits Traits { get; } = new()
    {
        Id = "huggingface-rows",
        Name = "Rows from Hugging Face",
        Specification = "columns of Alpaca, ShareGPT, questions with answers, prompts with responses",
        Evidence = Evidence.Specification,
        Writes = false,
        Shape = CompletionShape.Any,
        Parts = RecordParts.Turns | RecordParts.TurnExtras | RecordParts.PlainText | RecordParts.Scores | RecordParts.Models | RecordParts.Sequences | RecordParts.References | RecordParts.Ids | RecordParts.Facts | RecordParts.Splits,
    };

    /// <inheritdoc/>
    public override double CertaintyOf(JsonElement row)
    {
        if (IsShareGpt(row.Member("conversations"))) return 0.95;
        if (row.Text("instruction") is not null && row.Text("output") is not null) return 0.9;
        if ((row.Text("question") ?? row.Text("problem")) is not null && (row.Text("answer") ?? row.Text("solution")) is not null) return 0.75;
        return Prompts.Any(p => row.Text(p) is not null) && (row.Text("response") is not null || row.Member("responses") is { ValueKind: JsonValueKind.Array }) ? 0.75 : 0;
    }

    /// <inheritdoc/>
    internal override TrainingRecord? Read(JsonElement row, JsonPlace place)
    {
        if (row.Member("conversations") is { } conversations) return Conversation(row, conversations, place.Below("conversations"));
        if (Array.Find(Prompts, p => row.Text(p) is not null) is not { } prompt)
        {
            place.Tell($"a text \"{string.Join("\", \"", Prompts)}\" was expected; none found.");
            return null;
        }

        var answer = Array.Find(Answers, a => row.Text(a) is not null);
        var reference = row.Text("answer") is not null ? "answer" : row.Text("solution") is not null ? "solution" : null;
        var input = row.Text("input");
        List<Completion> completions = answer is null ? [] : [Completion.Of(row.Text(answer)!)];
        var isWhole = row.Member("responses") is null or { ValueKind: JsonValueKind.Array };
        foreach (var item in row.Items("responses"))
        {
            var (completion, isRead) = Response(item);
            if (completion is not null) completions.Add(completion);
            isWhole &= isRead;
        }

        return new TrainingRecord
        {
            Id = row.Id("id"),
            IsPlain = true,
            Prompt = [Turn.Of("user", string.IsNullOrEmpty(input) ? row.Text(prompt)! : $"{row.Text(prompt)}\n\n{input}")],
            Completions = completions,
            Reference = reference is null ? null : row.Text(reference),
            Facts = MessageJson.Facts(row, row.Id("id") is null ? "" : "id", prompt, answer ?? "", reference ?? "", input is null ? "" : "input", isWhole ? "responses" : ""),
        };
    }

    /// <summary>A response, and whether all that is said of it was read: else the list stays a fact.</summary>
    private static (Completion? Completion, bool IsRead) Response(JsonElement item)
    {
        if (item.ValueKind == JsonValueKind.String) return (Completion.Of(item.GetString()!), true);
        var member = item.Text("response") is null ? "text" : "response";
        if (item.Text(member) is not { } text) return (null, false);
        var (model, score) = (item.Text("model"), item.Number("score"));
        return (Completion.Of(text) with { Model = model, Score = score }, MessageJson.Facts(item, member, model is null ? "" : "model", score is null ? "" : "score").Count == 0);
    }

    private static TrainingRecord? Conversation(JsonElement row, JsonElement conversations, JsonPlace place)
    {
        if (conversations.ValueKind != JsonValueKind.Array)
        {
            place.Tell($"a list of messages was expected; {((JsonElement?)conversations).Found()} found.");
            return null;
        }

        List<Turn> turns = [];
        foreach (var message in conversations.EnumerateArray())
        {
            if ((message.Text("from") ?? message.Text("role")) is not { } from || (message.Text("value") ?? message.Text("content")) is not { } value)
            {
                place.Below(turns.Count).Tell($"a message with from and value was expected; {message.Member("from").Found()} and {message.Member("value").Found()} found; the record is left out.");
                return null;
            }

            var others = MessageJson.Facts(message, message.Text("from") is null ? "role" : "from", message.Text("value") is null ? "content" : "value");
            turns.Add(Turn.Of(from switch { "human" or "user" => "user", "gpt" or "chatgpt" or "bing" or "bard" or "assistant" => "assistant", _ => from }, value) with { Others = others });
        }

        var (prompt, answer) = MessageJson.AtAnswer(turns);
        return new TrainingRecord { Id = row.Id("id"), IsSequence = true, Prompt = prompt, Completions = answer.Count == 0 ? [] : [new Completion { Turns = answer }], Facts = MessageJson.Facts(row, row.Id("id") is null ? "" : "id", "conversations") };
    }

    private static bool IsShareGpt(JsonElement? value) => value is { ValueKind: JsonValueKind.Array } list && list.GetArrayLength() > 0 && list[0].Text("from") is not null && list[0].Text("value") is not null;
}
