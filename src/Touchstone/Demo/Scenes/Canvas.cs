using Touchstone.Annotations.Geometry;

namespace Touchstone.Demo.Scenes;

/// <summary>A picture of red, green and blue bytes onto which outlines are filled with smooth edges.</summary>
internal sealed class Canvas(int widthPx, int heightPx)
{
    // Coverage is exact along a row and sampled in this many lines down a pixel.
    private const int LinesPerPixel = 4;

    private readonly float[] _coverage = new float[widthPx + 3];
    private readonly double[] _crossings = new double[128];

    public int WidthPx => widthPx;

    public int HeightPx => heightPx;

    public byte[] Pixels { get; } = new byte[widthPx * heightPx * 3];

    /// <summary>Fills an outline by the even-odd rule.</summary>
    public void Fill(ReadOnlySpan<Point> outline, Paint paint)
    {
        double left = double.PositiveInfinity, top = left, right = double.NegativeInfinity, bottom = right;
        foreach (var (x, y) in outline)
        {
            (left, right) = (Math.Min(left, x), Math.Max(right, x));
            (top, bottom) = (Math.Min(top, y), Math.Max(bottom, y));
        }

        var (firstX, lastX) = ((int)Math.Max(0, left), (int)Math.Min(widthPx - 1, right));
        var (firstY, lastY) = ((int)Math.Max(0, top), (int)Math.Min(heightPx - 1, bottom));
        if (firstX > lastX) return;
        for (var y = firstY; y <= lastY; y++)
        {
            Array.Clear(_coverage, firstX, lastX - firstX + 3);
            for (var line = 0; line < LinesPerPixel; line++)
                AddLine(outline, y + (line + 0.5) / LinesPerPixel);
            var share = bottom > top ? Math.Clamp((y + 0.5 - top) / (bottom - top), 0, 1) : 0;
            BlendRow(y, firstX, lastX, paint.Top == paint.Bottom ? paint.Top : paint.Top.Mix(paint.Bottom, share), (float)paint.Alpha);
        }
    }

    /// <summary>Adds light that fades with the square of the distance.</summary>
    public void Glow(Point centre, double radius, Rgb colour, double strength)
    {
        var (firstX, lastX) = ((int)Math.Max(0, centre.X - radius), (int)Math.Min(widthPx - 1, centre.X + radius));
        var (firstY, lastY) = ((int)Math.Max(0, centre.Y - radius), (int)Math.Min(heightPx - 1, centre.Y + radius));
        for (var y = firstY; y <= lastY; y++)
        {
            for (var x = firstX; x <= lastX; x++)
            {
                var (dx, dy) = ((x + 0.5 - centre.X) / radius, (y + 0.5 - centre.Y) / radius);
                var near = 1 - dx * dx - dy * dy;
                if (near <= 0) continue;
                var add = near * near * near * strength;
                var pixel = Pixels.AsSpan((y * widthPx + x) * 3, 3);
                pixel[0] = (byte)Math.Min(255, pixel[0] + colour.R * add);
                pixel[1] = (byte)Math.Min(255, pixel[1] + colour.G * add);
                pixel[2] = (byte)Math.Min(255, pixel[2] + colour.B * add);
            }
        }
    }

    /// <summary>Fills whole rows with a colour that depends on the row.</summary>
    public void FillRows(int from, int to, Func<int, Rgb> colourAt)
    {
        for (var y = Math.Max(0, from); y < Math.Min(heightPx, to); y++)
        {
            var colour = colourAt(y);
            FillRun(Pixels.AsSpan(y * widthPx * 3, widthPx * 3), colour);
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

    private void AddLine(ReadOnlySpan<Point> outline, double y)
    {
        var count = 0;
        var previous = outline[^1];
        foreach (var point in outline)
        {
            if (previous.Y <= y != point.Y <= y)
                Insert(previous.X + (point.X - previous.X) * (y - previous.Y) / (point.Y - previous.Y), ref count);
            previous = point;
        }

        for (var i = 0; i + 1 < count; i += 2)
        {
            AddEdge(_crossings[i], 1f / LinesPerPixel);
            AddEdge(_crossings[i + 1], -1f / LinesPerPixel);
        }
    }

    /// <summary>Keeps the crossings in order; a line meets few edges, two of almost every outline.</summary>
    private void Insert(double crossing, ref int count)
    {
        var at = count++;
        for (; at > 0 && _crossings[at - 1] > crossing; at--)
            _crossings[at] = _crossings[at - 1];
        _crossings[at] = crossing;
    }

    /// <summary>Coverage is kept as differences: an edge within a pixel is shared between it and the next one.</summary>
    private void AddEdge(double x, float weight)
    {
        x = Math.Clamp(x, 0, widthPx);
        var pixel = (int)x;
        var within = (float)(x - pixel);
        _coverage[pixel] += weight * (1 - within);
        _coverage[pixel + 1] += weight * within;
    }

    private void BlendRow(int y, int firstX, int lastX, Rgb colour, float alpha)
    {
        float coverage = 0;
        var differences = _coverage.AsSpan(firstX, lastX - firstX + 1);
        var row = Pixels.AsSpan((y * widthPx + firstX) * 3, differences.Length * 3);
        for (var x = 0; x < differences.Length;)
        {
            coverage += differences[x];
            var share = (int)(coverage * alpha * 256 + 0.5f);
            var same = differences[(x + 1)..].IndexOfAnyExcept(0f);
            var run = 1 + (same < 0 ? differences.Length - x - 1 : same);
            if (share >= 256) FillRun(row.Slice(x * 3, run * 3), colour);
            else if (share > 0) BlendRun(row.Slice(x * 3, run * 3), colour, share);
            x += run;
        }
    }

    private static void FillRun(Span<byte> run, Rgb colour)
    {
        (run[0], run[1], run[2]) = (colour.R, colour.G, colour.B);
        for (var filled = 3; filled < run.Length; filled *= 2)
            run[..Math.Min(filled, run.Length - filled)].CopyTo(run[filled..]);
    }

    private static void BlendRun(Span<byte> run, Rgb colour, int share)
    {
        var (red, green, blue) = (colour.R * share + 128, colour.G * share + 128, colour.B * share + 128);
        var kept = 256 - share;
        for (var i = 0; i + 2 < run.Length; i += 3)
        {
            run[i] = (byte)(run[i] * kept + red >> 8);
            run[i + 1] = (byte)(run[i + 1] * kept + green >> 8);
            run[i + 2] = (byte)(run[i + 2] * kept + blue >> 8);
        }
    }
}
