using System.Text.Json;
using Touchstone.Annotations.Answers;
using Touchstone.Annotations.Ontologies;
using Touchstone.Annotations.Selectors;
using Touchstone.Quality.Assays;
using Touchstone.Server.Trust.Consensus;
using Touchstone.Server.Trust.Releases.Format;

namespace Touchstone.Server.Trust.Releases.Verification;

/// <summary>evidence.ndjson: who judged what, and the grading computed again.</summary>
internal static class EvidenceCheck
{
    private const string File = ReleaseFiles.Evidence;

    public static (List<AuditedImage> Graded, List<GradedImage> GoldGraded, ReleaseAssay.Circumstances Circumstances) Run(
        ReleaseContent content, IReadOnlyList<Ontology> ontologies, List<(long Number, EvidenceLine Line)> evidence, CheckedPopulation? population, LabelsCheck labels, LineageReader lineage,
        Findings findings)
    {
        var (graded, goldGraded) = (new List<AuditedImage>(), new List<GradedImage>());
        var (changed, simulated, prelabelled) = (0, 0, 0);
        CheckOrder(evidence, findings);
        var byNumber = new Dictionary<int, Ontology>();
        foreach (var facts in content.Ontologies)
            if (ontologies.FirstOrDefault(o => o.Digest == facts.Digest) is { } ontology) byNumber.TryAdd(facts.Number, ontology);
        foreach (var (number, line) in evidence)
        {
            var place = $"line {number}";
            if (line is AuditEvidence audit)
            {
                if (audit.Graded is not null) changed++;
                var responses = lineage.Take(audit.AuditTask);
                if (responses.Exists(r => r.Prelabel is not null)) prelabelled++;
                if (audit.Simulated || audit.Second is { Simulated: true }) simulated++;
                if (GradeAudit(place, audit, Math.Max(0, population?.IndexOf(audit.Task) ?? 0), labels, responses, findings) is { } grade) graded.Add(grade);
            }
            else if (line is GoldEvidence gold && GradeGold(place, gold, byNumber, lineage, findings) is { } grade)
            {
                goldGraded.Add(grade);
            }
        }

        return (graded, goldGraded, new(labels.Ledger.Labels, simulated, changed, prelabelled));
    }

    private static void CheckOrder(List<(long Number, EvidenceLine Line)> evidence, Findings findings)
    {
        for (var i = 1; i < evidence.Count; i++)
        {
            var (before, line) = (evidence[i - 1].Line, evidence[i].Line);
            if (before is GoldEvidence && line is AuditEvidence) findings.Add(File, $"line {evidence[i].Number}", "order", "audits before gold", "an audit after gold");
            else if (before.GetType() == line.GetType() && UuidOrder.Instance.Compare(before.Task, line.Task) is >= 0 and var order)
                findings.Add(File, $"line {evidence[i].Number} /task", order == 0 ? "duplicate" : "order", "tasks in the order of their ids, each once", $"{line.Task}");
        }
    }

    private static AuditedImage? GradeAudit(string place, AuditEvidence audit, int part, LabelsCheck labels, List<LineageLine> responses, Findings findings)
    {
        CheckLineage(place, audit, responses, findings);
        if (!labels.Wanted.TryGetValue(audit.Task, out var label))
        {
            findings.Add(File, $"{place} /task", "sampling", "a sound label of the release", $"{audit.Task}");
            return null;
        }

        if (label.People.Contains(audit.Grader)) findings.Add(File, $"{place} /grader", "own_work", "somebody who had no part in the label", audit.Grader);
        var extent = InputExtent.Image(label.Record.Image.Width, label.Record.Image.Height);
        var answers = Read(label.Ontology, audit.Answers, extent, $"{place} /answers", findings);
        var asDrawn = audit.Graded is { } before ? Read(label.Ontology, before, extent, $"{place} /graded", findings) : label.Answers;
        if (answers is not null) EnclosedAnswersCheck.Run(place, audit.Response, answers, responses, findings);
        if (answers is null || asDrawn is null) return null;
        var graded = new AuditedImage(Grading.Grade(label.Ontology, audit.Task.ToString(), asDrawn, answers), part, audit.Grader);
        return audit.Second is null ? graded : GradeSecond(place, audit, audit.Second, label, answers, graded, responses, findings);
    }

