using System.Text.Json;

namespace Touchstone.Formats.Exchange;

/// <summary>A class of objects.</summary>
/// <param name="Name">Its name.</param>
public sealed record ObjectClass(string Name)
{
    /// <summary>The class above it; empty where there is none.</summary>
    public string Parent { get; init; } = "";

    /// <summary>Its colour, <c>#rrggbb</c>, where the file gives one.</summary>
    public string? Colour { get; init; }

    /// <summary>Names of its keypoints, in order.</summary>
    public IReadOnlyList<string> Keypoints { get; init; } = [];

    /// <summary>Lines between keypoints, as pairs of their positions from 0.</summary>
    public IReadOnlyList<(int From, int To)> Skeleton { get; init; } = [];

    /// <summary>Whether it is what surfaces are made of (sky, road), of which nobody counts pieces.</summary>
    public bool IsStuff { get; init; }

    /// <summary>The number that the file gives it, where it gives one.</summary>
    public long? Number { get; init; }

    /// <summary>What the file knows it by where that is no word, such as <c>/m/0k4j</c> (OpenImages); empty where it is its name.</summary>
    public string Key { get; init; } = "";

    /// <summary>What people call it where its name is no word, such as <c>tench, Tinca tinca</c> of <c>n01440764</c> (ImageNet); empty where its name is one.</summary>
    public string Words { get; init; } = "";

    /// <summary>What may be said of its objects, where the file defines it or objects say it.</summary>
    public IReadOnlyList<AttributeDefinition> Attributes { get; init; } = [];
}

/// <summary>How the value of an attribute is given.</summary>
public enum AttributeInput
{
    /// <summary>Free text.</summary>
    Text,

    /// <summary>A number.</summary>
    Number,

    /// <summary>Yes or no.</summary>
    Checkbox,

    /// <summary>One of several, all in sight.</summary>
    Radio,

    /// <summary>One of several, from a list.</summary>
    Select,
}

/// <summary>An attribute of a class of objects.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Input">How it is given.</param>
public sealed record AttributeDefinition(string Name, AttributeInput Input)
{
    /// <summary>Whether it may change from frame to frame of a clip.</summary>
    public bool IsMutable { get; init; }

    /// <summary>What it is where nobody said anything; empty where there is no such value.</summary>
    public string Default { get; init; } = "";

    /// <summary>What it may be; of a number its least and greatest value and its step.</summary>
    public IReadOnlyList<string> Values { get; init; } = [];
}

/// <summary>Messages of one topic of a recording.</summary>
/// <param name="Topic">Its name.</param>
/// <param name="Schema">What the messages are; empty where the file does not say.</param>
/// <param name="Encoding">How they are written.</param>
/// <param name="Messages">How many there are.</param>
/// <param name="FirstNanoseconds">When the first was recorded, by the recorder's clock; 0 of none.</param>
/// <param name="LastNanoseconds">When the last was recorded.</param>
public sealed record RecordedChannel(string Topic, string Schema, string Encoding, long Messages, ulong FirstNanoseconds, ulong LastNanoseconds);

/// <summary>What is known of a data set before its samples are read or written.</summary>
public sealed record DatasetFacts
{
    /// <summary>Its classes in the file's order, or in the order in which they are met where a file has no list.</summary>
    public IReadOnlyList<ObjectClass> Classes { get; init; } = [];

    /// <summary>How many marks of each kind its objects have, once that was counted (<see cref="DatasetSurvey"/>).</summary>
    public IReadOnlyDictionary<MarkKind, long> Marks { get; init; } = new Dictionary<MarkKind, long>();

    /// <summary>The topics of recordings, in the files' order; empty of all that is none.</summary>
    public IReadOnlyList<RecordedChannel> Channels { get; init; } = [];

    /// <summary>What else recordings hold, such as <c>attachment calib.yaml (text/yaml, 512 bytes)</c>.</summary>
    public IReadOnlyList<string> Enclosed { get; init; } = [];

    /// <summary>What else the files state of the data set as a whole, by name, as it stands in JSON: COCO's <c>info</c> and <c>licenses</c>.</summary>
    public IReadOnlyDictionary<string, JsonElement> Statements { get; init; } = Sample.Empty;

    /// <summary>What it is called.</summary>
    public string Title { get; init; } = "";
}
