using System.Text.Json;
using Touchstone.Formats.Exchange;
using Touchstone.Formats.Json;
using Touchstone.Formats.Training;

namespace Touchstone.Formats.Scale;

/// <summary>Reads one GenAI task.</summary>
internal static class ScaleGenAiReader
{
    public static IEnumerable<TrainingRecord> Read(JsonElement task, JsonPlace place)
    {
        if (task.ValueKind != JsonValueKind.Object || task.Id("task_id") is not { } id || task.Member("threads") is not { ValueKind: JsonValueKind.Array } threads)
        {
            place.Tell($"a GenAI task has a task_id and threads; {(task.ValueKind == JsonValueKind.Object ? task.Member("threads") : (JsonElement?)task).Found()} found.");
            return [];
        }

        if (threads.GetArrayLength() == 0) place.Below("threads").Tell($"the task is {task.Text("status") ?? "of no status"} and has no threads yet: there is nothing to read in it.");
        var facts = Facts(task);
        List<TrainingRecord> records = [];
        var index = 0;
        foreach (var thread in threads.EnumerateArray()) ReadThread(thread, index, facts, place.Below("threads").Below(index++), records);
        return records.Select(r => r with { Id = records.Count == 1 ? id : $"{id}/{r.Id}" });
    }

    /// <summary>What a task says beside its threads. Members that Scale's schema does not have go back as metadata.</summary>
    private static Dictionary<string, JsonElement> Facts(JsonElement task)
    {
        Dictionary<string, JsonElement> facts = new(StringComparer.Ordinal);
        foreach (var name in ScaleGenAi.OfTask)
            if (task.Member(name) is { ValueKind: not JsonValueKind.Null } value) facts[name] = value;
        foreach (var member in task.Member("metadata").Members())
            facts[ScaleGenAi.OfTask.Contains(member.Name) || member.Name is ScaleGenAi.ThreadId or ScaleGenAi.TurnId or ScaleGenAi.TurnAnnotations or ScaleGenAi.ThreadAnnotations ? ScaleGenAi.Metadata + member.Name : member.Name] = member.Value;
        foreach (var (name, value) in MessageJson.Facts(task, ["task_id", "threads", "metadata", .. ScaleGenAi.OfTask])) facts.TryAdd(name, value);
        return facts;
    }

    private static void ReadThread(JsonElement thread, int number, Dictionary<string, JsonElement> ofTask, JsonPlace place, List<TrainingRecord> records)
    {
        if (thread.ValueKind != JsonValueKind.Object || thread.Member("turns") is not { ValueKind: JsonValueKind.Array } turns)
        {
            place.Below("turns").Tell("a thread has a list of turns.");
            return;
        }

        place.TellOthers(thread, "id", "turns", "annotations");
        List<Turn> prompt = [];
        var (index, count) = (0, turns.GetArrayLength());
        foreach (var turn in turns.EnumerateArray())
        {
            var at = place.Below("turns").Below(index);
            at.TellOthers(turn, "id", "messages", "annotations");
            if (ReadMessages(turn, at) is not { } messages) return;
            List<(JsonElement Message, Turn Turn)> answers = messages.FindAll(m => m.Turn.Role == "assistant");
            prompt.AddRange(messages.Where(m => m.Turn.Role != "assistant").Select(m => m.Turn));
            var annotations = turn.Items("annotations").Where(a => a.ValueKind == JsonValueKind.Object).ToList();
            var selected = SelectedOf(annotations, answers);
            if (index == count - 1 || answers.Count > 1 || annotations.Count > 0 || answers.Exists(a => a.Message.Items("annotations").Any()))
            {
                Dictionary<string, JsonElement> facts = new(ofTask, StringComparer.Ordinal);
                Keep(facts, thread, turn, number, index, annotations);
                records.Add(new TrainingRecord
                {
                    Id = $"{thread.Text("id") ?? $"thread_{number}"}/{turn.Text("id") ?? $"turn_{index}"}",
                    Prompt = [.. prompt],
                    Completions = [.. answers.Select((a, i) => Completed(a, answers.Count == 2 && selected is { } best ? best == i ? 1 : 2 : null))],
                    Judgements = Judgements(annotations),
                    Facts = facts.Count == 0 ? Sample.Empty : facts,
                });
            }

            if (answers.Count > 0) prompt.Add(WithSource(answers[selected ?? 0]));
            index++;
        }
    }

    /// <summary>A message of a prompt, of which a completion would have the model.</summary>
    private static Turn WithSource((JsonElement Message, Turn Turn) answer) => answer.Message.Member("source_id") is { } source && answer.Message.Member(ScaleGenAi.Own) is null
        ? answer.Turn with { Others = new Dictionary<string, JsonElement>(answer.Turn.Others, StringComparer.Ordinal) { ["source_id"] = source } } : answer.Turn;

