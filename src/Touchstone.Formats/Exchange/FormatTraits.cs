using Touchstone.Annotations.Exports;
using Touchstone.Annotations.Geometry;
using Touchstone.Annotations.Selectors;

namespace Touchstone.Formats.Exchange;

/// <summary>What a claim to read and write a format rests on.</summary>
public enum Evidence
{
    /// <summary>Only files of our own: not called supported.</summary>
    OwnFiles,

    /// <summary>The example in its specification.</summary>
    Specification,

    /// <summary>Files that other programs wrote.</summary>
    OtherPrograms,
}

/// <summary>Which attributes of objects a format carries.</summary>
public sealed record AttributeSupport
{
    private AttributeSupport(bool isAny, IReadOnlyList<string> names) => (IsAny, Names) = (isAny, names);

    /// <summary>None.</summary>
    public static AttributeSupport None { get; } = new(false, []);

    /// <summary>Any, by name.</summary>
    public static AttributeSupport Any { get; } = new(true, []);

    /// <summary>Whether any attribute is carried.</summary>
    public bool IsAny { get; }

    /// <summary>Those that are carried where not all are.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>Only these, each in a place of its own.</summary>
    public static AttributeSupport Only(params string[] names) => new(false, names);

    /// <summary>Whether it is carried.</summary>
    public bool Carries(string name) => IsAny || Names.Contains(name, StringComparer.Ordinal);
}

/// <summary>What else a format may carry.</summary>
[Flags]
public enum CarriedParts
{
    /// <summary>Nothing else.</summary>
    None = 0,

    /// <summary>Scores of objects.</summary>
    Scores = 1,

    /// <summary>Which object is the same across frames.</summary>
    Tracks = 2,

    /// <summary>Which frames were drawn and which were filled in.</summary>
    Keyframes = 4,

    /// <summary>Who said it, and several annotators of one input.</summary>
    Contributors = 8,

    /// <summary>Models' predictions beside annotations.</summary>
    Predictions = 16,

    /// <summary>That somebody skipped an input.</summary>
    Skips = 32,

    /// <summary>When it was said and how long it took.</summary>
    Times = 64,

    /// <summary>Relations between objects.</summary>
    Relations = 128,

    /// <summary>Inputs without any object.</summary>
    EmptySamples = 256,

    /// <summary>Width and height of inputs.</summary>
    Sizes = 512,

    /// <summary>Train, validation and test.</summary>
    Splits = 1024,

    /// <summary>The list of classes, also of those that nothing belongs to.</summary>
    Classes = 2048,

    /// <summary>Ids of objects.</summary>
    ObjectIds = 4096,

    /// <summary>Drafts.</summary>
    Drafts = 8192,

    /// <summary>Known truth, marked as such.</summary>
    Gold = 16384,

    /// <summary>What reviewers decided.</summary>
    Reviews = 32768,

    /// <summary>Other facts of an input.</summary>
    Facts = 65536,

    /// <summary>Several marks of one object, such as a box with keypoints.</summary>
    SeveralMarks = 131072,

    /// <summary>What the files state of the data set as a whole, such as its licences.</summary>
    Statements = 262144,

    /// <summary>What each end of a relation is called.</summary>
    RelationRoles = 1 << 20,
}

/// <summary>What a format can carry. Losses follow from this table; no writer states its own.</summary>
public sealed record FormatTraits
{
    /// <summary>Its name on the command line, such as <c>coco</c>.</summary>
    public required string Id { get; init; }

    /// <summary>Its name for people.</summary>
    public required string Name { get; init; }

    /// <summary>The specification or paper that it follows.</summary>
    public required string Specification { get; init; }

    /// <summary>What the claim to support it rests on.</summary>
    public required Evidence Evidence { get; init; }

    /// <summary>Whether it is read.</summary>
    public bool Reads { get; init; } = true;

    /// <summary>Whether it is written.</summary>
    public bool Writes { get; init; } = true;

    /// <summary>The inputs that it is about.</summary>
    public IReadOnlyList<InputKind> Inputs { get; init; } = [InputKind.Image];

    /// <summary>The marks that it carries as they are.</summary>
    public required IReadOnlyList<MarkKind> Marks { get; init; }

