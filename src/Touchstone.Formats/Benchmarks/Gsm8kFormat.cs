using System.Text.Json;
using Touchstone.Formats.Exchange;
using Touchstone.Formats.Json;
using Touchstone.Formats.Training;

namespace Touchstone.Formats.Benchmarks;

/// <summary>GSM8K: a question and an answer that is a solution, then <c>#### </c> and the number that is asked for.</summary>
/// <remarks>The number without commas is the reference, as verl's example and the paper's own checker take it; the solution is the completion, as it stands. Rows of model solutions bring several completions, labelled right or wrong.</remarks>
public sealed class Gsm8kFormat : TrainingFormat
{
    private const string Marker = "#### ", ModelMarker = "A: ";

    /// <inheritdoc/>
    public override TrainingTraits Traits { get; } = new()
    {
        Id = "gsm8k",
        Name = "GSM8K",
        Specification = "K. Cobbe et al., arXiv:2110.14168; openai/grade-school-math",
        Evidence = Evidence.OtherPrograms,
        Writes = false,
        Shape = CompletionShape.Any,
        Parts = RecordParts.PlainText | RecordParts.Labels | RecordParts.Models | RecordParts.References | RecordParts.Facts | RecordParts.Splits,
    };

    /// <inheritdoc/>
    public override double CertaintyOf(JsonElement row) => row.Text("question") is not null && (row.Text("answer")?.Contains(Marker, StringComparison.Ordinal) == true || row.Text("ground_truth") is not null && Has(row, "175b_verification")) ? 0.98 : 0;

    /// <inheritdoc/>
    internal override TrainingRecord? Read(JsonElement row, JsonPlace place)
    {
        var answer = row.Text("answer") is not null ? "answer" : "ground_truth";
        if (row.Text("question") is not { } question || row.Text(answer) is not { } solution || After(solution) is not { } number)
        {
            place.Tell($"a question and an answer that ends in \"{Marker}\" and a number were expected; {row.Member("question").Found()} and {row.Member(answer).Found()} found.");
            return null;
        }

        List<Completion> completions = [Completion.Of(solution)];
        List<string> own = ["question", answer];
        foreach (var member in row.EnumerateObject())
        {
            if (member.Value.Text("solution") is not { } text) continue;
            if (completions.Count == 1 && own.Count == 2) completions[0] = completions[0] with { Label = true };
            completions.Add(Completion.Of(text) with { Model = member.Name, Label = member.Value.Flag("is_correct") });
            own.Add(member.Name);
        }

        return new TrainingRecord
        {
            IsPlain = true,
            Prompt = [Turn.Of("user", question)],
            Completions = completions,
            Reference = number,
            Facts = MessageJson.Facts(row, [.. own]),
        };
    }

    /// <summary>The number after the last marker; the file of model solutions has a marker of its own.</summary>
    private static string? After(string solution)
    {
        foreach (var marker in (ReadOnlySpan<string>)[Marker, ModelMarker])
            if (solution.LastIndexOf(marker, StringComparison.Ordinal) is >= 0 and var at) return solution[(at + marker.Length)..].Trim().Replace(",", "", StringComparison.Ordinal);
        return null;
    }
}
