namespace Touchstone.Demo.Scenes;

/// <summary>Draws motor vehicles as a body with one end towards the camera and, off the middle, the side that can be seen.</summary>
/// <param name="sketch">Where to.</param>
/// <param name="x">Middle of the vehicle, metres to the right.</param>
/// <param name="z">Its near end.</param>
/// <param name="isOncoming">Whether its front is the near end.</param>
/// <param name="paint">The colour of its body.</param>
internal sealed class Vehicle(Sketch sketch, double x, double z, bool isOncoming, Rgb paint)
{
    private static readonly Rgb Glass = Rgb.Hex(0x2C3B47), Rubber = Rgb.Hex(0x17181A), Trim = Rgb.Hex(0x25282C);
    private static readonly Rgb RearLamp = Rgb.Hex(0xD92B2B), HeadLamp = Rgb.Hex(0xFFF6D8);

    public void DrawCar()
    {
        const double width = 1.82, length = 4.3, sill = 0.27, belt = 0.94, roof = 1.46;
        var (half, side) = (width / 2, SideOf(width));
        sketch.Shadow(x, z + length / 2, half * 1.1, length * 0.52);
        // Height and inset above the belt line: cabins lean inwards.
        (double, double, double) At(double edge, double along, double y) => (x + edge * (half - Math.Max(0, y - belt) * 0.34), y, z + (isOncoming ? 1 - along : along) * length);
        Wheels(At, side, half, [0.17, 0.82], 0.33);
        if (side != 0)
        {
            sketch.ShadedFace(paint.Darker(0.08), paint.Darker(0.34), At(side, 0, sill), At(side, 0, 0.9), At(side, 0.02, belt), At(side, 0.10, 1.05), At(side, 0.20, roof - 0.03), At(side, 0.34, roof), At(side, 0.52, roof - 0.03),
                At(side, 0.70, 1.0), At(side, 0.96, 0.80), At(side, 1, 0.62), At(side, 1, sill));
            sketch.Face(Glass, At(side, 0.145, 1.05), At(side, 0.22, roof - 0.10), At(side, 0.375, roof - 0.08), At(side, 0.375, 1.0));
            sketch.Face(Glass, At(side, 0.405, 1.0), At(side, 0.405, roof - 0.08), At(side, 0.51, roof - 0.10), At(side, 0.645, 1.0));
            sketch.Face(paint.Darker(0.5), At(side, 0.39, sill + 0.08), At(side, 0.39, 0.97), At(side, 0.394, 0.97), At(side, 0.394, sill + 0.08));
            Wheels(At, side, half, [0.17, 0.82], 0.33, sideOnly: true);
        }

        if (isOncoming) DrawCarFront(At, sill, belt, roof);
        else DrawCarRear(At, sill, belt, roof);
    }

    public void DrawTruck()
    {
        const double half = 1.25, length = 8.2, height = 3.35, bed = 1.0;
        var side = SideOf(half * 2);
        sketch.Shadow(x, z + length / 2, half * 1.1, length * 0.52);
        (double, double, double) At(double edge, double along, double y) => (x + edge * half, y, z + (isOncoming ? 1 - along : along) * length);
        Wheels(At, side, half, [0.10, 0.22, 0.86], 0.48);
        var box = Rgb.Hex(0xE8E6E0);
        if (side != 0)
        {
            sketch.ShadedFace(box.Darker(0.10), box.Darker(0.24), At(side, 0, bed), At(side, 0, height), At(side, 0.74, height), At(side, 0.74, bed));
            sketch.Face(paint.Darker(0.12), At(side, 0, 1.9), At(side, 0, 2.5), At(side, 0.74, 2.5), At(side, 0.74, 1.9));
            sketch.Face(Trim, At(side, 0, 0.72), At(side, 0, bed), At(side, 0.76, bed), At(side, 0.76, 0.72));
            sketch.ShadedFace(paint.Darker(0.05), paint.Darker(0.3), At(side, 0.76, 0.55), At(side, 0.76, 2.7), At(side, 0.92, 2.65), At(side, 1, 1.7), At(side, 1, 0.55));
            sketch.Face(Glass, At(side, 0.83, 1.75), At(side, 0.83, 2.45), At(side, 0.92, 2.4), At(side, 0.97, 1.75));
            Wheels(At, side, half, [0.10, 0.22, 0.86], 0.48, sideOnly: true);
        }

        if (isOncoming) DrawTruckFront(At, box, height);
        else DrawTruckRear(At, box, bed, height);
    }

