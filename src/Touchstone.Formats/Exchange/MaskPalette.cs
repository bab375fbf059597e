using System.Globalization;

namespace Touchstone.Formats.Exchange;

/// <summary>Colours by which people see numbers in pictures of masks.</summary>
/// <remarks>The colour map of the PASCAL VOC devkit, which DAVIS has too: bits of the number, three at a time, become the highest bits of red, green and blue.</remarks>
internal static class MaskPalette
{
    private const int Colours = 256;

    /// <summary>Red, green and blue of 256 numbers.</summary>
    public static byte[] Voc()
    {
        var palette = new byte[Colours * 3];
        for (var number = 0; number < Colours; number++)
            for (var bit = 0; bit < 8; bit++)
                for (var channel = 0; channel < 3; channel++) palette[number * 3 + channel] |= (byte)((number >> (3 * bit + channel) & 1) << 7 - bit);
        return palette;
    }

    /// <summary>The same with the colours that classes have, by their position.</summary>
    public static byte[] Of(IReadOnlyList<ObjectClass> classes)
    {
        var palette = Voc();
        for (var i = 0; i < Math.Min(classes.Count, Colours); i++)
            if (TryParse(classes[i].Colour, out var colour)) colour.CopyTo(palette, i * 3);
        return palette;
    }

    /// <summary>Red, green and blue of <c>#rrggbb</c>.</summary>
    public static bool TryParse(string? colour, out byte[] rgb)
    {
        rgb = [];
        if (colour is not ['#', .. { Length: 6 } digits] || !int.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var number)) return false;
        rgb = [(byte)(number >> 16), (byte)(number >> 8), (byte)number];
        return true;
    }
}
