using Touchstone.Annotations.Geometry;

namespace Touchstone.Demo.Scenes;

/// <summary>A picture of red, green and blue bytes onto which outlines are filled with smooth edges.</summary>
internal sealed class Canvas(int widthPx, int heightPx)
{
    // Coverage is exact along a row and sampled in this many lines down a pixel.
    private const int LinesPerPixel = 4;

    private const int OutlineMax = 128;

    // Plain arrays, not spans of points: this is the demo's hottest loop, and a debug build calls every accessor that is not an array's own.
    private readonly double[] _x = new double[OutlineMax], _y = new double[OutlineMax], _crossings = new double[OutlineMax];
    private readonly float[] _coverage = new float[widthPx + 3]; // differences, all zero between rows
    private readonly int[] _edges = new int[LinesPerPixel * OutlineMax]; // pixels of the row in which an edge is, ascending
    private int _corners, _edgeCount;

    public int WidthPx => widthPx;

    public int HeightPx => heightPx;

    public byte[] Pixels { get; } = new byte[widthPx * heightPx * 3];

    /// <summary>Fills an outline of at most 128 corners by the even-odd rule.</summary>
    public void Fill(ReadOnlySpan<Point> outline, Paint paint)
    {
        double left = double.PositiveInfinity, top = left, right = double.NegativeInfinity, bottom = right;
        _corners = outline.Length;
        for (var i = 0; i < outline.Length; i++)
        {
            var (x, y) = outline[i];
            (_x[i], _y[i]) = (x, y);
            if (x < left) left = x;
            if (x > right) right = x;
            if (y < top) top = y;
            if (y > bottom) bottom = y;
        }

        var (firstX, lastX) = ((int)Math.Max(0, left), (int)Math.Min(widthPx - 1, right));
        var (firstY, lastY) = ((int)Math.Max(0, top), (int)Math.Min(heightPx - 1, bottom));
        if (firstX > lastX) return;
        var isShaded = paint.Top != paint.Bottom;
        var (colour, alpha) = (paint.Top, (float)paint.Alpha);
        for (var y = firstY; y <= lastY; y++)
        {
            for (var line = 0; line < LinesPerPixel; line++)
                AddLine(y + (line + 0.5) / LinesPerPixel);
            if (isShaded) colour = paint.Top.Mix(paint.Bottom, Math.Clamp((y + 0.5 - top) / (bottom - top), 0, 1));
            BlendRow(y, firstX, lastX, colour, alpha);
        }
    }

    /// <summary>Adds light that fades with the square of the distance.</summary>
    public void Glow(Point centre, double radius, Rgb colour, double strength)
    {
        var (firstX, lastX) = ((int)Math.Max(0, centre.X - radius), (int)Math.Min(widthPx - 1, centre.X + radius));
        var (firstY, lastY) = ((int)Math.Max(0, centre.Y - radius), (int)Math.Min(heightPx - 1, centre.Y + radius));
        var pixels = Pixels;
        double red = colour.R * strength, green = colour.G * strength, blue = colour.B * strength;
        for (var y = firstY; y <= lastY; y++)
        {
            var dy = (y + 0.5 - centre.Y) / radius;
            var at = (y * widthPx + firstX) * 3;
            for (var x = firstX; x <= lastX; x++, at += 3)
            {
                var dx = (x + 0.5 - centre.X) / radius;
                var near = 1 - dx * dx - dy * dy;
                if (near <= 0) continue;
                near = near * near * near;
                pixels[at] = (byte)Math.Min(255, pixels[at] + red * near);
                pixels[at + 1] = (byte)Math.Min(255, pixels[at + 1] + green * near);
                pixels[at + 2] = (byte)Math.Min(255, pixels[at + 2] + blue * near);
            }
        }
    }

    /// <summary>Fills whole rows with a colour that depends on the row.</summary>
    public void FillRows(int from, int to, Func<int, Rgb> colourAt)
    {
        for (var y = Math.Max(0, from); y < Math.Min(heightPx, to); y++)
        {
            FillRun(y * widthPx * 3, widthPx * 3, colourAt(y));
        }
    }