    public void DrawBus()
    {
        const double half = 1.28, length = 11, height = 3.1, sill = 0.42;
        var side = SideOf(half * 2);
        sketch.Shadow(x, z + length / 2, half * 1.1, length * 0.51);
        (double, double, double) At(double edge, double along, double y) => (x + edge * half, y, z + (isOncoming ? 1 - along : along) * length);
        Wheels(At, side, half, [0.24, 0.78], 0.48);
        if (side != 0)
        {
            sketch.ShadedFace(paint.Darker(0.10), paint.Darker(0.32), At(side, 0, sill), At(side, 0, height), At(side, 1, height), At(side, 1, sill));
            sketch.Face(Rgb.Hex(0xEFEDE6).Darker(0.1), At(side, 0, 1.0), At(side, 0, 1.25), At(side, 1, 1.25), At(side, 1, 1.0));
            var pane = sketch.Light.LampsAreLit ? Rgb.Hex(0xE6C98C) : Glass;
            for (var i = 0; i < 7; i++)
            {
                var (from, to) = (0.03 + i * 0.136, 0.03 + i * 0.136 + 0.122);
                (double, double, double)[] window = [At(side, from, 1.45), At(side, from, 2.62), At(side, to, 2.62), At(side, to, 1.45)];
                if (sketch.Light.LampsAreLit) sketch.LitFace(pane.Darker(0.15), window);
                else sketch.Face(pane, window);
            }

            Wheels(At, side, half, [0.24, 0.78], 0.48, sideOnly: true);
        }

        DrawBusEnd(At, sill, height);
    }

    private delegate (double X, double Y, double Z) Place(double edge, double along, double y);

    private void DrawCarRear(Place at, double sill, double belt, double roof)
    {
        sketch.ShadedFace(paint.Lighter(0.05), paint.Darker(0.12), at(-1, 0.10, 1.05), at(-0.98, 0.20, roof - 0.03), at(-0.86, 0.24, roof), at(0.86, 0.24, roof), at(0.98, 0.20, roof - 0.03), at(1, 0.10, 1.05), at(1, 0.02, belt), at(-1, 0.02, belt));
        sketch.ShadedFace(Glass.Lighter(0.16), Glass, at(-0.88, 0.10, 1.02), at(-0.82, 0.20, roof - 0.09), at(0.82, 0.20, roof - 0.09), at(0.88, 0.10, 1.02));
        sketch.ShadedFace(paint.Lighter(0.04), paint.Darker(0.22), at(-0.97, 0, sill), at(-1, 0, 0.45), at(-1, 0, 0.86), at(-0.96, 0.01, belt + 0.03), at(0.96, 0.01, belt + 0.03), at(1, 0, 0.86), at(1, 0, 0.45), at(0.97, 0, sill));
        sketch.Face(Trim, at(-0.96, 0, sill), at(-0.96, 0, 0.47), at(0.96, 0, 0.47), at(0.96, 0, sill));
        sketch.Face(Rgb.Hex(0xE7E3D2), at(-0.28, 0, 0.54), at(-0.28, 0, 0.66), at(0.28, 0, 0.66), at(0.28, 0, 0.54));
        Lamp(RearLamp, at, 0.66, 0.98, 0.66, 0.86, 0.55);
    }

