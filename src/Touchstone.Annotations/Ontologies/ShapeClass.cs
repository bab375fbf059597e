using Touchstone.Annotations.Geometry;

namespace Touchstone.Annotations.Ontologies;

/// <summary>One class of things that may be marked: how it is drawn, within which limits, and what is asked of each.</summary>
public sealed record ShapeClass
{
    /// <summary>A class drawn with these kinds of geometry.</summary>
    public ShapeClass(string id, string? title, string colour, IReadOnlyList<GeometryKind> geometries)
    {
        Id = id;
        Title = title ?? id;
        Colour = colour;
        Geometries = geometries;
        Attributes = [];
    }

    /// <summary>1-64 letters, digits and <c>_ - .</c>, beginning with a letter or digit. Unique in its question.</summary>
    public string Id { get; init; }

    /// <summary>What people read; the id where none was given.</summary>
    public string Title { get; init; }

    /// <summary>A longer explanation, in Markdown.</summary>
    public string? Help { get; init; }

    /// <summary><c>#rrggbb</c>, lower case.</summary>
    public string Colour { get; init; }

    /// <summary>A key as <see cref="Hotkeys"/> writes it, or null.</summary>
    public string? Hotkey { get; init; }

    /// <summary>The geometries that it may be drawn with: one or more, each once; the first is the tool's default.</summary>
    public IReadOnlyList<GeometryKind> Geometries { get; init; }

    /// <summary>Limits of size and place.</summary>
    public ShapeLimits Limits { get; init; } = ShapeLimits.None;

    /// <summary>Names, skeleton and spread of its points; set exactly when <see cref="Geometries"/> has keypoints.</summary>
    public KeypointLayout? Keypoints { get; init; }

    /// <summary>What is asked of each shape: choice, rating, text and number questions.</summary>
    public IReadOnlyList<Question> Attributes
    {
        get;
        init
        {
            field = value;
            Ids = new IdIndex(value, static question => ((Question)question).Id);
        }
    }

    /// <summary>The group that it belongs to, as COCO's supercategory.</summary>
    public string? Supercategory { get; init; }

    /// <summary>The id that this class had in the version before, when it was renamed.</summary>
    public string? RenamedFrom { get; init; }

    internal IdIndex Ids { get; private init; } = null!;

    /// <summary>The attribute with this id, or null.</summary>
    public Question? FindAttribute(string id)
    {
        var index = Ids.Find(id);
        return index < 0 ? null : Attributes[index];
    }
}

/// <summary>Limits on a class's shapes; null is no limit.</summary>
/// <remarks>
/// Width and height are those of the box or rotated box itself, otherwise of the shape's upright bounds. Area is the area
/// enclosed (polylines and keypoints have none). Vertices are a polygon's or polyline's points, and a keypoints shape's labelled points.
/// </remarks>
public sealed record ShapeLimits
{
    /// <summary>No limits.</summary>
    public static readonly ShapeLimits None = new();

    /// <summary>Least width, pixels.</summary>
    public double? MinWidth { get; init; }

    /// <summary>Greatest width, pixels.</summary>
    public double? MaxWidth { get; init; }

    /// <summary>Least height, pixels.</summary>
    public double? MinHeight { get; init; }

    /// <summary>Greatest height, pixels.</summary>
    public double? MaxHeight { get; init; }

    /// <summary>Least area, square pixels.</summary>
    public double? MinArea { get; init; }

    /// <summary>Greatest area, square pixels.</summary>
    public double? MaxArea { get; init; }

    /// <summary>Fewest vertices.</summary>
    public int? MinVertices { get; init; }

    /// <summary>Most vertices.</summary>
    public int? MaxVertices { get; init; }

    /// <summary>Whether a shape may reach beyond the image's edge, where the thing itself does. It must still touch the image.</summary>
    public bool MayLeaveImage { get; init; }
}

/// <summary>The points of a keypoints class, in the order in which answers give them.</summary>
public sealed record KeypointLayout
{
    /// <summary>The spread of a point where none is stated: between COCO's shoulder (0.079) and eye (0.025).</summary>
    public const double DefaultSigma = 0.05;

    /// <summary>A layout; without sigmas every point spreads by <see cref="DefaultSigma"/>.</summary>
    public KeypointLayout(IReadOnlyList<string> names, IReadOnlyList<KeypointLimb>? skeleton = null, IReadOnlyList<double>? sigmas = null)
    {
        Names = names;
        Skeleton = skeleton ?? [];
        Sigmas = sigmas ?? [.. names.Select(_ => DefaultSigma)];
    }

    /// <summary>Names, each once.</summary>
    public IReadOnlyList<string> Names { get; init; }

    /// <summary>Which points a line joins, for display.</summary>
    public IReadOnlyList<KeypointLimb> Skeleton { get; init; }

    /// <summary>Per point, the standard deviation of a careful person's placement relative to the thing's size (the root of its area), as COCO's OKS uses it.</summary>
    public IReadOnlyList<double> Sigmas { get; init; }
}

/// <summary>A line of the skeleton, between two points by their position from 0.</summary>
public readonly record struct KeypointLimb(int From, int To);
