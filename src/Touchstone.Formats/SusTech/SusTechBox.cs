using System.Text.Json;
using System.Text.Json.Nodes;
using Touchstone.Formats.Exchange;
using Touchstone.Formats.Json;
using Touchstone.Formats.Rigs;

namespace Touchstone.Formats.SusTech;

/// <summary>One object: <c>psr</c> (position, scale, rotation), <c>obj_type</c>, <c>obj_id</c>, <c>obj_attr</c>.</summary>
/// <remarks>
/// naurril/SUSTechPOINTS, doc/data-format.md: metres in the LiDAR's frame, z up; the position is the centre, the scale the extents along the box's own axes (x ahead, y left, z up). The rotation is of Euler angles in the order XYZ of three.js, which is
/// intrinsic: about x, then the new y, then the new z.
/// </remarks>
internal static class SusTechBox
{
    /// <summary>The attribute of what the tool writes as <c>obj_attr</c>: a text.</summary>
    public const string Attribute = "obj_attr";

    /// <summary>The attribute of who drew it, such as a program: the tool leaves it out where a person did.</summary>
    private const string Annotator = "annotator";

    public static LabelledObject? Read(JsonElement each, JsonPlace place)
    {
        var (psr, at) = (each.Member("psr") ?? default, place.Below("psr"));
        if (at.Below("position").PositionByName(psr.Member("position") ?? default) is not var (x, y, z)
            || at.Below("scale").Numbers(psr.Member("scale") ?? default, "x", "y", "z") is not [var length, var width, var height] || !at.Below("scale").IsSize(length, width, height)
            || at.Below("rotation").Numbers(psr.Member("rotation") ?? default, "x", "y", "z") is not [var aboutX, var aboutY, var aboutZ]) return null;
        if (each.Text("obj_type") is not { Length: > 0 } type)
        {
            place.Below("obj_type").Tell($"the name of a class was expected; {each.Member("obj_type").Found()} found.");
            return null;
        }

        var rotation = Turns.AboutX(aboutX) * Quaternion.AboutY(aboutY) * Quaternion.AboutZ(aboutZ);
        Dictionary<string, JsonElement> attributes = new(StringComparer.Ordinal);
        if (each.Text(Attribute) is { Length: > 0 } said) attributes[Attribute] = JsonValues.Of(said);
        if (each.Text(Annotator) is { Length: > 0 } who) attributes[CommonAttributes.Source] = JsonValues.Of(who);
        return new LabelledObject(type, new Cuboid(x, y, z, length, width, height, rotation, SensorRig.LidarFrame)) { Track = each.Id("obj_id") is { Length: > 0 } id ? id : null, Attributes = attributes.Count == 0 ? Sample.Empty : attributes };
    }

    /// <summary>The object in the LiDAR's frame.</summary>
    public static JsonObject Write(LabelledObject each, Cuboid cuboid)
    {
        var (aboutX, aboutY, aboutZ) = Angles(cuboid.Rotation);
        JsonObject one = new()
        {
            ["psr"] = new JsonObject
            {
                ["position"] = Vector(cuboid.X, cuboid.Y, cuboid.Z),
                ["scale"] = Vector(cuboid.Length, cuboid.Width, cuboid.Height),
                ["rotation"] = Vector(aboutX, aboutY, aboutZ),
            },
            ["obj_type"] = each.Class,
            ["obj_id"] = each.Track ?? "",
        };
        if (each.Attributes.TryGetValue(Attribute, out var said)) one[Attribute] = said.ToString();
        if (each.Attributes.TryGetValue(CommonAttributes.Source, out var who)) one[Annotator] = who.ToString();
        return one;
    }

    private static JsonObject Vector(double x, double y, double z) => new() { ["x"] = x, ["y"] = y, ["z"] = z };

    /// <summary>Angles about x, y and z in that order, of which the middle one is in [-π/2, π/2].</summary>
    /// <remarks>Where the middle turn is a quarter the other two are about one axis; the last is then taken as 0, as three.js does.</remarks>
    private static (double X, double Y, double Z) Angles(Quaternion q)
    {
        var (xx, _, _) = q.Turn(1, 0, 0);                 // the matrix's first column, and so on
        var (xy, yy, zy) = q.Turn(0, 1, 0);
        var (xz, yz, zz) = q.Turn(0, 0, 1);
        var aboutY = Math.Atan2(xz, Math.Sqrt(xx * xx + xy * xy));
        return Math.Abs(xz) < 1 - 1e-12 ? (Math.Atan2(-yz, zz), aboutY, Math.Atan2(-xy, xx)) : (Math.Atan2(zy, yy), aboutY, 0);
    }
}