    private void DrawCarFront(Place at, double sill, double belt, double roof)
    {
        sketch.ShadedFace(paint.Darker(0.05), paint.Darker(0.1), at(-1, 0.70, 1.0), at(-0.98, 0.52, roof - 0.03), at(-0.84, 0.48, roof), at(0.84, 0.48, roof), at(0.98, 0.52, roof - 0.03), at(1, 0.70, 1.0));
        sketch.ShadedFace(Glass.Lighter(0.22), Glass, at(-0.92, 0.70, 1.0), at(-0.86, 0.53, roof - 0.07), at(0.86, 0.53, roof - 0.07), at(0.92, 0.70, 1.0));
        sketch.ShadedFace(paint.Lighter(0.22), paint.Lighter(0.05), at(-0.98, 0.70, 1.0), at(0.98, 0.70, 1.0), at(0.97, 0.98, 0.78), at(-0.97, 0.98, 0.78));
        sketch.ShadedFace(paint.Lighter(0.02), paint.Darker(0.22), at(-0.96, 1, sill), at(-1, 1, 0.45), at(-1, 1, 0.70), at(-0.95, 0.98, 0.80), at(0.95, 0.98, 0.80), at(1, 1, 0.70), at(1, 1, 0.45), at(0.96, 1, sill));
        sketch.Face(Trim, at(-0.52, 1, 0.44), at(-0.56, 1, 0.64), at(0.56, 1, 0.64), at(0.52, 1, 0.44));
        sketch.Face(Trim, at(-0.94, 1, sill), at(-0.94, 1, 0.40), at(0.94, 1, 0.40), at(0.94, 1, sill));
        sketch.Face(Rgb.Hex(0xE7E3D2), at(-0.26, 1, 0.42), at(-0.26, 1, 0.52), at(0.26, 1, 0.52), at(0.26, 1, 0.42));
        Lamp(HeadLamp, at, 0.62, 0.95, 0.60, 0.74, 1.1);
    }

    private void DrawTruckRear(Place at, Rgb box, double bed, double height)
    {
        sketch.ShadedFace(box, box.Darker(0.10), at(-1, 0, bed), at(-1, 0, height), at(1, 0, height), at(1, 0, bed));
        sketch.Face(box.Darker(0.45), at(-0.015, 0, bed + 0.1), at(-0.015, 0, height - 0.12), at(0.015, 0, height - 0.12), at(0.015, 0, bed + 0.1));
        foreach (var edge in (ReadOnlySpan<double>)[-0.45, 0.35])
            sketch.Face(box.Darker(0.35), at(edge, 0, bed + 0.25), at(edge, 0, height - 0.25), at(edge + 0.05, 0, height - 0.25), at(edge + 0.05, 0, bed + 0.25));
        sketch.Face(paint, at(-1, 0, height - 0.16), at(-1, 0, height), at(1, 0, height), at(1, 0, height - 0.16));
        sketch.Face(Trim, at(-1, 0, 0.55), at(-1, 0, bed), at(1, 0, bed), at(1, 0, 0.55));
        sketch.Face(Rgb.Hex(0xE7E3D2), at(-0.2, 0, 0.62), at(-0.2, 0, 0.76), at(0.2, 0, 0.76), at(0.2, 0, 0.62));
        Lamp(RearLamp, at, 0.68, 0.96, 0.66, 0.88, 0.6);
    }

    private void DrawTruckFront(Place at, Rgb box, double height)
    {
        sketch.ShadedFace(box.Darker(0.04), box.Darker(0.15), at(-1, 0.74, 2.2), at(-1, 0.74, height), at(1, 0.74, height), at(1, 0.74, 2.2));
        sketch.ShadedFace(paint.Lighter(0.06), paint.Darker(0.2), at(-0.97, 1, 0.5), at(-0.99, 1, 1.7), at(-0.95, 0.92, 2.72), at(0.95, 0.92, 2.72), at(0.99, 1, 1.7), at(0.97, 1, 0.5));
        sketch.ShadedFace(Glass.Lighter(0.2), Glass, at(-0.9, 0.99, 1.68), at(-0.86, 0.93, 2.5), at(0.86, 0.93, 2.5), at(0.9, 0.99, 1.68));
        sketch.Face(Trim, at(-0.6, 1, 0.85), at(-0.6, 1, 1.42), at(0.6, 1, 1.42), at(0.6, 1, 0.85));
        sketch.Face(Trim, at(-0.97, 1, 0.42), at(-0.97, 1, 0.62), at(0.97, 1, 0.62), at(0.97, 1, 0.42));
        Lamp(HeadLamp, at, 0.66, 0.93, 0.70, 0.90, 1.2);
    }

