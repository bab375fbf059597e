using Touchstone.Annotations.Geometry;

namespace Touchstone.Demo.Scenes;

/// <summary>When the picture is taken, as its light shows.</summary>
internal enum TimeOfDay
{
    Day,
    Dusk,
    Night,
}

/// <summary>One thing that is to be labelled.</summary>
/// <param name="Class">The class's id in the demo's ontology.</param>
/// <param name="Box">The extent of the whole thing, hidden parts too, cut at the picture's edge; pixels with three decimals.</param>
/// <param name="Attributes">The answers to the class's attribute questions, by id.</param>
internal sealed record SceneObject(string Class, Box Box, IReadOnlyDictionary<string, string> Attributes);

/// <summary>A street that never was: everything in it is known exactly, and it can be drawn.</summary>
/// <param name="Name">A file name without extension, unique for each index.</param>
/// <param name="WidthPx">Width of the picture.</param>
/// <param name="HeightPx">Height of the picture.</param>
/// <param name="Time">When it is.</param>
/// <param name="Objects">What is to be labelled, nearest first.</param>
internal sealed record StreetScene(string Name, int WidthPx, int HeightPx, TimeOfDay Time, IReadOnlyList<SceneObject> Objects)
{
    public const int DefaultWidthPx = 960, DefaultHeightPx = 540;

    /// <summary>The road and houses, drawn first.</summary>
    public required Street Street { get; init; }

    /// <summary>Things and props, farthest first.</summary>
    public required IReadOnlyList<Sketch> Sketches { get; init; }

    /// <summary>The scene of this seed and index: always the same one.</summary>
    public static StreetScene Generate(int seed, int index) => SceneBuilder.Build(seed, index);
}
