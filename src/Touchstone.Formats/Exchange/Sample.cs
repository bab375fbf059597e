using System.Text.Json;
using Touchstone.Annotations.Selectors;

namespace Touchstone.Formats.Exchange;

/// <summary>One input of a data set and everything that is said of it: what readers give and writers take.</summary>
/// <remarks>A clip is one sample; its objects name their frames. Everything that a file does not state stays at its default.</remarks>
public sealed record Sample
{
    /// <summary>Its path within the data set, with <c>/</c> between names; unique together with <see cref="Split"/>. Of what has no file, the id that the format gives it.</summary>
    public required string Name { get; init; }

    /// <summary>The path of its picture within the data set, where its name is not that; the picture is looked for by name otherwise.</summary>
    public string? Picture { get; init; }

    /// <summary>Reads the bytes of its picture, or of its sweep as a PCD file, where that is no file of its own but stands in one with others, such as a recording.</summary>
    /// <remarks>It throws <see cref="FileFormatFaultException"/> where the file is no longer what it was.</remarks>
    public Func<byte[]>? RecordedFile { get; init; }

    /// <summary>What it is.</summary>
    public InputKind Kind { get; init; } = InputKind.Image;

    /// <summary>Width in pixels as a person sees it; 0 where neither the labels nor the picture tell.</summary>
    public int WidthPx { get; init; }

    /// <summary>Height in pixels as a person sees it; 0 as above.</summary>
    public int HeightPx { get; init; }

    /// <summary>Frames of a clip; 0 where it is not known.</summary>
    public int FrameCount { get; init; }

    /// <summary>Frames a second of a clip, where the file states it.</summary>
    public double? FramesPerSecond { get; init; }

    /// <summary>Of a clip whose tracks are stated by keyframes, between which they move in a straight line: how many frames lie from one to the next that is shown, 1 as a rule. 0 where each frame is stated for itself.</summary>
    public int InterpolationStep { get; init; }

    /// <summary>The part of the data set that it belongs to, such as <c>train</c>.</summary>
    public string? Split { get; init; }

    /// <summary>Samples of one scene (a drive, a video) must not be parted between training and test.</summary>
    public string? Scene { get; init; }

    /// <summary>The address that the file gives, where it is no path within the data set.</summary>
    public string? Address { get; init; }

    /// <summary>The text itself, of an input that is text.</summary>
    public string? Text { get; init; }

    /// <summary>What each annotator said; of most formats one, without a name.</summary>
    public IReadOnlyList<Opinion> Opinions { get; init; } = [];

    /// <summary>Other facts that the file states of the input, by name, as they stand in JSON.</summary>
    public IReadOnlyDictionary<string, JsonElement> Facts { get; init; } = Empty;

    /// <summary>No facts, no attributes, no answers.</summary>
    public static IReadOnlyDictionary<string, JsonElement> Empty { get; } = new Dictionary<string, JsonElement>();
}

/// <summary>What kind of word an opinion is.</summary>
public enum OpinionKind
{
    /// <summary>Labels that somebody gave, or that the data set states.</summary>
    Annotation,

    /// <summary>A model's.</summary>
    Prediction,

    /// <summary>Not finished.</summary>
    Draft,

    /// <summary>The annotator declined to label the input.</summary>
    Skipped,

    /// <summary>The known truth, to measure others by.</summary>
    Gold,
}

/// <summary>What one annotator, or one model, said of a sample.</summary>
public sealed record Opinion
{
    /// <summary>What kind of word it is.</summary>
    public OpinionKind Kind { get; init; }

    /// <summary>Its id in the file.</summary>
    public string? Id { get; init; }

    /// <summary>Who, as the file names them.</summary>
    public string? Contributor { get; init; }

    /// <summary>The model, with its version, of a prediction.</summary>
    public string? Model { get; init; }

    /// <summary>When it was given.</summary>
    public DateTimeOffset? At { get; init; }

    /// <summary>How long it took, seconds.</summary>
    public double? Seconds { get; init; }

