using System.Text.Json;
using Touchstone.Formats.Exchange;

namespace Touchstone.Formats.Training;

/// <summary>What a format may carry of a record.</summary>
[Flags]
public enum RecordParts
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Turns with roles.</summary>
    Turns = 1,

    /// <summary>Plain texts.</summary>
    PlainText = 2,

    /// <summary>More of a turn than role and text: calls of tools, names, parts of content.</summary>
    TurnExtras = 4,

    /// <summary>The tools that may be called.</summary>
    Tools = 8,

    /// <summary>Whether a dialogue is to be learned as a whole.</summary>
    Sequences = 16,

    /// <summary>Completions that are equally good.</summary>
    Ties = 32,

    /// <summary>By how much one completion is better.</summary>
    Margins = 64,

    /// <summary>Whether a completion is good.</summary>
    Labels = 128,

    /// <summary>A score of each completion.</summary>
    Scores = 256,

    /// <summary>Scores by attribute.</summary>
    Ratings = 512,

    /// <summary>The model of each completion.</summary>
    Models = 1024,

    /// <summary>Alternatives to a step.</summary>
    StepAlternatives = 2048,

    /// <summary>The right answer.</summary>
    References = 4096,

    /// <summary>Rubrics.</summary>
    Rubrics = 8192,

    /// <summary>What each person or model said.</summary>
    Judgements = 16384,

    /// <summary>Ids of records.</summary>
    Ids = 32768,

    /// <summary>Other facts.</summary>
    Facts = 65536,

    /// <summary>Train, validation and test.</summary>
    Splits = 131072,

    /// <summary>Which of any number of completions is better.</summary>
    Ranks = 262144,

    /// <summary>Who gave each judgement.</summary>
    Contributors = 524288,
}

/// <summary>Which completions a record of a format has.</summary>
public enum CompletionShape
{
    /// <summary>None.</summary>
    None,

    /// <summary>One.</summary>
    One,

    /// <summary>Two, one of them better.</summary>
    Pair,

    /// <summary>One that is good or bad.</summary>
    Labelled,

    /// <summary>One whose steps are judged.</summary>
    Steps,

    /// <summary>Any number of them, as they are.</summary>
    Any,
}

/// <summary>What a format can carry. Losses follow from this table (<see cref="RecordNarrowing"/>); no writer states its own.</summary>
public sealed record TrainingTraits
{
    /// <summary>Its name on the command line, such as <c>trl</c>.</summary>
    public required string Id { get; init; }

    /// <summary>Its name for people.</summary>
    public required string Name { get; init; }

    /// <summary>The specification, paper or program that it follows.</summary>
    public required string Specification { get; init; }

    /// <summary>What the claim to support it rests on.</summary>
    public required Evidence Evidence { get; init; }

    /// <summary>Whether it is written. All are read.</summary>
    public bool Writes { get; init; } = true;

    /// <summary>Which completions its records have.</summary>
    public required CompletionShape Shape { get; init; }

    /// <summary>What it carries.</summary>
    public required RecordParts Parts { get; init; }

    /// <summary>What a record must have to be written: <see cref="RecordParts.References"/>, <see cref="RecordParts.Rubrics"/>, <see cref="RecordParts.Ratings"/>.</summary>
    public RecordParts Needs { get; init; }

    /// <summary>Whether a record must have a prompt to be written.</summary>
    public bool NeedsPrompt { get; init; } = true;

    /// <summary>The ratings that it has a place for; null where it has one for any.</summary>
    public IReadOnlyList<string>? Ratings { get; init; }

    /// <summary>Facts that it has a place for, where it does not carry any by name.</summary>
    public IReadOnlyList<string> Facts { get; init; } = [];

    /// <summary>The columns of its rows that are not facts: facts of these names cannot stand beside them.</summary>
    public IReadOnlyList<string> Columns { get; init; } = [];

    /// <summary>Which facts in a column of its own its reader leaves as facts, as where a number stands for a text: they can stand there. Null where none.</summary>
    public Func<TrainingRecord, string, JsonElement, bool>? LeavesFact { get; init; }

    /// <summary>Whether rows state their part of the data set; else each part is a file of its own.</summary>
    public bool HasSplitInRows { get; init; }

    /// <summary>Whether a completion is one text where prompts are turns.</summary>
    public bool CompletesWithText { get; init; }

    /// <summary>The greatest margin where margins are whole numbers from 1; null where they are any numbers.</summary>
    public int? WholeMarginMax { get; init; }

    /// <summary>The roles that turns may have; null where any.</summary>
    public IReadOnlyList<string>? Roles { get; init; }

    /// <summary>Whether all of these parts are carried.</summary>
    public bool Carries(RecordParts parts) => (Parts & parts) == parts;
}
