namespace Touchstone.Quality.Assays;

/// <summary>What an assay of this form does not know, in the case at hand.</summary>
internal static class AssayCaveats
{
    private const int EnoughImages = 10;
    private const int EnoughErrors = 5;

    public static IReadOnlyList<AssayCaveat> For(AuditSample drawn, GradedImage[] gold, IReadOnlyList<AssayFigure> figures, IReadOnlyList<AuditorFigure> auditors)
    {
        List<AssayCaveat> caveats = [];
        GradedImage[] audited = [.. drawn.Images.Select(i => i.Graded)];
        var population = drawn.Parts.Sum(p => p.Population);
        if (audited.Length == 0)
            caveats.Add(new("gold_only", $"Only gold was measured ({gold.Length} images). Gold is chosen and not drawn: its figures describe such tasks and say nothing certain of the release."));
        else if (audited.Length < population)
            caveats.Add(new("images_not_sampled", $"{population - audited.Length} of {population} images were not audited; what is said of them rests on the {audited.Length} that were, drawn at random."));
        if (gold.Length > 0 && audited.Length > 0)
            caveats.Add(new("gold_is_chosen", "Gold figures stand apart: gold is chosen and may be easier or harder than the release."));
        if (audited.Length > 0 && audited.Length < EnoughImages && audited.Length < population)
            caveats.Add(new("few_images", $"Only {audited.Length} images were audited: how far images differ is hardly known, and the intervals are rough."));
        AddUnseenParts(caveats, drawn);
        AddFewErrors(caveats, figures);
        AddAuditors(caveats, drawn, auditors);
        AddSmallClasses(caveats, audited.Length > 0 ? audited : gold);
        caveats.Add(new("boundaries", "A shape is right from a similarity of 0.5 on. How exact edges are beyond that is in the mean IoU alone, of right shapes only."));
        caveats.Add(new("other_kinds", "Ratings, numbers and texts of whole images are not graded, nor are attributes of shapes that are missing, invented or of a wrong class."));
        caveats.Add(new("unlike_data", "The figures hold for this release. Images of another place, time or camera may be labelled better or worse."));
        return caveats;
    }

    private static void AddUnseenParts(List<AssayCaveat> caveats, AuditSample drawn)
    {
        var judged = drawn.Images.Select(i => i.Part).ToHashSet();
        AuditPart[] unseen = [.. drawn.Parts.Where((p, h) => p.Population > 0 && !judged.Contains(h))];
        if (drawn.Images.Count > 0 && unseen.Length > 0)
            caveats.Add(new("strata_not_judged", $"{unseen.Sum(p => p.Population)} images lie in parts of which none was judged ({string.Join("; ", unseen.Select(p => p.Name))}): the figures say nothing of them."));
    }

    private static void AddAuditors(List<AssayCaveat> caveats, AuditSample drawn, IReadOnlyList<AuditorFigure> auditors)
    {
        if (drawn.Images.Count == 0) return;
        if (auditors.Count == 0)
        {
            caveats.Add(new("auditor_error", "The auditor's answers are taken as true. Their own mistakes are not measured: each counts as an error of the release, or hides one."));
            return;
        }

        caveats.Add(new("auditors_alike", "Auditors' errors were estimated from images that two of them judged, and taken out. That holds where auditors err independently of each other: what they all see wrongly cannot be seen."));
        if (GraderBalance.Unchecked(drawn.Images) is > 0 and var count)
            caveats.Add(new("auditors_unchecked", $"{count} images were judged by auditors whom no second judgement checks; they are taken to err as often as the others."));
        if (auditors.FirstOrDefault(a => a.Error >= 0.25) is { } worst)
            caveats.Add(new("auditors_disagree", $"Auditors differ in {worst.Differing} of {worst.JudgedTwice} units ({worst.Figure}): they say little. Clear up the instructions before relying on the figures."));
        if (drawn.Images.Any(i => i.Second is not null && i.Graded.TruePositives > 0))
            caveats.Add(new("edges_by_word", "The mean IoU takes auditors' edges as exact."));
    }

    private static void AddFewErrors(List<AssayCaveat> caveats, IReadOnlyList<AssayFigure> figures)
    {
        string[] names = [.. figures.Where(f => f.Name != FigureName.MeanIou && f.Method.StartsWith("audit_", StringComparison.Ordinal) && f.Method.Contains("_score", StringComparison.Ordinal) && (1 - f.Estimate) * f.SampleUnits < EnoughErrors).Select(f => f.Name)];
        if (names.Length > 0)
            caveats.Add(new("few_errors", $"Fewer than {EnoughErrors} errors were seen in: {string.Join(", ", names)}. Whether errors come together in images could not be measured there; if they do, the intervals are too narrow."));
    }

    private static void AddSmallClasses(List<AssayCaveat> caveats, GradedImage[] images)
    {
        var classes = images.SelectMany(i => i.Classes).GroupBy(c => c.Key, StringComparer.Ordinal).Select(g => (Class: g.Key, Count: g.Sum(c => c.Value.TruePositives + c.Value.FalseNegatives)))
            .Where(c => c.Count < AssayEstimator.EnoughOfAClass).OrderBy(c => c.Class, StringComparer.Ordinal).ToArray();
        if (classes.Length > 0)
            caveats.Add(new("small_classes", $"Classes with fewer than {AssayEstimator.EnoughOfAClass} true shapes in the sample may differ from the whole without being noticed: "
                + string.Join(", ", classes.Select(c => $"{c.Class} ({c.Count})")) + "."));
    }
}