    private void DrawBusEnd(Place at, double sill, double height)
    {
        var near = isOncoming ? 1.0 : 0.0;
        sketch.ShadedFace(paint.Lighter(0.08), paint.Darker(0.12), at(-0.97, near, sill), at(-1, near, 0.7), at(-1, near, height - 0.15), at(-0.92, near, height), at(0.92, near, height), at(1, near, height - 0.15), at(1, near, 0.7), at(0.97, near, sill));
        sketch.Face(Rgb.Hex(0xEFEDE6), at(-1, near, 1.0), at(-1, near, 1.25), at(1, near, 1.25), at(1, near, 1.0));
        var low = isOncoming ? 1.32 : 1.7;
        sketch.ShadedFace(Glass.Lighter(0.2), Glass, at(-0.9, near, low), at(-0.88, near, 2.55), at(0.88, near, 2.55), at(0.9, near, low));
        sketch.Face(Trim, at(-0.62, near, 2.64), at(-0.62, near, 2.96), at(0.62, near, 2.96), at(0.62, near, 2.64));
        sketch.LitFace(Rgb.Hex(0xF2A93B), at(-0.5, near, 2.72), at(-0.5, near, 2.88), at(0.3, near, 2.88), at(0.3, near, 2.72));
        sketch.Face(Trim, at(-0.95, near, sill), at(-0.95, near, sill + 0.16), at(0.95, near, sill + 0.16), at(0.95, near, sill));
        if (isOncoming) Lamp(HeadLamp, at, 0.64, 0.92, 0.66, 0.84, 1.2);
        else Lamp(RearLamp, at, 0.74, 0.95, 0.66, 0.94, 0.7);
    }

    private void Lamp(Rgb colour, Place at, double inner, double outer, double low, double high, double reach)
    {
        var near = isOncoming ? 1.0 : 0.0;
        foreach (var side in (ReadOnlySpan<double>)[-1, 1])
        {
            (double, double, double)[] face = [at(side * inner, near, low), at(side * inner, near, high), at(side * outer, near, high), at(side * outer, near, low)];
            if (!sketch.Light.LampsAreLit)
            {
                sketch.Face(isOncoming ? colour.Darker(0.08) : colour.Darker(0.12), face);
                continue;
            }

            sketch.LitFace(isOncoming ? colour : colour.Lighter(0.15), face);
            var (lampX, lampY, lampZ) = at(side * (inner + outer) / 2, near, (low + high) / 2);
            sketch.Glow(colour, lampX, lampY, lampZ, reach, isOncoming ? 0.75 : 0.55);
        }
    }

    private void Wheels(Place at, double side, double half, ReadOnlySpan<double> alongs, double radius, bool sideOnly = false)
    {
        if (!sideOnly)
        {
            // What little can be seen beneath the vehicle is dark.
            var near = isOncoming ? 1.0 : 0.0;
            sketch.Face(Rgb.Hex(0x0C0D0F), at(-0.8, near, 0.16), at(-0.8, near, 0.6), at(0.8, near, 0.6), at(0.8, near, 0.16));
            foreach (var edge in (ReadOnlySpan<double>)[-1, 1])
                foreach (var end in (ReadOnlySpan<double>)[isOncoming ? 0.99 : 0.01])
                    sketch.Face(Rubber, at(edge * 0.96, end, 0), at(edge * 0.96, end, 0.6), at(edge * 0.72, end, 0.6), at(edge * 0.72, end, 0));
            return;
        }

        foreach (var along in alongs)
        {
            var (_, _, centre) = at(side, along, 0);
            sketch.Face(Rubber, Rim(side * half * 1.005, centre, radius, radius));
            sketch.Face(Rgb.Hex(0x9AA0A6), Rim(side * half * 1.01, centre, radius, radius * 0.58));
            sketch.Face(Rgb.Hex(0x5B6167), Rim(side * half * 1.012, centre, radius, radius * 0.22));
        }
    }

    private (double, double, double)[] Rim(double edge, double centre, double height, double radius)
    {
        var rim = new (double, double, double)[20];
        for (var i = 0; i < rim.Length; i++)
        {
            var (sin, cos) = Math.SinCos(i * 2 * Math.PI / rim.Length);
            rim[i] = (x + edge, height + radius * sin, centre + radius * cos);
        }

        return rim;
    }

    /// <summary>Which side faces the camera: -1 the left, 1 the right, 0 neither.</summary>
    private double SideOf(double width) => x - width / 2 > 0 ? -1 : x + width / 2 < 0 ? 1 : 0;
}
