namespace Touchstone.Demo.Scenes;

/// <summary>What a traffic light shows.</summary>
internal enum SignalState
{
    Red,
    RedAmber,
    Amber,
    Green,
}

/// <summary>The arrow that its lamps show.</summary>
internal enum SignalArrow
{
    None,
    Left,
    Straight,
    Right,
}

/// <summary>Draws the housing of a traffic light with its three lamps; the mast stands beside it and does not count.</summary>
internal sealed class TrafficLight(Sketch sketch, double x, double middle, double z)
{
    public const double Width = 0.56, Height = 1.5;

    private static readonly Rgb Housing = Rgb.Hex(0x24282B), Unlit = Rgb.Hex(0x33383B);
    private static readonly Rgb[] Lamps = [Rgb.Hex(0xFF3B30), Rgb.Hex(0xFFB020), Rgb.Hex(0x2FE07A)];

    public void Draw(SignalState state, SignalArrow arrow)
    {
        Plate(Rgb.Hex(0x0E1011), Width / 2, Height / 2, 0.10);
        Plate(Housing, Width / 2 - 0.035, Height / 2 - 0.035, 0.08);
        for (var lamp = 0; lamp < 3; lamp++)
        {
            var y = middle + (1 - lamp) * 0.46;
            var isLit = (state, lamp) is (SignalState.Red or SignalState.RedAmber, 0) or (SignalState.Amber or SignalState.RedAmber, 1) or (SignalState.Green, 2);
            sketch.Disc(Rgb.Hex(0x0B0C0D), x, y, z, 0.215);
            if (arrow == SignalArrow.None || !isLit) sketch.Disc(isLit ? Lamps[lamp] : Unlit.Mix(Lamps[lamp], 0.14), x, y, z, 0.185, isLit);
            else DrawArrow(Lamps[lamp], y, arrow);
            if (arrow == SignalArrow.None && isLit) sketch.Disc(Lamps[lamp].Lighter(0.55), x - 0.04, y + 0.05, z, 0.07, isLit: true);
            if (isLit) sketch.Glow(Lamps[lamp], x, y, z, sketch.Light.LampsAreLit ? 0.9 : 0.5, sketch.Light.LampsAreLit ? 0.55 : 0.28);
        }
    }

    private void DrawArrow(Rgb colour, double y, SignalArrow arrow)
    {
        // The arrow that points up, turned for the other directions.
        (double U, double V)[] up = [(0, 0.19), (0.16, 0.02), (0.06, 0.02), (0.06, -0.17), (-0.06, -0.17), (-0.06, 0.02), (-0.16, 0.02)];
        (double, double, double) At((double U, double V) p) => arrow switch
        {
            SignalArrow.Left => (x - p.V, y + p.U, z),
            SignalArrow.Right => (x + p.V, y - p.U, z),
            _ => (x + p.U, y + p.V, z),
        };
        sketch.LitFace(colour, [.. up.Select(At)]);
    }

    private void Plate(Rgb colour, double halfWidth, double halfHeight, double corner) => sketch.Face(colour,
        (x - halfWidth, middle + halfHeight - corner, z), (x - halfWidth + corner, middle + halfHeight, z),
        (x + halfWidth - corner, middle + halfHeight, z), (x + halfWidth, middle + halfHeight - corner, z),
        (x + halfWidth, middle - halfHeight + corner, z), (x + halfWidth - corner, middle - halfHeight, z),
        (x - halfWidth + corner, middle - halfHeight, z), (x - halfWidth, middle - halfHeight + corner, z));
}
