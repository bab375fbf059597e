using Touchstone.Annotations.Geometry;

namespace Touchstone.Formats.OpenLabel;

/// <summary>Outlines of whole pixels as relative chain codes: SRF6DCC, and RS6FCC with steps of its own.</summary>
/// <remarks>
/// Two digits of three bits a base64 character, the last <c>rest</c> of them filling. Eight directions count clockwise on screen from +x; the walk begins downwards. 0 goes ahead, 1 and 2 turn
/// by one direction clockwise and counter-clockwise, 3 and 4 by two, 5 turns round before the next digit, 6 and 7 go ahead several steps: 3 and 15 in SRF6DCC. VCD's poly2d.py; ISO/ASAM OpenLABEL 1.0, "poly2d".
/// </remarks>
internal static class ChainCode
{
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

    private static readonly (int X, int Y)[] Directions = [(1, 0), (1, 1), (0, 1), (-1, 1), (-1, 0), (-1, -1), (0, -1), (1, -1)];
    private static readonly int[] Turns = [0, 1, 7, 2, 6];

    /// <summary>The corners, without those on straight lines.</summary>
    /// <exception cref="FormatException">A character is none of base64.</exception>
    public static List<Point> Decode(long x, long y, int rest, string code, long low = 3, long high = 15)
    {
        List<Point> points = [new(x, y)];
        var (facing, last) = (2, -1);
        var digits = code.Length * 2 - rest;
        for (var i = 0; i < digits; i++)
        {
            var sextet = Alphabet.IndexOf(code[i / 2], StringComparison.Ordinal);
            if (sextet < 0) throw new FormatException($"\"{code[i / 2]}\" is no character of a chain code.");
            var digit = i % 2 == 0 ? sextet >> 3 : sextet & 7;
            if (digit == 5)
            {
                facing = (facing + 4) % 8;
                continue;
            }

            var steps = digit switch { 6 => low, 7 => high, _ => 1 };
            if (digit < 5) facing = (facing + Turns[digit]) % 8;
            (x, y) = (x + Directions[facing].X * steps, y + Directions[facing].Y * steps);
            if (facing == last) points[^1] = new Point(x, y);
            else points.Add(new Point(x, y));
            last = facing;
        }

        return points;
    }
}