    public void Draw(Sketch sketch)
    {
        foreach (var stroke in sketch.Strokes)
        {
            if (stroke.IsGlow) Glow(stroke.Points[0], stroke.Points[1].X - stroke.Points[0].X, stroke.Paint.Top, stroke.Paint.Alpha);
            else Fill(stroke.Points, stroke.Paint);
        }
    }

    private void AddLine(double y)
    {
        double[] xs = _x, ys = _y;
        var count = 0;
        var (fromX, fromY) = (xs[_corners - 1], ys[_corners - 1]);
        for (var i = 0; i < _corners; i++)
        {
            double toX = xs[i], toY = ys[i];
            if (fromY <= y != toY <= y) Insert(fromX + (toX - fromX) * (y - fromY) / (toY - fromY), count++);
            fromX = toX;
            fromY = toY;
        }

        for (var i = 0; i + 1 < count; i += 2)
        {
            AddEdge(_crossings[i], 1f / LinesPerPixel);
            AddEdge(_crossings[i + 1], -1f / LinesPerPixel);
        }
    }

    /// <summary>Keeps the crossings in order; a line meets few edges, two of almost every outline.</summary>
    private void Insert(double crossing, int at)
    {
        var crossings = _crossings;
        for (; at > 0 && crossings[at - 1] > crossing; at--)
            crossings[at] = crossings[at - 1];
        crossings[at] = crossing;
    }

    /// <summary>Coverage is kept as differences: an edge within a pixel is shared between it and the next one.</summary>
    private void AddEdge(double x, float weight)
    {
        if (x < 0) x = 0;
        else if (x > widthPx) x = widthPx;
        var pixel = (int)x;
        var within = (float)(x - pixel);
        _coverage[pixel] += weight * (1 - within);
        _coverage[pixel + 1] += weight * within;

        var edges = _edges;
        var at = _edgeCount++;
        for (; at > 0 && edges[at - 1] > pixel; at--)
            edges[at] = edges[at - 1];
        edges[at] = pixel;
    }

    /// <summary>Blends one row and leaves no difference behind.</summary>
    private void BlendRow(int y, int firstX, int lastX, Rgb colour, float alpha)
    {
        var (differences, edges, count, edge) = (_coverage, _edges, _edgeCount, 0);
        float coverage = 0;
        for (var x = firstX; x <= lastX;)
        {
            coverage += differences[x];
            while (edge < count && edges[edge] < x) edge++;
            var end = edge == count ? lastX + 1 : edges[edge] == x ? x + 1 : Math.Min(edges[edge], lastX + 1);
            var share = (int)(coverage * alpha * 256 + 0.5f);
            if (share >= 256) FillRun((y * widthPx + x) * 3, (end - x) * 3, colour);
            else if (share > 0) BlendRun((y * widthPx + x) * 3, (end - x) * 3, colour, share);
            x = end;
        }

        for (var i = 0; i < count; i++) differences[edges[i]] = differences[edges[i] + 1] = 0;
        _edgeCount = 0;
    }

    private void FillRun(int at, int count, Rgb colour)
    {
        var pixels = Pixels;
        pixels[at] = colour.R;
        pixels[at + 1] = colour.G;
        pixels[at + 2] = colour.B;
        for (var filled = 3; filled < count; filled *= 2)
            Buffer.BlockCopy(pixels, at, pixels, at + filled, Math.Min(filled, count - filled));
    }

    private void BlendRun(int at, int count, Rgb colour, int share)
    {
        var pixels = Pixels;
        var (red, green, blue) = (colour.R * share + 128, colour.G * share + 128, colour.B * share + 128);
        var kept = 256 - share;
        for (var i = at; i < at + count; i += 3)
        {
            pixels[i] = (byte)(pixels[i] * kept + red >> 8);
            pixels[i + 1] = (byte)(pixels[i + 1] * kept + green >> 8);
            pixels[i + 2] = (byte)(pixels[i + 2] * kept + blue >> 8);
        }
    }
}
