namespace Touchstone.Files.Png;

/// <summary>The colour types of PNG, with the numbers that the file carries.</summary>
/// <remarks>W3C, Portable Network Graphics (PNG) Specification, third edition, section 11.2.1.</remarks>
public enum PngColour
{
    /// <summary>One channel of brightness: 1, 2, 4, 8 or 16 bits.</summary>
    Grey = 0,

    /// <summary>Red, green, blue: 8 or 16 bits each.</summary>
    Rgb = 2,

    /// <summary>One channel of indices into a palette: 1, 2, 4 or 8 bits.</summary>
    Palette = 3,

    /// <summary>Brightness and alpha: 8 or 16 bits each.</summary>
    GreyAlpha = 4,

    /// <summary>Red, green, blue, alpha: 8 or 16 bits each.</summary>
    Rgba = 6,
}

internal static class PngColours
{
    public static int ChannelCount(this PngColour colour) => colour switch
    {
        PngColour.Grey or PngColour.Palette => 1,
        PngColour.GreyAlpha => 2,
        PngColour.Rgb => 3,
        _ => 4,
    };

    /// <summary>Whether the specification allows this depth with this colour type.</summary>
    public static bool Allows(this PngColour colour, int bitDepth) => colour switch
    {
        PngColour.Grey => bitDepth is 1 or 2 or 4 or 8 or 16,
        PngColour.Palette => bitDepth is 1 or 2 or 4 or 8,
        PngColour.Rgb or PngColour.GreyAlpha or PngColour.Rgba => bitDepth is 8 or 16,
        _ => false,
    };
}
