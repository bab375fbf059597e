using Touchstone.Annotations.Geometry;

namespace Touchstone.Demo.Scenes;

/// <summary>How an outline is filled: one colour, or two from top to bottom.</summary>
internal readonly record struct Paint(Rgb Top, Rgb Bottom, double Alpha = 1)
{
    public Paint(Rgb colour, double alpha = 1)
        : this(colour, colour, alpha)
    {
    }
}

/// <summary>One filled outline of a sketch, or the glow of a lamp.</summary>
/// <param name="Points">The outline; of a glow, its centre and a point at its radius.</param>
/// <param name="Paint">Its fill.</param>
/// <param name="IsBody">Whether it belongs to the thing itself and counts to its box; shadows, glows and poles do not.</param>
/// <param name="IsGlow">Whether it is light that is added and fades outwards.</param>
internal readonly record struct Stroke(Point[] Points, Paint Paint, bool IsBody, bool IsGlow);

/// <summary>What one thing looks like: outlines in the order of painting. Truth and picture both come from it, so they cannot differ.</summary>
internal sealed class Sketch(Camera camera, Light light)
{
    private readonly List<Stroke> _strokes = [];

    public Camera Camera => camera;

    public Light Light => light;

    public IReadOnlyList<Stroke> Strokes => _strokes;

    /// <summary>The extent of everything that is the thing itself.</summary>
    public Box Bounds => new Polygon([.. _strokes.Where(s => s.IsBody).SelectMany(s => s.Points)]).Bounds;

    /// <summary>A flat face of the thing, in metres, in the scene's light.</summary>
    public void Face(Rgb colour, params ReadOnlySpan<(double X, double Y, double Z)> corners) => Add(new Paint(light.On(colour, corners[0].Z)), true, corners);

    /// <summary>A face that is lighter above than below.</summary>
    public void ShadedFace(Rgb top, Rgb bottom, params ReadOnlySpan<(double X, double Y, double Z)> corners) =>
        Add(new Paint(light.On(top, corners[0].Z), light.On(bottom, corners[0].Z)), true, corners);

    /// <summary>A face that shines by itself.</summary>
    public void LitFace(Rgb colour, params ReadOnlySpan<(double X, double Y, double Z)> corners) => Add(new Paint(colour), true, corners);

    /// <summary>Something painted with the thing that is not part of it, such as its pole.</summary>
    public void Beside(Rgb colour, params ReadOnlySpan<(double X, double Y, double Z)> corners) => Add(new Paint(light.On(colour, corners[0].Z)), false, corners);

    /// <summary>An upright disc facing the camera.</summary>
    public void Disc(Rgb colour, double x, double y, double z, double radius, bool isLit = false) => Oval(colour, x, y, z, radius, radius, isLit);

    /// <summary>An upright oval facing the camera.</summary>
    public void Oval(Rgb colour, double x, double y, double z, double radiusX, double radiusY, bool isLit = false)
    {
        var corners = new (double X, double Y, double Z)[28];
        for (var i = 0; i < corners.Length; i++)
        {
            var (sin, cos) = Math.SinCos(i * 2 * Math.PI / corners.Length);
            corners[i] = (x + radiusX * cos, y + radiusY * sin, z);
        }

        Add(new Paint(isLit ? colour : light.On(colour, z)), true, corners);
    }

    /// <summary>A round bar between two places, facing the camera.</summary>
    public void Limb(Rgb colour, double x0, double y0, double x1, double y1, double z, double width)
    {
        var length = Math.Max(1e-6, Math.Sqrt((x1 - x0) * (x1 - x0) + (y1 - y0) * (y1 - y0)));
        var (ux, uy) = ((x1 - x0) / length * width / 2, (y1 - y0) / length * width / 2);
        Span<(double, double, double)> outline = stackalloc (double, double, double)[12];
        for (var i = 0; i < 6; i++)
        {
            var (sin, cos) = Math.SinCos(Math.PI / 2 - i * Math.PI / 5);
            outline[i] = (x1 + ux * cos - uy * sin, y1 + uy * cos + ux * sin, z);
            outline[i + 6] = (x0 - ux * cos + uy * sin, y0 - uy * cos - ux * sin, z);
        }

        Add(new Paint(light.On(colour, z)), true, outline);
    }

    /// <summary>A soft dark patch on the ground.</summary>
    public void Shadow(double x, double z, double radiusX, double radiusZ)
    {
        for (var ring = 3; ring >= 1; ring--)
        {
            var outline = new (double, double, double)[24];
            for (var i = 0; i < outline.Length; i++)
            {
                var (sin, cos) = Math.SinCos(i * 2 * Math.PI / outline.Length);
                outline[i] = (x + radiusX * (0.7 + 0.15 * ring) * cos, 0, Math.Max(2.5, z + radiusZ * (0.7 + 0.15 * ring) * sin));
            }

            Add(new Paint(Rgb.Hex(0x0A0C10), light.Red > 0.9 ? 0.17 : 0.12), false, outline);
        }
    }

    /// <summary>Light around a lamp.</summary>
    public void Glow(Rgb colour, double x, double y, double z, double radius, double strength)
    {
        var centre = camera.Project(x, y, z);
        _strokes.Add(new Stroke([centre, new Point(centre.X + camera.PixelsPerMetre(z) * radius, centre.Y)], new Paint(colour, strength), IsBody: false, IsGlow: true));
    }

    private void Add(Paint paint, bool isBody, ReadOnlySpan<(double X, double Y, double Z)> corners)
    {
        var points = new Point[corners.Length];
        for (var i = 0; i < corners.Length; i++)
            points[i] = camera.Project(corners[i].X, corners[i].Y, corners[i].Z);
        _strokes.Add(new Stroke(points, paint, isBody, IsGlow: false));
    }
}
