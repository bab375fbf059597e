namespace Touchstone.Demo.Scenes;

/// <summary>The signs that stand along the demo's streets.</summary>
internal enum SignKind
{
    SpeedLimit30,
    SpeedLimit50,
    Stop,
    Yield,
    Warning,
    NoEntry,
    Parking,
    TurnRight,
}

/// <summary>Draws a sign's face; its pole stands beside it and does not count.</summary>
internal sealed class RoadSign(Sketch sketch, double x, double z)
{
    private const double Centre = 2.45, Radius = 0.40;
    private static readonly Rgb Red = Rgb.Hex(0xC42A2C), White = Rgb.Hex(0xF6F5EF), Blue = Rgb.Hex(0x1F5CA8), Black = Rgb.Hex(0x1C1C1E);

    public void Draw(SignKind kind)
    {
        sketch.Beside(Rgb.Hex(0x8D9296), (x - 0.035, 0, z), (x - 0.035, Centre, z), (x + 0.035, Centre, z), (x + 0.035, 0, z));
        switch (kind)
        {
            case SignKind.SpeedLimit30 or SignKind.SpeedLimit50:
                Discs(Red, White);
                Write(kind == SignKind.SpeedLimit30 ? "30" : "50", Black, 0.34);
                break;
            case SignKind.Stop:
                Polygon(White, 8, Radius, Math.PI / 8);
                Polygon(Red, 8, Radius * 0.92, Math.PI / 8);
                Write("STOP", White, 0.20);
                break;
            case SignKind.Yield:
                Polygon(Red, 3, Radius * 1.12, -Math.PI / 2);
                Polygon(White, 3, Radius * 0.66, -Math.PI / 2);
                break;
            case SignKind.Warning:
                Polygon(Red, 3, Radius * 1.12, Math.PI / 2);
                Polygon(White, 3, Radius * 0.70, Math.PI / 2);
                Bar(Black, -0.03, 0.16, 0.03, -0.06);
                sketch.Disc(Black, x, Centre - 0.13, z, 0.035);
                break;
            case SignKind.NoEntry:
                Discs(Red, Red);
                Bar(White, -0.27, 0.065, 0.27, -0.065);
                break;
            case SignKind.Parking:
                Bar(White, -0.37, 0.40, 0.37, -0.40);
                Bar(Blue, -0.34, 0.37, 0.34, -0.37);
                Write("P", White, 0.52);
                break;
            default:
                Discs(White, Blue);
                Bar(White, -0.2, 0.045, 0.1, -0.045);
                sketch.Face(White, (x + 0.06, Centre + 0.15, z), (x + 0.26, Centre, z), (x + 0.06, Centre - 0.15, z));
                break;
        }
    }

    private void Discs(Rgb outer, Rgb inner)
    {
        sketch.Disc(outer, x, Centre, z, Radius);
        sketch.Disc(inner, x, Centre, z, Radius * (outer == White ? 0.93 : 0.76));
    }

    private void Polygon(Rgb colour, int corners, double radius, double turn)
    {
        var points = new (double, double, double)[corners];
        for (var i = 0; i < corners; i++)
        {
            var (sin, cos) = Math.SinCos(turn + i * 2 * Math.PI / corners);
            points[i] = (x + radius * cos, Centre + radius * sin, z);
        }

        sketch.Face(colour, points);
    }

    private void Bar(Rgb colour, double left, double top, double right, double bottom) =>
        sketch.Face(colour, (x + left, Centre + top, z), (x + right, Centre + top, z), (x + right, Centre + bottom, z), (x + left, Centre + bottom, z));

    private void Write(string text, Rgb colour, double height)
    {
        var dot = height / PixelFont.Height;
        var left = x - PixelFont.WidthOf(text) * dot / 2;
        foreach (var (column, row) in PixelFont.Dots(text))
        {
            var (dx, dy) = (left + column * dot, Centre + height / 2 - row * dot);
            sketch.Face(colour, (dx, dy, z), (dx + dot, dy, z), (dx + dot, dy - dot, z), (dx, dy - dot, z));
        }
    }
}
