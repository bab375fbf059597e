using Touchstone.Annotations.Geometry;
using Touchstone.Statistics;

namespace Touchstone.Demo.Scenes;

/// <summary>Sky, skyline, houses, pavement, road and its markings: everything that nobody is asked to label.</summary>
internal sealed class Backdrop(Canvas canvas, Street street, SeededRandom random)
{
    private const double FarZ = 300;
    private readonly Camera _camera = street.Camera;
    private readonly Light _light = Light.At(street.Time);

    public void Draw()
    {
        DrawSky();
        DrawSkyline();
        DrawGround();
        DrawHouses(isLeft: true);
        DrawHouses(isLeft: false);
        DrawMarkings();
    }

    private void DrawSky()
    {
        var (top, low) = street.Time switch
        {
            TimeOfDay.Day => (Rgb.Hex(0x5FA4DC), Rgb.Hex(0xDDEBF3)),
            TimeOfDay.Dusk => (Rgb.Hex(0x46457F), Rgb.Hex(0xF5AE78)),
            _ => (Rgb.Hex(0x080D20), Rgb.Hex(0x263358)),
        };
        canvas.FillRows(0, (int)_camera.HorizonY + 4, y => top.Mix(low, Math.Pow(y / _camera.HorizonY, 1.25)));
        if (street.Time == TimeOfDay.Night) DrawStars();
        else DrawClouds();
    }

    private void DrawStars()
    {
        for (var i = 0; i < 70; i++)
        {
            var centre = new Point(random.NextDouble(0, canvas.WidthPx), random.NextDouble(0, _camera.HorizonY * 0.75));
            canvas.Glow(centre, random.NextDouble(1.1, 2), new Rgb(220, 225, 255), random.NextDouble(0.3, 0.9));
        }

        var moon = new Point(random.NextDouble(0.2, 0.8) * canvas.WidthPx, random.NextDouble(35, 80));
        canvas.Glow(moon, 60, new Rgb(150, 160, 200), 0.35);
        canvas.Fill(Ellipse(moon.X, moon.Y, 13, 13), new Paint(Rgb.Hex(0xF3F0DC)));
    }

    private void DrawClouds()
    {
        var (lit, shaded) = street.Time == TimeOfDay.Day ? (Rgb.Hex(0xFBFCFD), Rgb.Hex(0xD8E4EE)) : (Rgb.Hex(0xF3B993), Rgb.Hex(0xA97C8D));
        for (var cloud = random.NextInt(2, 6); cloud > 0; cloud--)
        {
            var (x, y) = (random.NextDouble(0, canvas.WidthPx), random.NextDouble(20, _camera.HorizonY * 0.5));
            var size = random.NextDouble(12, 26);
            var puffs = Enumerable.Range(0, 7).Select(_ => (random.NextDouble(0.5, 1) * size, random.NextDouble(-0.12, 0.12) * size)).ToArray();
            foreach (var (colour, drop) in (ReadOnlySpan<(Rgb, double)>)[(shaded, 0.18), (lit, 0)])
            {
                for (var i = 0; i < puffs.Length; i++)
                {
                    var (radius, lift) = (puffs[i].Item1 * (1 - Math.Abs(i - 3) * 0.16), puffs[i].Item2);
                    canvas.Fill(Ellipse(x + (i - 3) * size * 0.8, y + lift + drop * size, radius * 1.25, radius * 0.6), new Paint(colour));
                }
            }
        }
    }

    private void DrawSkyline()
    {
        var horizon = _camera.HorizonY;
        var far = _light.On(Rgb.Hex(0x7C93A8), 120);
        for (double x = -20; x < canvas.WidthPx;)
        {
            var (width, height) = (random.NextDouble(22, 70), random.NextDouble(14, 62));
            canvas.Fill([new Point(x, horizon - height), new Point(x + width, horizon - height), new Point(x + width, horizon + 2), new Point(x, horizon + 2)],
                new Paint(far.Mix(_light.Haze, random.NextDouble(0, 0.35))));
            x += width;
        }
    }

