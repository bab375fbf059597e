using System.Globalization;
using System.Text.Json;
using Touchstone.Annotations.Answers;
using Touchstone.Annotations.Geometry;
using Touchstone.Annotations.Ontologies;
using Touchstone.Quality;
using Touchstone.Quality.Agreements;
using Touchstone.Quality.Matching;

namespace Touchstone.Server.Work.Training;

/// <summary>One point on which an answer differs from the known one.</summary>
/// <param name="Question">The question.</param>
/// <param name="Shape">The contributor's shape that it is about; null where there is none.</param>
/// <param name="KnownShape">The known shape that it is about; null where there is none.</param>
/// <param name="Kind"><c>missed</c>, <c>spurious</c>, <c>class</c>, <c>attribute</c>, <c>position</c> or <c>answer</c>.</param>
/// <param name="Message">The same in a sentence.</param>
internal sealed record TrainingDifference(string Question, string? Shape, string? KnownShape, string Kind, string Message);

/// <summary>Tells a contributor how their answers compare with the known ones: the same matching and distances that grade labels everywhere else.</summary>
internal static class Feedback
{
    /// <summary>Shapes that are less alike than this are told to lie elsewhere: the same that reviewers are shown.</summary>
    public const double AlikeFrom = 0.8;

    /// <summary>How near the answers come to the known ones: the agreement of the two, in [0, 1].</summary>
    public static double Score(Ontology ontology, AnswerSet known, AnswerSet said) =>
        TaskAgreement.Of(ontology, [new Opinion("known", "known", known), new Opinion("said", "said", said)]).Overall ?? 1;

    /// <summary>What differs, question by question.</summary>
    public static List<TrainingDifference> Compare(Ontology ontology, AnswerSet known, AnswerSet said)
    {
        var found = new List<TrainingDifference>();
        foreach (var question in ontology.Questions)
        {
            var (right, given) = (known.ByQuestion.GetValueOrDefault(question.Id), said.ByQuestion.GetValueOrDefault(question.Id));
            if (question is ShapesQuestion shapes) CompareShapes(shapes, ShapesOf(right), ShapesOf(given), found);
            else if (AnswerDifference(question, right, given) is { } message) found.Add(new(question.Id, null, null, "answer", message));
        }

        return found;
    }

    private static IReadOnlyList<Shape> ShapesOf(Answer? answer) => answer is ShapesAnswer shapes ? shapes.Shapes : [];

    private static string? AnswerDifference(Question question, Answer? right, Answer? given)
    {
        if (right is null && given is null) return null;
        if (right is null) return $"\"{question.Title}\" needs no answer here; you said {Text(question, given!)}.";
        if (given is null) return $"\"{question.Title}\" was left open; the answer is {Text(question, right)}.";
        return AnswerDistance.Between(question, right, given) == 0 ? null : $"\"{question.Title}\" is {Text(question, right)}; you said {Text(question, given)}.";
    }

    private static void CompareShapes(ShapesQuestion question, IReadOnlyList<Shape> known, IReadOnlyList<Shape> said, List<TrainingDifference> found)
    {
        var pairs = ShapeMatching.Pair(question, known, said);
        var (seen, right) = (pairs.Select(p => p.First).ToHashSet(), pairs.Select(p => p.Second).ToHashSet());
        for (var i = 0; i < known.Count; i++)
            if (!seen.Contains(i)) found.Add(new(question.Id, null, known[i].Id, "missed", $"You missed a {Title(question, known[i])}."));
        for (var i = 0; i < said.Count; i++)
            if (!right.Contains(i)) found.Add(new(question.Id, said[i].Id, null, "spurious", $"There is no {Title(question, said[i])} where you marked one, or it lies quite elsewhere."));
        foreach (var pair in pairs) ComparePair(question, known[pair.First], said[pair.Second], pair.Similarity, found);
    }

    private static void ComparePair(ShapesQuestion question, Shape known, Shape said, double similarity, List<TrainingDifference> found)
    {
        if (known.Class != said.Class)
        {
            found.Add(new(question.Id, said.Id, known.Id, "class", $"This is a {Title(question, known)}; you called it a {Title(question, said)}."));
        }
        else
        {
            foreach (var attribute in question.FindClass(known.Class)?.Attributes ?? [])
            {
                var (right, given) = (Value(known, attribute), Value(said, attribute));
                if (JsonText(right) != JsonText(given))
                    found.Add(new(question.Id, said.Id, known.Id, "attribute", $"\"{attribute.Title}\" of this {Title(question, known)} is {Text(attribute, right)}; you said {Text(attribute, given)}."));
            }
        }

        if (similarity < AlikeFrom)
            found.Add(new(question.Id, said.Id, known.Id, "position", string.Create(CultureInfo.InvariantCulture, $"Your {Title(question, said)} does not fit closely: it agrees with the known one to {100 * similarity:0} %.")));
    }

    private static string Title(ShapesQuestion question, Shape shape) => question.FindClass(shape.Class)?.Title ?? shape.Class;

    private static JsonElement? Value(Shape shape, Question attribute) => shape.Attributes.TryGetValue(attribute.Id, out var value) ? value : null;

    private static string JsonText(JsonElement? value) => value is { } known ? known.GetRawText() : "";

    private static string Text(Question question, JsonElement? value) => value switch
    {
        null => "nothing",
        { ValueKind: JsonValueKind.Array } list => list.GetArrayLength() == 0 ? "nothing" : string.Join(", ", list.EnumerateArray().Select(each => Text(question, each))),
        { ValueKind: JsonValueKind.String } text => Option(question, text.GetString()!),
        { ValueKind: JsonValueKind.True } => Option(question, "yes"),
        { ValueKind: JsonValueKind.False } => Option(question, "no"),
        { } other => other.GetRawText(),
    };

    private static string Text(Question question, Answer answer) => answer switch
    {
        ChoiceAnswer { Chosen.Count: 0 } => "nothing",
        ChoiceAnswer choice => string.Join(", ", choice.Chosen.Select(id => Option(question, id))),
        RatingAnswer rating => ((question as RatingQuestion)?.Labels.FirstOrDefault(l => l.Value == rating.Value)?.Title is { } label ? $"{rating.Value} ({label})" : $"{rating.Value}"),
        NumberAnswer number => number.Value.ToString(CultureInfo.InvariantCulture),
        TextAnswer text => $"\"{text.Text}\"",
        _ => "another answer",
    };

    private static string Option(Question question, string id) => question is ChoiceQuestion choice ? choice.FindOption(id)?.Title ?? id : id;
}
