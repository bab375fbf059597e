namespace Touchstone.Quality.Assays;

/// <summary>One measured figure with its interval. Numbers are rounded to the decimals of a digest.</summary>
/// <param name="Name">Which figure: one of <see cref="FigureName"/>.</param>
/// <param name="Estimate">The estimate, in [0, 1].</param>
/// <param name="Lower">Lower end of the interval.</param>
/// <param name="Upper">Upper end of the interval.</param>
/// <param name="SampleImages">Images that it rests on, those without a unit included.</param>
/// <param name="SampleUnits">Units (shapes, objects, choices or attributes) that it rests on.</param>
/// <param name="DesignEffect">How many times wider its variance is than that of as many independent units: errors come together in images.</param>
/// <param name="Method">How estimate and interval were made, one of <see cref="AssayMethod"/>.</param>
public sealed record AssayFigure(string Name, double Estimate, double Lower, double Upper, int SampleImages, int SampleUnits, double DesignEffect, string Method);

/// <summary>Names of figures, as they stand in a release.</summary>
public static class FigureName
{
    /// <summary>
    /// The headline of shapes: of all different things that are in the release or in the reference, the share that is in both, in the right place and under the
    /// right class (Jaccard's index of the two sets of things; a wrong class is one thing wrong, not two).
    /// </summary>
    /// <remarks>
    /// One number must punish inventions and misses alike and be read without a formula: "of a hundred things, so many are right". Precision or recall alone can be
    /// bought at the other's cost; F1 counts right things twice, so that 80 right beside 20 wrong reads 0.89.
    /// </remarks>
    public const string Accuracy = "accuracy";

    /// <summary>Of the released shapes, the share that is right in place and class.</summary>
    public const string Precision = "precision";

    /// <summary>Of the true shapes, the share that the release has in the right place and class.</summary>
    public const string Recall = "recall";

    /// <summary>Mean IoU of the right shapes with the true ones.</summary>
    public const string MeanIou = "mean_iou";

    /// <summary>Of the choices of whole images, the share that is right.</summary>
    public const string ChoiceAccuracy = "choice_accuracy";

    /// <summary>Of the attributes of right shapes, the share that is right.</summary>
    public const string AttributeAccuracy = "attribute_accuracy";
}

/// <summary>Names of methods, as they stand in a release.</summary>
public static class AssayMethod
{
    /// <summary>Random sample without replacement; Wilson's score interval with an effective sample size from the jackknife over images, finite population, Student's t.</summary>
    public const string Score = "audit_jackknife_score";

    /// <summary>Random sample without replacement; Student's t with the jackknife over images, finite population.</summary>
    public const string StudentT = "audit_jackknife_t";

    /// <summary>Every image was audited: the figure itself, nothing is estimated.</summary>
    public const string Census = "audit_census";

    /// <summary>One image cannot show how far images differ: the whole range.</summary>
    public const string WholeRange = "audit_whole_range";

    /// <summary>Random samples of the parts of a release, weighted; the score interval of a stratified share with the jackknife's design effect, finite population, Student's t.</summary>
    public const string StratifiedScore = "audit_strata_jackknife_score_finite";

    /// <summary>As <see cref="StratifiedScore"/>, but each part taken as endless where the likeliest shares are sought. In releases of <see cref="AssayRevision.First"/>.</summary>
    public const string StratifiedScoreEndless = "audit_strata_jackknife_score";

    /// <summary>Random samples of the parts of a release, weighted; Student's t with the jackknife over images within parts, finite population.</summary>
    public const string StratifiedStudentT = "audit_strata_jackknife_t";

    /// <summary>Put behind the name of a method where auditors' errors were estimated from images that two of them judged, and taken out.</summary>
    public const string AuditorsMeasured = "_auditors_measured_jointly";

    /// <summary>As <see cref="AuditorsMeasured"/>, but as if the share called right and the share agreed on were estimated from different images. In releases of <see cref="AssayRevision.First"/>.</summary>
    public const string AuditorsMeasuredApart = "_auditors_measured";

    /// <summary>Put in place of a method's last letter, t, where the mean of all images is the same and nothing shows how far others may be off: the bound of no success in as many trials.</summary>
    public const string NoSpread = "no_spread";

    /// <summary>The name of a mean's method where no image differed from another.</summary>
    internal static string WithoutSpread(string studentT) => string.Concat(studentT.AsSpan(0, studentT.Length - 1), NoSpread);

