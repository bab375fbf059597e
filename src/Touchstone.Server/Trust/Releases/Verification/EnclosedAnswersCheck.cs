using Touchstone.Annotations.Answers;
using Touchstone.Files.Storage;
using Touchstone.Server.Trust.Releases.Format;

namespace Touchstone.Server.Trust.Releases.Verification;

/// <summary>Answers that the evidence encloses against what lineage.ndjson states of the response that they are: their digest, and the ids of their shapes.</summary>
internal static class EnclosedAnswersCheck
{
    private const string File = ReleaseFiles.Evidence;

    /// <param name="place">Where the answers stand, without <c>/answers</c>.</param>
    /// <param name="response">The response that they are said to be.</param>
    /// <param name="answers">The answers.</param>
    /// <param name="lineage">Responses to their task; that one of them is the response has been checked.</param>
    /// <param name="findings">Takes what does not hold.</param>
    public static void Run(string place, Guid response, AnswerSet answers, List<LineageLine> lineage, Findings findings)
    {
        if (lineage.Find(r => r.Response == response) is not { } line) return;
        var at = place.Contains('/', StringComparison.Ordinal) ? $"{place}/answers" : $"{place} /answers";
        if (!IsOf(line, answers))
            findings.Add(File, at, "lineage", $"answers of digest {line.CanonicalDigest ?? line.Digest}, as lineage.ndjson states of response {response}", CanonicalAnswers.DigestOf(answers));
        CheckShapes(at, answers, line, findings);
    }

    /// <summary>
    /// Releases of earlier programs state only the digest of what was sent. Programs that play people send the canonical form, written as the annotations room
    /// writes it; what a person's browser sends need not be canonical, and is held by the ids of its shapes alone.
    /// </summary>
    private static bool IsOf(LineageLine line, AnswerSet answers) => line.CanonicalDigest is { } canonical
        ? canonical == CanonicalAnswers.DigestOf(answers)
        : !line.Simulated || line.Digest == CanonicalAnswers.DigestOf(answers) || line.Digest == FileDigest.Of(answers.ToJson());

    private static void CheckShapes(string at, AnswerSet answers, LineageLine line, Findings findings)
    {
        var drawn = answers.ByQuestion.Where(a => a.Value is ShapesAnswer).ToDictionary(a => a.Key, a => ((ShapesAnswer)a.Value).Shapes.Select(s => s.Id), StringComparer.Ordinal);
        foreach (var question in drawn.Keys.Union(line.Shapes.Keys, StringComparer.Ordinal).Order(StringComparer.Ordinal))
        {
            var (stated, found) = (line.Shapes.GetValueOrDefault(question) ?? [], drawn.GetValueOrDefault(question) ?? []);
            if (!stated.SequenceEqual(found, StringComparer.Ordinal))
                findings.Add(File, $"{at}/{question}", "lineage", $"the shapes {string.Join(", ", stated)}, as lineage.ndjson states of response {line.Response}", string.Join(", ", found));
        }
    }
}
