using Touchstone.Annotations.Geometry;
using Touchstone.Demo.Scenes;

namespace Touchstone.Demo.Crowd;

/// <summary>What is true of one image: of a drawn scene exactly, of a photograph as its data set says.</summary>
/// <param name="Image">A name that tells it from the others; errors are drawn from it.</param>
/// <param name="WidthPx">Width, pixels.</param>
/// <param name="HeightPx">Height, pixels.</param>
/// <param name="Shapes">What is to be found.</param>
/// <param name="Choices">The right option of each choice question, by question.</param>
internal sealed record ImageTruth(string Image, int WidthPx, int HeightPx, IReadOnlyList<TrueShape> Shapes, IReadOnlyDictionary<string, string> Choices)
{
    /// <summary>The truth of a drawn scene, in the demo's ontology.</summary>
    public static ImageTruth Of(StreetScene scene) => new(
        scene.Name, scene.WidthPx, scene.HeightPx,
        [.. scene.Objects.Select(o => new TrueShape(o.Class, o.Box, o.Attributes))],
        new Dictionary<string, string> { [DemoOntology.TimeOfDay] = NameOf(scene.Time) });

    private static string NameOf(TimeOfDay time) => time switch { TimeOfDay.Day => "day", TimeOfDay.Dusk => "dusk", _ => "night" };
}

/// <summary>One thing that is to be found.</summary>
/// <param name="Class">The class's id in the ontology.</param>
/// <param name="Box">Where it is.</param>
/// <param name="Attributes">The right option of each of its choice attributes, by attribute.</param>
internal sealed record TrueShape(string Class, Box Box, IReadOnlyDictionary<string, string> Attributes);