    private static AuditedImage? GradeSecond(
        string place, AuditEvidence audit, SecondEvidence second, CheckedLabel label, AnswerSet first, AuditedImage graded, List<LineageLine> responses, Findings findings)
    {
        var extent = InputExtent.Image(label.Record.Image.Width, label.Record.Image.Height);
        if (label.People.Contains(second.Grader)) findings.Add(File, $"{place} /second/grader", "own_work", "somebody who had no part in the label", second.Grader);
        if (second.Grader == audit.Grader) findings.Add(File, $"{place} /second/grader", "independence", "somebody else than the first auditor", second.Grader);
        if (Read(label.Ontology, second.Answers, extent, $"{place} /second/answers", findings) is not { } answers) return null;
        EnclosedAnswersCheck.Run($"{place} /second", second.Response, answers, responses, findings);
        return graded with { Second = new SecondJudgement(second.Grader, Grading.Grade(label.Ontology, audit.Task.ToString(), answers, first)) };
    }

    private static void CheckLineage(string place, AuditEvidence audit, List<LineageLine> responses, Findings findings)
    {
        List<(Guid Response, string Grader, bool Simulated, string At)> stated = [(audit.Response, audit.Grader, audit.Simulated, place + " ")];
        if (audit.Second is { } second) stated.Add((second.Response, second.Grader, second.Simulated, $"{place} /second"));
        for (var i = 0; i < Math.Max(stated.Count, responses.Count); i++)
        {
            var at = stated[Math.Min(i, stated.Count - 1)].At;
            if (i >= stated.Count || i >= responses.Count || responses[i].Response != stated[i].Response)
                findings.Add(File, $"{at}/response", "lineage", "one response of that id to the audit task, in lineage.ndjson", i >= responses.Count ? "none" : $"{responses[i].Response}");
            else if (responses[i].Contributor != stated[i].Grader || responses[i].Simulated != stated[i].Simulated)
                findings.Add(File, $"{at}/grader", "lineage", $"{responses[i].Contributor}, simulated: {responses[i].Simulated}", $"{stated[i].Grader}, simulated: {stated[i].Simulated}");
        }
    }

    private static GradedImage? GradeGold(string place, GoldEvidence gold, Dictionary<int, Ontology> ontologies, LineageReader lineage, Findings findings)
    {
        var responses = lineage.Take(gold.Task).ConvertAll(r => r.Response);
        if (!responses.SequenceEqual(gold.Responses)) findings.Add(File, $"{place} /responses", "lineage", $"the {responses.Count} responses of lineage.ndjson", $"{gold.Responses.Count} responses");
        if (gold.Responses.Count == 0) findings.Add(File, $"{place} /responses", "lineage", "at least one response", "none");
        if (!ontologies.TryGetValue(gold.OntologyVersion, out var ontology))
        {
            findings.Add(File, $"{place} /ontology_version", "ontology", "a version of the release", $"{gold.OntologyVersion}");
            return null;
        }

        var extent = InputExtent.Image(gold.Width, gold.Height);
        var answers = Read(ontology, gold.Answers, extent, $"{place} /answers", findings);

        // A consensus is fused and need not be valid where the parts are; it must be readable to be graded.
        var consensus = Read(ontology, gold.Consensus, default, $"{place} /consensus", findings);
        return answers is null || consensus is null ? null : Grading.Grade(ontology, gold.Task.ToString(), consensus, answers);
    }

    private static AnswerSet? Read(Ontology ontology, JsonElement json, in InputExtent extent, string place, Findings findings)
    {
        var faults = AnswerChecker.Check(ontology, json, extent);
        foreach (var fault in faults) findings.Add(File, place + fault.Pointer, "answers", fault.Expected, fault.Found);
        if (faults.Count > 0) return null;
        var answers = AnswerSet.Parse(ontology, json);
        if (!CanonicalAnswers.Are(answers, json)) findings.Add(File, place, "canonical_form", "answers in canonical form", "others");
        return answers;
    }
}
