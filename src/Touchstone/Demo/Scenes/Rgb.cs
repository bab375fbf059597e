namespace Touchstone.Demo.Scenes;

/// <summary>A colour of the screen, 8 bits a channel.</summary>
internal readonly record struct Rgb(byte R, byte G, byte B)
{
    public static Rgb Hex(int value) => new((byte)(value >> 16), (byte)(value >> 8), (byte)value);

    /// <summary>Between this (0) and another (1).</summary>
    public Rgb Mix(Rgb other, double share) => new(Channel(R, other.R, share), Channel(G, other.G, share), Channel(B, other.B, share));

    public Rgb Darker(double share) => Mix(default, share);

    public Rgb Lighter(double share) => Mix(new Rgb(255, 255, 255), share);

    private static byte Channel(byte from, byte to, double share) => (byte)Math.Clamp(from + (to - from) * share + 0.5, 0, 255);
}

/// <summary>The light of a time of day: what it makes of surfaces, and whether lamps are lit.</summary>
internal sealed record Light(double Red, double Green, double Blue, Rgb Haze, bool LampsAreLit)
{
    public static Light At(TimeOfDay time) => time switch
    {
        TimeOfDay.Day => new Light(1, 1, 1, Rgb.Hex(0xDCE8F0), LampsAreLit: false),
        TimeOfDay.Dusk => new Light(0.74, 0.60, 0.64, Rgb.Hex(0xD79A7C), LampsAreLit: true),
        _ => new Light(0.37, 0.41, 0.55, Rgb.Hex(0x1B2340), LampsAreLit: true),
    };

    /// <summary>A surface's colour in this light, paled by the air between (metres).</summary>
    public Rgb On(Rgb surface, double distance = 0)
    {
        var lit = new Rgb((byte)(surface.R * Red), (byte)(surface.G * Green), (byte)(surface.B * Blue));
        return lit.Mix(Haze, Math.Min(0.75, distance / 260));
    }
}
