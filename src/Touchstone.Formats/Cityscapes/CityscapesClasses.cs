using Touchstone.Formats.Exchange;

namespace Touchstone.Formats.Cityscapes;

/// <summary>The classes of Cityscapes, by number.</summary>
/// <remarks>labels.py of github.com/mcordts/cityscapesScripts. Its license plate has no number (-1): it stands in polygons only.</remarks>
internal static class CityscapesClasses
{
    /// <summary>The class without a number.</summary>
    public const string LicensePlate = "license plate";

    /// <summary>Numbers up to here are classes; greater ones are 1000 times the class and an instance.</summary>
    public const int InstancesOfClass = 1000;

    private static readonly (string Name, string Category, bool HasInstances, string Colour)[] Table =
    [
        ("unlabeled", "void", false, "#000000"), ("ego vehicle", "void", false, "#000000"), ("rectification border", "void", false, "#000000"), ("out of roi", "void", false, "#000000"),
        ("static", "void", false, "#000000"), ("dynamic", "void", false, "#6f4a00"), ("ground", "void", false, "#510051"),
        ("road", "flat", false, "#804080"), ("sidewalk", "flat", false, "#f423e8"), ("parking", "flat", false, "#faaaa0"), ("rail track", "flat", false, "#e6968c"),
        ("building", "construction", false, "#464646"), ("wall", "construction", false, "#66669c"), ("fence", "construction", false, "#be9999"),
        ("guard rail", "construction", false, "#b4a5b4"), ("bridge", "construction", false, "#966464"), ("tunnel", "construction", false, "#96785a"),
        ("pole", "object", false, "#999999"), ("polegroup", "object", false, "#999999"), ("traffic light", "object", false, "#faaa1e"), ("traffic sign", "object", false, "#dcdc00"),
        ("vegetation", "nature", false, "#6b8e23"), ("terrain", "nature", false, "#98fb98"), ("sky", "sky", false, "#4682b4"),
        ("person", "human", true, "#dc143c"), ("rider", "human", true, "#ff0000"),
        ("car", "vehicle", true, "#00008e"), ("truck", "vehicle", true, "#000046"), ("bus", "vehicle", true, "#003c64"), ("caravan", "vehicle", true, "#00005a"),
        ("trailer", "vehicle", true, "#00006e"), ("train", "vehicle", true, "#005064"), ("motorcycle", "vehicle", true, "#0000e6"), ("bicycle", "vehicle", true, "#770b20"),
    ];

    private static readonly Dictionary<string, int> Numbers = Table.Select((c, i) => (c.Name, i)).Append((LicensePlate, -1)).ToDictionary(c => c.Item1, c => c.Item2, StringComparer.Ordinal);

    /// <summary>All of them.</summary>
    public static IReadOnlyList<ObjectClass> All { get; } =
    [
        .. Table.Select((c, i) => new ObjectClass(c.Name) { Number = i, Parent = c.Category, IsStuff = !c.HasInstances, Colour = c.Colour }),
        new ObjectClass(LicensePlate) { Number = -1, Parent = "vehicle", IsStuff = true, Colour = "#00008e" },
    ];

    /// <summary>How many have a number.</summary>
    public static int Count => Table.Length;

    /// <summary>The number of a class; null where there is none of that name.</summary>
    public static int? NumberOf(string name) => Numbers.TryGetValue(name, out var number) ? number : null;

    /// <summary>The name of a class with a number.</summary>
    public static string NameOf(int number) => Table[number].Name;

    /// <summary>Whether its objects are told apart.</summary>
    public static bool HasInstances(int number) => number >= 0 && Table[number].HasInstances;

    /// <summary>What a label of polygons says: its class, and whether it is a region of many (<c>cargroup</c>). <c>polegroup</c> is a class of its own.</summary>
    public static (string Name, bool IsGroup) Parse(string label)
    {
        if (NumberOf(label) is null && label.EndsWith("group", StringComparison.Ordinal) && NumberOf(label[..^"group".Length]) is { } number && HasInstances(number)) return (label[..^"group".Length], true);
        return (label, false);
    }
}
