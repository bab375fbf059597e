using System.Text.Json;
using Touchstone.Formats;
using Touchstone.Formats.Exchange;
using Touchstone.Store.Ids;

namespace Touchstone.Server.Catalogue.Datasets;

/// <summary>What was found in a data set, what would be lost, and, after an import, what went in.</summary>
internal sealed record DatasetReport
{
    public required string Format { get; init; }

    public required string Place { get; init; }

    public required ImportedAs As { get; init; }

    /// <summary>Inputs read.</summary>
    public required long Inputs { get; init; }

    /// <summary>Of them, those whose picture is not among the files, or is none; they become no tasks.</summary>
    public required long PicturesMissing { get; init; }

    public required long Objects { get; init; }

    /// <summary>Answers that are valid under the project's ontology and would go in.</summary>
    public required long Answers { get; init; }

    /// <summary>Inputs whose work would begin with a proposal.</summary>
    public long Prelabels { get; init; }

    /// <summary>Begun answers that would wait for those who began them.</summary>
    public long Drafts { get; init; }

    /// <summary>Inputs that annotators passed by, for which they would not be asked again.</summary>
    public long Skips { get; init; }

    public required IReadOnlyList<ClassRow> Classes { get; init; }

    public required IReadOnlyList<QuestionRow> Questions { get; init; }

    public required IReadOnlyList<ContributorRow> Contributors { get; init; }

    /// <summary>Opinions by kind: annotation, prediction, draft, skipped, gold.</summary>
    public required IReadOnlyDictionary<OpinionKind, long> Opinions { get; init; }

    /// <summary>How far annotators agree on objects; null where no two labelled the same input.</summary>
    public DatasetAgreement? Agreement { get; init; }

    public required IReadOnlyList<Loss> Losses { get; init; }

    public required long Faults { get; init; }

    /// <summary>The first of them.</summary>
    public required IReadOnlyList<FileFault> FirstFaults { get; init; }

    public required IReadOnlyList<SuspicionRow> Suspicions { get; init; }

    /// <summary>The first inputs that have objects, those with a picture before those without one, to be drawn.</summary>
    public required IReadOnlyList<SampleRow> Samples { get; init; }

    public long TasksImported { get; init; }

    public long TasksRepeated { get; init; }

    /// <summary>Gold tasks that were made.</summary>
    public long GoldImported { get; init; }

    public long ResponsesImported { get; init; }

    public long ResponsesRepeated { get; init; }

    public long PrelabelsImported { get; init; }

    public long DraftsImported { get; init; }

    public long SkipsImported { get; init; }

    /// <summary>Proposals, drafts and skips that were there before.</summary>
    public long BesidesRepeated { get; init; }

    /// <param name="Name">As the data set names it.</param>
    /// <param name="Objects">How many.</param>
    /// <param name="Marks">How many by kind of mark.</param>
    /// <param name="Target">The project's class that they become; null where they are left out.</param>
    internal sealed record ClassRow(string Name, long Objects, IReadOnlyDictionary<MarkKind, long> Marks, string? Target);

    /// <param name="Name">As the data set names it.</param>
    /// <param name="Answers">How many.</param>
    /// <param name="Target">The project's question; null where there is none.</param>
    internal sealed record QuestionRow(string Name, long Answers, string? Target);

    /// <param name="Name">As the data set names them; empty for labels that name nobody.</param>
    /// <param name="Inputs">How many inputs they labelled; 0 of those who only skipped or began some.</param>
    /// <param name="Target">The member that they are; null where one is made.</param>
    internal sealed record ContributorRow(string Name, long Inputs, ContributorId? Target);

    /// <param name="Kind">What is probably wrong.</param>
    /// <param name="Count">How often.</param>
    /// <param name="Examples">The first of them.</param>
    internal sealed record SuspicionRow(string Kind, long Count, IReadOnlyList<Suspicion> Examples);

    /// <param name="Name">The input.</param>
    /// <param name="WidthPx">Width as a person sees it.</param>
    /// <param name="HeightPx">Height as a person sees it.</param>
    /// <param name="HasPicture">Whether its picture is among the files.</param>
    /// <param name="Shapes">Its objects, of all annotators.</param>
    internal sealed record SampleRow(string Name, int WidthPx, int HeightPx, bool HasPicture, IReadOnlyList<ShapeRow> Shapes);

    /// <param name="Class">As the data set names it.</param>
    /// <param name="Target">The project's class; null where it is left out.</param>
    /// <param name="Contributor">Who marked it.</param>
    /// <param name="Mark">Where it is: one member, named as in answers (box, rotated_box, polygon, polyline, keypoints) or polygons, ellipse, mask.</param>
    internal sealed record ShapeRow(string Class, string? Target, string? Contributor, JsonElement Mark);
}

/// <summary>How far the annotators of a data set agree on where things are.</summary>
/// <param name="Alpha">Krippendorff's alpha over objects that belong together, by the intersection over union of their bounds; null where nothing varies.</param>
/// <param name="F1">Mean over pairs of annotators of the F1 of their objects at an intersection over union of 0.5.</param>
/// <param name="Annotators">Annotators of those inputs.</param>
/// <param name="Inputs">Inputs that two or more labelled.</param>
internal sealed record DatasetAgreement(double? Alpha, double? F1, int Annotators, long Inputs);
