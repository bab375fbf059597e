using Touchstone.Quality.Assays;

namespace Touchstone.Server.Trust.Releases.Format;

/// <summary>From graded tasks to the assay section: who builds a release and who checks one compute it by the same code.</summary>
internal static class ReleaseAssay
{
    public static readonly AssayOptions Options = AssayOptions.Default;

    /// <summary>What the section says of circumstances that grading alone does not show.</summary>
    /// <param name="Labels">Labels of the release.</param>
    /// <param name="SimulatedGraders">Judged tasks whose auditor is a program.</param>
    /// <param name="ChangedSinceDrawn">Judged tasks whose label a review changed after the sample was drawn.</param>
    /// <param name="PrelabelledGraders">Judged tasks whose auditors had the same proposal before them as the contributors.</param>
    public readonly record struct Circumstances(int Labels, int SimulatedGraders, int ChangedSinceDrawn, int PrelabelledGraders);

    /// <param name="graded">Judged tasks, graded.</param>
    /// <param name="goldGraded">Gold tasks, graded.</param>
    /// <param name="audit">The audit; null where none was judged.</param>
    /// <param name="gold">How gold was graded.</param>
    /// <param name="circumstances">The rest.</param>
    /// <param name="revision">By which rules: the current ones but to check what was published by others.</param>
    public static AssaySection Compute(
        IReadOnlyList<AuditedImage> graded, IReadOnlyList<GradedImage> goldGraded, AuditFacts? audit, GoldFacts? gold, in Circumstances circumstances, AssayRevision revision = AssayRevision.Current)
    {
        var ordered = graded.OrderBy(g => g.Graded.ImageId, StringComparer.Ordinal).ToArray();
        GradedImage[] twice = [.. ordered.Where(g => g.Second is not null).Select(g => g.Second!.Between)];
        var orderedGold = goldGraded.OrderBy(g => g.ImageId, StringComparer.Ordinal).ToArray();
        var outcome = AssayEstimator.Estimate(new AuditSample(ordered, PartsOf(audit, circumstances)), Options with { Revision = revision }, orderedGold);
        var measured = (outcome as AssayOutcome.Measured)?.Assay;
        return new AssaySection
        {
            Status = measured is null ? AssayStatus.Unassayed : AssayStatus.Measured,
            Reason = (outcome as AssayOutcome.Refused)?.Reason,
            Confidence = Options.Confidence,
            Audit = audit,
            Gold = gold,
            Figures = measured?.Figures ?? [],
            GoldFigures = measured?.GoldFigures ?? [],
            NotKnown = measured is null ? [Unassayed] : [.. measured.NotKnown, .. Beyond(audit, circumstances)],
            Graded = Array.ConvertAll(ordered, g => g.Graded),
            GoldGraded = orderedGold,
            Auditors = measured is { Auditors.Count: > 0 } ? measured.Auditors : null,
            GradedTwice = twice.Length > 0 ? twice : null,
        };
    }

    private static AuditPart[] PartsOf(AuditFacts? audit, in Circumstances circumstances) =>
        audit?.Strata is { } strata ? [.. strata.Select(s => new AuditPart(s.Name, s.Covered))] : [new AuditPart("all", audit?.Covered ?? circumstances.Labels)];

    private static AssayCaveat Unassayed => new("unassayed", "Nothing was measured: how accurate these labels are is not known.");

    private static IEnumerable<AssayCaveat> Beyond(AuditFacts? audit, Circumstances circumstances)
    {
        if (audit is null) yield break;
        if (audit.Covered < circumstances.Labels)
            yield return new("labels_after_audit", $"{circumstances.Labels - audit.Covered} of {circumstances.Labels} labels were finished after the sample was drawn, or have been redone since; the figures speak for the other {audit.Covered}.");
        if (audit.Earlier.Sum(e => e.Judged) is > 0 and var judged)
            yield return new("audited_before", $"{audit.Earlier.Count} audits with {judged} judged tasks came before this one and enter no figure. Whoever audits until the figures please gets figures that please.");
        if (audit.NotJudged.Count > 0)
            yield return new("audit_incomplete", $"{audit.NotJudged.Count} of {audit.Sampled} drawn tasks are not judged yet. If those differ from the judged ones, the figures are off by as much.");
        if (audit.Looks is { Count: var looks })
            yield return new("looked_at", $"The sample grew in {looks} steps, and what was seen decided whether it grew on. The figures make no allowance for that; an order to a bound does, in its own lower bound.");
        if (audit.Twice is { } twice && twice.Judged < twice.Drawn)
            yield return new("second_judgement_missing", $"{twice.Drawn - twice.Judged} of {twice.Drawn} tasks that two auditors were to judge have no second judgement; there the first one stands alone.");
        if (audit.NotReleased.Count > 0)
            yield return new("drawn_and_gone", $"{audit.NotReleased.Count} of {audit.Sampled} drawn tasks are not in the release any more.");
        if (circumstances.ChangedSinceDrawn > 0)
            yield return new("changed_since_drawn", $"{circumstances.ChangedSinceDrawn} judged labels were changed by a review after the sample was drawn; they are graded as they stood then.");
        if (circumstances.PrelabelledGraders > 0)
            yield return new("prelabelled_audit", $"{circumstances.PrelabelledGraders} of {audit.Judged} judged tasks were judged by people who began with the same proposal as those whose labels they judged. What they let stand of its errors is in no figure.");
        if (circumstances.SimulatedGraders > 0)
            yield return new("simulated_auditor", $"{circumstances.SimulatedGraders} of {audit.Judged} judged tasks were judged by a program that plays a person, not by a person.");
    }
}
