using Touchstone.Annotations.Answers;
using Touchstone.Annotations.Ontologies;
using Touchstone.Annotations.Selectors;
using Touchstone.Files.Lines;
using Touchstone.Files.Storage;
using Touchstone.Formats.Labels;
using Touchstone.Server.Trust.Consensus;
using Touchstone.Server.Trust.Releases.Format;

namespace Touchstone.Server.Trust.Releases.Verification;

/// <summary>A label of which evidence speaks.</summary>
/// <param name="Record">Its line.</param>
/// <param name="Ontology">What it was answered under.</param>
/// <param name="Answers">Its answers.</param>
/// <param name="People">Pseudonyms of everybody who had a part in it.</param>
internal sealed record CheckedLabel(LabelRecord Record, Ontology Ontology, AnswerSet Answers, IReadOnlySet<string> People);

/// <summary>labels.ndjson, line by line, with the lineage of each.</summary>
internal sealed class LabelsCheck(
    string root, ReleaseContent content, IReadOnlyList<Ontology> ontologies, LineageReader lineage, HashSet<Guid> wanted, PictureCheck pictures, Findings findings)
{
    private const string File = ReleaseFiles.Labels;
    private readonly Dictionary<string, Ontology> _ontologies = ontologies.ToDictionary(o => o.Digest, StringComparer.Ordinal);
    private readonly HashSet<string> _files = content.Files.Select(f => f.Path).ToHashSet(StringComparer.Ordinal);
    private readonly HashSet<string> _usedImages = new(StringComparer.Ordinal);
    private Guid? _last;

    public ReleaseLedger Ledger { get; } = new();

    /// <summary>Ids of the labels, ascending.</summary>
    public List<Guid> Tasks { get; } = [];

    /// <summary>Labels of which evidence speaks.</summary>
    public Dictionary<Guid, CheckedLabel> Wanted { get; } = [];

    /// <summary>Responses in force behind all labels.</summary>
    public int InForce { get; private set; }

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await using var stream = System.IO.File.OpenRead(Path.Combine(root, File));
        long bytes = 0;
        await foreach (var line in NdjsonReader.ReadAsync(stream, cancellationToken: cancellationToken))
        {
            bytes += line.Bytes.Length + 1;
            await CheckLineAsync(line, cancellationToken);
        }

        StrictLines.ExpectLineFeeds(stream, File, bytes, findings);
        for (var i = 0; i < content.Files.Count; i++)
        {
            var path = content.Files[i].Path;
            if (path.StartsWith(ReleaseFiles.ImageFolder + "/", StringComparison.Ordinal) && !_usedImages.Contains(path))
                findings.Add(ReleaseFiles.Release, $"/content/files/{i}/path", "unused_image", "a picture that a label names", path);
        }
    }

    private async Task CheckLineAsync(NdjsonLine line, CancellationToken cancellationToken)
    {
        var place = $"line {line.Number}";
        var raw = line.Bytes.ToArray();
        using var single = new MemoryStream(raw);
        LabelLine? read = null;
        await foreach (var found in LabelsReader.ReadAsync(single, cancellationToken)) read = found;
        if (read is not { Label: { } label })
        {
            findings.Add(File, read?.Fault?.Pointer.Replace("line 1", place, StringComparison.Ordinal) ?? place, "schema", "a label as docs/reference/release-format.md describes it", read?.Fault?.Message ?? "nothing");
            return;
        }

        using var written = new MemoryStream();
        await using (var writer = new LabelsWriter(written)) await writer.WriteAsync(label, cancellationToken);
        if (!written.ToArray().AsSpan()[..^1].SequenceEqual(raw)) findings.Add(File, place, "canonical_form", "members in the order and form that the format prescribes", "others");
        if (!Guid.TryParseExact(label.Task, "D", out var task))
        {
            findings.Add(File, $"{place} /task", "schema", "a UUID", label.Task);
            return;
        }

        Check(place, task, label);
    }

    private void Check(string place, Guid task, LabelRecord label)
    {
        if (_last is { } last && UuidOrder.Instance.Compare(last, task) is >= 0 and var order)
            findings.Add(File, $"{place} /task", order == 0 ? "duplicate" : "order", order == 0 ? "each task once" : "tasks in the order of their ids", label.Task);
        _last = task;
        Tasks.Add(task);
        CheckImage(place, label.Image);
        var responses = lineage.Take(task);
        CheckLineage(place, label, responses);
        foreach (var response in responses) Ledger.Add(response);
        InForce += label.Lineage.Responses.Count;
        if (!_ontologies.TryGetValue(label.Lineage.Ontology, out var ontology))
        {
            findings.Add(File, $"{place} /lineage/ontology", "ontology", "the digest of an ontology of the release", label.Lineage.Ontology);
            Ledger.Add(label, []);
            return;
        }

        var faults = AnswerChecker.Check(ontology, label.Answers, InputExtent.Image(label.Image.Width, label.Image.Height));
        foreach (var fault in faults) findings.Add(File, $"{place} /answers{fault.Pointer}", "answers", fault.Expected, fault.Found);
        if (faults.Count > 0)
        {
            Ledger.Add(label, []);
            return;
        }

        var answers = AnswerSet.Parse(ontology, label.Answers);
        if (!CanonicalAnswers.Are(answers, label.Answers)) findings.Add(File, $"{place} /answers", "canonical_form", "answers in canonical form", "others");
        CheckConfidence(place, ontology, label, answers, responses);
        Ledger.Add(label, answers.ByQuestion.Where(a => a.Value is ShapesAnswer).SelectMany(a => ((ShapesAnswer)a.Value).Shapes.Select(s => $"{a.Key}/{s.Class}")));
        if (!wanted.Contains(task)) return;
        var people = responses.Select(r => r.Contributor).ToHashSet(StringComparer.Ordinal);
        if (label.Review is { } review) people.Add(review.Reviewer);
        Wanted[task] = new CheckedLabel(label, ontology, answers, people);
    }

    private void CheckImage(string place, LabelledAsset image)
    {
        if (!FileDigest.IsDigest(image.Sha256)) findings.Add(File, $"{place} /image/sha256", "schema", "64 lower-case hexadecimal digits", image.Sha256);
        if (image.Width < 1 || image.Height < 1) findings.Add(File, $"{place} /image", "schema", "a width and a height in pixels", $"{image.Width} x {image.Height}");
        if (image.Orientation is < 1 or > 8) findings.Add(File, $"{place} /image/orientation", "schema", "an EXIF orientation, 1 to 8", $"{image.Orientation}");
        if (content.Images == ImageMode.Reference) return;
        _usedImages.Add(image.FileName);
        if (!_files.Contains(image.FileName) || Path.GetFileNameWithoutExtension(image.FileName) != image.Sha256)
            findings.Add(File, $"{place} /image/file_name", "image_name", $"a picture of the release that is named by its digest {image.Sha256}", image.FileName);
        else pictures.Run(place, image);
    }

    private void CheckLineage(string place, LabelRecord label, List<LineageLine> responses)
    {
        for (var i = 1; i < responses.Count; i++)
            if (UuidOrder.Instance.Compare(responses[i - 1].Response, responses[i].Response) >= 0) findings.Add(ReleaseFiles.Lineage, $"response {responses[i].Response}", "order", "responses of a task in the order of their ids", $"{responses[i].Response}");
        var superseded = responses.Where(r => r.Supersedes is not null).Select(r => r.Supersedes!.Value).ToHashSet();
        foreach (var gone in superseded.Where(s => !responses.Exists(r => r.Response == s)))
            findings.Add(ReleaseFiles.Lineage, $"task {label.Task}", "lineage", $"the response {gone}, which another supersedes", "nothing");
        var inForce = responses.Where(r => !superseded.Contains(r.Response)).ToList();
        var expected = inForce.ConvertAll(r => new LabelResponse(r.Response.ToString(), r.Contributor, r.WorkOf));
        if (expected.Count != label.Lineage.Responses.Count)
            findings.Add(File, $"{place} /lineage/responses", "lineage", $"{expected.Count} responses, as lineage.ndjson has", $"{label.Lineage.Responses.Count}");
        for (var i = 0; i < Math.Min(expected.Count, label.Lineage.Responses.Count); i++)
            if (expected[i] != label.Lineage.Responses[i]) findings.Add(File, $"{place} /lineage/responses/{i}", "lineage", $"{expected[i]}", $"{label.Lineage.Responses[i]}");
        if (inForce.Select(r => r.Contributor).Distinct(StringComparer.Ordinal).Count() != inForce.Count)
            findings.Add(File, $"{place} /lineage/responses", "independence", "one response of each contributor", "two of one");
        CheckOrigin(place, label, inForce);
    }

    private void CheckOrigin(string place, LabelRecord label, List<LineageLine> inForce)
    {
        if (inForce.Count == 0 && label.Review is null) findings.Add(File, $"{place} /lineage/responses", "lineage", "at least one response, or a review", "neither");
        if (label.Review is { } review)
        {
            if (!Guid.TryParseExact(review.Review, "D", out _)) findings.Add(File, $"{place} /review/review", "schema", "a UUID", review.Review);
            if (inForce.Exists(r => r.Contributor == review.Reviewer)) findings.Add(File, $"{place} /review/reviewer", "own_work", "somebody who did not answer the task", review.Reviewer);
        }

        var isSimulated = inForce.Exists(r => r.Simulated);
        var isOpen = label.Review is not null && !isSimulated;   // a reviewer may be a program too
        var expected = isSimulated ? LabelOrigin.Simulated : inForce.Exists(r => r.WorkOf == LabelOrigin.Model) ? LabelOrigin.Model : LabelOrigin.Human;
        if (label.Origin != expected && !(isOpen && label.Origin == LabelOrigin.Simulated))
            findings.Add(File, $"{place} /origin", "origin", expected switch { LabelOrigin.Simulated => "simulated, since a response is", LabelOrigin.Model => "model, since a response began with a model's proposal", _ => "human, since no response is simulated or began with a model's proposal" }, $"{label.Origin}".ToLowerInvariant());
    }

    private void CheckConfidence(string place, Ontology ontology, LabelRecord label, AnswerSet answers, List<LineageLine> responses)
    {
        var asked = ontology.Questions.Where(q => answers.ByQuestion.ContainsKey(q.Id)).Select(q => q.Id).ToList();
        if (!asked.SequenceEqual(label.Confidence.Select(c => c.Question)))
        {
            findings.Add(File, $"{place} /confidence", "confidence", $"one entry for each of {string.Join(", ", asked)}, in this order", string.Join(", ", label.Confidence.Select(c => c.Question)));
            return;
        }

        var shapes = new Dictionary<string, IReadOnlyDictionary<string, IReadOnlyList<string>>>(StringComparer.Ordinal);
        foreach (var response in responses) shapes.TryAdd(response.Response.ToString(), response.Shapes);
        for (var i = 0; i < label.Confidence.Count; i++)
        {
            var sure = label.Confidence[i];
            var pointer = $"{place} /confidence/{i}";
            if (sure.Value is < 0 or > 1 || !double.IsFinite(sure.Value ?? 0)) findings.Add(File, $"{pointer}/value", "confidence", "a probability", $"{sure.Value}");
            var marked = answers.ByQuestion[sure.Question] is ShapesAnswer answer ? answer.Shapes.Select(s => s.Id).ToList() : null;
            if (marked is null != sure.Shapes is null || (marked is not null && !marked.SequenceEqual(sure.Shapes!.Select(s => s.Shape))))
            {
                findings.Add(File, $"{pointer}/shapes", "confidence", "one entry for each shape of the answer, in its order", sure.Shapes is null ? "none" : string.Join(", ", sure.Shapes.Select(s => s.Shape)));
                continue;
            }

            for (var j = 0; j < (sure.Shapes?.Count ?? 0); j++) CheckShape($"{pointer}/shapes/{j}", sure.Question, sure.Shapes![j], label, shapes);
        }
    }

    private void CheckShape(
        string pointer, string question, ShapeConfidence shape, LabelRecord label, Dictionary<string, IReadOnlyDictionary<string, IReadOnlyList<string>>> responses)
    {
        if (shape.Value is < 0 or > 1 || !double.IsFinite(shape.Value ?? 0)) findings.Add(File, $"{pointer}/value", "confidence", "a probability", $"{shape.Value}");
        if (shape.Support.Count == 0 && label.Review is not { Decision: ReviewDecision.Edited }) findings.Add(File, $"{pointer}/support", "support", "at least one shape of a response, since no reviewer drew it", "none");
        var used = new HashSet<string>(StringComparer.Ordinal);
        for (var k = 0; k < shape.Support.Count; k++)
        {
            var support = shape.Support[k];
            if (!responses.TryGetValue(support.Response, out var drawn)) findings.Add(File, $"{pointer}/support/{k}/response", "support", "a response to this task", support.Response);
            else if (!drawn.TryGetValue(question, out var ids) || !ids.Contains(support.Shape, StringComparer.Ordinal)) findings.Add(File, $"{pointer}/support/{k}/shape", "support", $"a shape of response {support.Response}", support.Shape);
            if (!used.Add(support.Response)) findings.Add(File, $"{pointer}/support/{k}/response", "support", "one shape of each response", support.Response);
        }
    }
}
