using Touchstone.Annotations.Geometry;
using Touchstone.Statistics;

namespace Touchstone.Demo.Scenes;

/// <summary>One house: a wall along the street with rows of windows, and the gable that faces the camera.</summary>
internal sealed class House(Canvas canvas, Camera camera, Light light, SeededRandom random, double wallX, int outward, double near, double far, double height, int look)
{
    public static readonly Rgb[] Walls =
        [Rgb.Hex(0xC9A27E), Rgb.Hex(0xB5695A), Rgb.Hex(0xD9CDB8), Rgb.Hex(0x9AA7B0), Rgb.Hex(0xC7B299), Rgb.Hex(0x8C6F63), Rgb.Hex(0xDAB894), Rgb.Hex(0xA9B8A4)];

    private const double Storey = 3.1;

    public void Draw()
    {
        var wall = Walls[look];
        Quad(wall.Darker(0.28), wall.Darker(0.36), (wallX, near), (wallX + outward * 14, near), 0, height);
        WallQuad(wall, wall.Darker(0.14), near, far, 0, height);
        WallQuad(wall.Darker(0.45), wall.Darker(0.45), near, far, height - 0.35, height);
        WallQuad(Rgb.Hex(0x6B6660), Rgb.Hex(0x5A5651), near, far, 0, 0.6);
        var shop = random.NextBool(0.35);
        var storeys = (int)((height - 0.8) / Storey);
        for (var floor = 0; floor < storeys; floor++)
            DrawFloor(floor, shop && floor == 0);
        DrawGableWindows(wall, storeys);
    }

    private void DrawFloor(int floor, bool isShop)
    {
        var bottom = floor * Storey + (isShop ? 0.5 : 1.1);
        var (width, gap) = isShop ? (2.6, 0.5) : (1.1, 1.3);
        if (isShop)
            WallQuad(Awning, Awning.Darker(0.2), near + 0.3, far - 0.3, bottom + 2.1, bottom + 2.5);
        for (var z = near + gap; z + width < far - 0.3; z += width + gap)
        {
            var top = bottom + (isShop ? 2.1 : 1.5);
            var glass = Glass(isShop);
            if (z < 45 && !isShop) WallQuad(Rgb.Hex(0xE6E0D5), Rgb.Hex(0xD2CCC0), z - 0.1, z + width + 0.1, bottom - 0.12, top + 0.1);
            if (glass.IsLit) Fill(new Paint(glass.Colour, glass.Colour.Darker(0.15)), z, z + width, bottom, top);
            else WallQuad(glass.Colour.Lighter(0.18), glass.Colour, z, z + width, bottom, top);
        }
    }

    private void DrawGableWindows(Rgb wall, int storeys)
    {
        for (var floor = 1; floor < storeys; floor++)
        {
            for (var i = 0; i < 3; i++)
            {
                var x = wallX + outward * (1.6 + i * 3.4);
                Quad(wall.Darker(0.6), wall.Darker(0.55), (x, near), (x + outward * 1.1, near), floor * Storey + 1, floor * Storey + 2.4);
            }
        }
    }

    private Rgb Awning => Walls[(look + 1) % Walls.Length].Mix(Rgb.Hex(0x23634F), 0.6);

    private (Rgb Colour, bool IsLit) Glass(bool isShop)
    {
        var isLit = light.LampsAreLit && random.NextBool(isShop ? 0.85 : 0.4);
        return isLit ? (Rgb.Hex(0xF4CF86).Mix(Rgb.Hex(0xD99A4E), random.NextDouble()), true) : (Rgb.Hex(0x6F8798).Darker(random.NextDouble(0, 0.25)), false);
    }

    private void WallQuad(Rgb top, Rgb bottom, double z0, double z1, double y0, double y1) =>
        Fill(new Paint(light.On(top, (z0 + z1) / 2), light.On(bottom, (z0 + z1) / 2)), z0, z1, y0, y1);

    private void Fill(Paint paint, double z0, double z1, double y0, double y1)
    {
        z0 = Math.Max(Camera.NearZ, z0);
        Span<Point> outline = [camera.Project(wallX, y1, z0), camera.Project(wallX, y1, z1), camera.Project(wallX, y0, z1), camera.Project(wallX, y0, z0)];
        canvas.Fill(outline, paint);
    }

    private void Quad(Rgb top, Rgb bottom, (double X, double Z) a, (double X, double Z) b, double y0, double y1) => canvas.Fill(
        [camera.Project(a.X, y1, a.Z), camera.Project(b.X, y1, b.Z), camera.Project(b.X, y0, b.Z), camera.Project(a.X, y0, a.Z)],
        new Paint(light.On(top, a.Z), light.On(bottom, a.Z)));
}