    /// <summary>The attributes of objects that it carries.</summary>
    public AttributeSupport Attributes { get; init; } = AttributeSupport.None;

    /// <summary>What it carries of answers about the whole input.</summary>
    public AnswerParts OfInput { get; init; }

    /// <summary>The questions about the whole input whose answers it has a place for, each with what its name begins and a point follows; null where it has one for any.</summary>
    public IReadOnlyList<string>? Questions { get; init; }

    /// <summary>Other facts of an input that it has a place for, where it does not carry any by name.</summary>
    public IReadOnlyList<string> Facts { get; init; } = [];

    /// <summary>Whether its ellipses are circles.</summary>
    public bool OnlyCircles { get; init; }

    /// <summary>Whether its keypoints are single points that are seen.</summary>
    public bool OnlySinglePoints { get; init; }

    /// <summary>Whether its cuboids are upright ones in the frame of the picture's camera.</summary>
    public bool OnlyUprightInCamera { get; init; }

    /// <summary>The one class that its objects have, where the format has no names of classes; null else.</summary>
    public string? OneClass { get; init; }

    /// <summary>Whether each pixel belongs to one object: where masks overlap, the later object has the pixels.</summary>
    public bool PixelsHaveOneOwner { get; init; }

    /// <summary>Whether a picture has one region for each class, and not one for each object.</summary>
    public bool JoinsObjectsOfClass { get; init; }

    /// <summary>Whether open lines are stated by where they cross certain rows of pixels; see <see cref="RowLines"/>.</summary>
    public bool LinesCrossRows { get; init; }

    /// <summary>Whether it has texts as words with one tag each: neither what stands between words is kept, nor spans that overlap others.</summary>
    public bool TagsWords { get; init; }

    /// <summary>Whether a model's prediction has a place beside what a person said of the same input, in a format that does not carry several annotators.</summary>
    public bool HasPredictionBesideLabels { get; init; }

    /// <summary>Whether of the fact <c>sensors</c> it has a place only for what cameras and the LiDAR are and how they stand to each other: for no poses in the world, times, lenses or other sensors.</summary>
    public bool HasOnlyCalibrations { get; init; }

    /// <summary>Which way is up in the frame of its cuboids, where these only turn about it; null where they lean too.</summary>
    public (double X, double Y, double Z)? CuboidsStandUpright { get; init; }

    /// <summary>Whether an input's name is that of its file, so that no two may be the same.</summary>
    public bool NamesAreFiles { get; init; }

    /// <summary>Whether its boxes are of whole pixels.</summary>
    public bool HasWholePixels { get; init; }

    /// <summary>Whether its attributes are numbers; texts that are numbers and truth values count as such.</summary>
    public bool HasNumericAttributes { get; init; }

    /// <summary>The one class of regions that hold a crowd; null where they have classes as others do.</summary>
    public string? CrowdClass { get; init; }

    /// <summary>What else it carries.</summary>
    public CarriedParts Parts { get; init; }

    /// <summary>How far a coordinate may be off after writing and reading, pixels; 0 where numbers are written in full.</summary>
    public double RoundingPx { get; init; }

    /// <summary>Whether a data set is read and written sample by sample, with memory that does not grow with it.</summary>
    public bool Streams { get; init; } = true;

    /// <summary>Whether it has a place for the answers to a question about the whole input.</summary>
    public bool CarriesQuestion(string question) =>
        Questions is null || Questions.Any(q => question.StartsWith(q, StringComparison.Ordinal) && (question.Length == q.Length || question[q.Length] == '.'));

    /// <summary>Whether a mark is carried as it is.</summary>
    public bool Carries(Mark mark) => Marks.Contains(mark.Kind) && !(OnlyCircles && mark is Ellipse ellipse && ellipse.RadiusX != ellipse.RadiusY)
        && !(OnlySinglePoints && mark is Outline { Geometry: Keypoints points } && points.Points is not [{ Visibility: Visibility.Visible }])
        && !(OnlyUprightInCamera && mark is Cuboid cuboid && !cuboid.IsUprightInCamera);

    /// <summary>Whether all of these parts are carried.</summary>
    public bool Carries(CarriedParts parts) => (Parts & parts) == parts;
}