    /// <summary>What is not as a writer would make it, and annotations with more than a key and a value.</summary>
    private static void Keep(Dictionary<string, JsonElement> facts, JsonElement thread, JsonElement turn, int threadNumber, int turnNumber, List<JsonElement> annotations)
    {
        if (thread.Text("id") is { } threadId && (threadId != "thread_0" || threadNumber > 0)) facts[ScaleGenAi.ThreadId] = JsonFields.Of(threadId);
        if (turn.Text("id") is { } turnId && turnId != $"turn_{turnNumber}") facts[ScaleGenAi.TurnId] = JsonFields.Of(turnId);
        if (annotations.Exists(a => !ScaleGenAi.IsBare(a)) || annotations.DistinctBy(a => a.Text("key")).Count() < annotations.Count && !annotations.Exists(a => ScaleGenAi.OwnOf(a) is not null)) facts[ScaleGenAi.TurnAnnotations] = turn.GetProperty("annotations");
        if (thread.Items("annotations").Any()) facts[ScaleGenAi.ThreadAnnotations] = thread.GetProperty("annotations");
    }

    private static List<(JsonElement Message, Turn Turn)>? ReadMessages(JsonElement turn, JsonPlace place)
    {
        if (turn.ValueKind != JsonValueKind.Object || turn.Member("messages") is not { ValueKind: JsonValueKind.Array } list)
        {
            place.Below("messages").Tell("a turn has a list of messages; the rest of the thread is left out.");
            return null;
        }

        List<(JsonElement, Turn)> messages = new(list.GetArrayLength());
        foreach (var message in list.EnumerateArray())
        {
            var at = place.Below("messages").Below(messages.Count);
            if (message.ValueKind != JsonValueKind.Object || message.Text("role") is not { } role || message.Member("content") is not { ValueKind: JsonValueKind.Object } content)
            {
                at.Tell("a message has a role and an object \"content\"; the rest of the thread is left out.");
                return null;
            }

            messages.Add((message, TurnOf(message, role, content)));
        }

        return messages;
    }

    private static Turn TurnOf(JsonElement message, string role, JsonElement content)
    {
        Dictionary<string, JsonElement> others = new(StringComparer.Ordinal);
        foreach (var member in ((JsonElement?)content).Members())
            if (member.Name is not ("text" or ScaleGenAi.Own)) others[member.Name] = member.Value;
        var isAnswer = role == "assistant";
        foreach (var member in ((JsonElement?)message).Members())
        {
            if (member.Name is "role" or "content" or ScaleGenAi.Own || isAnswer && member.Name == "source_id") continue;
            if (member.Name == "annotations" && (member.Value.ValueKind != JsonValueKind.Array || member.Value.EnumerateArray().All(a => isAnswer && IsRating(a)))) continue;
            others[member.Name] = member.Value;
        }

        var text = content.Member(ScaleGenAi.Own) ?? (content.Text("text") is { } said ? JsonFields.Of(said) : JsonFields.Null);
        return new Turn(role, text) { Others = others.Count == 0 ? Sample.Empty : others };
    }

    private static bool IsRating(JsonElement annotation) => annotation.ValueKind == JsonValueKind.Object && annotation.Text("key") is not null && annotation.Number("value") is not null && ScaleGenAi.IsBare(annotation);

    private static Completion Completed((JsonElement Message, Turn Turn) answer, int? rank)
    {
        Dictionary<string, double> ratings = new(StringComparer.Ordinal);
        foreach (var annotation in answer.Message.Items("annotations"))
            if (annotation.ValueKind == JsonValueKind.Object && annotation.Text("key") is { } key && annotation.Number("value") is { } value) ratings.TryAdd(key, value);
        return new Completion { Turns = [answer.Turn], Rank = rank, Model = answer.Message.Member(ScaleGenAi.Own) is null ? answer.Message.Text("source_id") : null, Ratings = ratings.Count == 0 ? Completion.NoRatings : ratings };
    }

    /// <summary>The one message that was selected; null where none was, or its name is that of several.</summary>
    private static int? SelectedOf(List<JsonElement> annotations, List<(JsonElement Message, Turn Turn)> answers)
    {
        var selected = annotations.Find(a => a.Text("key") == ScaleGenAi.Selected);
        if (selected.ValueKind == JsonValueKind.Undefined) return null;
        if (ScaleGenAi.OwnOf(selected)?.Whole("response") is { } stated) return stated >= 0 && stated < answers.Count ? stated : null;
        var of = Enumerable.Range(0, answers.Count).Where(i => answers[i].Message.Text("source_id") is { } source && source == selected.Text("value")).ToList();
        return of.Count == 1 ? of[0] : null;
    }

    private static List<Judgement> Judgements(List<JsonElement> annotations)
    {
        List<Judgement> judgements = [];
        foreach (var group in annotations.Where(a => ScaleGenAi.OwnOf(a)?.Member("response") is null).GroupBy(a => ScaleGenAi.OwnOf(a)?.Whole("judgement") ?? 0).OrderBy(g => g.Key))
        {
            Dictionary<string, JsonElement> answers = new(StringComparer.Ordinal);
            double? preference = null;
            foreach (var annotation in group)
            {
                var own = ScaleGenAi.OwnOf(annotation);
                if (own?.Flag("preference") == true) preference = annotation.Number("value");
                else if (own?.Flag("empty") != true && annotation.Text("key") is { } key) answers.TryAdd(key, ScaleGenAi.Value(annotation));
            }

            var who = ScaleGenAi.OwnOf(group.First());
            judgements.Add(new Judgement { Contributor = who?.Text("contributor"), IsModel = who?.Flag("is_model") == true, Preference = preference, Answers = answers.Count == 0 ? Sample.Empty : answers });
        }

        return judgements;
    }
}