    /// <summary>As <see cref="Score"/>, on gold tasks, which were chosen and not drawn: the interval covers chance among such tasks and not the release.</summary>
    public const string GoldScore = "gold_jackknife_score";

    /// <summary>As <see cref="StudentT"/>, on gold tasks.</summary>
    public const string GoldStudentT = "gold_jackknife_t";

    /// <summary>As <see cref="WholeRange"/>, on gold tasks.</summary>
    public const string GoldWholeRange = "gold_whole_range";

    /// <summary>By which rules figures were made: a release is verified by its own. Their methods tell, and a mean that claims to be known for certain from what varied nowhere.</summary>
    public static AssayRevision RevisionOf(IEnumerable<AssayFigure> figures) => figures.Any(IsOfFirst) ? AssayRevision.First : AssayRevision.Current;

    private static bool IsOfFirst(AssayFigure figure) =>
        figure.Method.StartsWith(StratifiedScoreEndless, StringComparison.Ordinal) && !figure.Method.StartsWith(StratifiedScore, StringComparison.Ordinal)
        || figure.Method.EndsWith(AuditorsMeasuredApart, StringComparison.Ordinal)
        || figure is { Method: StudentT or StratifiedStudentT or GoldStudentT } && figure.Lower == figure.Upper;
}

/// <summary>Rules that assays were made by. Simple random samples that nobody judged twice come out the same by all.</summary>
public enum AssayRevision
{
    /// <summary>
    /// Intervals of parts and of auditors' errors as first published: parts seen nearly whole passed for as open as others, so that an audit of a large share held the truth too seldom; and what auditors called right and
    /// what they agreed on passed for independent, so that intervals held it too often. A mean of what varied nowhere passed for certain.
    /// </summary>
    First,

    /// <summary>What is made now.</summary>
    Current,
}

/// <summary>Something that an assay does not know.</summary>
/// <param name="Code">Stable word for programs.</param>
/// <param name="Message">A sentence for people.</param>
public sealed record AssayCaveat(string Code, string Message);

/// <summary>The measured accuracy of a release.</summary>
public sealed record Assay
{
    /// <summary>Confidence of the intervals, such as 0.95.</summary>
    public required double Confidence { get; init; }

    /// <summary>Images of the release.</summary>
    public required int PopulationImages { get; init; }

    /// <summary>Images drawn at random and audited.</summary>
    public required int AuditedImages { get; init; }

    /// <summary>Gold images graded.</summary>
    public required int GoldImages { get; init; }

    /// <summary>Figures that speak for the release: from a random sample of it. Empty where none was audited.</summary>
    public required IReadOnlyList<AssayFigure> Figures { get; init; }

    /// <summary>Figures on gold tasks. They stand beside the others and never enter them, since gold is chosen.</summary>
    public required IReadOnlyList<AssayFigure> GoldFigures { get; init; }

    /// <summary>How often auditors err, by figure; empty where nothing was judged by two, so that auditors are taken at their word.</summary>
    public IReadOnlyList<AuditorFigure> Auditors { get; init; } = [];

    /// <summary>What it does not know.</summary>
    public required IReadOnlyList<AssayCaveat> NotKnown { get; init; }

    /// <summary>The representative figure with this name, or null where it was not measured.</summary>
    public AssayFigure? Find(string name) => Figures.FirstOrDefault(f => f.Name == name);

    /// <summary>The gold figure with this name, or null where it was not measured.</summary>
    public AssayFigure? FindGold(string name) => GoldFigures.FirstOrDefault(f => f.Name == name);
}

/// <summary>What came of estimating. A sealed set.</summary>
public abstract record AssayOutcome
{
    private AssayOutcome()
    {
    }

    /// <summary>Something was measured.</summary>
    public sealed record Measured(Assay Assay) : AssayOutcome;

    /// <summary>Nothing was measured, so nothing is said.</summary>
    /// <param name="Code">Stable word for programs: <c>nothing_audited</c> or <c>nothing_to_grade</c>.</param>
    /// <param name="Reason">A sentence for people that says what to do.</param>
    public sealed record Refused(string Code, string Reason) : AssayOutcome;
}

/// <summary>How an assay is estimated.</summary>
/// <param name="Confidence">Confidence of the intervals, in (0, 1).</param>
/// <param name="Revision">By which rules: others than the current ones only to check what was published by them.</param>
public sealed record AssayOptions(double Confidence = 0.95, AssayRevision Revision = AssayRevision.Current)
{
    /// <summary>95 %.</summary>
    public static readonly AssayOptions Default = new();
}
