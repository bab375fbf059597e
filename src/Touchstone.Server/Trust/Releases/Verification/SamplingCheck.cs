using System.Globalization;
using Touchstone.Server.Trust.Audits;
using Touchstone.Server.Trust.Consensus;
using Touchstone.Server.Trust.Releases.Format;

namespace Touchstone.Server.Trust.Releases.Verification;

/// <summary>The audit's sample, drawn again from its seed and population.</summary>
internal static class SamplingCheck
{
    private const string File = ReleaseFiles.Population;
    private const string Place = "/content/assay/audit";

    /// <returns>The population; null without an audit.</returns>
    public static Guid[]? Run(string root, ReleaseContent content, List<(long Number, EvidenceLine Line)> evidence, LabelsCheck labels, Findings findings)
    {
        var judged = evidence.Where(e => e.Line is AuditEvidence).Select(e => e.Line.Task).ToList();
        if (content.Assay.Audit is not { } audit)
        {
            if (judged.Count > 0) findings.Add(ReleaseFiles.Evidence, $"line {evidence.First(e => e.Line is AuditEvidence).Number}", "sampling", "no audit, since release.json has none", "an audit's answer");
            return null;
        }

        var population = Population(root, findings);
        findings.Expect(ReleaseFiles.Release, $"{Place}/population_file", "sampling", File, audit.PopulationFile);
        findings.Expect(ReleaseFiles.Release, $"{Place}/method", "sampling", SimpleRandomSample.Method, audit.Method);
        findings.Expect(ReleaseFiles.Release, $"{Place}/population", "sampling", population.Length, audit.Population);
        findings.Expect(ReleaseFiles.Release, $"{Place}/judged", "sampling", judged.Count, audit.Judged);
        if (!long.TryParse(audit.Seed, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var seed) || seed.ToString(CultureInfo.InvariantCulture) != audit.Seed)
        {
            findings.Add(ReleaseFiles.Release, $"{Place}/seed", "sampling", "a whole number of 64 bits", audit.Seed);
            return population;
        }

        if (audit.Sampled < 0 || audit.Sampled > population.Length)
        {
            findings.Add(ReleaseFiles.Release, $"{Place}/sampled", "sampling", $"at most the population of {population.Length}", $"{audit.Sampled}");
            return population;
        }

        var sample = SimpleRandomSample.Draw(population, audit.Sampled, seed).ToHashSet();
        var stated = Stated(audit, evidence, findings);
        foreach (var (task, file, place) in stated)
            if (!sample.Remove(task)) findings.Add(file, place, "sampling", "a task that the seed draws from the population, once", $"{task}");
        foreach (var task in sample.Order(UuidOrder.Instance))
            findings.Add(ReleaseFiles.Evidence, "", "sampling", $"the answer to drawn task {task}, or its mention in {Place}/not_judged or /not_released", "neither");
        CheckReleased(audit, labels, findings);
        findings.Expect(ReleaseFiles.Release, $"{Place}/covered", "sampling", labels.Tasks.Count(t => Array.BinarySearch(population, t, UuidOrder.Instance) >= 0), audit.Covered);
        return population;
    }

    private static List<(Guid Task, string File, string Place)> Stated(AuditFacts audit, List<(long Number, EvidenceLine Line)> evidence, Findings findings)
    {
        var stated = evidence.Where(e => e.Line is AuditEvidence).Select(e => (e.Line.Task, ReleaseFiles.Evidence, $"line {e.Number} /task")).ToList();
        Add(audit.NotJudged, "not_judged");
        Add(audit.NotReleased, "not_released");
        return stated;

        void Add(IReadOnlyList<Guid> tasks, string name)
        {
            for (var i = 0; i < tasks.Count; i++)
            {
                stated.Add((tasks[i], ReleaseFiles.Release, $"{Place}/{name}/{i}"));
                if (i > 0 && UuidOrder.Instance.Compare(tasks[i - 1], tasks[i]) >= 0) findings.Add(ReleaseFiles.Release, $"{Place}/{name}/{i}", "order", "ids in ascending order, each once", $"{tasks[i]}");
            }
        }
    }

    private static void CheckReleased(AuditFacts audit, LabelsCheck labels, Findings findings)
    {
        var released = labels.Tasks.ToHashSet();
        for (var i = 0; i < audit.NotJudged.Count; i++)
            if (!released.Contains(audit.NotJudged[i])) findings.Add(ReleaseFiles.Release, $"{Place}/not_judged/{i}", "sampling", "a label of the release", $"{audit.NotJudged[i]}");
        for (var i = 0; i < audit.NotReleased.Count; i++)
            if (released.Contains(audit.NotReleased[i])) findings.Add(ReleaseFiles.Release, $"{Place}/not_released/{i}", "sampling", "a task that is not in the release", $"{audit.NotReleased[i]}");
    }

    private static Guid[] Population(string root, Findings findings)
    {
        var tasks = new List<Guid>();
        var number = 0;
        foreach (var line in System.IO.File.ReadLines(Path.Combine(root, File)))
        {
            number++;
            if (!Guid.TryParseExact(line, "D", out var task) || task.ToString() != line) findings.Add(File, $"line {number}", "schema", "the id of a task", line);
            else if (tasks.Count > 0 && UuidOrder.Instance.Compare(tasks[^1], task) is >= 0 and var order) findings.Add(File, $"line {number}", order == 0 ? "duplicate" : "order", "ids in ascending order, each once", line);
            else tasks.Add(task);
        }

        if (new FileInfo(Path.Combine(root, File)).Length != 37L * number) findings.Add(File, "", "canonical_form", "lines of 36 characters and a line feed", "others");
        return [.. tasks];
    }
}
