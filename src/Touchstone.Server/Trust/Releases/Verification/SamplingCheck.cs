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
    public static CheckedPopulation? Run(string root, ReleaseContent content, List<(long Number, EvidenceLine Line)> evidence, LabelsCheck labels, Findings findings)
    {
        var judged = evidence.Where(e => e.Line is AuditEvidence).Select(e => e.Line.Task).ToList();
        if (content.Assay.Audit is not { } audit)
        {
            if (judged.Count > 0) findings.Add(ReleaseFiles.Evidence, $"line {evidence.First(e => e.Line is AuditEvidence).Number}", "sampling", "no audit, since release.json has none", "an audit's answer");
            return null;
        }

        var population = PopulationFile.Read(root, audit.Strata?.Count, findings);
        findings.Expect(ReleaseFiles.Release, $"{Place}/population_file", "sampling", File, audit.PopulationFile);
        findings.Expect(ReleaseFiles.Release, $"{Place}/method", "sampling", AuditDraw.MethodOf(audit.Strata is not null), audit.Method);
        findings.Expect(ReleaseFiles.Release, $"{Place}/population", "sampling", population.Tasks.Length, audit.Population);
        findings.Expect(ReleaseFiles.Release, $"{Place}/judged", "sampling", judged.Count, audit.Judged);
        if (!long.TryParse(audit.Seed, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var seed) || seed.ToString(CultureInfo.InvariantCulture) != audit.Seed)
        {
            findings.Add(ReleaseFiles.Release, $"{Place}/seed", "sampling", "a whole number of 64 bits", audit.Seed);
            return population;
        }

        if (!AreSizesPossible(audit, population, findings)) return population;
        var drawn = audit.Strata is { } strata
            ? AuditDraw.Stratified(population.Tasks, population.PartOf!, [.. strata.Select(s => s.Sampled)], seed)
            : SimpleRandomSample.Draw(population.Tasks, audit.Sampled, seed);
        CheckDrawn(audit, evidence, drawn, findings);
        CheckReleased(audit, labels, findings);
        CheckCovered(audit, population, judged, labels, findings);
        CheckTwice(audit, evidence, population, drawn, seed, findings);
        return population;
    }

    private static void CheckDrawn(AuditFacts audit, List<(long Number, EvidenceLine Line)> evidence, Guid[] drawn, Findings findings)
    {
        var sample = drawn.ToHashSet();
        foreach (var (task, file, place) in Stated(audit, evidence, findings))
            if (!sample.Remove(task)) findings.Add(file, place, "sampling", "a task that the seed draws from the population, once", $"{task}");
        foreach (var task in sample.Order(UuidOrder.Instance))
            findings.Add(ReleaseFiles.Evidence, "", "sampling", $"the answer to drawn task {task}, or its mention in {Place}/not_judged or /not_released", "neither");
    }

    /// <summary>Whether the sample can be drawn at all: sizes within what they are drawn from, and adding up.</summary>
    private static bool AreSizesPossible(AuditFacts audit, CheckedPopulation population, Findings findings)
    {
        var before = findings.Count;
        if (audit.Sampled < 0 || audit.Sampled > population.Tasks.Length) findings.Add(ReleaseFiles.Release, $"{Place}/sampled", "sampling", $"at most the population of {population.Tasks.Length}", $"{audit.Sampled}");
        if (audit.Strata is { } strata)
        {
            if (population.PartOf!.Length != population.Tasks.Length) return false;   // told already, line by line
            for (var h = 0; h < strata.Count; h++)
            {
                var tasks = population.PartOf.Count(p => p == h);
                findings.Expect(ReleaseFiles.Release, $"{Place}/strata/{h}/population", "sampling", tasks, strata[h].Population);
                if (strata[h].Sampled < 0 || strata[h].Sampled > tasks) findings.Add(ReleaseFiles.Release, $"{Place}/strata/{h}/sampled", "sampling", $"at most the stratum's {tasks} tasks", $"{strata[h].Sampled}");
            }

            findings.Expect(ReleaseFiles.Release, $"{Place}/sampled", "sampling", strata.Sum(s => (long)s.Sampled), audit.Sampled);
            if (audit.Looks is not null) findings.Add(ReleaseFiles.Release, $"{Place}/looks", "sampling", "nothing: a stratified sample does not grow", "looks");
        }

        if (audit.Twice is { } twice && (twice.Drawn < 1 || twice.Drawn > audit.Sampled)) findings.Add(ReleaseFiles.Release, $"{Place}/twice/drawn", "sampling", $"1 to {audit.Sampled}", $"{twice.Drawn}");
        if (audit.Looks is { } looks) CheckLooks(audit, looks, findings);
        return findings.Count == before;
    }

    private static void CheckLooks(AuditFacts audit, IReadOnlyList<LookFacts> looks, Findings findings)
    {
        var before = new LookFacts(0, 0);
        for (var k = 0; k < looks.Count; k++)
        {
            var look = looks[k];
            if (look.Sampled <= before.Sampled || look.Twice < before.Twice || look.Twice - before.Twice > look.Sampled - before.Sampled)
                findings.Add(ReleaseFiles.Release, $"{Place}/looks/{k}", "sampling", "a larger sample than the look before it", $"{look.Sampled} tasks, {look.Twice} twice");
            before = look;
        }

        if (looks.Count < 2) findings.Add(ReleaseFiles.Release, $"{Place}/looks", "sampling", "at least two looks, or nothing", $"{looks.Count}");
        findings.Expect(ReleaseFiles.Release, $"{Place}/sampled", "sampling", before.Sampled, audit.Sampled);
        findings.Expect(ReleaseFiles.Release, $"{Place}/twice/drawn", "sampling", before.Twice, audit.Twice?.Drawn ?? 0);
    }

    private static void CheckCovered(AuditFacts audit, CheckedPopulation population, List<Guid> judged, LabelsCheck labels, Findings findings)
    {
        findings.Expect(ReleaseFiles.Release, $"{Place}/covered", "sampling", labels.Tasks.Count(t => population.IndexOf(t) >= 0), audit.Covered);
        if (audit.Strata is not { } strata) return;
        var (covered, answered) = (labels.Tasks.ToLookup(population.IndexOf), judged.ToLookup(population.IndexOf));
        for (var h = 0; h < strata.Count; h++)
        {
            findings.Expect(ReleaseFiles.Release, $"{Place}/strata/{h}/covered", "sampling", covered[h].Count(), strata[h].Covered);
            findings.Expect(ReleaseFiles.Release, $"{Place}/strata/{h}/judged", "sampling", answered[h].Count(), strata[h].Judged);
        }
    }

    /// <summary>Which tasks two auditors judge is drawn too: nobody may add a second judgement where it pleases.</summary>
    private static void CheckTwice(AuditFacts audit, List<(long Number, EvidenceLine Line)> evidence, CheckedPopulation population, Guid[] drawn, long seed, Findings findings)
    {
        var seconds = evidence.Where(e => e.Line is AuditEvidence { Second: not null }).ToList();
        if (audit.Twice is not null) findings.Expect(ReleaseFiles.Release, $"{Place}/twice/judged", "sampling", seconds.Count, audit.Twice.Judged);
        IReadOnlyList<SampleStep> steps = audit.Looks is { } looks ? [.. looks.Select(l => new SampleStep(l.Sampled, l.Twice))] : [new SampleStep(audit.Sampled, audit.Twice?.Drawn ?? 0)];
        var twice = AuditDraw.Twice(population.Tasks, drawn, steps, seed);
        foreach (var (number, line) in seconds)
            if (!twice.Contains(line.Task)) findings.Add(ReleaseFiles.Evidence, $"line {number} /second", "sampling", "a task that the seed draws for a second judgement", $"{line.Task}");
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
}
