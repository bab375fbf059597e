using System.Text.Json;
using Touchstone.Annotations.Json;
using Touchstone.Annotations.Kinds;
using Touchstone.Annotations.Ontologies;

namespace Touchstone.Annotations.Answers;

/// <summary>Checks one question's answer and reports what is wrong to the run.</summary>
internal delegate void AnswerCheck(Question question, JsonElement value, ref CheckRun run);

/// <summary>How answers to each kind of question are checked.</summary>
internal static class AnswerChecks
{
    public static readonly KindRegistry<AnswerCheck> Rows = new()
    {
        { QuestionKind.Shapes, static (question, value, ref run) => ShapesCheck.Check((ShapesQuestion)question, value, ref run) },
        { QuestionKind.Choice, static (question, value, ref run) => ChoiceCheck.Check((ChoiceQuestion)question, value, ref run) },
        { QuestionKind.Rating, static (question, value, ref run) => CheckRating((RatingQuestion)question, value, ref run) },
        { QuestionKind.Text, static (question, value, ref run) => CheckText((TextQuestion)question, value, ref run) },
        { QuestionKind.Number, static (question, value, ref run) => CheckNumber((NumberQuestion)question, value, ref run) },
    };

    private static void CheckRating(RatingQuestion question, JsonElement value, ref CheckRun run)
    {
        if (value.ValueKind != JsonValueKind.Number || !value.TryGetDouble(out var rating) || rating != Math.Floor(rating)
            || rating < question.Min || rating > question.Max)
            run.Report($"a whole number from {question.Min} to {question.Max}", value);
    }

    private static void CheckNumber(NumberQuestion question, JsonElement value, ref CheckRun run)
    {
        if (value.ValueKind != JsonValueKind.Number || !value.TryGetDouble(out var number) || !(Math.Abs(number) <= NumberAnswer.MaxMagnitude))
            run.Report($"a finite number of at most {NumberAnswer.MaxMagnitude:F0} in size", value);
        else if (question.Integer && number != Math.Floor(number))
            run.Report("a whole number", value);
        else if (question.Min is { } min && number < min)
            run.Report($"a number of at least {min}", value);
        else if (question.Max is { } max && number > max)
            run.Report($"a number of at most {max}", value);
        else if (question.Step is { } step && !IsOnStep(number - (question.Min ?? 0), step))
            run.Report($"a number in steps of {step} from {question.Min ?? 0}", value);
    }

    private static bool IsOnStep(double offset, double step)
    {
        var steps = offset / step;
        return Math.Abs(steps - Math.Round(steps)) <= 1e-9 * Math.Max(1, Math.Abs(steps));
    }

    private static void CheckText(TextQuestion question, JsonElement value, ref CheckRun run)
    {
        if (value.ValueKind != JsonValueKind.String)
        {
            run.Report("a text", value);
            return;
        }

        var utf8 = JsonText.Utf8Of(value);
        var length = JsonText.CodePoints(utf8);
        var min = question.MinLength ?? (question.Required ? 1 : 0);
        var max = question.MaxLength ?? AnswerChecker.MaxTextLength;
        if (length < min)
            run.Report($"at least {Characters(min)}", Characters(length));
        else if (length > max)
            run.Report($"at most {Characters(max)}", Characters(length));
        else if (!question.Multiline && utf8.IndexOfAny((byte)'\n', (byte)'\r') >= 0)
            run.Report("a single line", "a line break");
        else if (question.PatternRegex is { } pattern && !pattern.IsMatch(value.GetString()!))
            run.Report($"a text that matches {question.Pattern}", value);
    }

    private static string Characters(int count) => count == 1 ? "1 character" : $"{count} characters";
}