    /// <summary>How sure a model is of the whole.</summary>
    public double? Score { get; init; }

    /// <summary>What a reviewer decided of it, in the file's word, such as <c>accepted</c>.</summary>
    public string? Review { get; init; }

    /// <summary>What is marked.</summary>
    public IReadOnlyList<LabelledObject> Objects { get; init; } = [];

    /// <summary>Answers about the whole input, by question: a string, a number, a boolean, or an array of strings.</summary>
    public IReadOnlyDictionary<string, JsonElement> Answers { get; init; } = Sample.Empty;

    /// <summary>Pairs of objects that stand in a relation.</summary>
    public IReadOnlyList<ObjectRelation> Relations { get; init; } = [];
}

/// <summary>One marked object, or one object in one frame of a clip.</summary>
/// <param name="Class">Its class, as the file names it.</param>
/// <param name="Mark">Where it is.</param>
public sealed record LabelledObject(string Class, Mark Mark)
{
    /// <summary>Further marks of the same object in the same picture: its keypoints beside its box, its cuboid in space.</summary>
    public IReadOnlyList<Mark> OtherMarks { get; init; } = [];

    /// <summary>Its id in the file.</summary>
    public string? Id { get; init; }

    /// <summary>What is said of it, by attribute, as it stands in JSON. What most formats know has the names of <see cref="CommonAttributes"/>.</summary>
    public IReadOnlyDictionary<string, JsonElement> Attributes { get; init; } = Sample.Empty;

    /// <summary>How sure a model or a consensus is of it, in [0, 1] as a rule.</summary>
    public double? Score { get; init; }

    /// <summary>The object that it is, across frames or cameras.</summary>
    public string? Track { get; init; }

    /// <summary>The frame of its clip, from 0.</summary>
    public int? Frame { get; init; }

    /// <summary>Whether somebody drew it in this frame, or a program filled it in between. True where nothing was filled in.</summary>
    public bool IsKeyframe { get; init; } = true;

    /// <summary>Whether the track is away from this frame on, until it is marked again; its mark is then where it was last.</summary>
    public bool IsOutside { get; init; }
}

/// <summary>Two objects in a relation.</summary>
/// <param name="From">Id of the first object.</param>
/// <param name="To">Id of the second one.</param>
/// <param name="Label">What the relation is called; empty where it has no name.</param>
/// <param name="Direction">The file's word for its direction, such as <c>right</c>, <c>left</c> or <c>bi</c>.</param>
public sealed record ObjectRelation(string From, string To, string Label, string Direction = "right")
{
    /// <summary>What the first object is called in the relation, where the file has another word for it than for any relation's.</summary>
    public string? FromRole { get; init; }

    /// <summary>What the second one is called.</summary>
    public string? ToRole { get; init; }
}

/// <summary>Names of attributes that many formats have a place of their own for. Their values are of one JSON type.</summary>
public static class CommonAttributes
{
    /// <summary>Something is in front of it: boolean, or KITTI's level 0 to 3 as a number.</summary>
    public const string Occluded = "occluded";

    /// <summary>It leaves the picture: boolean, or the share that does in [0, 1].</summary>
    public const string Truncated = "truncated";

    /// <summary>Not to be counted when it is missed: boolean (VOC).</summary>
    public const string Difficult = "difficult";

    /// <summary>A region of many objects, or one that nobody is asked about: boolean (COCO's iscrowd, OpenImages' group, KITTI's DontCare).</summary>
    public const string Crowd = "is_crowd";

    /// <summary>What lies over what: a whole number (CVAT).</summary>
    public const string Order = "z_order";

    /// <summary>Who or what drew it, such as <c>manual</c> or <c>auto</c>: a string (CVAT).</summary>
    public const string Source = "source";

    /// <summary>Objects of one number belong together: a whole number (CVAT, LabelMe).</summary>
    public const string Group = "group_id";

    /// <summary>From where it is seen: a string (VOC).</summary>
    public const string Pose = "pose";
}
