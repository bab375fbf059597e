using Touchstone.Formats.Exchange;

namespace Touchstone.Formats.Clouds;

/// <summary>What a file of points may carry besides x, y and z.</summary>
[Flags]
public enum CloudParts
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>How strongly each point reflects.</summary>
    Intensity = 1,

    /// <summary>The laser that measured each point.</summary>
    Rings = 2,

    /// <summary>Colours of points.</summary>
    Colours = 4,

    /// <summary>When each point was measured.</summary>
    Times = 8,

    /// <summary>Classes and instances of points.</summary>
    Labels = 16,

    /// <summary>Any other column.</summary>
    OtherColumns = 32,

    /// <summary>Names of columns.</summary>
    ColumnNames = 64,

    /// <summary>A type of its own for each column.</summary>
    ColumnTypes = 128,

    /// <summary>Real numbers of 64 bits.</summary>
    DoublePrecision = 256,

    /// <summary>Whole numbers of 64 bits.</summary>
    LongIntegers = 512,

    /// <summary>Columns of several values a point, such as a normal.</summary>
    SeveralValues = 1024,

    /// <summary>Points in a grid of width times height.</summary>
    Grid = 2048,

    /// <summary>Where the sensor stood and how it was turned.</summary>
    Viewpoint = 4096,
}

/// <summary>What a format of points can carry. Losses follow from this table (<see cref="CloudNarrowing"/>); no writer states its own.</summary>
public sealed record CloudTraits
{
    /// <summary>Its name on the command line, such as <c>pcd</c>.</summary>
    public required string Id { get; init; }

    /// <summary>Its name for people.</summary>
    public required string Name { get; init; }

    /// <summary>The specification or program that it follows.</summary>
    public required string Specification { get; init; }

    /// <summary>What the claim to support it rests on.</summary>
    public required Evidence Evidence { get; init; }

    /// <summary>Whether it is written. All are read.</summary>
    public bool Writes { get; init; } = true;

    /// <summary>The ending of its files, such as <c>.pcd</c>.</summary>
    public required string Ending { get; init; }

    /// <summary>What it carries.</summary>
    public required CloudParts Parts { get; init; }

    /// <summary>Its columns in order where it has these alone, all real numbers of 32 bits; null where it has any.</summary>
    public IReadOnlyList<string>? Columns { get; init; }

    /// <summary>What its intensities are at most, where its readers rely on it; null else.</summary>
    public double? IntensityMax { get; init; }

    /// <summary>Whether all of these parts are carried.</summary>
    public bool Carries(CloudParts parts) => (Parts & parts) == parts;
}
