using Touchstone.Statistics;

namespace Touchstone.Demo.Scenes;

/// <summary>Draws people on foot and on bicycles.</summary>
internal sealed class Walker(Sketch sketch, SeededRandom random, double x, double z)
{
    private static readonly Rgb[] Skins = [Rgb.Hex(0xF1C9A5), Rgb.Hex(0xD9A577), Rgb.Hex(0xA9714B), Rgb.Hex(0x6E4530)];
    private static readonly Rgb[] Hairs = [Rgb.Hex(0x2B2018), Rgb.Hex(0x5A3A22), Rgb.Hex(0xB88B4A), Rgb.Hex(0x8C8C8C), Rgb.Hex(0x1A1A1E)];
    private static readonly Rgb[] Tops = [Rgb.Hex(0xC8453B), Rgb.Hex(0x2F6FB0), Rgb.Hex(0xE0B83E), Rgb.Hex(0x4C8C5A), Rgb.Hex(0xEDEAE2), Rgb.Hex(0x7A4F8E), Rgb.Hex(0xD97B3F), Rgb.Hex(0x3A4754)];
    private static readonly Rgb[] Trousers = [Rgb.Hex(0x2B3A55), Rgb.Hex(0x3B3B3F), Rgb.Hex(0x6B5B49), Rgb.Hex(0x1F2730), Rgb.Hex(0x75695C)];

    public void DrawPedestrian()
    {
        var size = random.NextDouble(0.92, 1.08);
        var step = random.NextDouble(0.10, 0.26) * (random.NextBool() ? 1 : -1);
        var (skin, hair, top, trousers) = (random.Choose(Skins), random.Choose(Hairs), random.Choose(Tops), random.Choose(Trousers));
        sketch.Shadow(x, z, 0.34 * size, 0.28);
        Part(trousers.Darker(0.2), 0, 0.86, -step, 0.06, 0.17, size);
        Part(trousers, 0, 0.86, step, 0.06, 0.17, size);
        Part(Rgb.Hex(0x2A2523), -step - 0.02, 0.05, -step + 0.10 * Math.Sign(step), 0.05, 0.10, size);
        Part(Rgb.Hex(0x2A2523), step - 0.02, 0.05, step + 0.10 * Math.Sign(step), 0.05, 0.10, size);
        Part(top.Darker(0.25), 0.17, 1.36, 0.21 + step * 0.5, 0.86, 0.11, size);
        sketch.ShadedFace(top.Lighter(0.05), top.Darker(0.15), Body(-0.22, 1.42), Body(-0.15, 1.48), Body(0.15, 1.48), Body(0.22, 1.42), Body(0.18, 0.84), Body(-0.18, 0.84));
        Part(top.Darker(0.12), -0.19, 1.38, -0.23 - step * 0.5, 0.88, 0.11, size);
        Dot(skin, -0.23 - step * 0.5, 0.84, 0.055, size);
        Dot(skin, 0.21 + step * 0.5, 0.82, 0.055, size);
        Part(skin.Darker(0.1), 0, 1.50, 0, 1.56, 0.10, size);
        sketch.Oval(hair, x, 1.665 * size, z, 0.122 * size, 0.135 * size);
        sketch.Oval(skin, x + Math.Sign(step) * 0.02 * size, 1.635 * size, z, 0.098 * size, 0.115 * size);
        if (random.NextBool(0.3)) Part(Rgb.Hex(0x5B4636), -0.12, 1.15, -0.12, 0.98, 0.20, size);

        (double, double, double) Body(double dx, double y) => (x + dx * size, y * size, z);
    }

