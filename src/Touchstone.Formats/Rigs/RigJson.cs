using System.Text.Json;
using Touchstone.Formats.Exchange;
using Touchstone.Formats.Json;

namespace Touchstone.Formats.Rigs;

/// <summary>Places, rotations and sizes in JSON from outside, checked: what is not finite or larger than any place on earth is told.</summary>
internal static class RigJson
{
    /// <summary>Metres: the earth's circumference is 4e7.</summary>
    public const double FarthestMetres = 1e9;

    /// <summary>Three numbers of a list, metres; null where they are not there, which is told.</summary>
    public static (double X, double Y, double Z)? Position(this JsonPlace place, JsonElement value, string member) =>
        place.Below(member).List(value.Member(member), 3, 3) is [var x, var y, var z] ? place.Below(member).InReach(x, y, z) : null;

    /// <summary>Three numbers by name, metres; null where they are not there, which is told.</summary>
    public static (double X, double Y, double Z)? PositionByName(this JsonPlace place, JsonElement value) => place.Numbers(value, "x", "y", "z") is [var x, var y, var z] ? place.InReach(x, y, z) : null;

    private static (double X, double Y, double Z)? InReach(this JsonPlace place, double x, double y, double z)
    {
        if (Math.Max(Math.Abs(x), Math.Max(Math.Abs(y), Math.Abs(z))) <= FarthestMetres) return (x, y, z);
        place.Tell(FormattableString.Invariant($"({x}, {y}, {z}) is farther than {FarthestMetres} metres."));
        return null;
    }

    /// <summary>Whether three extents are above 0 and within reach; it is told where they are not.</summary>
    public static bool IsSize(this JsonPlace place, double length, double width, double height)
    {
        if (length > 0 && width > 0 && height > 0 && Math.Max(length, Math.Max(width, height)) <= FarthestMetres) return true;
        place.Tell(FormattableString.Invariant($"a cuboid of {length} x {width} x {height} metres; extents above 0 were expected."));
        return false;
    }

    /// <summary>A quaternion in the order w, x, y, z; null where there is none, which is told.</summary>
    public static Quaternion? RotationFromW(this JsonPlace place, JsonElement value, string member) =>
        place.Below(member).List(value.Member(member), 4, 4) is [var w, var x, var y, var z] ? place.Below(member).Unit(x, y, z, w) : null;

    /// <summary>The quaternion; null where its length is not 1, which is told.</summary>
    public static Quaternion? Unit(this JsonPlace place, double x, double y, double z, double w)
    {
        if (Turns.OfFile(x, y, z, w) is { } rotation) return rotation;
        place.Tell(FormattableString.Invariant($"({w}, {x}, {y}, {z}) is no quaternion of the length 1."));
        return null;
    }

    /// <summary>A matrix of 4 x 4 or 3 x 4, as a list of rows or of all numbers row by row; null where it is none, which is told.</summary>
    public static RigidTransform? Matrix(this JsonPlace place, JsonElement? value)
    {
        if (Flat(value) is not { Length: 12 or 16 } numbers || numbers.Any(n => Math.Abs(n) > FarthestMetres) || RigidTransform.OfMatrix(numbers) is not { } transform)
        {
            place.Tell("a matrix of 4 x 4 that turns and moves was expected.");
            return null;
        }

        return transform;
    }

    /// <summary>Intrinsics of 3 x 3 as a list of rows or of all numbers row by row; null where there are none, which is told.</summary>
    public static PinholeCamera? Intrinsics(this JsonPlace place, JsonElement? value)
    {
        if (Flat(value) is [> 0 and var fx, var skew, var cx, 0, > 0 and var fy, var cy, 0, 0, 1]) return new PinholeCamera(fx, fy, cx, cy, skew);
        place.Tell("a matrix of 3 x 3 with fx, skew, cx; 0, fy, cy; 0, 0, 1 was expected.");
        return null;
    }

    private static double[]? Flat(JsonElement? value)
    {
        if (value is not { ValueKind: JsonValueKind.Array } rows) return null;
        List<double> numbers = [];
        foreach (var row in rows.EnumerateArray())
        {
            foreach (var cell in row.ValueKind == JsonValueKind.Array ? row.EnumerateArray() : (IEnumerable<JsonElement>)[row])
            {
                if (cell.AsNumber() is not { } number || numbers.Count == 16) return null;
                numbers.Add(number);
            }
        }

        return [.. numbers];
    }
}
