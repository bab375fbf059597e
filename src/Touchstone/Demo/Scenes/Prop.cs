using Touchstone.Statistics;

namespace Touchstone.Demo.Scenes;

/// <summary>Draws what stands along the street and is not labelled; it hides what is behind it all the same.</summary>
internal sealed class Prop(Sketch sketch, SeededRandom random, double x, double z)
{
    public void DrawTree()
    {
        var height = random.NextDouble(4.2, 6.2);
        var leaf = random.Choose<Rgb>([Rgb.Hex(0x4F7F45), Rgb.Hex(0x6C8F3F), Rgb.Hex(0x3F6F4C), Rgb.Hex(0x8A8F3A)]);
        sketch.Shadow(x, z, 1.1, 0.8);
        sketch.Limb(Rgb.Hex(0x5E4A39), x, 0, x, height * 0.6, z, 0.24);
        for (var i = 0; i < 9; i++)
        {
            var (dx, dy) = (random.NextDouble(-1.0, 1.0), random.NextDouble(-0.9, 0.9));
            sketch.Disc(leaf.Darker(0.28 - 0.22 * (dy + 0.9) / 1.8), x + dx, height * 0.72 + dy, z, random.NextDouble(0.6, 1.0));
        }

        sketch.Disc(leaf.Lighter(0.08), x - 0.3, height * 0.72 + 0.75, z, 0.7);
    }

    public void DrawLamp(double reach)
    {
        const double height = 6.4;
        sketch.Limb(Rgb.Hex(0x4B5156), x, 0, x, height, z, 0.13);
        sketch.Limb(Rgb.Hex(0x4B5156), x, height, x + reach, height + 0.25, z, 0.09);
        var lit = sketch.Light.LampsAreLit;
        sketch.Oval(lit ? Rgb.Hex(0xFFF0C4) : Rgb.Hex(0xD9DCDD), x + reach, height + 0.18, z, 0.34, 0.11, lit);
        if (lit) sketch.Glow(Rgb.Hex(0xFFD890), x + reach, height + 0.15, z, 2.2, 0.42 / (1 + z / 40));
    }

    /// <summary>A mast at the kerb with an arm that carries traffic lights over the lanes.</summary>
    public void DrawMast(double armEndX, double armHeight)
    {
        sketch.Limb(Rgb.Hex(0x565C61), x, 0, x, armHeight + 0.3, z, 0.2);
        sketch.Limb(Rgb.Hex(0x565C61), x, armHeight, armEndX, armHeight, z, 0.14);
    }

    public void DrawPost(double height) => sketch.Limb(Rgb.Hex(0x565C61), x, 0, x, height, z, 0.14);
}