    public void DrawCyclist()
    {
        var facing = random.NextBool() ? 1 : -1;
        var (skin, top, trousers, frame) = (random.Choose(Skins), random.Choose(Tops), random.Choose(Trousers), random.Choose(Tops));
        sketch.Shadow(x, z, 0.85, 0.3);
        void Bar(Rgb colour, double x0, double y0, double x1, double y1, double width) => sketch.Limb(colour, x + facing * x0, y0, x + facing * x1, y1, z, width);
        foreach (var axle in (ReadOnlySpan<double>)[-0.53, 0.53])
            Wheel(x + facing * axle);
        Bar(trousers.Darker(0.3), -0.16, 0.95, 0.16, 0.62, 0.15);
        Bar(trousers.Darker(0.3), 0.16, 0.62, -0.02, 0.18, 0.11);
        Bar(frame, -0.53, 0.35, 0.02, 0.30, 0.05);
        Bar(frame, 0.02, 0.30, -0.17, 0.88, 0.05);
        Bar(frame, 0.02, 0.30, 0.40, 0.78, 0.05);
        Bar(frame, -0.13, 0.76, 0.38, 0.80, 0.05);
        Bar(frame, -0.53, 0.35, -0.15, 0.78, 0.04);
        Bar(Rgb.Hex(0x3A3D40), 0.53, 0.35, 0.38, 0.92, 0.05);
        Bar(Rgb.Hex(0x1D1E20), 0.36, 0.98, 0.50, 1.00, 0.06);
        Bar(Rgb.Hex(0x1D1E20), -0.28, 0.92, -0.06, 0.92, 0.07);
        Bar(trousers, -0.16, 0.98, 0.20, 0.74, 0.17);
        Bar(trousers, 0.20, 0.74, 0.06, 0.34, 0.12);
        Bar(Rgb.Hex(0x2A2523), 0.02, 0.31, 0.16, 0.31, 0.08);
        Bar(top, -0.14, 1.02, 0.12, 1.40, 0.32);
        Bar(top.Darker(0.15), 0.12, 1.40, 0.30, 1.16, 0.11);
        Bar(skin, 0.30, 1.16, 0.42, 1.01, 0.09);
        Bar(skin.Darker(0.1), 0.14, 1.46, 0.20, 1.56, 0.10);
        sketch.Oval(skin, x + facing * 0.22, 1.64, z, 0.105, 0.125);
        var helmet = random.Choose(Tops);
        sketch.Face(helmet, Helmet(facing));
    }

    private (double, double, double)[] Helmet(int facing)
    {
        var arc = new (double, double, double)[12];
        for (var i = 0; i < arc.Length; i++)
        {
            var (sin, cos) = Math.SinCos(i * Math.PI / (arc.Length - 1));
            arc[i] = (x + facing * 0.21 + 0.15 * cos, 1.66 + 0.14 * sin, z);
        }

        return arc;
    }

    private void Wheel(double centre)
    {
        const double radius = 0.35, tyre = 0.05;
        var ring = new (double, double, double)[58];
        for (var i = 0; i < 29; i++)
        {
            var (sin, cos) = Math.SinCos(i * 2 * Math.PI / 28);
            ring[i] = (centre + radius * cos, radius + radius * sin, z);
            ring[57 - i] = (centre + (radius - tyre) * cos, radius + (radius - tyre) * sin, z);
        }

        sketch.Face(Rgb.Hex(0x1B1C1E), ring);
        for (var spoke = 0; spoke < 4; spoke++)
        {
            var (sin, cos) = Math.SinCos(spoke * Math.PI / 4 + 0.3);
            sketch.Limb(Rgb.Hex(0x8B9095), centre - cos * 0.31, radius - sin * 0.31, centre + cos * 0.31, radius + sin * 0.31, z, 0.012);
        }

        sketch.Disc(Rgb.Hex(0x3A3D40), centre, radius, z, 0.04);
    }

    private void Part(Rgb colour, double x0, double y0, double x1, double y1, double width, double size) =>
        sketch.Limb(colour, x + x0 * size, y0 * size, x + x1 * size, y1 * size, z, width * size);

    private void Dot(Rgb colour, double dx, double y, double radius, double size) => sketch.Disc(colour, x + dx * size, y * size, z, radius * size);
}