    private void DrawGround()
    {
        var near = _light.On(Rgb.Hex(0x55595E));
        var far = _light.On(Rgb.Hex(0x6C7176), 90);
        canvas.FillRows((int)_camera.HorizonY, canvas.HeightPx, y => far.Mix(near, Math.Sqrt(Math.Max(0, y - _camera.HorizonY) / (canvas.HeightPx - _camera.HorizonY))));
        var (left, right) = (street.LeftKerbX, street.RightKerbX);
        Ground(Rgb.Hex(0xA9A59B), left - Street.PavementWidth, left, Camera.NearZ, FarZ);
        Ground(Rgb.Hex(0xA9A59B), right, right + Street.PavementWidth, Camera.NearZ, FarZ);
        for (double z = 3; z < 60; z += 2)
        {
            Ground(Rgb.Hex(0x98948A), left - Street.PavementWidth, left, z, z + 0.07);
            Ground(Rgb.Hex(0x98948A), right, right + Street.PavementWidth, z, z + 0.07);
        }

        Ground(Rgb.Hex(0xC9C5BC), left - 0.22, left, Camera.NearZ, FarZ);
        Ground(Rgb.Hex(0xC9C5BC), right, right + 0.22, Camera.NearZ, FarZ);
        Ground(Rgb.Hex(0x3F4247), left, left + 0.12, Camera.NearZ, FarZ);
        Ground(Rgb.Hex(0x3F4247), right - 0.12, right, Camera.NearZ, FarZ);
        Ground(Rgb.Hex(0x7E8F5D), left - 200, left - Street.PavementWidth, Camera.NearZ, FarZ);
        Ground(Rgb.Hex(0x7E8F5D), right + Street.PavementWidth, right + 200, Camera.NearZ, FarZ);
    }

    private void DrawMarkings()
    {
        var white = Rgb.Hex(0xE9E9E2);
        for (var lane = -street.LanesLeft - street.OncomingLanes; lane <= street.LanesRight; lane++)
            foreach (var track in (ReadOnlySpan<double>)[-0.85, 0.85])
                canvas.Fill(Strip(lane * Street.LaneWidth + track - 0.28, lane * Street.LaneWidth + track + 0.28, Camera.NearZ, FarZ), new Paint(Rgb.Hex(0x101216), 0.07));
        var stop = street.CrossingZ - 1.6;
        for (var lane = -street.LanesLeft; lane < street.LanesRight; lane++)
            Dashes(white, (lane + 0.5) * Street.LaneWidth, 3, 6);
        for (var lane = 1; lane < street.OncomingLanes; lane++)
            Dashes(white, street.CentreX - lane * Street.LaneWidth, 3, 6);
        if (street.OncomingLanes + street.LanesLeft + street.LanesRight > 1)
        {
            Ground(white, street.CentreX - 0.2, street.CentreX - 0.07, Camera.NearZ, FarZ);
            Ground(white, street.CentreX + 0.07, street.CentreX + 0.2, Camera.NearZ, FarZ);
        }
        else
        {
            Dashes(white, street.CentreX, 4, 4);
        }

        if (street.ParkingRight > 0) Dashes(white, street.RightKerbX - street.ParkingRight, 1, 1.2);
        if (street.CrossingZ is not { } z) return;
        Ground(Rgb.Hex(0x5C6065), street.LeftKerbX + 0.12, street.RightKerbX - 0.12, stop!.Value - 0.2, z + 3.4);
        Ground(white, street.CentreX + 0.2, street.RightKerbX - street.ParkingRight - 0.15, stop.Value, stop.Value + 0.45);
        for (var x = street.LeftKerbX + 0.5; x < street.RightKerbX - 0.5; x += 1)
            Ground(white, x, x + 0.5, z, z + 3);
    }

    private void Dashes(Rgb colour, double x, double length, double gap)
    {
        for (double z = Camera.NearZ + 0.5; z < 120; z += length + gap)
            Ground(colour, x - 0.07, x + 0.07, z, z + length);
    }

    private void DrawHouses(bool isLeft)
    {
        var edge = isLeft ? street.LeftKerbX - Street.PavementWidth : street.RightKerbX + Street.PavementWidth;
        var houses = new List<(double Near, double Far, double Height, int Look, double SetBack)>();
        for (var z = random.NextDouble(3, 8); z < 150;)
        {
            var length = random.NextDouble(9, 18);
            houses.Add((z, z + length, random.NextDouble(7, 17), random.NextInt(House.Walls.Length), random.NextDouble(0.2, 1.8)));
            z += length + (random.NextBool(0.25) ? random.NextDouble(3, 9) : 0);
        }

        houses.Reverse();
        foreach (var (near, far, height, look, setBack) in houses)
            new House(canvas, _camera, _light, random.Fork($"house {isLeft} {near}"), edge + (isLeft ? -setBack : setBack), isLeft ? -1 : 1, near, far, height, look).Draw();
    }

    private void Ground(Rgb colour, double x0, double x1, double z0, double z1) =>
        canvas.Fill(Strip(x0, x1, z0, z1), new Paint(_light.On(colour, Math.Min(z1, 90)), _light.On(colour, z0)));

    private Point[] Strip(double x0, double x1, double z0, double z1) =>
        [_camera.Project(x0, 0, z0), _camera.Project(x0, 0, z1), _camera.Project(x1, 0, z1), _camera.Project(x1, 0, z0)];

    internal static Point[] Ellipse(double x, double y, double radiusX, double radiusY)
    {
        var points = new Point[32];
        for (var i = 0; i < points.Length; i++)
        {
            var (sin, cos) = Math.SinCos(i * 2 * Math.PI / points.Length);
            points[i] = new Point(x + radiusX * cos, y + radiusY * sin);
        }

        return points;
    }
}
