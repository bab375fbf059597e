using Touchstone.Quality.Assays;
using Touchstone.Server.Trust.Releases.Format;

namespace Touchstone.Server.Trust.Releases.Verification;

/// <summary>Every figure of release.json, computed again.</summary>
internal static class FiguresCheck
{
    public static void Run(
        ReleaseContent content, LabelsCheck labels, CheckedPopulation? population, List<AuditedImage> graded, List<GradedImage> goldGraded,
        in ReleaseAssay.Circumstances circumstances, Findings findings)
    {
        var ledger = labels.Ledger;
        Compare("/content/counts", "counts", ledger.Counts(content.Counts.NotReleased), content.Counts, findings);
        Compare("/content/origin", "origin", ledger.Origin(), content.Origin, findings);
        Compare("/content/prelabels", "prelabels", ledger.Prelabels(), content.Prelabels, findings);
        for (var i = 0; i < content.Ontologies.Count; i++)
            findings.Expect(ReleaseFiles.Release, $"/content/ontologies/{i}/labels", "counts", ledger.LabelsUnder(content.Ontologies[i].Digest), content.Ontologies[i].Labels);
        foreach (var (name, count) in new[] { ("open", content.Counts.NotReleased.Open), ("in_review", content.Counts.NotReleased.InReview), ("withdrawn", content.Counts.NotReleased.Withdrawn) })
            if (count < 0) findings.Add(ReleaseFiles.Release, $"/content/counts/not_released/{name}", "counts", "a count", $"{count}");
        CheckGold(content.Assay, labels, goldGraded.Count, findings);

        // An audit that does not hold together has been told; more judged than covered could not be computed with.
        if (population is not null && !CanCompute(content.Assay.Audit!, graded)) return;
        if (ledger.Labels == 0)
        {
            findings.Add(ReleaseFiles.Labels, "", "counts", "at least one label", "none");
            return;
        }

        if (HasDuplicates(graded.Select(g => g.Graded)) || HasDuplicates(goldGraded)) return;   // told already
        var assay = ReleaseAssay.Compute(graded, goldGraded, content.Assay.Audit, content.Assay.Gold, circumstances, AssayMethod.RevisionOf([.. content.Assay.Figures, .. content.Assay.GoldFigures]));
        Compare("/content/assay", "assay", AsEarlier(assay, content.Assay.NotKnown), content.Assay, findings);
    }

    /// <summary>Earlier programs said of gold alone, too, that the auditor's answers are taken as true. One caveat more flatters nobody.</summary>
    private static AssaySection AsEarlier(AssaySection assay, IReadOnlyList<AssayCaveat> stated)
    {
        var at = stated.TakeWhile(c => c != EarlierCaveat).Count();
        return assay.Audit is not null || at == stated.Count || at > assay.NotKnown.Count ? assay : assay with { NotKnown = [.. assay.NotKnown.Take(at), EarlierCaveat, .. assay.NotKnown.Skip(at)] };
    }

    private static readonly AssayCaveat EarlierCaveat =
        new("auditor_error", "The auditor's answers are taken as true. Their own mistakes are not measured: each counts as an error of the release, or hides one.");

    private static void CheckGold(AssaySection assay, LabelsCheck labels, int graded, Findings findings)
    {
        const string Place = "/content/assay/gold";
        if (assay.Gold is not { } gold)
        {
            if (graded > 0) findings.Add(ReleaseFiles.Release, Place, "gold", $"{graded} gold tasks, as evidence.ndjson has", "none");
            return;
        }

        findings.Expect(ReleaseFiles.Release, $"{Place}/tasks", "gold", graded, gold.Tasks);
        findings.Expect(ReleaseFiles.Release, $"{Place}/folds", "gold", GoldGrading.DefaultFoldCount, gold.Folds);
        if (labels.Ledger.Labels == 0) return;
        var overlap = Math.Max(1, (int)Math.Round((double)labels.InForce / labels.Ledger.Labels, MidpointRounding.AwayFromZero));
        findings.Expect(ReleaseFiles.Release, $"{Place}/overlap", "gold", overlap, gold.Overlap);
    }

    private static bool CanCompute(AuditFacts audit, List<AuditedImage> graded) => audit.Strata is { } strata
        ? strata.Select((s, h) => (s.Covered, Judged: graded.Count(g => g.Part == h))).All(s => s.Judged <= s.Covered) && graded.TrueForAll(g => g.Part < strata.Count)
        : graded.Count <= audit.Covered && graded.TrueForAll(g => g.Part == 0);

    private static bool HasDuplicates(IEnumerable<GradedImage> images) => images.GroupBy(i => i.ImageId, StringComparer.Ordinal).Any(g => g.Skip(1).Any());

    private static void Compare<T>(string place, string fact, T expected, T found, Findings findings)
    {
        foreach (var (pointer, wanted, stands) in JsonDifference.Between(ReleaseVerifier.ToElement(expected), ReleaseVerifier.ToElement(found), place))
            findings.Add(ReleaseFiles.Release, pointer, fact, wanted, stands);
    }
}
