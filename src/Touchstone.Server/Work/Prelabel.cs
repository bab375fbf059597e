using System.Text.Json;
using Touchstone.Annotations.Answers;
using Touchstone.Annotations.Ontologies;
using Touchstone.Server.Host;

namespace Touchstone.Server.Work;

/// <summary>What a model or another tool proposes for a task, as the task keeps it.</summary>
/// <param name="Origin">Whose it is: the model with its version, or the data set that it came in.</param>
/// <param name="ByModel">A model made it, or nobody says who did. False where the data set names a person.</param>
/// <param name="Dataset">The data set that it was imported from.</param>
/// <param name="At">When it was imported.</param>
/// <param name="Answers">Valid answers under the task's ontology version, canonical.</param>
internal sealed record Prelabel(string Origin, bool ByModel, Guid Dataset, DateTimeOffset At, JsonElement Answers)
{
    /// <summary>The most bytes of one as JSON: it is sent with every lease of its task.</summary>
    public const int BytesMax = 1 << 20;

    public static Prelabel Parse(string json) => JsonSerializer.Deserialize<Prelabel>(json, WireJson.Options)!;

    public string ToJson() => JsonSerializer.Serialize(this, WireJson.Options);
}

/// <summary>A proposal that the work begins with: who answers may keep, change or remove any of it, and what is submitted is theirs.</summary>
/// <param name="Origin">Whose it is.</param>
/// <param name="Answers">As answers are submitted.</param>
internal sealed record PrelabelBody(string Origin, JsonElement Answers);

/// <summary>How much of a proposal stands unchanged in an answer.</summary>
/// <param name="Shapes">Shapes proposed.</param>
/// <param name="ShapesKept">Of them, those that the answer has with the same class, place and attributes.</param>
/// <param name="Answers">Answers proposed to other questions.</param>
/// <param name="AnswersKept">Of them, those that were given so.</param>
internal readonly record struct PrelabelUse(int Shapes, int ShapesKept, int Answers, int AnswersKept)
{
    /// <summary>Holds an answer against the proposal; both are compared as canonical JSON writes them, shapes without their ids.</summary>
    public static PrelabelUse Of(Ontology ontology, AnswerSet proposed, AnswerSet given)
    {
        var (shapes, shapesKept, answers, answersKept) = (0, 0, 0, 0);
        foreach (var question in ontology.Questions)
        {
            if (!proposed.ByQuestion.TryGetValue(question.Id, out var before)) continue;
            var after = given.ByQuestion.GetValueOrDefault(question.Id);
            if (before is ShapesAnswer)
            {
                var left = after is null ? [] : Written(question, after).CountBy(shape => shape, StringComparer.Ordinal).ToDictionary(StringComparer.Ordinal);
                foreach (var shape in Written(question, before))
                {
                    shapes++;
                    if (left.GetValueOrDefault(shape) == 0) continue;
                    left[shape]--;
                    shapesKept++;
                }
            }
            else
            {
                answers++;
                if (after is not null && AnswerJson.ToElement(question, before).GetRawText() == AnswerJson.ToElement(question, after).GetRawText()) answersKept++;
            }
        }

        return new(shapes, shapesKept, answers, answersKept);
    }

    private static IEnumerable<string> Written(Question question, Answer answer) =>
        AnswerJson.ToElement(question, answer).EnumerateArray().Select(shape => string.Join(',', shape.EnumerateObject().Where(m => m.Name != "id").Select(m => $"{m.Name}:{m.Value.GetRawText()}")));
}
