using System.Text.Json;
using Touchstone.Annotations.Json;
using Touchstone.Annotations.Kinds;
using Touchstone.Annotations.Ontologies;
using Touchstone.Annotations.Selectors;

namespace Touchstone.Annotations.Answers;

/// <summary>Checks answers against the ontology that they are made under.</summary>
/// <remarks>
/// It runs within every submit, so it walks the parsed JSON as it is; valid answers allocate nothing, but for polygons (their
/// validity is NetTopologySuite's) and texts that have escapes or a pattern.
/// </remarks>
public static class AnswerChecker
{
    /// <summary>The most faults that one check lists; what is beyond is counted in one more.</summary>
    public const int MaxFaults = 100;

    /// <summary>How far a shape may reach beyond the image's edge, in pixels, unless its class allows more.</summary>
    public const double EdgeTolerancePx = 0.5;

    /// <summary>The least width, height or length of a shape, in pixels.</summary>
    public const double MinExtentPx = 0.01;

    /// <summary>The most shapes of one answer.</summary>
    public const int MaxShapes = 10_000;

    /// <summary>The most points of one polygon or polyline.</summary>
    public const int MaxVertices = 10_000;

    /// <summary>The most Unicode code points of one text.</summary>
    public const int MaxTextLength = 100_000;

    /// <summary>How the expectation of a fault begins where something is answered that is not asked.</summary>
    internal const string NoAnswer = "no answer";

    /// <summary>Every fault, in the order of the document, then the answers that are missing; empty when the answers are valid.</summary>
    /// <param name="ontology">The version that the task was answered under.</param>
    /// <param name="answers">One JSON object with a member for each question answered. Anything else is a fault, never an exception.</param>
    /// <param name="input">What was looked at.</param>
    public static IReadOnlyList<Fault> Check(Ontology ontology, JsonElement answers, in InputExtent input) =>
        Check(ontology, answers, input, GeometryRegistry.Shipped);

    internal static IReadOnlyList<Fault> Check(Ontology ontology, JsonElement answers, in InputExtent input, GeometryRegistry geometries)
    {
        var run = new CheckRun(ontology, answers, input, geometries);
        if (JsonText.Flaw(answers) is { } flaw)
            run.Report("well-formed Unicode without U+0000", flaw);
        else if (answers.ValueKind != JsonValueKind.Object)
            run.Report("an object with a member for each question answered", answers);
        else
            CheckMembers(answers, ontology.Questions, ontology.Ids, "question", default, ref run);
        return run.Faults();
    }

    /// <summary>Checks an object with a member for each question: the answers themselves, or the attributes of a shape.</summary>
    /// <param name="members">The object; undefined stands for an empty one.</param>
    /// <param name="questions">What may be answered.</param>
    /// <param name="ids">Index of their ids.</param>
    /// <param name="noun">What a question is called here.</param>
    /// <param name="attributes">The attributes that conditions look at; undefined among the questions of the ontology.</param>
    /// <param name="run">The check.</param>
    internal static void CheckMembers(
        JsonElement members, IReadOnlyList<Question> questions, IdIndex ids, string noun, JsonElement attributes, ref CheckRun run)
    {
        Span<bool> answered = questions.Count <= 256 ? stackalloc bool[256] : new bool[questions.Count];
        if (members.ValueKind == JsonValueKind.Object)
            foreach (var member in members.EnumerateObject())
                CheckMember(member, questions, ids.Find(JsonText.Utf8Of(member)), noun, answered, attributes, ref run);

        for (var i = 0; i < questions.Count; i++)
            if (!answered[i] && questions[i].Required && IsAsked(questions[i], attributes, run))
                run.ReportAt(questions[i].Id, $"an answer: the {noun} is required", "nothing");
    }

    private static void CheckMember(
        JsonProperty member, IReadOnlyList<Question> questions, int index, string noun, Span<bool> answered, JsonElement attributes, ref CheckRun run)
    {
        if (index < 0)
        {
            if (run.IsFull) run.Report("", "");
            else run.ReportAt(member.Name, OneOf($"{noun}s", questions), "another name");
            return;
        }

        var question = questions[index];
        run.Enter(question.Id);
        if (answered[index])
            run.Report($"each {noun} once", "it a second time");
        else if (!IsAsked(question, attributes, run))
            run.Report($"{NoAnswer}: the {noun} is not asked here, its condition does not hold", member.Value);
        else
            AnswerChecks.Rows[question.Kind](question, member.Value, ref run);
        run.Leave();
        answered[index] = true;
    }

    private static bool IsAsked(Question question, JsonElement attributes, in CheckRun run) =>
        question.When is null || Conditions.Hold(question.When, run.Answers, attributes);

    private static string OneOf(string nouns, IReadOnlyList<Question> questions) => questions.Count switch
    {
        0 => $"no {nouns}: there are none",
        <= 20 => $"one of the {nouns} {string.Join(", ", questions.Select(q => q.Id))}",
        _ => $"one of the {questions.Count} {nouns}",
    };
}
